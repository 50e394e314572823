"""Columns without rules (对齐的列): where the pieces of many lines leave the same stretches blank."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractors.segment.tables.pieces import PlacedPiece, is_blank_between, joined
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_BLANK = 0.63  # of the size; blanks within a cell's text are narrower
_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))
_SNUG = 0.3  # points; pieces so near to each other stand in one column


@dataclass(slots=True, eq=False)
class PrintedColumn:
    """A column (列): from x0 to x1, points in upright reading; one is told from another by what it is."""

    x0: float
    x1: float


def columns_of(body: Sequence[Sequence[PlacedPiece]], heads: Sequence[PlacedPiece] = ()) -> list[PrintedColumn]:
    """The columns of a table, from left to right.

    body: the words of each line below the head. heads: the words of the head.
    Narrow words come first; a wider one that reaches over two of the columns found so far makes them one. So does a
    head that stands over both, unless others stand below it. Columns that no line parts by more than a blank are one
    as well, unless each has a head of its own. A total's label tells nothing: its cell may reach over several.
    """
    columns: list[PrintedColumn] = []
    words = (word for line in body for word in line if plain(word.text) not in _TOTALS)
    for word in sorted(words, key=lambda word: (word.x1 - word.x0, word.x0, word.top)):
        x0, x1 = word.x0, word.x1
        columns = _with(columns, word, [c for c in columns if x0 < c.x1 + _SNUG and x1 > c.x0 - _SNUG])
    lowest: list[PlacedPiece] = []
    if (paired := _paired(columns, heads)) is not None:
        return _without_blanks(paired, body, heads)
    for head in heads:
        touched = [column for column in columns if _touches(head, column)]
        below = [other for other in heads if other.top > head.bottom - 1.0]
        if not any(_touches(other, column) for other in below for column in touched):
            if not touched and below and _parts_heads(head, heads, columns):
                continue
            lowest.append(head)
            columns = _with(columns, head, touched)
    columns.sort(key=lambda column: column.x0)
    return _without_blanks(columns, body, lowest)


def _parts_heads(head: PlacedPiece, heads: Sequence[PlacedPiece], columns: Sequence[PrintedColumn]) -> bool:
    """Whether a head over the blank between two columns is that of both: each has another below it, none beside it."""
    left = max((column for column in columns if column.x1 < head.x0), key=lambda column: column.x1, default=None)
    right = min((column for column in columns if column.x0 > head.x1), key=lambda column: column.x0, default=None)
    if left is None or right is None:
        return False
    owners = [[other for other in heads if _touches(other, column)] for column in (left, right)]
    return all(own and all(other.top > head.bottom - 1.0 for other in own) for own in owners)


def _paired(columns: Sequence[PrintedColumn], heads: Sequence[PlacedPiece]) -> list[PrintedColumn] | None:
    """The columns with their heads, where some head stands over none and there are as many of both, one for each.

    So it is where heads are set in the middle of wide columns whose texts begin at the left, or figures end at the
    right. None where that is not so.
    """
    if all(any(_touches(head, column) for column in columns) for head in heads):  # as nearly always
        return None
    over: list[PrintedColumn] = []  # what stands below each other in the head
    for head in sorted(heads, key=lambda head: head.x0):
        if over and head.x0 < over[-1].x1:
            over[-1].x1 = max(over[-1].x1, head.x1)
        else:
            over.append(PrintedColumn(head.x0, head.x1))
    if len(over) != len(columns):
        return None
    from_left = sorted(columns, key=lambda column: column.x0)
    pairs = zip(over, from_left, strict=True)
    whole = [PrintedColumn(min(one.x0, other.x0), max(one.x1, other.x1)) for one, other in pairs]
    return whole if all(before.x1 < after.x0 for before, after in pairwise(whole)) else None


def _touches(piece: PlacedPiece, column: PrintedColumn) -> bool:
    """Whether a piece stands in a column, or right beside it."""
    return piece.x0 < column.x1 + _SNUG and piece.x1 > column.x0 - _SNUG


def _with(columns: list[PrintedColumn], piece: PlacedPiece, touched: Sequence[PrintedColumn]) -> list[PrintedColumn]:
    """The columns with one piece more, which makes all that it touches one."""
    if not touched:
        return [*columns, PrintedColumn(piece.x0, piece.x1)]
    home = touched[0]
    home.x0 = min(piece.x0, *(column.x0 for column in touched))
    home.x1 = max(piece.x1, *(column.x1 for column in touched))
    return [column for column in columns if column is home or column not in touched]


def _without_blanks(
    columns: Sequence[PrintedColumn], body: Sequence[Sequence[PlacedPiece]], heads: Sequence[PlacedPiece]
) -> list[PrintedColumn]:
    """The columns, those made one that only blanks within texts part."""
    if len(columns) < 2:
        return list(columns)
    blank = _BLANK * min((word.bottom - word.top for line in body for word in line), default=0.0)
    wide = [after.x0 - before.x1 for before, after in pairwise(columns)]
    gaps = [width >= blank for width in wide]
    headed = sorted({covered(head, columns)[0] for head in heads})
    parted = {range(one, other) for one, other in pairwise(headed)}
    steps = set() if all(gaps) else parted | _steps(body, columns)
    for between in sorted(steps, key=lambda step: (len(step), step.start)):
        if not any(gaps[index] for index in between):
            gaps[max(between, key=lambda index: (wide[index], index))] = True
    whole = [columns[0]]
    for index, column in enumerate(columns[1:]):
        if gaps[index]:
            whole.append(column)
        else:
            whole[-1] = PrintedColumn(whole[-1].x0, column.x1)
    return whole


def _steps(body: Sequence[Sequence[PlacedPiece]], columns: Sequence[PrintedColumn]) -> set[range]:
    """The gaps (0-based) between two words parted by more than a blank."""
    steps = {
        range(covered(before, columns)[1] - 1, covered(after, columns)[0])
        for line in body
        for before, after in pairwise(line)
        if is_blank_between(before, after)
    }
    return set(filter(None, steps))


def pieces_by_column(words: Sequence[PlacedPiece], columns: Sequence[PrintedColumn]) -> list[PlacedPiece]:
    """The words of one line, those joined that stand in the same columns."""
    return [joined(list(own)) for _, own in groupby(words, key=lambda word: covered(word, columns))]


def covered(piece: PlacedPiece, columns: Sequence[PrintedColumn]) -> tuple[int, int]:
    """First and last + 1 of the columns that a piece stands over; the nearest one where it stands over none."""
    x0, x1 = piece.x0, piece.x1
    first = stop = 0
    for index, column in enumerate(columns):
        if x0 < column.x1 and x1 > column.x0:
            if not stop:
                first = index
            stop = index + 1
    if stop:
        return first, stop
    middle = (piece.x0 + piece.x1) / 2
    nearest = min(range(len(columns)), key=lambda index: _distance(columns[index], middle))
    return nearest, nearest + 1


def _distance(column: PrintedColumn, x: float) -> float:
    """How far a place lies outside a column."""
    return max(column.x0 - x, x - column.x1, 0.0)
