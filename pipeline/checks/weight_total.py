"""Check: the weights of the whole report add up to its full marks (权重总和 100)."""

from collections.abc import Iterator

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.sums import judged, misnested, up_to_total, without_execution

RULE = "weight-total"


def _test(facts: Facts) -> Iterator[Relation]:
    for found in up_to_total(facts, "weight", facts.total_weights):
        relation = judged(facts, found, RULE)
        if facts.execution_apart and relation.verdict != "consistent" and not misnested(facts, found):
            yield judged(facts, without_execution(facts, found), RULE)
            note = "预算执行率一行的分值未计入总分。"
            relation = replace(relation, verdict="inconsistent", severity="warning", reason="")
            relation = replace(relation, message=(relation.message or relation.formula + "。") + note)
        yield relation


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
