"""Runs of up to five symbols counted in the field's texts (字符串计数): interpolated Kneser-Ney, a tree of runs."""

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from extractors.repair.stored import strings

ORDER = 5  # longest run of symbols counted
DISCOUNT = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9)  # Kneser-Ney discount by length of the run
UNSEEN = 1e-6  # of a symbol that was never counted

Places = tuple[int, ...]  # of the last symbol, of the last two and so on, each among the runs of its length


class SymbolCounts:
    """How likely symbols are after the last ORDER - 1, as far as these were counted side by side.

    Each list holds one entry for each length of runs, from 0. lasts: the last symbols of all runs, those that go on
    from one shorter run side by side; starts: where those of each shorter run begin, and the end of all.
    gain: discounted share of a run among those with its beginning. back: what is left behind it for shorter contexts.
    What a counted run ends with was counted too, so contexts are known up to some length and not beyond.
    """

    def __init__(
        self, lasts: list[str], starts: list[Sequence[int]], gain: list[Sequence[float]], back: list[Sequence[float]]
    ) -> None:
        self._unseen = back[0][0] * UNSEEN
        self._single = {symbol: (place, self._unseen + gain[1][place]) for place, symbol in enumerate(lasts[1])}
        self._followers = [lasts[2][first:last] for first, last in pairwise(starts[1])]
        self._levels = list(zip(lasts[2:], starts[1:], gain[2:], back[1:], strict=True))

    def follow(self, places: Places, symbol: str) -> tuple[float, Places]:
        """Probability of `symbol` behind a context, and the places of the context that it makes."""
        single = self._single.get(symbol)
        if single is None:
            probability = self._unseen
            for before, (_, _, _, back) in zip(places, self._levels, strict=False):
                probability *= back[before]
            return probability, ()
        place, probability = single
        found = [place]
        levels = zip(places, self._levels, strict=False)
        for before, (lasts, starts, gain, back) in levels:
            probability *= back[before]
            place = lasts.find(symbol, starts[before], starts[before + 1])
            if place < 0:
                break
            probability += gain[place]
            found.append(place)
        for before, (_, _, _, back) in levels:  # what was not counted behind a context is not behind a longer one
            probability *= back[before]
        return probability, tuple(found[: ORDER - 1])

    def followers(self, symbol: str) -> str:
        """The symbols that were counted right behind one."""
        single = self._single.get(symbol)
        return "" if single is None else self._followers[single[0]]


def symbol_counts_from(arrays: dict[str, Any]) -> SymbolCounts:
    """Discounted shares from the stored counts; each run is a shorter one with one more symbol."""
    letters = np.array(strings(arrays["letters"]))
    lasts: list[str] = [""]
    starts: list[Sequence[int]] = []
    gain: list[Sequence[float]] = [(0.0,)]
    back: list[Sequence[float]] = []
    for length in range(1, ORDER + 1):
        counts = arrays[f"counts{length}"].astype(np.float64)
        spread = arrays[f"spread{length}"].astype(np.int64)
        discounts = np.minimum(counts, DISCOUNT[length])
        totals, left = _sums(counts, spread), _sums(discounts, spread)
        lasts.append("".join(letters[arrays[f"last{length}"]].tolist()))
        starts.append(array("q", np.concatenate(([0], np.cumsum(spread))).tobytes()))
        gain.append(array("d", ((counts - discounts) / np.repeat(totals, spread)).tobytes()))
        back.append(array("d", np.divide(left, totals, out=np.ones_like(left), where=totals > 0).tobytes()))
    return SymbolCounts(lasts, starts, gain, back)


def _sums(values: Any, spread: Any) -> Any:
    """Of the first spread[0] values, the next spread[1] and so on; zero of none."""
    sums = np.zeros(len(spread))
    ends = np.cumsum(spread)
    sums[spread > 0] = np.add.reduceat(values, (ends - spread)[spread > 0])
    return sums
