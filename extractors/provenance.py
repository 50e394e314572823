"""Where a value was read (出处) and what we doubt about our reading (提示)."""

from typing import Literal

from extractors.frozen import frozen

Origin = Literal["text", "text-repaired", "ocr"]
Box = tuple[float, float, float, float]


@frozen
class CellPlace:
    """A cell's place in a table (单元格位置); row and column are 0-based."""

    table: str
    row: int
    column: int


@frozen
class SourceSpan:
    """出处: the place a value was read from, and the printed text around it.

    page: 1-based as a viewer counts, None for plain text.
    line: 1-based line of a plain-text source; of a paged source as Line.number, and not written out.
    bbox: (x0, top, x1, bottom) in PDF points, origin top left, None for plain text.
    quote: the printed text around the value, after repair and without converter markup.
    raw: the same text as it stood in the source, only where it differs from `quote`.
    confidence: 0..1, only for `text-repaired` and `ocr`.
    begins: page and line in which its paragraph or cell begins, where that is another line; never written out.
    """

    quote: str
    page: int | None = None
    line: int | None = None
    bbox: Box | None = None
    raw: str | None = None
    cell: CellPlace | None = None
    origin: Origin = "text"
    confidence: float | None = None
    begins: tuple[int | None, int | None] | None = None

    @property
    def passage(self) -> tuple[int | None, int | None]:
        """Page and line in which the paragraph (段落) or cell begins: equal for all that one passage states."""
        return self.begins or (self.page, self.line)


@frozen
class Note:
    """提示: doubt about our own reading; never a judgement of the report.

    code: stable, kebab-case. message: Chinese, one sentence, for the ledger.
    """

    code: str
    message: str
    span: SourceSpan | None = None
