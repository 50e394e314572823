"""Merged cells that a page break cut (跨页的合并单元格): no rule is drawn where the page ends, and they are one."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from extractors.pages import Frame, FrameCell
from extractors.segment.flow import EMPTY, part_of
from extractors.segment.tables.draft import DraftCell, DraftRow

SAME_EDGE = 4.0  # points by which the edge of a column may move from page to page


def join_open_cells(
    above: list[DraftRow],
    below: list[DraftRow],
    frames: tuple[Frame, Frame],
    hollow: Mapping[int, int],
    edges: Sequence[float],
) -> None:
    """Make one cell of those that go on over a page break, and put its text where it begins.

    Spreadsheets set the text in the middle of the whole cell, on whichever page that comes. above: the rows so far.
    below: the rows of the next page behind its repeated heads, changed in place. frames: of both pages. hollow:
    columns of the table of which the lowest cell above is empty, and began on that page. edges: of the columns.
    """
    upper, lower = frames
    places = [bisect_left(edges, edge - SAME_EDGE) for edge in upper.edges]
    opened = {bisect_left(edges, lower.edges[column] - SAME_EDGE) for column in lower.open_above}
    if len(below) < lower.n_rows:
        opened = set()  # what is open there are the heads
    for cell in _lowest(upper):
        left = places[cell.column]
        at = len(above) - (upper.n_rows - cell.row)
        if not below or at < 0 or left == places[cell.column + cell.column_span]:  # or too narrow to be a column
            continue
        begun, rest = above[at].cells[left], below[0].cells[left]
        if begun is None or rest is None or not rest.flow.text:
            continue
        merged = cell.row_span > 1 and left in hollow and rest.kind == "text"  # why else, if it holds nothing
        if merged or cell.column in upper.open_below or left in opened:
            if not begun.flow.text:
                _lift(above[at:], left, places[cell.column + cell.column_span], rest)
            else:
                _append(begun, rest)
            leave_open(below, left, rest)


def _lowest(frame: Frame) -> Iterator[FrameCell]:
    """The cells that reach down to the lower edge of a frame."""
    return (cell for cell in frame.cells if cell.row + cell.row_span == frame.n_rows)


def _lift(rows: Sequence[DraftRow], left: int, right: int, rest: DraftCell) -> None:
    """Give the text to the cell of these rows that begins above it. left, right: its columns, half open."""
    for row in rows:
        row.cells[left:right] = [None] * (right - left)
    rows[0].cells[left] = DraftCell(rest.flow, len(rows), right - left, declared=True)


def _append(begun: DraftCell, rest: DraftCell) -> None:
    """Put the rest behind its beginning; a line that the page break cut is printed on both pages, and taken once.

    Where only a sliver is seen of it, some characters may be all gone.
    """
    flow, last, first = rest.flow, begun.flow.lines[-1].text.strip(), rest.flow.lines[0].text.strip()
    if first in last:
        flow = part_of(flow, flow.starts[1], len(flow.text)) if len(flow.starts) > 1 else EMPTY
    elif last in first:
        begun.flow = part_of(begun.flow, 0, begun.flow.starts[-1]) if len(begun.flow.starts) > 1 else EMPTY
    if not begun.kind == rest.kind == "number":
        begun.append(DraftCell(flow), whole=len(flow.text) == 1)


def leave_open(rows: Sequence[DraftRow], column: int, cell: DraftCell) -> None:
    """Blank the places that a merged cell of the first row covers: they go on with the page before."""
    for row in rows[: cell.row_span]:
        row.cells[column : column + cell.column_span] = [DraftCell() for _ in range(cell.column_span)]
