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
