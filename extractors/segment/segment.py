"""The door of segmenting (分段): a Document in, the reports it holds out."""

from collections.abc import Sequence

from extractors.pages import Document, Line
from extractors.segment.front import front_lines
from extractors.segment.kinds import part_kind
from extractors.segment.model import ReportPart
from extractors.segment.noise import contents_lines, is_page_mark
from extractors.segment.paragraphs import usual_width
from extractors.segment.parts import Placed, boundaries
from extractors.segment.sections import paragraphs, sections
from extractors.segment.tables.find import FoundTable, find_tables


def segment(document: Document) -> tuple[ReportPart, ...]:
    """The reports of the document, in order; at least one, also where the document is no report at all."""
    lines = tuple(document.lines)
    contents = contents_lines(lines)
    dropped = [index in contents or is_page_mark(line.text) for index, line in enumerate(lines)]
    tables = find_tables(lines, dropped)
    placed = [Placed(table.lines[0], table.lines[-1] + 1, table.grid) for table in tables]
    taken = list(dropped)
    for table in tables:
        for index in table.lines:
            taken[index] = True
    starts = boundaries(lines, dropped, placed)
    return tuple(
        _part(number, lines, taken, tables, start, end)
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), start=1)
    )


def _part(
    number: int, lines: Sequence[Line], taken: Sequence[bool], tables: Sequence[FoundTable], start: int, end: int
) -> ReportPart:
    """The report of lines[start:end]."""
    own, skip = tuple(lines[start:end]), taken[start:end]
    grids = {table.lines[0] - start: table.grid for table in tables if start <= table.lines[0] < end}
    found = sections(list(paragraphs(own, grids, skip, usual_width(own))))
    kind = part_kind("\n".join(line.text for line in own), found)
    return ReportPart(number, kind, front_lines(own, skip), found, own)
