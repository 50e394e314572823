"""Stroke tables without rules whose cells are printed over several lines find their rows again."""

from tests.extractors.segment.layouts import parts, shown, tables

FORM = """河道补助资金绩效自评表

|项目|河道清淤补助                                       |
|绩效|二级指标    |三级指标        |指标值  |实际完成值|
|    |数量指标    |河道清淤长度    |≥12公里|12.4公里  |
|    |            |护岸加固长度    |≥3公里 |3公里     |
|    |服务对象满意|沿岸农户对清淤工|≥90%   |91.5%     |
|    |度指标      |程的满意度      |        |          |
|    |成本指标    |每公里清淤费用  |≤12万元|11.98万元 |
|说明|完成清淤12.4公里，其中干流8公里，支流4公里，受益158|
|    |30户。                                             |
"""
PADDED = """| 指标     | 目标   | 完成 |
| 清淤长度 | 12公里 | 12公里 |
| 护岸     | 3公里  | 3公里 |
"""


def test_full_cells_go_on_in_the_next_line() -> None:
    """A line below full cells continues them; a number cut by the cell's edge is one number again."""
    (grid,) = tables(FORM)
    assert shown(grid)[1:] == [
        "绩效 | 二级指标 | 三级指标 | 指标值 | 实际完成值",
        " | 数量指标 | 河道清淤长度 | ≥12公里 | 12.4公里",
        " |  | 护岸加固长度 | ≥3公里 | 3公里",
        " | 服务对象满意度指标 | 沿岸农户对清淤工程的满意度 | ≥90% | 91.5%",
        " | 成本指标 | 每公里清淤费用 | ≤12万元 | 11.98万元",
        "说明 | 完成清淤12.4公里，其中干流8公里，支流4公里，受益15830户。 |  |  |",
    ]


def test_a_form_without_scores_that_tells_results_is_a_report() -> None:
    """Some forms of self-evaluation print what was done and no points."""
    (part,) = parts(FORM)
    assert part.kind == "report"


def test_padded_cells_break_no_rows() -> None:
    """Where people pad their cells, every line is a row."""
    (grid,) = tables(PADDED)
    assert grid.n_rows == 3


TIGHT = """三、调查
对象|发放|回收|很满意|一般|满意度
读者|300|288|168|22|90.00%
观众|180|170|102|13|89.82%
学员|120|114|74|7|92.79%
"""


def test_tight_strokes_part_cells_where_all_lines_are_as_wide_and_half_figures() -> None:
    """Heads that no list knows are heads of a table whose lines below are figures; words with strokes are not."""
    (grid,) = tables(TIGHT)
    assert shown(grid)[2].replace(" ", "") == "观众|180|170|102|13|89.82%"
    assert not tables("三、说明\\n负责|指导|监督\\n甲|乙|丙\\n丁|3|戊\\n己|庚|辛\\n".replace("\\\\n", "\\n"))


BROKEN = """三级指标|权重|评分标准|得分
泵站数量|6|按比例，封顶|6
验收合格率|5|每发现一类问题
扣1分|4
清淤长度|4|按完成率计分，
不足一半的
不得分|3.5
合计|15||13.5
"""


def test_a_cell_broken_over_lines_between_bare_strokes() -> None:
    """Rows without strokes at their ends: what a row lacks stands in the lines below, of one stroke at most."""
    (grid,) = tables(BROKEN)
    assert shown(grid) == [
        "三级指标 | 权重 | 评分标准 | 得分",
        "泵站数量 | 6 | 按比例，封顶 | 6",
        "验收合格率 | 5 | 每发现一类问题扣1分 | 4",
        "清淤长度 | 4 | 按完成率计分，不足一半的不得分 | 3.5",
        "合计 | 15 |  | 13.5",
    ]
