"""Jobs in this very process (就地引擎): for file systems that no other process sees; no limits hold here."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.jobs import SEGMENTS, Answer, Job, Task
from pipeline.options import Options
from pipeline.workers import Lost


class HereEngine:
    """One job after another (就地引擎). folder: of the state."""

    def __init__(self, options: Options, folder: Path) -> None:
        self._task = Task(folder / SEGMENTS, options.limits, options.reading, options.archives)

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Answer | Lost]]:
        """Every job with its answer, in order."""
        for job in jobs:
            yield job, self._task(job)

    def close(self) -> None:
        """Nothing was started."""
