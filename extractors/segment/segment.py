"""The door of segmenting (分段): a Document in, the reports it holds out."""

from collections.abc import Sequence
from itertools import accumulate

from extractors.pages import Document, Line
from extractors.segment.front import front_lines, is_card
from extractors.segment.kinds import part_kind
from extractors.segment.model import ReportPart
from extractors.segment.noise import (
    as_page_mark,
    contents_lines,
    is_page_mark,
    is_web_mark,
    page_numbers,
    running_lines,
)
from extractors.segment.parts import boundaries
from extractors.segment.sections import paragraphs, sections
from extractors.segment.sheet_grid import without_sheet_grid
from extractors.segment.tables.find import FoundTable, find_tables
from extractors.segment.unfold import unfold
from extractors.segment.wide_tables import with_wide_tables
from extractors.segment.wrapping import Wrapping, counted


def segment(document: Document) -> tuple[ReportPart, ...]:
    """The reports of the document, in order; at least one, also where the document is no report at all."""
    document = without_sheet_grid(with_wide_tables(document))
    lines, wrapping = counted(unfold(document.lines))
    numbers = page_numbers(lines)
    if numbers:
        lines = tuple(as_page_mark(line) if index in numbers else line for index, line in enumerate(lines))
    marks = frozenset([index for index, line in enumerate(lines) if is_page_mark(line.text)])
    furniture = contents_lines(lines) | running_lines(lines, _page_starts(document, lines), marks)
    dropped = [
        index in furniture or (line.framed is None and (index in marks or is_web_mark(line.text)))
        for index, line in enumerate(lines)
    ]
    tables = find_tables(lines, dropped)
    in_table = [False] * len(lines)
    for table in tables:
        in_table[table.start : table.end] = [True] * (table.end - table.start)
    starts = boundaries(lines, dropped, in_table, tables)
    spans = zip(starts, [*starts[1:], len(lines)], strict=True)
    return tuple(
        _part(
            number,
            lines[start:end],
            dropped[start:end],
            [_moved(table, -start) for table in tables if start <= table.first < end],
            wrapping,
        )
        for number, (start, end) in enumerate(spans, start=1)
    )


def _page_starts(document: Document, lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that begin a page of a plain text behind a form feed; none where lines were unfolded."""
    counts = [len(page.lines) for page in document.pages]
    return list(accumulate(counts[:-1])) if sum(counts) == len(lines) else []


def _moved(table: FoundTable, offset: int) -> FoundTable:
    """The table with its indices counted from another line."""
    captions = tuple(index + offset for index in table.captions)
    return FoundTable(table.grid, captions, table.start + offset, table.end + offset)


def _part(
    number: int,
    lines: tuple[Line, ...],
    dropped: Sequence[bool],
    tables: Sequence[FoundTable],
    wrapping: Wrapping | None,
) -> ReportPart:
    """One report. dropped: parallel to its lines, those without content. tables: with indices into its lines.

    wrapping: of the whole file, where its lines were numbered by it.
    """
    bodies = list(dropped)
    for table in tables:
        bodies[table.start : table.end] = [True] * (min(table.end, len(lines)) - table.start)
    opening = (table.start for table in tables if not is_card(table.grid))
    front = front_lines(lines, bodies, min(opening, default=len(lines)))
    for table in tables:
        for index in table.captions:
            bodies[index] = True
    grids = {table.first: table.grid for table in tables}
    found = sections(list(paragraphs(lines, grids, bodies, Wrapping(lines, bodies, wrapping))))
    return ReportPart(number, part_kind("\n".join([line.text for line in lines]), found), front, found, lines)
