"""Which words follow which (词序): the best cut of a text into words, judged by parts of speech and word pairs.

A second opinion on whole readings: the symbols' view looks at four neighbours, this one at whole words.
"""

from math import log
from typing import Any

from extractors.repair.stored import frequencies, strings
from extractors.repair.symbols import BREAK, is_han

LONGEST_WORD = 6
_PAIR_DISCOUNT = 0.75
_PSEUDO_PAIR = 5.0  # weight of the next shorter history, in counts
_PSEUDO_TRIPLE = 8.0
_RARE = 1e-7  # of a word within its part of speech, where the dictionary does not have it
_IMPOSSIBLE = -1e9


class Grammar:
    """Parts of speech in threes, mixed with pairs of words (词性三元组与词对).

    tags: part of speech of each word. within: frequency of a word among those of its part of speech.
    tag_counts, tag_pairs, tag_triples, word_pairs: counts; followers: how many different words follow a word.
    """

    def __init__(
        self,
        tags: dict[str, str],
        within: dict[str, float],
        tag_counts: dict[str, int],
        tag_triples: dict[tuple[str, str, str], int],
        word_pairs: dict[tuple[str, str], int],
    ) -> None:
        self._tags = tags
        self._within = within
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
        self._before_word: dict[str, int] = {}
        self._followers: dict[str, int] = {}
        for (first, _), count in word_pairs.items():
            self._before_word[first] = self._before_word.get(first, 0) + count
            self._followers[first] = self._followers.get(first, 0) + 1
        self._seen: dict[tuple[str, str, str], float] = {}

    def score(self, text: str) -> float:
        """Natural logarithm of the probability of the best cut of `text` (symbols) into words."""
        best: list[dict[tuple[str, str], float]] = [{} for _ in range(len(text) + 1)]
        best[0][BREAK, BREAK] = 0.0  # (part of speech before the last word, last word) -> score
        for start in range(len(text)):
            histories = best[start]
            for word in self._words_at(text, start):
                ends = best[start + len(word)]
                tag, within = self.tag(word), self._share(word)
                for (earlier, last), score in histories.items():
                    last_tag = self.tag(last)
                    value = score + log(self._step(last, word, self._triple(earlier, last_tag, tag) * within))
                    if value > ends.get((last_tag, word), _IMPOSSIBLE):
                        ends[last_tag, word] = value
        return max(best[-1].values())

    def tag(self, word: str) -> str:
        """The part of speech of a word; a mark is its own."""
        if not is_han(word[0]):
            return word
        return self._tags.get(word) or ("x" if len(word) == 1 else "n")

    def _words_at(self, text: str, start: int) -> list[str]:
        """The words that begin at `start`; a single symbol always counts as one."""
        words = [text[start]]
        if is_han(text[start]):
            for end in range(start + 2, min(len(text), start + LONGEST_WORD) + 1):
                if not is_han(text[end - 1]):
                    break
                if text[start:end] in self._within:
                    words.append(text[start:end])
        return words

    def _share(self, word: str) -> float:
        """Frequency of the word within its part of speech."""
        return self._within.get(word, _RARE) if is_han(word[0]) else 1.0

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

    def _step(self, last: str, word: str, otherwise: float) -> float:
        """Probability of a word after another, `otherwise` being what the parts of speech say."""
        count = self._before_word.get(last)
        if not count:
            return otherwise
        pair = max(self._word_pairs.get((last, word), 0) - _PAIR_DISCOUNT, 0.0)
        return (pair + _PAIR_DISCOUNT * self._followers[last] * otherwise) / count


def grammar_from(arrays: dict[str, Any]) -> Grammar:
    """The grammar out of the stored arrays of the language model."""
    words = strings(arrays["words"])
    names = strings(arrays["tags"])
    tags = dict(zip(words, (names[index] for index in arrays["word_tags"].tolist()), strict=True))
    within = dict(zip(words, frequencies(arrays["word_shares"]), strict=True))
    tag_counts = dict(zip(names, arrays["tag_counts"].tolist(), strict=True))
    triples = {
        (names[first], names[second], names[third]): count
        for first, second, third, count in arrays["tag_triples"].T.tolist()
    }
    lexicon = strings(arrays["lexicon"])
    pairs = {(lexicon[first], lexicon[second]): count for first, second, count in arrays["word_pairs"].T.tolist()}
    return Grammar(tags, within, tag_counts, triples, pairs)
