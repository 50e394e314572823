"""Check: the total score is the same wherever the report states it (总分前后一致)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from normalizers.records import Mention
from pipeline.checks.bonus import explained
from pipeline.checks.facts import Facts
from pipeline.checks.mentions import couples
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import restated, undecided
from pipeline.checks.tolerance import restates
from pipeline.checks.totals import another_total, weighed

RULE = "total-restated"
_OTHER = re.compile(
    r"(?P<what>考核|验收|评审|履约(?:评价)?|检查|测评)(?:最终|综合|平均)?得分(?:为|是|：)?\s{0,2}(?P<score>\d{2,3}(?:\.\d{1,2})?)\s{0,2}分"
)
_MADE_INTO = re.compile(r"[折换]算|折合|复核|核[减增]|调整为|修正|扣减|扣除|[加减扣]分项")
_ATTACHED = re.compile(r"自评表(?:详)?见|单独(?:开展|进行|自评|评价)|另行(?:开展|自评|评价)|重点项目|子项目")
_LEAST = 30  # points; fewer are those of an indicator


def _test(facts: Facts) -> Iterator[Relation]:
    for one, other in couples(list(facts.totals)):
        if one.number is None or other.number is None:
            continue
        relation = restated(RULE, "total.score", one, other, how=restates(one.number, other.number), subject="报告总分")
        reason = another_total(facts, one, other) if relation.verdict == "inconsistent" else ""
        if relation.verdict == "inconsistent" and min(one.number.value, other.number.value) <= _LEAST:
            reason = reason or "其中一数过小，应为个别指标的得分"
        if relation.verdict == "inconsistent" and not reason and _told_apart(facts, one, other):
            reason = "两个分数在一段中并列，一处为折算、复核或调整后的得分"
        if relation.verdict == "inconsistent" and not reason and _of_attached(facts, one, other):
            reason = "其中一数在正文中为另附自评表的项目的得分"
        if relation.verdict == "inconsistent" and not reason and weighed(facts) and (one.table or other.table):
            reason = "总分由各分项评分加权得出，一处可能是其中一项的评分"
        if relation.verdict == "inconsistent" and explained(facts, abs(one.number.value - other.number.value)):
            reason = reason or "两处相差的分数与所列加分、扣分相同，一处可能是基础得分"
        yield undecided(relation, reason) if reason else relation
    yield from _other_scores(facts)


def _told_apart(facts: Facts, one: Mention, other: Mention) -> bool:
    """Whether a paragraph tells both numbers, the one as what the other was made into (`换算为百分制为93.14分`)."""
    texts = {sentence.flow.text for sentence in facts.saying(one.text.strip("分 "))}
    return any(other.text.strip("分 ") in text and _MADE_INTO.search(text) for text in texts)


def _of_attached(facts: Facts, one: Mention, other: Mention) -> bool:
    """Whether a table's total is told in the text as that of a project with a form of its own (自评表见附件3)."""
    lines = {mention.span.line for mention in (one, other)}
    for mention in (one, other):
        if mention.table is not None and mention.number is not None:
            score = mention.text.strip("分 ")
            told = [one for one in facts.saying(score) if one.cell is None and one.span(0, 1).line not in lines]
            if any(_ATTACHED.search(one.text) and f"得分{score}分" in one.text for one in told):
                return True
    return False


def _other_scores(facts: Facts) -> Iterator[Relation]:
    """Scores of something else out of a hundred (合同考核得分), which no total is held against: told, undecided."""
    total = next((mention for mention in facts.totals if mention.number is not None), None)
    for sentence in facts.saying("得分") if total is not None else ():
        for match in _OTHER.finditer(sentence.text):
            value = Decimal(match["score"])
            if total is None or total.number is None or value == total.number.value or value <= _LEAST:
                continue
            span = sentence.span(match.start(), match.end())
            relation = Relation(
                RULE,
                "indeterminate",
                (Operand.of("total.score", "reported", total),),
                (Operand(f"text.score.{span.page}.{span.line}", "other", match["score"], value, span),),
                formula=f"{total.text.strip()} / {match['score']}",
                reported=match["score"],
                computed=total.text.strip(),
            )
            yield undecided(relation, f"“{match['what']}得分”是另一事项的评分，不与绩效评价总分比较")


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
