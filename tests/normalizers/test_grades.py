"""Grade scales of reports and of the regulation."""

from decimal import Decimal

import pytest

from extractors.rows.model import Statement
from normalizers.grades import NATIONAL, grade_for, own_scale, same_grade
from tests.normalizers.builders import claim


def band(grade: str, low: str = "", high: str = "") -> Statement:
    """A grade band as a report prints it."""
    values = {"grade": grade} | ({"low": low} if low else {}) | ({"high": high} if high else {})
    return claim(grade, 1, kind="grade-band", **values)


@pytest.mark.parametrize(
    ("score", "grade"), [("90", "优"), ("89.99", "良"), ("100", "优"), ("60", "中"), ("59.9", "差")]
)
def test_the_upper_grade_includes_its_limit(score: str, grade: str) -> None:
    """财预〔2020〕10号第十八条."""
    assert grade_for(Decimal(score), NATIONAL) == grade


def test_bands_written_80_to_89_reach_up_to_90() -> None:
    """A score of 89.6 between two printed bands belongs to the lower one."""
    scale = own_scale(
        [band("优秀", "90", "100"), band("良好", "80", "89"), band("一般", "60", "79"), band("较差", "", "59")]
    )
    assert grade_for(Decimal("89.6"), scale) == "良好"


def test_two_bands_are_no_scale() -> None:
    """A lone sentence about 90 points does not replace the national scale."""
    assert own_scale([band("优", "90"), band("良", "80", "90")]) == ()


def test_grades_under_two_labels_are_the_same() -> None:
    """优秀 and 优, 良好 and 良."""
    assert same_grade("优秀", "“优”")
    assert not same_grade("优", "良")
