"""Documents for the repair's tests: invented text, clean and garbled as a PDF's text layer comes out."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from corpus.garble import Garbler, Mechanics, wrap
from extractors.pages import Document, Line, Page

SAMPLES = Path(__file__).resolve().parents[3] / "corpus" / "reports"
WIDTH = 28  # Chinese characters a line


def document(lines: Iterable[str]) -> Document:
    """A plain-text document of these lines."""
    numbered = tuple(Line(text, number=number) for number, text in enumerate(lines, 1))
    return Document("made.txt", "", "text/plain", (Page(1, numbered),))


def sample(name: str) -> str:
    """One report of the sample corpus whose name begins so."""
    (path,) = SAMPLES.glob(f"{name}_*.txt")
    return path.read_text(encoding="utf-8")


def garbled(text: str, mechanics: Mechanics, seed: int) -> tuple[list[str], list[str]]:
    """The lines of `text` as a page sets them, and as its text layer tells them."""
    true = list(wrap(text.splitlines(), WIDTH))
    return true, list(Garbler(text, mechanics, seed).lines(true))


def characters(text: str) -> Counter[str]:
    """How often each non-blank character stands in the text."""
    return Counter("".join(text.split()))


def plain(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())
