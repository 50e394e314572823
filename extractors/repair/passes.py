"""All lines of a document, several times (逐遍修复): each pass knows the document better than the one before."""

from math import exp

from extractors.frozen import frozen
from extractors.repair.document_model import DocumentModel, Evidence, LineLanguage, raw_evidence, read_evidence
from extractors.repair.fallback import FallbackClass, learn_fallback, vote
from extractors.repair.language_model import LanguageModel
from extractors.repair.lines import HOPELESS, LineReading, read_line, text_of
from extractors.repair.neighbours import Surroundings, surroundings
from extractors.repair.rerank import rerank
from extractors.repair.stretches import RawLine

PASSES = 3
_RAW_WEIGHT = 0.7  # of runs in the raw text, most of which stand as they should
_SURE = 6.0  # nats of margin from which a line is not read again
_SURE_TWICE = 2.0  # the same where a pass that knew the lines around it read it as the pass before


@frozen
class ReadLine:
    """A line with its readings, best first, at least one. is_same: two passes agreed on the best."""

    line: RawLine
    readings: list[LineReading]
    is_same: bool = False

    @property
    def margin(self) -> float:
        """How much better the best reading is than the next, in nats."""
        if len(self.readings) == 1:
            return HOPELESS
        return self.readings[0].score - self.readings[1].score

    @property
    def is_settled(self) -> bool:
        """Whether reading it again would hardly change anything."""
        return self.margin >= (_SURE_TWICE if self.is_same else _SURE)

    @property
    def is_changed(self) -> bool:
        """Whether the best reading says something else than what is printed."""
        return text_of(self.line, self.readings[0]) != self.line.text(0, len(self.line.tokens))


def read_lines(lines: list[RawLine], field: LanguageModel) -> list[ReadLine]:
    """All lines with a stretch to be read, in document order."""
    evidence = [raw_evidence(line) for line in lines]
    weights = [_RAW_WEIGHT] * len(lines)
    fallback = learn_fallback(lines)
    read = [ReadLine(line, [LineReading(tuple(range(len(line.tokens))), 0.0)]) for line in lines]
    for number in range(PASSES):
        model = DocumentModel(field)
        for found, weight in zip(evidence, weights, strict=True):
            model.add(found, weight)
        model.close()
        before, read = read, _one_pass(read, evidence, model, field, fallback, known=number > 0)
        if number + 1 < PASSES:
            fallback = learn_fallback(lines, _votes(read, fallback))
            evidence = [
                found if item is last else read_evidence(item.line, item.readings[0].order)
                for item, last, found in zip(read, before, evidence, strict=True)
            ]
            weights = [_logistic(item.margin - 1.0) for item in read]
    field.forget()
    return [ReadLine(item.line, rerank(item.line, item.readings, fallback)) for item in read]


def _one_pass(
    read: list[ReadLine],
    evidence: list[Evidence],
    model: DocumentModel,
    field: LanguageModel,
    fallback: FallbackClass,
    known: bool,
) -> list[ReadLine]:
    """Read every line once; what is settled stays."""
    around = surroundings([text_of(item.line, item.readings[0]) for item in read], known)
    return [
        item if known and item.is_settled else _read_again(item, place, model.without(own), fallback, field, known)
        for item, own, place in zip(read, evidence, around, strict=True)
    ]


def _read_again(
    item: ReadLine,
    around: Surroundings,
    language: LineLanguage,
    fallback: FallbackClass,
    field: LanguageModel,
    known: bool,
) -> ReadLine:
    """One line read by what a pass knows."""
    readings = read_line(item.line, around, language, fallback, field.grammar)
    return ReadLine(item.line, readings, known and readings[0].order == item.readings[0].order)


def _votes(read: list[ReadLine], fallback: FallbackClass) -> dict[str, float]:
    """What the readings say about the fallback class."""
    votes: dict[str, float] = {}
    for item in read:
        weight = _logistic(item.margin - 2.0)
        for stretch in item.line.stretches:
            end = stretch.start + len(stretch.symbols)
            order = tuple(index - stretch.start for index in item.readings[0].order[stretch.start : end])
            vote(stretch.symbols, order, fallback, weight, votes)
    return votes


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-value))
