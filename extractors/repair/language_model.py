"""The language of the field as counts (语言模型): how likely a symbol is after others.

Two views are mixed. One counts runs of up to five symbols in the field's texts (interpolated Kneser-Ney); the other
knows words and their frequencies and asks how the letters of a text made of such words, drawn independently, follow
one another, which covers whatever the field's texts never said. `corpus/build_language_model.py` makes the file.
"""

from collections.abc import Callable
from functools import cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from extractors.repair.grammar import Grammar, grammar_from
from extractors.repair.stored import FREQUENCIES, strings
from extractors.repair.symbols import is_han

FILE = Path(__file__).with_name("language_model.npz")
ORDER = 5  # longest run of symbols counted
DISCOUNT = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9)  # Kneser-Ney discount by length of the run
UNSEEN = 1e-6  # of a symbol that was never counted
UNSEEN_WORD = 1e-8  # of a character as a word of its own that no dictionary has
COUNTED_SHARE = 0.5  # of the counts in the mixture; the words have the rest

_LEAST = 1e-9  # probability that the words' view gives at least

Predict = Callable[[str, str], float]  # context, symbol -> natural logarithm of a probability


class SymbolCounts:
    """Interpolated Kneser-Ney over runs of symbols, a tree of runs (字符串计数).

    Each list holds one entry for each length of runs, from 0. lasts: the last symbols of all runs, those that go on
    from one shorter run side by side; starts: where those of each shorter run begin, and the end of all.
    gain: discounted share of a run among those with its beginning. back: what is left behind it for shorter contexts.
    """

    def __init__(
        self, lasts: list[str], starts: list[list[int]], gain: list[list[float]], back: list[list[float]]
    ) -> None:
        self._lasts = lasts
        self._starts = starts
        self._gain = gain
        self._back = back
        self._unseen = back[0][0] * UNSEEN
        self._found = {"": 0}

    def probability(self, context: str, symbol: str) -> float:
        """Of `symbol` after `context`, of which the last ORDER - 1 symbols count."""
        probability = self._unseen
        for length in range(min(len(context), ORDER - 1) + 1):
            before = self._find(context[len(context) - length :])
            if before < 0:
                break
            if length:
                probability *= self._back[length][before]
            run = self._next(length, before, symbol)
            if run >= 0:
                probability += self._gain[length + 1][run]
        return probability

    def forget(self) -> None:
        """Drop what was looked up."""
        self._found = {"": 0}

    def _find(self, run: str) -> int:
        """Place of a run among those of its length, -1 where it was never counted."""
        place = self._found.get(run)
        if place is None:
            shorter = self._find(run[:-1])
            place = self._found[run] = -1 if shorter < 0 else self._next(len(run) - 1, shorter, run[-1])
        return place

    def _next(self, length: int, place: int, symbol: str) -> int:
        """Place of the run that goes on with `symbol` from the one at `place` of its length, or -1."""
        starts = self._starts[length]
        return self._lasts[length + 1].find(symbol, starts[place], starts[place + 1])


