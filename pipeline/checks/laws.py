"""Relations as laws between stated values (算式): what one of them may be, given the others, in exact intervals."""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from extractors.frozen import frozen
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds
from pipeline.checks.tolerance import HUNDRED, Interval, half_up, last_place

_NUMBER = re.compile(r"[0-9][0-9,，]*(?:\.([0-9]+))?")
_NONE = Decimal(0)
_VAGUE, _MOST_UNITS = 100, 10**18  # units of the last digit
_CLOSE = 20  # values further apart than a twentieth of themselves are none that could be named
_ALL = Interval(Decimal(-(10**24)), Decimal(10**24))
_NOUGHT = Interval.exact(_NONE)
_EQUALITIES = (
    "narrative-against-table",
    "table-against-table",
    "narrative-restated",
    "total-restated",
    "amount-restated",
    "rate-restated",
    "quantity-restated",
    "unit-conversion",
    "target-quoted",
)
_SUMS = ("score-sum", "weight-sum", "score-total", "weight-total", "amount-total", "component-sum", "told-sum")


class Shape(Protocol):
    """The form of a law (算式的形式)."""

    def implied(self, position: int, others: Sequence[Interval]) -> Interval | None:
        """What the value at `position` may be, given those at all others; None where the law says nothing."""


@frozen
class Linear:
    """Σ sign × value + rest is nought (和差). rest: a constant, give or take what rounding allows."""

    signs: tuple[int, ...]
    rest: Interval = _NOUGHT

    @classmethod
    def rounded(cls, signs: tuple[int, ...], slack: Decimal) -> "Linear":
        """Σ sign × value lies within ± slack."""
        return cls(signs, Interval(-slack, slack))

    def implied(self, position: int, others: Sequence[Interval | None]) -> Interval:
        """Minus the sum of the others, none of which may be unknown, where the sign is positive."""
        rest = self.rest
        for number, (sign, value) in enumerate(zip(self.signs, others, strict=True)):
            if value is not None and number != position:
                rest = rest + value if sign > 0 else rest - value
        return Interval(-rest.high, -rest.low) if self.signs[position] > 0 else rest

    def of(self, values: Sequence[Decimal]) -> Interval:
        """The whole sum for these values; it holds where nought lies in it."""
        return self.rest.plus(self.signs, values)

    def among(self, positions: Sequence[int], values: Sequence[Decimal], whole: Interval) -> "Linear":
        """The shorter sum of these positions, printed with these values in the sum `whole`; the others stay in it."""
        signs = tuple([self.signs[position] for position in positions])
        return Linear(signs, whole.plus([-sign for sign in signs], values))


@frozen
class Ratio:
    """rate + offset = 100 × dividend ÷ divisor (比率); offset is 100 for growth. The three are positions."""

    dividend: int
    divisor: int
    rate: int
    offset: Decimal = _NONE

    def implied(self, position: int, others: Sequence[Interval]) -> Interval | None:
        """The quotient, or one of its two sides."""
        offset = Interval.exact(self.offset)
        if position == self.rate:
            share = others[self.dividend].scaled(HUNDRED).divide(others[self.divisor])
            return None if share is None else share - offset
        times = others[self.rate] + offset
        if position == self.dividend:
            return (times * others[self.divisor]).scaled(1 / HUNDRED)
        return others[self.dividend].scaled(HUNDRED).divide(times)


@frozen
class AtMost:
    """0 ≤ part ≤ whole (不超过). Both are positions."""

    part: int
    whole: int

    def implied(self, position: int, others: Sequence[Interval]) -> Interval:
        """From nothing to the whole; from the part upwards."""
        if position == self.part:
            return Interval(_NONE, others[self.whole].high)
        return Interval(others[self.part].low, _ALL.high)


