"""Who reports on what, for which year and when: title pages, forms, signatures and prose."""

import pytest

from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.rows.front import project_of
from extractors.segment.segment import segment
from tests.extractors.rows.grids import grid
from tests.extractors.rows.reports import report


def _first(part_rows, name: str) -> str | None:  # type: ignore[no-untyped-def]
    return next((printed.text for key, printed in part_rows.fields if key == name), None)


def test_a_title_page_names_everybody() -> None:
    """Labels give the bodies and the date; the title is joined from its lines, its bracket included."""
    rows = extract(
        report(
            [
                "云屏县乡村客运补贴项目",
                "绩效评价报告",
                "（简版）",
                "委托单位：云屏县财政局",
                "项目实施单位：云屏县交通运输局",
                "项目主管部门：云屏县交通运输局",
                "编制单位：青衡管理咨询（云屏）有限公司",
                "2024年7月",
            ]
        )
    )
    assert _first(rows, "title") == "云屏县乡村客运补贴项目绩效评价报告（简版）"
    assert _first(rows, "project") == "云屏县乡村客运补贴项目"
    assert _first(rows, "commissioning_body") == "云屏县财政局"
    assert _first(rows, "evaluated_body") == "云屏县交通运输局"
    assert _first(rows, "supervising_body") == "云屏县交通运输局"
    assert _first(rows, "evaluator") == "青衡管理咨询（云屏）有限公司"
    assert _first(rows, "report_date") == "2024年7月"


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("单位负责人：  填表人：  联系电话：  填报日期：2024年7月", "8日"),
        ("单位负责人：  填表人：  填报日期：2024", "年7月8日"),
        ("单位负责人：填表人：联系电话：填报日期：2024年7月8日", ""),
    ],
)
def test_the_date_at_the_end_of_a_line_of_labels_is_whole(upper: str, lower: str) -> None:
    """It may go on below, and a print without blanks may set one label right behind another, whose value is missing."""
    rows = extract(report(["项目支出绩效目标申报表", "填报单位：云屏县卫生健康局", upper, lower]))
    assert _first(rows, "report_date") == "2024年7月8日"


def test_a_body_above_a_whole_title_is_not_part_of_it() -> None:
    """A line with the body's name above a title that is whole without it names the evaluated body."""
    rows = extract(report(["雾川县商务局", "2021年度农村电商项目资金绩效自评报告"]))
    assert _first(rows, "title") == "2021年度农村电商项目资金绩效自评报告"
    assert _first(rows, "evaluated_body") == "雾川县商务局"
    assert _first(rows, "fiscal_year") == "2021年度"


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("云屏县2022年度农村公路养护项目绩效评价报告", "农村公路养护项目"),
        ("雾川市水利局2023年度防汛物资储备资金绩效评价报告", "防汛物资储备资金"),
        ("桂澜市校车运行补贴项目支出部门评价报告", "桂澜市校车运行补贴"),
        ("桂澜市老旧管网改造项目支出绩效评价报告(摘要版)", "桂澜市老旧管网改造项目"),
        ("青蘅区职业培训行动资金项目绩效评价报告", "青蘅区职业培训行动资金项目"),
        ("鹭汀新区环卫作业服务项目2023年度绩效评价报告", "鹭汀新区环卫作业服务项目"),
        ("墨丘县水务局2023年度部门整体支出绩效自评报告", ""),
        ("2023年度项目支出绩效自评表", ""),
        ("项目支出绩效目标申报表(2024年度)", ""),
    ],
)
def test_the_project_is_what_the_title_leaves(title: str, project: str) -> None:
    """Between the year and the kind of report stands the project; a report on a whole department has none."""
    assert project_of(title) == project


def test_a_form_names_project_and_bodies() -> None:
    """The cell behind a label is its value, unless it is a label too."""
    form = grid(["项目名称 | 村级卫生室改造", "主管部门 | | 实施单位 | 雾川县卫生健康局"])
    rows = extract(report(["2022年度项目支出绩效自评报告"], None, form))
    assert _first(rows, "project") == "村级卫生室改造"
    assert _first(rows, "evaluated_body") == "雾川县卫生健康局"
    assert _first(rows, "supervising_body") is None


def test_a_signature_dates_a_report() -> None:
    """The last body with a date below it signs the report."""
    rows = extract(
        report(
            ["2021年度旅游发展资金绩效自评报告"], [("其他", ["建议加大投入。", "霁川市文化和旅游局", "2022年4月15日"])]
        )
    )
    assert _first(rows, "report_date") == "2022年4月15日"
    assert _first(rows, "evaluator") == "霁川市文化和旅游局"


def test_prose_names_bodies_by_their_part_and_short_names_stand_for_full_ones() -> None:
    """受…委托, 作为主管单位 and 负责资金的具体使用 tell bodies; 以下简称 is resolved."""
    rows = extract(
        report(
            ["报关服务费项目支出部门评价报告"],
            [
                (
                    "基本情况",
                    [
                        "云海市商务局（以下简称“市商务局”）统筹本项目。受云海市财政局委托，青衡会计师事务所组成评价组。",
                        "云海海关作为资金的主管部门，监督资金；下属单位云海口岸数据中心负责资金的具体使用管理。",
                        "今年六月，市商务局对本项目开展绩效评价工作。",
                    ],
                )
            ],
        )
    )
    assert _first(rows, "commissioning_body") == "云海市财政局"
    assert _first(rows, "supervising_body") == "云海海关"
    assert _first(rows, "evaluated_body") == "云海口岸数据中心"
    assert "云海市商务局" in [printed.text for name, printed in rows.fields if name == "evaluator"]


def test_a_total_of_prose_comes_before_that_of_a_table() -> None:
    """The conclusion states the report's total; the table's total row is another mention of it."""
    table = grid(["指标 | 分值 | 得分", "决策 | 40 | 38", "过程 | 60 | 50", "合计 | 100 | 88"])
    body = [("评价结论", ["综合评价得分87.5分，评价等级为“良”。"])]
    rows = extract(report(["某项目绩效评价报告"], body, table))
    assert [printed.text for name, printed in rows.fields if name == "total_score"] == ["87.5分", "88"]
    assert _first(rows, "grade") == "良" and _first(rows, "total_weight") == "100"


def test_a_spenders_own_score_is_no_total_of_an_evaluation() -> None:
    """自评得分 is the total of a self-evaluation only."""
    body = [("评价结论", ["单位自评得分98分，评价组评定综合得分85.5分。"])]
    rows = extract(report(["某市绿化养护项目绩效评价报告"], body))
    assert [printed.text for name, printed in rows.fields if name == "total_score"] == ["85.5分"]
    own = extract(report(["某市绿化养护项目绩效自评报告"], [("自评结论", ["该项目自评得分98分。"])]))
    assert [printed.text for name, printed in own.fields if name == "total_score"] == ["98分"]


def _years(told: str) -> set[str]:
    text = f"云屏县图书馆免费开放项目绩效评价报告\n\n一、资金情况\n{told}\n"
    (part,) = segment(read("r.txt", text.encode()))
    return {printed.text for name, printed in extract(part).fields if name == "fiscal_year"}


def test_the_one_year_whose_budget_is_told_is_the_year_evaluated() -> None:
    """Where nothing else names it; budgets of several years leave it open."""
    assert _years("2023年预算610万元，实际支出587万元。") == {"2023年"}
    assert _years("2022年预算560万元，2023年预算610万元。") == set()
