"""Tables without rules as office programs and browsers print them, drawn in small."""

from extractors.segment.tables.ruled_parts import parts_of
from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

HEADS = ["一级指标", "二级指标", "三级指标", "权重", "得分"]
EDGES = [60, 130, 200, 300, 340, 390]


def test_the_edges_of_shaded_cells_are_the_rules_that_nobody_drew() -> None:
    """Every row is shaded; a cell of two lines is one, whatever stands beside it."""
    rows = [HEADS, ["决策", "项目立项", "立项依据|充分性", "8", "7"], ["过程", "资金管理", "资金|到位率", "6", "6"]]
    table = tables_of(printed(Sheet([Ruled(EDGES, rows, rules=False, shaded=range(3))])))[0]
    assert (table.method, shown(table)[1:]) == (
        "ruled",
        ["决策 | 项目立项 | 立项依据充分性 | 8 | 7", "过程 | 资金管理 | 资金到位率 | 6 | 6"],
    )


def test_the_white_rows_between_shaded_ones_are_rows_too() -> None:
    """Every other row has a ground; the last one is white."""
    rows = [
        HEADS,
        ["决策", "项目立项", "立项依据|充分性", "8", "7"],
        ["决策", "绩效目标", "目标|合理性", "6", "6"],
        ["过程", "资金管理", "资金|到位率", "6", "5"],
    ]
    table = tables_of(printed(Sheet([Ruled(EDGES, rows, rules=False, shaded=(0, 2))])))[0]
    assert table.method == "ruled"
    assert [row.split(" | ")[2:] for row in shown(table)[1:]] == [
        ["立项依据充分性", "8", "7"],
        ["目标合理性", "6", "6"],
        ["资金到位率", "6", "5"],
    ]


def test_shades_of_some_columns_make_no_grid() -> None:
    """The names of level 1 stand beside the shades, on white."""
    rows = [HEADS[1:], ["项目立项", "立项依据", "8", "7"], ["资金管理", "资金到位率", "6", "6"]]
    lines = [(30.0, 115.0, "一级指标"), (30.0, 137.0, "决策"), (30.0, 159.0, "过程")]
    table = tables_of(printed(Sheet([Ruled(EDGES[1:], rows, rules=False, shaded=range(3))], lines)))[0]
    assert table.method == "aligned"


def test_columns_are_parted_by_a_gap_narrower_than_a_blank() -> None:
    """A name fills its cell, so that only two points part it from the next; the row above leaves more room."""
    rows = [HEADS, ["决策", "项目立项", "依据充分性", "8", "7"], ["过程", "资金管理情", "资金到位率", "6", "6"]]
    table = tables_of(printed(Sheet([Ruled([60, 110, 162, 240, 280, 330], rows, rules=False)])))[0]
    assert shown(table)[1:] == ["决策 | 项目立项 | 依据充分性 | 8 | 7", "过程 | 资金管理情 | 资金到位率 | 6 | 6"]


def test_names_set_at_the_top_of_their_rows_stand_for_all_of_them() -> None:
    """Three rows, then two: at the middle of its rows the second name cannot stand."""
    names = ["产出", "", "", "效益", ""]
    rows = [[name, f"事项{number}", f"指标{number}的名称", "5", "4"] for number, name in enumerate(names, start=1)]
    table = tables_of(printed(Sheet([Ruled(EDGES, [HEADS, *rows], rules=False)])))[0]
    assert [row.split(" | ")[0] for row in shown(table)[1:]] == ["产出"] * 3 + ["效益"] * 2


def test_names_with_a_total_below_each_stand_for_the_rows_above_it() -> None:
    """Four rows each could as well be one, seven and so on, were it not for 小计."""
    rows = [["县区", "年度", "预算安排", "实际支出"]]
    for name in ("临河县", "安阜县"):
        rows += [[name, "2021年", "10.00", "9.00"], ["", "2022年", "12.00", "11.00"], ["", "2023年", "13.00", "12.50"]]
        rows += [["", "小计", "35.00", "32.50"]]
    table = tables_of(printed(Sheet([Ruled([60, 130, 200, 280, 350], rows, rules=False)])))[0]
    assert [row.split(" | ")[0] for row in shown(table)[1:]] == ["临河县", "", "", "", "安阜县", "", "", ""]


