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
        self._totals: defaultdict[str, float] = defaultdict(float)
        self._left: defaultdict[str, float] = defaultdict(float)

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
        for run, count in self._counts.items():
            self._totals[run[:-1]] += count
            self._left[run[:-1]] += min(count, _DISCOUNT)

    def without(self, evidence: Evidence) -> Predict:
        """How likely symbols are for a reader who does not know the line that gave `evidence`."""
        own, own_totals, own_left = self._own(evidence)
        counts, totals, left = self._counts, self._totals, self._left
        field = self._field.probability
        seen: dict[str, float] = {}

        def probability(context: str, symbol: str, otherwise: float) -> float:
            """Longest contexts weigh most; `otherwise` is what the field's language says."""
            result = otherwise
            for length in range(1, len(context) + 1):
                tail = context[-length:]
                total = totals.get(tail, 0.0)
                if total < _LITTLE:
                    break
                total -= own_totals.get(tail, 0.0)
                if total < _LITTLE:
                    break
                run = tail + symbol
                count = counts.get(run, 0.0)
                if count:
                    count = max(count - own.get(run, 0.0) - _DISCOUNT, 0.0)
                result = (count + (left[tail] - own_left.get(tail, 0.0)) * result) / total
            return result

        def log_probability(context: str, symbol: str) -> float:
            context = context[1 - ORDER :]
            known = seen.get(context + symbol)
            if known is None:
                plain = field(context, symbol)
                mixed = _SHARE * probability(context, symbol, plain) + (1 - _SHARE) * plain
                known = seen[context + symbol] = log(mixed)
            return known

        return log_probability

    def _own(self, evidence: Evidence) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
        """What a line gave itself: counts of runs, and by context their sum and what they left for shorter ones."""
        own: dict[str, float] = {}
        for run, form in evidence:
            weight = self._forms[run].get(form) if run in self._forms else None
            if weight:
                own[run] = own.get(run, 0.0) + weight
        totals: defaultdict[str, float] = defaultdict(float)
        left: defaultdict[str, float] = defaultdict(float)
        for run, count in own.items():
            everything = self._counts[run]
            totals[run[:-1]] += count
            left[run[:-1]] += min(everything, _DISCOUNT) - min(everything - count, _DISCOUNT)
        return own, totals, left


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
