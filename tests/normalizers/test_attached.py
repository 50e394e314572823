"""A spender's own form attached to another's report is a rating apart, and its total is not the report's."""

from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.segment.segment import segment
from normalizers.normalize import normalize
from normalizers.records import EvaluationReport

_REPORT = """{title}

一、评价结论
经评价，项目{whose}总得分为88分，绩效等级为“良”。

一级指标\t权重\t得分
决策\t20\t18
产出\t80\t70
合计\t100\t88

附件：项目支出绩效自评表

一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t修缮灯塔\t≥6座\t6座\t60\t60
效益指标\t社会效益指标\t航道事故数\t≤1起\t0起\t40\t{last}
总分\t\t\t\t\t100\t{total}
"""


def _report(title: str, whose: str, last: str, total: str) -> EvaluationReport:
    document = read("r.txt", _REPORT.format(title=title, whose=whose, last=last, total=total).encode())
    (part,) = segment(document)
    return normalize(document, extract(part))


def test_an_attached_form_is_a_rating_apart() -> None:
    """Its indicators are kept in a tree of their own; the report's total and tree are those of its text."""
    report = _report("屿澜县2023年灯塔修缮项目绩效评价报告", "", "37", "97")
    totals = {mention.text.rstrip("分") for mention in report.field_mentions if mention.field == "total_score"}
    assert totals == {"88"}
    assert [one.name for one in report.indicators if one.scope == 0] == ["决策", "产出"]
    assert {"修缮灯塔", "航道事故数"} <= {one.name for one in report.indicators if one.scope == 1}


def test_the_form_of_a_self_evaluation_is_the_reports_own() -> None:
    """Where the spender reports, or the totals agree, the form's total is one more statement of the report's."""
    own = _report("屿澜县2023年灯塔修缮项目绩效自评报告", "自评", "37", "97")
    same = _report("屿澜县2023年灯塔修缮项目绩效评价报告", "", "28", "88")
    for report, total in ((own, "97"), (same, "88")):
        stated = [m for m in report.field_mentions if m.field == "total_score" and m.span.cell is not None]
        assert total in {mention.text for mention in stated}
