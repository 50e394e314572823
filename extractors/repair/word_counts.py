"""Words drawn independently (词频): how the letters of an endless text made of such words follow one another.

It covers whatever the field's texts never said.
"""

from typing import Any

from extractors.frozen import frozen
from extractors.repair.stored import FREQUENCIES, strings

UNSEEN_WORD = 1e-8  # of a character as a word of its own that no dictionary has
_LEAST = 1e-9  # probability that this view gives at least
_LOOKS_BACK = 4  # Chinese characters
_CUT = "|"  # stands for all that is before a place where a word surely begins


@frozen
class WordsBefore:
    """The Chinese characters before a place, as far as they bear on the next (前文). text: at most four, or a cut and
    at most three. reach: for each length of a beginning of `text`, the frequency with which words end there.
    mass: expected places of `text` for each word drawn."""

    text: str
    reach: tuple[float, ...]
    mass: float


NO_WORDS = WordsBefore("", (0.0,), 1.0)


class WordCounts:
    """The words and all their pieces; what stands inside a piece is a piece.

    pieces: the number of each piece of words. steps: by that number, the frequencies of the words that are it, begin
    with it, end with it, and the sum over the places inside words where it stands, all as steps of `stored`.
    """

    def __init__(self, pieces: dict[str, int], steps: tuple[bytes, bytes, bytes, bytes]) -> None:
        self._pieces = pieces
        self._words, self._beginnings, self._ends, self._inside = steps
        self._known: dict[str, WordsBefore] = {}

    def follow(self, before: WordsBefore, symbol: str) -> tuple[float, WordsBefore]:
        """Probability of the Chinese character `symbol`, and what stands before the next place."""
        if not before.text:  # a word begins here
            first = max(self._frequency(self._beginnings, symbol), UNSEEN_WORD)
            return first, self._known.get(symbol) or self._first(symbol)
        text = before.text + symbol
        number = self._pieces.get(symbol)
        begins = UNSEEN_WORD if number is None else FREQUENCIES[self._beginnings[number]]
        if begins and text[-2:] not in self._pieces:  # no word goes on over this place
            mass = before.reach[-1] * begins
            return max(mass / before.mass, _LEAST), self._known.get(_CUT + symbol) or self._cut(symbol, begins)
        mass, reach = self._masses(text, before.reach)
        probability = max(mass / before.mass, _LEAST)
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._remembered(text, reach, mass)
        return probability, known

    def is_piece(self, text: str) -> bool:
        """Whether any word holds it."""
        return text in self._pieces

    def forget(self) -> None:
        """Drop what was worked out."""
        self._known.clear()

    def _first(self, symbol: str) -> WordsBefore:
        """Behind one character, before which no word was."""
        reach = (0.0, self._frequency(self._ends, symbol))
        known = self._known[symbol] = WordsBefore(symbol, reach, self._frequency(self._inside, symbol))
        return known

    def _cut(self, symbol: str, begins: float) -> WordsBefore:
        """Behind one character with which a word begins."""
        text = _CUT + symbol
        known = self._known[text] = WordsBefore(text, (0.0, 1.0, self._frequency(self._words, symbol)), begins)
        return known

    def _remembered(self, text: str, reach: tuple[float, ...], mass: float) -> WordsBefore:
        """What of a text bears on the next character."""
        if len(text) <= _LOOKS_BACK:
            return WordsBefore(text, reach, mass)
        before = NO_WORDS
        for symbol in text[-_LOOKS_BACK:]:
            _, before = self.follow(before, symbol)
        return before

    def _masses(self, text: str, reach: tuple[float, ...]) -> tuple[float, tuple[float, ...]]:
        """Of a text: its mass over all ways to cut it into the end of a word, words, and the beginning of a word;
        and how far words reach in it. reach: of all but its last character."""
        mass = end = 0.0
        for start in range(len(text) - 1, -1, -1):
            number = self._pieces.get(text[start:])
            is_single = start == len(text) - 1
            if number is None and not is_single:
                break
            if not start:
                mass += self._frequency(self._inside, text)
                end += self._frequency(self._ends, text)
                break
            mass += reach[start] * (UNSEEN_WORD if number is None else FREQUENCIES[self._beginnings[number]])
            word = 0.0 if number is None else FREQUENCIES[self._words[number]]
            end += reach[start] * (word or (UNSEEN_WORD if is_single else 0.0))
        return mass or UNSEEN_WORD ** len(text), (*reach, end)

    def _frequency(self, steps: bytes, piece: str) -> float:
        """Of one piece in one role; a single character that no dictionary has may yet be a word."""
        number = self._pieces.get(piece)
        return (FREQUENCIES[steps[number]] if number is not None else 0.0) or (UNSEEN_WORD if len(piece) == 1 else 0.0)


def word_counts_from(arrays: dict[str, Any]) -> WordCounts:
    """The masses of all pieces of words, from the stored arrays."""
    pieces = strings(arrays["pieces"])
    words, beginnings, ends, inside = (arrays[f"mass{column}"].tobytes() for column in range(4))
    return WordCounts(dict(zip(pieces, range(len(pieces)), strict=True)), (words, beginnings, ends, inside))
