"""A file is parted where one report ends and the next begins, and nowhere else."""

import pytest

from tests.extractors.segment.layouts import parts

REPORT = """{title}

一、基本情况

（一）项目概况

{name}由县水利局实施，年度预算120万元。

二、评价结论

综合得分为{score}分，评价等级为“良”。

三、有关建议

建议加强管护，提高资金使用效益。
"""
FIRST = REPORT.format(title="渠道管护项目支出\n部门评价报告", name="渠道管护项目", score="86.5")
SECOND = REPORT.format(title="泵站更新项目支出\n部门评价报告", name="泵站更新项目", score="82")
FORM = """项目名称→→{name}→→→→
主管部门→→水利局→→实施单位→河道所→
项目资金（万元）→→年初预算数→全年执行数→分值→执行率→得分
→年度资金总额→100→95→10→95%→9.5
绩效指标→一级指标→二级指标→三级指标→指标值→分值→得分
→产出指标→数量指标→清淤长度→≥5公里→90→88
总分→→→→→100→97.5
"""
ANNEX = """
附件1：评分表

指标→权重→得分
决策→40→38
过程→60→48.5
合计→100→86.5

附件2：指标分析

一、决策分析

该指标得38分。

二、过程分析

该指标得48.5分。
"""


def extents(text: str) -> list[tuple[int, int]]:
    """First and last line of each part."""
    return [(part.lines[0].number or 0, part.lines[-1].number or 0) for part in parts(text)]


def test_two_reports_one_after_another() -> None:
    """The second begins with its title; together the parts hold every line once."""
    first, second = parts(FIRST + "\n" + SECOND)
    assert [line.text for line in first.front] == ["渠道管护项目支出", "部门评价报告"]
    assert [line.text for line in second.front] == ["泵站更新项目支出", "部门评价报告"]
    assert (second.lines[0].text, second.number) == ("泵站更新项目支出", 2)
    assert len(first.lines) + len(second.lines) == (FIRST + "\n" + SECOND).count("\n")


def test_an_annex_with_its_own_numbering_belongs_to_its_report() -> None:
    """A numbering that begins anew in an annex begins no report."""
    assert len(parts(FIRST + ANNEX)) == 1


def test_a_report_behind_an_annex_is_the_next() -> None:
    """An annex ends where the title of the next report stands."""
    first, second = parts(FIRST + ANNEX + "\n14\n\n" + SECOND)
    assert second.lines[0].text == "泵站更新项目支出"
    assert len(list(first.tables)) == 1


def test_a_title_page_and_a_repeated_title_are_one_report() -> None:
    """Cover, contents and the title printed again above the text begin one report."""
    contents = "目录\n一、基本情况→1\n二、评价结论→3\n三、有关建议→5\n\n"
    cover = "渠道管护项目支出部门评价报告\n\n委托单位：柏河县财政局\n2024年5月\n\n" + contents
    assert len(parts(cover + FIRST)) == 1
    two = parts(FIRST + "\n" + cover.replace("渠道管护", "泵站更新") + SECOND)
    assert [part.front[0].text for part in two] == ["渠道管护项目支出", "泵站更新项目支出部门评价报告"]


def test_an_introduction_above_the_first_heading_belongs_to_the_second_report() -> None:
    """A letter's opening between title and first heading does not hide the title."""
    intro = "泵站更新项目绩效自评报告\n\n县财政局：\n根据通知要求，我局认真开展自评，现将情况报告如下：\n\n一、"
    (_, second) = parts(FIRST + "\n" + SECOND.replace("泵站更新项目支出\n部门评价报告\n\n一、", intro))
    assert second.front[0].text == "泵站更新项目绩效自评报告"


def test_a_form_behind_a_report_belongs_to_it() -> None:
    """One attached self-evaluation form is no report of its own."""
    assert len(parts(FIRST + "\n附件：自评表\n\n" + FORM.format(name="渠道管护项目"))) == 1


