"""The door of row extraction (抽取): one report part becomes rows, money, statements and fields as printed."""

from extractors.rows.model import ReportRows
from extractors.rows.tables import read_tables
from extractors.segment.model import ReportPart


def extract(part: ReportPart) -> ReportRows:
    """Everything `part` prints that later stages use."""
    tables = read_tables(part)
    return ReportRows(
        part=part,
        fields=(),
        indicators=tuple(row for table in tables for row in table.indicators()),
        funding=tuple(cell for table in tables for cell in table.funding),
        statements=(),
        tables_understood=tuple(table.grid.table_id for table in tables if table.rows),
        rows_seen=sum(table.body for table in tables),
        rows_understood=sum(len(table.rows) for table in tables),
    )
