"""Worker processes with limits that hold (工作进程): a job that hangs, swells or crashes costs only itself."""

import contextlib
import importlib
import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Literal, Self, TypeVar

from extractors.frozen import frozen
from pipeline.collector import settle
from pipeline.options import MEBIBYTE, Limits

J = TypeVar("J")
A = TypeVar("A")
Loss = Literal["crashed", "overdue"]
START_SECONDS = 120.0  # for importing the stages and loading dictionaries, once
GRACE_SECONDS = 10.0  # after which an orphaned worker ends itself
JOBS_PER_WORKER = 1000  # after which a worker is replaced: what it leaked goes with it
LARGE_WORKER = 448 * MEBIBYTE  # resident bytes after a job from which on a worker is watched
GROWTH = 256 * MEBIBYTE  # resident bytes by which a watched worker may grow before it is replaced
_ALIVE = "alive"
_SHORT = 0.5  # seconds; jobs that take less are sent ahead, so that no worker waits for the parent
_BROKEN = "工作进程无法启动。请重新安装依赖（make clean 之后再运行）。"


class WorkersBrokenError(RuntimeError):
    """Workers die before they take any job: a fault of the installation, not of the corpus."""


@frozen
class Lost:
    """What is answered for a job that took its worker down (未完成的任务)."""

    how: Loss


@dataclass(slots=True)
class _Assignment(Generic[J]):
    """A job on its way. attempts: how often it was sent."""

    job: J
    attempts: int = 0


@dataclass(slots=True)
class _Worker(Generic[J]):
    """One process and what it is doing. queue: its jobs, the first being worked on. reserved: a job that came back."""

    process: BaseProcess
    connection: Connection
    deadline: float
    ready: bool = False
    served: int = 0
    began: float = 0.0
    reserved: _Assignment[J] | None = None
    queue: deque[_Assignment[J]] = field(default_factory=deque)


