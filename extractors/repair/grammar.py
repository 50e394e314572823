"""Which words follow which (词序): the best cut of a text into words, judged by parts of speech and word pairs.

A second opinion on whole readings: the symbols' view looks at four neighbours, this one at whole words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np

from extractors.repair.stored import FREQUENCIES, strings
from extractors.repair.symbols import BREAK, is_han

LONGEST_WORD = 6
_PAIR_DISCOUNT = 0.75
_PSEUDO_PAIR = 5.0  # weight of the next shorter history, in counts
_PSEUDO_TRIPLE = 8.0
_RARE = 1e-7  # of a word within its part of speech, where the dictionary does not have it
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of single words (词表). numbers: of each word, its place in tags and steps.

    tags: numbers of parts of speech, which `names` holds. steps: frequency of each word within its part of speech, as
    steps of `stored`.
    """

    numbers: dict[str, int]
    names: list[str]
    tags: Sequence[int]
    steps: bytes

    def tag(self, word: str) -> str:
        """The part of speech of a word; a mark is its own."""
        if not is_han(word[0]):
            return word
        number = self.numbers.get(word)
        if number is None:
            return "x" if len(word) == 1 else "n"
        return self.names[self.tags[number]]

    def share(self, word: str) -> float:
        """Frequency of the word within its part of speech."""
        if not is_han(word[0]):
            return 1.0
        number = self.numbers.get(word)
        return _RARE if number is None else FREQUENCIES[self.steps[number]]


class WordPairs:
    """Words after words (词对), interpolated with what else is known of the second.

    numbers: of each word that was counted. counts: of each pair, by first number * size + second number.
    before: how often each word stands first; followers: how many different words follow it.
    """

    def __init__(self, words: list[str], firsts: Any, seconds: Any, counts: Any) -> None:
        size = len(words)
        self._numbers = dict(zip(words, range(size), strict=True))
        self._size = size
        keys = firsts.astype(np.int64) * size + seconds
        self._counts: dict[int, int] = dict(zip(keys.tolist(), counts.tolist(), strict=True))
        self._before = np.bincount(firsts, counts, size).tolist()
        self._followers = np.bincount(firsts, minlength=size).tolist()

    def probability(self, last: str, word: str, otherwise: float) -> float:
        """Of a word after another, `otherwise` being what the parts of speech say."""
        first = self._numbers.get(last)
        if first is None or not self._before[first]:
            return otherwise
        second = self._numbers.get(word)
        count = 0 if second is None else self._counts.get(first * self._size + second, 0)
        pair = max(count - _PAIR_DISCOUNT, 0.0)
        mixed: float = (pair + _PAIR_DISCOUNT * self._followers[first] * otherwise) / self._before[first]
        return mixed


class Grammar:
    """Parts of speech in threes, mixed with pairs of words (词性三元组与词对).

    tag_counts, tag_triples: how often parts of speech occur, and three in a row.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        tag_counts: dict[str, int],
        tag_triples: dict[tuple[str, str, str], int],
        word_pairs: WordPairs,
    ) -> None:
        self._lexicon = lexicon
        self._tag_counts = tag_counts
        self._all_tags = sum(tag_counts.values())
        self._triples = tag_triples
        self._pairs: dict[tuple[str, str], int] = {}
        self._before_triple: dict[tuple[str, str], int] = {}
        self._before_pair: dict[str, int] = {}
        for (first, second, third), count in tag_triples.items():
            self._pairs[second, third] = self._pairs.get((second, third), 0) + count
            self._before_triple[first, second] = self._before_triple.get((first, second), 0) + count
            self._before_pair[second] = self._before_pair.get(second, 0) + count
        self._word_pairs = word_pairs
        self._seen: dict[tuple[str, str, str], float] = {}

    def score(self, text: str) -> float:
        """Natural logarithm of the probability of the best cut of `text` (symbols) into words."""
        best: list[dict[tuple[str, str], float]] = [{} for _ in range(len(text) + 1)]
        step = self._word_pairs.probability
        best[0][BREAK, BREAK] = 0.0  # (part of speech before the last word, last word) -> score
        for start in range(len(text)):
            histories = best[start]
            for word in self._words_at(text, start):
                ends = best[start + len(word)]
                tag, within = self._lexicon.tag(word), self._lexicon.share(word)
                for (earlier, last), score in histories.items():
                    last_tag = self._lexicon.tag(last)
                    value = score + log(step(last, word, self._triple(earlier, last_tag, tag) * within))
                    if value > ends.get((last_tag, word), _IMPOSSIBLE):
                        ends[last_tag, word] = value
        return max(best[-1].values())

    def _words_at(self, text: str, start: int) -> list[str]:
        """The words that begin at `start`; a single symbol always counts as one."""
        words = [text[start]]
        if is_han(text[start]):
            for end in range(start + 2, min(len(text), start + LONGEST_WORD) + 1):
                if not is_han(text[end - 1]):
                    break
                if text[start:end] in self._lexicon.numbers:
                    words.append(text[start:end])
        return words

    def _triple(self, first: str, second: str, third: str) -> float:
        """Probability of a part of speech after two others."""
        key = (first, second, third)
        known = self._seen.get(key)
        if known is None:
            single = (self._tag_counts.get(third, 0) + 0.1) / self._all_tags
            pair = (self._pairs.get((second, third), 0) + _PSEUDO_PAIR * single) / (
                self._before_pair.get(second, 0) + _PSEUDO_PAIR
            )
            known = self._seen[key] = (self._triples.get(key, 0) + _PSEUDO_TRIPLE * pair) / (
                self._before_triple.get((first, second), 0) + _PSEUDO_TRIPLE
            )
        return known


def grammar_from(arrays: dict[str, Any]) -> Grammar:
    """The grammar out of the stored arrays of the language model."""
    words = strings(arrays["words"])
    names = strings(arrays["tags"])
    numbers = dict(zip(words, range(len(words)), strict=True))
    tags = arrays["word_tags"].tolist()
    triples = {
        (names[first], names[second], names[third]): count
        for first, second, third, count in arrays["tag_triples"].T.tolist()
    }
    return Grammar(
        Lexicon(numbers, names, tags, arrays["word_shares"].tobytes()),
        dict(zip(names, arrays["tag_counts"].tolist(), strict=True)),
        triples,
        WordPairs(strings(arrays["lexicon"]), *arrays["word_pairs"]),
    )
