"""From one document's results to the records that are written (结果转记录)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from extractors.segment.model import Cell, Fragment, TableGrid
from normalizers.records import EvaluationReport, FundingLine, Indicator, Mention, ReportedNumber
from pipeline.checks.model import Finding, Localization, Operand, Relation, Way
from pipeline.checks.scenarios import scenarios
from pipeline.results import DocumentResult, ReportResult
from pipeline.writers import records
from pipeline.writers.judgements import LocalizationRecord, ScenarioRecord, SidesRecord, WayRecord
from pipeline.writers.ledger import ledger_of
from pipeline.writers.places import EvidenceRecord, box_list, evidence, extent

_NUMBER_FIELDS = frozenset({"weight", "score", "score_rate", "total_score", "total_weight", "completion", "deduction"})


def convert(result: DocumentResult) -> dict[str, list[Any]]:
    """Every record of one file, by kind, in order of appearance."""
    out: dict[str, list[Any]] = {kind: [] for kind, _ in records.KINDS}
    for report in result.reports:
        out["reports"].append(_report(report))
        out["indicators"].extend(_indicator(report.report, indicator) for indicator in report.report.indicators)
        out["amounts"].extend(_amount(report.report, line) for line in report.report.funding)
        out["tables"].extend(_table(report.report, table) for table in report.report.rows.part.tables)
        out["relations"].extend(_relations(report))
        out["findings"].extend(_finding(report, finding) for finding in report.findings)
    out["repairs"].extend(_repairs(result))
    out["ledger"].append(ledger_of(result))
    return out


def plain_number(value: Decimal) -> str:
    """`value` in fixed notation with the digits it has, never with an exponent."""
    return f"{value:f}"


def yuan_text(value: Decimal | None) -> str | None:
    """元 without trailing zeros behind the point: `32922200`, `1234.5`."""
    if value is None:
        return None
    text = plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_text(number: ReportedNumber) -> str:
    """A reported number as records state it: digits as printed, a percentage with its sign, no other unit."""
    return plain_number(number.value) + ("%" if number.percent else "")


def mention_text(mention: Mention) -> str:
    """What a mention states: a number for fields that are numbers, else the text as printed."""
    if mention.field not in _NUMBER_FIELDS or mention.number is None:
        return mention.text
    if mention.field == "weight" and "%" not in mention.number.printed:
        return plain_number(mention.number.value)  # a head `权重(%)` says how weights are meant, not how they print
    return number_text(mention.number)


def operand_text(operand: Operand) -> str:
    """The value of an operand as used: a number, with its percent sign, or the text where it is none."""
    if operand.value is None:
        return operand.text
    if "%" in operand.text or "％" in operand.text:
        return plain_number(operand.value) + "%"
    # What was printed in 万元 is used in 元, where the digits of the print say nothing.
    as_printed = plain_number(operand.value) in operand.text.replace(",", "").replace("，", "")
    return plain_number(operand.value) if as_printed else str(yuan_text(operand.value))


def _operands(operands: Iterable[Operand]) -> list[EvidenceRecord]:
    """Evidence of the operands, in order."""
    return [evidence(operand.role, operand_text(operand), operand.span, operand.text) for operand in operands]


def _report(result: ReportResult) -> records.ReportRecord:
    """The report's own record."""
    report = result.report
    field = report.field
    places: dict[str, list[EvidenceRecord]] = {}
    for mention in report.field_mentions:
        places.setdefault(mention.field, []).append(
            evidence("restated", mention_text(mention), mention.span, mention.text)
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
        "scenarios": _scenarios(result),
        "extent": extent(report.rows.part.lines),
        "coverage": _coverage(dict(report.coverage), _numbers_checked(result.relations)),
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


def _numbers_checked(relations: Iterable[Relation]) -> int:
    """How many printed numbers took part in a relation that could be decided, each place once."""
    return len(
        {
            (operand.span.page, operand.span.line, operand.span.bbox, operand.span.cell, operand.text)
            for relation in relations
            if relation.verdict != "indeterminate"
            for operand in relation.operands
            if operand.value is not None
        }
    )


def _decimal(value: Decimal | None) -> str | None:
    """A decimal as text, None as None."""
    return None if value is None else plain_number(value)


def _indicator(report: EvaluationReport, indicator: Indicator) -> records.IndicatorRecord:
    """One indicator with all its mentions."""
    values: dict[str, str] = {name: mention_text(mention) for name, mention in indicator.chosen}
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "level": indicator.level,
        "name": indicator.name,
        "path": list(indicator.path),
        "weight": values.get("weight") or None,
        "score": values.get("score") or None,
        "score_rate": values.get("score_rate") or None,
        "target": values.get("target") or None,
        "actual": values.get("actual") or None,
        "comment": values.get("comment") or None,
        "mentions": [_mention(mention) for mention in indicator.mentions],
        "evidence": [evidence("reported", indicator.name, indicator.span)],
    }


