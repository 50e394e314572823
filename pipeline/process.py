"""One document through the stages (一份文件的处理): the table of contents of the whole program."""

from extractors.frozen import frozen
from extractors.pages import Document
from extractors.readers.read import read
from extractors.readers.settings import DEFAULT, ReadingSettings
from extractors.repair.plan import TextRepair
from extractors.repair.repair import repair
from extractors.rows.extract import extract
from extractors.segment.segment import segment
from normalizers.normalize import normalize
from normalizers.records import EvaluationReport
from pipeline.checks.run import judged
from pipeline.results import DocumentResult, ReportResult


@frozen
class Understanding:
    """A file as understood, not yet judged (理解结果). document: after repair."""

    document: Document
    repairs: tuple[TextRepair, ...]
    reports: tuple[EvaluationReport, ...]


def read_document(source: str, data: bytes, settings: ReadingSettings = DEFAULT) -> Document:
    """What is printed in a file. Raises DocumentRefused where nothing can be read."""
    return read(source, data, settings)


def understand(document: Document) -> Understanding:
    """What the reports in a document say."""
    document, repairs = repair(document)
    parts = segment(document)
    return Understanding(document, repairs, tuple(normalize(document, extract(part)) for part in parts))


def judge(understanding: Understanding) -> DocumentResult:
    """What is wrong with the reports of a file."""
    reports = tuple(ReportResult(report, *judged(report)) for report in understanding.reports)
    return DocumentResult(understanding.document, understanding.repairs, reports)


def process(source: str, data: bytes, settings: ReadingSettings = DEFAULT) -> DocumentResult:
    """Read one file's bytes and judge every report in it.

    source: path below the corpus, `/`-separated. Raises DocumentRefused where nothing can be read.
    """
    return judge(understand(read_document(source, data, settings)))
