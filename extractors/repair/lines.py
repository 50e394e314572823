"""Readings of one line (行的读法): its stretches' readings side by side, judged again as a whole."""

from collections.abc import Sequence
from operator import itemgetter

from extractors.frozen import frozen
from extractors.repair.document_model import LineLanguage
from extractors.repair.fallback import FallbackClass
from extractors.repair.grammar import Grammar
from extractors.repair.neighbours import Surroundings
from extractors.repair.order import OrderSearch
from extractors.repair.steps import PRICES
from extractors.repair.stretches import RawLine, Stretch
from extractors.repair.symbols import symbols
from extractors.repair.terms import TERMS, letters_in_row

MOST_SYMBOLS = 120  # of a line that is searched; no page sets longer lines, and time grows with the square
READINGS = 8  # of a line that are weighed against each other
GRAMMAR_WEIGHT = 0.3
HOPELESS = 9.0  # nats behind the best, which the grammar does not make good
_ROW_OF_TERMS = 0.6  # nats for each letter beyond two a term, where a line is nothing but standard terms: heads
_AS_PRINTED = 2.0  # nats in favour of the printed order: what is in order must stay so
_BAD_BREAK = 6.0  # nats: typesetting never lets these stand at the edge of a line
_NEVER_FIRST = frozenset("，。；：、）》！？”〕％%")
_NEVER_LAST = frozenset("（《“〔")
_BOTH_TERMS, _ONE_TERM = 0.1, 0.4  # shares of a blank's price where terms stand on both sides or on one
_BACK = 12  # tokens looked back for the symbol before a stretch


@frozen
class LineReading:
    """One reading of a line. order: indices of its tokens, in repaired order; score: nats."""

    order: tuple[int, ...]
    score: float


def read_line(
    line: RawLine, around: Surroundings, language: LineLanguage, fallback: FallbackClass, grammar: Grammar
) -> list[LineReading]:
    """The likeliest readings, best first; the printed order where the blanks allow none."""
    if sum(len(stretch.symbols) for stretch in line.stretches) > MOST_SYMBOLS:
        return [LineReading(tuple(range(len(line.tokens))), 0.0)]
    readings = [LineReading((), 0.0)]
    done = 0
    for stretch in line.stretches:
        end = stretch.start + len(stretch.symbols)
        found = _stretch_readings(line, stretch, around, language, fallback)
        between = tuple(range(done, stretch.start))
        scored = [(reading.score + score, reading.order, order) for reading in readings for order, score in found]
        scored.sort(key=itemgetter(0), reverse=True)
        readings = [LineReading((*before, *between, *order), score) for score, before, order in scored[:READINGS]]
        done = end
    rest = tuple(range(done, len(line.tokens)))
    readings = [LineReading(reading.order + rest, reading.score) for reading in readings]
    return _judge(line, around, readings, grammar)


def _stretch_readings(
    line: RawLine, stretch: Stretch, around: Surroundings, language: LineLanguage, fallback: FallbackClass
) -> list[tuple[tuple[int, ...], float]]:
    """Orders of the stretch's tokens with their scores."""
    start, end = stretch.start, stretch.start + len(stretch.symbols)
    if end - start == 1:
        return [(tuple(range(start, end)), 0.0)]
    left = symbols(line.text(max(0, start - _BACK), start))[-1:] or around.left
    is_last = end == len(line.tokens)
    right = around.right if is_last else ((1.0, symbols(line.text(end, end + 1))),)
    search = OrderSearch(stretch, fallback, language, _gap_prices(stretch))
    found = search.readings(left, right, READINGS)
    if not found:
        return [(tuple(range(start, end)), 0.0)]
    return [
        (
            tuple(start + place for place in reading.order),
            reading.score - _edge_price(stretch, reading.order, start == 0, is_last),
        )
        for reading in found
    ]


def _edge_price(stretch: Stretch, order: Sequence[int], is_first: bool, is_last: bool) -> float:
    """Price of a mark where a line never breaks."""
    price = _BAD_BREAK if is_first and stretch.symbols[order[0]] in _NEVER_FIRST else 0.0
    return price + (_BAD_BREAK if is_last and stretch.symbols[order[-1]] in _NEVER_LAST else 0.0)


def _gap_prices(stretch: Stretch) -> list[float] | None:
    """For each place the price of taking the blank before it for one between cells: low beside standard terms."""
    cuts = [place for place, mark in enumerate(stretch.marks) if mark is True and place]
    if not cuts:
        return None
    pieces = [
        stretch.symbols[first:last] in TERMS
        for first, last in zip([0, *cuts], [*cuts, len(stretch.symbols)], strict=True)
    ]
    prices = [PRICES.gap] * len(stretch.symbols)
    for place, left, right in zip(cuts, pieces[:-1], pieces[1:], strict=True):
        if left or right:
            prices[place] = PRICES.gap * (_BOTH_TERMS if left and right else _ONE_TERM)
    return prices


def _judge(line: RawLine, around: Surroundings, readings: list[LineReading], grammar: Grammar) -> list[LineReading]:
    """The readings with the grammar's opinion, best first."""
    readings = [reading for reading in readings if reading.score > readings[0].score - HOPELESS]
    if len(readings) == 1:
        return readings
    right = around.right[0][1] if around.right else ""
    printed = tuple(range(len(line.tokens)))
    texts = [symbols(text_of(line, reading)) for reading in readings]
    opinions = {text: grammar.score(around.left + text + right) for text in sorted(texts)}  # those that begin alike
    judged = [
        LineReading(
            reading.order,
            reading.score
            + GRAMMAR_WEIGHT * opinions[text]
            + (_AS_PRINTED if reading.order == printed else 0.0)
            + _ROW_OF_TERMS * letters_in_row(text),
        )
        for reading, text in zip(readings, texts, strict=True)
    ]
    return sorted(judged, key=lambda reading: -reading.score)


def text_of(line: RawLine, reading: LineReading) -> str:
    """The reading without blanks."""
    return "".join(line.tokens[index].text for index in reading.order)
