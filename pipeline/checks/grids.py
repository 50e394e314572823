"""Tables as grids of numbers (数值表): for arithmetic that no schema announces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.segment.model import Cell, TableGrid
from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand
from pipeline.checks.tolerance import Interval

_PURE = re.compile(r"[-−－]?[\d,，]*\d(?:\.\d+)?\s*[%％]?")
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:年度?)?")
TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*额|累\s*计")
_MOST_ROWS, _MOST_COLUMNS = 80, 14  # larger tables are lists of records, not arithmetic
_MONEY = ("budget_original", "budget_adjusted", "recovered", "arrived", "spent", "execution_rate", "arrival_rate")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in a cell (数值单元格)."""

    table: str
    number: ReportedNumber
    cell: Cell
    grid: TableGrid

    @property
    def value(self) -> Decimal:
        """Its value."""
        return self.number.value

    @property
    def interval(self) -> Interval:
        """What its print may stand for."""
        return Interval.printed(self.number)

    def operand(self, role: str) -> Operand:
        """The operand of this cell."""
        key = f"{self.table}r{self.cell.row}c{self.cell.column}"
        return Operand(key, role, self.cell.text, self.value, self.grid.span(self.cell))


Row = tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class NumberGrid:
    """The body of a table: labels and numbers by row and column, 0-based as in the table.

    heads: the header texts of each column joined. years: year of each body row, None where it names none.
    """

    grid: TableGrid
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    years: tuple[int | None, ...]
    rows: tuple[Row, ...]
    head_cells: tuple[Cell | None, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.grid.n_columns

    def column(self, index: int) -> list[Figure | None]:
        """The figures of one column, top to bottom."""
        return [row[index] for row in self.rows]

    def is_total(self, row: int) -> bool:
        """Whether a body row is a total row by its label."""
        return bool(TOTAL.search(self.labels[row]))


def plain_tables(facts: Facts) -> Iterator[NumberGrid]:
    """The tables that hold numbers and are neither tables of indicators nor of the project's money."""
    taken = {row.table_id for row in facts.report.rows.indicators}
    taken |= {line.table for line in facts.funds.lines if line.table and line.role in _MONEY}
    for grid in facts.report.rows.part.tables:
        if grid.table_id not in taken and grid.n_rows <= _MOST_ROWS and grid.n_columns <= _MOST_COLUMNS:
            yield _numbers(grid)


def _numbers(grid: TableGrid) -> NumberGrid:
    dense = grid.dense()
    top = max(grid.header_rows, 1)
    body = [index for index in range(top, grid.n_rows) if index not in grid.repeated_headers]
    heads = tuple(_head(dense[:top], column) for column in range(grid.n_columns))
    labels = tuple(_label(dense[index]) for index in body)
    years = tuple(_year(label) for label in labels)
    rows = tuple(tuple(_figure(grid, cell, column) for column, cell in enumerate(dense[index])) for index in body)
    return NumberGrid(grid, heads, labels, years, rows, tuple(dense[top - 1]))


def _head(rows: list[list[Cell | None]], column: int) -> str:
    texts = [row[column].text for row in rows if row[column] is not None]  # type: ignore[union-attr]
    return " ".join(dict.fromkeys(texts))


def _label(row: list[Cell | None]) -> str:
    """The texts of a row that are not numbers; a first column of years counts as a label."""
    texts = [cell.text for number, cell in enumerate(row) if cell is not None and (number == 0 or not _is_pure(cell))]
    return " ".join(dict.fromkeys(text for text in texts[:3] if text))


def _is_pure(cell: Cell) -> bool:
    return bool(_PURE.fullmatch(cell.text))


def _year(label: str) -> int | None:
    match = _YEAR.match(label)
    return int(match[0][:4]) if match else None


def _figure(grid: TableGrid, cell: Cell | None, column: int) -> Figure | None:
    if cell is None or cell.column != column or cell.row_span > 1 or cell.column_span > 1 or not _is_pure(cell):
        return None
    number = parse(cell.text)
    return None if number is None else Figure(grid.table_id, number, cell, grid)
