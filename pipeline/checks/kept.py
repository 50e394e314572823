"""What one rule works out and another asks for, too (留用结果): worked out once for a report."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pipeline.checks.once import once

_Made = TypeVar("_Made")


class Kept:
    """The results that several rules need of one report, or of one table, by name."""

    @once
    def _kept(self) -> dict[str, tuple[Any, ...]]:
        return {}

    def kept(self, name: str, make: Callable[[], Iterable[_Made]]) -> tuple[_Made, ...]:
        """What `make` gives, worked out by whoever asks first."""
        known = self._kept.get(name)
        if known is None:
            known = self._kept[name] = tuple(make())
        return known
