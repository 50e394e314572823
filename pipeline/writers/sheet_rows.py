"""The rows of each sheet of the working paper (底稿各表的行), made from the records."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.writers import wording
from pipeline.writers.context import Contexts, Quote
from pipeline.writers.jsonlines import longer_than, read_records
from pipeline.writers.ranked import SEVERITIES, by_severity, count_findings
from pipeline.writers.wording import visible

Row = Sequence[Any]
LONG_ROWS = 200_000  # of a sheet that may be cut: several of these a spreadsheet still opens
LONG_RELATIONS = 50_000  # of the sheet of relations, most of which hold: nobody pages through more
Record = Mapping[str, Any]
GRID_COLUMNS = 16  # of a table that the sheet of tables shows; wider ones stand whole in the records


def quotes(items: Sequence[Quote]) -> str:
    """Quotes with their places, one a line."""
    return "\n".join(f"{quote.place}：{visible(quote.text)}" for quote in items)


def _of_side(found: Sequence[Quote], indices: Sequence[int]) -> list[Quote]:
    """The quotes that hold evidence of one side."""
    return [quote for quote in found if any(index in indices for index, _ in quote.items)]


def places(items: Sequence[Record]) -> str:
    """Places, each once, in order."""
    return "；".join(dict.fromkeys(wording.place(item) for item in items))


def reason_text(file: Record) -> str:
    """Why a file is in its status, as a sentence without the code."""
    return visible((file["reason"] or "").partition(": ")[2])


def effect_text(effect: Record | None) -> str:
    """What total and grade become."""
    if effect is None:
        return ""
    grade = f"，{effect['grade']}" if effect["grade"] else ""
    return f"总分 {effect['total']}{grade}" + ("（等级改变）" if effect["grade_changes"] else "")


def summary_rows(folder: Path) -> Iterator[Row]:
    """One line a report; a file without reports one line too."""
    counts = count_findings(folder)
    reports: dict[str, list[dict[str, Any]]] = {}
    for report in read_records(folder, "reports"):
        reports.setdefault(report["source"], []).append(report)
    for file in read_records(folder, "ledger"):
        status, reason = wording.STATUS[file["status"]], reason_text(file)
        if file["source"] not in reports:
            yield visible(file["source"]), None, status, *[None] * 7, *[None] * len(SEVERITIES), None, reason
        for report in reports.get(file["source"], []):
            found = counts.get((report["source"], report["part"]), Counter())
            yield (
                visible(report["source"]),
                report["part"],
                status,
                report["project"] or report["title"],
                report["evaluated_body"],
                wording.KIND[report["kind"]],
                "、".join(map(str, report["fiscal_year"])),
                report["total_score"],
                report["grade"],
                "\n".join(scenario["statement"] for scenario in report["scenarios"]),
                *(found[name] for name in SEVERITIES),
                wording.share(report["coverage"]["numbers_checked"], report["coverage"]["numbers_seen"]),
                reason,
            )


def findings_rows(folder: Path) -> Iterator[Row]:
    """Both sides of every finding, with room for the auditor's own conclusion."""
    contexts = Contexts(folder)
    for number, finding in enumerate(by_severity(folder), 1):
        evidence, wrong = finding["evidence"], finding["likelier_wrong"]
        found = contexts.quotes(finding)
        stated, against = (_of_side(found, finding["sides"][side]) for side in ("stated", "against"))
        rest = [quote for quote in found if quote not in stated and quote not in against]
        yield (
            number,
            wording.SEVERITY[finding["severity"]],
            visible(finding["source"]),
            finding["part"],
            finding["title"],
            finding["message"],
            finding["formula"],
            finding["reported"],
            wording.interval(finding),
            wording.difference(finding),
            quotes(stated),
            quotes(against),
            "" if wrong is None else f"{wording.stated(evidence[wrong])} {wording.place(evidence[wrong])}",
            effect_text(finding["effect"]),
            None,
            None,
            "先核对原文页面" if finding["suspect"] == "reading" else "报告",
            "\n".join(f"{witness['value']}：{witness['places']} 处" for witness in finding["witnesses"]),
            "\n".join(f"{label}：{visible(text)}" for label, text in wording.ways(finding["localization"])),
            quotes(rest),
            finding["rule"],
            finding["finding_id"],
        )


def observations_rows(folder: Path) -> Iterator[Row]:
    """What is noticed across reports, kind by kind."""
    observations = list(read_records(folder, "observations"))
    for kind, name in wording.OBSERVATION.items():
        for one in observations:
            if one["kind"] == kind:
                yield (
                    name,
                    visible(one["title"]),
                    visible(one["message"]),
                    one["count"],
                    wording.observed(one["reports"], one["count"]),
                    "\n".join(f"{figure['name']}：{figure['value']}" for figure in one["figures"]),
                    None,
                    one["observation_id"],
                )


