"""Tables drawn right below one another (相接的表格): one grid of rules, parted where heads of other columns begin."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.frozen import replace
from extractors.pages import Frame, FrameCell, Line
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.roles import head_role

_FEWEST_HEADS = 3
_VALUES = frozenset(("number", "rate"))

Texts = dict[int, str]  # of the cells of a frame, by their index


def parts_of(frame: Frame, lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each table in a frame; those of a frame of several stand in frames of their own afterwards.

    lines: all lines of the frame, in order. Another table begins with a row of heads below a row of values, if it
    has other columns than the heads of the frame's first row, and no cell reaches over both.
    """
    texts: Texts = {}
    for line in lines:
        if line.framed is not None:
            texts[line.framed[1]] = texts.get(line.framed[1], "") + line.text.strip()
    rows: list[list[int]] = [[] for _ in range(frame.n_rows)]
    for index, cell in enumerate(frame.cells):
        rows[cell.row].append(index)
    if _has_value(rows[0], texts) or not _heads(rows[0], texts):
        return [list(lines)]
    valued = [_has_value(row, texts) for row in rows]
    below = [row for row in range(2, frame.n_rows) if valued[row - 1] and not valued[row]]
    starts = [0, *(row for row in below if _begins(row, rows, frame, texts)), frame.n_rows]
    if len(starts) == 2:
        return [list(lines)]
    return [part for first, last in pairwise(starts) if (part := list(_own(frame, lines, first, last)))]


def _heads(row: Sequence[int], texts: Texts) -> bool:
    """Whether a row holds heads of columns."""
    own = [texts[index] for index in row if index in texts]
    return sum(head_role(text) is not None for text in own) >= _FEWEST_HEADS


def _has_value(row: Sequence[int], texts: Texts) -> bool:
    """Whether a row holds a number or a rate."""
    return not _VALUES.isdisjoint([kind_of(texts[index]) for index in row if index in texts])


def _begins(row: int, rows: Sequence[Sequence[int]], frame: Frame, texts: Texts) -> bool:
    """Whether another table begins with this row, which has no value below one that has."""
    if not _heads(rows[row], texts):
        return False
    if any(cell.row < row < cell.row + cell.row_span for cell in frame.cells):
        return False
    return _columns(rows[row], frame) != _columns(rows[0], frame)


def _columns(row: Sequence[int], frame: Frame) -> list[tuple[int, int]]:
    """First column and span of each cell that begins in a row."""
    return [(frame.cells[index].column, frame.cells[index].column_span) for index in row]


def _own(frame: Frame, lines: Sequence[Line], first: int, last: int) -> Iterator[Line]:
    """The lines of some rows (half open), in a frame of these rows and of the columns that they have."""
    part, kept = rows_of(frame, first, last)
    number = {index: position for position, index in enumerate(kept)}
    for line in lines:
        if line.framed is not None and line.framed[1] in number:
            yield replace(line, framed=(part, number[line.framed[1]]))


def rows_of(frame: Frame, first: int, last: int) -> tuple[Frame, list[int]]:
    """A frame of some rows (half open) and of the columns that they have, and which of the cells it has."""
    kept = [index for index, cell in enumerate(frame.cells) if first <= cell.row < last]
    begun = {frame.cells[index].column for index in kept}
    ends = {frame.cells[index].column + frame.cells[index].column_span for index in kept}
    places = sorted(begun | ends)
    at = {place: number for number, place in enumerate(places)}
    cells = [frame.cells[index] for index in kept]
    shown = tuple(
        FrameCell(
            cell.row - first,
            at[cell.column],
            cell.row_span,
            at[cell.column + cell.column_span] - at[cell.column],
            cell.box,
        )
        for cell in cells
    )
    x0, top, x1, bottom = (pick(cell.box[side] for cell in cells) for side, pick in enumerate((min, min, max, max)))
    edges = tuple(frame.edges[place] for place in places)
    part = Frame((x0, top, x1, bottom), last - first, len(places) - 1, shown, frame.turn, edges)
    if frame.open_above or frame.open_below:
        above, below = frame.open_above if first == 0 else (), frame.open_below if last == frame.n_rows else ()
        opened = [tuple(at[column] for column in columns if column in at) for columns in (above, below)]
        part = replace(part, open_above=opened[0], open_below=opened[1])
    return part, kept
