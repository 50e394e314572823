"""Columns without rules (对齐的列): where the pieces of many lines leave the same stretches blank."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.segment.tables.pieces import PlacedPiece

_SNUG = 1.0  # points; pieces so near to each other stand in one column


@dataclass(slots=True)
class PrintedColumn:
    """A column (列): from x0 to x1, points in upright reading."""

    x0: float
    x1: float


def columns_of(body: Sequence[PlacedPiece]) -> list[PrintedColumn]:
    """The columns of the pieces below a table's head, from left to right.

    Narrow pieces come first; a wider one that reaches over two of the columns found so far makes them one.
    """
    columns: list[PrintedColumn] = []
    for piece in sorted(body, key=lambda piece: (piece.x1 - piece.x0, piece.x0, piece.top)):
        touched = [column for column in columns if piece.x0 < column.x1 + _SNUG and piece.x1 > column.x0 - _SNUG]
        if not touched:
            columns.append(PrintedColumn(piece.x0, piece.x1))
            continue
        home = touched[0]
        home.x0 = min(piece.x0, *(column.x0 for column in touched))
        home.x1 = max(piece.x1, *(column.x1 for column in touched))
        columns = [column for column in columns if column is home or column not in touched]
    return sorted(columns, key=lambda column: column.x0)


def covered(piece: PlacedPiece, columns: Sequence[PrintedColumn]) -> tuple[int, int]:
    """First and last + 1 of the columns that a piece stands over; the nearest one where it stands over none."""
    over = [index for index, column in enumerate(columns) if piece.overlaps(column.x0, column.x1)]
    if over:
        return over[0], over[-1] + 1
    middle = (piece.x0 + piece.x1) / 2
    nearest = min(range(len(columns)), key=lambda index: _distance(columns[index], middle))
    return nearest, nearest + 1


def _distance(column: PrintedColumn, x: float) -> float:
    """How far a place lies outside a column."""
    return max(column.x0 - x, x - column.x1, 0.0)