def test_forms_of_several_projects_are_reports_of_their_own() -> None:
    """Each form with another project begins a part, with the title that stands above it."""
    text = "\n".join("项目支出绩效自评表\n" + FORM.format(name=name) for name in ("渠道管护", "泵站更新", "水质监测"))
    found = parts(text)
    assert [part.number for part in found] == [1, 2, 3]
    assert [part.front[0].text for part in found] == ["项目支出绩效自评表"] * 3
    assert [part.kind for part in found] == ["report"] * 3
    assert [table.table_id for part in found for table in part.tables] == ["t1", "t2", "t3"]


def test_forms_of_other_projects_behind_a_report_are_parts_of_their_own() -> None:
    """A report of a whole department with the forms of its projects: none of the forms belongs to the report."""
    forms = "\n".join("项目支出绩效自评表\n" + FORM.format(name=name) for name in ("泵站更新", "水质监测", "堤防加固"))
    found = parts(FIRST + "\n" + forms)
    assert [len(list(part.tables)) for part in found] == [0, 1, 1, 1]
    own = parts(FIRST + "\n" + forms.replace("泵站更新", "渠道管护项目"))
    assert [len(list(part.tables)) for part in own] == [1, 1, 1]


def test_a_table_of_several_projects_names_none_as_the_reports_own() -> None:
    """Their forms follow, one by one, the first of them too."""
    names = ("泵站更新", "水质监测", "堤防加固")
    rows = "".join(f"{number}→{name}→10→9\n" for number, name in enumerate(names, 1))
    table = "\n下属项目：\n\n序号→项目名称→预算→支出\n" + rows + "\n"
    forms = "\n".join("项目支出绩效自评表\n" + FORM.format(name=name) for name in names)
    head, _, rest = FIRST.partition("二、评价结论")
    found = parts(head + table + "二、评价结论" + rest + "\n" + forms)
    assert [len(list(part.tables)) for part in found] == [1, 1, 1, 1]


def test_a_list_of_projects_is_no_form() -> None:
    """项目名称 as the head of a column names no report."""
    table = "项目名称→{head}→支出\n渠道管护→10→9\n泵站更新→20→20\n合计→30→29\n"
    lists = table.format(head="预算") + "\n下表为上年情况。\n\n" + table.format(head="预算数")
    assert len(parts(FIRST + "\n" + lists)) == 1


def test_a_form_above_the_report_on_the_same_project_is_part_of_it() -> None:
    """Form first, then the report on it: one part; on another project: two."""
    text = FORM.format(name="渠道管护项目") + "\n" + FIRST
    assert len(parts(text)) == 1
    assert len(parts(FORM.format(name="堤防加固工程") + "\n" + FIRST)) == 2


@pytest.mark.parametrize(
    "title",
    [
        "泵站更新项目\n\n绩 效 评 价 报 告",
        "柏河县水利局关于2023年泵站更新项目绩效自评的报告",
        "柏河县水利局\n2023年度泵站更新项目绩效自评情况说明",
        "泵站更新项目绩效评价报告（摘要版）",
        "2023年度部门整体支出绩效自评报告",
    ],
)
@pytest.mark.parametrize("tail", ["", "\n决策  15  14\n过程  25  22\n合计  100  86.5\n"], ids=["text", "a table"])
def test_titles_in_all_wordings(title: str, tail: str) -> None:
    """A title with blanks between its letters, as a letter or a note; no table above runs across it."""
    text = SECOND.replace("泵站更新项目支出\n部门评价报告", title)
    (_, second) = parts(FIRST + tail + "\n" + text)
    assert second.front[-1].text == title.rsplit("\n", maxsplit=1)[-1]


def test_reports_of_unlike_numbering() -> None:
    """Parts in one report and chapters in the next: each is known by its own numbers."""
    outer = FIRST.replace("一、", "第一部分 ").replace("二、", "第二部分 ").replace("三、", "第三部分 ")
    assert len(parts(outer + "\n" + SECOND)) == 2
    assert len(parts(SECOND + "\n" + outer)) == 2


def test_a_title_repeated_above_the_text_is_the_same_report() -> None:
    """A summary with numbers of its own, then the title again and the text: one report."""
    summary = "渠道管护项目支出部门评价报告\n\n摘要\n\n一、总体结论\n\n得分86.5分。\n\n二、主要问题\n\n管护不足。\n\n"
    assert len(parts(summary + FIRST)) == 1


