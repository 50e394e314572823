"""What was read, drawn over the page (看页): lines, grid, roles of columns, rows of indicators, doubtful digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.errors import DocumentRefused
from extractors.frozen import frozen
from extractors.pages import Page
from extractors.provenance import Box
from extractors.readers.pdf.annotations import load_page
from extractors.readers.pdf.limits import SURE_DIGIT
from extractors.readers.pdf.ocr.picture import affordable_dpi
from extractors.readers.pdf.opening import has_mark, open_pdf, with_true_colours
from extractors.readers.settings import DEFAULT, ReadingSettings
from extractors.rows.columns import read_blocks
from extractors.segment.model import TableGrid
from extractors.vocabulary import COLUMN_HEADS
from normalizers.records import EvaluationReport
from pipeline.options import BadUsage
from pipeline.process import read_document, understand

if TYPE_CHECKING:
    import pymupdf

Color = tuple[float, float, float]
_LINE, _GRID, _COLUMN, _ROW, _DOUBT = (
    (0.2, 0.4, 0.9),
    (0.1, 0.6, 0.2),
    (0.5, 0.2, 0.7),
    (0.9, 0.5, 0.0),
    (0.9, 0.0, 0.1),
)
_LEGEND: tuple[tuple[str, Color], ...] = (
    ("文字行", _LINE),
    ("表格线", _GRID),
    ("列的含义", _COLUMN),
    ("指标行", _ROW),
    ("存疑字符", _DOUBT),
)
_TOTAL_ROWS = {"subtotal": "小计", "total": "合计"}
_DPI = 144.0
_LABEL = 6.0  # points
_STRIP = 16.0  # points below the page, for the legend


@frozen
class Mark:
    """One box to be drawn (标记). box: PDF points on the page. fill: opacity of its area, 0 for the outline alone."""

    box: Box
    color: Color
    label: str = ""
    fill: float = 0.0
    width: float = 0.5


def look(source: str, data: bytes, number: int, settings: ReadingSettings = DEFAULT) -> bytes:
    """Page `number` (1-based) with what was read on it, as PNG; the same bytes for the same input.

    Raises BadUsage where there is no such page, DocumentRefused where the file cannot be read.
    """
    if not has_mark(data):
        raise BadUsage("只能查看 PDF 的页面，这个文件不是 PDF。")
    pdf, _ = open_pdf(data, settings.passwords)
    if not 1 <= number <= pdf.page_count:
        raise BadUsage(f"没有第 {number} 页，该文件共 {pdf.page_count} 页。")
    marks: list[Mark] = []
    try:
        understanding = understand(read_document(source, data, settings))
        for page in understanding.document.pages:
            marks.extend(_marks_of_page(page) if page.number == number else ())
        for report in understanding.reports:
            marks.extend(_marks_of_report(report, number))
    except DocumentRefused as refusal:
        raise BadUsage(f"该文件没有可查看的内容：{refusal.message}") from refusal
    with_true_colours()
    return _drawn(load_page(pdf, number)[0], marks)


def _marks_of_page(page: Page) -> Iterator[Mark]:
    """Lines, cells and doubtful characters of a page."""
    for frame in page.frames:
        for cell in frame.cells:
            yield Mark(cell.box if page.lean is None else page.lean.at(cell.box), _GRID, width=0.8)
    for line in page.lines:
        box = line.span().bbox
        if box is not None:
            yield Mark(box, _LINE)
        for char in line.chars:
            if char.confidence is not None and char.confidence < SURE_DIGIT and char.text.isdigit():
                place = char.box if line.lean is None else line.lean.at(char.box)
                yield Mark(place, _DOUBT, f"{char.confidence:.2f}", fill=0.25)


def _marks_of_report(report: EvaluationReport, number: int) -> Iterator[Mark]:
    """Columns with their roles, and rows of indicators, as far as they stand on a page."""
    for table in report.rows.part.tables:
        yield from _marks_of_columns(table, number)
    for row in report.rows.indicators:
        span = row.name.span
        if span.page == number and span.bbox is not None:
            yield Mark(span.bbox, _ROW, _TOTAL_ROWS.get(row.row_role, f"{row.level}级"), fill=0.2)


def _marks_of_columns(table: TableGrid, number: int) -> Iterator[Mark]:
    """The columns whose role is known, around what stands in them on a page."""
    for block in read_blocks(table, table.dense()):
        rows = {*block.header, *block.body}
        for index, column in enumerate(block.columns):
            boxes = [
                box
                for cell in table.cells
                if cell.row in rows and cell.column == index and cell.column_span == 1
                for line in cell.flow.lines
                if line.page == number and (box := line.span().bbox) is not None
            ]
            if column.role and boxes:
                x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
                yield Mark((min(x0s), min(tops), max(x1s), max(bottoms)), _COLUMN, _role(column.role), fill=0.06)


def _role(role: str) -> str:
    """A role in the field's own word."""
    heads = COLUMN_HEADS.get(role)
    return role if not heads else next(iter(heads))


def _drawn(pdf_page: pymupdf.Page, marks: list[Mark]) -> bytes:
    """A picture of the page with the marks over it, and the legend below."""
    import pymupdf

    dpi = min(affordable_dpi(pdf_page), _DPI)
    zoom = dpi / 72
    picture = pdf_page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
    width, height = pdf_page.rect.width, pdf_page.rect.height
    sheet = pymupdf.open().new_page(width=width, height=height + _STRIP)
    sheet.insert_image(pymupdf.Rect(0, 0, width, height), pixmap=picture)
    shape = sheet.new_shape()
    for mark in marks:
        _draw(shape, mark)
    for place, (name, color) in enumerate(_LEGEND):
        shape.insert_text((10 + 60 * place, height + 11), f"■ {name}", fontname="china-s", fontsize=8, color=color)
    shape.commit()
    return bytes(sheet.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False).tobytes("png"))


def _draw(shape: pymupdf.Shape, mark: Mark) -> None:
    """One mark: its outline, its area, its label above the left corner."""
    import pymupdf

    x0, top, x1, bottom = mark.box
    shape.draw_rect(pymupdf.Rect(x0, top, max(x1, x0 + 0.5), max(bottom, top + 0.5)))
    fill = mark.color if mark.fill else None
    shape.finish(color=mark.color, fill=fill, width=mark.width, fill_opacity=mark.fill or 1.0)
    if mark.label:
        shape.insert_text((x0, top - 1), mark.label, fontname="china-s", fontsize=_LABEL, color=mark.color)
