"""Where a statement stands (陈述所在): in a heading, in a table cell's text, or in running prose."""

from extractors.rows.model import Statement
from normalizers.records import MentionPlace


def place_of(statement: Statement) -> MentionPlace:
    """The kind of place, as mentions state it."""
    if statement.cell_row is not None:
        return "cell-text"
    heading = statement.path[-1] if statement.path else None
    in_heading = heading is not None and any(
        line.number == statement.span.line and line.page == statement.span.page for line in heading.flow.lines
    )
    if heading is not None and in_heading and statement.span.quote in heading.flow.text:
        return "heading"
    return "prose"
