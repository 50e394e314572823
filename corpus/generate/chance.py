"""Chance by seed (随机): the same seed gives the same report on every machine and Python."""

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


class Chance(random.Random):
    """A stream of random choices for one report.

    Seeded by text, which Python hashes by SHA-512 and never by its own salted hash.
    """

    def __init__(self, *seed: object) -> None:
        super().__init__(":".join(map(str, seed)))

    def of(self, options: Sequence[T]) -> T:
        """One of them."""
        return options[self.randrange(len(options))]

    def maybe(self, share: float) -> bool:
        """Whether something that happens in this share of reports happens here."""
        return self.random() < share

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """So many of them, each once, in their own order."""
        kept = sorted(self.sample(range(len(options)), min(count, len(options))))
        return [options[index] for index in kept]

    def decimal(self, low: int, high: int, digits: int) -> Decimal:
        """A decimal between two whole numbers, both included, with so many digits behind the point."""
        scale = 10**digits
        return Decimal(self.randint(low * scale, high * scale)).scaleb(-digits)

    def parts(self, total: int, count: int, least: int = 1) -> list[int]:
        """`total` as a sum of `count` whole numbers, each at least `least`; total >= count * least."""
        spare = total - count * least
        cuts = sorted(self.randint(0, spare) for _ in range(count - 1))
        edges = [0, *cuts, spare]
        return [least + right - left for left, right in pairwise(edges)]


def half_up(value: Decimal, digits: int) -> Decimal:
    """Rounded half up to so many digits behind the point."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
