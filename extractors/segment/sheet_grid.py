"""Grids around a whole sheet (整页网格线): paragraphs between tables stand in cells as wide as the sheet."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.frozen import replace
from extractors.pages import Document, Frame, Line, Page
from extractors.segment.tables.ruled_parts import rows_of

_FEWEST_ROWS = 3  # of a box without columns
_FEWEST_WIDE = 5  # rows of paragraphs among those of tables; fewer are titles within a form


def without_sheet_grid(document: Document) -> Document:
    """The document, whatever fills the whole width of such a grid taken out of it; tables keep their parts of it.

    So spreadsheets print their gridlines, and text that people put into merged cells above and below a table.
    """
    if not any(_is_sheet(frame) for page in document.pages for frame in page.frames):
        return document
    return replace(document, pages=tuple(map(_freed, document.pages)))


def _is_sheet(frame: Frame) -> bool:
    """Whether many rows of a grid are one cell each, or all."""
    if frame.turn:
        return False
    if frame.n_columns == 1:
        return frame.n_rows >= _FEWEST_ROWS
    if len(frame.cells) > (frame.n_rows - _FEWEST_WIDE) * frame.n_columns + _FEWEST_WIDE:  # too many for such rows
        return False
    return len(_wide_rows(frame)) >= _FEWEST_WIDE


def _wide_rows(frame: Frame) -> set[int]:
    """The rows that are one cell."""
    return {cell.row for cell in frame.cells if cell.column_span == frame.n_columns and cell.row_span == 1}


def _freed(page: Page) -> Page:
    """The page, its lines in parts of their grids or in none."""
    lines: list[Line] = []
    for _, group in groupby(page.lines, lambda line: line.framed and id(line.framed[0])):
        own = list(group)
        frame = own[0].framed[0] if own[0].framed else None
        lines += own if frame is None or not _is_sheet(frame) else _parts(frame, own)
    return replace(page, lines=tuple(lines))


def _parts(frame: Frame, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a grid: those of paragraphs free, those of tables each in the grid of its rows."""
    wide = _wide_rows(frame)
    places: dict[int, tuple[Frame, int]] = {}
    for is_wide, run in groupby(range(frame.n_rows), lambda row: row in wide):
        rows = list(run)
        if not is_wide:
            part, kept = rows_of(frame, rows[0], rows[-1] + 1)
            places.update({index: (part, at) for at, index in enumerate(kept)})
    for line in lines:
        yield replace(line, framed=places.get(line.framed[1]) if line.framed else None)
