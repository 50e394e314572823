"""What nodes and tasks lose costs only the document at fault; no more is under way than the cluster should have."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.engines import node, ray
from pipeline.engines.node import Order, Receipt, carry_out
from pipeline.engines.ray import RayEngine, beside
from pipeline.jobs import Done, Job, ProcessJob
from pipeline.options import MEBIBYTE, Limits, Options
from pipeline.runlog import NoLog
from pipeline.state.database import Content
from pipeline.workers import Crew, Lost
from tests.pipeline.tasks import misbehave

LIMITS = Limits(seconds=1.0, memory=256 * MEBIBYTE)


class _LostError(Exception):
    """Stands for whatever Ray raises where a task is lost."""


class _Cluster:
    """A cluster in this process, which loses every task with a document called `bad` in it."""

    exceptions = SimpleNamespace(RayTaskError=RuntimeError, RayError=_LostError)

    def __init__(self) -> None:
        self.tasks: dict[int, list[Job]] = {}
        self.sent: list[list[str]] = []
        self.most = 0

    def remote(self, _: Order, batch: list[Job]) -> int:
        """Take a task."""
        number = len(self.sent)
        self.sent.append([job.source for job in batch if isinstance(job, ProcessJob)])
        self.tasks[number] = batch
        self.most = max(self.most, len(self.tasks))
        return number

    def wait(self, references: list[int], **_: object) -> tuple[list[int], list[int]]:
        """The last task is done first."""
        return references[-1:], references[:-1]

    def get(self, reference: int) -> Receipt:
        """The answers of a task."""
        batch = self.tasks.pop(reference)
        if any(isinstance(job, ProcessJob) and job.source == "bad" for job in batch):
            raise _LostError
        return Receipt([Done(job.content) for job in batch if isinstance(job, ProcessJob)], [])

    def cluster_resources(self) -> dict[str, float]:
        """Two cores."""
        return {"CPU": 2.0}


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An engine on such a cluster."""
    monkeypatch.setattr(ray, "find_spec", lambda name: True)
    (tmp_path / "corpus").mkdir()
    made: Any = RayEngine(Options(tmp_path / "corpus", tmp_path / "out", engine="ray"), tmp_path, NoLog())
    made._ray = made._task = _Cluster()
    return made


def _job(source: str) -> ProcessJob:
    return ProcessJob(source, f"/{source}", Content("00" * 32, False), size=1000)


def test_a_document_that_takes_tasks_down_is_tried_once_alone_then_lost(engine: Any) -> None:
    """Those that shared a task with it are done; everyone is answered once."""
    names = ["a", "b", "bad", "c", *(f"d{number}" for number in range(60))]
    answers = [(job.source, answer) for job, answer in engine.run(map(_job, names))]
    assert sorted(source for source, _ in answers) == sorted(names)
    assert [source for source, answer in answers if isinstance(answer, Lost)] == ["bad"]
    assert ["bad"] in engine._ray.sent
    assert sum("bad" in batch for batch in engine._ray.sent) == 2


def test_few_tasks_are_under_way(engine: Any) -> None:
    """Two for each core, however many documents wait."""
    assert len(list(engine.run(_job(str(number)) for number in range(500)))) == 500
    assert engine._ray.most == 4


def test_a_document_that_kills_its_process_costs_a_task_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a node it is tried once more in a new process; the others of its task are answered, in their order."""
    with Crew(
        1, LIMITS, misbehave, "tests.pipeline.tasks", tell=lambda event, job: node._happened.append((event, job))
    ) as crew:
        monkeypatch.setattr(node, "_crew", lambda order: crew)
        order: Any = SimpleNamespace(store="")
        jobs: list[Any] = ["a", "crash", "hang", "b"]
        receipt = carry_out(order, jobs)
    told = [answer.how if isinstance(answer, Lost) else answer for answer in receipt.answers]
    assert told == ["seen", "crashed", "overdue", "seen"]
    assert ("retry", 1) in receipt.events
    assert receipt.events.count(("worker-recycled", None)) == 3
    assert node._happened == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("s3://bucket/year/out", "s3://bucket/year/.out.jihe"),
        ("s3://bucket/out/", "s3://bucket/.out.jihe"),
        ("s3://bucket", "s3://bucket/.jihe"),
    ],
)
def test_what_nodes_share_lies_beside_the_results(address: str, expected: str) -> None:
    """Never outside the bucket."""
    assert beside(address) == expected
