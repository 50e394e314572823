"""One document through the stages (一份文件的处理): the table of contents of the whole program."""

from dataclasses import dataclass

from extractors.pages import Document
from extractors.readers.read import read
from extractors.repair.plan import TextRepair
from extractors.repair.repair import repair
from extractors.rows.extract import extract
from extractors.segment.segment import segment
from normalizers.normalize import normalize
from normalizers.records import EvaluationReport
from pipeline.checks.model import Finding, Relation
from pipeline.checks.run import check


@dataclass(frozen=True, slots=True)
class ReportResult:
    """One report with what was tested and found (一份报告的结果)."""

    report: EvaluationReport
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One file with its reports (一份文件的结果). document: after repair."""

    document: Document
    repairs: tuple[TextRepair, ...]
    reports: tuple[ReportResult, ...]


def process(source: str, data: bytes) -> DocumentResult:
    """Read one file's bytes and judge every report in it.

    source: path below the corpus, `/`-separated. Raises DocumentRefused where nothing can be read.
    """
    document = read(source, data)
    document, repairs = repair(document)
    parts = segment(document)
    reports = [normalize(document, extract(part)) for part in parts]
    return DocumentResult(document, repairs, tuple(ReportResult(report, *check(report)) for report in reports))
