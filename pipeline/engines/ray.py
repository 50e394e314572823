"""Jobs on a Ray cluster (Ray 引擎): tasks of some documents each, so many at once, those of lost nodes done again."""

import contextlib
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from extractors.errors import DocumentRefused
from pipeline.engines.batches import batches
from pipeline.engines.events import log_job
from pipeline.engines.local import LocalEngine
from pipeline.engines.node import Order, OtherVersionError, carry_out
from pipeline.intake import read_bytes
from pipeline.jobs import SEGMENTS, Answer, IdentifyJob, Job, ProcessJob, UnpackJob
from pipeline.options import MEBIBYTE, BadUsage, Options
from pipeline.remote import is_address
from pipeline.runlog import RunLog
from pipeline.state.elsewhere import put, remove, settle
from pipeline.state.versions import stage_tags
from pipeline.workers import Lost

MEMBERS = "members"  # beside the segments: what was unpacked on this machine
_RETRIES = 2  # of a task whose node or worker is lost, by Ray
_MEMORY = 512 * MEBIBYTE  # what a task asks its node for
_PER_CORE = 2  # tasks under way for each core of the cluster: one is worked on, one waits
_PATIENCE = 5.0  # seconds after which the size of the cluster is asked for again
_OBJECTS = 128 * MEBIBYTE  # Ray's object store on this machine: only jobs and places pass through it
# Set before Ray is loaded: nothing is told to its makers, and a node short of memory gives up some day.
_ENVIRONMENT = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_task_oom_retries": "3", "RAY_DEDUP_LOGS": "0"}


def check_ray() -> None:
    """Raise BadUsage where Ray is not installed."""
    if find_spec("ray") is None:
        raise BadUsage(
            "没有安装 Ray，不能用 --engine ray。请执行 pip install 'jihe[cluster]'，或去掉该选项在本机运行。"
        )


