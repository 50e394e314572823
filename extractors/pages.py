"""Characters, lines and pages as read (字符、行、页): what every reader hands on."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.provenance import Box, Note, Origin, SourceSpan


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character of a paged source (字符); `box` in PDF points, origin top left."""

    text: str
    box: Box
    size: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A printed rule (框线) in PDF points; horizontal or vertical."""

    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text (行).

    text: without converter markup and after repair; leading and trailing blanks kept (tabs separate cells).
    raw: the line as it stood in the source, only where it differs from `text`.
    number: 1-based line of a plain-text source, None for paged sources.
    page: 1-based, None for plain text. box: PDF points, None for plain text.
    chars: one Char for each character of `text`, or empty where the source has no geometry.
    confidence: 0..1 for `text-repaired` and `ocr`, else None.
    """

    text: str
    number: int | None = None
    page: int | None = None
    box: Box | None = None
    raw: str | None = None
    origin: Origin = "text"
    confidence: float | None = None
    chars: tuple[Char, ...] = ()

    def span(self, quote: str | None = None) -> SourceSpan:
        """The place of this line; `quote` defaults to its stripped text."""
        return SourceSpan(
            quote=self.text.strip() if quote is None else quote,
            page=self.page,
            line=self.number,
            bbox=self.box,
            raw=None if self.raw is None else self.raw.strip(),
            origin=self.origin,
            confidence=self.confidence,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One page (页): a page of a PDF, or what stands between two form feeds of a text file.

    number: 1-based. width, height: PDF points, None for text. rulings: empty for text.
    """

    number: int
    lines: tuple[Line, ...]
    width: float | None = None
    height: float | None = None
    rulings: tuple[Ruling, ...] = ()
    read_by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read (文档). source: path below the corpus, `/`-separated. sha256: of the file's bytes."""

    source: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    notes: tuple[Note, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        """All lines in reading order."""
        for page in self.pages:
            yield from page.lines
