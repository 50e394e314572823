"""Rows and merged cells that a page break tore: what stands on top of the next page goes back where it belongs."""

from itertools import accumulate, pairwise

import pytest

from extractors.pages import Line
from extractors.readers.pdf.frames import find_frames
from extractors.readers.pdf.packed import PackedChars
from extractors.rows.bodies import from_form
from extractors.rows.columns import read_blocks
from extractors.segment.wrapping import Wrapping
from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

HEADS = ["一级指标", "二级|指标", "权重", "三级指标", "分值", "评分说明", "得分"]
EDGES = [60, 108, 138, 166, 236, 264, 400, 440]


def _torn(upper: list[str], lower: list[str]) -> list[str]:
    """The body of a scoring table over two pages, the first ending with one row, the second beginning with another."""
    above = Ruled(EDGES, [HEADS, ["产出", "产出|数量", "20", "新建泵站数量", "20", "如数建成", "20"], upper])
    below = Ruled(EDGES, [HEADS, lower, ["效益", "社会|效益", "9", "受益人口", "9", "已达到", "9"]])
    table = tables_of(printed(Sheet([above]), Sheet([below])))[0]
    return [row for number, row in enumerate(shown(table)) if number not in (0, *table.repeated_headers)][1:-1]


def test_a_name_that_a_page_break_cut_is_whole() -> None:
    """产出 alone is a name of level 1, not of level 2: below it stands 时效 and the weight stands above only."""
    rows = _torn(["", "产出", "7", "按期开工率", "3", "如期", "3"], ["", "时效", "", "按期完工率", "4", "迟两天", "3"])
    assert rows == [
        "产出 | 产出时效 | 7 | 按期开工率 | 3 | 如期 | 3",
        "产出 | 产出时效 | 7 | 按期完工率 | 4 | 迟两天 | 3",
    ]


def test_a_name_of_its_own_is_whole_if_only_its_beginning_has_a_weight() -> None:
    """The names' column has no room for another character, and each name has its weight beside it."""
    rows = _torn(["", "河道", "7", "清淤长度", "3", "如期", "3"], ["", "整治", "", "护岸长度", "4", "迟两天", "3"])
    assert [row.split(" | ")[1] for row in rows] == ["河道整治", "河道整治"]


def test_the_next_name_of_a_page_is_no_rest_of_the_one_before() -> None:
    """It has a weight of its own."""
    rows = _torn(["", "河道", "7", "清淤长度", "3", "如期", "3"], ["", "整治", "4", "护岸长度", "4", "迟两天", "3"])
    assert [row.split(" | ")[1] for row in rows] == ["河道", "整治"]


def test_the_rest_of_a_row_is_found_where_nothing_else_stands_on_the_page() -> None:
    """A frame with one filled cell is no table, but may be the end of one."""
    upper = Ruled(
        EDGES[2:], [["权重", "三级指标", "分值", "评分说明", "得分"], ["7", "单位养护面积|的平均费", "3", "如期", "3"]]
    )
    lower = Ruled(EDGES[2:], [["", "用", "", "", ""]])
    tables = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert [shown(table)[1:] for table in tables] == [["7 | 单位养护面积的平均费用 | 3 | 如期 | 3"]]


def test_the_points_below_a_name_are_no_name() -> None:
    """产出 is a name by itself, and （35分） printed below it on the next page are its full marks; so is the rest."""
    rows = _torn(["产出", "河道", "7", "城乡供水主|管网", "3", "如期", "3"], ["（35|分）", "", "", "清淤", "", "", ""])
    assert rows == ["产出（35分） | 河道 | 7 | 城乡供水主管网清淤 | 3 | 如期 | 3"]


def test_a_bracket_left_open_is_closed_on_the_next_page() -> None:
    """Nobody ends a name within a bracket; the row beside it is one of its own."""
    rows = _torn(
        ["政策效果|（45", "数量", "7", "参保人数", "3", "如期", "3"], ["分）", "", "", "发放人数", "4", "如期", "4"]
    )
    assert [row.split(" | ")[0] for row in rows] == ["政策效果（45分）"] * 2


def test_a_percent_sign_alone_belongs_to_the_number_above() -> None:
    """The column was too narrow for both."""
    rows = _torn(["", "河道", "7", "清淤长度", "95.00", "如期", "3"], ["", "", "", "护岸长度", "%", "如期", "4"])
    assert [row.split(" | ")[4] for row in rows] == ["95.00%", ""]


