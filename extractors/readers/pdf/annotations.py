"""Annotations (批注): no body text, but reported, for a comment left behind says that the report is unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.provenance import Note, SourceSpan

if TYPE_CHECKING:
    import pymupdf

_LONGEST = 120  # characters of a comment that are quoted
_MOST = 200  # annotations of one page that are looked at


def take_annotations(page: pymupdf.Page, number: int) -> list[Note]:
    """Report the comments of a page and take all annotations but form fields off it. number: 1-based."""
    notes: list[Note] = []
    annotation = page.first_annot
    for _ in range(_MOST):
        if annotation is None:
            break
        text = " ".join(str(annotation.info.get("content") or "").split())
        if text:
            notes.append(_comment(text[:_LONGEST], annotation, number))
        annotation = page.delete_annot(annotation)
    return notes


def _comment(text: str, annotation: pymupdf.Annot, number: int) -> Note:
    """The note on one comment."""
    x0, top, x1, bottom = (float(value) for value in annotation.rect)
    span = SourceSpan(quote=text, page=number, bbox=(x0, top, x1, bottom))
    return Note("review-comment", f"第 {number} 页遗留批注：“{text}”。批注不计入正文。", span)
