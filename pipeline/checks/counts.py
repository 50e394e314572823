"""Counted things within a clause (句中数量): number, unit, and whether the words call it planned or reached."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen
from extractors.provenance import SourceSpan
from pipeline.checks.counted import SCALES
from pipeline.checks.model import Operand
from pipeline.checks.texts import Sentence, last_clause
from pipeline.checks.tolerance import Interval

# The longer units first: `平方米` is not `平`, `人次` not `人`.
_COUNT = re.compile(
    r"(?P<number>\d(?<![\d.,]\d)(?<!\d[  \u2009\u202f]\d)[\d,]{0,15}+(?:\.\d{1,4}+)?+)\s?(?P<scale>[千万]?)"
    r"(?P<unit>平方公里|平方米|立方米|延米|人次|户次|台次|件次|场次|班次|批次|频次|公里|千米|公顷|社区|课时|学时|行政村|村"
    r"|[人家个户名份场项件所座台套批处亩米册本期只块张辆条根盏株头篇棵间栋幢孔眼口组对节门幅枚支把副例床次吨位部宗笔届轮艘尾羽])"
    r"(?P<vague>余|多|左右|以上)?"
)
_PERSONS = {"名": "人"}  # `212名学员中90人`
_STOPS = "，,：:；;（）()"
STOP = re.compile(f"[{_STOPS}]")
_AROUND = re.compile(r"[约近超]\s?$|≥|不低于")
PLANNED = re.compile(r"计划|目标|任务|预期|拟|(?<![供反响适对效相])应(?![急用对])")
ACTUAL = re.compile(r"实际|已|实(?=[有到装建收发完])")
REACHED = re.compile(ACTUAL.pattern + "|完成|达到")


@frozen
class Count:
    """A count of a sentence (数量): its value, what its print may stand for, its clause, its place in the sentence."""

    value: Decimal
    possible: Interval
    unit: str
    vague: bool
    clause: str
    start: int
    end: int

    def operand(self, sentence: Sentence, key: str = "", role: str = "operand") -> Operand:
        """The operand it gives; its own fact, unless it is told to state another's."""
        text = sentence.text[self.start : self.end].strip()
        span = sentence.span(self.start, self.end)
        return Operand(key or key_at(sentence, self.start, span), role, text, self.value, span)


def counts_in(text: str, start: int, end: int) -> Iterator[Count]:
    """The counts of text[start:end], in order."""
    for match in _COUNT.finditer(text, start, end):
        digits, scale = match["number"].replace(",", ""), SCALES[match["scale"]]
        value = Decimal(digits) * scale
        counted = "." not in digits and not match["scale"]
        half = Decimal(0) if counted else Decimal(5).scaleb(-len(digits.partition(".")[2]) - 1) * scale
        before = last_clause(text[start : match.start()], _STOPS)
        clause = before + STOP.split(text[match.start() : end], 1)[0]
        vague = bool(match["vague"] or _AROUND.search(before))
        yield Count(
            value,
            Interval(value - half, value + half),
            _PERSONS.get(match["unit"], match["unit"]),
            vague,
            clause,
            match.start(),
            match.end(),
        )


def key_at(sentence: Sentence, at: int, span: SourceSpan) -> str:
    """The fact that a number of a sentence states, named by its place."""
    return f"text.count.{span.page}.{span.line}.{sentence.start + at}"
