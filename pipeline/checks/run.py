"""The door of checking (核对): a report in, every relation tested and the findings they fold into out."""

from normalizers.records import EvaluationReport
from pipeline.checks.facts import Facts
from pipeline.checks.fold import blocked, fold
from pipeline.checks.model import Finding, Relation
from pipeline.checks.registry import CHECKS

_JUDGED = ("external_evaluation", "self_evaluation", "overall_expenditure", "target_declaration")


def check(report: EvaluationReport) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """Test every rule on `report`. Relations that hold are returned too; a blank form gets neither."""
    if report.kind not in _JUDGED:
        return (), ()
    facts = Facts(report)
    relations = tuple(relation for rule in CHECKS for relation in rule.test(facts))
    findings = fold(facts, relations)
    return blocked(relations, findings), findings
