"""From one document's results to the records that are written (结果转记录)."""

from decimal import Decimal
from typing import Any

from extractors.segment.model import Cell, Fragment, TableGrid
from normalizers.records import EvaluationReport, FundingLine, Indicator, Mention
from pipeline.across.signatures import signature
from pipeline.checks.model import Relation
from pipeline.results import DocumentResult, ReportResult
from pipeline.writers import records
from pipeline.writers.convert_findings import finding_record, scenario_records
from pipeline.writers.ledger import ledger_of
from pipeline.writers.places import EvidenceRecord, Kept, box_list, cell_evidence, evidence, extent, finite
from pipeline.writers.values import Shown, mention_text, number_text, plain_number, yuan_text

_DEEPEST = 3  # of the levels that the records count; what stands below a third level (四级指标) has it in its path


def convert(result: DocumentResult) -> dict[str, list[Any]]:
    """Every record of one file, by kind, in order of appearance."""
    out: dict[str, list[Any]] = {kind: [] for kind, _ in records.KINDS}
    for report in result.reports:
        shown, undecided = Shown(), Shown()
        out["relations"].extend(_relations(report, shown, undecided))
        out["reports"].append(_report(report, shown))
        out["indicators"].extend(_indicator(report.report, one, shown.places) for one in report.report.indicators)
        out["amounts"].extend(_amount(report.report, line, shown.places) for line in report.report.funding)
        out["tables"].extend(_table(report.report, table) for table in report.report.rows.part.tables)
        out["findings"].extend(finding_record(report, finding, shown) for finding in report.findings)
        out["signatures"].append(_signature(report))
    out["repairs"].extend(_repairs(result))
    out["ledger"].append(ledger_of(result))
    return out


def _report(result: ReportResult, shown: Shown) -> records.ReportRecord:
    """The report's own record. shown: the numbers of its relations that could be decided."""
    report = result.report
    field = report.field
    places: dict[str, list[EvidenceRecord]] = {}
    for mention in report.field_mentions:
        places.setdefault(mention.field, []).append(
            evidence("restated", mention_text(mention), mention.span, mention.text, shown.places)
        )
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "title": field("title") or None,
        "project": field("project") or None,
        "evaluated_body": field("evaluated_body") or None,
        "supervising_body": field("supervising_body") or None,
        "commissioning_body": field("commissioning_body") or None,
        "evaluator": field("evaluator") or None,
        "fiscal_year": list(report.fiscal_year),
        "report_date": field("report_date") or None,
        "kind": report.kind,
        "total_score": field("total_score") or None,
        "total_weight": field("total_weight") or None,
        "grade": field("grade") or None,
        "grade_scale": [
            {"grade": band.grade, "low": _decimal(band.low), "high": _decimal(band.high), "from": band.source}
            for band in report.scale
        ],
        "scenarios": scenario_records(result),
        "extent": extent(report.rows.part.lines),
        "coverage": _coverage(dict(report.coverage), shown.numbers()),
        "evidence": dict(sorted(places.items())),
    }


def _coverage(counts: dict[str, int], checked: int) -> records.CoverageRecord:
    """How much of a report was understood; what was not counted is 0. What was checked was seen and linked."""
    linked = max(counts.get("numbers_linked", 0), checked)
    return {
        "numbers_seen": max(counts.get("numbers_seen", 0), linked),
        "numbers_linked": linked,
        "numbers_checked": checked,
        "tables_seen": counts.get("tables_seen", 0),
        "tables_understood": counts.get("tables_understood", 0),
        "rows_seen": counts.get("rows_seen", 0),
        "rows_understood": counts.get("rows_understood", 0),
    }


def _decimal(value: Decimal | None) -> str | None:
    """A decimal as text, None as None."""
    return None if value is None else plain_number(value)


def _indicator(report: EvaluationReport, indicator: Indicator, kept: Kept) -> records.IndicatorRecord:
    """One indicator with all its mentions."""
    told = {id(mention): mention_text(mention) for mention in indicator.mentions}
    values = {name: told.get(id(mention)) or mention_text(mention) for name, mention in indicator.chosen}
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "level": min(indicator.level, _DEEPEST),
        "name": indicator.name,
        "path": list(indicator.path),
        "weight": values.get("weight") or None,
        "score": values.get("score") or None,
        "score_rate": values.get("score_rate") or None,
        "target": values.get("target") or None,
        "actual": values.get("actual") or None,
        "comment": values.get("comment") or None,
        "year": indicator.year,
        "mentions": [_mention(mention, told[id(mention)], kept) for mention in indicator.mentions],
        "evidence": [evidence("reported", indicator.name, indicator.span)],
    }


