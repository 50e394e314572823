"""Tables whose columns are aligned by blanks, as converters print a page's layout."""

from extractors.pages import Line
from extractors.segment.model import TableGrid
from extractors.segment.tables.find import find_tables
from extractors.segment.tables.spaced_words import spaced_words
from pipeline.process import process
from tests.extractors.segment.layouts import outline, parts, shown, tables

LAYOUT = """\
  一级指标   二级指标     三级指标           分值   得分   扣分说明
  决策       项目立项     选址论证充分性        4      4
                          报批手续规范性        4      3   缺一项
                                                           批复
             资金投入     测算依据可靠性        6    5.5
                                3
  一级指标   二级指标     三级指标           分值   得分   扣分说明
  产出       产出数量     灌渠清淤长度         20     18   少清淤2公里
  合计                                         34   30.5
"""
CENTRED = """\
   一级指标     二级指标      三级指标         权重     得分
                              选址论证充分性     4      4
                项目立项
                              报批手续规范性     4      3
   决策
                              测算依据可靠性     6      5
                资金投入
                              分配方案合理性     6      6
                              灌渠清淤长度      10      9
   产出         产出数量      泵站检修座数      10     10
                              水闸启闭次数      10     10
"""


OWN_SCORES = """\
指标名称    分值    得分
投入（40分，得33分）
  目标设定（15分，得12分）
    目标合理性    5    5
    指标明确性    10    7
  预算配置（25分，得21分）
    人员控制率    10    10
    经费保障率    15    11
产出（60分，得60分）
  职责履行（60分，得60分）
    演出场次    30    30
    培训人次    30    30
合计    100    93
"""


def test_names_that_print_their_own_points_are_rows_and_their_points_tell_the_levels() -> None:
    """A group's weight and score stand in brackets behind its name, its rows' in the columns."""
    (report,) = process("表.txt", f"青石县部门整体支出绩效自评报告\n\n附表：评分表\n{OWN_SCORES}".encode()).reports
    found = [(one.level, one.name, one.get("score")) for one in report.report.indicators]
    assert [(level, name, score.text if score else "") for level, name, score in found] == [
        (1, "投入", "33"),
        (2, "目标设定", "12"),
        (3, "目标合理性", "5"),
        (3, "指标明确性", "7"),
        (2, "预算配置", "21"),
        (3, "人员控制率", "10"),
        (3, "经费保障率", "11"),
        (1, "产出", "60"),
        (2, "职责履行", "60"),
        (3, "演出场次", "30"),
        (3, "培训人次", "30"),
    ]
    assert not report.findings


def test_a_name_wider_than_its_column_stays_in_it_where_no_cell_is_blank() -> None:
    """A row with a word for every column is read in order, wherever its words stand."""
    rows = ["单位　　全年预算　　支出", "局机关　　7,128.40　　6,842.36", "镇卫生院（12个）　　9,035.20　　8,726.24"]
    text = "\n".join([*rows, "合计　　16,163.60　　15,568.60"])
    assert shown(only_table(text)) == [
        "单位 | 全年预算 | 支出",
        "局机关 | 7,128.40 | 6,842.36",
        "镇卫生院（12个） | 9,035.20 | 8,726.24",
        "合计 | 16,163.60 | 15,568.60",
    ]


def only_table(text: str) -> TableGrid:
    """The one table of a text."""
    lines = [Line(line, number) for number, line in enumerate(text.split("\n"), 1)]
    (found,) = find_tables(lines, [False] * len(lines))
    return found.grid


def texts(grid: TableGrid) -> list[list[str]]:
    """All positions, merged cells repeated."""
    return [["" if cell is None else cell.text for cell in row] for row in grid.dense()]


