"""A sample report as blocks (样例报告的版块): its paragraphs and tables, as the text reader understands them."""

import re
from collections.abc import Iterator

from corpus.render.blocks import Block, TableBlock, TableCell, TextBlock
from extractors.readers.read import read
from extractors.segment.model import Flow, Paragraph, ReportPart, Section, TableGrid
from extractors.segment.segment import segment
from extractors.segment.tables.heads import begins_form, is_form_label

_TITLE = re.compile(r"[^。：:，；]{4,44}")
_MARKUP = re.compile(r"</?(?:table|caption|thead|tbody|tr)\b[^<>]*>")
_LONGEST_HEADING = 40
_FORM_ROWS = 4  # from the top, in which a form names its fields
_LOOK_BACK = 8  # lines above a table in which its caption stands


def blocks_of(source: str, data: bytes) -> list[Block]:
    """The blocks of a text report in reading order; a second report of the file begins a page."""
    blocks: list[Block] = []
    for part in segment(read(source, data)):
        if blocks:
            blocks.append(TextBlock("", "break"))
        blocks.extend(_part_blocks(part))
    return blocks


def _part_blocks(part: ReportPart) -> list[Block]:
    """Title page, headings, paragraphs and tables of one report, in the order of their lines."""
    placed = [entry for section in part.sections for entry in _section_blocks(section, part)]
    placed.sort(key=lambda entry: entry[0])
    return [block for _, block in placed]


def _section_blocks(section: Section, part: ReportPart) -> Iterator[tuple[int, Block]]:
    """Each block of a section with the number of its first line."""
    front = {line.number for line in part.front}
    heading = section.heading.flow if section.heading is not None else None
    for block in section.blocks:
        if heading is not None and not (isinstance(block, Paragraph) and _runs_on(heading, block)):
            yield _number(heading), _heading(heading.text)
            heading = None
        if isinstance(block, TableGrid):
            yield from _captions(part, block)
            yield block.fragments[0].first.line or 0, _table(block)
        elif heading is not None:
            yield _number(heading), TextBlock(heading.text + block.flow.text)
            heading = None
        else:
            yield _number(block.flow), _text(block, block.flow.lines[0].number in front)
    if heading is not None:
        yield _number(heading), _heading(heading.text)


def _number(flow: Flow) -> int:
    """The line in which a flow begins."""
    return flow.lines[0].number or 0


def _runs_on(heading: Flow, block: Paragraph) -> bool:
    """Whether the paragraph stands in the heading's own line."""
    return block.flow.lines[:1] == heading.lines[-1:]


def _heading(text: str) -> TextBlock:
    """A heading; a long numbered sentence is set as body text."""
    return TextBlock(text, "heading" if len(text) <= _LONGEST_HEADING else "body")


def _text(block: Paragraph, on_front: bool) -> TextBlock:
    """A paragraph, footnote or line of the title page."""
    if block.footnote is not None:
        return TextBlock(f"{block.footnote} {block.flow.text}", "note")
    return TextBlock(block.flow.text, "title" if on_front and _TITLE.fullmatch(block.flow.text) else "body")


def _captions(part: ReportPart, grid: TableGrid) -> Iterator[tuple[int, TextBlock]]:
    """The lines above a table that no paragraph holds: its caption, its unit, the head of a form."""
    end = grid.fragments[0].first.line or 0
    held = {line.number for section in part.sections for flow in _flows(section) for line in flow.lines}
    own = [
        line
        for line in part.lines
        if line.number is not None
        and end - _LOOK_BACK <= line.number < end
        and line.number not in held
        and line.text.strip()
    ]
    if own:
        texts = ((line.number or 0, _MARKUP.sub("", line.text).strip()) for line in own)
        yield from ((number, TextBlock(text, "caption")) for number, text in texts if text)
    elif grid.caption:
        yield end, TextBlock(grid.caption, "caption")


def _flows(section: Section) -> Iterator[Flow]:
    """Everything a section holds as running text, cells of its tables included."""
    if section.heading is not None:
        yield section.heading.flow
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.flow
        else:
            yield from (cell.flow for cell in block.cells)


def _table(grid: TableGrid) -> TableBlock:
    """A table; headers repeated in the text are left to the style. A form has no header."""
    kept = [row for row in range(grid.n_rows) if row not in grid.repeated_headers]
    place = {row: index for index, row in enumerate(kept)}
    cells = []
    for cell in grid.cells:
        rows = [place[row] for row in range(cell.row, cell.row + cell.row_span) if row in place]
        if rows:
            cells.append(TableCell(cell.text, rows[0], cell.column, len(rows), cell.column_span))
    labels = [cell.text for cell in grid.cells if cell.row < _FORM_ROWS and cell.column == 0]
    form = any(map(is_form_label, labels[:1])) or any(map(begins_form, labels))
    return TableBlock(tuple(cells), len(kept), grid.n_columns, 0 if form else grid.header_rows)
