"""Grids around a whole sheet (整页网格线): paragraphs between tables stand in cells as wide as the sheet."""

from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from extractors.frozen import replace
from extractors.pages import Document, Frame, Line, Page
from extractors.segment.tables.ruled_parts import rows_of

_FEWEST_ROWS = 3  # of a box without columns
_FEWEST_WIDE = 5  # rows of paragraphs among those of tables; fewer are titles within a form


def without_sheet_grid(document: Document) -> Document:
    """The document, whatever fills the whole width of such a grid taken out of it; tables keep their parts of it.

    So spreadsheets print their gridlines, and text that people put into merged cells above and below a table. Other
    pages of the sheet may have fewer such rows.
    """
    sides = {_sides(frame) for page in document.pages for frame in page.frames if _is_sheet(frame)}
    if not sides:
        return document
    return replace(document, pages=tuple(_freed(page, sides) for page in document.pages))


def _sides(frame: Frame) -> tuple[int, int]:
    """Left and right edge of a grid, to the point."""
    return round(frame.box[0]), round(frame.box[2])


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


def _freed(page: Page, sides: Set[tuple[int, int]]) -> Page:
    """The page, its lines in parts of their grids or in none. sides: of the grids of sheets."""
    lines: list[Line] = []
    for _, group in groupby(page.lines, lambda line: line.framed and id(line.framed[0])):
        own = list(group)
        frame = own[0].framed[0] if own[0].framed else None
        is_sheet = frame is not None and not frame.turn and _sides(frame) in sides
        lines += _parts(frame, own) if frame is not None and is_sheet else own
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