def test_words_stand_in_the_column_they_overlap() -> None:
    """Blank cells are known by their place, a repeated head goes on, a remark continues in the next line."""
    grid = only_table(LAYOUT)
    rows = texts(grid)
    assert grid.method == "aligned"
    assert rows[1] == ["决策", "项目立项", "选址论证充分性", "4", "4", ""]
    assert rows[2] == ["决策", "项目立项", "报批手续规范性", "4", "3", "缺一项批复"]
    assert rows[3][1:] == ["资金投入", "测算依据可靠性", "6", "5.5", ""]
    assert rows[4] == ["产出", "产出数量", "灌渠清淤长度", "20", "18", "少清淤2公里"]
    assert rows[5][3:5] == ["34", "30.5"]


def test_names_at_the_middle_of_their_rows_reach_up_and_down() -> None:
    """A merged cell's name is printed between its rows; groups lie even around their names."""
    rows = texts(only_table(CENTRED))
    assert [row[0] for row in rows[1:]] == ["决策"] * 4 + ["产出"] * 3
    assert [row[1] for row in rows[1:]] == ["项目立项"] * 2 + ["资金投入"] * 2 + ["产出数量"] * 3


def test_every_cell_keeps_its_own_line() -> None:
    """The continued remark begins in its row and ends one line further down."""
    cell = next(cell for cell in only_table(LAYOUT).cells if cell.text.startswith("缺一项"))
    assert [line.number for line in cell.flow.lines] == [3, 4]


def test_prose_with_gaps_is_no_table() -> None:
    """Signatures and sentences parted by blanks hold no known column names."""
    text = "项目负责人：某甲    联系电话：无    日期：\n本项目 2023 年    支出 300 万元。\n合计    1    2\n"
    lines = [Line(line, number) for number, line in enumerate(text.split("\n"), 1)]
    assert find_tables(lines, [False] * len(lines)) == []


def test_display_columns_count_chinese_twice() -> None:
    """`分值` takes four columns; U+3000 is a gap of two."""
    assert [(word.start, word.end) for word in spaced_words("分值　得分  a")] == [(0, 4), (6, 10), (12, 13)]


def test_numbered_titles_behind_a_blank_line_are_no_rows() -> None:
    """Also where number and title stand apart as columns do, and a title begins like a unit."""
    text = (
        "2  评价结论\n\n维度                权重      得分\n灯塔运行绩效          60      47.80\n"
        "航标管理绩效          40      31.80\n合计                 100      79.60\n\n3  分项评价\n"
        "3.1  灯塔运行绩效（60分）\n灯光可用，20分，得17.00分。\n"
    )
    (grid,) = tables(text)
    assert shown(grid)[-1] == "合计 | 100 | 79.60"
    assert [line.strip() for line in outline(parts(text)[0])][-2:] == ["3分项评价", "3.1灯塔运行绩效（60分）"]


def test_the_figures_of_a_total_row_stand_below_their_kind_where_blanks_only_part_the_words() -> None:
    """A label that spans number and name leaves its figures where those of the rows above stand."""
    rows = """\
序号  支出内容  预算金额（万元）  支出金额（万元）  执行率
1  管网清洗  340.00  331.50  97.50%
2  井盖更换  85.00  84.20  99.06%
3  泵站检修备件  120.00  118.80  99.00%
合计    545.00  534.50  98.07%
"""
    columns = [cell.column for cell in only_table(rows).cells if cell.text in ("545.00", "534.50", "98.07%")]
    assert columns == [2, 3, 4]


def test_chapters_right_below_a_table_are_none_of_its_rows() -> None:
    """第四章 may stand as far from its title as a cell from the next."""
    text = "第三章  结论\n一级指标  标准分   得分  得分率\n决策          15  11.00  73.33%\n"
    text += "效益          85  77.75  91.47%\n合计         100  88.75  88.75%\n"
    text += "第四章  绩效分析\n第一节  决策\n决策类标准分15分，得11.00分。\n"
    (part,) = parts(text)
    assert [line.strip() for line in outline(part)][-2:] == ["第四章绩效分析", "第一节决策"]
    assert shown(next(iter(part.tables)))[-1].startswith("合计 | 100")