class RayEngine:
    """Tasks on a cluster (Ray 引擎).

    folder: of the state, which all nodes see under the same path, unless results are published at an address: then all
    that nodes share lies beside them there.
    """

    def __init__(self, options: Options, folder: Path, log: RunLog) -> None:
        check_ray()
        self._log = log
        self._options = options
        self._local = LocalEngine(options, folder, log)
        self._shared = None if options.publish is None else beside(options.publish)
        if self._shared is not None:
            settle(folder / SEGMENTS, f"{self._shared}/{SEGMENTS}")
        self._order = Order(
            str(folder / SEGMENTS) if self._shared is None else f"{self._shared}/{SEGMENTS}",
            options.limits,
            options.reading,
            options.archives,
            stage_tags(options.reading)["judge"],
        )
        self._pending: dict[Any, list[Job]] = {}
        self._alone: deque[list[Job]] = deque()
        self._tried: set[int] = set()
        self._ray: Any = None
        self._room = (0, 0.0)
        self._copied = False

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Answer | Lost]]:
        """Every job with its answer, in the order in which they are done; archives are unpacked on this machine."""
        upcoming = iter(jobs)
        for first in upcoming:  # all are of one kind
            rest = chain((first,), upcoming)
            yield from self._local.run(rest) if self._is_ours(first) else self._run(batches(rest))

    def _run(self, upcoming: Iterator[list[Job]]) -> Iterator[tuple[Job, Answer | Lost]]:
        """Every job of some batches with its answer."""
        for batch in upcoming:
            self._submit(batch)
            while self._pending or self._alone:
                self._fill(upcoming)
                yield from self._collect()

    def close(self) -> None:
        """Call tasks off and leave the cluster."""
        self._local.close()
        if self._ray is None:
            return
        for reference in self._pending:
            with contextlib.suppress(Exception):  # a cluster that is gone needs no calling off
                self._ray.cancel(reference, force=True)
        self._ray.shutdown()
        self._ray = None
        if self._copied:
            with contextlib.suppress(OSError):
                remove(f"{self._shared}/{MEMBERS}")

    def _fill(self, upcoming: Iterator[list[Job]]) -> None:
        """Submit as much as the cluster should have before it."""
        while len(self._pending) < self._most():
            batch = self._alone.popleft() if self._alone else next(upcoming, None)
            if batch is None:
                return
            self._submit(batch)

    def _most(self) -> int:
        """How many tasks may be under way; nodes come and go."""
        most, asked = self._room
        if time.monotonic() - asked > _PATIENCE:
            most = max(int(self._started().cluster_resources().get("CPU", 0)) * _PER_CORE, 1)
            self._room = most, time.monotonic()
        return most

    def _submit(self, batch: list[Job]) -> None:
        """Send a batch."""
        self._started()
        for job in batch:
            log_job(self._log, "start", job)
        self._pending[self._task.remote(self._order, list(map(self._reachable, batch)))] = batch

    def _is_ours(self, job: Job) -> bool:
        """Whether a job unpacks an archive, or digests files that only this machine sees."""
        if isinstance(job, IdentifyJob):
            return self._shared is not None and not is_address(job.files[0][1])
        return isinstance(job, UnpackJob)

    def _reachable(self, job: Job) -> Job:
        """The job with its file where nodes reach it: what only this machine has is copied there."""
        if self._shared is None or not isinstance(job, ProcessJob) or is_address(job.path):
            return job
        try:
            content = read_bytes(job.path, self._options.limits)
        except DocumentRefused:
            return job  # a node will say the same
        self._copied = True
        put(f"{self._shared}/{MEMBERS}", job.content.sha256, content)
        return replace(job, path=f"{self._shared}/{MEMBERS}/{job.content.sha256}")

    def _collect(self) -> Iterator[tuple[Job, Answer | Lost]]:
        """Wait until some task is done."""
        ready, _ = self._ray.wait(list(self._pending), num_returns=1, timeout=_PATIENCE)
        for reference in ready:
            batch = self._pending.pop(reference)
            try:
                receipt = self._ray.get(reference)
            except self._ray.exceptions.RayTaskError as error:
                raise _told(error.cause) from error
            except self._ray.exceptions.RayError:
                yield from self._lose(batch)
            else:
                for event, number in receipt.events:
                    log_job(self._log, event, None if number is None else batch[number])
                yield from zip(batch, receipt.answers, strict=True)

    def _lose(self, batch: list[Job]) -> Iterator[tuple[Job, Answer | Lost]]:
        """A task was lost time and again: each of its documents is tried once more alone, then lost itself."""
        for job in batch:
            if id(job) in self._tried:
                self._tried.discard(id(job))
                yield job, Lost("crashed")
            else:
                self._tried.add(id(job))
                log_job(self._log, "retry", job)
                self._alone.append([job])

    def _started(self) -> Any:
        """Ray, connected."""
        if self._ray is None:
            for name, value in _ENVIRONMENT.items():
                os.environ.setdefault(name, value)
            import ray

            self._ray = ray
            self._connect()
            remote = ray.remote(num_cpus=1, memory=_MEMORY, max_retries=_RETRIES, retry_exceptions=False)
            self._task = remote(carry_out)
        return self._ray

    def _connect(self) -> None:
        """Join the cluster, or begin one of this machine alone."""
        address = self._options.address
        where: dict[str, Any] = {"address": address}
        if address is None:
            where = {
                "address": "local",
                "num_cpus": self._options.workers,
                "object_store_memory": _OBJECTS,
                "include_dashboard": False,
            }
        ended = signal.getsignal(signal.SIGTERM)
        try:
            self._ray.init(**where, configure_logging=False, logging_level=logging.ERROR, log_to_driver=False)
        except (OSError, RuntimeError, ValueError) as error:
            raise BadUsage(
                f"连不上 Ray 集群 {address or '（本机）'}（{type(error).__name__}）。请检查 --address，"
                "并确认各节点的 Ray 与 Python 版本相同。"
            ) from error
        finally:
            signal.signal(signal.SIGTERM, ended)  # Ray puts its own in the place


def beside(address: str) -> str:
    """Where nodes share what belongs to results at `address`: beside them, as for folders."""
    above, _, name = address.rstrip("/").rpartition("/")
    return f"{above}/.{name}.jihe" if not above.endswith("/") else f"{address.rstrip('/')}/.jihe"


def _told(cause: Exception) -> Exception:
    """What a task raised, which concerns the whole run."""
    if isinstance(cause, OtherVersionError):
        return BadUsage("集群节点上的绩核与本机版本不同，结果会不一致。请在各节点安装同一版本后重新运行。")
    return cause