def test_heads_of_other_columns_begin_another_table() -> None:
    """Neither a blank nor a caption parts it from the table above."""
    upper = [
        ["一级指标", "权重", "得分", "得分率"],
        ["决策", "20", "18.00", "90.00%"],
        ["过程", "30", "27.00", "90.00%"],
    ]
    lower = [HEADS, ["决策", "项目立项", "立项依据", "20", "18.00"], ["过程", "资金管理", "预算执行率", "30", "27.00"]]
    tables = [Ruled([60, 160, 260, 360, 460], upper, rules=False), Ruled(EDGES, lower, top=166, rules=False)]
    assert [shown(table)[-1] for table in tables_of(printed(Sheet(tables)))] == [
        "过程 | 30 | 27.00 | 90.00%",
        "过程 | 资金管理 | 预算执行率 | 30 | 27.00",
    ]


def test_ruled_tables_right_below_one_another_are_two() -> None:
    """They share a rule; the second has a head of its own."""
    upper = [
        ["一级指标", "权重", "得分", "得分率"],
        ["决策", "20", "18.00", "90.00%"],
        ["过程", "30", "27.00", "90.00%"],
    ]
    lower = [HEADS, ["决策", "项目立项", "立项依据", "20", "18.00"], ["过程", "资金管理", "预算执行率", "30", "27.00"]]
    document = printed(Sheet([Ruled([60, 160, 260, 330, 390], upper), Ruled(EDGES, lower, top=166)]))
    assert [(table.n_rows, table.n_columns) for table in tables_of(document)] == [(3, 4), (3, 5)]


def test_a_table_whose_head_stands_once_stays_whole() -> None:
    """The parts of a frame hold all its lines, in order."""
    rows = [HEADS, ["决策", "项目立项", "立项依据", "20", "18.00"], ["过程", "资金管理", "预算执行率", "30", "27.00"]]
    lines = list(printed(Sheet([Ruled(EDGES, rows)])).lines)
    assert lines[0].framed is not None
    assert parts_of(lines[0].framed[0], lines) == [lines]


def test_a_table_whose_columns_run_into_each_other_is_left_unread() -> None:
    """One cell reaches below the next head; a note says so, and no figure is taken for another."""
    rows = [
        ["三级指标", "权重", "得分", "得分率"],
        ["立项依据", "20", "18.00", "90%"],
        ["执行率", "30", "27.00", "90%"],
    ]
    rows.append(["完成率", "满分五十分得四十五分", "", "90%"])
    table = tables_of(printed(Sheet([Ruled([60, 130, 180, 240, 300], rows, rules=False)])))[0]
    assert (table.n_columns, [note.code for note in table.notes]) == (1, ["uncertain-columns"])


def test_a_shaded_head_above_white_rows_makes_no_grid() -> None:
    """Two rows of heads are shaded, the rows below are not: the table is one, told by alignment."""
    heads = ["", "", "", "评分", ""]
    rows = [["决策", "项目立项", "立项依据", "8", "7"], ["过程", "资金管理", "资金到位率", "6", "6"]]
    table = tables_of(printed(Sheet([Ruled(EDGES, [heads, HEADS, *rows], rules=False, shaded=(0, 1))])))[0]
    assert (table.method, shown(table)[-1]) == ("aligned", "过程 | 资金管理 | 资金到位率 | 6 | 6")


def _lines(*rows: tuple[float, tuple[str, ...]]) -> list[tuple[float, float, str]]:
    """Lines of text at the places of five columns. rows: their baselines and what they print."""
    return [(x, y, text) for y, texts in rows for x, text in zip((60, 130, 200, 300, 340), texts, strict=True) if text]


def test_a_figure_of_two_lines_is_one_where_its_row_stands_half_way_between() -> None:
    """10 in a column with room for one digit, beside cells of one line."""
    rows = [(100.0, tuple(HEADS)), (130.0, ("决策", "项目立项", "立项依据", "8", "7"))]
    rows += [(153.5, ("", "", "", "1", "")), (160.0, ("过程", "资金管理", "资金到位率", "", "9"))]
    rows += [(166.5, ("", "", "", "0", "")), (190.0, ("产出", "产出数量", "完成率", "6", "5"))]
    table = tables_of(printed(Sheet(lines=_lines(*rows))))[0]
    assert shown(table)[2] == "过程 | 资金管理 | 资金到位率 | 10 | 9"


def test_a_table_with_halves_of_figures_that_nothing_tells_together_is_left_unread() -> None:
    """Both figures of the row are broken, at heights nearer to each other than rows can be."""
    rows = [(100.0, tuple(HEADS)), (130.0, ("决策", "项目立项", "立项依据", "8", "7"))]
    rows += [(153.5, ("", "", "", "1", "")), (160.0, ("过程", "资金管理", "资金到位率", "", "1"))]
    rows += [(166.5, ("", "", "", "0", "0")), (190.0, ("产出", "产出数量", "完成率", "6", "5"))]
    table = tables_of(printed(Sheet(lines=_lines(*rows))))[0]
    assert [note.code for note in table.notes] == ["uncertain-columns"]
