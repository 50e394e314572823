"""What programs other than ours do when they write a PDF, drawn in small."""

import pymupdf
import pytest

from extractors.readers.pdf.symbols import normal
from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.segment.model import Paragraph
from extractors.segment.segment import segment
from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

EDGES = [60, 108, 138, 166, 236, 264, 400, 440]


@pytest.mark.parametrize(("radical", "character"), list(zip("⻓⼾⺠⻔⻛⾏⽔", "长户民门风行水", strict=True)))
def test_radicals_are_read_as_the_characters_whose_glyph_they_share(radical: str, character: str) -> None:
    """Browsers and office programs name one glyph by either code; the report's words need the character."""
    assert normal(ord(radical), "NotoSerifCJKsc") == character


def test_a_number_is_whole_that_its_cell_has_no_room_for() -> None:
    """`100` over two lines is one number; two figures with room to spare stay two."""
    rows = [["指标", "权重", "分值", "说明"], ["合计", "10|0", "10|5", "如期"], ["产出", "9", "9", "按期"]]
    document = printed(Sheet([Ruled([60, 120, 139, 200, 260], rows)]))
    assert shown(tables_of(document)[0])[1] == "合计 | 100 | 10 5 | 如期"


def test_full_width_digits_are_read_as_the_digits_they_are() -> None:
    """In a cell, and where they go on behind others; what was printed is kept beside what was read."""
    rows = [["指标", "得分"], ["产出", "１７．９４"], ["效益", "17.9４"], ["合计", "35.88"]]
    document = printed(Sheet([Ruled([60, 160, 260], rows)]))
    assert shown(tables_of(document)[0])[1:] == ["产出 | 17.94", "效益 | 17.94", "合计 | 35.88"]
    raws = {line.raw for page in document.pages for line in page.lines if "17.94" in line.text}
    assert raws == {"１７．９４", "17.9４"}


def test_a_rate_over_three_lines_is_one_number() -> None:
    """Only the last of them has the sign of percent, so that 3.6 is no value by itself."""
    rows = [["指标", "预算", "执行", "说明"], ["中央", "4,320,0|00.00", "-|3.6|1%", "如期"], ["县级", "1", "2%", ""]]
    document = printed(Sheet([Ruled([60, 120, 158, 183, 260], rows)]))
    assert shown(tables_of(document)[0])[1] == "中央 | 4,320,000.00 | -3.61% | 如期"


def test_a_number_inside_a_sentence_goes_on_in_the_next_line_of_its_cell() -> None:
    """Digits on both sides of a full line's end are one number; a line that ends early breaks none."""
    rows = [["指标", "评分说明", "得分"], ["执行率", "全年拨付资金852|3万元，得4分", "4"], ["到位率", "到位1|2笔", "3"]]
    document = printed(Sheet([Ruled([60, 120, 226, 270], rows)]))
    assert shown(tables_of(document)[0])[1:] == [
        "执行率 | 全年拨付资金8523万元，得4分 | 4",
        "到位率 | 到位1 2笔 | 3",
    ]


def test_a_name_set_upright_in_a_narrow_cell_stands_in_its_cell() -> None:
    """Text that runs down the page beside rows that run across it belongs to the cell around it."""
    rows = [
        ["一级指标", "二级指标", "分值", "得分"],
        ["/决策", "项目立项", "8", "7"],
        ["↑", "绩效目标", "6", "6"],
        ["/产出", "产出数量", "10", "9"],
        ["↑", "产出质量", "5", "5"],
    ]
    table = tables_of(printed(Sheet([Ruled([60, 110, 180, 220, 260], rows)])))[0]
    assert shown(table)[1:] == [
        "决策 | 项目立项 | 8 | 7",
        "决策 | 绩效目标 | 6 | 6",
        "产出 | 产出数量 | 10 | 9",
        "产出 | 产出质量 | 5 | 5",
    ]


def test_a_head_printed_again_on_every_page_is_no_running_head() -> None:
    """Its words stand at the edge of four pages, but inside a grid: all its rows are the repeated header."""
    head = ["评价指标体系", "评分情况说明", "得分"]
    sheets = [Sheet([Ruled([60, 200, 320, 380], [head, [f"事项{page}", "完成", str(page)]])]) for page in range(1, 6)]
    table = tables_of(printed(*sheets))[0]
    assert (table.n_rows, table.repeated_headers) == (10, (2, 4, 6, 8))


def test_a_column_with_room_for_one_digit_prints_numbers_digit_by_digit() -> None:
    """Weights of two and three digits in the narrowest of columns."""
    rows = [["指标", "分|值", "得分"], ["新建数量", "1|5", "15"], ["验收", "8", "8"], ["合计", "1|0|0", "92"]]
    table = tables_of(printed(Sheet([Ruled([60, 120, 138, 180], rows)])))[0]
    assert [row.split(" | ")[1] for row in shown(table)[1:]] == ["15", "8", "100"]


def test_a_quotient_in_a_cell_is_no_page_number() -> None:
    """`3/12` alone on a line is one; in a cell it is content."""
    rows = [["指标", "分值", "说明"], ["新能源车占比", "8", "174/198"], ["满意度", "8", "3/12"]]
    table = tables_of(printed(Sheet([Ruled([60, 160, 220, 320], rows)])))[0]
    assert shown(table)[1:] == ["新能源车占比 | 8 | 174/198", "满意度 | 8 | 3/12"]


