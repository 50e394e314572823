"""Small reports by hand for the tests of this floor."""

from extractors.pages import Document, Line
from extractors.provenance import CellPlace, SourceSpan
from extractors.rows.model import IndicatorRow, Printed, ReportRows, RowRole, Statement, TableRole
from extractors.segment.model import Flow, Heading, ReportPart


def printed(text: str, line: int, unit: str = "") -> Printed:
    """A string printed on `line`."""
    return Printed(text, SourceSpan(text, line=line), unit)


def row(
    level: int,
    name: str,
    path: tuple[str, ...] = (),
    *,
    line: int,
    table: str = "t1",
    role: TableRole = "scoring",
    row_role: RowRole = "indicator",
    **fields: str,
) -> IndicatorRow:
    """One indicator row whose fields all stand on `line`."""
    place = CellPlace(table, line, 0)
    values = tuple((field, Printed(text, SourceSpan(text, line=line, cell=place))) for field, text in fields.items())
    return IndicatorRow(level, printed(name, line), path, values, table, line, role, row_role)  # type: ignore[arg-type]


def heading(level: int, text: str, line: int) -> Heading:
    """A heading on `line`, its label left in the title."""
    return Heading(level, "", text, Flow(text, (0,), (Line(text, line),)))


def claim(
    text: str,
    line: int,
    path: tuple[Heading, ...] = (),
    *,
    kind: str = "score-claim",
    subject: str = "",
    role: str = "",
    cell_row: tuple[str, int] | None = None,
    **values: str,
) -> Statement:
    """A statement on `line`."""
    return Statement(
        kind=kind,
        values=tuple((name, printed(value, line)) for name, value in values.items()),
        span=SourceSpan(text, line=line),
        subject=printed(subject, line) if subject else None,
        role=role,
        path=path,
        cell_row=cell_row,
    )


def report_rows(
    indicators: tuple[IndicatorRow, ...] = (),
    statements: tuple[Statement, ...] = (),
    fields: tuple[tuple[str, Printed], ...] = (),
) -> ReportRows:
    """The rows of one report."""
    part = ReportPart(1, "report", (), (), ())
    return ReportRows(part, fields, indicators, (), statements)


DOCUMENT = Document("a.txt", "0" * 64, "text/plain", ())