def test_a_date_is_no_pair_of_figures() -> None:
    """2024年 is one by itself, but 12月15日前 goes on with it, as the name beside it does."""
    edges = [60, 108, 170, 214, 300]
    heads = ["三级|指标", "指标值", "分值", "说明"]
    upper = Ruled(edges, [heads, ["签约|人数", "3200人", "6", "逐年增加"], ["签约补助", "2024年", "4", "按期发放"]])
    lower = Ruled(edges, [heads, ["完成时限", "12月15|日前", "", ""], ["续签率", "80%", "5", "不低于"]])
    table = tables_of(printed(Sheet([upper]), Sheet([lower])))[0]
    assert "签约补助完成时限 | 2024年12月15日前 | 4 | 按期发放" in shown(table)


def test_heads_that_were_torn_are_whole() -> None:
    """一级 and 指标, 实际完 and 成值: together heads of columns, though no figure stands beside them."""
    edges = [60, 88, 140, 210, 246, 276, 340]
    label = ["项目|名称", "甲河治理", "", "", "", ""]
    upper = Ruled(edges, [label, ["一级", "二级指标", "三级指标", "实际完", "分值", "得分"]])
    lower = Ruled(
        edges,
        [
            ["指标", "", "", "成值", "", ""],
            ["产出", "数量指标", "清淤长度", "8公里", "20", "20"],
            ["效益", "社会效益", "受益人口", "9千人", "30", "28"],
        ],
    )
    table = tables_of(printed(Sheet([upper]), Sheet([lower])))[0]
    assert shown(table)[1].split(" | ")[::3] == ["一级指标", "实际完成值"]


def test_the_next_level_is_no_rest_of_the_one_before() -> None:
    """Without scores nothing but its name says that a row stands for itself."""
    edges = [60, 108, 188, 268, 348]
    heads = ["一级指标", "二级指标", "三级指标", "完成情况"]
    upper = Ruled(edges, [heads, ["效益指标", "社会效益指标", "困难群众生活水平情况", "稳步提升"]])
    lower = Ruled(edges, [heads, ["", "可持续影响指标", "社会救助工作机制", "进一步健全"]])
    table = tables_of(printed(Sheet([upper]), Sheet([lower])))[0]
    assert [row.split(" | ")[1] for row in shown(table)] == ["二级指标", "社会效益指标", "二级指标", "可持续影响指标"]


def test_a_cell_merged_over_a_whole_page_is_a_column_without_rules_across() -> None:
    """Its sides run from top to bottom beside the grid and meet no rule, for it neither begins nor ends here."""
    across = [(100.0, 80.0, 200.0), (140.0, 80.0, 200.0), (180.0, 80.0, 200.0)]
    upright = [(60.0, 100.0, 180.0), (80.0, 100.0, 180.0), (140.0, 100.0, 180.0), (200.0, 100.0, 180.0)]
    (frame,) = find_frames(across, upright)
    assert (frame.n_rows, frame.n_columns) == (2, 3)
    assert [(cell.row, cell.column, cell.row_span) for cell in frame.cells][:2] == [(0, 0, 2), (0, 1, 1)]
    (shorter,) = find_frames(across, [(60.0, 100.0, 150.0), *upright[1:]])
    assert shorter.n_columns == 2


def _line(text: str, y: float) -> Line:
    """A line at the left edge; a Chinese character moves the pen by ten points, another by five."""
    ends = list(accumulate(5.0 if character.isascii() else 10.0 for character in text))
    boxes = [(60 + start, y, 60 + end, y + 10) for start, end in pairwise([0.0, *ends])]
    chars = PackedChars(text, boxes, [10.0] * len(text))
    return Line(text, page=1, box=(60, y, 60 + ends[-1], y + 10), chars=chars)


def _goes_on(first: str, second: str) -> bool:
    """Whether the second line goes on with the first, on a page of lines of forty characters."""
    lines = [_line(text, 100 + 16 * row) for row, text in enumerate(["清" * 40] * 4 + [first, second])]
    return Wrapping(lines).continues(*lines[-2:])


