"""All reports of a run in a few words each (报告索引), read back from the records."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from extractors.frozen import frozen
from pipeline.writers.jsonlines import read_records

_JUDGED = ("external_evaluation", "self_evaluation", "overall_expenditure")
_YEARS = re.compile(r"(?:19|20)\d{2}\s*(?:[-—~至]\s*(?:19|20)?\d{2,4})?\s*年?度?")
_WORDS = re.compile(
    r"(?:财政|支出|预算|绩效|重点|部门|整体|项目|专项|资金|补助|经费|自评|自我评价|评价|报告|公示稿?|定稿|终稿|修改稿)"
)
_REST = re.compile(r"[\W_]+")


@frozen
class Entry:
    """One report (报告). number: its place in the run, 0-based. project: its folded name; bodies as printed, folded."""

    number: int
    report_id: str
    source: str
    part: int
    kind: str
    title: str
    project: str
    body: str
    evaluator: str
    years: tuple[int, ...]
    total: Decimal | None
    total_weight: Decimal | None
    grade: str
    limits: tuple[Decimal, ...]

    @property
    def place(self) -> tuple[str, int]:
        """Its file and part."""
        return self.source, self.part


def entries(folder: Path) -> tuple[Entry, ...]:
    """The reports below `folder` that state results, in order."""
    judged = (record for record in read_records(folder, "reports") if record["kind"] in _JUDGED)
    return tuple(_entry(number, record) for number, record in enumerate(judged))


def _entry(number: int, record: Mapping[str, Any]) -> Entry:
    lows = (_decimal(band["low"]) for band in record["grade_scale"])
    return Entry(
        number,
        record["report_id"],
        record["source"],
        record["part"],
        record["kind"],
        record["project"] or record["title"] or record["source"],
        project_key(record["project"] or record["title"] or ""),
        name_key(record["evaluated_body"]),
        name_key(record["evaluator"]),
        tuple(record["fiscal_year"]),
        _decimal(record["total_score"]),
        _decimal(record["total_weight"]),
        record["grade"] or "",
        tuple(sorted({low for low in lows if low})),
    )


def project_key(name: str) -> str:
    """A project's name without years and the words that every title has."""
    plain = _YEARS.sub("", unicodedata.normalize("NFKC", name))
    return _REST.sub("", _WORDS.sub("", plain))


def name_key(name: str | None) -> str:
    """A body's name without blanks and punctuation; '' where none is stated."""
    return _REST.sub("", unicodedata.normalize("NFKC", name or ""))


def of_each(folder: Path, kind: str, wanted: Mapping[tuple[str, int], Entry]) -> Iterator[tuple[Entry, Sequence[Any]]]:
    """The records of one kind, those of each wanted report together, one report in memory at a time."""
    rows: list[Any] = []
    at: tuple[str, int] | None = None
    for record in read_records(folder, kind):
        place = (record["source"], record["part"])
        if place != at:
            if at is not None and rows:
                yield wanted[at], rows
            rows, at = [], place
        if place in wanted:
            rows.append(record)
    if at is not None and rows:
        yield wanted[at], rows


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text.rstrip("%"))
    except InvalidOperation:
        return None
