"""Measures alarms on reports written by hand (手写报告上的测量): false ones on clean reports, planted errors found.

    .venv/bin/python -m corpus.measure_written [FOLDER] [--list]

FOLDER holds sets, each a folder of reports about places and projects that do not exist. `planted.jsonl` of a set says
which of its reports hold which errors; all others are clean: every number in them that can be checked is right.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from pipeline.checks.model import Finding
from pipeline.process import process

WRITTEN = Path(__file__).parent / "written"
_ALARMS = ("decisive", "error", "warning")


class Planted(TypedDict):
    """An error put into a copy of a clean report (植入差错). lines: where the statements that disagree stand.

    missed: true where it is not found so far; all others must be.
    """

    file: str
    lines: list[int]
    wrong: str
    right: str
    kind: str
    why: str
    missed: NotRequired[bool]


@dataclass(slots=True)
class Measured:
    """What a set gave (测量结果). clean: its clean reports; false: their alarms, and those beside planted errors, by
    file; found, missed: its planted errors."""

    clean: int = 0
    false: dict[str, list[Finding]] = field(default_factory=dict)
    beside: dict[str, list[Finding]] = field(default_factory=dict)
    found: list[Planted] = field(default_factory=list)
    missed: list[Planted] = field(default_factory=list)


def sets(folder: Path = WRITTEN) -> list[Path]:
    """The sets below a folder, or the folder itself where it is one."""
    inner = sorted(path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.txt")))
    return inner or [folder]


@cache
def planted(folder: Path) -> tuple[Planted, ...]:
    """The planted errors of a set."""
    path = folder / "planted.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(json.loads(line) for line in lines if line.strip())


def clean(folder: Path) -> list[Path]:
    """The clean reports of a set."""
    spoilt = {error["file"] for error in planted(folder)}
    return [path for path in sorted(folder.glob("*.txt")) if path.name not in spoilt]


def alarms(text: str, name: str = "report.txt") -> list[Finding]:
    """The findings on a text of severity warning or above."""
    reports = process(name, text.encode()).reports
    return [finding for report in reports for finding in report.findings if finding.severity in _ALARMS]


def hits(error: Planted, finding: Finding) -> bool:
    """Whether a finding cites a line of the planted error."""
    return any(one.span.line in error["lines"] for one in finding.evidence)


def measure(folder: Path) -> Measured:
    """Read every report of a set and compare."""
    measured = Measured()
    for path in clean(folder):
        measured.clean += 1
        if found := alarms(path.read_text(encoding="utf-8"), path.name):
            measured.false[path.name] = found
    for name in sorted({error["file"] for error in planted(folder)}):
        errors = [error for error in planted(folder) if error["file"] == name]
        found = alarms((folder / name).read_text(encoding="utf-8"), name)
        for error in errors:
            kept = measured.found if any(hits(error, finding) for finding in found) else measured.missed
            kept.append(error)
        if others := [one for one in found if not any(hits(error, one) for error in errors)]:
            measured.beside[name] = others
    return measured


def _told(folder: Path, measured: Measured, listed: bool) -> Iterator[str]:
    """The figures of a set, and what lies behind them."""
    found, lost = len(measured.found), len(measured.missed)
    beside = sum(map(len, measured.beside.values()))
    yield (
        f"{folder.name}: {len(measured.false)} of {measured.clean} clean reports with an alarm; "
        f"planted {found} of {found + lost}; {beside} alarms beside"
    )
    for name, findings in [*measured.false.items(), *measured.beside.items()] if listed else []:
        for finding in findings:
            lines = [one.span.line for one in finding.evidence]
            yield f"  FALSE {name} {finding.severity} {finding.rule} {lines} {finding.message} [{finding.formula}]"
    for error in measured.missed if listed else []:
        yield f"  MISSED {error['file']} {error['lines']} {error['kind']}: {error['wrong']} for {error['right']}"


def main() -> None:
    """Measure every set, print the figures."""
    parser = argparse.ArgumentParser(prog="corpus.measure_written", description="alarms on reports written by hand")
    parser.add_argument("folder", type=Path, nargs="?", default=WRITTEN)
    parser.add_argument("--list", action="store_true", help="every false alarm and every miss")
    wanted = parser.parse_args()
    total = [0, 0, 0, 0]
    for folder in sets(wanted.folder):
        measured = measure(folder)
        print("\n".join(_told(folder, measured, wanted.list)), flush=True)
        of_set = len(measured.false), measured.clean, len(measured.found), len(measured.found) + len(measured.missed)
        total = [sum(pair) for pair in zip(total, of_set, strict=True)]
    print(f"all: {total[0]} of {total[1]} clean reports with an alarm; planted {total[2]} of {total[3]}")


if __name__ == "__main__":
    main()
