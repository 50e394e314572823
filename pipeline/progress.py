"""How far a run is (进度): a bar on a terminal, JSON lines in a pipe."""

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from typing import Literal, Protocol, cast, get_args

from pipeline.options import BadUsage
from pipeline.writers.wording import visible

Form = Literal["auto", "bar", "json", "none"]
_NAME_WIDTH = 36
_EVERY = 10.0  # seconds between two JSON lines
_PHASES = {
    "find": "发现文件",
    "identify": "辨认",
    "unpack": "解压",
    "process": "读取核对",
    "write": "汇编",
    "store": "写出",
}


class Progress(Protocol):
    """Is told how far a run is (进度)."""

    def phase(self, name: str, done: int, total: int | None) -> None:
        """A phase begins, or is so far; total: None where nobody knows."""
        ...

    def advance(self, number: int = 1, source: str = "", failed: bool = False) -> None:
        """So many more are done; source: the last of them."""
        ...


class Silent:
    """Tells nobody (无进度)."""

    def phase(self, name: str, done: int, total: int | None) -> None:
        """Nothing."""

    def advance(self, number: int = 1, source: str = "", failed: bool = False) -> None:
        """Nothing."""


class _Count:
    """What every form counts: rate and time left of the present phase."""

    def __init__(self) -> None:
        self.name = ""
        self.done = 0
        self.first = 0
        self.failed = 0
        self.total: int | None = None
        self.began = time.monotonic()

    def phase(self, name: str, done: int, total: int | None) -> bool:
        """Begin or correct a phase; whether it is a new one."""
        new = name != self.name
        if new:
            self.name, self.first, self.began = name, done, time.monotonic()
        self.done, self.total = done, total
        return new

    @property
    def rate(self) -> float:
        """Done per second since the phase began."""
        return (self.done - self.first) / max(time.monotonic() - self.began, 1e-3)

    @property
    def left(self) -> float | None:
        """Seconds left, if that can be told."""
        if self.total is None or self.done == self.first:
            return None
        return (self.total - self.done) / self.rate


class JsonProgress:
    """One JSON object a line (管道进度), some seconds apart, so that a log stays readable."""

    def __init__(self, every: float = _EVERY) -> None:
        self._count = _Count()
        self._every = every
        self._told = time.monotonic()

    def phase(self, name: str, done: int, total: int | None) -> None:
        """A phase begins, or is so far."""
        self._count.phase(name, done, total)
        self._tell()

    def advance(self, number: int = 1, source: str = "", failed: bool = False) -> None:
        """So many more are done."""
        self._count.done += number
        self._count.failed += failed
        self._tell()

    def _tell(self) -> None:
        """Print a line where it is time."""
        now = time.monotonic()
        if now - self._told < self._every:
            return
        self._told = now
        count = self._count
        left = count.left
        line = {
            "phase": count.name,
            "done": count.done,
            "total": count.total,
            "failed": count.failed,
            "per_second": round(count.rate, 2),
            "seconds_left": None if left is None else round(left),
        }
        print(json.dumps(line), file=sys.stderr, flush=True)


def form(text: str) -> Form:
    """The form of this name. Raises BadUsage where there is none."""
    if text not in get_args(Form):
        raise BadUsage("--progress 只能是 auto、bar、json 或 none。")
    return cast(Form, text)


@contextlib.contextmanager
def progress(form: Form = "auto") -> Iterator[Progress]:
    """Something to tell how far the run is. form: `auto` is a bar on a terminal and JSON elsewhere."""
    if form == "auto":
        form = "bar" if sys.stderr.isatty() else "json"
    if form == "bar":
        with _bar() as bar:
            yield bar
    else:
        yield JsonProgress() if form == "json" else Silent()


@contextlib.contextmanager
def _bar() -> Iterator[Progress]:
    """A bar with rate, failures and time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.fields[phase]}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, phase="", rate="")
        count = _Count()

        class Shown:
            """Moves the bar (进度条)."""

            def phase(self, name: str, done: int, total: int | None) -> None:
                """A phase begins, or is so far."""
                if count.phase(name, done, total):
                    bar.reset(task, total=total, completed=done, description="", phase=_PHASES[name], rate="")
                bar.update(task, completed=done, total=total)

            def advance(self, number: int = 1, source: str = "", failed: bool = False) -> None:
                """So many more are done."""
                count.done += number
                count.failed += failed
                rate = f"{count.rate:.1f}/秒" + (f" 失败 {count.failed}" if count.failed else "")
                bar.update(task, completed=count.done, rate=rate, description=visible(source)[-_NAME_WIDTH:])

        yield Shown()
