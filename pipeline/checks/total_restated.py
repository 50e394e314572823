"""Check: the total score is the same wherever the report states it (总分前后一致)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.mentions import couples
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import restated, undecided
from pipeline.checks.tolerance import restates
from pipeline.checks.totals import another_total

RULE = "total-restated"


def _test(facts: Facts) -> Iterator[Relation]:
    for one, other in couples(list(facts.totals)):
        if one.number is None or other.number is None:
            continue
        relation = restated(RULE, "total.score", one, other, how=restates(one.number, other.number), subject="报告总分")
        reason = another_total(facts, one, other) if relation.verdict == "inconsistent" else ""
        yield undecided(relation, reason) if reason else relation


CHECK = Check(
    rule=RULE,
    name="总分前后一致",
    what="Every statement of the total score, in summary, tables and annexes, gives the same number.",
    why="Two totals in one report leave open which one decided the grade.",
    formula="one total = the other",
    tolerance="equality, or the shorter print is the longer one rounded half-up",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    agrees=("正文 总分 得分 88.53；评分表 合计 权重 100 得分 88.53", "正文 总分 得分 88.5；评分表 合计 得分 88.53"),
    disagrees=("正文 总分 得分 98；自评表 合计 权重 100 得分 100",),
    false_alarms=("the spender's own score or a contract review's score quoted beside the evaluation's",),
)
