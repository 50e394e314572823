"""Which words follow which (词序): the best cut of a text into words, judged by parts of speech and word pairs.

A second opinion on whole readings: the symbols' view looks at four neighbours, this one at whole words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np

from extractors.frozen import frozen
from extractors.repair.stored import FREQUENCIES, strings
from extractors.repair.symbols import BREAK, is_han

LONGEST_WORD = 6
_PAIR_DISCOUNT = 0.75
_PSEUDO_PAIR = 5.0  # weight of the next shorter history, in counts
_PSEUDO_TRIPLE = 8.0
_RARE = 1e-7  # of a word within its part of speech, where the dictionary does not have it
_IMPOSSIBLE = -1e9


@frozen
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

    def number(self, word: str) -> int | None:
        """Of a word that was counted."""
        return self._numbers.get(word)

    def after(self, number: int | None) -> tuple[int, float, float] | None:
        """Of a word that others followed: what to add to a number for `count`, how often it stands first, and what is
        left of that for words not counted behind it."""
        if number is None or not self._before[number]:
            return None
        return number * self._size, self._before[number], _PAIR_DISCOUNT * self._followers[number]

    def count(self, key: int) -> float:
        """Of a pair, discounted."""
        return max(self._counts.get(key, 0) - _PAIR_DISCOUNT, 0.0)


@dataclass(slots=True, eq=False)
class _Word:
    """What is known of one word (词). tag: its part of speech; share: its frequency there; number: in the pairs;
    after: as `WordPairs.after`."""

    text: str
    tag: str
    share: float
    number: int | None
    after: tuple[int, float, float] | None


_Ends = dict[tuple[str, _Word], float]  # scores of cuts, by the part of speech before the last word and the last word


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
        self._triple_shares: dict[tuple[str, str, str], float] = {}
        self._words: dict[str, _Word] = {}
        self._scores: dict[str, float] = {}
        self._cut = ""  # the text cut last, and for each place in it the scores of the best cuts that end there, by
        self._ends: list[_Ends] = []  # the part of speech before the last word and the last word
        self.forget()

    def score(self, text: str) -> float:
        """Natural logarithm of the probability of the best cut of `text` (symbols) into words."""
        known = self._scores.get(text)
        if known is None:
            known = self._scores[text] = self._best_cut(text)
        return known

    def forget(self) -> None:
        """Drop what was worked out."""
        self._words.clear()
        self._scores.clear()
        self._cut = ""
        self._ends = [{(BREAK, self._word(BREAK)): 0.0}]

    def _best_cut(self, text: str) -> float:
        """The score of the best cut. What was worked out for the beginning that the text shares with the last one
        asked for is taken from there."""
        known = _shared(self._cut, text)
        self._cut = text
        del self._ends[known + 1 :]
        for end in range(known + 1, len(text) + 1):
            ends: _Ends = {}
            for start in self._starts_of_words(text, end):
                word = text[start:end]
                self._go_on(self._ends[start], self._words.get(word) or self._word(word), ends)
            self._ends.append(ends)
        return max(self._ends[-1].values())

    def _go_on(self, cuts: _Ends, word: _Word, ends: _Ends) -> None:
        """Write into `ends` the scores of the cuts that go on with a word, where they are the best so far."""
        shares, count = self._triple_shares, self._word_pairs.count
        for (earlier, last), score in cuts.items():
            key = earlier, last.tag, word.tag
            likely = (shares.get(key) or self._triple(*key)) * word.share
            if last.after is not None:
                first, before, left = last.after
                pair = 0.0 if word.number is None else count(first + word.number)
                likely = (pair + left * likely) / before
            value = score + log(likely)
            end = last.tag, word
            if value > ends.get(end, _IMPOSSIBLE):
                ends[end] = value

    def _word(self, text: str) -> _Word:
        """What is known of one word."""
        known = self._words.get(text)
        if known is None:
            number = self._word_pairs.number(text)
            after = self._word_pairs.after(number)
            known = _Word(text, self._lexicon.tag(text), self._lexicon.share(text), number, after)
            self._words[text] = known
        return known

    def _starts_of_words(self, text: str, end: int) -> list[int]:
        """Where the words begin that end at `end`; a single symbol always counts as one."""
        starts = [end - 1]
        if is_han(text[end - 1]):
            words = self._lexicon.numbers
            for start in range(end - 2, max(0, end - LONGEST_WORD) - 1, -1):
                if not is_han(text[start]):
                    break
                if text[start:end] in words:
                    starts.append(start)
        return starts

    def _triple(self, first: str, second: str, third: str) -> float:
        """Probability of a part of speech after two others."""
        single = (self._tag_counts.get(third, 0) + 0.1) / self._all_tags
        pair = (self._pairs.get((second, third), 0) + _PSEUDO_PAIR * single) / (
            self._before_pair.get(second, 0) + _PSEUDO_PAIR
        )
        share = (self._triples.get((first, second, third), 0) + _PSEUDO_TRIPLE * pair) / (
            self._before_triple.get((first, second), 0) + _PSEUDO_TRIPLE
        )
        self._triple_shares[first, second, third] = share
        return share


def _shared(first: str, second: str) -> int:
    """Length of the beginning that two texts share."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


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