def test_a_title_that_has_come_to_its_end_does_not_run_on() -> None:
    """The body's name stands below in the same large print."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((72, 90), "澄麓市二〇二三年度河道整治项目绩效评价报告", fontname="china-s", fontsize=21)
    page.insert_text((190, 125), "澄麓市水务局河道所", fontname="china-s", fontsize=21)
    for line in range(8):
        page.insert_text(
            (72, 180 + 20 * line), "正文里说的是河道整治的资金和工期。" * 2, fontname="china-s", fontsize=12
        )
    texts = [line.text for line in read("title.pdf", pdf.tobytes()).lines]
    assert texts[:2] == ["澄麓市二〇二三年度河道整治项目绩效评价报告", "澄麓市水务局河道所"]


def test_a_header_printed_again_in_part_keeps_the_columns_of_the_whole() -> None:
    """The second row of the header, which tells the two scores apart, is printed on the first page only."""
    head = ["一级指标", "二级指标", "分值", "得分", "", "说明"]
    first = Ruled(
        [60, 120, 190, 230, 270, 310, 380], [head, ["", "", "", "自评", "复核", ""], *_scored("决策", "项目立项")]
    )
    second = Ruled([60, 120, 190, 230, 270, 310, 380], [head, *_scored("过程", "资金管理")])
    rows = [row for part in segment(printed(Sheet([first]), Sheet([second]))) for row in extract(part).indicators]
    scores = {row.name.text: value.text for row in rows for field, value in row.fields if field == "score"}
    assert scores == {"项目立项": "6", "资金管理": "6"}


def _scored(level1: str, level2: str) -> list[list[str]]:
    return [[level1, level2, "8", "7", "6", "材料不全"]]


def test_a_form_whose_first_row_is_printed_again_goes_on_with_its_last_columns() -> None:
    """Page two repeats the heads of the money rows, though the rows below are indicators."""
    edges = [60, 120, 190, 250, 310, 360, 410]
    money = ["项目资金（万元）", "全年预算数", "全年执行数", "执行率", "", ""]
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "分值", "得分"]
    first = Ruled(
        edges, [money, ["年度资金总额", "80.00", "60.00", "75.00%", "", ""], heads, _target("数量指标", "栽植株数")]
    )
    second = Ruled(edges, [money, _target("质量指标", "成活率")])
    rows = [row for part in segment(printed(Sheet([first]), Sheet([second]))) for row in extract(part).indicators]
    assert [row.name.text for row in rows if row.level == 3] == ["栽植株数", "成活率"]


def _target(level2: str, level3: str) -> list[str]:
    return ["产出指标", level2, level3, "90", "8", "7"]


def test_a_table_without_rules_goes_on_over_a_page_break_that_cut_a_row() -> None:
    """The rest of the name and of the sentence stand above the first row of the second page."""
    heads = ["一级指标", "二级|指标", "权重", "三级指标", "分值", "评分说明", "得分"]
    upper = ["产出", "产出|数量", "12", "新建泵站", "5", "如数建成", "5"]
    cut = ["", "", "", "改造管道|长度及闸", "7", "管道按期改造|完毕，闸门迟", "6"]
    lower = ["", "", "", "门数量", "", "到两月", ""]
    last = ["效益", "社会|效益", "9", "受益人口", "9", "已达到", "9"]
    first = Ruled(EDGES, [heads, upper, ["效益", "生态|效益", "4", "水质", "4", "达标", "4"], cut], rules=False)
    second = Ruled(EDGES, [heads, lower, last], rules=False)
    table = tables_of(printed(Sheet([first]), Sheet([second])))[0]
    rows = [row for number, row in enumerate(shown(table)) if number not in (0, *table.repeated_headers)]
    assert [row.split(" | ")[3:] for row in rows] == [
        ["新建泵站", "5", "如数建成", "5"],
        ["水质", "4", "达标", "4"],
        ["改造管道长度及闸门数量", "7", "管道按期改造完毕，闸门迟到两月", "6"],
        ["受益人口", "9", "已达到", "9"],
    ]


def test_a_name_goes_on_where_its_bracket_is_closed() -> None:
    """Names with their points over two lines, without rules and without a blank between the rows."""
    heads = ["一级指标", "二级指标", "三级指标", "得分", "得分率"]
    rows = [
        ["决策（20分）", "河道整治（8", "清淤长度（4分）", "3", "75%"],
        ["", "分）", "护岸长度（4分）", "4", "100%"],
    ]
    rows += [["", "闸站改造（12", "更新闸门（6分）", "6", "100%"], ["", "分）", "更换水泵（6分）", "3", "50%"]]
    table = tables_of(printed(Sheet([Ruled([60, 150, 245, 345, 385, 445], [heads, *rows], rules=False)])))[0]
    assert [row.split(" | ")[1] for row in shown(table)[1:]] == ["河道整治（8分）"] * 2 + ["闸站改造（12分）"] * 2


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_paragraphs_are_told_by_their_margins_however_the_paper_lay(turned: int) -> None:
    """A full line may end with a stop and go on below; what is set in begins anew."""
    words = "各镇按季度报送进度由主管部门汇总后一并上报到市里核对"
    first, second, third, last = words[:20] + "。", words[:23], words[5:26], words[:12] + "。"
    sheet = Sheet(lines=[(80, 100, first), (60, 116, second), (80, 132, third), (60, 148, last)])
    (part,) = segment(printed(sheet, turned=turned))
    told = [block.flow.text for section in part.sections for block in section.blocks if isinstance(block, Paragraph)]
    assert told == [first + second, third + last]
