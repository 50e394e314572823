"""Total and grade with other stated values: one statement for the whole report, on each basis."""

from pipeline.checks.facts import Facts
from pipeline.checks.run import check
from pipeline.checks.scenarios import scenarios
from tests.pipeline.checks.notation import report

_THREE = (
    "评分表 甲 权重 40 得分 35；评分表 乙 权重 30 得分 28；评分表 丙 权重 30 得分 28；正文 总分 得分 91 等级 优；"
    "正文 甲 得分 38；正文 乙 得分 27；正文 丙 得分 27"
)


def test_prose_throughout_turns_the_grade() -> None:
    """Both scores of the prose taken: the sentence an auditor would write."""
    text = (
        "评分表 甲 权重 50 得分 45；评分表 乙 权重 50 得分 46；正文 总分 得分 91 等级 优；"
        "正文 甲 得分 44.4；正文 乙 得分 45.4"
    )
    found = scenarios(Facts(report(text)))
    assert [one.statement for one in found] == ["若以正文为准，总分为 89.8，等级由“优”变为“良”。"]
    assert found[0].grade_changes and found[0].changes == 2


def test_some_of_several_conflicts_may_turn_it_though_all_together_do_not() -> None:
    """Taken throughout the prose gains a point; its two lower scores alone cost the grade, which is decisive."""
    bases = {one.basis: (one.total, one.grade_changes) for one in scenarios(Facts(report(_THREE)))}
    assert bases["以正文为准"] == ("92", False) and bases["有争议的得分均取低者"] == ("89", True)
    decisive = [one for one in check(report(_THREE))[1] if one.rule == "grade-sensitivity"]
    assert [one.title for one in decisive] == ["若部分得分取另一数值，总分为 89，等级由“优”变为“良”"]


def test_another_total_stated_is_a_basis_too() -> None:
    """Totals that differ are set side by side."""
    found = scenarios(Facts(report("评分表 甲 权重 100 得分 91；正文 总分 得分 91 等级 优；标题 总分 得分 89")))
    assert [(one.basis, one.grade) for one in found] == [("以另一处所载总分为准", "良")]


def test_nothing_disputed_nothing_said() -> None:
    """A report that agrees with itself has no scenarios."""
    assert scenarios(Facts(report("评分表 甲 权重 100 得分 91；正文 总分 得分 91 等级 优"))) == ()
