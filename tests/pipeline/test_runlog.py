"""The log tells what happened, one JSON object a line; what a run writes is the same with it and without."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import run
from pipeline.options import BadUsage, Limits, Options
from pipeline.progress import Silent
from tests.pipeline.test_batch import SAMPLES, _digests

TEXT = (SAMPLES / "01_short_external.txt").read_text(encoding="utf-8")


def _events(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_run_is_told_from_start_to_end(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Every document has its start and its end with the seconds of its stages; what was not read says why."""
    corpus, log = tmp_path / "corpus", tmp_path / "run.log"
    corpus.mkdir()
    (corpus / "甲.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "空.txt").write_bytes(b"")
    (corpus / "大.txt").write_bytes(b"x" * 2000)
    (corpus / "link").symlink_to(corpus / "nowhere")
    limits = Limits(text_bytes=len(TEXT.encode()) + 1)
    (corpus / "大.txt").write_bytes(b"x" * (limits.text_bytes + 1))
    options = Options(corpus, tmp_path / "out", workers=1, limits=limits, log=log)
    run(options, Silent())
    assert capfd.readouterr().out == ""
    events = _events(log)
    assert (events[0]["event"], events[-1]["event"]) == ("run-start", "run-end")
    assert all("timestamp" in event and "level" in event for event in events)
    told = {(event["source"], event["event"]): event for event in events if "source" in event}
    assert ("甲.txt", "document-start") in told
    assert set(told["甲.txt", "document-end"]["seconds"]) == {"read", "understand", "judge"}
    assert told["大.txt", "document-refused"]["code"] == "file-too-large"
    assert {source for source, event in told if event == "document-refused"} >= {"空.txt", "link"}
    assert events[-1]["summary"]["statuses"]["read"] == 1
    run(Options(corpus, tmp_path / "silent", workers=1, limits=limits), Silent())
    assert _digests(tmp_path / "out") == _digests(tmp_path / "silent")
    run(options, Silent())  # adds to the same file
    assert [event["event"] for event in _events(log)].count("run-start") == 2
    assert _events(log)[-1]["confirmed"]


def test_what_is_not_done_in_time_is_told(tmp_path: Path) -> None:
    """The document failed, and its worker is another now."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(TEXT * 40, encoding="utf-8")
    options = Options(
        tmp_path / "corpus", tmp_path / "out", workers=1, limits=Limits(seconds=0.001), log=tmp_path / "run.log"
    )
    run(options, Silent())
    events = [event["event"] for event in _events(tmp_path / "run.log")]
    assert "worker-recycled" in events
    assert "document-failed" in events


def test_a_run_that_stops_says_so(tmp_path: Path) -> None:
    """Ctrl-C, a full disk or nothing to read: the last line names it."""
    (tmp_path / "corpus").mkdir()
    with pytest.raises(BadUsage):
        run(Options(tmp_path / "corpus", tmp_path / "out", workers=1, log=tmp_path / "run.log"), Silent())
    assert _events(tmp_path / "run.log")[-1]["event"] == "run-stopped"


@pytest.mark.parametrize("place", ["corpus/run.log", "out/run.log", "nowhere/run.log"])
def test_the_log_stands_apart(place: str, tmp_path: Path) -> None:
    """Neither among the reports nor among the results, and where it can be written."""
    (tmp_path / "corpus").mkdir()
    with pytest.raises(BadUsage, match="日志"):
        Options(tmp_path / "corpus", tmp_path / "out", log=tmp_path / place)
