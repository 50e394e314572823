"""A run that is killed, cut short or short of disk goes on where it stopped, and ends with the same bytes."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import batch
from pipeline.batch import run
from pipeline.options import ExitStatus, Limits, Options
from pipeline.progress import Silent
from pipeline.state import versions
from pipeline.state.database import NAME
from pipeline.state.folder import state_folder
from pipeline.writers.jsonlines import read_records
from tests.pipeline import archive_files as make
from tests.pipeline.test_batch import ROOT, SAMPLES, _digests

TEXT = (SAMPLES / "01_short_external.txt").read_text(encoding="utf-8")


def _fill(corpus: Path) -> None:
    """A corpus with twins, an archive in an archive, and what cannot be read."""
    (corpus / "甲县").mkdir(parents=True)
    for number in range(12):
        text = TEXT.replace("项目", f"第{number}号项目", 1)
        (corpus / "甲县" / f"{number}.txt").write_text(text, encoding="utf-8")
    shutil.copy(corpus / "甲县" / "3.txt", corpus / "甲县" / "3（副本）.txt")
    inner = make.zip_of({"年度/3.txt": (corpus / "甲县" / "3.txt").read_bytes(), "新.txt": TEXT.encode()}, gbk=True)
    (corpus / "报送.zip").write_bytes(make.zip_of({"内层.zip": inner, "空.txt": b"", "../外.txt": b"x"}))
    (corpus / "炸弹.zip").write_bytes(make.bomb_zip())
    (corpus / "z.bin").write_bytes(bytes(range(256)) * 64)


def _command(corpus: Path, out: Path, *arguments: object) -> subprocess.Popen[str]:
    """`jihe extract` as its own process and process group."""
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipeline", "extract", str(corpus), "--out", str(out), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _run(corpus: Path, out: Path, **options: object) -> object:
    """One run in this process."""
    return run(Options(corpus, out, workers=1, **options), Silent())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of all tests here."""
    folder = tmp_path_factory.mktemp("corpus") / "语料"
    _fill(folder)
    return folder


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a run that nothing interrupted."""
    out = tmp_path_factory.mktemp("whole") / "out"
    _run(corpus, out)
    return out


def test_every_input_is_listed_once_and_twins_twice(whole: Path) -> None:
    """Members bear the archive's name before their own; the archive has a line of its own."""
    ledger = {record["source"]: record for record in read_records(whole, "ledger")}
    sources = [record["source"] for record in read_records(whole, "ledger")]
    assert sources == sorted(sources)
    codes = {source: ledger[source]["code"] for source in ledger if not source.startswith("甲县/")}
    assert codes == {
        "z.bin": codes["z.bin"],
        "报送.zip": "archive",
        "报送.zip/%2E%2E/外.txt": "archive-unsafe-path",
        "报送.zip/内层.zip": "archive",
        "报送.zip/内层.zip/年度/3.txt": "ok",
        "报送.zip/内层.zip/新.txt": "ok",
        "报送.zip/空.txt": "empty-file",
        "炸弹.zip": "archive-bomb",
    }
    twins = ["甲县/3.txt", "甲县/3（副本）.txt", "报送.zip/内层.zip/年度/3.txt"]
    assert len({ledger[source]["sha256"] for source in twins}) == 1
    reports = {record["source"]: record for record in read_records(whole, "reports")}
    assert [reports[source]["source"] for source in twins] == twins
    assert len({reports[source]["report_id"] for source in twins}) == 1
    assert not any("\ue000" in path.read_text(encoding="utf-8") for path in whole.rglob("*.jsonl"))


def test_content_is_read_once(corpus: Path, whole: Path) -> None:
    """Sixteen inputs, fourteen contents: the ledger of the work has timings of those only."""
    import sqlite3

    connection = sqlite3.connect(state_folder(whole) / NAME)
    (read,) = connection.execute("SELECT count(*) FROM timings WHERE stage = 'read'").fetchone()
    connection.close()
    readable = {record["sha256"] for record in read_records(whole, "ledger") if record["parts"]}
    assert read == len(readable) == 13


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_ended_at_any_moment_goes_on(number: signal.Signals, corpus: Path, whole: Path, tmp_path: Path) -> None:
    """Again and again, until it gets through; then the bytes are those of a run that nothing interrupted."""
    out = tmp_path / "out"
    moments = random.Random(number)  # noqa: S311 - moments, not secrets
    for attempt in range(30):
        process = _command(corpus, out, "--workers", 2)
        try:
            process.communicate(timeout=0.8 + attempt * 2 + moments.random())
            break
        except subprocess.TimeoutExpired:
            # SIGKILL takes the parent only: its workers notice that nobody listens any more.
            os.kill(process.pid, number)
            text, _ = process.communicate(timeout=30)
            if number != signal.SIGKILL:
                # -number: it was done already, and Python was on its way out.
                assert process.returncode in {ExitStatus.INTERRUPTED, ExitStatus.UNREAD, -number}, text
                assert "Traceback" not in text
    assert process.returncode == ExitStatus.UNREAD
    assert attempt > 0, "it was never interrupted"
    assert _digests(out) == _digests(whole)


