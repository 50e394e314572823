"""Check: the weights below a parent add up to the parent's weight (权重合计)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.sums import below_parents, judged

RULE = "weight-sum"


def _test(facts: Facts) -> Iterator[Relation]:
    return (judged(facts, found, RULE) for found in below_parents(facts, "weight"))


CHECK = Check(
    rule=RULE,
    name="下级权重合计",
    what="The weights of the indicators below a parent add up to the parent's weight, in every table and in prose.",
    why="Weights that do not add up make every score rate and the total above them meaningless.",
    formula="Σ weights of children = weight of parent",
    tolerance="equality; a parent printed with fewer decimals may be the rounded sum",
    severity="error",
    source="财预〔2020〕10号第十三条、第十四条（指标权重）",
    test=_test,
    fold="dependent",
    agrees=(
        "评分表 决策 权重 20；评分表 决策/立项 权重 12；评分表 决策/目标 权重 8",
        "评分表 产出 权重 40；评分表 产出/数量 权重 15；评分表 产出/数量/道路里程 权重 15；评分表 产出/质量 权重 25",
    ),
    disagrees=("评分表 决策 权重 20 得分 18；评分表 决策/立项 权重 12 得分 11；评分表 决策/目标 权重 9 得分 7",),
    false_alarms=(
        "a parent's weight column that repeats the weight of the leaf in the same row",
        "weights of children given as per cent of their parent",
        "a satisfaction indicator counted below 效益 in one place and on its own in another",
        "a row lost in reading: without a second sum that holds the relation stays undecided",
    ),
)
