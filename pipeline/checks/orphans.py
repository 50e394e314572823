"""Numbers of running text that are printed once (孤数), so that only what they follow from speaks for them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.segment.model import Flow, ReportPart, TableGrid
from pipeline.checks.figures import SCALES
from pipeline.checks.once import exact, once
from pipeline.checks.operand import Operand
from pipeline.checks.slip import is_misprint
from pipeline.checks.texts import Sentence, last_clause
from pipeline.checks.tolerance import HUNDRED

_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_NUMBER = re.compile(
    r"(?P<number>[0-9](?<![0-9.,A-Za-z〔\[/×第-][0-9])[0-9,]*(?:\.[0-9]+)?)(?![0-9.]*[A-Za-z×〕\]])\s?"
    r"(?P<scale>百万|千万|[百千万亿]?)(?P<unit>个?百分点|[%％]|平方公里|平方米|立方米|公里|人次|户次|[\u4e00-\u9fff]?)"
)
_DAY = frozenset("年月日号时")
_PERSONS = {"名": "人", "位": "人", "户": "人", "份": "人"}
_NAME = 40  # characters before a number in which its name stands
_AROUND = 14  # numbers around one that may explain it


@dataclass(eq=False)
class Told:
    """One number of a paragraph (数字). Equal to itself alone; like what is @frozen, never set.

    text: of the paragraph, in which its name stands between `low` and `start`. digits: as printed, without separators
    of thousands. printed: the number before its scale; value: in base units, `scale` times as much. unit: without its
    scale. start, end: offsets in the paragraph, `end` behind the unit of per cents, else behind the last digit.
    """

    text: str
    low: int
    digits: str
    printed: Decimal
    value: Decimal
    scale: Decimal
    unit: str
    start: int
    end: int

    @once
    def name(self) -> str:
        """The words of its own clause before it; few numbers are asked for them, but those again and again."""
        return last_clause(self.text[self.low : self.start], "，,、；;。：:（(").strip()

    @property
    def decimals(self) -> int:
        """How many digits stand behind its point."""
        return len(self.digits.partition(".")[2])

    @property
    def bare(self) -> str:
        """Its digits alone."""
        return self.digits.replace(".", "")

    @property
    def counted(self) -> str:
        """What it counts; people, households and questionnaires alike."""
        return _PERSONS.get(self.unit, self.unit)


def numbers(text: str) -> list[Told]:
    """Every number of a text in order; dates left out."""
    found: list[Told] = []
    last = 0
    for match in _NUMBER.finditer(text):
        number, scale, unit = match.groups()
        if unit in _DAY and not scale:
            continue
        unit, start = "%" if unit == "％" else unit, match.start()
        end = match.end() if unit == "%" else match.end(1)
        digits, factor = number.replace(",", ""), SCALES[scale]
        printed = exact(digits)
        value = printed * factor if scale else printed
        found.append(Told(text, max(last, start - _NAME), digits, printed, value, factor, unit, start, end))
        last = end
    return found


def prints(part: ReportPart) -> Counter[Decimal]:
    """How often each number is printed in a report, whatever its unit."""
    texts = Counter(_DIGITS.findall("\n".join([flow.text for flow in _flows(part)])))
    found: dict[Decimal, int] = {}
    for digits, count in texts.items():
        number = exact(digits.replace(",", ""))
        found[number] = found.get(number, 0) + count
    return Counter(found)


def _flows(part: ReportPart) -> Iterator[Flow]:
    for section in part.sections:
        if section.heading is not None:
            yield section.heading.flow
        for block in section.blocks:
            if isinstance(block, TableGrid):
                yield from (cell.flow for cell in block.cells)
            else:
                yield block.flow


def around(one: Told, told: Sequence[Told]) -> list[Told]:
    """The numbers nearest to one, itself left out."""
    others = [other for other in told if other is not one]
    return sorted(others, key=lambda other: abs(other.start - one.start))[:_AROUND]


def misprints(one: Told, value: Decimal) -> bool:
    """Whether a number is `value`, printed with as many decimals, with one digit wrong or two exchanged.

    value: before its scale, rounded to the digits of `one`. What differs in the last digit only may be rounded
    otherwise.
    """
    fitting = f"{value:f}".replace(".", "")
    return one.bare[:-1] != fitting[:-1] and is_misprint(one.bare, fitting)


def sentence_of(text: str, at: int) -> tuple[int, int]:
    """Where the sentence that holds an offset begins and ends."""
    stops = [end for end in (text.find(sign, at) for sign in "。\n") if end >= 0]
    return max(text.rfind(sign, 0, at) for sign in "。\n") + 1, min(stops, default=len(text))


def operand(paragraph: Sentence, one: Told, role: str = "operand") -> Operand:
    """The operand that a number of a paragraph gives."""
    span = paragraph.span(one.start, one.end)
    text = paragraph.text[one.start : one.end].strip()
    return Operand(f"text.number.{span.page}.{span.line}.{paragraph.start + one.start}", role, text, one.value, span)


def explains_rate(rate: Told, told: Iterable[Told]) -> bool:
    """Whether any two of these numbers give a rate, as their ratio, change, share, sum, difference or mean."""
    step, shown = Decimal(1).scaleb(-rate.decimals), rate.printed
    amounts = [one.value for one in told if one.unit != "%"]
    rates = [one.printed for one in told if one.unit == "%"]
    ways = [*_of_amounts(amounts), *_of_rates(rates, amounts)]
    return any(abs(way - shown) <= step for way in ways)


def _of_amounts(amounts: Sequence[Decimal]) -> Iterator[Decimal]:
    for part in amounts:
        for whole in amounts:
            if whole > 0:
                ratio = part * HUNDRED / whole
                yield from (ratio, HUNDRED - ratio, ratio - HUNDRED)
            if part + whole > 0:
                yield part * HUNDRED / (part + whole)


def _of_rates(rates: Sequence[Decimal], amounts: Sequence[Decimal]) -> Iterator[Decimal]:
    for one in rates:
        yield HUNDRED - one
        yield from (one * HUNDRED / whole for whole in amounts if whole > 0)
        for other in rates:
            yield from (one - other, one + other, (one + other) / 2, one * other / HUNDRED)
            if other > 0:
                yield from (one * HUNDRED / other, (one - other) * HUNDRED / other)


def explains_amount(one: Told, told: Sequence[Told]) -> bool:
    """Whether any two of these numbers, or several in a row, give an amount: sum, difference, share or quotient."""
    half = one.scale.scaleb(-one.decimals)
    amounts = [other.value for other in told if other.unit != "%"]
    if any(_makes(one.value, part, amounts[at:], half) for at, part in enumerate(amounts)):
        return True
    if any(_is_share(one, whole, rate) for rate in _beside(one, told) for whole in amounts):
        return True
    return any(
        abs(total - (whole if holding else one.value)) <= half * count
        for total, holding, count in _in_a_row([*told, one], one)
        for whole in (amounts if holding else [one.value])
    )


def _makes(value: Decimal, part: Decimal, others: Sequence[Decimal], half: Decimal) -> bool:
    """Whether a number is the sum or the difference of another and one of these."""
    for other in others:  # noqa: SIM110
        if abs(part + other - value) <= half or abs(abs(part - other) - value) <= half:
            return True
    return False


def _beside(one: Told, told: Sequence[Told]) -> Iterator[Told]:
    """The rates told right before or behind a number, no other number between."""
    before = max((other for other in told if other.start < one.start), key=lambda other: other.start, default=one)
    behind = min((other for other in told if other.start > one.start), key=lambda other: other.start, default=one)
    yield from (rate for rate in (before, behind) if rate.unit == "%")


def _is_share(one: Told, whole: Decimal, rate: Told) -> bool:
    """Whether a printed rate is the amount's share of another, or the other's share of the amount."""
    half = Decimal(6).scaleb(-rate.decimals - 1)
    shares = ((one.value, whole), (whole, one.value), (whole - one.value, whole), (one.value - whole, whole))
    return any(base > 0 and abs(part * HUNDRED / base - rate.printed) <= half for part, base in shares)


def _in_a_row(told: Sequence[Told], one: Told) -> Iterator[tuple[Decimal, bool, int]]:
    """The sums of numbers of its unit that follow each other, whether it is among them, and how many they are."""
    row = sorted((other for other in told if other.unit == one.unit), key=lambda other: other.start)
    for start in range(len(row)):
        total, holding = Decimal(0), False
        for count, other in enumerate(row[start:], 1):
            total, holding = total + other.value, holding or other is one
            if count > 1:
                yield total, holding, count
