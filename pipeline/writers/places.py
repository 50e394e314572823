"""Where a value was read, as records state it (出处记录)."""

import math
from functools import lru_cache

from typing_extensions import TypedDict

from extractors.pages import Line
from extractors.provenance import Box, Origin, SourceSpan

_ROUND_BOX = 2  # decimals of a PDF point: finer than any printer


class CellRecord(TypedDict):
    """Where a value stood in a table (单元格位置)."""

    table: str
    """`table_id` of the table, in the same source and part."""
    row: int
    """0-based."""
    column: int
    """0-based."""


class EvidenceRecord(TypedDict):
    """Where a value was read (出处)."""

    role: str
    """What the value is here: `reported`, `operand`, `restated`, `witness`, `target`, `threshold` …"""
    value: str | None
    """The value as used: an exact decimal, money in 元, a percentage with its sign; or words."""
    printed: str | None
    """The value as printed, where that differs from `value`: with its unit, its bound, its thousands commas."""
    quote: str
    """The printed text around it, as repaired."""
    raw: str | None
    """The same text as it stood in the source, where repair changed it."""
    page: int | None
    """1-based page as a viewer counts; null for plain text."""
    line: int | None
    """1-based line of a plain-text source; null for paged sources."""
    bbox: list[float] | None
    """[x0, top, x1, bottom] in PDF points, origin top left; null for plain text."""
    cell: CellRecord | None
    """Where it stood in a table."""
    origin: Origin
    """Printed text, text put in order by repair, or characters recognised in an image."""
    confidence: float | None
    """0..1, for `text-repaired` and `ocr`."""


class ExtentRecord(TypedDict, total=False):
    """From where to where a report reaches in its file (范围), both ends included, 1-based: one of the two."""

    pages: list[int]
    """First and last page of a paged source."""
    lines: list[int]
    """First and last line of a plain text."""


def evidence(role: str, value: str | None, span: SourceSpan, printed: str | None = None) -> EvidenceRecord:
    """Where `value` was read; `printed` is given where the report prints it otherwise."""
    cell = span.cell
    return {
        "role": role,
        "value": value,
        "printed": None if printed == value else printed,
        "quote": span.quote,
        "raw": span.raw,
        "page": span.page,
        "line": span.line if span.page is None else None,
        "bbox": None if span.bbox is None else _rounded(span.bbox),
        "cell": None if cell is None else {"table": cell.table, "row": cell.row, "column": cell.column},
        "origin": span.origin,
        "confidence": None if span.confidence is None else finite(span.confidence),
    }


def box_list(box: Box | None) -> list[float] | None:
    """A box in PDF points, rounded."""
    return None if box is None else _rounded(box)


@lru_cache(maxsize=4096)
def _rounded(box: Box) -> list[float]:
    """Many values of a page share a line and so a box; records share the list, which nobody changes."""
    return list(map(_edge, box))


@lru_cache(maxsize=4096)
def _edge(edge: float) -> float:
    """The cells of a row and of a column share their edges, and to round one takes longer than all the rest."""
    return round(finite(edge), _ROUND_BOX)


def finite(number: float) -> float:
    """`number`, if JSON knows it. Raises ValueError: rather a fault in the ledger than a record with a hole."""
    if not math.isfinite(number):
        raise ValueError(f"{number} is no number of JSON")
    return number


def extent(lines: tuple[Line, ...]) -> ExtentRecord:
    """First and last page or line of a part; empty if it has neither."""
    pages = [line.page for line in lines if line.page is not None]
    if pages:
        return {"pages": [min(pages), max(pages)]}
    numbers = [line.number for line in lines if line.number is not None]
    return {"lines": [min(numbers), max(numbers)]} if numbers else {}
