"""Self-evaluations written as lines of labelled values (文字式自评) become indicators with target and actual value."""

import pytest

from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.rows.labelled import bare_name, labelled_lines
from extractors.rows.model import IndicatorField
from extractors.rows.text import squeeze
from extractors.segment.segment import segment
from normalizers.normalize import normalize
from normalizers.records import EvaluationReport
from tests.extractors.rows.case_files import flow

FORM = """青杨县2031年职业技能培训补贴项目绩效自评报告

一、项目概况
本项目2031年预算200万元，支出190万元。

二、绩效目标完成情况
（一）产出指标
1.数量指标
（1）培训人次：目标值≥500人次，实际完成值520人次，分值10分，自评得分10分。
（2）开班期数，年度指标值12期，全年完成值11期，完成率91.67%，分值10分，得9.17分。
2.质量指标：指标1：培训合格率，指标值≥95%，实际值96.2%，分值15分，得分15分。
（二）效益指标
1.社会效益指标
该指标目标值：带动就业≥300人，实际完成310人，分值20分，得分20分。
2.可持续影响指标：长效机制建设。
指标值：有效提升，实际完成情况：有效提升，分值10分，得分9分。
"""
READ = [
    "产出指标 - - - -",
    "产出指标/数量指标 - - - -",
    "产出指标/数量指标/培训人次 10分 10分 ≥500人次 520人次",
    "产出指标/数量指标/开班期数 10分 9.17分 12期 11期",
    "产出指标/质量指标 - - - -",
    "产出指标/质量指标/培训合格率 15分 15分 ≥95% 96.2%",
    "效益指标 - - - -",
    "效益指标/社会效益指标 20分 20分 带动就业≥300人 310人",
    "效益指标/可持续影响指标 - - - -",
    "效益指标/可持续影响指标/长效机制建设 10分 9分 有效提升 有效提升",
]


def _normalized(text: str) -> EvaluationReport:
    document = read("report.txt", text.encode())
    (part,) = segment(document)
    return normalize(document, extract(part))


def _shown(report: EvaluationReport) -> list[str]:
    fields: tuple[IndicatorField, ...] = ("weight", "score", "target", "actual")
    return [
        " ".join(
            ["/".join((*one.path, one.name)), *((found.text if (found := one.get(name)) else "-") for name in fields)]
        )
        for one in report.indicators
    ]


NAMED = """青杨县2031年护岸整治项目绩效自评报告

一、项目概况
本项目2031年预算200万元，支出190万元。

二、绩效目标完成情况
（一）产出指标——数量指标
指标名称：新修护岸；年度指标值：≥1.50公里；实际完成值：1.56公里（含支沟）；分值：30；得分：30
指标名称：改造涵闸；年度指标值：5座；实际完成值：4座（因征地未办结，1座未开工）；分值：20；得分：16
（二）产出指标——时效指标
指标名称：完工时间；年度指标值：2031年11月30日前；实际完成值：2031年12月20日（推迟20天）；分值：20；得分：15
（三）满意度指标——服务对象满意度指标
指标名称：沿岸居民满意度；年度指标值：≥95%；实际完成值：96%；分值：30；得分：30
"""
NAMED_READ = [
    "产出指标 - - - -",
    "产出指标/数量指标 - - - -",
    "产出指标/数量指标/新修护岸 30 30 ≥1.50公里 1.56公里",
    "产出指标/数量指标/改造涵闸 20 16 5座 4座",
    "产出指标/时效指标 - - - -",
    "产出指标/时效指标/完工时间 20 15 2031年11月30日前 2031年12月20日",
    "满意度指标 - - - -",
    "满意度指标/服务对象满意度指标 - - - -",
    "满意度指标/服务对象满意度指标/沿岸居民满意度 30 30 ≥95% 96%",
]


def test_the_name_may_be_labelled_too_and_a_heading_name_two_levels() -> None:
    """`指标名称：…；年度指标值：…` below `产出指标——数量指标`; remarks in brackets belong to no value."""
    assert _shown(_normalized(NAMED)) == NAMED_READ


def test_lines_of_labelled_values_are_indicators_below_the_headings_of_their_groups() -> None:
    """The name stands in the line, in its heading or in the paragraph before; the framework's headings are groups."""
    assert _shown(_normalized(FORM)) == READ


@pytest.mark.parametrize(
    ("line", "name", "fields"),
    [
        ("覆盖率，目标值≥95%，实际值96%，得分5分。", "覆盖率", "target actual score"),
        ("分值6分，年初目标值12场，实际完成9场，得分4.5分。", None, "weight target actual score"),
        ("目标值为1,200人；实际完成值为1,180人；得9.83分", None, "target actual score"),
        ("目标值≥95%，实际值96%。", None, ""),
        ("分值6分，得分5分。", None, ""),
        ("目标值≥95%，因疫情影响，实际值90%，得分4分。", None, "actual score"),
    ],
)
def test_a_line_needs_an_answer_and_points(line: str, name: str | None, fields: str) -> None:
    """Target or actual value with weight or score, each behind its label and nothing between them; else no line."""
    found = labelled_lines(squeeze(flow(line)))
    assert " ".join(field for one in found for field, _ in one.fields) == fields
    assert [one.name.text if one.name else None for one in found] == ([name] if fields else [])


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [("培训人次。", "培训人次"), ("指标1：合格率", "合格率"), ("培训，考核。", None), ("完成情况。", None)],
)
def test_a_paragraph_that_only_names(paragraph: str, name: str | None) -> None:
    """A paragraph is a name if it says nothing else."""
    found = bare_name(squeeze(flow(paragraph)))
    assert (found.text if found else None) == name


def test_items_of_the_framework_below_their_group_are_not_the_group() -> None:
    """`产出数量12分` below `产出（35分）` is an indicator of its own, one level down."""
    text = (
        "临泽市2031年河道整治绩效评价报告\n\n一、指标分析\n1.决策（20分）。项目立项8分，得8分；绩效目标12分，得11分。\n"
    )
    text += "2.产出（35分）。产出数量20分，得19分；产出质量15分，得15分。\n"
    assert [(one.level, *one.path, one.name) for one in _normalized(text).indicators] == [
        (1, "决策"),
        (2, "决策", "项目立项"),
        (2, "决策", "绩效目标"),
        (1, "产出"),
        (2, "产出", "产出数量"),
        (2, "产出", "产出质量"),
    ]
