"""Statements of a report's prose, headings and table texts (陈述), in reading order."""

import re
from dataclasses import replace

from extractors.rows.amounts import read_amounts
from extractors.rows.bands import read_bands
from extractors.rows.claims import read_claims
from extractors.rows.context import Context
from extractors.rows.grades import read_grades
from extractors.rows.matcher import find
from extractors.rows.model import Statement
from extractors.rows.rates import read_rates
from extractors.rows.tables import TableRead
from extractors.rows.text import Squeezed, squeeze
from extractors.rows.tokens import tokenize
from extractors.segment.model import Flow, Paragraph, ReportPart, Section

_CLAIM = re.compile(
    r"\d\s*分|[得扣]\s*满?\s*分|满\s*分|权\s*重|分\s*值|等\s*级|等\s*次|评\s*级|结\s*论|级\s*别|[一二三四五六七八九十]分"
)
_MONEY = re.compile(r"\d\s*(?:余|多)?\s*[(（]?\s*[亿万千]|\d\s*(?:余|多)?\s*[(（]?\s*元|美\s*元")
_RATE = re.compile(r"[率度数算额]\D{0,12}\d+(?:\.\d+)?\s*[%％]|[=＝]")
_BAND = re.compile(r"[≥≤<>＜＞≧≦\-~～—–至到]|以\s*[上下]")


def read_statements(part: ReportPart, tables: list[TableRead], context: Context) -> list[Statement]:
    """Everything stated outside number cells; `context` gives what holds for the whole report."""
    by_id = {table.grid.table_id: table for table in tables}
    statements: list[Statement] = []
    for section in part.sections:
        here = replace(context, path=section.path, annex=section.annex)
        if section.heading is not None:
            statements += read_text(squeeze(section.heading.flow), replace(here, heading=True))
        statements += _section(section, here, by_id)
    return statements


def _section(section: Section, here: Context, by_id: dict[str, TableRead]) -> list[Statement]:
    """The statements of a section's paragraphs and of the texts in its tables' cells."""
    statements: list[Statement] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            statements += read_text(squeeze(block.flow), here)
        else:
            statements += _table(by_id[block.table_id], here)
    return statements


def _table(table: TableRead, here: Context) -> list[Statement]:
    """The statements in a table's texts: number cells are read as rows, rule columns state no results."""
    statements: list[Statement] = []
    taken = {(cell.value.span.cell.row, cell.value.span.cell.column) for cell in table.funding if cell.value.span.cell}
    roles = table.column_roles()
    for cell in table.grid.cells:
        if (cell.row, cell.column) in taken or not worth_reading(cell.flow):
            continue
        role = roles.get((cell.row, cell.column), "")
        inside = replace(
            here, cell_row=(table.grid.table_id, cell.row), rules=role in ("rule", "definition", "weight", "score")
        )
        statements += read_text(squeeze(cell.flow, table.grid.place(cell)), inside)
    return statements


def worth_reading(flow: Flow) -> bool:
    """Whether a text can state anything at all: cheap, so that most texts are never cut into words."""
    text = flow.text
    return bool(_CLAIM.search(text) or _MONEY.search(text) or _RATE.search(text))


def read_text(text: Squeezed, context: Context) -> list[Statement]:
    """All statements of one paragraph, heading or cell, by place."""
    printed = text.text
    claims, money = bool(_CLAIM.search(printed)), bool(_MONEY.search(printed))
    rate = bool(_RATE.search(printed))
    bands = read_bands(text, context) if claims or _BAND.search(printed) else []
    if not (claims or money or rate):
        return bands
    tokens = tokenize(printed)
    statements: list[Statement] = []
    if claims and not bands:
        matches = find(tokens)
        stated = read_claims(text, tokens, matches, context)
        statements += stated + read_grades(text, tokens, matches, stated, context)
    if money:
        statements += read_amounts(text, tokens, context)
    if rate and not context.rules:
        statements += read_rates(text, tokens, context)
    return bands + statements
