"""What processing one document gives (处理结果): its reports with everything tested and found."""

from extractors.frozen import frozen
from extractors.pages import Document
from extractors.repair.plan import TextRepair
from normalizers.records import EvaluationReport
from pipeline.checks.model import Finding, Relation
from pipeline.checks.scenarios import Scenario
from pipeline.checks.texts import Sentence


@frozen
class ReportResult:
    """One report with what was tested and found (一份报告的结果).

    scenarios: only where something is in dispute. sentences: its text as the rules read it; None where none was tested.
    """

    report: EvaluationReport
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    scenarios: tuple[Scenario, ...] = ()
    sentences: tuple[Sentence, ...] | None = None


@frozen
class DocumentResult:
    """One file with its reports (一份文件的结果). document: after repair."""

    document: Document
    repairs: tuple[TextRepair, ...]
    reports: tuple[ReportResult, ...]
