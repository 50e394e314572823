"""Sentences that state targets, counts, shares, growth and dates."""

import pytest

from extractors.rows.phrases import PHRASES, RULES
from extractors.rows.statements import read_text
from tests.extractors.rows.case_files import Case, load, shown

_TESTED = {phrase.kind for phrase in PHRASES} - {"share"}


@pytest.mark.parametrize("case", load("phrases.txt"), ids=lambda case: case.text[:24])
def test_a_phrase_states_its_values(case: Case) -> None:
    """Each sentence of phrases.txt states what the file says."""
    found = [shown(statement) for statement in read_text(case.text, case.context()) if statement.kind in _TESTED]
    assert found == list(case.expected)


def test_every_kind_of_phrase_has_a_case() -> None:
    """No pattern stands in phrases.py that no sentence here shows at work."""
    shown_kinds = {line.split()[0].split("/")[0] for case in load("phrases.txt") for line in case.expected}
    assert shown_kinds == _TESTED


def test_a_rule_column_states_steps_and_no_results() -> None:
    """The scoring standard of an indicator gives the points each step can bring."""
    from extractors.rows.context import Context

    text = "满意度≥95%的，得5分；90%≤满意度＜95%的，得4分；80%-90%得2分；每缺一项扣0.5分；按比例得分。"
    found = [shown(statement) for statement in read_text(text, Context(rules=True))]
    assert found == [
        "rule-step second_sign=≥ second=95% score=5",
        "rule-step first=90% first_sign=≤ second_sign=＜ second=95% score=4",
        "rule-step low=80% high=90% score=2",
        "rule-deduction deduction=0.5",
        "rule-proportional how=按比例得分",
    ]
    assert {phrase.kind for phrase in RULES} >= {line.split()[0] for line in found}
