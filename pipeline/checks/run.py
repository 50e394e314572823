"""The door of checking (核对): a report in, every relation tested and the findings they fold into out."""

import re

from normalizers.records import EvaluationReport
from pipeline.checks.facts import Facts
from pipeline.checks.fold import blocked, fold
from pipeline.checks.model import Finding, Relation
from pipeline.checks.registry import CHECKS

_JUDGED = ("external_evaluation", "self_evaluation", "overall_expenditure", "target_declaration")
# Reports of the field that score nothing; their figures are checked like any other's.
_UNSCORED = re.compile(r"绩效[^，。]{0,12}(?:监控|监测|跟踪)[^，。]{0,8}(?:报告|情况|分析)")


def check(report: EvaluationReport) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """Test every rule on `report`. Relations that hold are returned too; a blank form gets neither."""
    if report.kind not in _JUDGED and not _monitors(report):
        return (), ()
    facts = Facts(report)
    relations = tuple(relation for rule in CHECKS for relation in rule.test(facts))
    findings = fold(facts, relations)
    return blocked(relations, findings), findings


def _monitors(report: EvaluationReport) -> bool:
    """Whether a report without scores is one of monitoring (绩效运行监控报告)."""
    title = report.field("title") if report.kind == "other" else None
    return title is not None and _UNSCORED.search(title) is not None
