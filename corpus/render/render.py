"""The door of rendering (制作样张): blocks or a sample report in, a PDF in a named style out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.render.blocks import Block, TextBlock
from corpus.render.printer import Printer
from corpus.render.scan import replace_by_scan
from corpus.render.style import Style
from corpus.render.typeset import Typesetter, add_furniture

if TYPE_CHECKING:
    import pymupdf

COMMENT = "请核对此处数据后再定稿"
LINK = "https://example.invalid/jixiao"


def render(blocks: Sequence[Block], style: Style) -> bytes:
    """The blocks as a PDF in the style; the same bytes for the same input."""
    sheets = Typesetter(style).set(blocks)
    title = next((block.text for block in blocks if isinstance(block, TextBlock) and block.text), "")
    add_furniture(sheets, title, style)
    pdf = Printer(style).print(sheets)
    if style.annotated:
        _annotate(pdf)
    if style.scan is not None and style.scanned_pages != "none":
        step = 1 if style.scanned_pages == "all" else 2
        for number in range(0, len(pdf), step):
            replace_by_scan(pdf, number, style.scan)
    return bytes(pdf.tobytes(garbage=3, deflate=True, no_new_id=True))


def _annotate(pdf: pymupdf.Document) -> None:
    """A review comment beside the text, one written over it, and a hyperlink."""
    import pymupdf

    page = pdf[0]
    page.add_text_annot((500, 120), COMMENT)
    page.add_freetext_annot(pymupdf.Rect(330, 100, 520, 118), COMMENT, fontsize=9, fontname="china-s")
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(90, 130, 200, 150), "uri": LINK})
