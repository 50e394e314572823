"""What the document itself says (文档用语): runs of symbols in its lines, mixed into the field's language.

Evidence is counted once for each raw form it was read from: lines garbled alike would otherwise confirm each
other's wrong reading. A line's own forms are left out when it is read.
"""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import exp, log, prod

from extractors.repair.language_model import NOTHING, LanguageModel
from extractors.repair.stretches import RawLine
from extractors.repair.symbol_counts import ORDER
from extractors.repair.symbols import symbols

Evidence = frozenset[
    tuple[str, str]
]  # runs of 2..ORDER symbols, each with the raw pieces that its characters stem from
Totals = dict[str, tuple[float, float]]  # of contexts: count of their runs, and what shorter ones get
_DISCOUNT = 0.6
_SHARE = 0.5  # of the document in the mixture, where it knows the context
_LITTLE = 1e-6  # less evidence than this is none


@dataclass(slots=True, eq=False)
class Tail:
    """The longest end of a context that the document knows (已见语境).

    totals: for each end of `text`, the shortest first, count of its runs and what shorter ones get. followers: the
    symbols that the document has behind its last. kept: logarithm of what any other keeps of its probability. known:
    of symbols asked for, what their probability is multiplied by, what is added, and the context behind them.
    """

    text: str
    totals: tuple[tuple[float, float], ...]
    kept: float
    followers: AbstractSet[str]
    known: "dict[str, tuple[float, float, Tail]]"


Context = tuple[int, Tail]  # what is remembered of the symbols before a place: by the field's language, by the document


class DocumentModel:
    """The field's language with the document's evidence (本文档语言模型)."""

    def __init__(self, field: LanguageModel) -> None:
        self._field = field
        self._forms: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self.counts: dict[str, float] = {}
        self.totals: Totals = {}
        self.followers: dict[str, set[str]] = {}  # of each symbol, those that stand behind it

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
        self.counts = {run: sum(forms.values()) for run, forms in self._forms.items()}
        totals: defaultdict[str, float] = defaultdict(float)
        left: defaultdict[str, float] = defaultdict(float)
        followers: defaultdict[str, set[str]] = defaultdict(set)
        for run, count in self.counts.items():
            if len(run) == 2:
                followers[run[0]].add(run[1])
            totals[run[:-1]] += count
            left[run[:-1]] += min(count, _DISCOUNT)
        self.totals = {context: (total, left[context]) for context, total in totals.items()}
        self.followers = dict(followers)

    def without(self, evidence: Evidence) -> "LineLanguage":
        """The language of a reader who does not know the line that gave `evidence`; the one before is used no more."""
        self._field.trim()
        own, contexts = self._without(evidence)
        return LineLanguage(self._field, self, own, contexts)

    def _without(self, evidence: Evidence) -> tuple[dict[str, float], Totals]:
        """What a line gave itself: counts of its runs; and the contexts in it, without what it gave them."""
        own: dict[str, float] = {}
        for run, form in evidence:
            weight = self._forms[run].get(form) if run in self._forms else None
            if weight:
                own[run] = own.get(run, 0.0) + weight
        contexts: Totals = {}
        for run, count in own.items():
            everything = self.counts[run]
            total, left = contexts.get(run[:-1]) or self.totals[run[:-1]]
            less = min(everything, _DISCOUNT) - min(everything - count, _DISCOUNT)
            contexts[run[:-1]] = total - count, left - less
        return own, contexts


class LineLanguage:
    """How likely symbols are for a reader who does not know the line (行外语言).

    own: counts of the line's runs; own_totals: what they leave in contexts.
    """

    def __init__(
        self, field: LanguageModel, document: "DocumentModel", own: dict[str, float], own_totals: Totals
    ) -> None:
        self._field = field
        self._counts = document.counts
        self._totals = document.totals
        self._followers = document.followers
        self._own = own
        self._own_totals = own_totals
        self._known = field.known
        self._pairs = field.pairs
        nothing = Tail("", (), 0.0, frozenset(), {})
        self.nothing: Context = NOTHING, nothing
        self._tails = {"": nothing}
        self._alone: dict[str, set[str]] = {}  # of each symbol, those that only the line itself has behind it
        for run, count in own.items():
            if len(run) == 2 and self._counts[run] - count < _LITTLE:
                self._alone.setdefault(run[0], set()).add(run[1])

    def behind(self, text: str) -> Context:
        """The context that symbols make."""
        context = self.nothing
        for symbol in text:
            _, context = self.follow(context, symbol)
        return context

    def known_before(self, symbol: str, letters: Iterable[str]) -> list[str]:
        """Those of `letters` that were ever seen right before `symbol`; behind others it is no likelier than alone."""
        followers, pairs = self._followers, self._pairs
        return [letter for letter in letters if symbol in followers.get(letter, ()) or pairs[letter + symbol]]

    def follow(self, context: Context, symbol: str) -> tuple[float, Context]:
        """Natural logarithm of the probability of `symbol` in a context, and the context behind it."""
        field, tail = context
        plain, behind = self._known.get(field + ord(symbol)) or self._field.follow(field, symbol)
        if symbol in tail.followers:
            share, count, after = tail.known.get(symbol) or self._count(tail, symbol)
            return log(share * exp(plain) + count), (behind, after)
        return plain + tail.kept, (behind, self._tails.get(symbol) or self._tail(symbol))

    def _count(self, tail: Tail, symbol: str) -> tuple[float, float, Tail]:
        """Of a symbol that the document has behind the last of a context: what its probability in the field's
        language is multiplied by, what is added to that, and the context behind. The longest contexts weigh most."""
        share, added = 1.0, 0.0
        for length, (total, left) in enumerate(tail.totals, 1):
            run = tail.text[-length:] + symbol
            count = self._counts.get(run)
            if not count:  # nor are longer runs known
                for all_runs, kept in tail.totals[length - 1 :]:
                    share *= kept / all_runs
                    added *= kept / all_runs
                break
            count -= self._own.get(run, 0.0) + _DISCOUNT
            share *= left / total
            added = ((count if count > 0.0 else 0.0) + left * added) / total
        text = tail.text[2 - ORDER :] + symbol
        after = self._tails.get(text) or self._tail(text)
        found = tail.known[symbol] = _SHARE * share + 1 - _SHARE, _SHARE * added, after
        return found

    def _tail(self, text: str) -> Tail:
        """What the document knows of a context, but for what it has from the line alone."""
        shorter = self._tails.get(text[1:]) or self._tail(text[1:])
        found = self._own_totals.get(text) or self._totals.get(text)
        if found is None or found[0] < _LITTLE or len(shorter.totals) < len(text) - 1:
            tail = shorter
        else:
            totals = (*shorter.totals, found)
            kept = prod(left / total for total, left in totals)
            followers = shorter.followers or self._behind(text[-1])
            tail = Tail(text, totals, log(_SHARE * kept + 1 - _SHARE), followers, {})
        self._tails[text] = tail
        return tail

    def _behind(self, symbol: str) -> AbstractSet[str]:
        """The symbols that the document has behind one, but for those that only the line itself has there."""
        followers = self._followers[symbol]
        return followers - self._alone[symbol] if symbol in self._alone else followers


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
