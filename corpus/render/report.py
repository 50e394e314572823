"""A sample report as blocks (样例报告的版块): its paragraphs and tables, as the text reader understands them."""

import re
from collections.abc import Iterator

from corpus.render.blocks import Block, TableBlock, TableCell, TextBlock
from extractors.readers.read import read
from extractors.segment.model import Paragraph, ReportPart, TableGrid
from extractors.segment.segment import segment

_TITLE = re.compile(r"[^。：:，；]{4,44}")
_LONGEST_HEADING = 40


def blocks_of(source: str, data: bytes) -> list[Block]:
    """The blocks of a text report in reading order; a second report of the file begins a page."""
    blocks: list[Block] = []
    for part in segment(read(source, data)):
        if blocks:
            blocks.append(TextBlock("", "break"))
        blocks.extend(_part_blocks(part))
    return blocks


def _part_blocks(part: ReportPart) -> Iterator[Block]:
    """Title page, headings, paragraphs and tables of one report."""
    front = {line.number for line in part.front}
    for section in part.sections:
        heading = section.heading.flow if section.heading is not None else None
        for block in section.blocks:
            if isinstance(block, TableGrid):
                if heading is not None:
                    yield _heading(heading.text)
                    heading = None
                yield from _table_blocks(block)
            elif heading is not None and block.flow.lines[:1] == heading.lines[-1:]:
                yield TextBlock(heading.text + block.flow.text)
                heading = None
            else:
                if heading is not None:
                    yield _heading(heading.text)
                    heading = None
                yield _text(block, block.flow.lines[0].number in front)
        if heading is not None:
            yield _heading(heading.text)


def _heading(text: str) -> TextBlock:
    """A heading; a long numbered sentence is set as body text."""
    return TextBlock(text, "heading" if len(text) <= _LONGEST_HEADING else "body")


def _text(block: Paragraph, on_front: bool) -> TextBlock:
    """A paragraph, footnote or line of the title page."""
    if block.footnote is not None:
        return TextBlock(f"{block.footnote} {block.flow.text}", "note")
    return TextBlock(block.flow.text, "title" if on_front and _TITLE.fullmatch(block.flow.text) else "body")


def _table_blocks(grid: TableGrid) -> Iterator[Block]:
    """Caption, unit and cells of a table; headers repeated in the text are left to the style."""
    if grid.caption:
        yield TextBlock(grid.caption, "caption")
    if grid.unit and grid.unit not in grid.caption:
        yield TextBlock(f"单位：{grid.unit}", "caption")
    kept = [row for row in range(grid.n_rows) if row not in grid.repeated_headers]
    place = {row: index for index, row in enumerate(kept)}
    cells = []
    for cell in grid.cells:
        rows = [place[row] for row in range(cell.row, cell.row + cell.row_span) if row in place]
        if rows:
            cells.append(TableCell(cell.text, rows[0], cell.column, len(rows), cell.column_span))
    yield TableBlock(tuple(cells), len(kept), grid.n_columns, grid.header_rows)
