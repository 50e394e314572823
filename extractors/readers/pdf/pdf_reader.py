"""The reader of PDF (PDF 读取器): open, read page by page, leave out what is no content."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.errors import DocumentRefused
from extractors.frozen import replace
from extractors.pages import Document, Page
from extractors.provenance import Note
from extractors.readers.pdf.annotations import load_page
from extractors.readers.pdf.body import BodySizes
from extractors.readers.pdf.furniture import find_furniture
from extractors.readers.pdf.images import read_images
from extractors.readers.pdf.limits import MAX_PAGES
from extractors.readers.pdf.opening import close_pdf, has_mark, open_pdf
from extractors.readers.pdf.pages import PageText, read_text_layer
from extractors.readers.pdf.titles import with_whole_titles
from extractors.readers.settings import DEFAULT, ReadingSettings

if TYPE_CHECKING:
    import pymupdf

_LEFT_OUT = {
    "slanted": ("watermark", "斜排文字（水印）"),
    "watermark": ("watermark", "浅色大字（水印）"),
    "invisible": ("invisible-text", "不可见文字"),
    "outside": ("outside-page", "页面以外的文字"),
    "tiny": ("tiny-text", "过小的文字"),
    "too-many": ("unread-characters", "超出单页上限的文字"),
}


class PdfReader:
    """Reads PDF files, and refuses files that only bear the name of one."""

    max_bytes = 1024 * 1024 * 1024

    def recognises(self, source: str, data: bytes) -> bool:
        """Whether the bytes or the name say PDF."""
        return has_mark(data) or source.lower().endswith(".pdf")

    def read(self, source: str, data: bytes, settings: ReadingSettings = DEFAULT) -> Document:
        """Read all pages. Raises DocumentRefused where there is nothing to read."""
        pdf, notes = open_pdf(data, settings.passwords)
        found: list[Note] = [*notes]
        texts = list(_text_layers(pdf, found))
        pages = read_images(pdf, texts, settings, found)
        close_pdf(pdf, drawn=any(text.is_drawn for text in texts))
        sizes = BodySizes(pages)
        pages = with_whole_titles(without_furniture(pages, sizes), sizes.usual())
        if not any(line.text.strip() for page in pages for line in page.lines):
            raise _nothing_to_read(found)
        return Document(
            source=source,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="application/pdf",
            pages=tuple(pages),
            notes=(*found, *_notes(texts)),
        )


def _text_layers(pdf: pymupdf.Document, notes: list[Note]) -> Iterator[PageText]:
    """The text layer of every page; what cannot be read is noted."""
    for number in range(1, min(pdf.page_count, MAX_PAGES) + 1):
        try:
            pdf_page, comments = load_page(pdf, number)
            text = read_text_layer(pdf_page, number, comments)
            if not text.reason:  # its lines hold all that is needed of them
                text.glyphs.planes.clear()
            yield text
        except Exception as error:  # PyMuPDF raises all kinds on broken pages
            message = f"第 {number} 页已损坏，未能读取（{type(error).__name__}）。"
            notes.append(Note("unread-page-damaged", message))


def _nothing_to_read(notes: Sequence[Note]) -> DocumentRefused:
    """The refusal of a file without text: it says what stood in the way, if something did."""
    unread = next((note for note in notes if note.code.startswith("unread-")), None)
    if unread is not None:
        return DocumentRefused(unread.code.removeprefix("unread-"), unread.message)
    return DocumentRefused("pdf-no-text", "PDF 中没有可读取的文字，请核对原件后重新提供。")


def without_furniture(pages: Sequence[Page], sizes: BodySizes) -> list[Page]:
    """The pages without running heads, feet and page numbers, whose characters are taken from their `sizes`."""
    kept = list(pages)
    for number, indices in find_furniture(pages, sizes).items():
        lines = pages[number].lines
        for index in indices:
            sizes.leave_out(lines[index])
        kept[number] = replace(pages[number], lines=tuple(x for i, x in enumerate(lines) if i not in indices))
    return kept


def _notes(texts: Iterable[PageText]) -> list[Note]:
    """What is to be said about the pages: their own notes, and in sum what was left out."""
    notes: list[Note] = []
    dropped: Counter[str] = Counter()
    for text in texts:
        notes.extend(text.notes)
        dropped.update(text.glyphs.dropped)
    for reason, count in sorted(dropped.items()):
        code, name = _LEFT_OUT[reason]
        notes.append(Note(code, f"略去{name} {count} 个字符，不计入正文。"))
    return notes
