"""Check: growth printed in a table of years follows from the values printed beside it (增长率)."""

from collections.abc import Iterator

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import NumberGrid
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import verdict_of
from pipeline.checks.series import Step, growth_columns, is_series, judge, steps
from pipeline.checks.table_laws import grown, growths
from pipeline.checks.tolerance import written
from pipeline.checks.wording import where

RULE = "growth-rate"
_SMALL = 1  # tenths of a percentage point: below, the conclusion drawn from the growth stands


def _test(facts: Facts) -> Iterator[Relation]:
    for known in facts.number_grids:
        tested = set()
        for grid in (known, known.turned):
            for step, told in _steps(grid):
                relation = _grown(step, told)
                if relation.right[0].key not in tested:
                    tested.add(relation.right[0].key)
                    yield relation


def _steps(grid: NumberGrid) -> Iterator[tuple[Step, str]]:
    """The growth figures of a table, each with what tells the growth of: down its years, or along its rows."""
    if is_series(grid):
        for values, rates in growth_columns(grid):
            for step in steps(grid, values, rates):
                yield step, f"{grid.years[step.row]} 年"
    for law in growths(grid):
        before, now = law.parts
        for number, row in enumerate(grid.rows):
            base, value, rate = row[before], row[now], row[law.total]
            if base is not None and value is not None and rate is not None and base.value > 0:
                yield Step(number, base, value, rate, law.falls), f"“{grid.labels[number]}”"


def _grown(step: Step, told: str) -> Relation:
    point, possible = grown(step.before, step.now, falls=step.falls)
    how = judge(step)
    computed = written(point, max(step.rate.number.digits, 2)) + "%"
    gap = step.rate.value - point
    relation = Relation(
        RULE,
        verdict_of(how),
        (step.before.operand("operand"), step.now.operand("operand")),
        (step.rate.operand("reported"),),
        formula=_formula(step, computed),
        reported=step.rate.cell.text,
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=gap,
        severity="info" if how == "truncation" else "warning" if abs(gap) * 10 < _SMALL else "error",
    )
    if relation.verdict != "inconsistent":
        return relation
    name = "降低" if step.falls else "增长"
    return replace(
        relation,
        title=f"{told}{name}率 {relation.reported} 与所列数值不符（应为 {computed}）",
        message=f"{where(relation.right[0].span)}列示 {told}{name} {relation.reported}；按表中数值复算，"
        f"{relation.formula}，相差 {written(abs(gap), 2)} 个百分点。",
    )


def _formula(step: Step, computed: str) -> str:
    ratio = f"{step.now.cell.text} ÷ {step.before.cell.text}"
    return f"1 − {ratio} = {computed}" if step.falls else f"{ratio} − 1 = {computed}"


CHECK = Check(
    rule=RULE,
    name="增长率复算",
    what="Growth printed in a table is the value divided by the one before it, less one: down a series of years, or "
    "from one column of a row to another.",
    why="Growth carries the report's claims of benefit.",
    formula="value ÷ value before − 1 = growth",
    tolerance="half-up at the printed digits, else the intervals of both values and of the growth must meet",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 年份 | 金额 | 同比增长；表 t9 2018 | 200 | ；表 t9 2019 | 230 | 15%；表 t9 2020 | 250.7 | 9.00%",
        "表 t9 年份 | 金额 | 同比增长；表 t9 2017 | 170 | ；表 t9 2018 | 200 | 17.65%；表 t9 2019 | | ；"
        "表 t9 2020 | 250 | 8.70%；"
        "表 t9 2021 | 260 | 4.00%",
        "表 t9 指标 | 2021年 | 2022年 | 增幅（%）；表 t9 产值 | 80.4 | 92.1 | 14.55；表 t9 户数 | 412 | 377 | -8.50",
    ),
    disagrees=(
        "表 t9 年份 | 金额 | 同比增长；表 t9 2018 | 200 | ；表 t9 2019 | 230 | 15%；表 t9 2020 | 250.7 | 9.50%",
        "表 t9 指标 | 2021年 | 2022年 | 增幅；表 t9 产值 | 80.4 | 92.1 | 14.55%；表 t9 户数 | 412 | 377 | -8.50%；"
        "表 t9 餐位（个） | 260 | 284 | 9.32%",
    ),
    false_alarms=("growth against revised figures of the year before that the table does not print",),
)
