"""Check: what prose, headings and comments state of an indicator equals what its tables state (正文与表格核对)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.mentions import compared, pairs
from pipeline.checks.model import Check, Relation
from pipeline.checks.weights_told import weights_told

RULE = "narrative-against-table"


def _test(facts: Facts) -> Iterator[Relation]:
    yield from (compared(facts, RULE, pair) for pair in pairs(facts, "mixed"))
    yield from weights_told(facts, RULE)


CHECK = Check(
    rule=RULE,
    name="正文与表格核对",
    what="Prose, headings and comments give an indicator the weight, score and rate that its tables give it.",
    why="One fact stated twice must be one fact; the place that differs was not updated.",
    formula="one statement = the other",
    tolerance="weights exactly; rates and scores may be the other rounded half-up; whole points are exact",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    agrees=("评分表 决策 权重 20 得分 18；正文 决策 权重 20 得分 18.00",),
    disagrees=(
        "评分表 决策 权重 20；评分表 过程 权重 20；评分表 产出 权重 35；评分表 效益 权重 25；"
        "文 指标体系由决策、过程、产出、效益4个一级指标组成，权重分别为20分、20分、30分和30分。",
        "评分表 决策 权重 20 得分 18；正文 决策 权重 20 得分 17",
    ),
    false_alarms=(
        "a satisfaction indicator counted below 效益 in one place and on its own in another",
        "a parent's weight column that repeats the weight of the leaf in the same row",
        "a sentence that speaks of a neighbouring indicator",
    ),
)
