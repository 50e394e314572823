"""Plants one error in a report (植入错误): a kind of error names the slots it can strike and what it prints there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.generate.chance import Chance
from corpus.generate.facts import Facts
from corpus.generate.habits import chinese

Alter = Callable[[Chance, str, Facts], str]
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """A kind of error (错误类型). where: slots it can strike; every: strikes all of them, so that they agree.

    beside: slots of which one must be there too, its groups filled from `where`: what nothing contradicts is no error
    that a reader could find.
    """

    name: str
    where: re.Pattern[str]
    alter: Alter
    every: bool = False
    beside: str = ""

    def places(self, slots: Mapping[str, str]) -> list[str]:
        """The slots of a report that this kind can strike."""
        found = [slot for slot, text in slots.items() if self.where.match(slot) and text not in ("", "—", "100%")]
        return [slot for slot in found if self._contradicted(slot, slots)]

    def _contradicted(self, slot: str, slots: Mapping[str, str]) -> bool:
        match = self.where.match(slot)
        if not self.beside or match is None:
            return True
        wanted = re.compile(match.expand(self.beside))
        return any(wanted.fullmatch(other) for other in slots if other != slot)


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted error (植入的错误): slot -> what is printed there instead, and what was right."""

    kind: str
    wrong: Mapping[str, str]
    right: Mapping[str, str]


def _swap(chance: Chance, text: str, least: Decimal) -> str:
    """The number in `text` with two neighbouring digits exchanged, or else moved; off by at least `least`."""
    match = _number(text)
    digits = match[0]
    places = [n for n in range(len(digits) - 1) if digits[n].isdigit() and digits[n + 1].isdigit()]
    chance.shuffle(places)
    for n in places:
        new = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        if new[0] != "0" and abs(_value(new) - _value(digits)) >= least:
            return text[: match.start()] + new + text[match.end() :]
    moved = _value(digits) + max(least, Decimal(1)) * chance.of((1, -1, 2))
    new = f"{abs(moved):,}" if "," in digits else f"{abs(moved)}"
    return text[: match.start()] + new + text[match.end() :]


def _number(text: str) -> re.Match[str]:
    """The first number of a slot's text. Raises ValueError where an error is to be planted in words."""
    match = _NUMBER.search(text)
    if match is None:
        raise ValueError(f"no number in {text}")
    return match


