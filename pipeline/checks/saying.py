"""Which sentences print a word (词句检索): most reports print none of those that the rules ask for."""

from bisect import bisect_right
from itertools import accumulate

from pipeline.checks.texts import Sentence

_APART = "\0"  # between two sentences: no word that is asked for holds it


class Said:
    """The sentences of a report as one text, searched once for each word; several rules ask for the same."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        """Take all sentences, in reading order."""
        self._sentences = sentences
        self._text = _APART.join([one.text for one in sentences])
        self._ends = list(accumulate([len(one.text) + 1 for one in sentences]))
        self._known: dict[tuple[str, ...], tuple[Sentence, ...]] = {}

    def by(self, words: tuple[str, ...]) -> tuple[Sentence, ...]:
        """The sentences that print one of these words, in order."""
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = self._found(words)
        return known

    def _found(self, words: tuple[str, ...]) -> tuple[Sentence, ...]:
        text, ends, found = self._text, self._ends, set[int]()
        for word in words:
            at = text.find(word)
            while at >= 0:
                number = bisect_right(ends, at)
                found.add(number)
                at = text.find(word, ends[number])
        return tuple([self._sentences[number] for number in sorted(found)])
