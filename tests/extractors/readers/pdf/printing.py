"""Small PDFs drawn for a test: lines of text, and ruled tables whose cells say line by line what they print."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pymupdf

from extractors.pages import Document
from extractors.readers.read import read
from extractors.segment.model import TableGrid
from extractors.segment.segment import segment

SIZE, LEADING, PADDING = 10.0, 14.0, 4.0
UP = "↑"  # the cell above goes on


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table. edges: x of its columns. rows: the cells' lines parted by `|`, `↑` below a merged one.

    A line that begins with `/` is set turned by 90°. rules: whether its rules are drawn at all. shaded: the rows
    (0-based) whose cells have a grey ground. underlined: those below whose cells a piece of a rule is drawn.
    upright: whether one is drawn at both sides of each cell.
    """

    edges: Sequence[float]
    rows: Sequence[Sequence[str]]
    top: float = 100.0
    rules: bool = True
    shaded: Sequence[int] = ()
    underlined: Sequence[int] = ()
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its tables, and lines of text as (x, baseline, text). size: of these lines."""

    tables: Sequence[Ruled] = ()
    lines: Sequence[tuple[float, float, str]] = field(default=())
    size: float = SIZE


def printed(*sheets: Sheet, turned: int = 0) -> Document:
    """The sheets as the reader of PDF reads them. turned: how their paper lay (0, 90, 180, 270)."""
    pdf = pymupdf.open()
    for sheet in sheets:
        page = pdf.new_page(width=595, height=842)
        for x, baseline, text in sheet.lines:
            font = "helv" if text.isascii() else "china-s"
            page.insert_text((x, baseline), text, fontname=font, fontsize=sheet.size)
        for table in sheet.tables:
            _draw(page, table)
    return read("printed.pdf", (_lain(pdf, turned) if turned else pdf).tobytes())


def _lain(pdf: pymupdf.Document, turned: int) -> pymupdf.Document:
    """The same pages, all that they print turned by so many degrees."""
    lain = pymupdf.open()
    for number, page in enumerate(pdf):
        width, height = (page.rect.width, page.rect.height)[:: -1 if turned % 180 else 1]
        sheet = lain.new_page(width=width, height=height)
        sheet.show_pdf_page(sheet.rect, pdf, number, rotate=turned)
    return lain


def tables_of(document: Document) -> list[TableGrid]:
    """All tables of a document."""
    return [table for part in segment(document) for table in part.tables]


def shown(table: TableGrid) -> list[str]:
    """The rows of a table, cells parted by ` | `; a merged cell is told at every place that it covers."""
    return [" | ".join("" if cell is None else cell.text for cell in row) for row in table.dense()]


def _draw(page: pymupdf.Page, table: Ruled) -> None:
    """Text and rules of a table; a cell over several rows has its text at the top of the first."""
    y = table.top
    for number, row in enumerate(table.rows):
        height = max(len(text.split("|")) for text in row) * LEADING + 2 * PADDING
        for column, text in enumerate(row):
            left, right = table.edges[column], table.edges[column + 1]
            if number in table.shaded:
                page.draw_rect((left, y, right, y + height), color=None, fill=(0.93, 0.93, 0.93))
            if text != UP:
                _set(page, text, left, y)
            below = table.rows[number + 1][column] if number + 1 < len(table.rows) else ""
            if number in table.underlined and below != UP:
                page.draw_rect((left, y + height - 0.4, right, y + height), color=None, fill=(0.5, 0.5, 0.5))
            if table.upright:
                for x in (left, right):
                    page.draw_rect((x - 0.2, y, x + 0.2, y + height), color=None, fill=(0.5, 0.5, 0.5))
            if table.rules:
                _border(page, (left, y, right, y + height), above=text != UP, below=below != UP)
        y += height


def _set(page: pymupdf.Page, text: str, left: float, top: float) -> None:
    """The lines of one cell."""
    for index, line in enumerate(text.split("|")):
        if line.startswith("/"):
            page.insert_text((left + PADDING, top + PADDING), line[1:], fontname="china-s", fontsize=SIZE, rotate=270)
        elif line:
            baseline = top + PADDING + index * LEADING + 0.75 * LEADING
            font = "helv" if line.isascii() else "china-s"
            page.insert_text((left + PADDING, baseline), line, fontname=font, fontsize=SIZE)


def _border(page: pymupdf.Page, box: tuple[float, float, float, float], *, above: bool, below: bool) -> None:
    """The rules around a cell."""
    x0, y0, x1, y1 = box
    page.draw_line((x0, y0), (x0, y1), width=0.5)
    page.draw_line((x1, y0), (x1, y1), width=0.5)
    if above:
        page.draw_line((x0, y0), (x1, y0), width=0.5)
    if below:
        page.draw_line((x0, y1), (x1, y1), width=0.5)
