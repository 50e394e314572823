"""The door of this floor (归一): what a report prints becomes records with exact values."""

import hashlib

from extractors.pages import Document
from extractors.rows.model import ReportRows
from normalizers.assemble import assemble
from normalizers.coverage import coverage
from normalizers.fields import chosen_fields, field_mentions, fiscal_years, report_kind, years_named
from normalizers.forest import grow
from normalizers.funding import funding_lines
from normalizers.grades import NATIONAL, own_scale
from normalizers.numbers import parse
from normalizers.places import place_of
from normalizers.prose import LinkedStatement, lay
from normalizers.records import Claim, EvaluationReport, Mention


def normalize(document: Document, rows: ReportRows) -> EvaluationReport:
    """The records of one report of `document`, every value with the places that state it."""
    forest = grow(rows.indicators, years_named(rows))
    linked = lay(rows, forest)
    indicators, index = assemble(forest)
    mentions = field_mentions(rows, linked)
    kind = report_kind(rows, mentions)
    project_names = tuple(mention.text for mention in mentions if mention.field in ("project", "title"))
    funding = funding_lines(rows, project_names)
    claims = tuple(_claim(entry, index) for entry in linked)
    forest.fell()
    return EvaluationReport(
        report_id=_report_id(document, rows.part.number),
        source=document.source,
        part=rows.part.number,
        kind=kind,
        fields=chosen_fields(mentions, kind),
        fiscal_year=fiscal_years(mentions),
        field_mentions=mentions,
        indicators=indicators,
        funding=funding,
        scale=own_scale(list(rows.of_kind("grade-band"))) or NATIONAL,
        claims=claims,
        rows=rows,
        coverage=coverage(rows, indicators, funding, mentions),
        notes=rows.notes,
    )


def _report_id(document: Document, part: int) -> str:
    """Stable: the same content and part give the same id wherever the file lies."""
    return hashlib.sha256(f"{document.sha256}/{part}".encode()).hexdigest()[:16]


def _claim(entry: LinkedStatement, index: dict[int, int]) -> Claim:
    statement, reason = entry.statement, entry.link.reason
    place = place_of(statement)
    values = [
        (name, Mention(name, printed.text, parse(printed.text, printed.unit), printed.span, place, reason))
        for name, printed in statement.values
    ]
    owner = None if entry.link.owner is None else index[id(entry.link.owner)]
    return Claim(statement.kind, owner, tuple(values), statement.span, reason)
