"""One file always yields one ledger line, whatever it is or does to us."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import DocumentRefused
from extractors.provenance import SourceSpan
from pipeline import process as stages
from pipeline.discover import InputFile
from pipeline.options import Limits
from pipeline.work import Yield, dump, work
from pipeline.writers.places import evidence


def _file(tmp_path: Path, text: str = "青禾县修渠项目绩效评价报告\n综合得分90分。\n") -> InputFile:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    return InputFile("a.txt", str(tmp_path / "a.txt"))


def _ledger(done: Yield) -> dict[str, Any]:
    (line,) = done.lines["ledger"].splitlines()
    record: dict[str, Any] = json.loads(line)
    return record


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (DocumentRefused("odd", "怪文件。"), "odd", "refused"),
        (DocumentRefused("odd", "怪文件。", failed=True), "odd", "failed"),
        (MemoryError(), "memory-limit", "failed"),
        (RecursionError(), "too-deep", "failed"),
        (ValueError("secret /home/somebody"), "internal-error", "failed"),
    ],
)
def test_whatever_a_stage_raises_is_one_line(
    error: Exception, code: str, status: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a stable code, the file's digest, and nothing of this machine."""

    def break_down(*_: object) -> None:
        raise error

    monkeypatch.setattr(stages, "read", break_down)
    done = work(_file(tmp_path), Limits())
    ledger = _ledger(done)
    assert (done.code, done.status) == (ledger["code"], ledger["status"]) == (code, status)
    assert len(ledger["sha256"]) == 64
    assert str(tmp_path) not in str(ledger)
    assert "/home/somebody" not in str(ledger)


def test_a_fault_of_ours_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File and line of the program, so that it can be mended."""
    monkeypatch.setattr(stages, "segment", lambda _: [None])
    reason = _ledger(work(_file(tmp_path), Limits()))["reason"]
    assert reason.startswith("internal-error: ")
    assert ".py:" in reason


def test_a_read_file_yields_its_records(tmp_path: Path) -> None:
    """Counted as they are written."""
    done = work(_file(tmp_path), Limits())
    assert (done.status, done.code) == ("read", _ledger(done)["code"])
    assert done.reports == len(done.lines.get("reports", b"").splitlines())


def test_lines_are_always_valid_utf8() -> None:
    """Half a surrogate pair cannot be written; the rest of the record is kept."""
    assert dump({"quote": "甲\ud800乙"}) == '{"quote":"甲?乙"}\n'.encode()


def test_numbers_that_json_does_not_know_are_refused() -> None:
    """Rather a fault in the ledger than a file that nobody can read."""
    with pytest.raises(ValueError, match="no number of JSON"):
        evidence("reported", "8", SourceSpan("8", confidence=float("nan")))
    with pytest.raises(ValueError, match="no number of JSON"):
        evidence("reported", "8", SourceSpan("8", bbox=(0.0, 0.0, float("inf"), 1.0)))