def _mention(mention: Mention) -> records.MentionRecord:
    """One place that states a field."""
    value = mention_text(mention)
    return {"field": mention.field, "value": value, "evidence": evidence("reported", value, mention.span, mention.text)}


def _amount(report: EvaluationReport, line: FundingLine) -> records.AmountRecord:
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
        "evidence": [evidence("reported", number_text(line.number), line.span)],
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
    text = cell.text
    return {
        "text": text,
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "evidence": evidence("reported", text, table.span(cell)),
    }


def _fragment(fragment: Fragment) -> records.FragmentRecord:
    """One piece of a table."""
    return {
        "first": evidence("witness", None, fragment.first),
        "last": evidence("witness", None, fragment.last),
        "rows": list(fragment.rows),
        "reason": fragment.reason,
    }


def _relations(result: ReportResult) -> list[records.RelationRecord]:
    """All relations tested, each with the finding it is folded into."""
    folded = {index: finding.finding_id for finding in result.findings for index in finding.relations}
    return [_relation(result.report, n, relation, folded.get(n)) for n, relation in enumerate(result.relations)]


def _relation(
    report: EvaluationReport, number: int, relation: Relation, finding_id: str | None
) -> records.RelationRecord:
    """One relation tested."""
    return {
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "relation": number,
        "rule": relation.rule,
        "verdict": relation.verdict,
        "left": _operands(relation.left),
        "right": _operands(relation.right),
        "formula": relation.formula,
        "reported": relation.reported,
        "computed": relation.computed,
        "computed_low": _decimal(relation.low),
        "computed_high": _decimal(relation.high),
        "difference": _decimal(relation.difference),
        "reason": relation.reason or None,
        "finding_id": finding_id,
    }


def _finding(result: ReportResult, finding: Finding) -> records.FindingRecord:
    """One finding with its evidence."""
    report, effect = result.report, finding.effect
    return {
        "finding_id": finding.finding_id,
        "report_id": report.report_id,
        "source": report.source,
        "part": report.part,
        "rule": finding.rule,
        "severity": finding.severity,
        "title": finding.title,
        "message": finding.message,
        "formula": finding.formula,
        "reported": finding.reported,
        "expected": finding.expected,
        "expected_low": finding.expected_low,
        "expected_high": finding.expected_high,
        "difference": finding.difference,
        "likelier_wrong": finding.likelier_wrong,
        "witnesses": [{"value": value, "places": places} for value, places in finding.witnesses],
        "effect": None
        if effect is None
        else {"total": effect.total, "grade": effect.grade, "grade_changes": effect.grade_changes},
        "suspect": finding.suspect,
        "localization": _localization(finding.localization),
        "relations": list(finding.relations),
        "sides": _sides(result.relations, finding),
        "evidence": _operands(finding.evidence),
    }


def _localization(found: Localization | None) -> LocalizationRecord | None:
    """What the likelier error rests on."""
    if found is None:
        return None
    return {
        "method": found.method,
        "best": None if found.best is None else _way(found.best),
        "alternatives": [_way(way) for way in found.alternatives],
        "near": found.near,
    }


def _way(way: Way) -> WayRecord:
    """One way to make all relations hold."""
    return {
        "places": way.places,
        "changes": [
            {
                "subject": change.subject,
                "value": change.operands[0].text.strip(),
                "evidence": _operands(change.operands),
            }
            for change in way.changes
        ],
    }


def _scenarios(result: ReportResult) -> list[ScenarioRecord]:
    """What total and grade become with other stated values; asked for only where something is in dispute."""
    if not any(relation.verdict == "inconsistent" for relation in result.relations):
        return []
    return [
        {
            "basis": one.basis,
            "total": one.total,
            "grade": one.grade,
            "grade_changes": one.grade_changes,
            "changes": one.changes,
            "statement": one.statement,
        }
        for one in scenarios(result.report)
    ]


def _sides(relations: Sequence[Relation], finding: Finding) -> SidesRecord:
    """The operands of the relation that gave the finding its title; without one, the evidence by its roles."""
    named = (relations[index] for index in finding.relations)
    main = next((relation for relation in named if relation.title == finding.title), None)
    if main is None:
        stated = [n for n, operand in enumerate(finding.evidence) if operand.role == "reported"]
        return {"stated": stated, "against": [n for n in range(len(finding.evidence)) if n not in stated]}
    places = {(operand.text, operand.span): n for n, operand in reversed(list(enumerate(finding.evidence)))}
    left, right = ([places.get((operand.text, operand.span)) for operand in side] for side in (main.left, main.right))
    return {
        "stated": [n for n in dict.fromkeys(right) if n is not None],
        "against": [n for n in dict.fromkeys(left) if n is not None],
    }


def _repairs(result: DocumentResult) -> list[records.RepairRecord]:
    """All repaired lines, each with the report it belongs to."""
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
                "confidence": repair.confidence,
                "method": repair.method,
                "alternatives": list(repair.alternatives),
                "order": list(repair.order),
            }
        )
    return sorted(out, key=lambda record: (record["part"] or 0, record["page"] or 0))
