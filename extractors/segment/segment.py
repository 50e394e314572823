"""The door of segmenting (分段): a Document in, the reports it holds out."""

from extractors.pages import Document, Line
from extractors.segment.model import ReportPart
from extractors.segment.noise import contents_lines, is_page_mark
from extractors.segment.paragraphs import usual_width
from extractors.segment.sections import paragraphs, sections
from extractors.segment.tables.find import find_tables


def segment(document: Document) -> tuple[ReportPart, ...]:
    """The reports of the document, in order; at least one, also where the document is no report at all."""
    lines = tuple(document.lines)
    contents = contents_lines(lines)
    dropped = [index in contents or is_page_mark(line.text) for index, line in enumerate(lines)]
    tables = find_tables(lines, dropped)
    taken = list(dropped)
    first = {}
    for table in tables:
        first[table.lines[0]] = table.grid
        for index in table.lines:
            taken[index] = True
    blocks = list(paragraphs(lines, first, taken, usual_width(lines)))
    return (ReportPart(1, "report", _front(lines), sections(blocks), lines),)


def _front(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(line for line in lines[:30] if line.text.strip())
