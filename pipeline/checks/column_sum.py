"""Check: the last row of a table that is called its total adds up every column (表内合计行)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid, plain_tables
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.table_laws import present
from pipeline.checks.tolerance import HUNDRED, quotient, written
from pipeline.checks.wording import plus, where

RULE = "column-sum"
_NESTED = re.compile(r"其中|小\s*计|平\s*均|均值")  # rows that are part of others, or no part of the total
_NO_SUM = re.compile(r"单价|均|率|年份|年度$|序号|比重|比例|占比|标准|人数上限")
_LEAST = 3  # parts
_NEAR = Decimal(20)  # per cent of the total: further off, the column is no sum


@dataclass(frozen=True, slots=True)
class Column:
    """One column with its total below (一列合计)."""

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
        widths = [figure.interval.high - figure.interval.low for figure in (*self.parts, self.total)]
        slack = sum(widths, Decimal(0)) / 2
        return abs(self.computed - self.total.value) <= slack


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in plain_tables(facts):
        columns = totalled(grid)
        for column in columns:
            yield _relation(column, any(other.holds for other in columns if other is not column))


def totalled(grid: NumberGrid) -> list[Column]:
    """The columns of a table whose last row is its only total, every row a part of it."""
    last = len(grid.rows) - 1
    if last < _LEAST or not grid.is_total(last) or any(grid.is_total(row) for row in range(last)):
        return []
    if any(_NESTED.search(label) for label in grid.labels):
        return []
    found = []
    for index in range(grid.width):
        figures, total = present(grid.column(index)[:last]), grid.rows[last][index]
        whole = total is not None and total.value > 0 and len(figures) == last
        if whole and total is not None and not _no_sum(grid.heads[index], total):
            found.append(Column(grid.heads[index], tuple(figures), total))
    return found


def _no_sum(head: str, total: Figure) -> bool:
    """Whether a column is none that is added; shares are where they give the whole."""
    if total.number.percent:
        return total.value != HUNDRED
    return bool(_NO_SUM.search(head))


def _relation(column: Column, supported: bool) -> Relation:
    computed, total = column.computed, column.total
    exact = computed == total.value
    relation = Relation(
        RULE,
        "consistent" if exact else "rounding" if column.holds else "inconsistent",
        tuple(part.operand("operand") for part in column.parts),
        (total.operand("reported"),),
        formula=f"{plus([part.cell.text for part in column.parts])} = {written(computed)}",
        reported=total.cell.text,
        computed=written(computed),
        difference=total.value - computed,
        severity="warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    reason = _excuse(column, supported)
    if reason:
        return undecided(relation, reason)
    return _told(column, relation)


def _excuse(column: Column, supported: bool) -> str:
    """Why the printed total may still be right, Chinese; '' where nothing speaks for it."""
    if quotient(abs(column.computed - column.total.value) * HUNDRED, column.total.value) > _NEAR:
        return "该列可能不是可加项"
    return "" if supported else "没有其他列证明各行即为合计的全部"


def _told(column: Column, relation: Relation) -> Relation:
    """The relation in words."""
    operand: Operand = relation.right[0]
    return replace(
        relation,
        title=f"表中“{column.head}”各行之和 {relation.computed} 与合计 {relation.reported} 不符",
        message=f"{where(operand.span)}“{column.head}”合计列示 {relation.reported}，各行相加 {relation.formula}；"
        f"该表其他列各行之和等于合计。",
    )


CHECK = Check(
    rule=RULE,
    name="表内合计行",
    what="Where the last row of a table is its only total, it adds up the rows above in every column that is added.",
    why="A cell that was changed alone breaks its column's sum while the columns beside it keep theirs.",
    formula="Σ rows = total row",
    tolerance="equality, shares half a unit of the last digit each; another column of the table must add up, and the "
    "total must be within 20 %, else undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 选项 | 份数 | 占比；表 t9 很满意 | 218 | 54.50%；表 t9 满意 | 112 | 28.00%；表 t9 一般 | 70 | 17.50%；"
        "表 t9 合计 | 400 | 100%",
        "表 t9 乡镇 | 户数 | 人数；表 t9 甲 | 31 | 98；表 t9 乙 | 42 | 120；表 t9 丙 | 27 | 77；表 t9 合计 | 100 | 295",
    ),
    disagrees=(
        "表 t9 选项 | 份数 | 占比；表 t9 很满意 | 218 | 54.50%；表 t9 满意 | 114 | 28.00%；表 t9 一般 | 70 | 17.50%；"
        "表 t9 合计 | 400 | 100%",
        "表 t9 乡镇 | 户数 | 人数；表 t9 甲 | 31 | 98；表 t9 乙 | 42 | 121；表 t9 丙 | 27 | 77；表 t9 合计 | 100 | 295",
    ),
    false_alarms=("rows 其中 and 小计", "prices and rates, which are not added", "parts left out of the table"),
)
