"""Targets that prose sets become indicators of their groups, and give flat target tables their groups."""

from extractors.rows.extract import extract
from extractors.rows.model import IndicatorRow
from tests.extractors.rows.grids import grid
from tests.extractors.rows.reports import report

_GOALS = (
    "项目绩效目标",
    [
        "产出指标的数量目标设定情况：数量指标设定培训班次、巡检次数、设备更新量。其中，培训班次设定为12期及以上；"
        "巡检次数2022年和2023年分别设定为24次、36次。",
        "产出指标的质量目标设定情况：热线接通率两年均设定为不低于95%。",
        "效益指标分别设定社会效益指标，其中社会效益指标为设备使用年限不低于6年。",
    ],
)


def _shown(row: IndicatorRow) -> str:
    targets = "".join(f" {value.text}" for name, value in row.fields if name == "target")
    return f"{'/'.join((*row.path, row.name.text))}{targets}{' ' + row.year if row.year else ''}"


def test_prose_sets_targets_of_listed_and_named_indicators() -> None:
    """Listed names stand below the group that lists them; what is set for a name is its target."""
    rows = extract(report(["某项目绩效评价报告"], [_GOALS])).indicators
    assert [_shown(row) for row in rows if row.level == 3] == [
        "产出指标/数量指标/培训班次 12期及以上",
        "产出指标/数量指标/巡检次数 24次 2022年",
        "产出指标/数量指标/巡检次数 36次 2023年",
        "产出指标/数量指标/设备更新量",
        "产出指标/质量指标/热线接通率 不低于95%",
        "效益指标/社会效益指标/设备使用年限 不低于6年",
    ]
    assert {row.table_role for row in rows} == {"target"}


def test_a_flat_table_takes_the_groups_that_prose_gives_its_indicators() -> None:
    """Two tables of two years headed 产出指标 stand below 数量指标, each with its year; prose adds no row."""
    tables = [
        grid(
            [
                f"产出指标 | {year}年 | <",
                "^ | 目标值 | 完成值",
                "培训班次 | 12 | 13",
                "巡检次数 | 24 | 25",
                "设备更新量 | 3 | 3",
            ],
            table_id=f"t{year}",
        )
        for year in (2022, 2023)
    ]
    rows = extract(report(["某项目绩效评价报告"], [_GOALS], *tables)).indicators
    assert [_shown(row) for row in rows if row.table_id == "t2022"] == [
        "产出指标 2022年",
        "产出指标/数量指标 2022年",
        "产出指标/数量指标/培训班次 12 2022年",
        "产出指标/数量指标/巡检次数 24 2022年",
        "产出指标/数量指标/设备更新量 3 2022年",
    ]
    assert "产出指标/数量指标/培训班次 12期及以上" not in [_shown(row) for row in rows]


def test_what_was_reached_sets_no_target() -> None:
    """A sentence of results below a heading on goals gives no target."""
    body = [("绩效目标完成情况", ["数量指标方面，实际巡检次数为24次；成本指标方面，支出为158.95万元。"])]
    assert not extract(report(["某项目绩效自评报告"], body)).indicators