def test_a_finished_run_is_confirmed_without_work(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker starts and no output is touched; the answer is the same."""
    out = tmp_path / "out"
    first = _run(corpus, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    time.sleep(1.1)  # until the times of the corpus are old enough to be relied on
    _run(corpus, out)
    monkeypatch.setattr(batch, "open_engine", _NoEngine)
    second = _run(corpus, out)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    assert second.confirmed  # type: ignore[attr-defined]
    assert second.exit_status == first.exit_status  # type: ignore[attr-defined]


class _NoEngine:
    """An engine for runs that have nothing to do."""

    def __init__(self, *_: object) -> None:
        pass

    def run(self, jobs: object) -> object:
        """Nothing may come."""
        assert list(jobs) == []  # type: ignore[call-overload]
        return iter(())

    def close(self) -> None:
        """Nothing to end."""


def test_a_changed_output_is_written_again(corpus: Path, whole: Path, tmp_path: Path) -> None:
    """Also one that is missing; nothing is read again for that."""
    out = tmp_path / "out"
    _run(corpus, out)
    (out / "findings.jsonl").write_text("edited", encoding="utf-8")
    (out / "consistency.xlsx").unlink()
    _run(corpus, out)
    assert _digests(out) == _digests(whole)


def test_only_the_stage_that_changed_is_done_again(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new judgement takes the understanding as kept, a new understanding the reading."""
    out = tmp_path / "out"
    _run(corpus, out)
    tags = versions.stage_tags
    for changed, untouched in (("judge", {"read", "understand"}), ("understand", {"read"}), ("read", set())):
        below = versions.STAGES.index(changed)
        monkeypatch.setattr(
            batch,
            "stage_tags",
            lambda reading, below=below, changed=changed: {
                stage: tag + (changed if versions.STAGES.index(stage) >= below else "")
                for stage, tag in tags(reading).items()
            },
        )
        _forget_timings(out)
        _run(corpus, out)
        assert {stage for (_, stage), seconds in _timings(out).items() if seconds < 0} == untouched


def _forget_timings(out: Path) -> None:
    """Make every timing impossible, so that what is done again shows."""
    import sqlite3

    with sqlite3.connect(state_folder(out) / NAME) as connection:
        connection.execute("UPDATE timings SET seconds = -1")
    connection.close()


def _timings(out: Path) -> dict[tuple[bytes, str], float]:
    """(content, stage) → seconds, from the ledger of the work."""
    import sqlite3

    connection = sqlite3.connect(state_folder(out) / NAME)
    found = {(content, stage): seconds for content, stage, seconds in connection.execute("SELECT * FROM timings")}
    connection.close()
    return found


def test_changed_added_and_removed_files(corpus: Path, tmp_path: Path) -> None:
    """The outputs are those of a first run over the corpus as it is now."""
    mine, out = tmp_path / "语料", tmp_path / "out"
    shutil.copytree(corpus, mine)
    _run(mine, out)
    (mine / "甲县" / "0.txt").unlink()
    (mine / "甲县" / "1.txt").write_text(TEXT.replace("项目", "改过的项目", 1), encoding="utf-8")
    (mine / "甲县" / "new.txt").write_text(TEXT.replace("项目", "新增的项目", 1), encoding="utf-8")
    shutil.move(mine / "甲县" / "2.txt", mine / "moved.txt")
    (mine / "报送.zip").write_bytes(make.zip_of({"只有一份.txt": TEXT.encode()}))
    _run(mine, out)
    _run(mine, tmp_path / "first")
    assert _digests(out) == _digests(tmp_path / "first")


def test_who_removes_the_results_starts_anew(corpus: Path, tmp_path: Path) -> None:
    """What was kept beside them is forgotten; so it is on request."""
    out = tmp_path / "out"
    _run(corpus, out)
    first = _timings(out)
    shutil.rmtree(out)
    _run(corpus, out)
    second = _timings(out)
    _run(corpus, out, fresh=True)
    third = _timings(out)
    assert first.keys() == second.keys() == third.keys()
    assert first != second != third


def test_limits_that_were_hit_are_tried_again_when_they_change(tmp_path: Path) -> None:
    """A file that needed more time is done again with more, and only then."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c" / "slow.txt").write_text("综合得分90分。\n" + TEXT * 60, encoding="utf-8")
    out = tmp_path / "out"
    _run(tmp_path / "c", out, limits=Limits(seconds=0.4))
    codes = {record["source"]: record["code"] for record in read_records(out, "ledger")}
    if codes["slow.txt"] != "time-limit":
        pytest.skip("this machine reads too fast")
    _run(tmp_path / "c", out, limits=Limits(seconds=120))
    codes = {record["source"]: record["code"] for record in read_records(out, "ledger")}
    assert codes["slow.txt"] != "time-limit"


def test_damaged_results_are_made_again(corpus: Path, whole: Path, tmp_path: Path) -> None:
    """As a loss of power leaves them: noticed by their checksum, never written out."""
    out = tmp_path / "out"
    _run(corpus, out)
    for path in (state_folder(out) / "segments").glob("judge-*"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(bytes(data))
    (out / "findings.jsonl").unlink()
    _run(corpus, out)
    assert _digests(out) == _digests(whole)


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/proc/self/ns/mnt").exists(), reason="needs to mount a small disk")
def test_a_full_disk_is_told_and_overcome(corpus: Path, whole: Path, tmp_path: Path) -> None:
    """The run says so and stops; with more room it goes on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603 - fixed
        pytest.skip("this machine does not let us mount")
    try:
        process = _command(corpus, disk / "out", "--workers", 2)
        text, _ = process.communicate(timeout=120)
        assert process.returncode == ExitStatus.USAGE, text
        assert "No space left" in text
        assert "Traceback" not in text
        grow = ["mount", "-o", "remount,size=200m", str(disk)]
        subprocess.run(grow, check=True)  # noqa: S603 - fixed
        process = _command(corpus, disk / "out", "--workers", 2)
        text, _ = process.communicate(timeout=120)
        assert process.returncode == ExitStatus.UNREAD, text
        assert _digests(disk / "out") == _digests(whole)
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607 - fixed
