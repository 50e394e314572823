"""One document through the stages (一份文件的处理): the table of contents of the whole program."""

from extractors.readers.read import read
from extractors.readers.settings import DEFAULT, ReadingSettings
from extractors.repair.repair import repair
from extractors.rows.extract import extract
from extractors.segment.segment import segment
from normalizers.normalize import normalize
from pipeline.checks.run import check
from pipeline.results import DocumentResult, ReportResult


def process(source: str, data: bytes, settings: ReadingSettings = DEFAULT) -> DocumentResult:
    """Read one file's bytes and judge every report in it.

    source: path below the corpus, `/`-separated. Raises DocumentRefused where nothing can be read.
    """
    document = read(source, data, settings)
    document, repairs = repair(document)
    parts = segment(document)
    reports = [normalize(document, extract(part)) for part in parts]
    return DocumentResult(document, repairs, tuple(ReportResult(report, *check(report)) for report in reports))
