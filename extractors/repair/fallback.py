"""Which characters a document sets in its fallback font (后备字体字符), learnt from the document itself.

The fallback run comes first in its block, so such a character mostly stands behind a hole or at the start of a
stretch, or behind another of its kind. That alone, without any language, tells them apart; readings that the
language has chosen then vote too. All of it is a vote, never a filter.
"""

from collections.abc import Iterable, Iterator
from math import exp, log

from extractors.repair.stretches import RawLine

WIDE_MARKS = frozenset("，。；：、（）《》〔〕！？")  # punctuation of Chinese fonts
_FIRST_IF_FALLBACK = {
    True: 0.4,
    False: 0.88,
}  # share of such marks and characters that stand first; others are in place
_FIRST_IF_NOT = 0.27
_BEFORE = {True: 0.9, False: 0.07}  # before any evidence: wide marks, other characters
_ROUNDS = 8
_MOST_EVIDENCE = 12.0  # nats that the places of a character may weigh
_MOST_VOTES = 8.0  # nats that the readings may weigh
_VOTE_FOR = log(0.97 / 0.2)  # moved to the front of its block
_VOTE_AGAINST = log(0.8 / 0.03)  # moved with another run
_SUREST = 0.99  # one violation must stay possible


class FallbackClass:
    """Probability of each character to be set in the fallback font, and the price of either side."""

    def __init__(self, probability: dict[str, float]) -> None:
        self._costs = {
            character: _costs(min(_SUREST, max(1 - _SUREST, value))) for character, value in probability.items()
        }

    def costs(self, symbol: str) -> tuple[float, float]:
        """Negative logarithms: that the character is set in the fallback font, and that it is not."""
        return self._costs.get(symbol) or _costs(_BEFORE[symbol in WIDE_MARKS])


def _costs(probability: float) -> tuple[float, float]:
    return -log(probability), -log(1 - probability)


def learn_fallback(lines: Iterable[RawLine], votes: dict[str, float] | None = None) -> FallbackClass:
    """The class of a document. votes: by `vote`, nats for each character, from readings of its lines."""
    places: dict[str, list[str | None]] = {}  # for each occurrence the symbol right before it, None: it is first
    for line in lines:
        for symbol, before in _places(line):
            places.setdefault(symbol, []).append(before)
    votes = votes or {}
    probability = {symbol: _BEFORE[symbol in WIDE_MARKS] for symbol in places}
    for _ in range(_ROUNDS):
        probability = {
            symbol: _update(symbol, found, probability, votes.get(symbol, 0.0)) for symbol, found in places.items()
        }
    return FallbackClass(probability)


def _places(line: RawLine) -> Iterator[tuple[str, str | None]]:
    """Each character of the stretches with the one right before it; edges that say nothing are left out."""
    for stretch in line.stretches:
        for index, symbol in enumerate(stretch.symbols):
            if index == 0:
                if stretch.start == 0 or stretch.marks[0]:
                    yield symbol, None
            else:
                yield symbol, None if stretch.marks[index] else stretch.symbols[index - 1]


def _update(symbol: str, places: list[str | None], probability: dict[str, float], votes: float) -> float:
    """The probability of one character after a look at its places; behind a fallback character it is first too."""
    evidence = 0.0
    share = _FIRST_IF_FALLBACK[symbol in WIDE_MARKS]
    for before in places:
        first = 1.0 if before is None else probability.get(before, 0.0)
        evidence += log(
            (first * share + (1 - first) * (1 - share)) / (first * _FIRST_IF_NOT + (1 - first) * (1 - _FIRST_IF_NOT))
        )
    prior = _BEFORE[symbol in WIDE_MARKS]
    votes = max(-_MOST_VOTES, min(_MOST_VOTES, votes))
    evidence = max(-_MOST_EVIDENCE, min(_MOST_EVIDENCE, evidence + votes))
    return 1 / (1 + exp(-evidence - log(prior / (1 - prior))))


def vote(symbols: str, order: tuple[int, ...], fallback: FallbackClass, weight: float, votes: dict[str, float]) -> None:
    """Add what one reading of a stretch says. order: places in the raw stretch, in repaired order."""
    for block in blocks(order):
        if block.first == block.last:
            continue
        border = block.fallback_end(symbols, fallback)
        for place in range(block.first, block.last + 1):
            value = _VOTE_FOR if place < border else -_VOTE_AGAINST
            votes[symbols[place]] = votes.get(symbols[place], 0.0) + weight * value


class Block:
    """Raw places `first`..`last` that keep together in a reading, smallest such; cuts: where a run begins."""

    def __init__(self, first: int, last: int, cuts: list[int]) -> None:
        self.first = first
        self.last = last
        self.cuts = cuts

    def fallback_end(self, symbols: str, fallback: FallbackClass) -> int:
        """The place behind its fallback run: with three runs the whole first one, else its likeliest beginning."""
        if len(self.cuts) != 1:
            return self.cuts[0]
        end = self.cuts[0]
        costs = [fallback.costs(symbol) for symbol in symbols[self.first : end]]
        prices = [
            sum(cost for cost, _ in costs[:border]) + sum(cost for _, cost in costs[border:])
            for border in range(len(costs) + 1)
        ]
        return self.first + min(range(len(prices)), key=prices.__getitem__)


def blocks(order: tuple[int, ...]) -> Iterator[Block]:
    """The smallest blocks of a reading, in order."""
    printed = [0] * len(order)  # printed[raw place] = place in the repaired stretch
    for place, raw in enumerate(order):
        printed[raw] = place
    first, reach = 0, -1
    for raw, place in enumerate(printed):
        reach = max(reach, place)
        if reach == raw:
            cuts = [at for at in range(first + 1, raw + 1) if printed[at] < printed[at - 1]]
            yield Block(first, raw, cuts)
            first = raw + 1
