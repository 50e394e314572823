"""Jobs on this machine (本机引擎): as many workers as asked for, started when there is something to do."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pipeline.engines.events import log_job
from pipeline.jobs import SEGMENTS, Answer, Job, Task, fresh_may_differ
from pipeline.options import Options, available_cores
from pipeline.runlog import RunLog
from pipeline.workers import Crew, Lost


class LocalEngine:
    """Worker processes of this machine (本机引擎). folder: of the state."""

    def __init__(self, options: Options, folder: Path, log: RunLog) -> None:
        self._log = log
        self._options = options
        self._folder = folder
        self._crew: Crew[Job, Answer] | None = None

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Answer | Lost]]:
        """Every job with its answer, in the order in which they are done."""
        upcoming = iter(jobs)
        for first in upcoming:
            yield from self._started().run(chain((first,), upcoming))

    def close(self) -> None:
        """End all workers."""
        if self._crew is not None:
            self._crew.close()

    def _started(self) -> Crew[Job, Answer]:
        """The workers."""
        if self._crew is None:
            options = self._options
            reading = replace(options.reading, threads=max(available_cores() // options.workers, 1))
            task = Task(self._folder / SEGMENTS, options.limits, reading, options.archives)
            self._crew = Crew(options.workers, options.limits, task, again=fresh_may_differ, tell=self._tell)
        return self._crew

    def _tell(self, event: str, job: Job | None) -> None:
        """Put what the workers do into the log."""
        log_job(self._log, event, job)
