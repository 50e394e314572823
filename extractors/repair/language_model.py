"""The language of the field (语言模型): how likely a symbol is after others.

Two views are mixed. One counts runs of up to five symbols in the field's texts; the other knows words and their
frequencies. Contexts that neither tells apart are one object, so that what follows is worked out once for all of
them. `corpus/build_language_model.py` makes the file.
"""

import sys
from functools import cache
from math import log
from pathlib import Path

import numpy as np

from extractors.repair.grammar import Grammar, grammar_from
from extractors.repair.symbol_counts import Places, SymbolCounts, symbol_counts_from
from extractors.repair.word_counts import NO_WORDS, WordCounts, WordsBefore, word_counts_from

FILE = Path(__file__).with_name("language_model.npz")
COUNTED_SHARE = 0.5  # of the counts in the mixture; the words have the rest
SPAN = sys.maxunicode + 1  # more than the code of any symbol
NOTHING = 0
_MOST_KNOWN = 200_000  # symbols in contexts that are kept worked out, some 40 MB


class Pairs(dict[str, bool]):
    """Of two symbols whether they were ever seen side by side (相邻与否), worked out when asked for."""

    def __init__(self, counts: SymbolCounts, words: WordCounts) -> None:
        super().__init__()
        self._counts = counts
        self._words = words

    def __missing__(self, pair: str) -> bool:
        """Look it up in counts and words, and keep it."""
        known = self[pair] = self._words.is_piece(pair) or pair[-1] in self._counts.followers(pair[:-1])
        return known


class LanguageModel:
    """The field's language (语言模型): `follow` for the search, `grammar` for a second opinion.

    A context (语境) is what the language remembers of the symbols before a place, a multiple of SPAN; NOTHING is the
    one before any symbol. known: by context plus code of a symbol, what `follow` gave. pairs: of two symbols, whether
    they were ever seen side by side; where not, the second is no likelier than by itself.
    """

    def __init__(self, counts: SymbolCounts, words: WordCounts, grammar: Grammar) -> None:
        self._counts = counts
        self._words = words
        self.grammar = grammar
        self.forget()

    def follow(self, context: int, symbol: str) -> tuple[float, int]:
        """Natural logarithm of the probability of `symbol` in a context, and the context behind it."""
        before, words = self._contexts[context // SPAN]
        probability, places = self._counts.follow(before, symbol)
        if "\u4e00" <= symbol <= "\u9fff":  # is_han, called so often that the call counts
            likely, words = self._words.follow(words, symbol)
            probability = COUNTED_SHARE * probability + (1 - COUNTED_SHARE) * likely
        else:
            words = NO_WORDS
        key = (places, words.text)
        behind = self._numbers.get(key)
        if behind is None:
            behind = self._numbers[key] = len(self._contexts) * SPAN
            self._contexts.append((places, words))
        found = self.known[context + ord(symbol)] = log(probability), behind
        return found

    def trim(self) -> None:
        """Drop what was worked out once it is much; contexts got before do not count any more."""
        if len(self.known) > _MOST_KNOWN:
            self.forget()

    def forget(self) -> None:
        """Drop what was worked out for one document, so that memory stays bounded over many."""
        self.known: dict[int, tuple[float, int]] = {}
        self._contexts: list[tuple[Places, WordsBefore]] = [((), NO_WORDS)]
        self._numbers: dict[tuple[Places, str], int] = {((), ""): NOTHING}
        self.pairs = Pairs(self._counts, self._words)
        self._words.forget()
        self.grammar.forget()


@cache
def language_model() -> LanguageModel:
    """The model that ships with the program, read once per process (about a third of a second)."""
    with np.load(FILE) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return LanguageModel(symbol_counts_from(arrays), word_counts_from(arrays), grammar_from(arrays))
