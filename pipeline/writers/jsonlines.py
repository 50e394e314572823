"""Records as JSON Lines (记录文件): written first, in order; every other format is made from them."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Self

import orjson

from pipeline.writers.records import KINDS, record_path


class JsonLines:
    """All `.jsonl` files of a run, open for appending; close by leaving the context."""

    def __init__(self, out: Path) -> None:
        self._files: dict[str, BinaryIO] = {}
        for kind, _ in KINDS:
            path = out / record_path(kind)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._files[kind] = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def append(self, lines: Mapping[str, bytes]) -> None:
        """Append one file's records: kind → whole lines."""
        for kind, text in lines.items():
            self._files[kind].write(text)


def read_records(out: Path, kind: str, where: Callable[[bytes], bool] | None = None) -> Iterator[dict[str, Any]]:
    """The records of one kind in order; none where the file is missing. where: tells by its line which to read."""
    path = out / record_path(kind)
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file if where is None else filter(where, file):
            yield orjson.loads(line)


def longer_than(out: Path, kind: str, count: int) -> bool:
    """Whether there are more than `count` records of one kind."""
    path = out / record_path(kind)
    if not path.exists():
        return False
    with path.open("rb") as file:
        return next(islice(file, count, None), None) is not None
