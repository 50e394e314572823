"""What may be written next (排字步骤), by what the blanks prove, and what it costs besides its language.

A block of the true text is printed as up to three runs, each left to right: the fallback run, then one or two
others. While a block is written, its runs are read side by side. After a character, either the next printed one
follows (it must, where no blank stands between), or another run goes on behind its hole, or a run begins at a
character that no blank precedes.

Frontiers are the next place of each run and where it ends: (next,) when all before is written; (next, end, next) with
one run open, the last without an end yet; (next, end, next, end, next) with two. Places are 0-based, in the raw
stretch; prices are nats.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

from extractors.frozen import frozen
from extractors.repair.fallback import WIDE_MARKS, FallbackClass
from extractors.repair.stretches import Stretch


@frozen
class Prices:
    """What each departure from the printed order costs, in nats (代价); set on the development half, see README.

    block: a block that begins inside a stretch. split: a block whose characters other than fallback are in two
    runs. stay: each character of such a block. stranger: a character other than fallback in the first of three runs.
    mark, letter: a fallback character in place inside a stretch, which begins a block there; a mark often does.
    plain: any other character in place. gap: a blank that is no hole.
    """

    block: float = 3.35
    split: float = 3.7
    stay: float = 0.25
    stranger: float = 0.9
    mark: float = -1.0
    letter: float = 2.2
    plain: float = 0.1
    gap: float = 6.0


PRICES = Prices()


class Block(NamedTuple):
    """The block being written: its first place, what its first runs were charged, whether they are split."""

    first: int
    charged: float
    split: bool


Frontiers = tuple[int, ...]
Step = tuple[float, int, Frontiers, int, Block | None]  # price, place written, what follows: frontiers, opened, block


class Steps:
    """The steps through one stretch. gaps: for each place the price of taking the blank before it for a real one."""

    def __init__(
        self, stretch: Stretch, fallback: FallbackClass, gaps: Sequence[float] | None, prices: Prices = PRICES
    ) -> None:
        marks, self._symbols, self._length = stretch.marks, stretch.symbols, len(stretch.symbols)
        self._marks = marks
        self._prices = prices
        self._gaps = gaps or [prices.gap] * self._length
        costs = [fallback.costs(symbol) for symbol in stretch.symbols]
        self._fallback_sum = list(accumulate((cost for cost, _ in costs), initial=0.0))
        self._other_sum = list(accumulate((cost for _, cost in costs), initial=0.0))
        self._fallback = [cost for cost, _ in costs]
        self._other = [cost for _, cost in costs]
        self._is_fallback = [as_fallback < as_other for as_fallback, as_other in costs]
        strangers = (
            cost + (0.0 if is_fallback else prices.stranger)
            for cost, is_fallback in zip(self._fallback, self._is_fallback, strict=True)
        )
        self._first_sum = list(accumulate(strangers, initial=0.0))  # of the first of three runs
        # What speaks for a fallback run that ends before a place, another run following; up to a constant.
        self._border = [
            first - other - prices.stay * place
            for place, (first, other) in enumerate(zip(self._first_sum, self._other_sum, strict=True))
        ]
        # What a third run costs that ends before a place; up to a constant.
        self._late = [other + prices.stay * place for place, other in enumerate(self._other_sum)]
        self._holes = list(accumulate((mark is True for mark in marks), initial=0))
        self._follows = [place > 0 and mark is False for place, mark in enumerate(marks)] + [False]
        self._openable = [place for place, mark in enumerate(marks) if mark is False]
        self._first_blocks: dict[int, list[Step]] = {}
        self._after_written: dict[tuple[int, bool], list[Step]] = {}

    def after(self, last: int, frontiers: Frontiers, opened: int, block: Block | None) -> list[Step]:
        """Every character that may come next. last: the place written last, or -1; opened: runs of the block so far."""
        if block is None:
            return self._after_all(last, frontiers[0])
        if len(frontiers) == 3:
            return self._after_one(last, frontiers, opened, block)
        return self._after_two(last, frontiers, block)

    def _after_all(self, last: int, place: int) -> list[Step]:
        """Every character that may come next where all before `place` is written."""
        key = place, last == place - 1
        steps = self._after_written.get(key)
        if steps is None:
            steps = self._after_written[key] = [*self._in_place(last, place)]
            if not self._follows[place] or last != place - 1:
                steps += self._open_first(last, place)
        return steps

    def _in_place(self, last: int, place: int) -> Iterator[Step]:
        """The step to the character that stands at `place`, where the blanks allow it."""
        is_next = last == place - 1
        if place == self._length or (self._marks[place] is False and not is_next):
            return
        price = self._other[place] + self._prices.plain
        if self._is_fallback[place]:
            price = self._fallback[place]
            if place and not (self._is_fallback[place - 1] and is_next):
                price += self._prices.mark if self._symbols[place] in WIDE_MARKS else self._prices.letter
        if self._marks[place] is True and is_next:
            price += self._gaps[place] if place else 2 * self._gaps[0]
        yield price, place, (place + 1,), 0, None

    def _may_follow(self, last: int, place: int) -> bool:
        """Whether the blanks allow a run to go on: a hole before its next character is filled by another run, and
        where no blank is, the printed neighbour comes right before."""
        return self._marks[place] is not (place - 1 == last)

    def _after_one(self, last: int, frontiers: Frontiers, opened: int, block: Block) -> list[Step]:
        """Every character that may come next where one run is open and the last without an end."""
        head, end, tail = frontiers
        price = (self._other[tail] if tail < self._length else 0.0) + (self._prices.stay if block.split else 0.0)
        if self._follows[last + 1]:
            if head == last + 1 < end:
                return [_after_head(head, end, tail, opened, block)]
            if tail == last + 1:
                return [(price, tail, (head, end, tail + 1), opened, block)]
        # Enough characters of the last run must be left for the holes of the one whose end is known.
        spare = self._length - tail - (self._holes[end] - self._holes[head + 1] if opened == 2 else 0)
        steps: list[Step] = []
        if head < end and spare >= 0 and self._may_follow(last, head):
            steps.append(_after_head(head, end, tail, opened, block))
        if tail < self._length and spare > 0 and self._may_follow(last, tail):
            steps.append((price, tail, (head, end, tail + 1), opened, block))
        return steps + self._open_second(head, end, tail, block) if opened == 1 else steps

    def _after_two(self, last: int, frontiers: Frontiers, block: Block) -> list[Step]:
        """Every character that may come next where two runs are open and the last without an end."""
        head, end, middle, stop, tail = frontiers
        behind_head = (head + 1, end, middle, stop, tail) if head + 1 < end else (middle, stop, tail)
        behind_middle = (head, end, middle + 1, stop, tail) if middle + 1 < stop else (head, end, tail)
        behind_tail = (head, end, middle, stop, tail + 1)
        price = (self._other[tail] if tail < self._length else 0.0) + self._prices.stay
        if self._follows[last + 1]:
            if head == last + 1:
                return [(0.0, head, behind_head, 2, block)]
            if middle == last + 1:
                return [(0.0, middle, behind_middle, 2, block)]
            if tail == last + 1:
                return [(price, tail, behind_tail, 2, block)]
        # Enough characters of the other runs must be left for the holes of those whose end is known.
        rest = self._length - tail
        first_spare = stop - middle + rest - (self._holes[end] - self._holes[head + 1])
        second_spare = end - head + rest - (self._holes[stop] - self._holes[middle + 1])
        steps: list[Step] = []
        if first_spare >= 0 and second_spare > 0 and self._may_follow(last, head):
            steps.append((0.0, head, behind_head, 2, block))
        if first_spare > 0 and second_spare >= 0 and self._may_follow(last, middle):
            steps.append((0.0, middle, behind_middle, 2, block))
        if rest and first_spare > 0 and second_spare > 0 and self._may_follow(last, tail):
            steps.append((price, tail, behind_tail, 2, block))
        return steps

    def _open_first(self, last: int, first: int) -> list[Step]:
        """A block begins: a run at a later place comes before all that is printed next."""
        if last < 0 and self._marks[0] is False:  # the first printed character is the first
            return []
        steps = self._first_blocks.get(first)
        if steps is None:
            steps = self._first_blocks[first] = list(self._blocks_at(first))
        if first == 0 or (self._is_fallback[first - 1] and last == first - 1):
            return steps
        begin = self._prices.block
        return [(begin + price, place, frontiers, opened, block) for price, place, frontiers, opened, block in steps]

    def _blocks_at(self, first: int) -> Iterator[Step]:
        """The steps that begin a block at `first`, where a block begins anyway."""
        stay, cheapest, border = self._prices.stay, inf, first
        for place in self._openable[bisect_left(self._openable, first + 1) :]:
            cheapest = min(cheapest, *self._border[border:place])
            border = place
            alone = self._fallback_sum[place] - self._fallback_sum[first]
            both = cheapest + self._other_sum[place] + stay * place + self._prices.split - self._first_sum[first]
            block = Block(first, min(alone, both), both < alone)
            price = block.charged + self._other[place] + (stay if block.split else 0.0)
            yield price, place, (first, place, place + 1), 1, block

    def _open_second(self, head: int, end: int, tail: int, block: Block) -> list[Step]:
        """A third run of the block: inside what was one run, or inside what is printed behind both; as long as enough
        characters of other runs are left for the holes of the runs whose end is known."""
        marks, holes, stay, places = self._marks, self._holes, self._prices.stay, self._openable
        late = 0.0 if block.split else stay * (tail - end)  # written before it was known that the block is split
        base = self._prices.split - self._first_sum[block.first] - block.charged + late
        opened = Block(block.first, 0.0, True)
        rest = self._length - tail
        filled = holes[head] + (marks[head] is True)
        price = base + self._other_sum[end] + stay * end
        steps: list[Step] = [
            (
                price + self._border[place],
                place,
                (head, place, place + 1, end, tail) if place + 1 < end else (head, place, tail),
                2,
                opened,
            )
            for place in places[bisect_left(places, head + 1) : bisect_left(places, end)]
            if holes[place] - filled < end - place + rest and holes[end] - holes[place + 1] <= place - head + rest
        ]
        if holes[end] - filled >= rest:
            return steps
        filled = holes[tail] + (tail < self._length and marks[tail] is True)
        price = base + self._first_sum[end] - self._other_sum[tail] - stay * tail
        steps += [
            (price + self._late[place + 1], place, (head, end, tail, place, place + 1), 2, opened)
            for place in places[bisect_left(places, tail + 1) :]
            if holes[place] - filled < end - head + self._length - place
        ]
        return steps


def _after_head(head: int, end: int, tail: int, opened: int, block: Block) -> Step:
    """The step that goes on with the only run whose end is known; when it is written, so is the block before `tail`."""
    if head + 1 == end:
        return 0.0, head, (tail,), 0, None
    return 0.0, head, (head + 1, end, tail), opened, block
