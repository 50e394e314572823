"""Check: a target that is a count is answered with a count, not with 100 % (以比率填报数量)."""

import re
from collections.abc import Iterator

from extractors.segment.model import TableGrid
from normalizers.names import bare
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import place, quote

RULE = "count-as-percent"
_COUNT = re.compile(r"数量?(?:[(（].*)?$|次数|个数|人数|户数|场次|场数|件数|家数|人次|台数|面积|里程|长度")


def _test(facts: Facts) -> Iterator[Relation]:
    for one in facts.answered:
        cell, wanted, reached = one.actual.span.cell, one.wanted, one.reached
        if cell is None or wanted is None or reached is None or wanted.unit == "%" or reached.unit != "%":
            continue
        if _COUNT.search(bare(one.indicator.name)):
            grid = next((grid for grid in facts.tables if grid.table_id == cell.table), None)
            yield _odd(one.indicator, one.target, one.actual, grid)


def _odd(indicator: Indicator, target: Mention, actual: Mention, grid: TableGrid | None) -> Relation:
    head = actual_head(grid, actual)
    places = [] if head is None else [head]
    places += [
        Operand.of(f"i{indicator.index}.target", "target", target),
        Operand.of(f"i{indicator.index}.actual", "reported", actual),
    ]
    return spotted(
        RULE,
        f"i{indicator.index}.kind",
        places,
        title=f"“{indicator.name}”目标为数量，实际完成值填为 {actual.text.strip()}",
        message=f"{place(target)}目标为“{quote(target.span, target.text)}”，{place(actual)}实际完成值为"
        f"“{quote(actual.span, actual.text)}”，以比率代替数量，是否完成无法核对。",
        reported=actual.text.strip(),
        severity="warning",
    )


def actual_head(grid: TableGrid | None, actual: Mention) -> Operand | None:
    """The head of the column of actual values: the nearest cell above it that names one."""
    place_ = actual.span.cell
    if grid is None or place_ is None:
        return None
    above = [
        c for c in grid.cells if c.row < place_.row and ("完成" in c.text or "实现值" in c.text) and len(c.text) < 14
    ]
    cell = max(above, key=lambda c: (c.row, -abs(c.column - place_.column)), default=None)
    return None if cell is None else Operand("table.head", "witness", cell.text, None, grid.span(cell))


CHECK = Check(
    rule=RULE,
    name="以比率填报数量",
    what="An indicator whose target is a number of things states the number reached, not a rate.",
    why="A count reported as 100 % cannot be checked.",
    formula="kind of actual = kind of target",
    tolerance="only indicators whose name asks for a number and whose target has no percent sign",
    severity="warning",
    source="财预〔2020〕10号附1（年度指标值、实际完成值）、第二十五条（内容完整）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("自评表 培训人数 目标 ≥300 实际 320 权重 5 得分 5",),
    disagrees=("自评表 培训人数 目标 ≥300 实际 100% 权重 5 得分 5",),
    false_alarms=("rates whose target is a rate",),
)
