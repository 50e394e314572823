"""Rows of money tables that are parts of a row above (资金表的明细行): told by their numbering, or by their sums."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractors.folded import fold
from extractors.frozen import replace
from extractors.rows.model import FundingCell

_OUTER = re.compile(r"\s*[一二三四五六七八九十]{1,3}[、.．]")
_INNER = re.compile(r"\s*(?:\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.．](?!\d)|[①-⑳])")
_OUTER_SERIAL = re.compile(r"\(?[一二三四五六七八九十]{1,3}\)?[、.．]?")  # in a column of its own (序号)
_INNER_SERIAL = re.compile(r"\d{1,3}[.．]?|\(\d{1,3}\)")
_AMOUNT = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_MOST_PARTS = 40  # rows that one row may be the sum of
_MOST_ROWS = 400

Sums = dict[int, dict[int, Decimal]]


def with_parts(cells: list[FundingCell], serials: Mapping[int, str]) -> list[FundingCell]:
    """The cells of a table, those of rows that divide a row above marked as its parts (其中).

    serials: what the table prints in its column of numbers (序号), by row.
    """
    inner = _numbered(cells, serials) or _summed(cells)
    return [replace(cell, row_role="of-which") if cell.row in inner else cell for cell in cells]


def _numbered(cells: Sequence[FundingCell], serials: Mapping[int, str]) -> set[int]:
    """Rows numbered `1.` or `（一）` below rows numbered `一、`; none unless two rows are numbered so."""
    items = [cell for cell in cells if cell.row_role == "item"]
    outer = {cell.row for cell in items if _is_numbered(cell, serials, _OUTER, _OUTER_SERIAL)}
    if len(outer) < 2:
        return set()
    below = (cell for cell in items if cell.row > min(outer))
    return {cell.row for cell in below if _is_numbered(cell, serials, _INNER, _INNER_SERIAL)}


def _is_numbered(
    cell: FundingCell, serials: Mapping[int, str], before: re.Pattern[str], alone: re.Pattern[str]
) -> bool:
    """Whether a row is numbered in one manner: before its name, or in a column of its own."""
    return bool(before.match(fold(cell.item.text)) or alone.fullmatch(serials.get(cell.row, "")))


def _summed(cells: Sequence[FundingCell]) -> set[int]:
    """Rows that together make the row above them in every column, where the total needs them left out."""
    total = next((cell.row for cell in cells if cell.row_role == "total"), None)
    values = _values(cells)
    rows = [row for row in values if row in {cell.row for cell in cells if cell.row_role == "item"}]
    if total is None or not 3 <= len(rows) <= _MOST_ROWS:
        return set()
    inner: set[int] = set()
    at = 0
    while at < len(rows):
        count = _parts(values, rows, at)
        inner.update(rows[at + 1 : at + 1 + count])
        at += 1 + count
    kept = [row for row in rows if row not in inner]
    return inner if inner and _equal(values[total], _sum(values, kept)) else set()


def _values(cells: Sequence[FundingCell]) -> Sums:
    """The amounts of each row by their column."""
    values: Sums = {}
    for cell in cells:
        text = fold(cell.value.text).replace("，", ",")
        found = _AMOUNT.match(text)
        if found and not cell.role.endswith("_rate") and cell.value.span.cell is not None:
            values.setdefault(cell.row, {})[cell.value.span.cell.column] = Decimal(found.group().replace(",", ""))
    return values


def _parts(values: Sums, rows: Sequence[int], at: int) -> int:
    """How many of the next rows make the row at this place, 0 if none do."""
    running: dict[int, Decimal] = {}
    for count, row in enumerate(rows[at + 1 : at + 1 + _MOST_PARTS], start=1):
        for column, value in values[row].items():
            running[column] = running.get(column, Decimal(0)) + value
        if count > 1 and _equal(values[rows[at]], running):
            return count
    return 0


def _sum(values: Sums, rows: Sequence[int]) -> dict[int, Decimal]:
    """The sum of rows, by column."""
    summed: dict[int, Decimal] = {}
    for row in rows:
        for column, value in values[row].items():
            summed[column] = summed.get(column, Decimal(0)) + value
    return summed


def _equal(one: dict[int, Decimal], other: dict[int, Decimal]) -> bool:
    """Whether two rows agree in every column that holds more than nothing."""
    columns = [column for column in one if one[column] or other.get(column)]
    return bool(columns) and all(one[column] == other.get(column, Decimal(0)) for column in columns)
