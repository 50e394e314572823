"""Which rows the total rows of a table add up (合计行的组成): proposed by labels, proved by the columns that hold."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractors.frozen import frozen
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.tolerance import HUNDRED

_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*额|共\s*计|总数$")
_PURE = re.compile(r"\W*(?:合\s*计|总\s*计|总\s*额|共\s*计)\W*")
_MEAN_AND_TOTAL = re.compile(r"(?:平均[/、和（(]合计|合计[/、和（(]平均)[)）]?")
_OF_WHICH = re.compile(r"^\W*其\s*中")
_OUTSIDE = re.compile(r"平\s*均|均\s*值|同比|环比|增[长幅减速]|占\s*比|比\s*[重例]|率$|人均|备注")
_NO_SUM = re.compile(
    r"单价|均|率|年份|年度$|序号|编号|比重|比例|占比|标准|人数上限|进度(?!款)|得分|评分|满意度|指数|排名|名次|合同号|天数|倍"
)
_RATE = re.compile(r"[执行到位完成支付使用合格达标满意][率度]|进度")  # 100 % of each, not of all
_STOCK = re.compile(r"累计|余额|结余|结转|年末|期末|年初|期初|存量|总量")  # of one year after the other not added
_LEAST, _MOST = 2, 24  # parts of a sum; total rows of a table


@frozen
class Column:
    """One column of a total row with what it adds up (一列合计). index: of the column, 0-based."""

    index: int
    head: str
    parts: tuple[Figure, ...]
    total: Figure

    @property
    def computed(self) -> Decimal:
        """Σ of the parts."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether it adds up; shares may miss the whole by half a unit each."""
        if not self.total.number.percent:
            return self.computed == self.total.value
        return abs(self.computed - self.total.value) <= self.slack

    @property
    def slack(self) -> Decimal:
        """What rounding each print may add up to."""
        widths = [figure.interval.high - figure.interval.low for figure in (*self.parts, self.total)]
        return sum(widths, Decimal(0)) / 2


@frozen
class RowSum:
    """A total row (合计行).

    total, parts: body rows, 0-based. alone: it is the table's only one, its rows all items. run: how the parts stand
    to it: `above` or `below` it in one run, '' in any other way.
    """

    total: int
    parts: tuple[int, ...]
    columns: tuple[Column, ...]
    alone: bool
    run: str

    @property
    def held(self) -> int:
        """How many columns add up."""
        return sum(column.holds for column in self.columns)

    @property
    def gap(self) -> Decimal:
        """How far the columns are off, as shares of their totals."""
        return sum((abs(one.computed / one.total.value - 1) for one in self.columns), Decimal(0))

    @property
    def proved(self) -> bool:
        """Whether a column adds up, and no fewer than those that do not."""
        return self.held > 0 and self.held * 2 >= len(self.columns)


def row_sums(grid: NumberGrid) -> tuple[RowSum, ...]:
    """The total rows of a table, the inner ones first, each with the rows that fit it in most columns."""
    return grid.kept("row-sums", lambda: _row_sums(grid))


def _row_sums(grid: NumberGrid) -> list[RowSum]:
    totals = [row for row in range(len(grid.rows)) if _is_total(grid, row)][:_MOST]
    found: list[RowSum] = []
    covered: set[int] = set()
    for row in sorted(totals, key=lambda row: (bool(_PURE.fullmatch(grid.labels[row])), row)):
        ways = dict.fromkeys(way for way in _ways(grid, row, totals, covered) if len(way) >= _LEAST)
        alone = len(totals) == 1 and not any(_OF_WHICH.search(label) for label in grid.labels)
        made = (RowSum(row, way, tuple(_columns(grid, row, way)), alone, _run(row, way)) for way in ways)
        sums = [one for one in made if one.columns]
        if sums:
            best = max(sums, key=lambda one: (2 * one.held - len(one.columns), one.held, -one.gap, len(one.parts)))
            found.append(best)
            covered.update(best.parts if best.held else ())
    return found


def _run(total: int, rows: tuple[int, ...]) -> str:
    """Whether rows stand next to a total without a gap."""
    if rows[-1] - rows[0] + 1 != len(rows):
        return ""
    return "above" if rows[-1] == total - 1 else "below" if rows[0] == total + 1 else ""


def _is_total(grid: NumberGrid, row: int) -> bool:
    label = grid.labels[row]
    if _OF_WHICH.search(label) or not _TOTAL.search(label):
        return False
    return not _OUTSIDE.search(label) or bool(_MEAN_AND_TOTAL.fullmatch(label.strip()))


def _ways(grid: NumberGrid, row: int, totals: list[int], covered: set[int]) -> Iterator[tuple[int, ...]]:
    """The sets of rows that a total row may add up: its run above or below, the totals, all that none covers yet."""
    above, below = range(row - 1, -1, -1), range(row + 1, len(grid.rows))
    if _closes(grid, row, totals):
        below = range(0)
    for run in (_until_total(above, totals)[::-1], _until_total(below, totals)):
        yield from _items(grid, run)
    for side in (range(row), below, range(len(grid.rows))):
        subtotals = [one for one in side if one in totals and one != row]
        yield tuple(subtotals)
        yield from _items(grid, [one for one in side if one not in totals])
        loose = [one for one in side if one not in covered and one != row]
        yield from _items(grid, loose)


def _closes(grid: NumberGrid, row: int, totals: list[int]) -> bool:
    """Whether a subtotal stands below its rows, as the last one of the table does."""
    inner = [one for one in totals if not _PURE.fullmatch(grid.labels[one])]
    last = max((one for one in range(len(grid.rows)) if one not in totals or one in inner), default=row)
    return row in inner and len(inner) > 1 and last in inner


def _until_total(rows: Iterable[int], totals: list[int]) -> list[int]:
    """The rows up to the next total row."""
    run: list[int] = []
    for row in rows:
        if row in totals:
            break
        run.append(row)
    return run


def _items(grid: NumberGrid, rows: list[int]) -> Iterator[tuple[int, ...]]:
    """The rows without averages: without those called 其中; up to the first of these; from it on."""
    own = [row for row in rows if not _OUTSIDE.search(grid.labels[row])]
    parts = [row for row in own if _OF_WHICH.search(grid.labels[row])]
    if parts:
        yield tuple(row for row in own if row not in parts)
        yield tuple(row for row in own if row < parts[0])
        yield tuple(row for row in own if row >= parts[0])
    else:
        yield tuple(own)


def _columns(grid: NumberGrid, total: int, rows: tuple[int, ...]) -> Iterator[Column]:
    """The columns that a total row adds up: numbers in all these rows, or nothing printed."""
    years = all(grid.years[row] is not None for row in rows)
    for index in range(grid.width):
        whole = grid.rows[total][index]
        if whole is None or whole.value == 0 or _no_sum(grid, index, whole, years):
            continue
        figures = [grid.rows[row][index] for row in rows]
        if all(f is not None or index in grid.empty[row] for f, row in zip(figures, rows, strict=True)):
            parts = tuple(figure for figure in figures if figure is not None)
            if sum(part.value != 0 for part in parts) >= _LEAST:
                yield Column(index, grid.heads[index], parts, whole)


def _no_sum(grid: NumberGrid, index: int, total: Figure, years: bool) -> bool:
    """Whether a column is none that is added; shares are where they give the whole."""
    head = grid.heads[index]
    if total.number.percent:
        return total.value != HUNDRED or bool(_RATE.search(head))
    return bool(_NO_SUM.search(head)) or grid.is_rate(index) or (years and bool(_STOCK.search(head)))
