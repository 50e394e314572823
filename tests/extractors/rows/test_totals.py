"""The report's total, its grade and its own grade scale are told from every other scoring."""

import pytest

from extractors.rows.statements import read_text
from tests.extractors.rows.case_files import Case, load, shown


@pytest.mark.parametrize("case", load("totals.txt"), ids=lambda case: case.text[:24])
def test_a_total_is_the_reports_own(case: Case) -> None:
    """Each sentence of totals.txt states the total and grade the file says, and no other scoring as such."""
    kinds = ("score-claim", "total", "self-total")
    found = [shown(statement) for statement in read_text(case.text, case.context()) if statement.kind in kinds]
    assert found == list(case.expected)


@pytest.mark.parametrize("case", load("bands.txt"), ids=lambda case: case.text[:24])
def test_a_grade_scale_is_read_in_every_style(case: Case) -> None:
    """Each text of bands.txt defines the bands the file says, ends included or not."""
    found = [shown(statement) for statement in read_text(case.text, case.context()) if statement.kind == "grade-band"]
    assert found == list(case.expected)


@pytest.mark.parametrize(
    "drawing",
    [
        ["等级 | 得分区间", "优 | 90（含）-100分", "良 | 80（含）-90分", "中 | 60（含）-80分", "差 | 60分以下"],
        ["评价等级 | 优 | 良 | 中 | 差", "分值 | 90（含）-100分 | 80（含）-90分 | 60（含）-80分 | 60分以下"],
    ],
)
def test_a_grade_scale_may_be_a_table(drawing: list[str]) -> None:
    """Grades down a column or along a row, each with the limits beside or below it."""
    from extractors.rows.extract import extract
    from tests.extractors.rows.grids import grid, part

    bands = [shown(statement) for statement in extract(part(grid(drawing))).of_kind("grade-band")]
    assert bands == [
        "grade-band grade=优 low=90 high=100",
        "grade-band grade=良 low=80 high=90",
        "grade-band grade=中 low=60 high=80",
        "grade-band grade=差 high=60",
    ]


def test_a_table_of_results_is_no_grade_scale() -> None:
    """Grades that several projects got are not the limits of grades."""
    from extractors.rows.extract import extract
    from tests.extractors.rows.grids import grid, part

    drawing = ["项目 | 得分 | 等级", "甲 | 92 | 优", "乙 | 85 | 良", "丙 | 70 | 中"]
    assert not list(extract(part(grid(drawing))).of_kind("grade-band"))
