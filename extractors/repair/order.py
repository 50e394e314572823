"""Readings of one stretch (段内排序): its true text is written left to right, by steps that the blanks allow.

A beam keeps the likeliest beginnings; characters that are still to come are charged beforehand with the least they
may cost, so that beginnings of different characters compare.
"""

from collections.abc import Sequence
from heapq import heappushpop
from math import exp, inf, log
from operator import itemgetter
from typing import Any

from extractors.frozen import frozen
from extractors.repair.document_model import Context, LineLanguage
from extractors.repair.fallback import FallbackClass
from extractors.repair.steps import PRICES, Block, Frontiers, Prices, Step, Steps
from extractors.repair.stretches import Stretch

BEAM = 24  # most beginnings kept
MARGIN = 20.0  # nats behind the best at which a beginning is dropped
_NARROWS = 0.2  # nats by which each better beginning narrows that margin
_WINDFALL = 3.0  # nats by which a character may turn out likelier than was expected of it
_TWINS = 3  # beginnings kept that differ only in what the language has forgotten

Order = tuple[Any, int] | None  # places written: those before the last, and the last
# Score, less what its characters were expected to cost; where it stands: frontiers, opened, block; context; order.
_Beginning = tuple[float, Frontiers, int, Block | None, Context, Order]
_Way = tuple[float, _Beginning, Step]
_SCORE = itemgetter(0)


@frozen
class Reading:
    """One order of a stretch. order: places in the raw stretch (0-based), in repaired order; score: nats."""

    order: tuple[int, ...]
    score: float


class OrderSearch:
    """Search over one stretch. gaps: for each place the price at which the blank before it is taken for a real one."""

    def __init__(
        self,
        stretch: Stretch,
        fallback: FallbackClass,
        language: LineLanguage,
        gaps: Sequence[float] | None = None,
        prices: Prices = PRICES,
    ) -> None:
        self._symbols = stretch.symbols
        self._marks = stretch.marks
        self._end = stretch.end
        self._language = language
        self._gap = prices.gap
        self._length = len(stretch.symbols)
        self._steps = Steps(stretch, fallback, gaps, prices)
        self._expected = self._expectations()

    def readings(self, left: str, right: Sequence[tuple[float, str]], most: int) -> list[Reading]:
        """At most `most` readings, best first; empty where none is possible.

        left: symbols before the stretch. right: what may follow, with its share.
        """
        beam: list[_Beginning] = [(0.0, (0,), 0, None, self._language.behind(left), None)]
        for _ in range(self._length):
            beam = self._prune(self._written(self._ways(beam)))
        total = sum(self._expected)
        ends = [
            (score + total + price + self._follow(context, right), order)
            for score, _, _, _, context, order in beam
            if (price := self._end_price(order)) is not None
        ]
        ends.sort(key=_SCORE, reverse=True)
        return [Reading(_places(order), score) for score, order in ends[:most]]

    def _expectations(self) -> list[float]:
        """For each place the most that the language may give its character, roughly: behind its printed neighbour,
        or, where a blank precedes it, behind any character of the stretch."""
        follow, nothing = self._language.follow, self._language.nothing
        alone = {letter: follow(nothing, letter) for letter in sorted(set(self._symbols))}
        behind: dict[str, float] = {}  # of characters behind a blank
        expected = []
        context = nothing
        for symbol, mark in zip(self._symbols, self._marks, strict=True):
            gain, context = follow(context, symbol)
            if mark is not False:
                if symbol not in behind:
                    behind[symbol] = self._likeliest(symbol, alone)
                gain = behind[symbol]
            expected.append(max(alone[symbol][0], gain))
        return expected

    def _likeliest(self, symbol: str, alone: dict[str, tuple[float, Context]]) -> float:
        """The most that the language gives a character behind any other of the stretch."""
        follow = self._language.follow
        befores = self._language.known_before(symbol, alone)
        gains = [follow(alone[letter][1], symbol)[0] for letter in befores if letter != symbol]
        return max(gains, default=alone[symbol][0])

    def _ways(self, beam: list[_Beginning]) -> list[_Way]:
        """Every beginning with every character that may come next, likeliest first, as far as can be told cheaply."""
        ways = []
        after = self._steps.after
        for start in beam:
            score, frontiers, opened, block, _, order = start
            last = order[1] if order else -1
            for step in after(last, frontiers, opened, block):
                ways.append((score - step[0], start, step))
        ways.sort(key=_SCORE, reverse=True)
        return ways

    def _written(self, ways: list[_Way]) -> list[_Beginning]:
        """The beginnings with one more character each, but for those too dear before it is looked at."""
        symbols, expected, follow = self._symbols, self._expected, self._language.follow
        least = -inf
        written: list[_Beginning] = []
        best: list[float] = [-inf] * BEAM  # scores, the least first
        for likely, start, (_, place, frontiers, opened, block) in ways:
            if likely + _WINDFALL < least:
                break
            gain, behind = follow(start[4], symbols[place])
            score = likely + gain - expected[place]
            if score >= least:
                written.append((score, frontiers, opened, block, behind, (start[5], place)))
                heappushpop(best, score)
                if best[0] > least:  # noqa: PLR1730 - a call of max takes three times as long
                    least = best[0]
                if score - MARGIN > least:  # noqa: PLR1730
                    least = score - MARGIN
        return written

    def _prune(self, beginnings: list[_Beginning]) -> list[_Beginning]:
        """The best of them, at most BEAM; the more are better than one, the less it may be behind the best."""
        beginnings.sort(key=_SCORE, reverse=True)
        kept: list[_Beginning] = []
        twins: dict[tuple[Frontiers, int, Context], int] = {}
        least = beginnings[0][0] - MARGIN if beginnings else 0.0
        for beginning in beginnings:
            score, frontiers, opened, _, context, _ = beginning
            if score < least + _NARROWS * len(kept) or len(kept) == BEAM:
                break
            key = frontiers, opened, context
            count = twins.get(key, 0)
            if count < _TWINS:
                twins[key] = count + 1
                kept.append(beginning)
        return kept

    def _end_price(self, order: Order) -> float | None:
        """Price of ending with the last character, None where the blank before the barrier forbids it."""
        is_printed_last = order is not None and order[1] == self._length - 1
        if self._end is False:
            return 0.0 if is_printed_last else None
        return -self._gap if self._end is True and is_printed_last else 0.0

    def _follow(self, context: Context, right: Sequence[tuple[float, str]]) -> float:
        """How well the likeliest of `right` follow."""
        if not right:
            return 0.0
        values = []
        for share, text in right:
            value, seen = log(share), context
            for symbol in text:
                gain, seen = self._language.follow(seen, symbol)
                value += gain
            values.append(value)
        most = max(values)
        return most + log(sum(exp(value - most) for value in values))


def _places(order: Order) -> tuple[int, ...]:
    """The places of an order, first to last."""
    places = []
    while order:
        order, place = order
        places.append(place)
    return tuple(reversed(places))
