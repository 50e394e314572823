"""Worker processes with limits that hold (工作进程): a file that hangs, swells or crashes costs only itself."""

import contextlib
import gc
import importlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self

from extractors.errors import DocumentRefused
from pipeline.discover import InputFile
from pipeline.options import Limits
from pipeline.work import Yield, crashed, out_of_time, refused

Task = Callable[[InputFile, Limits], Yield]
START_SECONDS = 120.0  # for importing the stages and loading dictionaries, once
GRACE_SECONDS = 10.0  # after which an orphaned worker ends itself
_BROKEN = "工作进程无法启动。请重新安装依赖（make clean 之后再运行）。"
AHEAD = 64  # files per worker that may be done before an earlier one is: bounds what is held back for order


class WorkersBrokenError(RuntimeError):
    """Workers die before they take any file: a fault of the installation, not of the corpus."""


@dataclass(slots=True)
class _Worker:
    """One process and what it is doing. job: index of its file, None while it starts or waits."""

    process: BaseProcess
    connection: Connection
    deadline: float
    ready: bool = False
    job: int | None = None


class Crew:
    """Some workers (一组工作进程); leaving the context ends them all, whatever they do.

    size: how many. task: what each does with a file. preload: module that loads what the task needs, once.
    """

    def __init__(self, size: int, limits: Limits, task: Task, preload: str = "pipeline.warm") -> None:
        # A fork server holds no threads and has the stages loaded, so that a new worker costs milliseconds.
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload([preload])
        self._limits = limits
        self._task = task
        self._preload = preload
        self._workers = [self._start() for _ in range(size)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            self._end(worker)

    def run(self, files: Sequence[InputFile]) -> Iterator[Yield]:
        """The yields of `files`, in their order."""
        # What is refused by its nature needs no worker.
        done = {
            number: refused(file.source, file.refusal) for number, file in enumerate(files) if file.refusal is not None
        }
        todo = iter([number for number in range(len(files)) if number not in done])
        upcoming = next(todo, None)
        for turn in range(len(files)):
            while turn not in done:
                for worker in self._workers:
                    if upcoming is None or upcoming >= turn + AHEAD * len(self._workers):
                        break
                    if worker.ready and worker.job is None and self._send(worker, upcoming, files[upcoming]):
                        upcoming = next(todo, None)
                self._collect(files, done)
            yield done.pop(turn)

    def _start(self) -> _Worker:
        """A new worker, loading."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._limits, self._task, self._preload), daemon=True
        )
        try:
            process.start()
        except (EOFError, OSError) as error:  # the fork server died while it loaded the stages
            raise WorkersBrokenError(_BROKEN) from error
        theirs.close()
        return _Worker(process, ours, time.monotonic() + START_SECONDS)

    def _end(self, worker: _Worker) -> None:
        """Kill a worker and free what it held."""
        worker.process.kill()
        worker.process.join()
        worker.connection.close()

    def _replace(self, worker: _Worker) -> None:
        """Put a new worker in the place of one that is gone."""
        self._end(worker)
        self._workers[self._workers.index(worker)] = self._start()

    def _send(self, worker: _Worker, job: int, file: InputFile) -> bool:
        """Give a file to a worker; False where the worker is gone."""
        try:
            worker.connection.send(file)
        except OSError:
            self._replace(worker)
            return False
        worker.job, worker.deadline = job, time.monotonic() + self._limits.seconds
        return True

    def _collect(self, files: Sequence[InputFile], done: dict[int, Yield]) -> None:
        """Wait until some worker answers, dies or is overdue, and note what that means for its file."""
        busy = [worker for worker in self._workers if worker.job is not None or not worker.ready]
        patience = max(min(worker.deadline for worker in busy) - time.monotonic(), 0.0)
        answered = set(wait([worker.connection for worker in busy], patience))
        for worker in busy:
            if worker.connection in answered:
                self._receive(worker, files, done)
            elif time.monotonic() >= worker.deadline:
                self._lose(worker, files, done, out_of_time(self._limits))

    def _receive(self, worker: _Worker, files: Sequence[InputFile], done: dict[int, Yield]) -> None:
        """Take a worker's answer, or learn that it died."""
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            self._lose(worker, files, done, crashed())
            return
        if worker.job is None:
            worker.ready = True
        else:
            done[worker.job] = answer
            worker.job = None

    def _lose(
        self, worker: _Worker, files: Sequence[InputFile], done: dict[int, Yield], reason: DocumentRefused
    ) -> None:
        """A worker died or was overdue: its file has failed, the others go on."""
        if worker.job is None:
            raise WorkersBrokenError(_BROKEN)
        done[worker.job] = refused(files[worker.job].source, reason)
        self._replace(worker)


def _serve(connection: Connection, limits: Limits, task: Task, preload: str) -> None:
    """The life of a worker: load, then one file after another until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    importlib.import_module(preload)  # already there where the fork server loaded it
    gc.freeze()  # what was loaded stays: the collector need not look through dictionaries again and again
    _bound_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):
        connection.send("ready")
        while True:
            file = connection.recv()
            _alarm(limits.seconds + GRACE_SECONDS)
            answer = task(file, limits)
            _alarm(0)
            connection.send(answer)


def _alarm(seconds: float) -> None:
    """End this process after so many seconds, even if its parent is gone; 0 calls that off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory(extra: int) -> None:
    """Let this process take at most `extra` bytes of address space more than it has, where the system can."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + extra
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
