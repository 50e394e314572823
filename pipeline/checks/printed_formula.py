"""Check: a formula printed with its numbers gives the result printed behind it (文中算式)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import verdict_of
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, Interval, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "printed-formula"
_UNIT = r"(?:亿元|万元|元|分|个|家|户|人次|人|天|台|套|公里|亩|吨|份|次)?"
_NUMBER = rf"\d[\d,]{{0,20}}(?:\.\d{{1,6}})?\s{{0,2}}[%％]?\s{{0,2}}{_UNIT}"
_NAME = r"[\u4e00-\u9fff]{1,14}"  # of an operand: `实际到位68万元/预算安排70万元`
_WITHIN = re.compile(r"[÷/×*＋+−][^，。；=＝\d]{1,14}$")  # an operand whose formula began further left
_FORMULA = re.compile(
    rf"(?<![\d,.])(?P<left>[(（\[]?\s?{_NUMBER}(?:\s?[)）]?\s?(?:[+＋\-−×xX*÷/]|[×xX*÷/]{_NAME})\s?[(（]?\s?{_NUMBER}){{1,12}}\s?[)）\]]?"
    rf"(?:\s?[×xX*]\s?100\s?[%％])?)\s?[=＝≈]\s?(?P<right>\d[\d,]{{0,20}}(?:\.\d{{1,6}})?\s?[%％]?)"
)
_TOKEN = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<percent>[%％])?|(?P<sign>[+＋\-−×xX*÷/()（）\[\]])")
_SIGNS = {"＋": "+", "−": "-", "x": "×", "X": "×", "*": "×", "/": "÷", "（": "(", "）": ")", "[": "(", "]": ")"}


@frozen
class Value:
    """A number of a formula with the interval its print allows (算式中的数)."""

    point: Decimal
    span: Interval


class Unreadable(Exception):  # noqa: N818 - an answer of the small parser, caught where it is called
    """What stands left of the sign of equality is no arithmetic."""


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("=", "＝", "≈"):
        for match in _FORMULA.finditer(sentence.text):
            units = set(re.findall(r"亿元|万元|元", match["left"]))
            within = _WITHIN.search(sentence.text, max(match.start() - 16, 0), match.start())
            if len(units) <= 1 and not within and not _converts(units, sentence.text[match.end() : match.end() + 2]):
                yield from _evaluated(sentence, match)


def _converts(units: set[str], behind: str) -> bool:
    """Whether the result stands in another unit of money than the operands: `950万元÷3,260户=2,914元`."""
    result = re.match(r"亿元|万元|元", behind)
    return result is not None and bool(units) and result[0] not in units


def _evaluated(sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    try:
        value = Parser(match["left"]).whole()
    except (Unreadable, ArithmeticError):
        return
    printed = match["right"].strip()
    digits = printed.rstrip("%％ ").replace(",", "")
    percent = printed[-1] in "%％"
    number = ReportedNumber(printed, Decimal(digits), len(digits.partition(".")[2]), "%" if percent else "")
    scale = HUNDRED if percent and not re.search(r"100\s*[%％]\s*$", match["left"]) else Decimal(1)
    if percent and scale == 1:
        scale = HUNDRED
    yield _relation(sentence, match, number, Value(value.point * scale, value.span.scaled(scale)))


def _relation(sentence: Sentence, match: re.Match[str], number: ReportedNumber, value: Value) -> Relation:
    how = fit(number, value.point, value.span)
    span = sentence.span(match.start(), match.end(), 0)
    computed = written(value.point, max(number.digits, 2)) + ("%" if number.percent else "")
    relation = Relation(
        RULE,
        verdict_of(how),
        (Operand("text.formula", "operand", match["left"].strip(), None, span),),
        (
            Operand(
                f"text.formula.{span.page}.{span.line}.{match.start()}", "reported", number.printed, number.value, span
            ),
        ),
        formula=f"{match['left'].strip()} = {computed}",
        reported=number.printed,
        computed=computed,
        low=value.span.low,
        high=value.span.high,
        difference=number.value - value.point,
        severity="info" if how == "truncation" else "error",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"文中算式结果不符：列示 {number.printed}，应为 {computed}",
        message=f"{where(span)}“{quote(span, number.printed)}”：{relation.formula}，文中所列为 {number.printed}。",
    )


class Parser:
    """Reads `+ − × ÷` with brackets by precedence; numbers with % are hundredths. Input is at most one formula."""

    def __init__(self, text: str) -> None:
        """Cut the text into numbers and signs, units left out."""
        self._tokens: list[str | Value] = []
        for token in _TOKEN.finditer(text):
            sign = token["sign"]
            self._tokens.append(_SIGNS.get(sign, sign) if sign else _value(token["number"], token["percent"]))
        self._at = 0

    def whole(self) -> Value:
        """The value of everything; raises Unreadable where something is left over."""
        value = self._sum()
        if self._at != len(self._tokens):
            raise Unreadable
        return value

    def _next(self) -> str | Value | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _sum(self) -> Value:
        value = self._product()
        while (sign := self._next()) in ("+", "-"):
            self._at += 1
            other = self._product()
            plus = sign == "+"
            span = value.span + other.span if plus else value.span - other.span
            value = Value(value.point + other.point if plus else value.point - other.point, span)
        return value

    def _product(self) -> Value:
        value = self._factor()
        while (sign := self._next()) in ("×", "÷"):
            self._at += 1
            other = self._factor()
            if sign == "×":
                value = Value(value.point * other.point, value.span * other.span)
                continue
            span = value.span.divide(other.span)
            if span is None:
                raise Unreadable
            value = Value(quotient(value.point, other.point), span)
        return value

    def _factor(self) -> Value:
        read = self._next()
        self._at += 1
        if isinstance(read, Value):
            return read
        if read != "(":
            raise Unreadable
        value = self._sum()
        if self._next() != ")":
            raise Unreadable
        self._at += 1
        return value


def _value(number: str, percent: str | None) -> Value:
    digits = number.replace(",", "")
    printed = ReportedNumber(number, Decimal(digits), len(digits.partition(".")[2]))
    span = Interval.printed(printed) if printed.digits else Interval.exact(printed.value)
    return Value(printed.value / 100, span.scaled(Decimal("0.01"))) if percent else Value(printed.value, span)


CHECK = Check(
    rule=RULE,
    name="文中算式",
    what="A formula written out with its numbers gives the result that stands behind its sign of equality.",
    why="Reports print formulas to prove their scores; a result that does not follow proves nothing.",
    formula="numbers and signs left = number right",
    tolerance="half-up at the printed digits, else the interval of the decimals printed left",
    severity="error",
    source="财预〔2020〕10号第二十五条（依据充分、数据真实）",
    test=_test,
    fold="alone",
    agrees=("文 资金到位率=（3.9亿元/4.2亿元）×100%=92.86%。", "文 该指标得分=6×92.5%=5.55分。"),
    disagrees=("文 该指标得分=6×92.5%=5.65分。", "文 三项合计12.5+7.5+3=24万元。"),
    false_alarms=("formulas over several units", "formulas of words"),
)
