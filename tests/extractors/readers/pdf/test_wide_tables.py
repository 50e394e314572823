"""Sheets wider than the paper: the strips of one table put beside each other, tables of their own left alone."""

from collections.abc import Sequence

import pymupdf

from extractors.readers.read import read
from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

NAMES = [["一级指标", "三级指标"], ["决策", "立项依据|充分性"], ["过程", "资金到位率"], ["产出", "建站数量"]]
VALUES = [["分值", "得分", "评分说明"], ["8", "7|", "程序略迟"], ["6", "6", "如数到位"], ["5", "5", "如数建成"]]
ROWS = [
    "一级指标 | 三级指标 | 分值 | 得分 | 评分说明",
    "决策 | 立项依据充分性 | 8 | 7 | 程序略迟",
    "过程 | 资金到位率 | 6 | 6 | 如数到位",
    "产出 | 建站数量 | 5 | 5 | 如数建成",
]
MORE_NAMES, MORE_VALUES = [["效益", "受益人口"], ["满意度", "农户|满意度"]], [["9", "9", "已达到"], ["4", "3|", "尚可"]]
MORE = ["效益 | 受益人口 | 9 | 9 | 已达到", "满意度 | 农户满意度 | 4 | 3 | 尚可"]


def _left(rows: Sequence[Sequence[str]], top: float = 100.0) -> Sheet:
    return Sheet([Ruled([60, 130, 230], rows, top)])


def _right(rows: Sequence[Sequence[str]], top: float = 100.0) -> Sheet:
    return Sheet([Ruled([80, 140, 200, 330], rows, top)])


def test_columns_on_the_next_page_are_columns_of_the_table() -> None:
    """The rules of their rows stand at the same heights, and they begin with heads of their own."""
    (table,) = tables_of(printed(_left(NAMES), _right(VALUES)))
    assert shown(table) == ROWS
    assert {cell.flow.lines[0].page for cell in table.cells if cell.column > 1 and cell.flow.lines} == {2}


def test_strips_come_over_then_down() -> None:
    """The right strip of the upper rows is printed before the left one of the lower rows."""
    sheets = _left(NAMES), _right(VALUES), _left(MORE_NAMES, 60.0), _right(MORE_VALUES, 60.0)
    (table,) = tables_of(printed(*sheets))
    assert shown(table) == ROWS + MORE


def test_strips_come_down_then_over() -> None:
    """All rows of the left strip are printed before those of the right one."""
    sheets = _left(NAMES), _left(MORE_NAMES, 60.0), _right(VALUES), _right(MORE_VALUES, 60.0)
    (table,) = tables_of(printed(*sheets))
    assert shown(table) == ROWS + MORE


def test_a_column_of_names_printed_again_is_none_of_its_own() -> None:
    """A spreadsheet repeats the first column on every strip, if it is told to."""
    values = [[names[0], *values] for names, values in zip(NAMES, VALUES, strict=True)]
    (table,) = tables_of(printed(_left(NAMES), Sheet([Ruled([50, 110, 180, 240, 370], values)])))
    assert shown(table) == ROWS


def test_forms_of_one_kind_are_tables_of_their_own() -> None:
    """The same columns, the same heights of rows; but each tells of another project."""
    forms = [
        [["项目名称", f"{name}改造"], ["主管部门", "水务局|规划科"], ["预算数", "120.00"], ["执行数", "118.00"]]
        for name in ("泵站", "管网")
    ]
    tables = tables_of(printed(_left(forms[0]), _left(forms[1])))
    assert sum("项目名称" in row for table in tables for row in shown(table)) == 2
    assert all(len(row.split(" | ")) == 2 for table in tables for row in shown(table))


def test_tables_with_captions_of_their_own_are_none_of_one() -> None:
    """They happen to be as high as each other."""
    one = Sheet(
        [Ruled([60, 130, 230], [["镇名", "人数"], ["甲镇", "12"], ["乙镇", "15"], ["丙镇", "9"]])],
        [(60, 90, "表1 人口")],
    )
    other = [["路名", "长度", "宽度"], ["甲路", "3", "7"], ["乙路", "4", "7"], ["丙路", "6", "9"]]
    assert len(tables_of(printed(one, Sheet([Ruled([80, 140, 200, 330], other)], [(80, 90, "表2 道路")])))) == 2


def test_a_cell_over_all_strips_is_a_row_of_each() -> None:
    """In the strip in the middle no upright rule is drawn beside it, above the grid or below."""
    pdf = pymupdf.open()
    texts = (
        ("项目名称", "一级", "产出", "效益", "总分"),
        ("泵站改造", "分值", "50", "40", ""),
        ("", "得分", "48", "39", ""),
    )
    for column, own in enumerate(texts):
        page = pdf.new_page(width=595, height=842)
        for row in range(6):
            page.draw_line((100, 100 + 20 * row), (200 + 10 * column, 100 + 20 * row), width=0.5)
        inner = (120, 180) if column == 1 else (100, 200)
        page.draw_line((100, inner[0]), (100, inner[1]), width=0.5)
        page.draw_line((200 + 10 * column, inner[0]), (200 + 10 * column, inner[1]), width=0.5)
        for row, text in enumerate(own):
            page.insert_text((110, 114 + 20 * row), text, fontname="china-s", fontsize=10)
    (table,) = tables_of(read("printed.pdf", pdf.tobytes()))
    assert shown(table)[1:4] == ["一级 | 分值 | 得分", "产出 | 50 | 48", "效益 | 40 | 39"]
