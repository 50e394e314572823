"""From findings to the records that are written (疑点转记录), with what they rest on and what follows."""

from collections.abc import Sequence

from pipeline.checks.model import Finding, Localization, Relation, Way
from pipeline.results import ReportResult
from pipeline.writers import records
from pipeline.writers.judgements import LocalizationRecord, ScenarioRecord, SidesRecord, WayRecord
from pipeline.writers.values import Shown


def finding_record(result: ReportResult, finding: Finding, shown: Shown) -> records.FindingRecord:
    """One finding with its evidence. shown: that of the relations, which it shares."""
    report, effect = result.report, finding.effect
    return {
        "finding_id": finding.finding_id,
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "rule": finding.rule,
        "severity": finding.severity,
        "title": finding.title,
        "message": finding.message,
        "formula": finding.formula,
        "reported": finding.reported,
        "expected": finding.expected,
        "expected_low": finding.expected_low,
        "expected_high": finding.expected_high,
        "difference": finding.difference,
        "likelier_wrong": finding.likelier_wrong,
        "witnesses": [{"value": value, "places": places} for value, places in finding.witnesses],
        "effect": None
        if effect is None
        else {"total": effect.total, "grade": effect.grade, "grade_changes": effect.grade_changes},
        "suspect": finding.suspect,
        "localization": _localization(finding.localization, shown),
        "relations": list(finding.relations),
        "sides": _sides(result.relations, finding),
        "evidence": shown.operands(finding.evidence),
    }


def _localization(found: Localization | None, shown: Shown) -> LocalizationRecord | None:
    """What the likelier error rests on."""
    if found is None:
        return None
    return {
        "method": found.method,
        "best": None if found.best is None else _way(found.best, shown),
        "alternatives": [_way(way, shown) for way in found.alternatives],
        "near": found.near,
    }


def _way(way: Way, shown: Shown) -> WayRecord:
    """One way to make all relations hold."""
    return {
        "places": way.places,
        "changes": [
            {
                "subject": change.subject,
                "value": change.operands[0].text.strip(),
                "fitting": change.fitting or None,
                "evidence": shown.operands(change.operands),
            }
            for change in way.changes
        ],
    }


def scenario_records(result: ReportResult) -> list[ScenarioRecord]:
    """What total and grade become with other stated values."""
    return [
        {
            "basis": one.basis,
            "total": one.total,
            "grade": one.grade,
            "grade_changes": one.grade_changes,
            "changes": one.changes,
            "statement": one.statement,
        }
        for one in result.scenarios
    ]


def _sides(relations: Sequence[Relation], finding: Finding) -> SidesRecord:
    """The operands of the relation that gave the finding its title; without one, the evidence by its roles."""
    named = (relations[index] for index in finding.relations)
    main = next((relation for relation in named if relation.title == finding.title), None)
    if main is None:
        stated = [n for n, operand in enumerate(finding.evidence) if operand.role == "reported"]
        return {"stated": stated, "against": [n for n in range(len(finding.evidence)) if n not in stated]}
    places = {(operand.text, operand.span): n for n, operand in reversed(list(enumerate(finding.evidence)))}
    left, right = ([places.get((operand.text, operand.span)) for operand in side] for side in (main.left, main.right))
    return {
        "stated": [n for n in dict.fromkeys(right) if n is not None],
        "against": [n for n in dict.fromkeys(left) if n is not None],
    }
