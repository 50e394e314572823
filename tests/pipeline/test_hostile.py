"""Broken, locked, cyclic, huge and lying PDFs: each costs one line of the ledger; skipped where none are at hand."""

from pathlib import Path

import pytest

from extractors.readers.settings import ReadingSettings
from pipeline import batch
from pipeline.options import MEBIBYTE, ExitStatus, Limits, Options
from pipeline.progress import progress
from pipeline.writers.jsonlines import read_records

HOSTILE = Path(__file__).parents[3] / "shared" / "pdf" / "hostile"
LIMITS = Limits(seconds=30.0, memory=2048 * MEBIBYTE)
OURS = {"internal-error", "time-limit", "memory-limit", "worker-crashed"}  # what would be our fault
REFUSED = {
    "encrypted__camelot": "pdf-encrypted",
    "encrypted__pdfplumber": "pdf-encrypted",
    "zero-page__": "pdf-no-pages",
    "huge__OCRmyPDF__hugemono": "page-too-large",
}


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="no ../shared/pdf/hostile here")
def test_every_hostile_file_is_one_line_within_its_limits(tmp_path: Path) -> None:
    """Within half a minute and two gibibytes each; a reason and a remedy for all that were not read."""
    options = Options(HOSTILE, tmp_path, 2, LIMITS, reading=ReadingSettings(engine="rapid"))
    with progress() as shown:
        summary = batch.run(options, shown)
    ledger = list(read_records(tmp_path, "ledger"))
    assert [line["source"] for line in ledger] == sorted(path.name for path in HOSTILE.iterdir())
    assert summary.exit_status == ExitStatus.UNREAD
    assert not {line["code"] for line in ledger} & OURS
    assert {line["status"] for line in ledger} <= {"read", "partly read", "refused"}
    assert all(line["reason"] for line in ledger if line["status"] != "read")
    for start, code in REFUSED.items():
        assert {line["code"] for line in ledger if line["source"].startswith(start)} == {code}


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="no ../shared/pdf/hostile here")
def test_a_password_of_the_owner_opens_what_is_locked() -> None:
    """The file of pdfplumber's own tests has the password `test`."""
    from extractors.errors import DocumentRefused
    from extractors.readers.read import read

    (path,) = HOSTILE.glob("encrypted__pdfplumber__*")
    with pytest.raises(DocumentRefused, match="密码"):
        read(path.name, path.read_bytes())
    assert read(path.name, path.read_bytes(), ReadingSettings(passwords=("wrong", "test"))).pages
