"""How far a run is (进度): a bar on a terminal, silence in a pipe."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from pipeline.writers.wording import visible

_NAME_WIDTH = 40


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """A function to call as (files done, files in all, source just done)."""
    if not sys.stderr.isatty():
        yield lambda done, total, source: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("读取"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int, source: str) -> None:
            bar.update(task, completed=done, total=total, description=visible(source)[-_NAME_WIDTH:])

        yield tell
