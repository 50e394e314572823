"""Readings of one stretch (段内排序): its true text is written left to right, guided by what the blanks prove.

A block of the true text is printed as up to three runs, each left to right: the fallback run, then one or two
others. While a block is written, its runs are read side by side. After a character, either the next printed one
follows (it must, where no blank stands between), or another run goes on behind its hole, or a run begins at a
character that no blank precedes. A beam keeps the likeliest beginnings; characters that are still to come are
charged beforehand with the least they may cost, so that beginnings of different characters compare.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, inf, log

from extractors.repair.fallback import WIDE_MARKS, FallbackClass
from extractors.repair.language_model import ORDER, Predict
from extractors.repair.stretches import Stretch

CONTEXT = ORDER - 1  # symbols that the language looks back
BEAM = 24  # most beginnings kept
MARGIN = 20.0  # nats behind the best at which a beginning is dropped
_WINDFALL = 3.0  # nats by which a character may turn out likelier than was expected of it
_TWINS = 3  # beginnings kept that differ only in what the language has forgotten


@dataclass(frozen=True, slots=True)
class Prices:
    """What each departure from the printed order costs, in nats (代价); set on the development half, see README.

    block: a block that begins inside a stretch. split: a block whose characters other than fallback are in two
    runs. stay: each character of such a block. mark, letter: a fallback character in place inside a stretch, which
    begins a block there; a mark often does. plain: any other character in place. gap: a blank that is no hole.
    """

    block: float = 2.5
    split: float = 2.5
    stay: float = 0.25
    mark: float = -1.0
    letter: float = 2.2
    plain: float = 0.1
    gap: float = 6.0


PRICES = Prices()


@dataclass(frozen=True, slots=True)
class Reading:
    """One order of a stretch. order: places in the raw stretch (0-based), in repaired order; score: nats."""

    order: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Open:
    """The block being written: its first place, what its first runs were charged, whether they are split."""

    first: int
    charged: float
    split: bool


# frontiers: the next place of each run and where it ends: (next,) when all before is written; (next, end, next) with
# one run open, the last without an end yet; (next, end, next, end, next) with two.
@dataclass(slots=True)
class _Beginning:
    """A beginning of the true text. score: already less what its characters were expected to cost."""

    score: float
    frontiers: tuple[int, ...]
    opened: int
    context: str
    order: tuple[int, ...]
    block: _Open | None


@dataclass(slots=True)
class _Step:
    """One more character: where it stands in the raw stretch, what follows, and the price besides its language."""

    place: int
    frontiers: tuple[int, ...]
    opened: int
    price: float
    block: _Open | None


class OrderSearch:
    """Search over one stretch. gaps: for each place the price at which the blank before it is taken for a real one."""

    def __init__(
        self,
        stretch: Stretch,
        fallback: FallbackClass,
        predict: Predict,
        gaps: Sequence[float] | None = None,
        prices: Prices = PRICES,
    ) -> None:
        self._symbols = stretch.symbols
        self._marks = stretch.marks
        self._end = stretch.end
        self._predict = predict
        self._prices = prices
        self._length = len(stretch.symbols)
        self._gaps = gaps or [prices.gap] * self._length
        costs = [fallback.costs(symbol) for symbol in stretch.symbols]
        self._is_fallback = [as_fallback < as_other for as_fallback, as_other in costs]
        self._fallback_sum = list(accumulate((cost for cost, _ in costs), initial=0.0))
        self._other_sum = list(accumulate((cost for _, cost in costs), initial=0.0))
        self._fallback = [cost for cost, _ in costs]
        self._other = [cost for _, cost in costs]
        self._holes = list(accumulate((mark is True for mark in stretch.marks), initial=0))
        self._expected = self._expectations()

    def readings(self, left: str, right: Sequence[tuple[float, str]], most: int) -> list[Reading]:
        """At most `most` readings, best first; empty where none is possible.

        left: symbols before the stretch. right: what may follow, with its share.
        """
        beam = [_Beginning(0.0, (0,), 0, left[-CONTEXT:], (), None)]
        for _ in range(self._length):
            beam = self._prune(self._written(beam))
        total = sum(self._expected)
        readings = [
            Reading(end.order, end.score + total + price + self._follow(end.context, right))
            for end in beam
            if (price := self._end_price(end.order[-1])) is not None
        ]
        readings.sort(key=lambda reading: -reading.score)
        return readings[:most]

    def _expectations(self) -> list[float]:
        """For each place the most that the language may give its character, roughly: behind its printed neighbour,
        or, where a blank precedes it, behind any character of the stretch."""
        predict, letters = self._predict, sorted(set(self._symbols))
        expected = []
        for place, symbol in enumerate(self._symbols):
            if place and self._marks[place] is False:
                behind = predict(self._symbols[max(0, place - 3) : place], symbol)
            else:
                behind = max((predict(letter, symbol) for letter in letters if letter != symbol), default=-99.0)
            expected.append(max(behind, predict("", symbol)))
        return expected

    def _written(self, beam: list[_Beginning]) -> list[_Beginning]:
        """Every beginning with every character that may come next, but for those too dear before it is looked at."""
        ways = [(start.score - step.price, start, step) for start in beam for step in self._steps(start)]
        ways.sort(key=lambda way: -way[0])
        best = -inf
        written = []
        for likely, start, step in ways:
            if likely + _WINDFALL < best - MARGIN:
                break
            beginning = self._write(start, step)
            best = max(best, beginning.score)
            written.append(beginning)
        return written

    def _write(self, start: _Beginning, step: _Step) -> _Beginning:
        """The beginning with one more character."""
        symbol = self._symbols[step.place]
        gain = self._predict(start.context, symbol) - self._expected[step.place]
        return _Beginning(
            start.score + gain - step.price,
            step.frontiers,
            step.opened,
            (start.context + symbol)[-CONTEXT:],
            (*start.order, step.place),
            step.block,
        )

    def _prune(self, beginnings: list[_Beginning]) -> list[_Beginning]:
        """The best of them, at most BEAM."""
        beginnings.sort(key=lambda beginning: -beginning.score)
        kept: list[_Beginning] = []
        twins: dict[tuple[tuple[int, ...], int, str], int] = {}
        for beginning in beginnings:
            if beginning.score < beginnings[0].score - MARGIN or len(kept) == BEAM:
                break
            key = (beginning.frontiers, beginning.opened, beginning.context)
            twins[key] = twins.get(key, 0) + 1
            if twins[key] <= _TWINS:
                kept.append(beginning)
        return kept

    def _steps(self, start: _Beginning) -> list[_Step]:
        """Every character that may come next."""
        frontiers, last = start.frontiers, start.order[-1] if start.order else -1
        forced = None
        if start.order and last + 1 < self._length and self._marks[last + 1] is False:
            forced = next((at for at in range(0, len(frontiers), 2) if frontiers[at] == last + 1), None)
            if forced is not None and not self._has_next(frontiers, forced):
                forced = None
        if forced is not None:
            return [self._advance(start, forced, 0.0)]
        steps = []
        for at in range(0, len(frontiers), 2):
            price = self._continue_price(start, at, last)
            if price is not None:
                steps.append(self._advance(start, at, price))
        if len(frontiers) == 1:
            steps += self._open_first(start, last)
        elif len(frontiers) == 3 and start.opened == 1:
            steps += self._open_second(start)
        return [step for step in steps if self._can_end(step)]

    def _has_next(self, frontiers: tuple[int, ...], at: int) -> bool:
        """Whether the run at `frontiers[at]` has a character left."""
        return frontiers[at] < (frontiers[at + 1] if at + 1 < len(frontiers) else self._length)

    def _continue_price(self, start: _Beginning, at: int, last: int) -> float | None:
        """Price of going on with a run, None where the blanks forbid it."""
        if not self._has_next(start.frontiers, at):
            return None
        place = start.frontiers[at]
        mark = self._marks[place]
        if place == 0:
            if start.order:
                return None if mark is False else 0.0
            return 2 * self._gaps[0] if mark is True else 0.0
        if place - 1 == last:  # its printed neighbour: no hole, unless the blank is a real one
            if mark is not True:
                return 0.0
            return self._gaps[place] if len(start.frontiers) == 1 else None
        return None if mark is False else 0.0

    def _advance(self, start: _Beginning, at: int, price: float) -> _Step:
        """The next character of the run at `frontiers[at]`, with the price of its class."""
        place = start.frontiers[at]
        frontiers = (*start.frontiers[:at], place + 1, *start.frontiers[at + 1 :])
        if len(start.frontiers) == 1:
            price += self._in_place(place, start.order[-1] if start.order else -1)
        elif at == len(frontiers) - 1:
            price += self._other[place] + (self._prices.stay if start.block and start.block.split else 0.0)
        if len(frontiers) > 1 and frontiers[0] == frontiers[1]:
            frontiers = frontiers[2:]
        elif len(frontiers) > 3 and frontiers[2] == frontiers[3]:
            frontiers = (*frontiers[:2], *frontiers[4:])
        if len(frontiers) == 1:
            return _Step(place, frontiers, 0, price, None)
        return _Step(place, frontiers, start.opened, price, start.block)

    def _in_place(self, place: int, last: int) -> float:
        """Price of a character that stands where it is printed, all before it being written."""
        if not self._is_fallback[place]:
            return self._other[place] + self._prices.plain
        price = self._fallback[place]
        if place and not (self._is_fallback[place - 1] and last == place - 1):
            price += self._prices.mark if self._symbols[place] in WIDE_MARKS else self._prices.letter
        return price

    def _open_first(self, start: _Beginning, last: int) -> list[_Step]:
        """A block begins: a run at a later place comes before all that is printed next."""
        first = start.frontiers[0]
        if not start.order and self._marks[0] is False:  # the first printed character is the first
            return []
        begins_here = first == 0 or (self._is_fallback[first - 1] and last == first - 1)
        price = 0.0 if begins_here else self._prices.block
        stay = self._prices.stay
        steps = []
        cheapest = self._border_price(first)
        for place in range(first + 1, self._length):
            if self._marks[place] is False:
                alone = self._fallback_sum[place] - self._fallback_sum[first]
                both = cheapest + self._other_sum[place] + stay * place + self._prices.split - self._fallback_sum[first]
                block = _Open(first, min(alone, both), both < alone)
                total = price + block.charged + self._other[place] + (stay if block.split else 0.0)
                steps.append(_Step(place, (first, place, place + 1), 1, total, block))
            cheapest = min(cheapest, self._border_price(place))
        return steps

    def _border_price(self, border: int) -> float:
        """What speaks for a fallback run that ends before `border`, another run following; up to a constant."""
        return self._fallback_sum[border] - self._other_sum[border] - self._prices.stay * border

    def _split_price(self, first: int, border: int, end: int) -> float:
        """Price of a fallback run up to `border` and another up to `end`, where a third follows."""
        return (
            self._fallback_sum[border]
            - self._fallback_sum[first]
            + self._other_sum[end]
            - self._other_sum[border]
            + self._prices.split
            + self._prices.stay * (end - border)
        )

    def _open_second(self, start: _Beginning) -> list[_Step]:
        """A third run of the block: inside what was one run, or inside what is printed behind both."""
        block = start.block
        if block is None:
            return []
        head, end, tail = start.frontiers
        stay = self._prices.stay
        late = 0.0 if block.split else stay * (tail - end)  # written before it was known that the block is split
        opened = _Open(block.first, 0.0, True)
        steps = []
        for place in range(head + 1, end):
            if self._marks[place] is False:
                price = self._split_price(block.first, place, end) - block.charged + late
                steps.append(_Step(place, (head, place, place + 1, end, tail), 2, price, opened))
        for place in range(tail + 1, self._length):
            if self._marks[place] is False:
                price = self._split_price(block.first, end, end) - block.charged + late
                price += self._other_sum[place + 1] - self._other_sum[tail] + stay * (place + 1 - tail)
                steps.append(_Step(place, (head, end, tail, place, place + 1), 2, price, opened))
        return steps

    def _can_end(self, step: _Step) -> bool:
        """Whether enough characters of other runs are left for the holes of the runs whose end is known."""
        frontiers, rest = step.frontiers, self._length
        if len(frontiers) == 3 and step.opened == 2:
            return self._holes_left(frontiers[0], frontiers[1], step.place) <= rest - frontiers[2]
        if len(frontiers) == 5:
            head, end, middle, stop, tail = frontiers
            return (
                self._holes_left(head, end, step.place) <= stop - middle + rest - tail
                and self._holes_left(middle, stop, step.place) <= end - head + rest - tail
            )
        return True

    def _holes_left(self, place: int, end: int, last: int) -> int:
        """Holes before places `place`..`end`; the first is filled already unless its neighbour was just written."""
        filled = self._marks[place] is True and last != place - 1
        return self._holes[end] - self._holes[place] - filled

    def _end_price(self, last: int) -> float | None:
        """Price of ending with the character at `last`, None where the blank before the barrier forbids it."""
        if self._end is False:
            return 0.0 if last == self._length - 1 else None
        return -self._prices.gap if self._end is True and last == self._length - 1 else 0.0

    def _follow(self, context: str, right: Sequence[tuple[float, str]]) -> float:
        """How well the likeliest of `right` follow."""
        if not right:
            return 0.0
        values = []
        for share, text in right:
            value, seen = log(share), context
            for symbol in text:
                value += self._predict(seen, symbol)
                seen = (seen + symbol)[-CONTEXT:]
            values.append(value)
        most = max(values)
        return most + log(sum(exp(value - most) for value in values))
