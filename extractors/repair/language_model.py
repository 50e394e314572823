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
from extractors.repair.stored import frequencies, strings
from extractors.repair.symbols import is_han

FILE = Path(__file__).with_name("language_model.npz")
ORDER = 5  # longest run of symbols counted
DISCOUNT = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9)  # Kneser-Ney discount by length of the run
UNSEEN = 1e-6  # of a symbol that was never counted
UNSEEN_WORD = 1e-8  # of a character as a word of its own that no dictionary has
COUNTED_SHARE = 0.5  # of the counts in the mixture; the words have the rest

_NOTHING = (0.0, 0.0, 0.0, 0.0)
_LEAST = 1e-9  # probability that the words' view gives at least

Predict = Callable[[str, str], float]  # context, symbol -> natural logarithm of a probability


class SymbolCounts:
    """Interpolated Kneser-Ney over runs of symbols (字符串计数).

    gain: discounted share of a run among those with its beginning. back: what is left for shorter contexts.
    """

    def __init__(self, gain: dict[str, float], back: dict[str, float]) -> None:
        self._gain = gain
        self._back = back

    def probability(self, context: str, symbol: str) -> float:
        """Of `symbol` after `context`, of which the last ORDER - 1 symbols count."""
        probability = self._gain.get(symbol, 0.0) + self._back[""] * UNSEEN
        gain, back = self._gain, self._back
        for length in range(1, min(len(context), ORDER - 1) + 1):
            tail = context[-length:]
            share = back.get(tail)
            if share is None:
                break
            probability = gain.get(tail + symbol, 0.0) + share * probability
        return probability


class WordCounts:
    """Words drawn independently (词频): how often a string stands in endless text made of them.

    masses: for a string, the frequency of the words that are it, begin with it, end with it, and the sum over the
    places inside words where it stands.
    """

    def __init__(self, masses: dict[str, tuple[float, float, float, float]]) -> None:
        self._masses = masses
        self._seen: dict[str, float] = {}

    def probability(self, context: str, symbol: str) -> float:
        """Of the Chinese character `symbol` after `context`; only the Chinese characters before it count."""
        start = len(context)
        while start and is_han(context[start - 1]):
            start -= 1
        context = context[max(start, len(context) - ORDER + 1) :]
        if not context:  # a word begins here
            return max(self._masses.get(symbol, _NOTHING)[1], UNSEEN_WORD)
        return max(self.mass(context + symbol) / self.mass(context), _LEAST)

    def mass(self, text: str) -> float:
        """Expected places of `text` per word drawn."""
        known = self._seen.get(text)
        if known is None:
            known = self._seen[text] = self._sum(text) or UNSEEN_WORD ** len(text)
        return known

    def _sum(self, text: str) -> float:
        """Over all ways to cut `text` into the end of a word, words, and the beginning of a word."""
        masses = self._masses
        length = len(text)
        ending = [0.0] * (length + 1)  # frequency of text[:i] with a word ending at i
        total = masses.get(text, _NOTHING)[3]
        for end in range(1, length):
            reach = masses.get(text[:end], _NOTHING)[2] or (UNSEEN_WORD if end == 1 else 0.0)
            for begin in range(1, end):
                word = masses.get(text[begin:end], _NOTHING)[0] or (UNSEEN_WORD if end - begin == 1 else 0.0)
                reach += ending[begin] * word
            ending[end] = reach
            rest = masses.get(text[end:], _NOTHING)[1] or (UNSEEN_WORD if length - end == 1 else 0.0)
            total += reach * rest
        return total


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
        self._words._seen.clear()


@cache
def language_model() -> LanguageModel:
    """The model that ships with the program, read once per process (about a third of a second)."""
    with np.load(FILE) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return LanguageModel(_symbol_counts(arrays), _word_counts(arrays), grammar_from(arrays))


def _symbol_counts(arrays: dict[str, Any]) -> SymbolCounts:
    """Discounted shares from the stored counts; runs with one beginning stand together, `spread` tells how many."""
    gain: dict[str, float] = {}
    back: dict[str, float] = {}
    for length in range(1, ORDER + 1):
        runs = strings(arrays[f"runs{length}"])
        counts = arrays[f"counts{length}"].astype(np.float64)
        spread = arrays[f"spread{length}"].astype(np.int64)
        starts = np.cumsum(spread) - spread
        totals = np.add.reduceat(counts, starts)
        discounts = np.minimum(counts, DISCOUNT[length])
        left = np.add.reduceat(discounts, starts) / totals
        shares = (counts - discounts) / np.repeat(totals, spread)
        gain.update(zip(runs, shares.tolist(), strict=True))
        back.update(zip((runs[index][:-1] for index in starts.tolist()), left.tolist(), strict=True))
    return SymbolCounts(gain, back)


def _word_counts(arrays: dict[str, Any]) -> WordCounts:
    """The masses of all pieces of words."""
    pieces = strings(arrays["pieces"])
    columns = (frequencies(arrays[f"mass{column}"]) for column in range(4))
    return WordCounts(dict(zip(pieces, zip(*columns, strict=True), strict=True)))
