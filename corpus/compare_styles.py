"""Whether a report says the same however it is printed (版式比对): records of PDFs against those of the text.

`python -m corpus.compare_styles [--reports 0*] [--styles scanned-200] [--list]` prints a line for every report and
style, and the sums. Fields count equal where name, place and value agree; a wrong number counts as told where the
confidence of its reading is low.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from corpus.render.render import render
from corpus.render.report import blocks_of
from corpus.render.style import STYLES, Style
from extractors.readers.settings import ReadingSettings

REPORTS = Path(__file__).parent / "reports"
RAPID = ReadingSettings(engine="rapid")
DOUBT = 0.93  # confidence below which a value is told to be doubtful
_REPORT_FIELDS = (
    "kind", "title", "project", "evaluated_body", "supervising_body", "commissioning_body", "evaluator", "fiscal_year",
    "report_date", "total_score", "total_weight", "grade", "grade_scale",
)  # fmt: skip
_ROW_FIELDS = ("weight", "score", "score_rate", "target", "actual", "comment")
_NUMBERS = frozenset({"total_score", "total_weight", "weight", "score", "score_rate", "printed"})

Field = tuple[Any, ...]
Records = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One report in one style (比对结果).

    fields: of the text. missing, extra: fields that only the text or only the PDF has. unmarked: those of `extra`
    that are numbers read without any doubt. missed, added: findings likewise.
    """

    report: str
    style: str
    fields: int
    missing: tuple[Field, ...]
    extra: tuple[Field, ...]
    unmarked: tuple[Field, ...]
    findings: int
    missed: tuple[Field, ...]
    added: tuple[Field, ...]

    @property
    def share(self) -> float:
        """Share of the text's fields that the PDF has, 0..1."""
        return 1 - len(self.missing) / max(self.fields, 1)

    @property
    def false_alarms(self) -> int:
        """Findings that only the PDF has, and that blame the report."""
        return sum(finding[-1] == "report" for finding in self.added)


def records_of(source: str, data: bytes, settings: ReadingSettings = RAPID) -> Records:
    """All records of one file."""
    from pipeline.process import process
    from pipeline.writers.convert import convert

    return convert(process(source, data, settings))


def compare(path: Path, name: str, style: Style, settings: ReadingSettings = RAPID) -> Comparison:
    """One sample report in one style against its text."""
    data = path.read_bytes()
    text = records_of(path.name, data)
    pdf = records_of(f"{path.stem}.pdf", render(blocks_of(path.name, data), style), settings)
    return difference(path.name, name, text, pdf)


def difference(report: str, style: str, text: Records, pdf: Records) -> Comparison:
    """What differs between the records of a text and those of its print."""
    expected, found = Counter(dict(_fields(text)).keys()), Counter(dict(_fields(pdf)).keys())
    sure = dict(_fields(pdf))
    extra = tuple((found - expected).elements())
    own, others = Counter(_findings(text)), Counter(_findings(pdf))
    return Comparison(
        report,
        style,
        sum(expected.values()),
        tuple((expected - found).elements()),
        extra,
        tuple(field for field in extra if field[-2] in _NUMBERS and sure[field] >= DOUBT),
        sum(own.values()),
        tuple((own - others).elements()),
        tuple((others - own).elements()),
    )


def _fields(records: Records) -> Iterator[tuple[Field, float]]:
    """Every field with the confidence of its reading; the name of the field and its value come last."""
    for report in records["reports"]:
        for name in _REPORT_FIELDS:
            places = report["evidence"].get(name, ())
            yield (report["part"], name, str(report[name])), _confidence(places)
    for row in records["indicators"]:
        place = (row["part"], row["level"], row["name"], tuple(row["path"]))
        yield (*place, "name", row["name"]), _confidence(row["evidence"])
        for name in _ROW_FIELDS:
            if row[name] is not None:
                places = [mention["evidence"] for mention in row["mentions"] if mention["field"] == name]
                yield (*place, name, row[name]), _confidence(places)
    for line in records["amounts"]:
        place = (line["part"], line["role"], line["item"], line["unit"])
        yield (*place, "printed", line["printed"]), _confidence(line["evidence"])


def _confidence(places: Sequence[Any]) -> float:
    """How certain the least certain of some places was read."""
    return min((place["confidence"] for place in places if place["confidence"] is not None), default=1.0)


def _findings(records: Records) -> Iterator[Field]:
    """What makes two findings the same; whether it blames the report or the reading comes last."""
    for finding in records["findings"]:
        values = str(finding["reported"]), str(finding["expected"])
        yield (finding["part"], finding["rule"], finding["severity"], *values, finding["suspect"])


def _show(comparison: Comparison, *, listed: bool) -> None:
    """One line, and what differs below it."""
    sys.stdout.write(
        f"{comparison.report:30} {comparison.style:31} 字段 {comparison.fields:4} 一致 {comparison.share:7.2%}"
        f"  未提示的错数 {len(comparison.unmarked)}  疑点 {comparison.findings} 缺 {len(comparison.missed)}"
        f" 多 {len(comparison.added)} 误报 {comparison.false_alarms}\n"
    )
    if listed:
        for sign, fields in (("-", comparison.missing), ("+", comparison.extra)):
            sys.stdout.writelines(f"    {sign} {field}\n" for field in fields)
        for sign, findings in (("-", comparison.missed), ("+", comparison.added)):
            sys.stdout.writelines(f"    疑点 {sign} {finding}\n" for finding in findings)


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare all reports in all styles that fit the patterns."""
    parser = argparse.ArgumentParser(description="各版式的 PDF 与原文比对")
    parser.add_argument("--reports", default="*")
    parser.add_argument("--styles", default="*")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args(arguments)
    done: dict[str, list[Comparison]] = {}
    for path in sorted(REPORTS.glob(f"{chosen.reports}.txt")):
        for name, style in STYLES.items():
            if fnmatch(name, chosen.styles):
                comparison = compare(path, name, style)
                done.setdefault(name, []).append(comparison)
                _show(comparison, listed=chosen.list)
    for name, comparisons in done.items():
        fields = sum(comparison.fields for comparison in comparisons)
        missing = sum(len(comparison.missing) for comparison in comparisons)
        wrong = sum(len(comparison.unmarked) for comparison in comparisons)
        alarms = sum(comparison.false_alarms for comparison in comparisons)
        share = 1 - missing / max(fields, 1)
        sys.stdout.write(f"{name:31} 一致 {share:8.3%}  未提示的错数 {wrong}  误报 {alarms}\n")


if __name__ == "__main__":
    main()
