"""Another place or body in the stead of the report's own is raised; verbs, other ranks and partners are not."""

import pytest

from pipeline.process import process

_REPORT = """青石县第二中学2023年操场改造项目绩效自评报告
一、项目概况
青石县第二中学现有42个教学班，青石县操场改造工程于2023年9月完工。
青石县第二中学按照青石县财政局批复组织实施，青石县校园环境得到改善。
{told}
二、自评结论
经自评，项目得分96.00分，自评等级为“优”。
附件
项目支出绩效自评表
（2023年度）
项目名称	操场改造项目
主管部门	青石县教育局
实施单位	{body}
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
产出指标	数量指标	操场面积	6480平方米	6480平方米	60	58
效益指标	社会效益	学生受益	2186人	2186人	40	38
合计					100	96
"""


def _raised(told: str = "", body: str = "青石县第二中学") -> list[str]:
    text = _REPORT.format(told=told, body=body)
    (report,) = process("自评.txt", text.encode()).reports
    return [one.title for one in report.findings if one.severity != "info"]


def test_a_body_of_another_number_in_the_form_is_raised() -> None:
    """第一中学 carries out nothing in the report of 第二中学."""
    assert _raised() == []
    assert _raised(body="青石县第一中学") == ["疑为模板残留的名称：“青石县第一中学”"]


def test_a_partner_told_of_elsewhere_is_not_raised() -> None:
    """A school that the text names too is another one taking part."""
    assert _raised(told="青石县第一中学代为组织招标。", body="青石县第一中学") == []


def test_another_place_as_the_subject_of_the_conclusion_is_raised() -> None:
    """The words behind it stand behind the report's own place elsewhere."""
    assert _raised(told="评价认为，禾沛县校园环境得到改善。") == ["疑为模板残留的名称：“禾沛县”"]


@pytest.mark.parametrize(
    "told",
    [
        "评价认为，推进县校园环境得到改善有成效。评价认为，推进有力。",
        "评价认为，全县校园环境得到改善。",
        "评价认为，禾沛市校园环境得到改善。",
        "评价认为，禾沛县校园环境得到改善的经验值得学习。",
        "禾沛县承担对口帮扶任务。评价认为，禾沛县校园环境得到改善。",
        "评价认为，禾沛县工作扎实。",
    ],
)
def test_verbs_other_ranks_and_places_spoken_of_are_not_raised(told: str) -> None:
    """What is no name, no place of the same rank, or is spoken of for a reason."""
    assert _raised(told=told) == []
