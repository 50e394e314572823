"""Opening a PDF (打开): passwords, damage, empty and absurd files; each refusal says the remedy."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from extractors.errors import DocumentRefused
from extractors.provenance import Note
from extractors.readers.pdf.limits import MAX_PAGES

if TYPE_CHECKING:
    import pymupdf

_HEAD = 1024  # bytes in which viewers look for the mark
_MARK = b"%PDF-"
_SHARED = 50  # files read with what MuPDF keeps of those before them
_ACTIVE_KEYS = ("OpenAction/JS", "OpenAction/F", "AA", "Names/JavaScript", "Names/EmbeddedFiles", "AcroForm/XFA")


def has_mark(data: bytes) -> bool:
    """Whether the file says of itself that it is a PDF."""
    return _MARK in data[:_HEAD]


def open_pdf(data: bytes, passwords: Sequence[str] = ()) -> tuple[pymupdf.Document, tuple[Note, ...]]:
    """The opened PDF, and what is to be said about it. Nothing active in it is ever run.

    passwords: tried after the empty one. Raises DocumentRefused where there are no pages to read.
    """
    sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]  # 60 MB of models that nobody asks for
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.TOOLS.set_icc(0)  # whether ink can be seen is told without profiles: a hundred colours for the time of one
    try:
        pdf = _plain_document()(stream=data, filetype="pdf")
    except Exception as error:  # PyMuPDF raises all kinds on broken files
        raise _unreadable(data) from error
    if pdf.needs_pass and not any(pdf.authenticate(word) for word in ("", *passwords)):
        raise DocumentRefused("pdf-encrypted", "PDF 已加密，需要密码；请用 --passwords 提供密码，或提交未加密的文件。")
    pages = _page_count(pdf, data)
    notes = []
    if pdf.is_repaired:
        notes.append(Note("pdf-repaired", "PDF 文件已损坏，按能恢复的内容读取；请核对页数和内容是否完整。"))
    if pages > MAX_PAGES:
        notes.append(Note("pages-left-out", f"PDF 共 {pages} 页，超过上限，只读取前 {MAX_PAGES} 页；请拆分后再提交。"))
    if _is_active(pdf):
        notes.append(Note("active-content", "PDF 含有脚本、附件或动态表单，均未执行、未读取。"))
    return pdf, tuple(notes)


@cache
def _plain_document() -> type[pymupdf.Document]:
    """PyMuPDF's document without what nobody asks for: its outline, and what it says of its author and dates."""
    import pymupdf

    class PlainDocument(pymupdf.Document):
        def init_doc(self) -> None:
            """Called once the file is open: nothing more is looked up."""

    return PlainDocument


def with_true_colours() -> None:
    """From here on colours go by their profiles (色彩特性文件), as pictures need them, until a PDF is opened."""
    import pymupdf

    pymupdf.TOOLS.set_icc(1)
    pymupdf.TOOLS.store_shrink(100)  # of colours and images as they were taken without


_closed = count(1)


def close_pdf(pdf: pymupdf.Document, *, drawn: bool) -> None:
    """Close a PDF and let go of what MuPDF keeps of it. drawn: whether pages were made into pictures, which it keeps.

    Of other files next to nothing is left, and that is let go now and then.
    """
    import pymupdf

    pdf.close()
    if next(_closed) % _SHARED == 0 or drawn:
        pymupdf.TOOLS.store_shrink(100)


def _page_count(pdf: pymupdf.Document, data: bytes) -> int:
    """The number of pages, at least 1."""
    try:
        pages = int(pdf.page_count)
    except Exception as error:  # PyMuPDF raises all kinds on broken files
        raise _unreadable(data) from error
    if pages < 1:
        raise DocumentRefused("pdf-no-pages", "PDF 中没有任何页面，请核对原件后重新提供。")
    return pages


def _unreadable(data: bytes) -> DocumentRefused:
    """Why the file cannot be opened: no PDF at all, or damaged beyond repair."""
    if has_mark(data):
        return DocumentRefused("pdf-damaged", "PDF 文件损坏且无法修复；请用原软件重新导出后再提交。")
    return DocumentRefused("not-a-pdf", "文件名是 PDF，内容却不是 PDF；请核对原件后重新提供。")


def _is_active(pdf: pymupdf.Document) -> bool:
    """Whether the catalog names scripts, actions, attachments or dynamic forms."""
    try:
        catalog = pdf.pdf_catalog()
        present = pdf.xref_get_keys(catalog)  # of most files next to nothing: each key asked for goes through ten calls
        asked = [key for key in _ACTIVE_KEYS if key.partition("/")[0] in present]
        return any(pdf.xref_get_key(catalog, key)[0] not in ("null", "undefined") for key in asked)
    except Exception:  # as above
        return False
