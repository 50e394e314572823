"""Where a value was read, as records state it (出处记录)."""

import math

from typing_extensions import TypedDict

from extractors.pages import Line
from extractors.provenance import Box, Origin, SourceSpan
from extractors.remembered import Bounded
from extractors.segment.model import Cell, TableGrid

_ROUND_BOX = 2  # decimals of a PDF point: finer than any printer
_MOST_EDGES = 4096  # kept


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


# What most evidence has in common: to copy this and to set the rest takes half the time of putting all together.
_PLAIN: EvidenceRecord = {
    "role": "",
    "value": None,
    "printed": None,
    "quote": "",
    "raw": None,
    "page": None,
    "line": None,
    "bbox": None,
    "cell": None,
    "origin": "text",
    "confidence": None,
}


Kept = dict[int, tuple[SourceSpan, EvidenceRecord]]
"""By identity of a place, which is held as long: what was made of one value read there."""


def evidence(
    role: str, value: str | None, span: SourceSpan, printed: str | None = None, kept: Kept | None = None
) -> EvidenceRecord:
    """Where `value` was read; `printed` is given where the report prints it otherwise.

    kept: what was made of other values of the same report: of one read at the same place little else is said.
    """
    known = None if kept is None else kept.get(id(span))
    if known is None:
        record = _placed(span)
        if kept is not None:
            kept[id(span)] = span, record
    else:
        record = known[1].copy()
    record["role"], record["value"], record["printed"] = role, value, None if printed == value else printed
    return record


def _at(quote: str, page: int | None, number: int | None, box: Box | None, raw: str | None) -> EvidenceRecord:
    """What is said of any value that stands there; number: of the line in a plain text, which has no pages."""
    record = _PLAIN.copy()
    record["quote"] = quote
    if page is None:
        record["line"] = number
    else:
        record["page"] = page
    if box is not None:
        left, top, right, bottom = box
        record["bbox"] = [_EDGES[left], _EDGES[top], _EDGES[right], _EDGES[bottom]]
    if raw is not None:
        record["raw"] = raw
    return record


def _placed(span: SourceSpan) -> EvidenceRecord:
    """What is said of any value read at this place."""
    record = _at(span.quote, span.page, span.line, span.bbox, span.raw)
    if (cell := span.cell) is not None:
        record["cell"] = {"table": cell.table, "row": cell.row, "column": cell.column}
    if span.origin != "text":
        record["origin"] = span.origin
    if span.confidence is not None:
        record["confidence"] = finite(span.confidence)
    return record


def cell_evidence(grid: TableGrid, cell: Cell) -> EvidenceRecord:
    """Where a whole cell was read: evidence() of its span, which is not made where one line of text holds it."""
    text, lines = cell.text, cell.flow.lines
    line = lines[0] if len(lines) == 1 else None
    if line is None or line.origin != "text" or line.confidence is not None or line.lean is not None:
        return evidence("reported", text, grid.span(cell))
    record = _at(text, line.page, line.number, line.box, None if line.raw is None else line.raw.strip())
    record["role"], record["value"] = "reported", text
    record["cell"] = {"table": grid.table_id, "row": cell.row, "column": cell.column}
    return record


def box_list(box: Box | None) -> list[float] | None:
    """A box in PDF points, rounded."""
    return None if box is None else [_EDGES[edge] for edge in box]


def _edge(edge: float) -> float:
    return round(finite(edge), _ROUND_BOX)


_EDGES: Bounded[float, float] = Bounded(_edge, _MOST_EDGES)
"""An edge of a box: lines and cells share theirs, and to round one takes longer than all the rest."""


def finite(number: float) -> float:
    """`number`, if JSON knows it. Raises ValueError: rather a fault in the ledger than a record with a hole."""
    if not math.isfinite(number):
        raise ValueError(f"{number} is no number of JSON")
    return number


def extent(lines: tuple[Line, ...]) -> ExtentRecord:
    """First and last page or line of a part; empty if it has neither."""
    pages = {line.page for line in lines if line.page is not None}
    if pages:
        return {"pages": [min(pages), max(pages)]}
    numbers = [line.number for line in lines if line.number is not None]
    return {"lines": [min(numbers), max(numbers)]} if numbers else {}