class Crew(Generic[J, A]):
    """Some workers (一组工作进程); leaving the context ends them all, whatever they do.

    size: how many. task: what each does with a job; it is copied into every worker and may keep things there.
    preload: module that loads what the task needs, once. again: whether an answer may be another in a new worker.
    jobs_per_worker: after so many a worker is replaced. tell: is told of `start`, `retry` and `worker-recycled`, with
    the job that it concerns.
    """

    def __init__(
        self,
        size: int,
        limits: Limits,
        task: Callable[[J], A],
        preload: str = "pipeline.warm",
        again: Callable[[A], bool] = lambda answer: False,
        jobs_per_worker: int = JOBS_PER_WORKER,
        tell: Callable[[str, J | None], None] = lambda event, job: None,
    ) -> None:
        # A fork server holds no threads and has the stages loaded, so that a new worker costs milliseconds.
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload([preload])
        self._limits = limits
        self._task = task
        self._preload = preload
        self._again = again
        self._jobs_per_worker = jobs_per_worker
        self._tell = tell
        self._pace = 0.0
        self._all_sent = False
        self._waiting: deque[_Assignment[J]] = deque()
        self.replaced = 0
        self._workers: list[_Worker[J]] = [self._start() for _ in range(size)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            self._end(worker)
        self._workers = []

    def run(self, jobs: Iterable[J]) -> Iterator[tuple[J, A | Lost]]:
        """Every job with its answer, in the order in which they are done; jobs are taken as workers get free."""
        upcoming = iter(jobs)
        self._all_sent = False
        while True:
            for worker in self._workers:
                self._feed(worker, upcoming)
            pending = self._waiting or any(worker.queue or worker.reserved for worker in self._workers)
            if self._all_sent and not pending:
                return
            yield from self._collect()

    def _feed(self, worker: _Worker[J], upcoming: Iterator[J]) -> None:
        """Send a worker as many jobs as it should have."""
        depth = 2 if self._pace < _SHORT else 1
        while worker.ready and len(worker.queue) < depth:
            if worker.reserved is not None:
                assignment, worker.reserved = worker.reserved, None
            elif self._waiting:
                assignment = self._waiting.popleft()
            else:
                job = next(upcoming, None)
                if job is None:
                    self._all_sent = True
                    return
                assignment = _Assignment(job)
            if not self._send(worker, assignment):
                self._waiting.append(assignment)
                return

    def _start(self) -> _Worker[J]:
        """A new worker, loading."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._limits, self._task, self._preload, self._jobs_per_worker), daemon=True
        )
        try:
            with _uninterrupted():
                if self._context.get_start_method() == "forkserver":
                    _raise_fork_server()
                process.start()
        except (EOFError, OSError) as error:  # the fork server died while it loaded the stages
            raise WorkersBrokenError(_BROKEN) from error
        theirs.close()
        return _Worker(process, ours, time.monotonic() + START_SECONDS)

    def _end(self, worker: _Worker[J]) -> None:
        """Kill a worker and free what it held."""
        worker.process.kill()
        worker.process.join()
        worker.connection.close()

    def _replace(self, worker: _Worker[J], reserved: _Assignment[J] | None = None) -> None:
        """Put a new worker in the place of one that is gone; what waited behind its job is given to any."""
        self._end(worker)
        self._tell("worker-recycled", None)
        if reserved is not None:
            self._tell("retry", reserved.job)
        self._waiting.extendleft(reversed(worker.queue))
        self.replaced += 1
        successor = self._start()
        successor.reserved = reserved
        self._workers[self._workers.index(worker)] = successor

    def _send(self, worker: _Worker[J], assignment: _Assignment[J]) -> bool:
        """Give a job to a worker; False where the worker is gone."""
        try:
            worker.connection.send(assignment.job)
        except OSError:
            if worker.queue:
                self._tell("retry", worker.queue[0].job)
            self._replace(worker)
            return False
        assignment.attempts += 1
        self._tell("start", assignment.job)
        if not worker.queue:
            worker.began = time.monotonic()
            worker.deadline = worker.began + self._limits.seconds
        worker.queue.append(assignment)
        return True

    def _collect(self) -> Iterator[tuple[J, A | Lost]]:
        """Wait until some worker answers, dies or is overdue, and tell what that means for its job."""
        busy = [worker for worker in self._workers if worker.queue or not worker.ready]
        patience = max(min((worker.deadline for worker in busy), default=0.0) - time.monotonic(), 0.0)
        answered = set(wait([worker.connection for worker in busy], patience))
        for worker in busy:
            if worker.connection in answered:
                yield from self._receive(worker)
            elif time.monotonic() >= worker.deadline:
                yield from self._lose(worker, "overdue")

    def _receive(self, worker: _Worker[J]) -> Iterator[tuple[J, A | Lost]]:
        """Take a worker's answer, or learn that it died."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._lose(worker, "crashed")
            return
        if message == _ALIVE:
            worker.deadline = time.monotonic() + self._limits.seconds
            return
        answer, error, last = message
        if not worker.ready:
            worker.ready = True
            return
        if error is not None:
            raise error
        now = time.monotonic()
        assignment = worker.queue.popleft()
        self._pace += (now - worker.began - self._pace) / 8
        fresh = worker.served == 0
        worker.served, worker.began, worker.deadline = worker.served + 1, now, now + self._limits.seconds
        retried = not fresh and assignment.attempts == 1 and self._again(answer)
        if retried or last:
            self._replace(worker, assignment if retried else None)
        if not retried:
            yield assignment.job, answer

    def _lose(self, worker: _Worker[J], how: Loss) -> Iterator[tuple[J, A | Lost]]:
        """A worker died or was overdue. A crash may be its own history: the job gets one more try in a new one."""
        if not worker.queue:
            raise WorkersBrokenError(_BROKEN)
        assignment = worker.queue.popleft()
        if how == "crashed" and assignment.attempts == 1:
            self._replace(worker, assignment)
            return
        self._replace(worker)
        yield assignment.job, Lost(how)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until the block is done: a worker told half of its start dies with a traceback."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []
    known = {
        one: signal.signal(one, lambda number, _: caught.append(number)) for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in known.items():
            signal.signal(number, handler or signal.SIG_DFL)
        # Also where the block failed: Ctrl-C ends a fork server that is loading, which is no fault of the installation.
        if caught:
            signal.raise_signal(caught[0])


def _raise_fork_server() -> None:
    """Start the fork server, if it does not run, deaf to Ctrl-C from its first moment.

    It listens to none once it serves; while it still loads the stages it would end with a traceback on the screen.
    """
    from multiprocessing import forkserver  # not there on every system

    if threading.current_thread() is not threading.main_thread():
        return
    known = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, known or signal.SIG_DFL)


def _serve(connection: Connection, limits: Limits, task: Callable[[Any], Any], preload: str, jobs: int) -> None:
    """The life of a worker: load, then one job after another until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    importlib.import_module(preload)  # already there where the fork server loaded it
    settle()
    _bound_memory(limits.memory)
    _pulse.append((connection, limits))
    with contextlib.suppress(EOFError, OSError):
        connection.send((None, None, False))
        watch = Watch(limits.memory // 2)
        for served in range(1, jobs + 1):
            job = connection.recv()
            _alarm(limits.seconds + GRACE_SECONDS)
            answer, error = _answer(task, job)
            _alarm(0)
            last = served == jobs or watch.has_grown(_resident)
            connection.send((answer, error, last))
            if last:
                connection.recv()  # until the parent hangs up


@dataclass(slots=True)
class Watch:
    """Whether a worker has grown too large (进程大小监视): models that it loaded once are kept, what it leaks is not.

    most: resident bytes beyond which it is too large in any case, so that enough is left for the next job.
    settled: what it held when it was found large for the first time.
    """

    most: int
    settled: int = 0

    def has_grown(self, resident: Callable[[], int]) -> bool:
        """Whether the worker is to be replaced. `resident`: asks how many bytes it holds."""
        if resident() <= LARGE_WORKER:
            return False
        _give_back()
        held = resident()
        self.settled = self.settled or held
        return held > min(self.settled + GROWTH, self.most)


def _give_back() -> None:
    """Return memory that is free within this process to the system, where that can be asked for."""
    import ctypes

    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


_pulse: list[tuple[Connection, Limits]] = []  # in a worker: where it says that work goes on


def tell_alive() -> None:
    """In a worker: the job goes on in steps, each of which may take as long as a job; elsewhere nothing."""
    for connection, limits in _pulse:
        _alarm(limits.seconds + GRACE_SECONDS)
        connection.send(_ALIVE)


def _answer(task: Callable[[Any], Any], job: Any) -> tuple[Any, Exception | None]:
    """What the task answers; what it raises, as for a full disk, concerns the whole run."""
    try:
        return task(job), None
    except Exception as error:  # raised again in the parent
        return None, error


def _alarm(seconds: float) -> None:
    """End this process after so many seconds, even if its parent is gone; 0 calls that off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _pages(field_number: int) -> int:
    """A field of the system's account of this process, in bytes; 0 where there is none."""
    try:
        import resource

        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except (ImportError, OSError):
        return 0
    return int(fields[field_number]) * resource.getpagesize()


def _resident() -> int:
    """Bytes of memory that this process holds."""
    return _pages(1)


def _bound_memory(extra: int) -> None:
    """Let this process take at most `extra` bytes of address space more than it has, where the system can."""
    taken = _pages(0)
    if not taken:
        return
    import resource

    limit = taken + extra
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
