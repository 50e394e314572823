"""Check: the weights of the whole report add up to its full marks (权重总和 100)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from normalizers.records import Indicator
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import holds
from pipeline.checks.sums import Sum, judged, up_to_total

RULE = "weight-total"


def _test(facts: Facts) -> Iterator[Relation]:
    for found in up_to_total(facts, "weight", facts.total_weights):
        relation = judged(facts, found, RULE)
        yield relation
        apart = None if holds(relation) else _without_execution(facts, found)
        if apart is not None:
            yield apart


def _without_execution(facts: Facts, found: Sum) -> Relation | None:
    """The sum without the row of the execution rate, where a form leaves that row out of its total."""
    rest = tuple((index, m) for index, m in found.parts if not is_execution(facts.report.indicators[index]))
    if len(rest) == len(found.parts) or len(rest) < 2:
        return None
    relation = judged(facts, replace(found, parts=rest), RULE)
    return relation if holds(relation) else None


def is_execution(indicator: Indicator) -> bool:
    """Whether this is the row of the budget's execution in a self-evaluation form (预算执行率)."""
    return indicator.level == 1 and "执行" in indicator.name


def full_marks(facts: Facts) -> Decimal:
    """The full marks of the report, 100 where it does not say."""
    stated = facts.total_weights
    return stated[0].number.value if stated and stated[0].number else Decimal(100)


CHECK = Check(
    rule=RULE,
    name="权重总和",
    what="The weights of the first level, and those of the lowest level, add up to the full marks of the report.",
    why="Full marks other than 100 shift every total against the grade limits.",
    formula="Σ weights = 100",
    tolerance="equality",
    severity="error",
    source="财预〔2020〕10号第十八条（总分一般设置为100分）",
    test=_test,
    fold="dependent",
    agrees=(
        "评分表 决策 权重 20；评分表 产出 权重 80；评分表 合计 权重 100",
        "自评表 预算执行率 权重 10；自评表 产出 权重 60；自评表 效益 权重 30；自评表 合计 权重 100",
    ),
    disagrees=(
        "评分表 决策 权重 20 得分 18；评分表 产出 权重 85 得分 70；评分表 合计 权重 100 得分 88",
        "自评表 预算执行率 权重 100；自评表 产出 权重 70；自评表 效益 权重 30；自评表 合计 权重 100",
    ),
    false_alarms=("bonus points above 100 that the report announces",),
)
