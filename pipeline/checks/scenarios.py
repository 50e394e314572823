"""What total and grade become with each set of candidate values (情形): one statement for the whole report."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen
from normalizers.grades import grade_for, same_grade
from normalizers.records import EvaluationReport
from pipeline.checks.facts import Facts
from pipeline.checks.links import NARRATIVE
from pipeline.checks.sensitivity import Dispute, disputes
from pipeline.checks.tolerance import written


@frozen
class Scenario:
    """Total and grade on one basis (情形).

    basis: which values are taken, Chinese. changes: how many disputed scores it replaces.
    """

    basis: str
    total: str
    grade: str | None
    grade_changes: bool
    changes: int
    statement: str


def scenarios(facts: Facts) -> tuple[Scenario, ...]:
    """Every basis that gives another total than the one stated, each total once; none where nothing is disputed."""
    report = facts.report
    if not facts.totals or facts.totals[0].number is None:
        return ()
    stated = facts.totals[0].number.value
    grade = next((mention.text.strip() for mention in report.field_mentions if mention.field == "grade"), None)
    found: dict[Decimal, Scenario] = {}
    for basis, total, changes in _bases(facts, stated):
        if total != stated and total not in found:
            found[total] = _scenario(report, basis, total, grade, changes)
    return tuple(found.values())


def _bases(facts: Facts, stated: Decimal) -> Iterator[tuple[str, Decimal, int]]:
    """(basis, total, how many scores it replaces): the prose, the other tables, the lowest and the highest of each."""
    found = disputes(facts)
    prose = _first([one for one in found if one.other.place in NARRATIVE])
    tables = _first([one for one in found if one.other.place not in NARRATIVE])
    lowest = _first(sorted((one for one in found if one.change < 0), key=lambda one: one.change))
    highest = _first(sorted((one for one in found if one.change > 0), key=lambda one: -one.change))
    for basis, chosen in (
        ("以正文为准", prose),
        ("以其他表格为准", tables),
        ("有争议的得分均取低者", lowest),
        ("有争议的得分均取高者", highest),
    ):
        if chosen:
            yield basis, stated + sum((one.change for one in chosen), Decimal(0)), len(chosen)
    for mention in facts.totals[1:]:
        if mention.number is not None:
            yield "以另一处所载总分为准", mention.number.value, 0


def _first(chosen: Sequence[Dispute]) -> list[Dispute]:
    """The first dispute of each indicator."""
    return list({one.index: one for one in reversed(chosen)}.values())[::-1]


def _scenario(report: EvaluationReport, basis: str, total: Decimal, stated: str | None, changes: int) -> Scenario:
    grade = grade_for(total, report.scale)
    flips = grade is not None and stated is not None and not same_grade(grade, stated)
    if flips:
        tail = f"，等级由“{stated}”变为“{grade}”"
    else:
        tail = f"，等级仍为“{stated}”" if stated is not None and grade is not None else ""
    statement = f"若{basis}，总分为 {written(total)}{tail}。"
    return Scenario(basis, written(total), grade, flips, changes, statement)
