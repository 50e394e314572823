"""Every rule is tested by its own examples; a rule without them fails."""

import pytest

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.registry import CHECKS
from pipeline.checks.run import check
from tests.pipeline.checks.notation import report

AGREES = [(rule, text) for rule in CHECKS for text in rule.agrees]
DISAGREES = [(rule, text) for rule in CHECKS for text in rule.disagrees]


def _own(rule: Check, text: str) -> list[Relation]:
    return list(rule.test(Facts(report(text))))


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.rule)
def test_rule_is_described_and_has_examples_of_both_kinds(rule: Check) -> None:
    """A rule says what, why, by which formula and regulation, and shows reports that agree and disagree."""
    assert rule.agrees and rule.disagrees and rule.false_alarms
    assert all((rule.what, rule.why, rule.formula, rule.tolerance, rule.source, rule.name))


def test_rules_have_distinct_kebab_case_names() -> None:
    """A rule's id is stable and used in files, so it is unique and plain."""
    names = [rule.rule for rule in CHECKS]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and name.replace("-", "").isalpha() for name in names)


@pytest.mark.parametrize(("rule", "text"), AGREES, ids=lambda value: getattr(value, "rule", None))
def test_example_that_agrees_is_tested_and_raises_nothing(rule: Check, text: str) -> None:
    """An example that agrees gives relations of this rule that hold, and no finding of this rule."""
    relations = _own(rule, text)
    assert rule.silent or any(relation.verdict in ("consistent", "rounding") for relation in relations)
    assert [finding.title for finding in check(report(text))[1] if finding.rule == rule.rule] == []


@pytest.mark.parametrize(("rule", "text"), DISAGREES, ids=lambda value: getattr(value, "rule", None))
def test_example_that_disagrees_is_a_finding_with_both_sides(rule: Check, text: str) -> None:
    """An example that disagrees fails this rule; the failed relation stands in a finding with words and evidence."""
    relations, findings = check(report(text))
    failed = [
        n for n, relation in enumerate(relations) if relation.rule == rule.rule and relation.verdict == "inconsistent"
    ]
    assert failed
    for index in failed:
        finding = next(one for one in findings if index in one.relations)
        lines = {operand.span.line for operand in finding.evidence}
        assert {operand.span.line for operand in relations[index].operands} <= lines
        assert finding.title and finding.message and relations[index].formula