class WordCounts:
    """Words drawn independently (词频): how often a string stands in endless text made of them.

    pieces: the number of each piece of words. steps: by that number, the frequencies of the words that are it, begin
    with it, end with it, and the sum over the places inside words where it stands, all as steps of `stored`.
    """

    def __init__(self, pieces: dict[str, int], steps: tuple[bytes, bytes, bytes, bytes]) -> None:
        self._pieces = pieces
        self._words, self._beginnings, self._ends, self._inside = steps
        self._reaches: dict[str, list[float]] = {}
        self._masses: dict[str, float] = {}

    def probability(self, context: str, symbol: str) -> float:
        """Of the Chinese character `symbol` after `context`; only the Chinese characters before it count."""
        start = len(context)
        while start and is_han(context[start - 1]):
            start -= 1
        context = context[max(start, len(context) - ORDER + 1) :]
        if not context:  # a word begins here
            return max(self._frequency(self._beginnings, symbol), UNSEEN_WORD)
        reach = self._reach(context)
        return max(self._mass(reach, context + symbol) / self._context_mass(context), _LEAST)

    def forget(self) -> None:
        """Drop what was worked out."""
        self._reaches.clear()
        self._masses.clear()

    def _context_mass(self, context: str) -> float:
        """Expected places of `context` per word drawn."""
        known = self._masses.get(context)
        if known is None:
            known = self._masses[context] = self._mass(self._reach(context), context)
        return known

    def _mass(self, reach: list[float], text: str) -> float:
        """Over all ways to cut `text` into the end of a word, words, and the beginning of a word.

        reach: of a text that is at least all but the last of `text`.
        """
        pieces, steps = self._pieces, self._beginnings
        total = self._frequency(self._inside, text)
        for end in range(1, len(text)):
            number = pieces.get(text[end:])
            if number is not None:
                total += reach[end] * FREQUENCIES[steps[number]]
            elif end == len(text) - 1:
                total += reach[end] * UNSEEN_WORD
        return total or UNSEEN_WORD ** len(text)

    def _reach(self, text: str) -> list[float]:
        """For each length of a beginning of `text`, the frequency with which words end there."""
        known = self._reaches.get(text)
        if known is None:
            shorter = self._reach(text[:-1]) if len(text) > 1 else [0.0]
            reach = self._frequency(self._ends, text)
            for begin in range(1, len(text)):
                reach += shorter[begin] * self._frequency(self._words, text[begin:])
            known = self._reaches[text] = [*shorter, reach]
        return known

    def _frequency(self, steps: bytes, piece: str) -> float:
        """Of one piece in one role; a single character that no dictionary has may yet be a word."""
        number = self._pieces.get(piece)
        return (FREQUENCIES[steps[number]] if number is not None else 0.0) or (UNSEEN_WORD if len(piece) == 1 else 0.0)


class LanguageModel:
    """The field's language (语言模型): `log_probability` for the search, `grammar` for a second opinion."""

    def __init__(self, counts: SymbolCounts, words: WordCounts, grammar: Grammar) -> None:
        self._counts = counts
        self._words = words
        self.grammar = grammar
        self._seen: dict[str, float] = {}

    def probability(self, context: str, symbol: str) -> float:
        """Of `symbol` after `context` (0..1)."""
        context = context[1 - ORDER :]
        known = self._seen.get(context + symbol)
        if known is None:
            known = self._counts.probability(context, symbol)
            if is_han(symbol):
                known = COUNTED_SHARE * known + (1 - COUNTED_SHARE) * self._words.probability(context, symbol)
            self._seen[context + symbol] = known
        return known

    def log_probability(self, context: str, symbol: str) -> float:
        """Natural logarithm of `probability`."""
        return log(self.probability(context, symbol))

    def forget(self) -> None:
        """Drop what was worked out for one document, so that memory stays bounded over many."""
        self._seen.clear()
        self._words.forget()
        self._counts.forget()


@cache
def language_model() -> LanguageModel:
    """The model that ships with the program, read once per process (about a third of a second)."""
    with np.load(FILE) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return LanguageModel(_symbol_counts(arrays), _word_counts(arrays), grammar_from(arrays))


def _symbol_counts(arrays: dict[str, Any]) -> SymbolCounts:
    """Discounted shares from the stored counts; each run is a shorter one with one more symbol."""
    letters = np.array(strings(arrays["letters"]))
    lasts, starts, gain, back = [""], [], [[0.0]], []
    for length in range(1, ORDER + 1):
        counts = arrays[f"counts{length}"].astype(np.float64)
        spread = arrays[f"spread{length}"].astype(np.int64)
        discounts = np.minimum(counts, DISCOUNT[length])
        totals, left = _sums(counts, spread), _sums(discounts, spread)
        lasts.append("".join(letters[arrays[f"last{length}"]].tolist()))
        starts.append([0, *np.cumsum(spread).tolist()])
        gain.append(((counts - discounts) / np.repeat(totals, spread)).tolist())
        back.append(np.divide(left, totals, out=np.ones_like(left), where=totals > 0).tolist())
    return SymbolCounts(lasts, starts, gain, back)


def _sums(values: Any, spread: Any) -> Any:
    """Of the first spread[0] values, the next spread[1] and so on; zero of none."""
    sums = np.zeros(len(spread))
    ends = np.cumsum(spread)
    sums[spread > 0] = np.add.reduceat(values, (ends - spread)[spread > 0])
    return sums


def _word_counts(arrays: dict[str, Any]) -> WordCounts:
    """The masses of all pieces of words."""
    pieces = strings(arrays["pieces"])
    words, beginnings, ends, inside = (arrays[f"mass{column}"].tobytes() for column in range(4))
    return WordCounts(dict(zip(pieces, range(len(pieces)), strict=True)), (words, beginnings, ends, inside))