_BY_SECOND, _BY_FIRST, _GROWTH = Ratio(0, 1, 2), Ratio(1, 0, 2), Ratio(1, 0, 2, offset=HUNDRED)
_THREE: dict[str, Shape] = {
    "score-rate": _BY_FIRST,
    "completion-rate": _BY_FIRST,
    "execution-rate": _BY_SECOND,
    "arrival-rate": _BY_SECOND,
    "counted-share": _BY_SECOND,
    "growth-rate": _GROWTH,
    "told-growth": _GROWTH,
    "execution-score": Ratio(2, 0, 1),
}  # rules of two numbers and their rate, in the order of their operands
_OTHERS = ("full-mark", "survey-sum", "deduction", "budget-equation", "score-over-weight")
_LAWFUL = frozenset((*_EQUALITIES, *_SUMS, *_THREE, *_OTHERS))  # rules whose relations have a shape


@frozen
class Law:
    """A relation that fixes any of its values by the others.

    operands: of the relation, that which it tests last. halves: how far the exact value may lie from each print.
    whole: of a sum of exact values, what it is as printed: it holds where nought lies in it.
    """

    operands: tuple[Operand, ...]
    halves: tuple[Decimal, ...]
    shape: Shape
    whole: Interval | None

    @classmethod
    def made(cls, operands: tuple[Operand, ...], halves: tuple[Decimal, ...], shape: Shape) -> "Law":
        """The law of these operands."""
        exact = isinstance(shape, Linear) and not any(halves)
        values = [one.value or _NONE for one in operands]
        return cls(operands, halves, shape, shape.of(values) if exact and isinstance(shape, Linear) else None)

    def implied(self, position: int, others: Sequence[Interval | None]) -> Interval | None:
        """What may be printed at `position`, given what may be at the others (None: anything, implying nothing)."""
        exact = []
        for number, (domain, half) in enumerate(zip(others, self.halves, strict=True)):
            if number == position:
                exact.append(_ALL)
            elif domain is None:
                return None
            else:
                exact.append(_widened(domain, half))
        found = self.shape.implied(position, exact)
        return None if found is None else _widened(found, self.halves[position])

    def printed(self) -> tuple[Interval | None, ...]:
        """The values as printed; None for a claim in words."""
        return tuple([None if one.value is None else Interval(one.value, one.value) for one in self.operands])

    def among(self, positions: Sequence[int]) -> Linear:
        """The sum of these of its values alone, the others being as printed; of an exact sum only."""
        if not isinstance(self.shape, Linear) or self.whole is None:
            raise TypeError("no sum of exact values")
        return self.shape.among(positions, [self.operands[at].value or _NONE for at in positions], self.whole)

    def alone(self, position: int) -> Interval:
        """What one value of an exact sum may be while the others are as printed."""
        if not isinstance(self.shape, Linear) or self.whole is None:
            raise TypeError("no sum of exact values")
        sign = self.shape.signs[position]
        rest = self.whole.plus((-sign,), (self.operands[position].value or _NONE,))
        return Interval(-rest.high, -rest.low) if sign > 0 else rest

    def satisfied(self) -> bool:
        """Whether it holds for the values as printed."""
        if self.whole is not None:
            return self.whole.holds(_NONE)
        printed = self.printed()
        last = len(printed) - 1
        allowed, value = self.implied(last, printed), self.operands[last].value
        return allowed is None or (value is not None and allowed.holds(value))


def law_of(relation: Relation) -> Law | None:
    """The law behind a relation; None where it is none of numbers, or where ours would judge otherwise than the check.

    The check's verdict is the measure: a law that does not reproduce it from the printed values is not used.
    """
    if relation.rule not in _LAWFUL:
        return None
    operands = (*[one for one in relation.left if one.role != "claim"], *relation.right[:1])
    if len(operands) < 2 or any(one.value is None for one in operands) or _twice(operands):
        return None
    shape = _shape(relation.rule, operands)
    if shape is None:
        return None
    for halves in _halves(relation.rule, operands):
        law = Law.made(operands, halves, shape)
        if law.satisfied() == holds(relation):
            return law
    return None


def _twice(operands: tuple[Operand, ...]) -> bool:
    """Whether one stated value takes part twice."""
    count = len(operands)
    return len({one.key for one in operands}) < count and len({(one.key, one.value) for one in operands}) < count


