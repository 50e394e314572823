"""Measures recall, precision and false alarms on generated reports (生成报告上的测量).

    .venv/bin/python -m corpus.measure_generated --count 1000 --seed 7 --workers 1 [--work FOLDER] [--list]

Makes `count` clean reports and as many with one planted error each, reads both with `jihe extract`, and compares the
records and findings with the truth. The truth stands outside of the folder that is read.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from corpus.generate.__main__ import write

_REPORT_FIELDS = ("title", "evaluated_body", "fiscal_year", "total_score", "grade")
_ALARMS = ("decisive", "error", "warning")


@dataclass(slots=True)
class Measured:
    """What was found (测量结果). fields: name -> right, wrong, missed; planted: kind -> found, all."""

    fields: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    planted: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    reports: int = 0
    alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def recall(self) -> Decimal:
        """Share of planted errors that were found; 1 where none was planted."""
        found = sum(counts["found"] for counts in self.planted.values())
        planted = sum(sum(counts.values()) for counts in self.planted.values())
        return Decimal(found) / planted if planted else Decimal(1)


def extract(folder: Path, out: Path, workers: int) -> None:
    """`jihe extract` on a folder. Raises CalledProcessError where the run itself fails."""
    command = [sys.executable, "-m", "pipeline", "extract", str(folder), "--out", str(out), "--workers", str(workers)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode not in (0, 1):  # 1: findings
        raise subprocess.CalledProcessError(done.returncode, command)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def by_source(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The records of a file by the report they come from."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(path):
        found[row["source"]].append(row)
    return found


def measure(truth: Path, out: Path) -> Measured:
    """Compare the output of a run with the truth of its reports."""
    kinds = {kind: by_source(out / "records" / f"{kind}.jsonl") for kind in ("reports", "indicators", "amounts")}
    findings = by_source(out / "findings.jsonl")
    measured = Measured()
    for row in rows(truth):
        source = row["source"]
        measured.reports += 1
        if not row["errors"]:
            _compare(measured, row, {kind: records[source] for kind, records in kinds.items()})
        _judge(measured, row, findings[source])
    return measured


def _compare(measured: Measured, row: dict[str, Any], records: dict[str, list[dict[str, Any]]]) -> None:
    """Fields of the report, of its indicators and of its money."""
    read = records["reports"][0] if records["reports"] else {}
    for name in _REPORT_FIELDS:
        _count(measured, f"report.{name}", row["report"][name], read.get(name), row["source"])
    by_name = {one["name"]: one for one in records["indicators"]}
    for leaf in row["indicators"]:
        one = by_name.get(leaf["name"], {})
        for name in ("weight", "score"):
            _count(measured, f"indicator.{name}", leaf[name], one.get(name), f"{row['source']} {leaf['name']}")
    own = {leaf["name"] for leaf in row["indicators"]}
    measured.fields["indicator.name"]["right"] += len(own & set(by_name))
    measured.fields["indicator.name"]["missed"] += len(own - set(by_name))
    measured.fields["indicator.name"]["wrong"] += sum(
        one["level"] == 3 for one in by_name.values() if one["name"] not in own
    )
    for amount in row["amounts"]:
        name = "yuan" if "yuan" in amount else "printed"
        read_values = {_plain(one[name]) for one in records["amounts"] if one["role"] == amount["role"]}
        outcome = "right" if _plain(amount[name]) in read_values else "missed"
        measured.fields[f"amount.{amount['role']}"][outcome] += 1
        if outcome == "missed":
            measured.missed.append(f"{row['source']} {amount['role']} {amount[name]}")


def _count(measured: Measured, name: str, true: Any, read: Any, where: str) -> None:
    outcome = "missed" if read is None else "right" if _plain(true) == _plain(read) else "wrong"
    measured.fields[name][outcome] += 1
    if outcome != "right":
        measured.missed.append(f"{where} {name}: {true} read as {read}")


def _plain(value: Any) -> Any:
    """A printed value for comparing: numbers by value, lists as they are."""
    try:
        return Decimal(value.replace(",", "").rstrip("%")) if isinstance(value, str) else value
    except InvalidOperation:
        return value


def _judge(measured: Measured, row: dict[str, Any], findings: list[dict[str, Any]]) -> None:
    """Which findings hit the planted error; all others of a clean report are false alarms."""
    for error in row["errors"]:
        found = any(_hits(error, finding) for finding in findings)
        measured.planted[error["kind"]]["found" if found else "missed"] += 1
        if not found:
            told = f"{error['slots'][0]} {error['right']} -> {error['printed']} lines {error['lines']}"
            measured.missed.append(f"{row['source']} {row['layout']} {row['reach']} {error['kind']}: {told}")
    alarms = [one for one in findings if one["severity"] in _ALARMS and not any(_hits(e, one) for e in row["errors"])]
    for alarm in alarms:
        lines = [one["line"] for one in alarm["evidence"]]
        told = f"{row['layout']} {row['reach']} {alarm['rule']} {alarm['message']} {lines}"
        measured.alarms.append(f"{'clean' if not row['errors'] else row['errors'][0]['kind']} {row['source']} {told}")


def _hits(error: dict[str, Any], finding: dict[str, Any]) -> bool:
    """Whether a finding cites the place or the value that was printed wrong."""
    printed = _plain(error["printed"])
    return any(
        one.get("line") in error["lines"] or _plain(one.get("value") or "") == printed for one in finding["evidence"]
    )


def tell(measured: Measured, what: str, listed: bool) -> None:
    """Print the figures."""
    print(f"== {what}: {measured.reports} reports")
    for name, counts in sorted(measured.fields.items()):
        right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
        print(f"  {name:24} recall {_share(right, right + wrong + missed)}  precision {_share(right, right + wrong)}")
    for kind, counts in sorted(measured.planted.items()):
        print(f"  planted {kind:20} {counts['found']}/{sum(counts.values())}")
    if measured.planted:
        print(f"  planted recall {measured.recall() * 100:.2f} %")
    clean = [alarm for alarm in measured.alarms if alarm.startswith("clean")]
    print(f"  alarms beside the planted error {len(measured.alarms) - len(clean)}; on clean reports {len(clean)}")
    if listed:
        print("\n".join(["", *measured.missed, *measured.alarms]))


def _share(part: int, whole: int) -> str:
    return f"{Decimal(part) * 100 / whole:6.2f} %" if whole else "     —  "


def run(work: Path, count: int, seed: int, workers: int, errors: float) -> Measured:
    """Make reports with this share of errors, read them, compare."""
    write(work, count, seed, errors)
    extract(work / "reports", work / "out", workers)
    return measure(work / "truth.jsonl", work / "out")


def main() -> None:
    """Measure clean and planted reports, print the figures."""
    parser = argparse.ArgumentParser(prog="corpus.measure_generated", description="recall and false alarms at scale")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--work", type=Path, help="keep inputs and outputs here")
    parser.add_argument("--list", action="store_true", help="every miss and alarm")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = wanted.work or Path(folder)
        for what, errors in (("clean", 0.0), ("planted", 1.0)):
            tell(run(work / what, wanted.count, wanted.seed, wanted.workers, errors), what, wanted.list)


if __name__ == "__main__":
    main()
