"""A clean report raises nothing; change one printed number by a unit of its last digit and it is found."""

import re
from decimal import Decimal
from pathlib import Path

from pipeline.checks.run import check
from tests.pipeline.checks.notation import report

_CLEAN = (Path(__file__).parent / "clean.txt").read_text(encoding="utf-8").strip().splitlines()
_NUMBER = re.compile(r"(?:(?<=权重 )|(?<=得分 )|(?<=得分率 )|(?<=[a-z] ))\d+(?:\.\d+)?")


def _mutations() -> list[tuple[int, str]]:
    """(line, changed line) for every printed weight, score and amount, one unit of the last digit up.

    A rate may have been taken from the unrounded score; it is changed by more than that allows, a tenth of a per cent.
    """
    changed = []
    for number, line in enumerate(_CLEAN):
        for match in _NUMBER.finditer(line):
            rate = line[match.end() : match.end() + 1] == "%" and "得分率" in line
            step = Decimal("0.1") if rate else Decimal(1).scaleb(-len(match[0].partition(".")[2]))
            changed.append((number, f"{line[: match.start()]}{Decimal(match[0]) + step}{line[match.end() :]}"))
    return changed


def test_clean_report_raises_nothing() -> None:
    """Everything that can be recomputed agrees, and much was."""
    relations, findings = check(report("\n".join(_CLEAN)))
    assert [finding.title for finding in findings] == []
    assert sum(relation.verdict in ("consistent", "rounding") for relation in relations) > 95


def test_nearly_every_changed_number_is_found() -> None:
    """At least 95 of 100 single changes by one unit of the last digit raise a finding that shows the changed place."""
    missed = []
    mutations = _mutations()
    for number, line in mutations:
        lines = [*_CLEAN[:number], line, *_CLEAN[number + 1 :]]
        findings = check(report("\n".join(lines)))[1]
        place = 29 if "处=29" in line else number + 1
        if not any(place == operand.span.line for finding in findings for operand in finding.evidence):
            missed.append(line)
    assert len(mutations) > 75
    assert len(missed) * 20 <= len(mutations), missed
