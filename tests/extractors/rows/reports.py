"""Small reports built by hand: a title page, headings and paragraphs."""

from extractors.pages import Line
from extractors.segment.model import Heading, Paragraph, ReportPart, Section, TableGrid
from tests.extractors.rows.case_files import flow


def report(front: list[str], body: list[tuple[str, list[str]]] | None = None, *tables: TableGrid) -> ReportPart:
    """A report with this title page and these (heading, paragraphs); '' for no heading. Tables come last."""
    lines = [Line(text, number=number) for number, text in enumerate(front, start=1)]
    sections: list[Section] = []
    number = len(front)
    for title, texts in body or []:
        path: tuple[Heading, ...] = ()
        if title:
            number += 1
            path = (Heading(1, "", title, flow(title, number)),)
        blocks = []
        for text in texts:
            number += 1
            blocks.append(Paragraph(flow(text, number)))
            lines.append(Line(text, number=number))
        sections.append(Section(path[-1] if path else None, path, tuple(blocks)))
    sections.append(Section(None, (), tables))
    return ReportPart(1, "report", tuple(lines[: len(front)]), tuple(sections), tuple(lines))
