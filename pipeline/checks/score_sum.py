"""Check: the scores below a parent add up to the parent's score (得分合计)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.sums import below_parents, judged

RULE = "score-sum"


def _test(facts: Facts) -> Iterator[Relation]:
    return (judged(facts, found, RULE) for found in below_parents(facts, "score"))


CHECK = Check(
    rule=RULE,
    name="下级得分合计",
    what="The scores of the indicators below a parent add up to the parent's score, in every table and in prose.",
    why="A part changed without its whole is the commonest trace of late editing.",
    formula="Σ scores of children = score of parent",
    tolerance="equality; a parent printed with fewer decimals may be the rounded sum",
    severity="error",
    source="财预〔2020〕10号第十六条（总分由各项指标得分汇总形成）",
    test=_test,
    fold="dependent",
    agrees=(
        "评分表 过程 权重 20 得分 17.5；评分表 过程/资金管理 权重 12 得分 10.5；评分表 过程/组织实施 权重 8 得分 7",
        "汇总表 过程 权重 20 得分 17.6；评分表 过程/资金管理 权重 12 得分 10.55；评分表 过程/组织实施 权重 8 得分 7.04",
    ),
    disagrees=(
        "评分表 过程 权重 20 得分 17.5；评分表 过程/资金管理 权重 12 得分 10；评分表 过程/组织实施 权重 8 得分 7",
    ),
    false_alarms=(
        "scores given out of a hundred and weighted afterwards",
        "a row lost in reading: without a second sum that holds the relation stays undecided",
    ),
)
