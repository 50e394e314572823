"""The door of checking (核对): a report in, every relation tested and the findings they fold into out."""

import re
from collections.abc import Container, Iterator
from itertools import chain

from normalizers.records import EvaluationReport
from pipeline.checks.facts import Facts
from pipeline.checks.fold import blocked, fold
from pipeline.checks.model import Finding, Relation
from pipeline.checks.registry import BY_RULE, CHECKS
from pipeline.checks.scenarios import Scenario, scenarios
from pipeline.checks.texts import Sentence

_JUDGED = ("external_evaluation", "self_evaluation", "overall_expenditure", "target_declaration")
_SECOND = frozenset(rule for rule, check in BY_RULE.items() if check.second)
_Line = tuple[int | None, int | None]  # page and line
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Reports of the field that score nothing; their figures are checked like any other's.
_UNSCORED = re.compile(r"绩效[^，。]{0,12}(?:监控|监测|跟踪)[^，。]{0,8}(?:报告|情况|分析)")


def judged(
    report: EvaluationReport,
) -> tuple[tuple[Relation, ...], tuple[Finding, ...], tuple[Scenario, ...], tuple[Sentence, ...] | None]:
    """Test every rule on `report`: relations, those that hold too, findings, and what they may do to the total.

    The last are the sentences that the rules read. A blank form gets none of all these.
    """
    if report.kind not in _JUDGED and not _monitors(report):
        return (), (), (), None
    facts = Facts(report)
    tested = _first_look(tuple(chain.from_iterable(rule.test(facts) for rule in CHECKS)))
    findings = fold(facts, tested)
    relations = blocked(tested, findings)
    disputed = any(relation.verdict == "inconsistent" for relation in relations)
    return relations, findings, scenarios(facts) if disputed else (), facts.sentences


def check(report: EvaluationReport) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """The relations tested on `report` and its findings alone."""
    relations, findings, *_ = judged(report)
    return relations, findings


def _first_look(tested: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """The relations without those of a second look at numbers that another rule found wrong, or right."""
    second = [one for one in tested if one.rule in _SECOND]
    if not second:
        return tested
    places = {id(one): set(_places(one)) for one in second}
    lines = {(page, line) for here in places.values() for page, line, _ in here}
    judged_there = {at for one in tested if one.rule not in _SECOND and _decides(one) for at in _places(one, lines)}
    left_out = {id(one) for one in second if not judged_there.isdisjoint(places[id(one)])}
    return tuple([one for one in tested if id(one) not in left_out])


def _decides(relation: Relation) -> bool:
    """Whether a relation finds the numbers it states wrong, or right by more than how large they are (a sign of it)."""
    if relation.verdict == "indeterminate":
        return False
    return relation.verdict == "inconsistent" or "=" in relation.formula or "≈" in relation.formula


def _places(relation: Relation, lines: Container[_Line] | None = None) -> Iterator[tuple[int | None, int | None, str]]:
    """Where the numbers that a relation states are printed: page, line, digits. Of one that fails, all its numbers.

    lines: the pages and lines on which alone they are looked for.
    """
    failed = relation.verdict == "inconsistent" and relation.rule not in _SECOND
    for operand in relation.operands if failed else relation.right:
        page, line = operand.span.page, operand.span.line
        digits = _DIGITS.search(operand.text) if lines is None or (page, line) in lines else None
        if digits is not None:
            yield page, line, digits[0].replace(",", "")


def _monitors(report: EvaluationReport) -> bool:
    """Whether a report without scores is one of monitoring (绩效运行监控报告)."""
    title = report.field("title") if report.kind == "other" else None
    return title is not None and _UNSCORED.search(title) is not None
