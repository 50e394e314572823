"""Check: a printed completion rate is the actual value divided by the target (完成率)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from extractors.frozen import replace
from extractors.provenance import CellPlace
from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks import arrival_rate, execution_rate
from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid, Row
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.money import RATES
from pipeline.checks.quantities import number_in, same_unit
from pipeline.checks.rates import tested
from pipeline.checks.relate import undecided, verdict_of
from pipeline.checks.score_rate import as_percent
from pipeline.checks.slip import is_exchange
from pipeline.checks.table_laws import Law, ratios
from pipeline.checks.tolerance import HUNDRED, Interval, fit, half_up, quotient, written
from pipeline.checks.wording import where

RULE = "completion-rate"
_LEAST = 3  # digits of a rate that is not another by chance
_FULL = re.compile(r"满分|分值|权重|标准分")  # of what is rated; its own rate is no measure of anything


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator in facts.report.indicators if "completion" in facts.fields else ():
        for rate in indicator.all("completion"):
            yield from _of_indicator(indicator, rate)
    laws = [(way, law) for grid in facts.number_grids for way in (grid, grid.turned) for law in ratios(way)]
    settled = _settled(facts) if laws else set()
    for way, law in laws:
        yield from _of_column(way, law, settled)


def _settled(facts: Facts) -> set[CellPlace | None]:
    """The cells with rates of money that the checks of these have decided."""
    money = {line.table for line in facts.funds.lines if line.role in RATES and line.table}
    if not any(grid.grid.table_id in money for grid in facts.number_grids):
        return set()
    ways = (execution_rate.RATIO, arrival_rate.RATIO)
    relations = (one for ratio in ways for one in tested(facts, ratio, tabled=True))
    return {one.right[0].span.cell for one in relations if one.verdict != "indeterminate"}


def _of_column(grid: NumberGrid, law: Law, settled: set[CellPlace | None]) -> Iterator[Relation]:
    """The rows of a column of rates against the two columns that it divides."""
    divisor, dividend = law.parts
    for label, row in zip(grid.labels, grid.rows, strict=True):
        base, part, rate = row[divisor], row[dividend], row[law.total]
        if (
            _FULL.search(label)
            or base is None
            or part is None
            or rate is None
            or base.value <= 0
            or rate.grid.place(rate.cell) in settled
        ):
            continue
        relation = _relation(
            (base.operand("operand"), base.number),
            (part.operand("operand"), part.number),
            (rate.operand("reported"), rate.number),
            f"表中“{grid.heads[law.total]}”",
        )
        capped = rate.value == HUNDRED and part.value > base.value
        failed = relation.verdict == "inconsistent"
        if failed and not all(grid.heads[column] for column in law.parts) and _otherwise(row, rate):
            yield undecided(relation, "列无名称，该行另有两数得出此率")
        else:
            yield undecided(relation, "比率以 100% 封顶，不能复算") if failed and capped else relation


def _otherwise(row: Row, rate: Figure) -> bool:
    """Whether any two numbers of a row give its rate."""
    values = [one for one in row if one is not None and one is not rate and one.value > 0]
    printed = as_percent(rate.number)
    return any(
        fit(printed, quotient(part.value * HUNDRED, whole.value)) in ("exact", "half-up")
        for part, whole in permutations(values, 2)
    )


def _of_indicator(indicator: Indicator, rate: Mention) -> Iterator[Relation]:
    """The completion of one row against the target and the actual value of the same row."""
    row = [m for m in indicator.mentions if m.group and m.group == rate.group]
    target = next((m for m in row if m.field == "target"), None)
    actual = next((m for m in row if m.field == "actual"), None)
    if target is None or actual is None or rate.number is None:
        return
    wanted, reached = number_in(target), number_in(actual)
    if wanted is None or reached is None or wanted.value <= 0:
        return
    relation = _relation(
        (Operand.of(f"i{indicator.index}.target", "operand", target), wanted),
        (Operand.of(f"i{indicator.index}.actual", "operand", actual), reached),
        (Operand.of(f"i{indicator.index}.completion", "reported", rate), rate.number),
    )
    bounded = bool(wanted.bound or reached.bound) or same_unit(wanted.unit, reached.unit) is False
    exact = quotient(reached.value * HUNDRED, wanted.value)
    printed = as_percent(rate.number)
    mistyped = is_exchange(printed.value, half_up(exact, printed.digits), printed.digits, _LEAST)
    failed = relation.verdict == "inconsistent" and not mistyped
    if failed and (bounded or (rate.number.value == HUNDRED and reached.value >= wanted.value)):
        relation = undecided(relation, "目标为上下限、单位不同或完成率以 100% 封顶，不能复算")
    yield relation


def _is_mistyped(printed: ReportedNumber, exact: Decimal, wanted: ReportedNumber, reached: ReportedNumber) -> bool:
    """Whether a rate of two whole numbers is the right one with two digits exchanged (90.03 for 90.30)."""
    whole = not wanted.digits and not reached.digits
    return whole and is_exchange(printed.value, half_up(exact, printed.digits), printed.digits, _LEAST)


def _relation(
    target: tuple[Operand, ReportedNumber],
    actual: tuple[Operand, ReportedNumber],
    rate: tuple[Operand, ReportedNumber],
    name: str = "",
) -> Relation:
    """name: of the column of a table, '' for an indicator's completion."""
    wanted, reached, printed = target[1], actual[1], as_percent(rate[1])
    exact = quotient(reached.value * HUNDRED, wanted.value)
    possible = Interval.printed(reached).scaled(HUNDRED).divide(Interval.printed(wanted))
    how = fit(printed, exact, possible)
    if how == "interval" and _is_mistyped(printed, exact, wanted, reached):
        how = "differs"
    computed = written(exact, max(printed.digits, 2)) + "%"
    relation = Relation(
        RULE,
        verdict_of(how),
        (target[0], actual[0]),
        (rate[0],),
        formula=f"{written(reached.value)} ÷ {written(wanted.value)} = {computed}",
        reported=rate[0].text.strip(),
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=printed.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    operands = "所列数值" if name else "目标值、完成值"
    return replace(
        relation,
        title=f"{name or '完成率'} {relation.reported} 与{operands}不符（应为 {computed}）",
        message=f"{where(rate[0].span)}{name or '完成率'}列示 {relation.reported}，"
        f"按{'该行数值' if name else '完成值与目标值'}复算，{relation.formula}。"
        f"{'该表其余各行多按此计算。' if name else ''}",
    )


CHECK = Check(
    rule=RULE,
    name="完成率复算",
    what="A completion rate printed beside target and actual value is their ratio; so is any ratio column of a table.",
    why="The rate decides the points of every quantity.",
    formula="actual ÷ target × 100 % = completion rate",
    tolerance="half-up at the printed digits, else the intervals must meet; rates capped at 100 % are undecided",
    severity="warning",
    source="财预〔2020〕10号附2（实际完成率=实际产出数÷计划产出数×100%）",
    test=_test,
    agrees=(
        "目标表 里程 目标 30公里 实际 32公里 完成率 106.67%",
        "表 t9 乡镇 | 渠道计划 | 渠道完成 | 道路计划 | 道路完成 | 道路完成率；"
        "表 t9 甲 | 17.5 | 17.5 | 10.8 | 10.8 | 100.00%；"
        "表 t9 乙 | 14.4 | 14.4 | 8.9 | 8.9 | 100.00%；表 t9 丙 | 13.0 | 13.0 | 8.1 | 6.7 | 82.72%；"
        "表 t9 丁 | 7.7 | 7.7 | 4.7 | 4.7 | 100.00%",
        "表 t9 项目 | 目标 | 完成 | 比率；表 t9 甲 | 60 | 63 | 105%；"
        "表 t9 乙 | 80 | 76 | 95%；表 t9 丙 | 40 | 40 | 100%",
    ),
    disagrees=(
        "表 t9 对象 | 有效 | 满意 | 满意度；表 t9 学生 | 196 | 182 | 92.86%；表 t9 教师 | 58 | 55 | 94.83%；"
        "表 t9 家长 | 134 | 121 | 90.03%",
        "目标表 里程 目标 30公里 实际 32公里 完成率 110.67%",
        "表 t9 项目 | 计划数 | 完成数 | 完成率；表 t9 甲 | 540 | 562 | 104.07%；"
        "表 t9 乙 | 216 | 221 | 102.31%；表 t9 丙 | 432 | 410 | 94.19%",
    ),
    false_alarms=("rates capped at 100 %", "targets that are bounds", "costs where less is better"),
)
