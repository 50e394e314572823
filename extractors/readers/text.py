"""The reader of plain text (纯文本读取器): decode, break into lines and pages, clean converter markup."""

import hashlib
from itertools import groupby

from extractors.errors import DocumentRefused
from extractors.pages import Document, Line, Page
from extractors.readers.blocks import parted
from extractors.readers.breaks import SourceLine, refuse_absurd, source_lines
from extractors.readers.digits import narrow
from extractors.readers.encoding import decode
from extractors.readers.footnotes import defined_marks, without_marks
from extractors.readers.markup import clean
from extractors.readers.settings import DEFAULT, ReadingSettings


class PlainText:
    """Reads any file whose bytes are text; the last reader asked."""

    max_bytes = 50 * 1024 * 1024

    def recognises(self, source: str, data: bytes) -> bool:
        """Always: what no other reader recognises is tried as text."""
        return True

    def read(self, source: str, data: bytes, settings: ReadingSettings = DEFAULT) -> Document:
        """Read `data` as text; no setting concerns text. Raises DocumentRefused for binary, huge and blank files."""
        refuse_absurd(data)
        decoded = decode(data)
        found = list(parted(source_lines(decoded.text)))
        if not any(line.text and not line.text.isspace() for line in found):
            raise DocumentRefused("no-text", "文件中没有任何文字(只有空白)，请核对原件后重新提供。")
        return Document(
            source=source,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="text/plain",
            pages=_pages(found),
            notes=decoded.notes,
        )


def _pages(found: list[SourceLine]) -> tuple[Page, ...]:
    """Pages of cleaned lines."""
    cleaned = clean(line.text for line in found)
    marks = defined_marks(cleaned)
    pages = []
    pairs = zip(found, cleaned, strict=True)
    for number, group in groupby(pairs, key=lambda pair: pair[0].page):
        lines = tuple(_line(source, without_marks(text, marks)) for source, text in group)
        pages.append(Page(number=number, lines=lines))
    return tuple(pages)


def _line(source: SourceLine, text: str) -> Line:
    """The line, with its raw text only where cleaning changed it."""
    text = narrow(text)
    return Line(text=text, number=source.number, raw=None if text == source.text else source.text)
