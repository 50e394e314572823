"""Small tables of one group each are put together below their groups; their total rows are the groups' own."""

import pytest

from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.segment.segment import segment
from normalizers.normalize import normalize
from pipeline.process import process

_TOP = """苇塘县2031年渔港清淤项目绩效评价报告

一、评价结论
本项目综合得分{total}分，评价等级为“优”。

二、指标分析
"""
_WHOLE = """
附件：绩效评价指标评分表
一级指标\t二级指标\t三级指标\t分值\t得分
决策\t项目立项\t立项论证\t10\t10
\t绩效目标\t目标设定\t20\t18
产出\t产出数量\t清淤方量\t50\t47
\t产出质量\t验收情况\t20\t20
合计\t\t\t100\t95
"""
_SUMMARY = "\n（三）汇总\n一级指标\t分值\t得分\n决策\t30\t28\n产出\t70\t67\n合计\t100\t95\n"
_ITEMS = (
    (("立项论证", "项目立项", "10", "10"), ("目标设定", "绩效目标", "20", "18")),
    (
        ("清淤方量", "产出数量", "50", "47"),
        ("验收情况", "产出质量", "20", "20"),
    ),
)
_GROUPS = {"决策": ("30", "28"), "产出": ("70", "67")}


def _report(head: str, row: str, last: str, heading: str) -> str:
    text = _TOP.format(total="95")
    for number, (group, items) in enumerate(zip(_GROUPS, _ITEMS, strict=True)):
        weight, score = _GROUPS[group]
        text += heading.format("一二"[number], group, weight) + "\n" + head + "\n"
        text += "".join(row.format(*item, group) + "\n" for item in items)
        text += last.format(weight, score) + "\n\n"
    return text


_LAYOUTS = {
    "names alone": ("指标名称\t分值\t得分", "{0}\t{2}\t{3}", "合计\t{0}\t{1}", "（{0}）{1}类指标（{2}分）"),
    "a subtotal": ("指标名称\t分值\t得分", "{0}\t{2}\t{3}", "小计\t{0}\t{1}", "（{0}）{1}指标得分情况"),
    "two levels": (
        "二级指标\t三级指标\t分值\t得分",
        "{1}\t{0}\t{2}\t{3}",
        "合计\t\t{0}\t{1}",
        "（{0}）{1}情况（{2}分）",
    ),
    "named by the caption": (
        "三级指标\t分值\t得分",
        "{0}\t{2}\t{3}",
        "小计\t{0}\t{1}",
        "（{0}）得分情况\n表{0} {1}类指标得分情况表",
    ),
    "all levels": (
        "一级指标\t二级指标\t三级指标\t分值\t得分",
        "{4}\t{1}\t{0}\t{2}\t{3}",
        "合计\t\t\t{0}\t{1}",
        "（{0}）{1}指标分析",
    ),
}


def _groups(text: str) -> dict[str, tuple[str, str]]:
    document = read("report.txt", text.encode())
    (part,) = segment(document)
    report = normalize(document, extract(part))
    found = {}
    for one in report.indicators:
        weight, score = one.get("weight"), one.get("score")
        if one.level == 1 and one.scope == 0 and weight is not None and score is not None:
            found[one.name.removesuffix("指标").removesuffix("类").removesuffix("情况")] = (weight.text, score.text)
    return found


@pytest.mark.parametrize("layout", _LAYOUTS)
@pytest.mark.parametrize("whole", ["", _WHOLE, _SUMMARY])
def test_the_total_row_is_that_of_the_group_above(layout: str, whole: str) -> None:
    """Named by the heading or by the table, alone or beside a table of all groups; nothing contradicts itself."""
    text = _report(*_LAYOUTS[layout]) + whole
    assert _groups(text) == _GROUPS
    (report,) = process("report.txt", text.encode()).reports
    assert [finding.rule for finding in report.findings] == []


def test_a_wrong_total_row_is_found() -> None:
    """The group's total row is held against its rows."""
    text = _report(*_LAYOUTS["names alone"]).replace("合计\t30\t28", "合计\t30\t27")
    (report,) = process("report.txt", text.encode()).reports
    assert {finding.rule for finding in report.findings} & {"score-sum", "score-total"}


def test_a_misprinted_total_of_the_only_table_stays_the_report_s() -> None:
    """`合计 98 95` below weights of 100 is no group's total."""
    (report,) = process("report.txt", (_TOP.format(total="95") + _WHOLE.replace("100\t95", "98\t95")).encode()).reports
    assert "weight-total" in {finding.rule for finding in report.findings}


def test_a_table_of_another_rating_is_a_tree_of_its_own() -> None:
    """What a survey scores out of a hundred adds nothing to indicators whose weights make a hundred already."""
    survey = "\n表2 满意度得分情况\n题目\t分值\t平均得分\n清淤效果\t60\t55\n施工扰民\t40\t36\n合计\t100\t91\n"
    (report,) = process("report.txt", (_TOP.format(total="95") + _WHOLE + survey).encode()).reports
    assert {one.name: one.scope for one in report.report.indicators if one.name in ("清淤方量", "清淤效果")} == {
        "清淤方量": 0,
        "清淤效果": 1,
    }
    assert list(report.findings) == []


def test_the_remark_of_a_total_row_is_told_of_no_indicator() -> None:
    """`扣5分` beside the total is what all of them lost."""
    table = "指标名称\t分值\t得分\t评分说明\n立项论证\t30\t28\t论证不全，扣2分\n"
    table += "清淤方量\t70\t67\t少清一段，扣3分\n总计\t100\t95\t扣5分\n"
    (report,) = process("report.txt", (_TOP.format(total="95") + table).encode()).reports
    assert list(report.findings) == []
