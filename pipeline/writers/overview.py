"""What the page says of a whole run (总览): counted over all reports, with as many named as a page can hold."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.writers import wording
from pipeline.writers.jsonlines import read_records

MOST = 10_000  # findings, reports or files that one page lists; more no browser shows in good time
_SHOWN = ("source", "part", "project", "title", "kind", "total_score", "grade", "coverage", "scenarios")
Key = tuple[str, int]


@dataclass(slots=True)
class Overview:
    """A run at a glance (总览).

    files, count: of files and reports. reports: those listed, with the fields shown. partial: whether reports are left
    out. decided: reports whose total or grade depends on which figure is taken. unread: ledger lines with a reason.
    more_unread: how many further ones. coverage: summed. names: (source, part) → project, of reports with findings.
    """

    files: int = 0
    count: int = 0
    partial: bool = False
    reports: list[dict[str, Any]] = field(default_factory=list)
    decided: list[dict[str, Any]] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    more_unread: int = 0
    coverage: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(wording.COVERAGE, 0)))
    names: dict[Key, str | None] = field(default_factory=dict)


def overview_of(folder: Path, counts: Mapping[Key, Counter[str]]) -> Overview:
    """Read the reports and the ledger below `folder`. counts: findings of each report."""
    found = Overview()
    for file in read_records(folder, "ledger"):
        found.files += 1
        if file["reason"] and len(found.unread) < MOST:
            found.unread.append(file)
        else:
            found.more_unread += bool(file["reason"])
    total = sum(1 for _ in read_records(folder, "reports"))
    found.count, found.partial = total, total > MOST
    for key, report in _reports(folder):
        found.coverage.update(report["coverage"])
        if key in counts:
            found.names[key] = report["project"] or report["title"]
        if len(found.reports) < MOST and (key in counts or not found.partial):
            found.reports.append(report)
        if report["scenarios"] and len(found.decided) < MOST:
            found.decided.append(report)
    return found


def _reports(folder: Path) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Every report with the fields that a page shows."""
    for report in read_records(folder, "reports"):
        yield (report["source"], report["part"]), {name: report[name] for name in _SHOWN}
