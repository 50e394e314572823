"""A job that hangs, swells or crashes costs only itself, whatever the number of workers."""

import multiprocessing
import signal
import time

import pytest

from pipeline.options import MEBIBYTE, Limits
from pipeline.workers import Crew, Lost, Watch, WorkersBrokenError
from tests.pipeline.tasks import misbehave, out_of_memory

LIMITS = Limits(seconds=1.0, memory=256 * MEBIBYTE)
PRELOAD = "tests.pipeline.tasks"


def _run(names: list[str], size: int = 2, limits: Limits = LIMITS) -> dict[str, str]:
    """Name → answer, or how the job was lost; large answers by their length."""
    with Crew(size, limits, misbehave, PRELOAD, out_of_memory) as crew:
        answers = list(crew.run(names))
    assert len(answers) == len(names), "a job was answered twice or never"
    told = {name: answer.how if isinstance(answer, Lost) else answer for name, answer in answers}
    return {name: answer if len(answer) < 100 else str(len(answer)) for name, answer in told.items()}


@pytest.mark.parametrize("size", [1, 3])
def test_every_job_is_answered_once(size: int) -> None:
    """One hangs, one crashes, one swells, one is slow, one answers at length; the others are done as ever."""
    assert _run(["a", "hang", "b", "crash", "slow", "swell", "large", "c"], size) == {
        "a": "seen",
        "hang": "overdue",
        "b": "seen",
        "crash": "crashed",
        "slow": "seen",
        "swell": "memory",
        "large": "3000000",
        "c": "seen",
    }


def test_a_job_that_says_that_it_goes_on_is_waited_for() -> None:
    """A scan of many pages takes long; only silence is taken for hanging."""
    assert _run(["long", "hang"], 1) == {"long": "seen", "hang": "overdue"}


def test_many_crashes_in_a_row() -> None:
    """Each costs two workers, and each is replaced."""
    names = [f"crash{number}" for number in range(4)]
    assert _run([*names, "a"]) == {**dict.fromkeys(names, "crashed"), "a": "seen"}


@pytest.mark.parametrize("name", ["sickly", "narrow"])
def test_a_failure_that_may_be_the_workers_history_is_tried_in_a_new_one(name: str) -> None:
    """Whatever was done before it, the answer is that of a worker without history."""
    assert _run(["a", "b", name, "c"], size=1) == {"a": "seen", "b": "seen", name: "seen", "c": "seen"}


def test_workers_are_replaced_after_a_while() -> None:
    """What they leak goes with them, and no job is lost."""
    names = [f"a{number}" for number in range(20)]
    with Crew(2, LIMITS, misbehave, PRELOAD, jobs_per_worker=3) as crew:
        assert {name for name, answer in crew.run(names) if answer == "seen"} == set(names)
        assert crew.replaced >= 5


def test_what_concerns_the_whole_run_stops_it() -> None:
    """A full disk is not the file's fault."""
    with pytest.raises(OSError, match="No space left"):
        _run(["a", "full", "b"])


def test_more_workers_than_jobs() -> None:
    """Idle workers do no harm; without jobs there is nothing to do."""
    assert _run(["a"], size=4) == {"a": "seen"}
    assert _run([], size=2) == {}


def test_leaving_ends_all_workers() -> None:
    """Nobody goes on working after an interruption."""
    with Crew(2, Limits(seconds=60), misbehave, PRELOAD) as crew:
        results = crew.run(["a", "hang"])
        next(results)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert multiprocessing.active_children() == []


def test_a_broken_installation_is_told_at_once() -> None:
    """Workers that cannot load their code are not a fault of the files."""
    with pytest.raises(WorkersBrokenError), Crew(1, LIMITS, misbehave, "tests.pipeline.no_such_module") as crew:
        list(crew.run(["a"]))


@pytest.mark.parametrize(
    ("held", "replaced"),
    [
        ([300, 400, 440], [False, False, False]),
        ([300, 700, 720, 900], [False, False, False, False]),
        ([300, 700, 957], [False, False, True]),
        ([300, 1100], [False, True]),
        ([900, 1000, 1030], [False, False, True]),
    ],
    ids=["small", "models loaded once", "leaks", "too large at once", "too little left for the next"],
)
def test_a_large_worker_is_kept_until_it_grows(held: list[int], replaced: list[bool]) -> None:
    """Models are loaded once and kept; what swells afterwards is replaced. Sizes in MiB, of 2048 at most."""
    watch = Watch(1024 * MEBIBYTE)
    assert [watch.has_grown(lambda size=size: size * MEBIBYTE) for size in held] == replaced  # type: ignore[misc]


def test_an_interrupt_that_also_ends_the_fork_server_is_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C reaches the fork server too while it loads the stages; that is no fault of the installation."""

    def start(_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        raise EOFError

    monkeypatch.setattr("multiprocessing.context.ForkServerProcess.start", start)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is deaf to it
    try:
        with pytest.raises(KeyboardInterrupt):
            Crew(1, LIMITS, misbehave, PRELOAD)
    finally:
        signal.signal(signal.SIGINT, before)
