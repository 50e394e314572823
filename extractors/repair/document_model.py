"""What the document itself says (文档用语): runs of symbols in its lines, mixed into the field's language.

Evidence is counted once for each raw form it was read from: lines garbled alike would otherwise confirm each
other's wrong reading. A line's own forms are left out when it is read.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import log

from extractors.repair.language_model import ORDER, LanguageModel, Predict
from extractors.repair.stretches import RawLine
from extractors.repair.symbols import symbols

Evidence = frozenset[
    tuple[str, str]
]  # runs of 2..ORDER symbols, each with the raw pieces that its characters stem from
_DISCOUNT = 0.6
_SHARE = 0.5  # of the document in the mixture, where it knows the context
_LITTLE = 1e-6  # less evidence than this is none


class DocumentModel:
    """The field's language with the document's evidence (本文档语言模型)."""

    def __init__(self, field: LanguageModel) -> None:
        self._field = field
        self._forms: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._counts: dict[str, float] = {}
        self._contexts: dict[str, tuple[float, float]] = {}  # of each: count of its runs, and what shorter ones get

    def add(self, evidence: Evidence, weight: float) -> None:
        """Count the runs of one line. weight: 0..1, how sure its reading is; the surest reading of a form counts."""
        if weight < _LITTLE:
            return
        for run, form in evidence:
            forms = self._forms[run]
            if forms.get(form, 0.0) < weight:
                forms[form] = weight

    def close(self) -> None:
        """Sum up: nothing is added any more."""
        self._counts = {run: sum(forms.values()) for run, forms in self._forms.items()}
        totals: defaultdict[str, float] = defaultdict(float)
        left: defaultdict[str, float] = defaultdict(float)
        for run, count in self._counts.items():
            totals[run[:-1]] += count
            left[run[:-1]] += min(count, _DISCOUNT)
        self._contexts = {context: (total, left[context]) for context, total in totals.items()}

    def without(self, evidence: Evidence) -> Predict:
        """How likely symbols are for a reader who does not know the line that gave `evidence`."""
        own, contexts = self._without(evidence)
        counts, everywhere = self._counts, self._contexts
        field = self._field.probability
        seen: dict[str, float] = {}

        def log_probability(context: str, symbol: str) -> float:
            """Longest contexts weigh most; below all of them lies what the field's language says."""
            run = context[1 - ORDER :] + symbol
            known = seen.get(run)
            if known is not None:
                return known
            result = plain = field(run[:-1], symbol)
            for start in range(len(run) - 2, -1, -1):
                tail = run[start:-1]
                totals = contexts.get(tail) or everywhere.get(tail)
                if totals is None or totals[0] < _LITTLE:
                    break
                count = counts.get(run[start:])
                if count:
                    count = max(count - own.get(run[start:], 0.0) - _DISCOUNT, 0.0)
                    result = (count + totals[1] * result) / totals[0]
                else:
                    result *= totals[1] / totals[0]
            known = seen[run] = log(_SHARE * result + (1 - _SHARE) * plain)
            return known

        return log_probability

    def _without(self, evidence: Evidence) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
        """What a line gave itself: counts of its runs; and the contexts in it, without what it gave them."""
        own: dict[str, float] = {}
        for run, form in evidence:
            weight = self._forms[run].get(form) if run in self._forms else None
            if weight:
                own[run] = own.get(run, 0.0) + weight
        contexts: dict[str, tuple[float, float]] = {}
        for run, count in own.items():
            everything = self._counts[run]
            total, left = contexts.get(run[:-1]) or self._contexts[run[:-1]]
            less = min(everything, _DISCOUNT) - min(everything - count, _DISCOUNT)
            contexts[run[:-1]] = total - count, left - less
        return own, contexts


def raw_evidence(line: RawLine) -> Evidence:
    """The runs inside pieces of the raw line without any blank: mostly true neighbours, before anything is read."""
    pieces: list[str] = []
    piece = ""
    for token in line.tokens:
        if token.blank:
            pieces.append(piece)
            piece = ""
        piece += token.text
    texts = (symbols(text) for text in (*pieces, piece))
    return frozenset((text[start:end], text) for text in texts for start, end in _runs(len(text)))


def read_evidence(line: RawLine, order: Iterable[int]) -> Evidence:
    """The runs of a line read in `order` (indices of its tokens)."""
    letters: list[tuple[str, int]] = []  # symbol, raw piece it stems from; numbers and Latin stem from none
    pieces = _piece_of(line)
    names: dict[int, str] = defaultdict(str)
    for index, token in enumerate(line.tokens):
        if not token.barrier:
            names[pieces[index]] += token.text
    for index in order:
        token = line.tokens[index]
        symbol = symbols(token.text)
        if token.barrier and letters and letters[-1] == (symbol, -1):
            continue
        letters.append((symbol, -1 if token.barrier else pieces[index]))
    text = "".join(symbol for symbol, _ in letters)
    found = set()
    for start, end in _runs(len(text)):
        stems = dict.fromkeys(piece for _, piece in letters[start:end] if piece >= 0)
        found.add((text[start:end], "|".join(names[piece] for piece in stems)))
    return frozenset(found)


def _piece_of(line: RawLine) -> list[int]:
    """For each token the number of its piece; a piece ends at a blank and at a barrier."""
    numbers: list[int] = []
    number = 0
    for index, token in enumerate(line.tokens):
        if token.blank or token.barrier or (index and line.tokens[index - 1].barrier):
            number += 1
        numbers.append(number)
    return numbers


def _runs(length: int) -> Iterable[tuple[int, int]]:
    """Bounds of all runs of 2..ORDER symbols."""
    return ((start, end) for start in range(length) for end in range(start + 2, min(start + ORDER, length) + 1))
