"""What runs jobs (执行引擎): this machine, or a cluster; the run itself is the same."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline.jobs import Answer, Job
from pipeline.workers import Lost


class Engine(Protocol):
    """Runs jobs within limits, each once as far as the run can see (执行引擎)."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Answer | Lost]]:
        """Every job with its answer, in the order in which they are done."""
        ...

    def close(self) -> None:
        """End everything it started."""
        ...
