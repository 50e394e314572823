"""What happens in a run, for programs (运行日志): one JSON object a line, in a file of its own, as it happens."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

LEVELS = {"refused": "warning", "failed": "error", "retry": "warning"}  # by the end of an event's name


class RunLog(Protocol):
    """Is told what happens (运行日志)."""

    def event(self, name: str, **fields: object) -> None:
        """Something happened; name: kebab-case, fields: what JSON can hold."""
        ...


class NoLog:
    """Keeps nothing (无日志)."""

    def event(self, name: str, **fields: object) -> None:
        """Nothing."""


class _File:
    """Appends to an open file (日志文件)."""

    def __init__(self, path: Path) -> None:
        import structlog

        self._file = path.open("a", encoding="utf-8", errors="backslashreplace")
        self._logger = structlog.wrap_logger(
            structlog.WriteLogger(self._file),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(0),
        )

    def event(self, name: str, **fields: object) -> None:
        """One line, written at once: a killed run leaves what it told."""
        level = LEVELS.get(name.rpartition("-")[2], "info")
        getattr(self._logger, level)(name, **fields)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@contextlib.contextmanager
def open_log(path: Path | None) -> Iterator[RunLog]:
    """The log of one run, appended to `path`; kept nowhere where that is None. Raises OSError."""
    if path is None:
        yield NoLog()
        return
    log = _File(path)
    try:
        yield log
    finally:
        log.close()
