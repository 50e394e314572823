"""One page of a PDF (单页读取): text layer or image, decided page by page, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.pages import Page
from extractors.provenance import Box, Note
from extractors.readers.pdf.born_digital import Layout, lay_out
from extractors.readers.pdf.glyphs import GlyphCollector, PageGlyphs, TextLine
from extractors.readers.pdf.legibility import distrust
from extractors.readers.pdf.limits import MAX_CONTENT_BYTES, MAX_GATHERED_BYTES, MAX_PATHS
from extractors.readers.pdf.plane import Plane
from extractors.readers.pdf.rulings import Strokes, Vector

if TYPE_CHECKING:
    import pymupdf

_FEW = 12  # characters; a page with fewer shows something else, if it shows anything
_PICTURE = 0.3  # of the page, covered by images
_WHOLE = 0.8  # of the page; a picture that large may be a scan
_TEXT = 0  # the type of a block of text
_MANY_PATHS = 300  # drawn paths of a page without characters: letters turned into outlines
"""Boxes are in PDF points with the origin at the top left of the page as a viewer shows it."""


@dataclass(slots=True)
class PageText:
    """What the text layer of one page gives (文本层).

    layout: lines and rulings by geometry. glyphs: what it was made from. reason: why its text cannot be used and
    the image must be read (Chinese), or ''. image_share: how much of the page images cover, 0..1.
    """

    number: int
    width: float
    height: float
    layout: Layout
    glyphs: PageGlyphs
    notes: list[Note] = field(default_factory=list)
    reason: str = ""
    image_share: float = 0.0

    @property
    def lies_over_image(self) -> bool:
        """Whether visible text stands on a picture of the whole page: printed on it, or somebody's OCR."""
        return not self.reason and self.image_share >= _WHOLE

    @property
    def is_drawn(self) -> bool:
        """Whether the page is made into a picture, to be read or to be held against its text."""
        return bool(self.reason) or self.lies_over_image

    def page(self) -> Page:
        """The page as its text layer gives it."""
        layout = self.layout
        return Page(self.number, layout.lines, self.width, self.height, layout.rulings, frames=layout.frames)


def read_text_layer(pdf_page: pymupdf.Page, number: int, notes: list[Note]) -> PageText:
    """The text layer of one page, and whether it can be used. number: 1-based. notes: on the page, so far.

    `pdf_page` bears no annotations but form fields.
    """
    width, height = _extent(pdf_page)
    rotation = int(pdf_page.rotation)
    if rotation:
        pdf_page.set_rotation(0)
    written = Plane(rotation, 0, *(_extent(pdf_page) if rotation else (width, height)))  # type: ignore[arg-type]
    lines, strokes = _contents(pdf_page, notes, number)
    glyphs = GlyphCollector(written.width, written.height, rotation).collect(lines)
    if rotation:
        pdf_page.set_rotation(rotation)
    text = PageText(number, width, height, lay_out(glyphs, strokes, written, number), glyphs, notes)
    text.reason = _reason(text, pdf_page, strokes.count)
    return text


def _extent(pdf_page: pymupdf.Page) -> tuple[float, float]:
    """Width and height of the page as it is turned now."""
    rect = pdf_page.rect
    return float(rect.width), float(rect.height)


def _contents(pdf_page: pymupdf.Page, notes: list[Note], number: int) -> tuple[Sequence[TextLine], Strokes]:
    """Lines of text and strokes of the page; none where its content is absurdly large or broken."""
    try:
        if _is_too_large(pdf_page):
            notes.append(Note("unread-page-too-large", f"第 {number} 页的内容过大，未读取；请人工查看该页。"))
            return (), Strokes()
        lines, vectors = text_and_vectors(pdf_page)
        strokes = None if vectors is None else Strokes.of_vectors(vectors)
        if strokes is None:
            strokes = Strokes()
            pdf_page.get_cdrawings(callback=strokes.take)
        strokes.end()
    except Exception:  # PyMuPDF raises all kinds on broken content
        notes.append(Note("unread-page-damaged", f"第 {number} 页已损坏，未能读取；请人工查看该页。"))
        return (), Strokes()
    if strokes.count > MAX_PATHS:
        notes.append(Note("drawing-too-large", f"第 {number} 页的线条过多，未按表格框线处理。"))
        strokes = Strokes()
    return lines, strokes


def text_and_vectors(pdf_page: pymupdf.Page) -> tuple[list[TextLine], list[Vector] | None]:
    """Lines of text in order of writing, and vectors: both from going through the page's contents once.

    No vectors where there are so many that they are to be taken one by one.
    """
    import pymupdf

    flags = (
        pymupdf.TEXT_PRESERVE_WHITESPACE
        | pymupdf.TEXT_PRESERVE_LIGATURES
        | pymupdf.TEXT_INHIBIT_SPACES
        | pymupdf.TEXT_IGNORE_ACTUALTEXT
        | pymupdf.TEXT_CLIP
    )
    everywhere = pymupdf.INFINITE_RECT()  # what stands outside the page is counted
    gathered = pdf_page.get_textpage(clip=everywhere, flags=flags | pymupdf.TEXT_COLLECT_VECTORS)
    few = pymupdf.mupdf.ll_fz_pool_size(gathered.this.m_internal.pool) <= MAX_GATHERED_BYTES
    if not few:
        gathered = pdf_page.get_textpage(clip=everywhere, flags=flags)
    lines: list[TextLine] = []
    vectors: list[Vector] = []
    for block in gathered.extractRAWDICT()["blocks"]:
        if block["type"] == _TEXT:
            lines += block["lines"]
        else:
            vectors.append(block)
    return lines, vectors if few else None


def _is_too_large(pdf_page: pymupdf.Page) -> bool:
    """Whether the contents are absurdly long as stored; unpacked they have at most a thousand times as much."""
    pdf, streams = pdf_page.parent, pdf_page.get_contents()
    if pdf.stream and len(streams) * len(pdf.stream) <= MAX_CONTENT_BYTES:  # none is longer than the file
        return False
    lengths = (pdf.xref_get_key(xref, "Length") for xref in streams)
    return sum(int(value) for kind, value in lengths if kind == "int") > MAX_CONTENT_BYTES


def _reason(text: PageText, pdf_page: pymupdf.Page, n_paths: int) -> str:
    """Why the page must be read from its image (Chinese), or ''."""
    characters = "".join([line.text for line in text.layout.lines]).replace(" ", "")
    distrusted = distrust(characters)
    if distrusted:
        return distrusted
    text.image_share = image_share(pdf_page)
    if len(characters) >= _FEW:
        return ""
    if text.image_share >= _PICTURE:
        return "扫描件"
    return "文字已转为曲线" if n_paths >= _MANY_PATHS else ""


def image_share(pdf_page: pymupdf.Page) -> float:
    """How much of the page its images cover, 0..1; overlaps are not subtracted."""
    try:
        if not pdf_page.get_images():
            return 0.0
        boxes: list[Box] = [info["bbox"] for info in pdf_page.get_image_info()]
    except Exception:  # as above
        return 0.0
    area = float(pdf_page.rect.width * pdf_page.rect.height) or 1.0
    covered = sum(max(x1 - x0, 0.0) * max(bottom - top, 0.0) for x0, top, x1, bottom in boxes)
    return min(covered / area, 1.0)
