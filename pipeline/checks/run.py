"""The door of checking (核对): a report in, every relation tested and the findings they fold into out."""

import re

from normalizers.records import EvaluationReport
from pipeline.checks.facts import Facts
from pipeline.checks.fold import blocked, fold
from pipeline.checks.model import Finding, Relation
from pipeline.checks.registry import CHECKS
from pipeline.checks.scenarios import Scenario, scenarios

_JUDGED = ("external_evaluation", "self_evaluation", "overall_expenditure", "target_declaration")
# Reports of the field that score nothing; their figures are checked like any other's.
_UNSCORED = re.compile(r"绩效[^，。]{0,12}(?:监控|监测|跟踪)[^，。]{0,8}(?:报告|情况|分析)")


def judged(
    report: EvaluationReport,
) -> tuple[tuple[Relation, ...], tuple[Finding, ...], tuple[Scenario, ...]]:
    """Test every rule on `report`: relations, those that hold too, findings, and what they may do to the total.

    A blank form gets none.
    """
    if report.kind not in _JUDGED and not _monitors(report):
        return (), (), ()
    facts = Facts(report)
    tested = tuple(relation for rule in CHECKS for relation in rule.test(facts))
    findings = fold(facts, tested)
    relations = blocked(tested, findings)
    disputed = any(relation.verdict == "inconsistent" for relation in relations)
    return relations, findings, scenarios(facts) if disputed else ()


def check(report: EvaluationReport) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """The relations tested on `report` and its findings alone."""
    relations, findings, _ = judged(report)
    return relations, findings


def _monitors(report: EvaluationReport) -> bool:
    """Whether a report without scores is one of monitoring (绩效运行监控报告)."""
    title = report.field("title") if report.kind == "other" else None
    return title is not None and _UNSCORED.search(title) is not None
