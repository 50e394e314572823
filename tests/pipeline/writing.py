"""Record files of hand-built results, for the tests of writers."""

from pathlib import Path

from pipeline.results import DocumentResult
from pipeline.work import dump_all
from pipeline.writers.convert import convert
from pipeline.writers.jsonlines import JsonLines


def write_lines(folder: Path, *results: DocumentResult) -> Path:
    """Write the JSON Lines of these results below `folder`; gives `folder` back."""
    with JsonLines(folder) as files:
        for result in results:
            files.append(dump_all(convert(result)))
    return folder
