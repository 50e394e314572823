"""Money and rates are read with the role their sentence gives them; counted things are no money."""

import pytest

from extractors.rows.statements import read_text
from tests.extractors.rows.case_files import Case, load, shown


@pytest.mark.parametrize("case", load("amounts.txt"), ids=lambda case: case.text[:24])
def test_an_amount_has_the_role_its_sentence_gives_it(case: Case) -> None:
    """Each sentence of amounts.txt states the amounts the file says, in order, with their roles."""
    found = [shown(statement) for statement in read_text(case.text, case.context()) if statement.kind == "amount"]
    assert found == list(case.expected)


@pytest.mark.parametrize("case", load("rates.txt"), ids=lambda case: case.text[:24])
def test_a_rate_is_one_that_was_reached(case: Case) -> None:
    """Each sentence of rates.txt states the execution and arrival rates reached, no target among them."""
    found = [shown(statement) for statement in read_text(case.text, case.context()) if statement.kind == "rate"]
    assert found == list(case.expected)