def test_a_running_head_inside_a_chapter_begins_no_report() -> None:
    """The report's own title, printed again above a heading of the second level; and below its form, above the text."""
    title = "渠道管护项目支出部门评价报告"
    text = FIRST.replace("建议加强管护", f"略。\n\n{title}\n5\n\n（一）加强管护。建议加强管护")
    assert len(parts(title + "\n\n" + text)) == 1
    noted = (
        FORM.format(name="渠道管护项目")
        + "\n1.金额单位为万元。\n2.等级分为四档。\n3.数据截至年底。\n\n渠道管护项目自评情况说明\n"
    )
    assert len(parts(noted + "\n一、资金情况\n\n预算100万元。\n\n二、结论\n\n自评97.5分。\n")) == 1


def test_a_form_of_a_project_that_the_report_never_names() -> None:
    """It stands behind another report and is one of its own; a like name is the same project's."""
    form = "\n项目支出绩效自评表\n" + FORM
    assert len(parts(FIRST + form.format(name="校园网络安全加固"))) == 2
    assert len(parts(FIRST + form.format(name="渠道管护经费项目"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "第一部分 概况\n一、背景\n甲。\n二、内容\n乙。\n第二部分 结论\n一、得分\n丙。\n二、等级\n丁。\n",
        "一、概况\n甲。\n二、结论\n乙。\n改进措施\n一、加强管理\n丙。\n二、加快支付\n丁。\n",
        "一、概况\n甲。\n二、结论\n乙。\n根据《渠道管护绩效评价报告》\n一、加强管理\n丙。\n",
    ],
    ids=["parts with their own numbering", "a lost heading", "a title quoted"],
)
def test_a_numbering_that_begins_anew_is_not_enough(text: str) -> None:
    """Only a title begins a report."""
    assert len(parts("柏河县绩效评价报告\n\n" + text)) == 1


def test_a_chapter_whose_number_stands_right_before_its_name_is_no_title() -> None:
    """Prints lose the blank behind the number; the next line is numbered by it."""
    lists = "1. 全年举办培训3期。\n2. 开展检查3轮，已整改37处。\n3. 全年未发生事故。\n"
    text = "渠道管护项目支出绩效自评报告\n\n1项目概况\n1.1 项目背景\n项目由县水利局实施，预算120万元。\n"
    text += f"2组织实施情况\n2.1 管理制度\n{lists}3绩效自评情况\n3.1 评分结果\n综合得分为86.5分。\n"
    text += f"4存在问题\n{lists}2031年3月26日\n"
    assert len(parts(text)) == 1
    assert len(parts(FIRST + "\n\f\n" + SECOND)) == 2


WHOLE = """栖川县法院2023年度部门整体支出绩效自评报告

一、部门概况

编制42名，在编40名。

二、自评结论

自评总分91.5分，等级为“优”。信息化二期项目单独自评。

                         栖川县法院
                         2024年3月15日

附件：项目支出绩效自评表（2023年度）

项目名称：信息化二期          主管部门：市中级法院
"""
FUNDS = """
项目资金            年初预算   全年执行   分值   执行率    得分
年度资金总额          98.25     88.43     10    90.01%    9.00
 其中：财政拨款       98.25     88.43     —    90.01%      —

三级指标              分值   年度指标值     实际完成值     得分
科技法庭改造           50     6个            6个           50
网上立案率             40     ≥40%          43.44%        36
总分                  100                                 95
"""


@pytest.mark.parametrize("form", [FUNDS, FORM.format(name="信息化二期")])
def test_the_form_of_a_project_behind_the_report_of_a_whole_body(form: str) -> None:
    """It has a total of its own, though the report names the project; the signature is the report's."""
    first, second = parts(WHOLE + form)
    assert second.lines[0].text == "附件：项目支出绩效自评表（2023年度）"
    assert "2024年3月15日" in first.lines[-3].text + first.lines[-2].text + first.lines[-1].text


def test_the_form_of_the_whole_body_is_part_of_its_report() -> None:
    """附件：部门整体支出绩效自评表 is filled in for the body reported on."""
    assert len(parts(WHOLE.replace("附件：项目支出", "附件：部门整体支出") + FORM.format(name="信息化二期"))) == 1
