"""Total and grade printed as fields of their own are found, and nothing else is taken for them."""

import pytest

from extractors.pages import Line
from extractors.rows.result_fields import grade_below_total, total_of_form
from tests.extractors.rows.grids import grid


@pytest.mark.parametrize(
    ("upper", "lower", "grade"),
    [
        ("总得分：91.4", "等级：优（90-100为优，80-90为良）", "优"),
        ("评价得分：88.2分", "评价级别：B级", "B级"),
        ("编制人数：91", "等级：优", None),
        ("总得分：91.4", "等级：优、良、中、差", None),
    ],
)
def test_a_grade_stands_below_the_total(upper: str, lower: str, grade: str | None) -> None:
    """A bare line `等级：…` is the report's grade only right below the line of its total."""
    found = grade_below_total([Line(upper, number=1), Line(lower, number=2)])
    assert [(name, printed.text) for name, printed in found] == ([("grade", grade)] if grade else [])


@pytest.mark.parametrize(
    ("drawing", "total"),
    [
        (["项目名称 | 路灯改造 | 自评总分(分) | 93.4", "主管部门 | 甲局 | 归口处室 | 乙处"], ["93.4"]),
        (["项目名称 | 路灯改造 | 自评总分(分) | 9.4", "主管部门 | 甲局 | 归口处室 | 乙处"], []),
        (["项目名称 | 自评总分 | 执行率 | 备注", "路灯改造 | 93.4 | 98.1 | 无"], []),
    ],
)
def test_a_form_may_hold_the_total(drawing: list[str], total: list[str]) -> None:
    """The number right behind the label in a form's first rows; a column's head has none behind it."""
    assert [printed.text for _, printed in total_of_form(grid(drawing))] == total