def reports_rows(folder: Path) -> Iterator[Row]:
    """Every field of every report."""
    for report in read_records(folder, "reports"):
        scale = (
            f"{band['grade']}：{band['low'] or '…'} ～ {band['high'] or '…'}（{wording.SCALE_SOURCE[band['from']]}）"
            for band in report["grade_scale"]
        )
        extent = report["extent"]
        where = f"第 {extent['pages'][0]}～{extent['pages'][1]} 页" if "pages" in extent else ""
        where = f"第 {extent['lines'][0]}～{extent['lines'][1]} 行" if "lines" in extent else where
        yield (
            visible(report["source"]),
            report["part"],
            wording.KIND[report["kind"]],
            report["title"],
            report["project"],
            report["evaluated_body"],
            report["supervising_body"],
            report["commissioning_body"],
            report["evaluator"],
            "、".join(map(str, report["fiscal_year"])),
            report["report_date"],
            report["total_score"],
            report["total_weight"],
            report["grade"],
            "\n".join(scale),
            where,
            report["report_id"],
        )


def indicators_rows(folder: Path) -> Iterator[Row]:
    """Every indicator with its ancestors beside it."""
    for indicator in read_records(folder, "indicators"):
        names = [*indicator["path"], indicator["name"]][-3:]
        names = [""] * (indicator["level"] - len(names)) + names
        yield (
            visible(indicator["source"]),
            indicator["part"],
            indicator["level"],
            *(names + [""] * 3)[:3],
            indicator["weight"],
            indicator["score"],
            indicator["score_rate"],
            indicator["target"],
            indicator["actual"],
            indicator["comment"],
            len(indicator["mentions"]),
            places(indicator["evidence"]),
        )


def amounts_rows(folder: Path) -> Iterator[Row]:
    """Every amount with the text around it."""
    for amount in read_records(folder, "amounts"):
        yield (
            visible(amount["source"]),
            amount["part"],
            wording.AMOUNT_ROLE.get(amount["role"], amount["role"]),
            amount["item"],
            amount["printed"],
            amount["unit"],
            amount["yuan"],
            places(amount["evidence"]),
            "\n".join(visible(item["quote"]) for item in amount["evidence"]),
        )


def tables_rows(folder: Path) -> Iterator[Row]:
    """Every row of every table."""
    for table in read_records(folder, "tables"):
        for number, row in enumerate(table["rows"]):
            cells: list[str | None] = [None] * GRID_COLUMNS
            for cell in row["cells"]:
                if cell["column"] < GRID_COLUMNS:
                    cells[cell["column"]] = cell["text"]
            where = places([row["cells"][0]["evidence"]]) if row["cells"] else ""
            yield (
                visible(table["source"]),
                table["part"],
                table["table_id"],
                table["caption"],
                table["unit"],
                number + 1,
                "表头" if number < table["header_rows"] else "",
                where.partition("（")[0],
                *cells,
            )


def relations_rows(folder: Path) -> Iterator[Row]:
    """Every relation tested, also those that hold: what was checked and found right is evidence too.

    Of very many, those that do not simply hold come first: the sheet may be cut.
    """
    relations = read_records(folder, "relations")
    if longer_than(folder, "relations", LONG_RELATIONS):
        failed = read_records(folder, "relations", lambda line: not _holds(line))
        relations = chain(failed, read_records(folder, "relations", _holds))
    for relation in relations:
        yield (
            visible(relation["source"]),
            relation["part"],
            wording.VERDICT[relation["verdict"]],
            relation["rule"],
            relation["formula"],
            relation["reported"],
            relation["computed"],
            relation["reason"],
            places(relation["left"]),
            places(relation["right"]),
            relation["finding_id"],
        )


def _holds(line: bytes) -> bool:
    """Whether a relation, as its line of JSON, holds; in quoted text the same characters would be escaped."""
    return b'"verdict":"consistent"' in line or b'"verdict":"rounding"' in line


def repairs_rows(folder: Path) -> Iterator[Row]:
    """Every repaired line."""
    for repair in read_records(folder, "repairs"):
        yield (
            visible(repair["source"]),
            repair["part"],
            wording.place({**repair, "cell": None}),
            visible(repair["raw"]),
            visible(repair["repaired"]),
            f"{repair['confidence']:.2f}",
            wording.METHOD[repair["method"]],
            "\n".join(map(visible, repair["alternatives"])),
        )


def coverage_rows(folder: Path) -> Iterator[Row]:
    """How much of every report was understood."""
    for report in read_records(folder, "reports"):
        counts = report["coverage"]
        yield (
            visible(report["source"]),
            report["part"],
            report["project"] or report["title"],
            *(counts[name] for name in wording.COVERAGE),
            wording.share(counts["numbers_checked"], counts["numbers_seen"]),
            wording.share(counts["rows_understood"], counts["rows_seen"]),
        )


def ledger_rows(folder: Path) -> Iterator[Row]:
    """Every input file."""
    for file in read_records(folder, "ledger"):
        yield (
            visible(file["source"]),
            wording.STATUS[file["status"]],
            file["code"],
            reason_text(file),
            file["parts"],
            file["pages"],
            file["pages_ocr"],
            "\n".join(note["message"] for note in file["notes"]),
            file["media_type"],
            file["sha256"],
        )
