"""Which sentences print a word (词句检索): most reports print none of those that the rules ask for."""

from bisect import bisect_right
from itertools import accumulate

from pipeline.checks.texts import Sentence


class Said:
    """The sentences of a report as one text, searched once for each word; several rules ask for the same."""

    def __init__(self, sentences: tuple[Sentence, ...], text: str) -> None:
        """Take all sentences, in reading order. text: theirs, each on a line of its own; no word holds its end."""
        self._sentences, self._text = sentences, text
        self._ends = list(accumulate([len(one.text) + 1 for one in sentences]))
        self._known: dict[tuple[str, ...], tuple[Sentence, ...]] = {}
        self._places: dict[str, list[int]] = {}

    def by(self, words: tuple[str, ...]) -> tuple[Sentence, ...]:
        """The sentences that print one of these words, in order."""
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = self._found(words)
        return known

    def _found(self, words: tuple[str, ...]) -> tuple[Sentence, ...]:
        places = [numbers for word in words if (numbers := self._printing(word))]
        if not places:
            return ()
        found = places[0] if len(places) == 1 else sorted(set().union(*places))
        return tuple([self._sentences[number] for number in found])

    def _printing(self, word: str) -> list[int]:
        """The numbers of the sentences that print a word, in order."""
        found = self._places.get(word)
        if found is None:
            text, ends = self._text, self._ends
            found = self._places[word] = []
            at = text.find(word)
            while at >= 0:
                number = bisect_right(ends, at)
                found.append(number)
                at = text.find(word, ends[number])
        return found
