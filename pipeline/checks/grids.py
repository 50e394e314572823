"""Tables as grids of numbers (数值表): for arithmetic that no schema announces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.frozen import frozen
from extractors.segment.model import Cell, TableGrid
from normalizers.numbers import parse
from normalizers.records import EvaluationReport, ReportedNumber
from pipeline.checks.kept import Kept
from pipeline.checks.once import once
from pipeline.checks.operand import Operand
from pipeline.checks.tolerance import Interval

_PURE = re.compile(r"[-−－]?[\d,，]*\d(?:\.\d+)?\s*[%％]?")
_NOTHING = frozenset(("", "-", "—", "–", "－", "——", "--", "/", "／", "\\", "无", "…"))
_RATE_HEAD = re.compile(r"(?<!\d)[%％]|百分[比率]")
# Heads and labels of things counted: 户数, 场次, 加装电梯（台）; not 人数（万人）.
_COUNT = re.compile(
    r"(?:[户人家个场台套座栋批件宗项次份]|企业|机构)[数次](?:$|\s|[（(][户人家个场台套座栋批件宗项次份]{1,2}[)）])"
    r"|[（(](?:单位[:：])?[户人家个场台套座栋批件宗项次份盏辆处名位所株头]{1,2}[)）]"
)
_ROUGH = re.compile(r"[万亿千]")  # units of which amounts are rounded
_OPEN = re.compile(r"…|\.{3}|省略|[(（]略[)）]|^略$")  # what stands for rows left out
_SERIAL = re.compile(r"^(?:序\s*号?|编号|NO\.?)$")
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:年度?)?")
TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*额|累\s*计")
_MOST_ROWS, _MOST_COLUMNS = 80, 14  # larger tables are lists of records, not arithmetic


@frozen
class Figure:
    """One number in a cell (数值单元格). counted: a whole number of things, which is exact."""

    table: str
    number: ReportedNumber
    cell: Cell
    grid: TableGrid
    counted: bool = False

    @property
    def value(self) -> Decimal:
        """Its value."""
        return self.number.value

    @property
    def interval(self) -> Interval:
        """What its print may stand for."""
        return Interval.exact(self.number.value) if self.counted else Interval.printed(self.number)

    def operand(self, role: str) -> Operand:
        """The operand of this cell."""
        key = f"{self.table}r{self.cell.row}c{self.cell.column}"
        return Operand(key, role, self.cell.text, self.value, self.grid.span(self.cell))


Row = tuple[Figure | None, ...]


def slack(figures: Sequence[Figure]) -> Decimal:
    """What rounding may add up to in a sum of these figures (尾差): half a unit of the last digit for each.

    Nought for whole numbers, unless the table prints tens of thousands (万元).
    """
    digits = max(figure.number.digits for figure in figures)
    grid = figures[0].grid
    if not digits and (figures[0].counted or not _ROUGH.search(f"{grid.unit}|{grid.caption}")):
        return Decimal(0)
    return Decimal(len(figures)).scaleb(-digits) / 2


@dataclass(eq=False)
class NumberGrid(Kept):
    """The body of a table: labels and numbers by row and column, 0-based as in the table. Equal to itself alone.

    heads: the header texts of each column joined. years: year of each body row, None where it names none.
    empty: for each body row the columns that print nothing, or a dash for nothing.
    """

    grid: TableGrid
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    years: tuple[int | None, ...]
    rows: tuple[Row, ...]
    head_cells: tuple[Cell | None, ...]
    empty: tuple[frozenset[int], ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.heads)

    @once
    def turned(self) -> "NumberGrid":
        """The table with rows and columns exchanged: what its rows are to it, its columns are to this one."""
        columns = [c for c in range(self.width) if any(row[c] is not None for row in self.rows)]
        labels = tuple(self.heads[c] for c in columns)
        rows = tuple(tuple(row[c] for row in self.rows) for c in columns)
        empty = tuple(frozenset(r for r, gone in enumerate(self.empty) if c in gone) for c in columns)
        return NumberGrid(self.grid, self.labels, labels, tuple(map(_year, labels)), rows, (), empty)

    def is_rate(self, column: int) -> bool:
        """Whether a column holds percentages, printed with the sign or below a head that has it (`占比（%）`)."""
        return self._rates[column]

    @once
    def _rates(self) -> list[bool]:
        return [self._is_rate(column) for column in range(self.width)]

    def _is_rate(self, column: int) -> bool:
        percent = [figure.number.unit == "%" for figure in self.column(column) if figure is not None]
        if True in percent:
            return False not in percent
        return _RATE_HEAD.search(self.heads[column]) is not None

    def column(self, index: int) -> list[Figure | None]:
        """The figures of one column, top to bottom."""
        return self._columns[index]

    @once
    def _columns(self) -> list[list[Figure | None]]:
        return [[row[index] for row in self.rows] for index in range(self.width)]

    @property
    def is_open(self) -> bool:
        """Whether a row stands for others that are not printed (……), or the numbering (序号) begins later than at 1."""
        return any(_OPEN.search(label) for label in self.labels) or self._begins_late()

    def _begins_late(self) -> bool:
        """Whether the first column counts the rows from some number on: those before it were not read."""
        if not self.width or not _SERIAL.search(self.heads[0]):
            return False
        serials = [figure.value for figure in self.column(0) if figure is not None]
        return len(serials) > 1 and serials[0] > 1 and serials[1] == serials[0] + 1

    def is_total(self, row: int) -> bool:
        """Whether a body row is a total row by its label."""
        return bool(TOTAL.search(self.labels[row]))


def number_tables(report: EvaluationReport) -> Iterator[NumberGrid]:
    """The tables that hold numbers, those of indicators left out."""
    taken = {row.table_id for row in report.rows.indicators}
    for grid in report.rows.part.tables:
        if grid.table_id not in taken and grid.n_rows <= _MOST_ROWS and grid.n_columns <= _MOST_COLUMNS:
            yield _numbers(grid)


def _numbers(grid: TableGrid) -> NumberGrid:
    dense = grid.dense()
    headless = not grid.header_rows and any(_is_pure(cell) and not _year(cell.text) for cell in dense[0] if cell)
    top = 0 if headless else max(grid.header_rows, 1)
    body = [index for index in range(top, grid.n_rows) if index not in grid.repeated_headers]
    heads = tuple(_head(dense[:top], column) for column in range(grid.n_columns))
    labels = tuple(_label(dense[index]) for index in body)
    years = tuple(_year(label) for label in labels)
    counts = [bool(_COUNT.search(head)) for head in heads]
    rows = tuple(
        tuple(_figure(grid, cell, at, counts[at] or bool(_COUNT.search(label))) for at, cell in enumerate(dense[index]))
        for index, label in zip(body, labels, strict=True)
    )
    empty = tuple(frozenset(c for c, cell in enumerate(dense[i]) if _is_empty(cell)) for i in body)
    return NumberGrid(grid, heads, labels, years, rows, tuple(dense[top - 1]) if top else (), empty)


def _is_empty(cell: Cell | None) -> bool:
    return cell is None or "".join(cell.text.split()) in _NOTHING


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


def _figure(grid: TableGrid, cell: Cell | None, column: int, counts: bool) -> Figure | None:
    if cell is None or cell.column != column or cell.row_span > 1 or cell.column_span > 1 or not _is_pure(cell):
        return None
    number = parse(cell.text)
    if number is None:
        return None
    return Figure(grid.table_id, number, cell, grid, counts and not number.digits and not number.percent)
