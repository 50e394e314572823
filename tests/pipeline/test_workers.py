"""A file that hangs, swells or crashes costs only itself, whatever the number of workers."""

import multiprocessing
import time

import pytest

from pipeline.discover import InputFile
from pipeline.options import MEBIBYTE, Limits
from pipeline.work import Yield
from pipeline.workers import Crew, WorkersBrokenError
from tests.pipeline.tasks import misbehave

LIMITS = Limits(seconds=1.0, memory=256 * MEBIBYTE)
PRELOAD = "tests.pipeline.tasks"


def _run(names: list[str], size: int = 2, limits: Limits = LIMITS) -> list[Yield]:
    files = [InputFile(name, f"/nowhere/{name}") for name in names]
    with Crew(size, limits, misbehave, PRELOAD) as crew:
        return list(crew.run(files))


@pytest.mark.parametrize("size", [1, 3])
def test_every_file_gets_its_line_in_order(size: int) -> None:
    """One hangs, one crashes, one swells, one is slow, one answers at length; the others are done as ever."""
    names = ["a", "hang", "b", "crash", "slow", "swell", "large", "c"]
    done = _run(names, size)
    assert [one.source for one in done] == names
    assert [one.code for one in done] == [
        "seen", "time-limit", "seen", "worker-crashed", "seen", "memory-limit", "ok", "seen",
    ]  # fmt: skip
    assert [one.status for one in done if one.code == "worker-crashed"] == ["failed"]
    assert b"worker-crashed: " in done[3].lines["ledger"]


def test_many_crashes_in_a_row() -> None:
    """Each costs one worker, and each is replaced."""
    assert [one.code for one in _run(["crash"] * 6 + ["a"])] == ["worker-crashed"] * 6 + ["seen"]


def test_more_workers_than_files() -> None:
    """Idle workers do no harm."""
    assert [one.code for one in _run(["a"], size=4)] == ["seen"]


def test_leaving_ends_all_workers() -> None:
    """Nobody goes on working after an interruption."""
    with Crew(2, Limits(seconds=60), misbehave, PRELOAD) as crew:
        results = crew.run([InputFile("a", "/nowhere/a"), InputFile("hang", "/nowhere/hang")])
        next(results)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert multiprocessing.active_children() == []


def test_a_broken_installation_is_told_at_once() -> None:
    """Workers that cannot load their code are not a fault of the files."""
    with pytest.raises(WorkersBrokenError), Crew(1, LIMITS, misbehave, "tests.pipeline.no_such_module") as crew:
        list(crew.run([InputFile("a", "/nowhere/a")]))