def test_a_bound_stays_in_one_line_with_its_sign_and_quotation_marks() -> None:
    """Such a word would not have fitted, though two characters would."""
    assert _goes_on("完" * 35, "“≥95%”的目标值")
    assert _goes_on("完" * 37, "的“九成五”目标值")
    assert _goes_on("完" * 35, "为“优”（90分及以上为优，75分至90分为良）")
    assert _goes_on("完" * 34, "良，60（含）—80分为中，60分以下为差")
    assert not _goes_on("完" * 35, "本项得满分")


def test_heads_printed_again_name_no_project() -> None:
    """项目名称 beside 级别 heads a column on every page, also on one whose rows stand above it in the table."""
    heads = ["序号", "项目名称", "级别", "支出数"]
    edges = [60, 108, 188, 268, 348]
    upper = Ruled(edges, [heads, ["1", "甲桥修缮", "国保", "260.00"]])
    lower = Ruled(edges, [heads, ["2", "乙祠修缮", "国保", "240.00"], ["", "小计", "", "500.00"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert table.repeated_headers
    assert from_form(table) == []


def test_the_rest_of_a_merged_name_goes_back_with_the_rest_of_its_row() -> None:
    """Neither has a figure; what stands below in the merged cell goes on with the page before."""
    edges = [60, 98, 148, 208, 248, 288]
    heads = ["一级|指标", "二级|指标", "三级指标", "分值", "得分"]
    above = [heads, ["管理", "资产", "资产台账", "4", "4"], ["履职效", "公益", "免费开放的", "5", "5"]]
    below = [heads, ["果", "", "天数", "", ""], ["↑", "", "演出场次", "6", "5"], ["↑", "惠民", "放映场次", "6", "6"]]
    (table,) = tables_of(printed(Sheet([Ruled(edges, above)]), Sheet([Ruled(edges, below)])))
    assert [row for number, row in enumerate(shown(table)) if number not in table.repeated_headers][2:] == [
        "履职效果 | 公益 | 免费开放的天数 | 5 | 5",
        "履职效果 | 公益 | 演出场次 | 6 | 5",
        "履职效果 | 惠民 | 放映场次 | 6 | 6",
    ]


def test_heads_of_a_lower_part_are_known_again() -> None:
    """A form and the table below it are one grid; the next page repeats the heads of the latter."""
    edges = [60, 108, 168, 238, 278, 318]
    heads = ["一级指标", "二级指标", "三级指标", "分值", "得分"]
    form = [["项目名称", "甲河治理", "", "", ""], ["主管部门", "乙县水利局", "", "", ""]]
    above = [*form, heads, ["产出", "数量指标", "清淤长度", "8", "8"], ["满意度", "服务对象", "村民满意度", "5", "5"]]
    below = [heads, ["（10|分）", "", "", "", ""], ["", "", "镇村满意度", "5", "4"], ["总分", "", "", "100", "96"]]
    (table,) = tables_of(printed(Sheet([Ruled(edges, above)]), Sheet([Ruled(edges, below)])))
    assert table.repeated_headers == (5,)
    assert shown(table)[4].startswith("满意度（10分）")


def _hanging(text: str) -> list[str]:
    """The rows of a table over two pages, a line hanging below the last cell of the first."""
    edges = [60, 108, 178, 218, 258]
    heads = ["一级指标", "三级指标", "分值", "得分"]
    upper = Ruled(edges, [heads, ["决策", "立项依据", "5", "5"], ["产出|（35", "完成数量", "9", "9"]])
    lower = Ruled(edges, [heads, ["", "验收合格率", "8", "7"], ["效益", "受益人口", "9", "9"]])
    bottom = upper.top + 2 * 22 + 36
    sheet = Sheet([upper], [(64, bottom + 11, text)])
    return [row for table in tables_of(printed(sheet, Sheet([lower]))) for row in shown(table)]


def test_text_that_hangs_below_the_grid_belongs_to_the_cell_above() -> None:
    """Office programs break a page behind a merged cell's rule, and its last line runs out below."""
    assert _hanging("分）")[2].startswith("产出（35分） | 完成数量")
    assert _hanging("注：略")[2].startswith("产出（35 | 完成数量")


def test_no_line_begins_with_a_number_behind_a_stop() -> None:
    """Some programs keep both together: the line above had room for the first word only."""
    assert _goes_on("完" * 35 + "率", "94.00%。2023年继续执行")
    assert not _goes_on("完" * 30 + "率", "94.00%。2023年继续执行")


def test_what_stands_below_heads_or_further_up_is_no_beginning() -> None:
    """Points below a head are a cell's own; a bracket that somebody forgot to close rows ago is not closed here."""
    edges = [60, 128, 178, 218, 318]
    heads = ["三级指标", "分值", "得分", "扣分原因"]
    upper = Ruled(edges, [heads, ["清淤长度", "9", "9", ""]])
    lower = Ruled(edges, [heads, ["护岸长度", "9", "7", "（2分）"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert shown(table)[-1] == "护岸长度 | 9 | 7 | （2分）"
    upper = Ruled(edges, [heads, ["清淤长度", "9", "8", "超期（两天"], ["泵站数量", "9", "9", ""]])
    lower = Ruled(edges, [heads, ["护岸长度", "9", "7", "两处）塌方"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert shown(table)[-1] == "护岸长度 | 9 | 7 | 两处）塌方"


def test_what_hangs_below_two_cells_in_one_line_belongs_to_both() -> None:
    """Two merged names run out below the grid side by side."""
    edges = [60, 108, 148, 218, 258]
    heads = ["一级指标", "二级指标", "三级指标", "得分"]
    upper = Ruled(edges, [heads, ["决策", "立项", "立项依据", "5"], ["社会|服", "服务|对", "完成数量", "9"]])
    lower = Ruled(edges, [heads, ["", "", "验收合格率", "7"], ["效益", "环境", "受益人口", "9"]])
    bottom = upper.top + 2 * 22 + 36
    sheet = Sheet([upper], [(64, bottom + 11, "务"), (112, bottom + 11, "象")])
    (table,) = tables_of(printed(sheet, Sheet([lower])))
    assert shown(table)[2] == "社会服务 | 服务对象 | 完成数量 | 9"


def test_cells_that_went_down_as_a_whole_come_back() -> None:
    """A text of few lines is not parted: it goes to the next page, the figures of its row stay."""
    rows = _torn(
        ["产出", "产出|时效", "7", "", "3", "", "3"], ["", "", "", "按期开工率|不低于目标", "", "如期开工", ""]
    )
    assert rows == ["产出 | 产出时效 | 7 | 按期开工率不低于目标 | 3 | 如期开工 | 3"]


def test_figures_that_went_down_come_back_to_the_figures_that_stayed() -> None:
    """So do target and actual value, where weight and score had room."""
    edges = [60, 128, 168, 238, 318, 358]
    heads = ["三级指标", "分值", "目标值", "完成值", "得分"]
    upper = Ruled(edges, [heads, ["清淤长度", "9", "12公里", "12公里", "9"], ["", "8", "", "", "7"]])
    lower = Ruled(edges, [heads, ["护岸长度", "", "≥3公里", "2.8公里", ""], ["泵站", "6", "2座", "2座", "6"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert "护岸长度 | 8 | ≥3公里 | 2.8公里 | 7" in shown(table)


def test_rows_of_which_the_table_has_many_are_two() -> None:
    """Where names and figures stand in rows of their own all over the table, so they do at the break."""
    edges = [60, 128, 228, 268, 308]
    heads = ["二级指标", "三级指标", "分值", "得分"]
    upper = Ruled(
        edges,
        [heads, ["产出数量", "", "9", "9"], ["", "清淤长度", "", ""], ["", "护岸长度", "", ""], ["质量", "", "8", "7"]],
    )
    lower = Ruled(edges, [heads, ["", "验收合格率", "", ""], ["产出时效", "", "6", "6"], ["", "按期完工", "", ""]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert {"质量 |  | 8 | 7", "质量 | 验收合格率 |  | "} <= set(shown(table))


def test_a_row_of_a_form_that_was_torn_in_every_cell_is_whole() -> None:
    """A label in two halves leaves no doubt."""
    edges = [60, 98, 138, 178, 258]
    upper = Ruled(edges, [["主管部门", "甲局", "实施单位", "乙中心"], ["项目名", "高标准", "实施单", "甲县农|业农村"]])
    lower = Ruled(edges, [["称", "农田", "位", "局"], ["分值", "10", "得分", "9"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert shown(table)[1] == "项目名称 | 高标准农田 | 实施单位 | 甲县农业农村局"


def test_rows_below_a_head_printed_again_have_the_columns_of_the_page_before() -> None:
    """The last row alone would not tell what its first column holds."""
    edges = [60, 208, 358, 508]
    heads = ["评审因素", "分值", "评分标准"]
    upper = Ruled(
        edges, [heads, ["施工组织设计", "20", "优16分以上"], ["类似业绩", "10", "每个2分"], ["团队", "9", "有"]]
    )
    lower = Ruled(edges, [heads, ["售后服务", "5", "每延长一年得1分"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    (block,) = read_blocks(table, table.dense())
    assert [column.role for column in block.columns] == ["indicator", "weight", "rule"]
    assert block.body == (1, 2, 3, 5)


def test_numbers_that_a_page_break_cut_are_whole() -> None:
    """Decimals below a whole number are its own, whatever else the row prints; so are digits within a sentence."""
    edges = [60, 138, 172, 206, 420]
    heads = ["资金来源", "预算", "支出", "说明"]
    upper = Ruled(edges, [heads, ["其中：中央", "40", "38", "支出率按"]])
    lower = Ruled(edges, [["补助资金", ".00", ".50", "照进度计算"], ["省级资金", "6.00", "5.80", "无"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert shown(table)[1] == "其中：中央补助资金 | 40.00 | 38.50 | 支出率按照进度计算"
    edges = [60, 138, 172, 280]
    rows = [["三级指标", "得分", "评分说明"], ["村民满意度", "7.88", "问卷调查所得结果为|满意，得分8×88.7"]]
    lower = Ruled(edges, [["", "", "0%÷90%=7.88分。"], ["长效机制", "4", "健全"]])
    (table,) = tables_of(printed(Sheet([Ruled(edges, rows)]), Sheet([lower])))
    assert shown(table)[1].endswith("得分8×88.70%÷90%=7.88分。")


def test_a_bound_is_followed_by_its_figure() -> None:
    """A text that ends in 不超过 goes on with a figure."""
    edges = [60, 118, 196, 258, 340]
    heads = ["二级指标", "三级指标", "指标值", "评分说明"]
    upper = Ruled(edges, [heads, ["可持续影响", "家庭医生队伍稳", "持续稳定", "流失率不超过"]])
    lower = Ruled(edges, [["", "定性", "", "5%"], ["满意度", "签约率", "≥88%", "按月统计"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert shown(table)[1] == "可持续影响 | 家庭医生队伍稳定性 | 持续稳定 | 流失率不超过5%"


def test_a_price_that_a_page_break_cut_is_whole() -> None:
    """Also where the rest of the row is known by its lack of a name."""
    edges = [60, 118, 188, 220, 250, 280]
    heads = ["二级指标", "三级指标", "目标", "完成", "得分"]
    body = [["数量指标", "演出场次", "50场", "50场", "9"], ["成本指标", "单场补贴", "≤60", "600", "5"]]
    lower = Ruled(edges, [["", "", "00元", "0元", ""], ["效益指标", "受益人口", "9人", "9人", "9"]])
    (table,) = tables_of(printed(Sheet([Ruled(edges, [heads, *body])]), Sheet([lower])))
    assert shown(table)[2] == "成本指标 | 单场补贴 | ≤6000元 | 6000元 | 5"


def test_a_name_on_top_of_a_page_is_that_of_the_empty_cell_above() -> None:
    """A merged cell's only line went down while its number stayed."""
    rows = _torn(["", "", "7", "清淤长度", "3", "如期", "3"], ["", "河道", "", "护岸长度", "4", "迟两天", "3"])
    assert [row.split(" | ")[1:3] for row in rows] == [["河道", "7"], ["河道", "7"]]


def _names(*upper: list[str], turned: int) -> list[str]:
    """The names of level 2 of a table without their weights, of which a page ends with these rows."""
    edges = [60, 108, 180, 260, 300]
    heads = ["一级指标", "二级指标", "三级指标", "分值"]
    lower = [["", "河道整治", "护岸长度", "4"], ["效益", "社会效益", "受益人口", "9"]]
    above, below = Ruled(edges, [heads, *upper]), Ruled(edges, [heads, *lower])
    (table,) = tables_of(printed(Sheet([above]), Sheet([below]), turned=turned))
    rows = [row for number, row in enumerate(shown(table)) if number not in (0, *table.repeated_headers)]
    return [row.split(" | ")[1] for row in rows[: len(upper) + 1]]


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_a_name_goes_up_where_names_stand_in_merged_cells(turned: int) -> None:
    """An empty cell in such a column is the upper part of one, also on paper that lay sideways."""
    body = [["产出", "产出数量", "泵站数量", "5"], ["↑", "↑", "闸门数量", "5"], ["↑", "", "清淤长度", "4"]]
    assert _names(*body, turned=turned) == ["产出数量", "产出数量", "河道整治", "河道整治"]


def test_a_cell_that_is_empty_over_a_whole_page_has_its_name_above() -> None:
    """What stands on top of the page after that is the next name."""
    edges = [60, 108, 180, 260, 300]
    heads = ["一级指标", "二级指标", "三级指标", "分值"]
    first = Ruled(edges, [heads, ["产出", "产出数量", "泵站数量", "5"], ["↑", "↑", "闸门数量", "5"]])
    second = Ruled(edges, [["", "产出质量", "护岸长度", "4"], ["↑", "↑", "清淤长度", "4"]])
    third = Ruled(edges, [["效益", "社会效益", "受益人口", "9"], ["↑", "↑", "受益村", "9"]])
    (table,) = tables_of(printed(Sheet([first]), Sheet([second]), Sheet([third])))
    assert [row.split(" | ")[0] for row in shown(table)[1:]] == ["产出"] * 4 + ["效益"] * 2


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_a_name_stays_that_nothing_empty_stands_above(turned: int) -> None:
    """It begins on its own page; on a page that lay sideways another column is empty there."""
    body = [["产出", "产出数量", "泵站数量", "5"], ["↑", "↑", "闸门数量", "5"], ["↑", "产出质量", "清淤长度", ""]]
    assert _names(*body, turned=turned) == ["产出数量", "产出数量", "产出质量", "河道整治"]


def test_rows_of_a_form_without_names_do_not_keep_a_name_down() -> None:
    """What stands above the heads of the columns, and the total at the end, have no names there."""
    edges = [60, 108, 180, 260, 300]
    heads = ["一级指标", "二级指标", "三级指标", "分值"]
    body = [["产出", "产出数量", "泵站数量", "5"], ["↑", "", "闸门数量", "5"]]
    upper = Ruled(edges, [["项目负责人", "", "联系电话", "0000"], heads, *body])
    lower = Ruled(edges, [["", "产出质量", "护岸长度", "4"], ["总分", "", "", "14"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert [row.split(" | ")[1] for row in shown(table)[2:]] == ["产出数量", "产出质量", "产出质量", ""]


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_a_name_stays_where_each_row_has_cells_of_its_own(turned: int) -> None:
    """Names are not printed again there, and the empty cell has that above it."""
    body = [["产出", "产出数量", "泵站数量", "5"], ["", "", "闸门数量", "5"], ["", "", "清淤长度", "4"]]
    assert _names(*body, turned=turned) == ["产出数量", "产出数量", "产出数量", "河道整治"]


def test_a_total_is_no_rest_of_the_label_above() -> None:
    """合计 on top of a page stands in the columns' narrowest, and has no standard beside it."""
    edges = [60, 92, 150, 220]
    upper = Ruled(edges, [["年度", "标准", "金额"], ["三年前", "80", "12.5"], ["两年前", "85", "13.5"]])
    lower = Ruled(edges, [["合计", "", "26.0"]])
    (table,) = tables_of(printed(Sheet([upper]), Sheet([lower])))
    assert shown(table)[2:] == ["两年前 | 85 | 13.5", "合计 |  | 26.0"]


def test_a_mark_takes_the_end_of_a_number_along_to_the_next_line() -> None:
    """No line begins with a comma: there was room for the digit, but not for what must stand behind it."""
    rows = [["三级指标", "得分", "说明"], ["村民满意度", "7.88", "满意度为|88.7|0%，扣分"]]
    table = tables_of(printed(Sheet([Ruled([60, 160, 240, 286], rows)])))[0]
    assert shown(table)[1].endswith("满意度为88.70%，扣分")
