"""Grids parted by tabs become tables with their merged, continued and shifted cells resolved."""

import pytest

from tests.extractors.segment.layouts import parts, shown, tables
from tests.extractors.segment.tab_cases import CASES, PAGE_BREAKS, WRAPPED


@pytest.mark.parametrize("name", CASES)
def test_grid(name: str) -> None:
    """One table per case, cell by cell, with its header's height."""
    source, rows, header = CASES[name]
    (grid,) = tables(source)
    assert shown(grid) == rows
    assert grid.header_rows == header
    assert grid.method == "tabs"


@pytest.mark.parametrize("name", WRAPPED)
def test_wrapped_rows(name: str) -> None:
    """Rows broken over lines, heads and titles inside the grid come out as they were printed."""
    source, rows = WRAPPED[name]
    (grid,) = tables(source)
    assert shown(grid) == rows


@pytest.mark.parametrize("name", PAGE_BREAKS)
def test_page_break(name: str) -> None:
    """Pieces of one table are linked; repeated headers stay, named as such, and every join has its reason."""
    source, rows, repeated, fragments = PAGE_BREAKS[name]
    (grid,) = tables(source)
    assert shown(grid) == rows
    assert grid.repeated_headers == repeated
    assert len(grid.fragments) == fragments
    assert [bool(fragment.reason) for fragment in grid.fragments] == [False] + [True] * (fragments - 1)


def test_a_continued_cell_knows_the_line_of_each_piece() -> None:
    """The second half of a cell cut by a page break keeps the line it was printed on."""
    (grid,) = tables(PAGE_BREAKS["the head is repeated and the body goes on"][0])
    cell = next(cell for cell in grid.cells if cell.text.startswith("结合"))
    offset = cell.flow.text.index("据实")
    assert (cell.flow.line_at(0).number, cell.flow.line_at(offset).number) == (3, 6)


def test_caption_and_unit_come_from_the_lines_above() -> None:
    """The line that names the table and the line that names its unit are the table's, not prose."""
    (grid,) = tables(CASES["plain"][0])
    assert (grid.caption, grid.unit) == ("表1 经费使用情况", "万元")


def test_a_title_row_names_the_table() -> None:
    """A row that holds one text over all columns is the caption; a row with a unit is the unit."""
    (grid,) = tables(WRAPPED["a title row inside the table"][0])
    assert (grid.caption, grid.unit) == ("柏河县绩效评价评分表", "分")


def test_a_shifted_row_leaves_a_note() -> None:
    """Moving cells is doubt about the reading and is told."""
    (grid,) = tables(CASES["a row shifted to the right by leading cells is moved back"][0])
    assert [note.code for note in grid.notes] == ["shifted-row"]


def test_a_total_ends_a_table_and_the_same_head_opens_another() -> None:
    """Two tables with equal heads are two where the first has had its total."""
    one = "指标→权重→得分\n决策→20→18\n合计→20→18\n"
    two = tables(one + "\n" + one)
    assert [grid.table_id for grid in two] == ["t1", "t2"]
    assert [len(shown(grid)) for grid in two] == [3, 3]


def test_prose_between_keeps_tables_apart() -> None:
    """A sentence between two grids with equal heads ends the first."""
    one = "指标→权重→得分\n决策→20→18\n过程→20→17\n"
    assert len(tables(one + "\n上表为上年情况，本年情况如下。\n\n" + one)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "→近年来，银杏县持续推进河道清淤工作，取得明显成效。\n→下一步将继续加强管护。",
        "委托单位：→银杏县财政局\n实施单位：→银杏县水利局\n报告日期：→2024年5月",
    ],
    ids=["indented paragraphs", "fields of a title page"],
)
def test_tabs_in_prose_make_no_table(text: str) -> None:
    """Tabs that indent paragraphs or follow the names of fields are no grid."""
    (part,) = parts(text)
    assert list(part.tables) == []


def test_a_form_keeps_its_rows_and_merges_its_levels() -> None:
    """A self-evaluation form is one table without header rows; level names inside it still span their rows."""
    source = """项目名称→→河道清淤补助→→→→
主管部门→→水利局→→实施单位→河道所→
项目资金（万元）→→年初预算数→全年执行数→分值→执行率→得分
→年度资金总额→100→95→10→95%→9.5
绩效指标→一级指标→二级指标→三级指标→指标值→分值→得分
→产出指标→数量指标→清淤长度→≥5公里→20→20
→→→清淤方量→≥2万方→20→18
→→质量指标→验收合格率→100%→10→10
总分→→→→→100→97.5"""
    (grid,) = tables(source)
    assert grid.header_rows == 0
    assert shown(grid)[5:8] == [
        " | 产出指标 | 数量指标 | 清淤长度 | ≥5公里 | 20 | 20",
        " | ^ | ^ | 清淤方量 | ≥2万方 | 20 | 18",
        " | ^ | 质量指标 | 验收合格率 | 100% | 10 | 10",
    ]


def test_the_next_table_s_caption_is_no_end_of_a_total_that_lacks_a_cell() -> None:
    """`附表2 …` right below a total row opens the next table, however many cells the row lacks."""
    first = "指标→权重→得分→说明\n决策→20→18→依据充分\n产出→80→70→基本完成\n合计→100→88\n"
    second = "附表2  2021—2023年主要指标对比\n指标→2021年→2022年\n人数→310→320\n标准→58→61\n"
    one, other = tables(first + second)
    assert shown(one)[-1].startswith("合计 | 100 | 88")
    assert other.caption.startswith("附表2")
    assert shown(other)[-1] == "标准 | 58 | 61"
