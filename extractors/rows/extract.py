"""The door of row extraction (抽取): one report part becomes rows, money, statements and fields as printed."""

from extractors.rows.attached import attached_tables, set_apart, spenders
from extractors.rows.context import REVIEWED, Context
from extractors.rows.fields import read_fields
from extractors.rows.meaning import settle_budget_columns
from extractors.rows.model import ReportRows
from extractors.rows.names import stem
from extractors.rows.prose_targets import adopt_parents, read_prose_targets, restated
from extractors.rows.statements import read_statements
from extractors.rows.tables import read_tables
from extractors.rows.text import squeeze
from extractors.segment.model import Paragraph, ReportPart

# The sentences of an empty form or of rules are notes with worked examples (填表说明); they state nothing.
_NOTES = ("blank_form", "scoring_rules")


def extract(part: ReportPart) -> ReportRows:
    """Everything `part` prints that later stages use."""
    tables = read_tables(part)
    texts = {
        id(block): squeeze(block.flow)
        for section in part.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    }
    prose = read_prose_targets(part)
    rows = adopt_parents([row for table in tables for row in table.indicators()], prose)
    prose, targets = restated(prose, rows)
    indicators = tuple(rows + prose)
    names = frozenset(stem(row.name.text) for row in indicators if row.row_role == "indicator")
    front = "".join(line.text for line in part.front)
    reviewed = any(word in front for word in REVIEWED)
    context = Context(names=names, self_evaluation="自评" in front and not reviewed, reviewed=reviewed)
    statements = [] if part.kind in _NOTES else read_statements(part, tables, texts, context) + targets
    forms = attached_tables(part, indicators, statements)
    statements = spenders(statements, forms)
    return ReportRows(
        part=part,
        fields=tuple(read_fields(part, tables, list(texts.values()), statements, forms)),
        indicators=tuple(set_apart(indicators, forms)),
        funding=tuple(settle_budget_columns([cell for table in tables for cell in table.funding], statements)),
        statements=tuple(statements),
        tables_understood=tuple(table.grid.table_id for table in tables if table.rows),
        rows_seen=sum(table.body for table in tables),
        rows_understood=sum(len(table.rows) for table in tables),
    )
