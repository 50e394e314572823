"""Check: the grade is the same wherever the report states it (等级前后一致)."""

from collections.abc import Iterator

from extractors.frozen import replace
from normalizers.grades import comparable, same_grade
from pipeline.checks.facts import Facts
from pipeline.checks.mentions import couples
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import restated, undecided
from pipeline.checks.tolerance import Fit
from pipeline.checks.totals import another_total

RULE = "grade-restated"


def _test(facts: Facts) -> Iterator[Relation]:
    grades = [mention for mention in facts.report.field_mentions if mention.field == "grade"]
    for one, other in couples(grades):
        if not comparable(one.text, other.text):
            continue  # `A（优良）` here and `优良` there
        how: Fit = "exact" if same_grade(one.text, other.text) else "differs"
        relation = restated(RULE, "total.grade", one, other, how=how, subject="报告评价")
        reason = another_total(facts, one, other) if relation.verdict == "inconsistent" else ""
        yield undecided(relation, reason) if reason else replace(relation, difference=None)


CHECK = Check(
    rule=RULE,
    name="等级前后一致",
    what="Every statement of the grade gives the same grade; 优 and 优秀 are one.",
    why="The grade decides budgets; two grades cannot both hold.",
    formula="one grade = the other",
    tolerance="labels of one grade are equal",
    severity="error",
    source="财预〔2020〕10号第十八条（等级）、第二十五条（逻辑清晰）",
    test=_test,
    agrees=("正文 总分 得分 92 等级 优；正文 总分 得分 92 等级 优秀",),
    disagrees=("正文 总分 得分 85 等级 优；正文 总分 得分 85 等级 良",),
    false_alarms=("the grade of the spender's own rating quoted beside the evaluation's",),
)
