"""Many files on this machine (批量运行): discover, work in parallel, write in order."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from pipeline.discover import InputFile, discover
from pipeline.options import BadUsage, ExitStatus, Options
from pipeline.work import Yield, work
from pipeline.workers import Crew
from pipeline.writers.jsonlines import JsonLines
from pipeline.writers.staging import alone, staging

ALARMING = ("decisive", "error")
UNREAD = ("refused", "failed")


@dataclass(slots=True)
class Summary:
    """A run in numbers (运行小结). statuses: ledger status → files. findings: severity → findings.

    unread: (source, code) of the files that were not read, in order.
    """

    reports: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def add(self, done: Yield) -> None:
        """Count one file."""
        self.reports += done.reports
        self.statuses[done.status] += 1
        self.findings.update(done.findings)
        if done.status in UNREAD:
            self.unread.append((done.source, done.code))

    @property
    def exit_status(self) -> ExitStatus:
        """The command's answer: unread files outrank findings, because what was not read may hide more."""
        if self.unread:
            return ExitStatus.UNREAD
        return ExitStatus.FINDINGS if any(self.findings[name] for name in ALARMING) else ExitStatus.CLEAN


def run(options: Options, tell: Callable[[int, int, str], None]) -> Summary:
    """Read the whole corpus and write everything into `options.out`.

    tell: called as (files done, files in all, source just done). Raises BadUsage where there is nothing to read or
    `out` is in use; OSError where `out` cannot be written.
    """
    files = discover(options.corpus, options.out)
    if not files:
        raise BadUsage(f"{options.corpus} 里没有任何文件。请检查路径。")
    if options.database is not None:
        from pipeline.store import check_reachable

        check_reachable(options.database)
    summary = Summary()
    with alone(options.out), staging(options.out) as folder:
        with _engine(files, options) as yields, JsonLines(folder) as records:
            # Workers load their dictionaries while this process loads the writers.
            from pipeline.writers.write import write

            for number, done in enumerate(yields, 1):
                records.append(done.lines)
                summary.add(done)
                tell(number, len(files), done.source)
        write(folder, options.database)
    return summary


@contextlib.contextmanager
def _engine(files: Sequence[InputFile], options: Options) -> Iterator[Iterator[Yield]]:
    """The yields of all files in their order, from as many workers as asked for and useful."""
    size = min(options.workers, sum(file.refusal is None for file in files))
    if size == 0:
        yield (work(file, options.limits, options.reading) for file in files)
        return
    with Crew(size, options.limits, partial(work, settings=options.reading)) as crew:
        yield crew.run(files)
