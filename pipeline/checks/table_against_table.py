"""Check: two tables that print one indicator give it the same weight, score and rate (表间核对)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.mentions import compared, pairs
from pipeline.checks.model import Check, Relation

RULE = "table-against-table"


def _test(facts: Facts) -> Iterator[Relation]:
    return (compared(facts, RULE, pair) for pair in pairs(facts, "tables"))


CHECK = Check(
    rule=RULE,
    name="表间核对",
    what="Two tables that print one indicator give it the same weight, score and rate.",
    why="One fact stated twice must be one fact; the place that differs was not updated.",
    formula="one statement = the other",
    tolerance="weights exactly; rates and scores may be the other rounded half-up; whole points are exact",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    agrees=("评分表 决策 权重 20 得分 18.25；汇总表 决策 权重 20 得分 18.3",),
    disagrees=("评分表 决策 权重 20 得分 18；附表 决策 权重 25 得分 18",),
    false_alarms=(
        "a satisfaction indicator counted below 效益 in one place and on its own in another",
        "a parent's weight column that repeats the weight of the leaf in the same row",
        "a sentence that speaks of a neighbouring indicator",
    ),
)
