"""Check: growth printed in a table of years follows from the values printed beside it (增长率)."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.checks.facts import Facts
from pipeline.checks.grids import NumberGrid, plain_tables
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import verdict_of
from pipeline.checks.series import Step, grown, growth_columns, is_series, judge, steps
from pipeline.checks.tolerance import written
from pipeline.checks.wording import where

RULE = "growth-rate"
_SMALL = 1  # tenths of a percentage point: below, the conclusion drawn from the growth stands


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in plain_tables(facts):
        if is_series(grid):
            for values, rates in growth_columns(grid):
                for step in steps(grid, values, rates):
                    yield _grown(grid, step)


def _grown(grid: NumberGrid, step: Step) -> Relation:
    point, possible = grown(step)
    how = judge(step)
    computed = written(point, max(step.rate.number.digits, 2)) + "%"
    gap = step.rate.value - point
    relation = Relation(
        RULE,
        verdict_of(how),
        (step.before.operand("operand"), step.now.operand("operand")),
        (step.rate.operand("reported"),),
        formula=f"{step.now.cell.text} ÷ {step.before.cell.text} − 1 = {computed}",
        reported=step.rate.cell.text,
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=gap,
        severity="info" if how == "truncation" else "warning" if abs(gap) * 10 < _SMALL else "error",
    )
    if relation.verdict != "inconsistent":
        return relation
    year = grid.years[step.row]
    return replace(
        relation,
        title=f"{year} 年增长率 {relation.reported} 与所列数值不符（应为 {computed}）",
        message=f"{where(relation.right[0].span)}列示 {year} 年增长 {relation.reported}；按表中数值复算，"
        f"{relation.formula}，相差 {written(abs(gap), 2)} 个百分点。",
    )


CHECK = Check(
    rule=RULE,
    name="增长率复算",
    what="Growth printed beside a series of years is the value of the row divided by that of the row before, less one.",
    why="Growth carries the report's claims of benefit.",
    formula="value ÷ value before − 1 = growth",
    tolerance="half-up at the printed digits, else the intervals of both values and of the growth must meet",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=("表 t9 年份 | 金额 | 同比增长；表 t9 2018 | 200 | ；表 t9 2019 | 230 | 15%；表 t9 2020 | 250.7 | 9.00%",),
    disagrees=(
        "表 t9 年份 | 金额 | 同比增长；表 t9 2018 | 200 | ；表 t9 2019 | 230 | 15%；表 t9 2020 | 250.7 | 9.50%",
    ),
    false_alarms=("growth against revised figures of the year before that the table does not print",),
)
