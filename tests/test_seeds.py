"""Real reports read and checked as their hand-made truth says; skipped where the seeds are absent."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared/seeds is not here")

CLEAN = "000,001,002,003"  # the seeds whose characters stand in order


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the scorer prints of one run over the seeds, by name."""
    out = tmp_path_factory.mktemp("seeds") / "out"
    run = [sys.executable, "-m", "pipeline", "extract", str(SHARED / "seeds"), "--out", str(out), "--workers", "2"]
    assert subprocess.run(run, check=False, capture_output=True).returncode == 1  # noqa: S603
    score = [sys.executable, str(SHARED / "score.py"), str(out), "--files", CLEAN]
    printed = subprocess.run(score, check=True, capture_output=True, text=True).stdout  # noqa: S603
    yield dict(line.split(": ", 1) for line in printed.splitlines() if ": " in line)


def share(text: str) -> float:
    """`97/100 = 0.9700` or `97/100` as a fraction."""
    found = re.match(r"(\d+)/(\d+)", text)
    assert found is not None
    return int(found[1]) / int(found[2])


def test_indicators_are_found_and_none_is_wrong(figures: dict[str, str]) -> None:
    """At least 97 % stand under their parent; of weights, scores and rates 98 % are right and none is wrong."""
    assert share(figures["indicators.found_with_parent"]) >= 0.97
    for field in ("weight", "score", "score_rate"):
        counts = re.match(r"right (\d+) wrong (\d+) missing \d+ of (\d+)", figures[f"indicators.{field}"])
        assert counts is not None
        assert int(counts[2]) == 0
        assert int(counts[1]) >= 0.98 * int(counts[3])


def test_amounts_have_their_role_and_exact_yuan(figures: dict[str, str]) -> None:
    """At least 95 % found, 90 % with the right role, every 元 value exact."""
    assert share(figures["amounts.found"]) >= 0.95
    assert share(figures["amounts.role_right"]) >= 0.9
    assert share(figures["amounts.yuan_right"]) == 1


def test_report_fields_are_right(figures: dict[str, str]) -> None:
    """All four reports, each field right in all but one at most."""
    assert share(figures["reports.found"]) == 1
    for name, value in figures.items():
        if name.startswith("reports."):
            right, total = map(int, value.split("/"))
            assert total - right <= 1, name


def test_every_alarm_has_a_reason_and_no_high_finding_is_missed(figures: dict[str, str]) -> None:
    """Precision first: 95 % of alarms are in the gold, none lies on an undecidable relation."""
    assert share(figures["findings.high.found"]) == 1
    assert float(figures["findings.alarms_with_gold_reason"].rpartition("= ")[2]) >= 0.95
    assert figures["findings.alarms_on_undecidable_relations"] == "0"