def _value(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _rate(chance: Chance, text: str, facts: Facts) -> str:
    """A per cent off by two points or more."""
    return _swap(chance, text, Decimal(2))


def _amount(chance: Chance, text: str, facts: Facts) -> str:
    """An amount with digits exchanged, off by more than its print allows."""
    value = _value(_number(text)[0])
    return _swap(chance, text, max(value / 100, Decimal(1)))


def _count(chance: Chance, text: str, facts: Facts) -> str:
    """A count off by some."""
    number = int(text)
    return str(number + chance.of((-1, 1, 2)) * max(1, number // 20))


def _points(chance: Chance, text: str, facts: Facts) -> str:
    """A score or weight off by one or a half."""
    value = _value(text)
    step = Decimal(1) if "." not in text and facts.habit.decimals == 0 else chance.of((Decimal(1), Decimal("0.5")))
    return str(value - step if value > step else value + step)


def _weight(chance: Chance, text: str, facts: Facts) -> str:
    """A weight off by one or two, upwards, so that no score stands above it."""
    return str(_value(text) + chance.of((1, 2)))


def _grade(chance: Chance, text: str, facts: Facts) -> str:
    """The next grade of the scale."""
    grades = [grade for grade, _ in facts.habit.scale]
    at = grades.index(text)
    return grades[at + 1 if at + 1 < len(grades) else at - 1]


def _heading(chance: Chance, text: str, facts: Facts) -> str:
    """The number of a heading, one too far."""
    for number in range(19, 0, -1):
        if chinese(number) in text:
            return text.replace(chinese(number), chinese(number + 2), 1)
    match = list(re.finditer(r"\d+", text))[-1]
    return text[: match.start()] + str(int(match[0]) + 2) + text[match.end() :]


def _document(chance: Chance, text: str, facts: Facts) -> str:
    """A document number left blank."""
    return re.sub(r"\d+号$", " 号", text)


def _early(chance: Chance, text: str, facts: Facts) -> str:
    """A day one year too early."""
    return text.replace(text[:4], str(int(text[:4]) - 1))


def _number_word(chance: Chance, text: str, facts: Facts) -> str:
    """A number word, one too many."""
    words = [chinese(number) for number in range(11)]
    return words[words.index(text) + 1]


def _kind(name: str, where: str, alter: Alter, every: bool = False, beside: str = "") -> ErrorKind:
    return ErrorKind(name, re.compile(where), alter, every, beside)


_TOLD_TWICE = r"leaf\\.\1\\.(?:told\\.percent@.*|\2@.*)"  # the table prints it too, or a rate follows from it

KINDS = (
    _kind("score-total", r"total\.score@(table|summary|form)", _points),
    _kind("total-restated", r"total\.score@(conclusion|abstract)", _points),
    _kind("grade", r"grade@", _grade, every=True),
    _kind("grade-restated", r"grade@abstract", _grade),
    _kind("score-rate", r"(leaf|top|total)\..*\brate@(table|summary|prose|head|analysis)", _rate),
    _kind("weight-sum", r"leaf\.\d+\.weight@(table|form)", _weight),
    _kind("score-sum", r"leaf\.\d+\.score@(table|form)", _points),
    _kind("prose-score", r"leaf\.\d+\.score@prose", _points),
    _kind("prose-weight", r"leaf\.\d+\.weight@prose", _weight),
    _kind("level1-score", r"top\..*\.score@(conclusion|head|analysis|summary)", _points),
    _kind("level1-weight", r"(top|group)\..*\.weight@(conclusion|head|analysis|summary|table)", _weight),
    _kind("deduction", r"leaf\.\d+\.told\.minus@", _weight),
    _kind("funding-parts", r"source\.\d|item\.\d+\.spent@money|items\.total@money", _amount),
    _kind("funding-table", r"item\.\d+\.(plan|spent)@funds-table|funds\.\w+@funds-table", _amount),
    _kind("funding-equation", r"funds\.recovered@money", _amount),
    _kind("execution-rate", r"funds\.rate@(money|form)|item\.\d+\.rate@funds-table", _rate),
    _kind("rate-restated", r"funds\.rate@problem|leaf\.\d+\.told\.percent@exec", _rate),
    _kind("amount-restated", r"funds\.spent@(problem|form|twice)|leaf\.\d+\.told\.(spent|arrived)@", _amount),
    _kind("unit-conversion", r"funds\.spent@unit", _amount),
    _kind("share", r"survey\.(share|return)@text", _rate),
    _kind("survey-counts", r"answer\.\d\.count@survey|answers\.count@survey", _count),
    _kind("survey-share", r"answer\.\d\.share@survey", _rate),
    _kind("growth", r"series\.growth@text|year\.\d+\.growth@years", _rate),
    _kind("actual-told", r"leaf\.(\d+)\.told\.(actual)@", _count, beside=_TOLD_TWICE),
    _kind("target-quoted", r"leaf\.(\d+)\.told\.(target)@", _count, beside=_TOLD_TWICE),
    _kind("completion-rate", r"leaf\.\d+\.told\.percent@(?!exec)", _rate),
    _kind("execution-score", r"leaf\.0\.score@form", _points),
    _kind("indicator-count", r"count\.([一三])级", _count),
    _kind("group-count", r"count\.二级", _count, beside=r"group\..*\.name@.*"),
    _kind("list-count", r"list\.", _number_word),
    _kind("numbering", r"heading\.[01]\.(.*\.)?[2-9]$", _heading),
    _kind("date-order", r"day\.(draft|final)", _early),
    _kind("document-number", r"document@", _document),
)


def plant(chance: Chance, slots: Mapping[str, str], facts: Facts) -> Planted | None:
    """One error of a kind that this report has a place for; kinds are equally frequent where they fit."""
    kinds = list(KINDS)
    chance.shuffle(kinds)
    for kind in kinds:
        places = kind.places(slots)
        if places:
            struck = places if kind.every else [chance.of(places)]
            new = kind.alter(chance, slots[struck[0]], facts)
            if new != slots[struck[0]]:
                return Planted(kind.name, dict.fromkeys(struck, new), {slot: slots[slot] for slot in struck})
    return None
