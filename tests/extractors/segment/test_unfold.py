"""A table of which every cell stands on one line is unfolded and read."""

from tests.extractors.segment.layouts import parts, prose, shown

BLOB = (
    "附件：自评表 （2022年度） 项目名称 林道维护 主管部门 林业局 实施单位 护林站 "
    "项目资金 （万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分 "
    "年度资金总额： 90 89.97 89.97 10 100% 10 年度总体目标 预期目标 实际完成情况 维护林道90公里。 维护林道89公里。 "
    "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 "
    "产出指标（50分） 数量指标 维护里程 ≥90公里 89 50 49 "
    "效益指标（30分） 社会效益指标 通行状况 明显改善 达成预期 40 40 总分 100 99"
)


def test_a_form_on_one_line() -> None:
    """The form is put together word by word; what stands before it stays prose."""
    (part,) = parts(BLOB + "\n")
    (grid,) = part.tables
    rows = shown(grid)
    assert rows[0].startswith("项目名称 | 林道维护")
    assert rows[-3:] == [
        " | 产出指标（50分） | 数量指标 | 维护里程 | ≥90公里 | 89 | 50 | 49",
        " | 效益指标（30分） | 社会效益指标 | 通行状况 | 明显改善 | 达成预期 | 40 | 40",
        "总分 |  |  |  |  |  | 100 | 99",
    ]
    assert [line.number for cell in grid.cells for line in cell.flow.lines] == [1] * sum(
        len(c.flow.lines) for c in grid.cells
    )
    assert part.kind == "report"


def test_a_sentence_that_names_the_levels_stays_one_line() -> None:
    """Prose is not unfolded."""
    text = "指标体系包括一级指标 4 个、二级指标 9 个、三级指标 19 个，各级指标权重由评价组确定。"
    assert prose(parts(text)[0]) == [text]
