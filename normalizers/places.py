"""Where a statement stands (陈述所在): in a heading, in a table cell's text, or in running prose."""

from extractors.rows.model import Statement
from normalizers.records import MentionPlace


def place_of(statement: Statement) -> MentionPlace:
    """The kind of place, as mentions state it."""
    if statement.cell_row is not None:
        return "cell-text"
    heading, span = statement.path[-1] if statement.path else None, statement.span
    if heading is None or span.quote not in heading.flow.text:  # as nearly always
        return "prose"
    in_heading = any(line.number == span.line and line.page == span.page for line in heading.flow.lines)
    return "heading" if in_heading else "prose"
