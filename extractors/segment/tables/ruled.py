"""Tables between rulings (有框线的表格): each frame that a reader found on a page is one piece of a table."""

from collections.abc import Sequence
from itertools import groupby

from extractors.pages import Frame, Line
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow

_FEWEST_FILLED = 2  # cells; a frame with fewer is a box around text


def find_ruled(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All frames as drafts. free: parallel to `lines`; a frame counts when its first line is still unclaimed."""
    drafts = []
    start = 0
    for _, group in groupby(lines, key=_frame_identity):
        own = list(group)
        end = start + len(own)
        framed = own[0].framed
        if framed is not None and free[start]:
            draft = _draft(framed[0], own, start, end)
            if draft is not None:
                drafts.append(draft)
        start = end
    return drafts


def _frame_identity(line: Line) -> int | None:
    """Which frame the line stands in; frames are told apart by identity, for equal ones stand on many pages."""
    return None if line.framed is None else id(line.framed[0])


def _draft(frame: Frame, lines: Sequence[Line], start: int, end: int) -> Draft | None:
    """The frame as a draft; None where hardly a cell is filled or there is one column only.

    A printed cell keeps its span. An empty one is left open cell by cell, for on top of a page it goes on with the
    label of the page before.
    """
    pieces: dict[int, list[Piece]] = {}
    for line in lines:
        if line.framed is not None:
            pieces.setdefault(line.framed[1], []).append((line.text, line))
    if frame.n_columns < 2 or len(pieces) < _FEWEST_FILLED:
        return None
    grid: list[list[DraftCell | None]] = [[None] * frame.n_columns for _ in range(frame.n_rows)]
    for index, cell in enumerate(frame.cells):
        if index in pieces:
            flow = cell_flow(pieces[index])
            grid[cell.row][cell.column] = DraftCell(flow, cell.row_span, cell.column_span, declared=True)
            continue
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = DraftCell()
    return Draft("ruled", _rows(frame, grid, lines), start, end)


def _rows(frame: Frame, grid: list[list[DraftCell | None]], lines: Sequence[Line]) -> list[DraftRow]:
    """The rows with their first and last line; a row without any takes the line before it."""
    ends: dict[int, tuple[Line, Line]] = {}
    for line in lines:
        if line.framed is not None:
            row = frame.cells[line.framed[1]].row
            ends[row] = (ends[row][0] if row in ends else line, line)
    rows = []
    last = lines[0]
    for index, cells in enumerate(grid):
        first, last = ends.get(index, (last, last))
        rows.append(DraftRow(cells, first, last))
    return rows
