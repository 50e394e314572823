"""Score claims are read as printed, whoever they speak of, and rules are never taken for results."""

import pytest

from extractors.rows.statements import read_text
from tests.extractors.rows.case_files import Case, load, shown

KINDS = ("score-claim", "deduction", "full-mark", "no-deduction", "no-mark", "total", "self-total")


@pytest.mark.parametrize("case", load("claims.txt"), ids=lambda case: case.text[:24])
def test_a_sentence_states_its_scores(case: Case) -> None:
    """Each sentence of claims.txt states what the file says, in order, and nothing else about scores."""
    found = [shown(statement) for statement in read_text(case.text, case.context()) if statement.kind in KINDS]
    assert found == list(case.expected)
