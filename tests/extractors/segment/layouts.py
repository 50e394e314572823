"""Helpers of the segmenting tests: a text with its layout in, what was segmented in short form out."""

from extractors.readers.read import read
from extractors.segment.model import Paragraph, ReportPart, TableGrid
from extractors.segment.segment import segment


def parts(text: str) -> tuple[ReportPart, ...]:
    """The parts of a text; `→` stands for a tab, so that cases can be read."""
    return segment(read("case.txt", text.replace("→", "\t").encode()))


def tables(text: str) -> list[TableGrid]:
    """All tables of a text."""
    return [table for part in parts(text) for table in part.tables]


def shown(grid: TableGrid) -> list[str]:
    """The grid row by row, cells parted by ` | `; `^` is covered from above, `<` from the left."""
    rows = []
    for number, row in enumerate(grid.dense()):
        cells = []
        for column, cell in enumerate(row):
            if cell is None:
                cells.append("!")
            elif cell.row < number:
                cells.append("^")
            elif cell.column < column:
                cells.append("<")
            else:
                cells.append(cell.text)
        rows.append(" | ".join(cells).rstrip())
    return rows


def outline(part: ReportPart) -> list[str]:
    """The headings of a part, indented by their level."""
    return [
        "  " * (section.heading.level - 1) + section.heading.label + section.heading.title
        for section in part.sections
        if section.heading is not None
    ]


def prose(part: ReportPart) -> list[str]:
    """The paragraphs of a part, footnotes with their mark in front."""
    return [
        (f"[{block.footnote}]" if block.footnote else "") + block.flow.text
        for section in part.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]
