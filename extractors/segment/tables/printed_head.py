"""The head of a table without rules (无框线的表头): heads over their columns, and heads over heads."""

from collections.abc import Sequence

from extractors.segment.flow import cell_flow
from extractors.segment.tables.draft import DraftCell, DraftRow
from extractors.segment.tables.pieces import PlacedPiece
from extractors.segment.tables.printed_columns import PrintedColumn, covered


def head_rows(pieces: Sequence[PlacedPiece], columns: Sequence[PrintedColumn]) -> list[DraftRow]:
    """The rows of the head, empty without pieces. A head over several columns spans them, others reach down."""
    if not pieces:
        return []
    spanning = [piece for piece in pieces if _is_over(piece, pieces, columns)]
    levels = _levels(spanning)
    depth = len(levels) + 1
    grid: list[list[DraftCell | None]] = [[None] * len(columns) for _ in range(depth)]
    reach = [0] * len(columns)
    for level, own in enumerate(levels):
        for piece in own:
            start, end = covered(piece, columns)
            grid[level][start] = DraftCell(cell_flow([(piece.text, piece.line)]), 1, end - start, declared=True)
            reach[start:end] = [level + 1] * (end - start)
    for column in range(len(columns)):
        own = [piece for piece in pieces if piece not in spanning and covered(piece, columns)[0] == column]
        own.sort(key=lambda piece: piece.top)
        flow = cell_flow((piece.text, piece.line) for piece in own)
        grid[reach[column]][column] = DraftCell(flow, depth - reach[column], 1, declared=bool(own))
    ordered = sorted(pieces, key=lambda piece: piece.index)
    return [DraftRow(cells, ordered[0].line, ordered[-1].line) for cells in grid]


def _is_over(piece: PlacedPiece, pieces: Sequence[PlacedPiece], columns: Sequence[PrintedColumn]) -> bool:
    """Whether a head stands over two columns or more that have heads of their own below it."""
    start, end = covered(piece, columns)
    if end - start < 2:
        return False
    below = [other for other in pieces if other.top > piece.bottom - 1.0]
    return all(any(covered(other, columns)[0] == column for other in below) for column in range(start, end))


def _levels(spanning: Sequence[PlacedPiece]) -> list[list[PlacedPiece]]:
    """Spanning heads by their height, from the top."""
    levels: list[list[PlacedPiece]] = []
    for piece in sorted(spanning, key=lambda piece: piece.middle):
        if levels and piece.middle - levels[-1][0].middle < 0.5 * (piece.bottom - piece.top):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels
