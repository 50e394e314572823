"""What MuPDF keeps of the files it has read, and when that is let go of."""

import pymupdf
import pytest

from extractors.readers.pdf.opening import close_pdf


def _emptied(monkeypatch: pytest.MonkeyPatch, files: int, *, drawn: bool) -> int:
    """How often MuPDF's store is emptied while so many files are closed."""
    emptied: list[int] = []
    monkeypatch.setattr(pymupdf.TOOLS, "store_shrink", emptied.append)
    for _ in range(files):
        close_pdf(pymupdf.open(), drawn=drawn)
    return len(emptied)


def test_pictures_of_pages_are_let_go_with_their_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages made into pictures are large: behind such a file nothing stays."""
    assert _emptied(monkeypatch, 3, drawn=True) == 3


def test_conversions_of_colours_are_shared_and_let_go_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are only read share what MuPDF learnt of colours, yet no more than some of them in a row."""
    assert _emptied(monkeypatch, 200, drawn=False) == 4
