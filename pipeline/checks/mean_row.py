"""Check: a row or column 平均 of a table is the mean of what it stands beside (表内平均数)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import TOTAL, Figure, NumberGrid
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import verdict_of
from pipeline.checks.tolerance import Fit, Interval, fit, quotient, written
from pipeline.checks.wording import where

RULE = "mean-row"
_MEAN = re.compile(r"^\W*(?:算术|简单)?平\s*均(?:[值数分]|得分|分数)?(?:\W.*)?$|^\W*均值\W*$")
_WEIGHED = re.compile(r"加权|综合")
_LEAST = 3  # numbers of a mean


@frozen
class _Mean:
    """One number of a line 平均 with what stands above it (一项平均数)."""

    head: str
    parts: tuple[Figure, ...]
    mean: Figure

    @property
    def exact(self) -> Decimal:
        """Σ parts ÷ their number."""
        return quotient(sum((part.value for part in self.parts), Decimal(0)), Decimal(len(self.parts)))

    @property
    def how(self) -> Fit:
        """How the print follows from the parts."""
        whole = Interval.exact(Decimal(0))
        for part in self.parts:
            whole = whole + part.interval
        return fit(self.mean.number, self.exact, whole.divide(Interval.exact(Decimal(len(self.parts)))))

    @property
    def holds(self) -> bool:
        """Whether it is the mean of its parts."""
        return self.how != "differs"


def _test(facts: Facts) -> Iterator[Relation]:
    for known in facts.number_grids:
        for grid in (known, known.turned):
            for row, label in enumerate(grid.labels):
                if _MEAN.match(label) and not _WEIGHED.search(label):
                    yield from _of_line(list(_means(grid, row)))


def _means(grid: NumberGrid, row: int) -> Iterator[_Mean]:
    """The numbers of a line 平均 that all lines above it up to a total print, not all alike."""
    above: list[int] = []
    for other in range(row - 1, -1, -1):
        if _MEAN.match(grid.labels[other]) or TOTAL.search(grid.labels[other]):
            break
        above.append(other)
    for column in range(grid.width):
        mean, parts = grid.rows[row][column], [grid.rows[one][column] for one in reversed(above)]
        figures = tuple(part for part in parts if part is not None)
        if mean is None or len(figures) < max(len(parts), _LEAST) or len({part.value for part in figures}) == 1:
            continue
        if min(part.value for part in figures) <= mean.value <= max(part.value for part in figures):
            yield _Mean(grid.heads[column], figures, mean)


def _of_line(means: list[_Mean]) -> Iterator[Relation]:
    """Every number of the line; one fails only where others of its kind, all but it, are simple means."""
    held = [one for one in means if one.holds]
    failed = [one for one in means if not one.holds]
    yield from (_relation(one) for one in held)
    for one in failed if len(failed) == 1 else ():
        if any(_is_akin(one, other) for other in held):
            yield _relation(one)


def _is_akin(one: _Mean, other: _Mean) -> bool:
    """Whether two columns hold numbers of one kind: called alike at the end, printed alike, of like size."""
    least, most = sorted((one.exact, other.exact))
    alike = one.mean.number.digits == other.mean.number.digits and one.mean.number.percent == other.mean.number.percent
    same_parts = {part.number.digits for part in one.parts} == {part.number.digits for part in other.parts}
    named = bool(one.head) and one.head[-1:] == other.head[-1:]
    return named and alike and same_parts and least > 0 and most < least * 2


def _relation(one: _Mean) -> Relation:
    how, exact = one.how, one.exact
    computed = written(exact, max(one.mean.number.digits, 2))
    relation = Relation(
        RULE,
        verdict_of(how),
        tuple(part.operand("operand") for part in one.parts),
        (one.mean.operand("reported"),),
        formula=f"（{one.parts[0].cell.text} + … + {one.parts[-1].cell.text}）÷ {len(one.parts)} = {computed}",
        reported=one.mean.cell.text,
        computed=computed,
        difference=one.mean.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"表中“{one.head}”平均数 {relation.reported} 与所列各数不符（应为 {computed}）",
        message=f"{where(relation.right[0].span)}“{one.head}”平均数列示 {relation.reported}，按所列 {len(one.parts)} "
        f"个数复算，{relation.formula}；该表另有同类数的平均数按简单平均计算且相符。",
    )


CHECK = Check(
    rule=RULE,
    name="表内平均数",
    what="A row or column 平均 of a table is the mean of the numbers it stands beside.",
    why="A number changed alone breaks the mean that its neighbours keep.",
    formula="Σ numbers ÷ how many = mean",
    tolerance="half-up at the printed digits, else the intervals of all numbers; another column of the same kind must "
    "be such a mean, and only one may not",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 月份 | 甲站 | 乙站；表 t9 1月 | 91.2 | 88.4；表 t9 2月 | 89.6 | 90.5；表 t9 3月 | 93.1 | 87.2；"
        "表 t9 平均 | 91.30 | 88.70",
        "表 t9 月份 | 甲站 | 产量；表 t9 1月 | 91.2 | 12.5；表 t9 2月 | 89.6 | 90.5；表 t9 3月 | 93.1 | 37.2；"
        "表 t9 平均 | 91.30 | 48.16",
    ),
    disagrees=(
        "表 t9 月份 | 甲站 | 乙站；表 t9 1月 | 91.2 | 88.4；表 t9 2月 | 86.9 | 90.5；表 t9 3月 | 93.1 | 87.2；"
        "表 t9 平均 | 91.30 | 88.70",
    ),
    false_alarms=("means weighted by numbers of people or money", "means of more rows than the table prints"),
)
