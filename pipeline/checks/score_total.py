"""Check: scores add up to the report's total score (总分)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.sums import judged, up_to_total, without_execution

RULE = "score-total"


def _test(facts: Facts) -> Iterator[Relation]:
    for found in up_to_total(facts, "score", facts.totals):
        yield judged(facts, without_execution(facts, found) if facts.execution_apart else found, RULE)


CHECK = Check(
    rule=RULE,
    name="总分复算",
    what="The scores of the first level, and those of the lowest level, add up to the total of table and report.",
    why="The total decides the grade.",
    formula="Σ scores = total score",
    tolerance="equality; a total printed with fewer decimals may be the rounded sum",
    severity="error",
    source="财预〔2020〕10号第十六条（总分由各项指标得分汇总形成）",
    test=_test,
    fold="dependent",
    agrees=(
        "评分表 决策 权重 20 得分 18；评分表 产出 权重 80 得分 70.5；评分表 合计 权重 100 得分 88.5",
        "评分表 决策 权重 20 得分 18.04；评分表 产出 权重 80 得分 70.5；正文 总分 得分 88.5",
    ),
    disagrees=("评分表 决策 权重 20 得分 18；评分表 产出 权重 80 得分 70.5；评分表 合计 权重 100 得分 89.5",),
    false_alarms=(
        "the score that the spender gave itself, quoted in an external evaluation",
        "a total of another rating (contract review, satisfaction survey)",
    ),
)
