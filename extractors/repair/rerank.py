"""Readings of a line weighed again (重排): of two that read equally well, the one that needs fewer strangers is true.

The search charges blocks and runs where they begin; here the finished reading is looked at as a whole. Weights are
fitted on simulated lines that the language model had not seen (`corpus/fit_rerank.py`).
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.repair.fallback import Block, FallbackClass, blocks
from extractors.repair.lines import LineReading, text_of
from extractors.repair.stretches import RawLine
from extractors.repair.symbols import symbols

_PHRASE = 3  # symbols that count as a phrase when they are said again
SETTLED = 25.0  # nats of margin that no weight makes good

Traits = tuple[float, float, float]
# In nats: a run of one character; a character other than fallback in the first of three runs, where only fallback
# characters belong, besides what the search charged for it; a phrase that the line says again.
WEIGHTS: Traits = (0.45, -0.9, 2.0)


def rerank(line: RawLine, readings: list[LineReading], fallback: FallbackClass) -> list[LineReading]:
    """The readings of a line, best first, by their scores and their traits; scores stay in nats."""
    if len(readings) == 1 or readings[0].score - readings[1].score > SETTLED:
        return readings
    judged = []
    for reading in readings:
        found = traits(line, reading, fallback)
        judged.append(replace(reading, score=reading.score + sum(map(float.__mul__, found, WEIGHTS))))
    return sorted(judged, key=lambda reading: -reading.score)


def traits(line: RawLine, reading: LineReading, fallback: FallbackClass) -> Traits:
    """What WEIGHTS weighs (读法特征): how often each of it occurs in the reading."""
    single = strangers = 0
    for stretch in line.stretches:
        end = stretch.start + len(stretch.symbols)
        order = tuple(index - stretch.start for index in reading.order[stretch.start : end])
        for block in blocks(order):
            if block.cuts:
                single += _single(block)
                strangers += _strangers(block, stretch.symbols, fallback)
    again = _said_again(symbols(text_of(line, reading)))
    return float(single), float(strangers), float(again)


def _single(block: Block) -> int:
    """Runs of one character."""
    return sum(after == begin + 1 for begin, after in pairwise((block.first, *block.cuts, block.last + 1)))


def _strangers(block: Block, letters: str, fallback: FallbackClass) -> int:
    """Characters of the first of three runs that are no fallback characters; two runs need not have a fallback run."""
    if len(block.cuts) < 2:
        return 0
    costs = (fallback.costs(letter) for letter in letters[block.first : block.cuts[0]])
    return sum(as_fallback >= as_other for as_fallback, as_other in costs)


def _said_again(text: str) -> int:
    """Places where a phrase stands that stood before in the line."""
    phrases: Sequence[str] = [text[start : start + _PHRASE] for start in range(len(text) - _PHRASE + 1)]
    return len(phrases) - len(set(phrases))