def _mention(mention: Mention, value: str, kept: Kept) -> records.MentionRecord:
    """One place that states a field."""
    where = evidence("reported", value, mention.span, mention.text, kept)
    return {"field": mention.field, "value": value, "evidence": where}


def _amount(report: EvaluationReport, line: FundingLine, kept: Kept) -> records.AmountRecord:
    """One amount or rate."""
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "role": line.role,
        "item": line.item,
        "printed": line.number.printed,
        "unit": line.number.unit,
        "yuan": yuan_text(line.yuan),
        "evidence": [evidence("reported", number_text(line.number), line.span, None, kept)],
    }


def _table(report: EvaluationReport, table: TableGrid) -> records.TableRecord:
    """One table as a grid."""
    rows: list[records.TableRowRecord] = [{"cells": []} for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row]["cells"].append(_cell(table, cell))
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "table_id": table.table_id,
        "caption": table.caption,
        "unit": table.unit,
        "method": table.method,
        "header_rows": table.header_rows,
        "columns": table.n_columns,
        "rows": rows,
        "fragments": [_fragment(fragment) for fragment in table.fragments],
    }


def _cell(table: TableGrid, cell: Cell) -> records.TableCellRecord:
    """One printed cell."""
    return {
        "text": cell.text,
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "evidence": cell_evidence(table, cell),
    }


def _fragment(fragment: Fragment) -> records.FragmentRecord:
    """One piece of a table."""
    return {
        "first": evidence("witness", None, fragment.first),
        "last": evidence("witness", None, fragment.last),
        "rows": list(fragment.rows),
        "reason": fragment.reason,
    }


def _relations(result: ReportResult, shown: Shown, undecided: Shown) -> list[records.RelationRecord]:
    """All relations tested, each with the finding it is folded into. undecided: for those that nothing decides."""
    folded = {index: finding.finding_id for finding in result.findings for index in finding.relations}
    blank = _blank_relation(result.report)
    return [
        _relation(blank, n, one, folded.get(n), undecided if one.verdict == "indeterminate" else shown)
        for n, one in enumerate(result.relations)
    ]


def _blank_relation(report: EvaluationReport) -> records.RelationRecord:
    """What all relations of a report have in common: to copy this takes half the time of putting each together."""
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "relation": 0,
        "rule": "",
        "verdict": "indeterminate",
        "left": [],
        "right": [],
        "formula": "",
        "reported": "",
        "computed": "",
        "computed_low": None,
        "computed_high": None,
        "difference": None,
        "reason": None,
        "finding_id": None,
    }


def _relation(
    blank: records.RelationRecord, number: int, relation: Relation, finding_id: str | None, shown: Shown
) -> records.RelationRecord:
    """One relation tested. shown: the evidence of those before it, which it may share."""
    record = blank.copy()
    record["relation"], record["rule"], record["verdict"] = number, relation.rule, relation.verdict
    record["left"] = shown.operands(relation.left)
    record["right"] = shown.operands(relation.right)
    record["formula"], record["reported"], record["computed"] = relation.formula, relation.reported, relation.computed
    if relation.low is not None:
        record["computed_low"] = plain_number(relation.low)
    if relation.high is not None:
        record["computed_high"] = plain_number(relation.high)
    if relation.difference is not None:
        record["difference"] = plain_number(relation.difference)
    if relation.reason:
        record["reason"] = relation.reason
    record["finding_id"] = finding_id
    return record


def _signature(result: ReportResult) -> records.SignatureRecord:
    """What is kept of a report's wording."""
    report = result.report
    found = signature(report.rows.part, result.sentences)
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "sketch": list(found.sketch),
        "paged": found.paged,
        "hashes": list(found.hashes),
        "places": list(found.places),
        "lengths": list(found.lengths),
        "begins": list(found.begins),
    }


def _repairs(result: DocumentResult) -> list[records.RepairRecord]:
    """All repaired lines, each with the report it belongs to."""
    if not result.repairs:
        return []
    owner: dict[tuple[int | None, int | None], EvaluationReport] = {}
    for item in result.reports:
        for line in item.report.rows.part.lines:
            owner.setdefault((line.page, line.number), item.report)
            owner.setdefault((line.page, None), item.report)
    out: list[records.RepairRecord] = []
    for repair in result.repairs:
        report = owner.get((repair.page, repair.line))
        out.append(
            {
                "report_id": None if report is None else report.report_id,
                "source": result.document.source,
                "part": None if report is None else report.part,
                "line": repair.line,
                "page": repair.page,
                "bbox": box_list(repair.box),
                "raw": repair.raw,
                "repaired": repair.repaired,
                "confidence": finite(repair.confidence),
                "method": repair.method,
                "alternatives": list(repair.alternatives),
                "order": list(repair.order),
            }
        )
    return sorted(out, key=lambda record: (record["part"] or 0, record["page"] or 0))
