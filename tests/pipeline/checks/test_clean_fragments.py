"""Passages that a naive checker would flag, each in a small report without fault: nothing is raised."""

from pathlib import Path

import pytest

from pipeline.process import process

_FRAGMENTS = [
    text.partition("\n")
    for text in Path(__file__).with_name("clean_fragments.txt").read_text(encoding="utf-8").split("### ")[1:]
]
_NUMBERS = "一二三四五六七八"
_CONCLUSION = """
{}、综合评价结论
经综合评价，该项目得分86.00分，评价等级为“良”。
一级指标	分值	得分
决策	20	18
过程	20	17
产出	30	26
效益	30	25
合计	100	86
"""


def _report(body: str) -> str:
    """The fragment as a report: with a conclusion of its own, or with the one above."""
    if "等级为" in body or "自评表" in body.partition("\n")[0]:
        return body
    last = max(_NUMBERS.find(line[0]) for line in body.splitlines() if line[1:2] == "、")
    return body + _CONCLUSION.format(_NUMBERS[last + 1])


@pytest.mark.parametrize(("name", "body"), [(name, body) for name, _, body in _FRAGMENTS], ids=lambda value: value[:40])
def test_nothing_is_raised(name: str, body: str) -> None:
    """The report is read as one that is checked, and no finding of any severity is made."""
    reports = process("报告.txt", _report(body).encode()).reports
    assert any(one.relations for one in reports), name
    assert [(one.rule, one.title) for report in reports for one in report.findings] == []


def test_the_mid_term_rating_of_a_mid_term_report_is_its_own() -> None:
    """Total and grade of one sentence are compared though 中期 stands before the total only."""
    text = "木槿市滨河步道项目中期绩效评价报告\n一、评价结论\n本次中期评价总得分为79.60分，评价等级为“良”。\n"
    (report,) = process("报告.txt", text.encode()).reports
    assert [one.rule for one in report.findings] == ["grade-threshold"]


def test_a_score_alone_behind_its_heading_is_held_against_the_table() -> None:
    """The heading of the line names the indicator and its weight, so the score told behind it is the indicator's."""
    text = (
        "梧岭县2023年度路灯项目绩效评价报告\n一、过程指标分析\n"
        "（1）考核机制有效性（6分）：抽查发现两个月巡查不足，扣1.5分。得5分。\n"
        "二、评价结论\n项目得分84.5分，评价等级为“良”。\n"
        "指标\t分值\t得分\n考核机制有效性\t6\t4.5\n巡查完成率\t94\t80\n合计\t100\t84.5\n"
    )
    (report,) = process("报告.txt", text.encode()).reports
    assert "narrative-against-table" in [one.rule for one in report.findings]