def _halves(rule: str, operands: tuple[Operand, ...]) -> Iterable[tuple[Decimal, ...]]:
    """How far the exact values may lie from the prints, where the rule runs on intervals: of all, or of the last."""
    exact = (_NONE,) * len(operands)
    if rule not in _THREE:
        return (exact,)
    loose = tuple(map(_half, operands))
    return dict.fromkeys((loose, (*exact[:-1], loose[-1])))


def _shape(rule: str, operands: tuple[Operand, ...]) -> Shape | None:
    shape: Shape | None = None
    size = len(operands)
    if (rule in _EQUALITIES or rule == "full-mark") and size == 2:
        shape = Linear.rounded((-1, 1), _rounding(operands[:1], operands[1:], both=True))
    elif rule in _SUMS:
        shape = Linear.rounded((-1,) * (size - 1) + (1,), _rounding(operands[:-1], operands[-1:]))
    elif rule == "survey-sum":
        shape = Linear(tuple(1 for _ in operands), Interval.exact(-HUNDRED))
    elif rule == "deduction" or (rule == "budget-equation" and size == 3):
        shape = Linear((-1,) + (1,) * (size - 1))
    elif rule == "score-over-weight" and size == 2:
        shape = AtMost(1, 0)
    elif size == 3:
        shape = _THREE.get(rule)
    return shape


def _half(operand: Operand) -> Decimal:
    """How far the exact value behind a print may lie from it."""
    value = operand.value or _NONE
    quarters = value * 4
    exact = operand.key.endswith((".weight", ".score")) and quarters == quarters.to_integral_value()
    return _NONE if exact else unit_of(operand) / 2


def _rounding(addends: tuple[Operand, ...], total: tuple[Operand, ...], both: bool = False) -> Decimal:
    """Half a unit of the total's last digit where it is printed shorter than an addend (or, of two, either is)."""
    fine, coarse = min(map(unit_of, addends)), unit_of(total[0])
    if both:
        fine, coarse = min(fine, coarse), max(fine, coarse)
    return coarse / 2 if fine < coarse else _NONE


def unit_of(operand: Operand) -> Decimal:
    """One unit of the last digit printed, in the unit of the operand's value: 元 for an amount in 万元."""
    text, value = operand.text, operand.value
    if value is not None and text.isascii() and str(value) == text and "E" not in text:  # a plain number
        return last_place(len(text) - text.index(".") - 1 if "." in text else 0)
    match = _NUMBER.search(text)
    if match is None or value is None:
        return _NONE
    printed = Decimal(match[0].replace(",", "").replace("，", ""))
    decimals = len(match[1] or "")
    if not printed or printed == value:
        return last_place(decimals)
    return abs(value / printed).scaleb(-decimals)


def fitting(operand: Operand, allowed: Interval) -> str:
    """The value of as many digits (or one more) that lies in the middle of `allowed`, printed as the operand is.

    '' where none lies there, or so many that it says nothing, or where the value printed is one of them.
    """
    unit, match = unit_of(operand), _NUMBER.search(operand.text)
    width = allowed.high - allowed.low
    if (
        not unit
        or match is None
        or width > _VAGUE * unit
        or (operand.value is not None and allowed.holds(operand.value))
    ):
        return ""
    if width >= unit and width * _CLOSE > abs(allowed.high + allowed.low) / 2:
        return ""  # 0 to 5 points: any would do
    middle = (allowed.low + allowed.high) / unit / 2
    if abs(middle) > _MOST_UNITS:
        return ""
    if (middle * 10) % 1:  # one digit more at most: 382.5 beside 500
        middle = middle.to_integral_value(ROUND_HALF_UP)
    if not allowed.holds(middle * unit) or middle < 0 or (middle == 0 and "%" not in operand.text):
        return ""
    tenths = 1 if middle % 1 else 0
    number = half_up(middle.scaleb(-len(match[1] or "")), len(match[1] or "") + tenths)
    return (f"{number:,f}" if "," in match[0] else f"{number:f}") + operand.text[match.end() :].strip()


def _widened(interval: Interval, half: Decimal) -> Interval:
    return Interval(interval.low - half, interval.high + half) if half else interval
