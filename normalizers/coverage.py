"""How much of what a report prints was understood (覆盖率): silence never passes for agreement."""

import re

from extractors.provenance import SourceSpan
from extractors.rows.model import ReportRows
from normalizers.records import FundingLine, Indicator, Mention

# As extractors.printed.NUMBER_RE without its sign: begins with a set of two ranges (Chinese reports print no other
# digits), so that the scanner leaps from digit to digit, and gives nothing back, for whatever was taken fits.
_NUMBER = re.compile(r"[0-9０-９]\d{0,2}+(?:(?:[,，]\d{3})++|\d*+)(?:\.\d++)?+")


def coverage(
    rows: ReportRows, indicators: tuple[Indicator, ...], funding: tuple[FundingLine, ...], fields: tuple[Mention, ...]
) -> tuple[tuple[str, int], ...]:
    """Counts: numbers printed, numbers linked to a record, tables and rows seen and understood."""
    seen = len(_NUMBER.findall("\n".join([line.text for line in rows.part.lines])))
    linked = {_mark(m.span, m.text) for i in indicators for m in i.mentions if m.number}
    linked.update([_mark(line.span, line.number.printed) for line in funding])
    linked.update([_mark(m.span, m.text) for m in fields if m.number])
    return (
        ("numbers_seen", seen),
        ("numbers_linked", min(len(linked), seen)),
        ("tables_seen", sum(1 for _ in rows.part.tables)),
        ("tables_understood", len(rows.tables_understood)),
        ("rows_seen", rows.rows_seen),
        ("rows_understood", rows.rows_understood),
    )


def _mark(span: SourceSpan, text: str) -> tuple[object, ...]:
    """What tells one printed number from another: its text and its place, a cell's spelt out, being slow to hash."""
    cell = span.cell
    if cell is None:
        return span.page, span.line, text
    return span.page, span.line, text, cell.table, cell.row, cell.column
