"""What a task does on a node of the cluster (节点任务): documents in a process of their own, within their limits."""

import atexit
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from extractors.frozen import frozen
from extractors.readers.settings import ReadingSettings
from pipeline.jobs import Answer, Done, Job, Task, fresh_may_differ
from pipeline.options import ArchiveLimits, Limits
from pipeline.remote import is_address
from pipeline.state.parcels import Parcel
from pipeline.state.versions import Stage, stage_tags
from pipeline.workers import Crew, Lost

_FULL = 32 * 1024 * 1024  # compressed bytes held before they are stored


class OtherVersionError(RuntimeError):
    """A node has another version of this program, whose results would not be the same."""


@frozen
class Order:
    """What is the same for all tasks of a run (运行约定).

    store: folder or address where results go. reading: what the caller chose. judged: what identifies results here; a
    node must agree.
    """

    store: str
    limits: Limits
    reading: ReadingSettings
    archives: ArchiveLimits
    judged: str


@frozen
class Receipt:
    """What comes back from a task (回执). answers: in the order of its jobs. events: (event, job's number or None)."""

    answers: list[Answer | Lost]
    events: list[tuple[str, int | None]]


_happened: list[tuple[str, Job | None]] = []  # in this process since the last receipt


def carry_out(order: Order, jobs: Sequence[Job]) -> Receipt:
    """Do some jobs; results are stored, and only their places come back.

    A document that takes its process down is tried once more alone in a new one, then lost. Raises OtherVersionError;
    OSError where results cannot be stored.
    """
    crew = _crew(order)
    numbers = {id(job): number for number, job in enumerate(jobs)}
    answers: dict[int, Answer | Lost] = {}
    packing = _Packing(order.store)
    for job, answer in crew.run(jobs):
        answers[numbers[id(job)]] = packing.packed(answer) if isinstance(answer, Done) else answer
    packing.store()
    events = [(event, None if job is None else numbers.get(id(job))) for event, job in _happened if event != "start"]
    _happened.clear()
    return Receipt([answers[number] for number in range(len(jobs))], events)


class _Packing:
    """Packs the results of a task, a parcel for each stage (打包)."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._parcels: dict[Stage, Parcel] = {}

    def packed(self, done: Done) -> Done:
        """The answer with places instead of results."""
        places = dict(done.places)
        for stage, content in done.results.items():
            parcel = self._parcels.setdefault(stage, Parcel(stage))
            places[stage] = parcel.add(content)
            if parcel.size >= _FULL:
                self._parcels.pop(stage).store(self._store)
        return replace(done, places=places, results={})

    def store(self) -> None:
        """Write what is still held."""
        for parcel in self._parcels.values():
            parcel.store(self._store)


@lru_cache(maxsize=1)
def _crew(order: Order) -> Crew[Job, Answer]:
    """The process of its own in which documents are read, kept from task to task."""
    if stage_tags(order.reading)["judge"] != order.judged:
        raise OtherVersionError
    # A new process would begin by loading Ray's own script, which it has no use for.
    vars(sys.modules["__main__"]).pop("__file__", None)
    segments = order.store if is_address(order.store) else Path(order.store)
    task = Task(segments, order.limits, replace(order.reading, threads=1), order.archives, stores=False)
    crew: Crew[Job, Answer] = Crew(
        1, order.limits, task, again=fresh_may_differ, tell=lambda event, job: _happened.append((event, job))
    )
    atexit.register(crew.close)
    return crew
