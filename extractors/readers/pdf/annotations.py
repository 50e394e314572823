"""Annotations (批注): no body text, but reported, for a comment left behind says that the report is unfinished."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.provenance import Box, Note, SourceSpan

if TYPE_CHECKING:
    import pymupdf

_LONGEST = 120  # characters of a comment that are quoted
_MOST = 2000  # annotations of one page that are looked at
_WIDGET = 19  # PDF_ANNOT_WIDGET: a form field, whose value is content
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SILENT = frozenset({1, 16})  # links, and the windows in which viewers show comments


def load_page(pdf: pymupdf.Document, number: int) -> tuple[pymupdf.Page, list[Note]]:
    """A page without annotations, form fields apart, and the comments that stood on it. number: 1-based.

    They are unlinked before the page is loaded, so that none of them is ever drawn or run.
    """
    annotations = pdf.page_annot_xrefs(number - 1)[:_MOST]
    if not annotations:
        return pdf.load_page(number - 1), []
    fields = " ".join(f"{xref} 0 R" for xref, kind, _ in annotations if kind == _WIDGET)
    pdf.xref_set_key(pdf.page_xref(number - 1), "Annots", f"[{fields}]")
    page = pdf[number - 1]
    notes = []
    for xref, kind, _ in annotations:
        text = "" if kind == _WIDGET or kind in _SILENT else " ".join(_string(pdf, xref, "Contents").split())
        if text:
            notes.append(_comment(text[:_LONGEST], _place(pdf, xref, page), number))
    return page, notes


def _string(pdf: pymupdf.Document, xref: int, key: str) -> str:
    """A text entry of an object, '' where it has none."""
    kind, value = pdf.xref_get_key(xref, key)
    return str(value) if kind == "string" else ""


def _place(pdf: pymupdf.Document, xref: int, page: pymupdf.Page) -> Box | None:
    """The annotation's place on the page as a viewer shows it."""
    import pymupdf

    numbers = [float(number) for number in _NUMBER.findall(pdf.xref_get_key(xref, "Rect")[1])]
    if len(numbers) != 4:
        return None
    x0, top, x1, bottom = pymupdf.Rect(numbers) * page.transformation_matrix * page.rotation_matrix
    return (float(x0), float(top), float(x1), float(bottom))


def _comment(text: str, box: Box | None, number: int) -> Note:
    """The note on one comment."""
    span = SourceSpan(quote=text, page=number, bbox=box)
    return Note("review-comment", f"第 {number} 页遗留批注：“{text}”。批注不计入正文。", span)
