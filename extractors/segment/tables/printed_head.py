"""The head of a table without rules (无框线的表头): heads over their columns, and heads over heads."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.segment.flow import cell_flow
from extractors.segment.tables.draft import DraftCell, DraftRow
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.pieces import PlacedPiece, own_line
from extractors.segment.tables.printed_columns import PrintedColumn, covered
from extractors.segment.tables.roles import head_role

_SNUG = 1.0  # points by which lines of one head may begin or end apart
_NEXT_LINE = 1.6  # of the size; a line so close below goes on with the same head


def head_rows(pieces: Sequence[PlacedPiece], columns: Sequence[PrintedColumn]) -> list[DraftRow]:
    """The rows of the head, empty without pieces. A head over several columns spans them, others reach down."""
    if not pieces:
        return []
    pieces = whole_heads(pieces)
    edges = _edges(columns)
    over = {id(piece): _span(piece, pieces, columns, edges) for piece in pieces}
    levels = _levels([piece for piece in pieces if over[id(piece)] is not None])
    depth = len(levels) + 1
    grid: list[list[DraftCell | None]] = [[None] * len(columns) for _ in range(depth)]
    reach = [0] * len(columns)
    for level, own in enumerate(levels):
        for piece in own:
            start, end = over[id(piece)] or covered(piece, columns)
            grid[level][start] = DraftCell(cell_flow([(piece.text, own_line(piece))]), 1, end - start, declared=True)
            reach[start:end] = [level + 1] * (end - start)
    for column in range(len(columns)):
        own = [piece for piece in pieces if over[id(piece)] is None and covered(piece, columns)[0] == column]
        own.sort(key=lambda piece: piece.top)
        flow = cell_flow((piece.text, own_line(piece)) for piece in own)
        grid[reach[column]][column] = DraftCell(flow, depth - reach[column], 1, declared=bool(own))
    ordered = sorted(pieces, key=lambda piece: piece.index)
    return [DraftRow(cells, ordered[0].line, ordered[-1].line) for cells in grid]


def whole_heads(pieces: Sequence[PlacedPiece]) -> list[PlacedPiece]:
    """The pieces, those joined that print one head in lines of their own, one centred below the other."""
    whole: list[PlacedPiece] = []
    left = sorted(pieces, key=lambda piece: (piece.top, piece.x0))
    while left:
        run = [left.pop(0)]
        while (below := next((piece for piece in left if _is_next_line(run[-1], piece, left)), None)) is not None:
            run.append(below)
            left.remove(below)
        while run:
            lengths = (count for count in range(len(run), 1, -1) if head_role("".join(p.text for p in run[:count])))
            count = next(lengths, 1)
            whole.append(_joined(run[:count]))
            run = run[count:]
    return whole


def _is_next_line(piece: PlacedPiece, other: PlacedPiece, heads: Sequence[PlacedPiece]) -> bool:
    """Whether a piece stands in the line right below another, at the middle of it; or at its left side, as the last
    line of all: above others it may be that of a head over heads."""
    if not _is_near(piece, other):
        return False
    if abs(piece.x0 + piece.x1 - other.x0 - other.x1) < 0.5 * (piece.bottom - piece.top):
        return True
    if abs(piece.x0 - other.x0) >= _SNUG:
        return False
    return not any(_is_near(other, below) and below.x0 < other.x1 and below.x1 > other.x0 for below in heads)


def goes_on_below(piece: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether a piece stands in the line right below another, no wider than that."""
    return _is_near(piece, other) and piece.x0 - _SNUG <= other.x0 and other.x1 <= piece.x1 + _SNUG


def _is_near(piece: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether a piece stands as far below another as the next line of a cell does."""
    size = piece.bottom - piece.top
    return 0.5 * size < other.top - piece.top <= _NEXT_LINE * size


def _joined(run: Sequence[PlacedPiece]) -> PlacedPiece:
    """Lines of one head as one piece."""
    if len(run) == 1:
        return run[0]
    x0, x1 = min(piece.x0 for piece in run), max(piece.x1 for piece in run)
    text = "".join(piece.text for piece in run)
    return PlacedPiece(text, x0, x1, run[0].top, run[-1].bottom, run[0].line, run[0].index)


def _edges(columns: Sequence[PrintedColumn]) -> list[float]:
    """The edges of the columns: half way between what they print."""
    inner = [(before.x1 + after.x0) / 2 for before, after in pairwise(columns)]
    return [columns[0].x0, *inner, columns[-1].x1]


def _span(
    piece: PlacedPiece, pieces: Sequence[PlacedPiece], columns: Sequence[PrintedColumn], edges: Sequence[float]
) -> tuple[int, int] | None:
    """First and last + 1 of the columns that a head above other heads spans, or None where it stands over one column.

    It stands at the middle of the columns that it spans, and each of them has a head of its own further down.
    """
    below = {covered(other, columns)[0] for other in pieces if _is_below(piece, other)}
    start, end = covered(piece, columns)
    if not any(column in below for column in range(start, end)):
        return None
    low, high = start, end
    taken = {column for other in pieces if _is_beside(piece, other) for column in range(*covered(other, columns))}
    while low > 0 and low - 1 in below and low - 1 not in taken:
        low -= 1
    while high < len(columns) and high in below and high not in taken:
        high += 1
    ways = [(first, last) for first in range(low, start + 1) for last in range(end, high + 1)]
    middle = (piece.x0 + piece.x1) / 2
    return min(ways, key=lambda way: (abs((edges[way[0]] + edges[way[1]]) / 2 - middle), way[0] - way[1]))


def _is_beside(piece: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether `other` is another head at the same height."""
    return other is not piece and abs(other.middle - piece.middle) < 0.5 * (piece.bottom - piece.top)


def _is_below(piece: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether `other` is a head further down, and not the next line of the same head."""
    if other.top < piece.bottom - 1.0:
        return False
    size = piece.bottom - piece.top
    next_line = other.top - piece.top <= _NEXT_LINE * size and other.x0 < piece.x1 and other.x1 > piece.x0
    return not next_line or (is_head(piece.text) and is_head(other.text) and not head_role(piece.text + other.text))


def _levels(spanning: Sequence[PlacedPiece]) -> list[list[PlacedPiece]]:
    """Spanning heads by their height, from the top."""
    levels: list[list[PlacedPiece]] = []
    for piece in sorted(spanning, key=lambda piece: piece.middle):
        if levels and piece.middle - levels[-1][0].middle < 0.5 * (piece.bottom - piece.top):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels
