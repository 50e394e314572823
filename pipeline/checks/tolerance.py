"""How printed numbers are compared (容差): exact decimals, the interval a print stands for, half-up, truncation."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Literal

from extractors.frozen import frozen
from normalizers.records import ReportedNumber, half_unit

# How a printed value follows from a computed one; all but `truncation` and `differs` hold.
Fit = Literal["exact", "half-up", "interval", "truncation", "differs"]

_DOWN = Context(prec=40, rounding=ROUND_FLOOR)
_UP = Context(prec=40, rounding=ROUND_CEILING)
_EXACT = Context(prec=60)
_WIDE = Context(prec=5000)  # a print may have more digits than arithmetic needs
HUNDRED = Decimal(100)


@frozen
class Interval:
    """All values from `low` to `high`, both included (区间); inexact bounds are rounded outwards."""

    low: Decimal
    high: Decimal

    @classmethod
    def exact(cls, value: Decimal) -> "Interval":
        """The one value."""
        return cls(value, value)

    @classmethod
    def printed(cls, number: ReportedNumber) -> "Interval":
        """What a rounded print may stand for: half a unit of its last digit to both sides."""
        half = half_unit(number.digits)
        return cls(number.value - half, number.value + half)

    @classmethod
    def score(cls, number: ReportedNumber) -> "Interval":
        """What a printed score may stand for: quarter points are given as such, finer scores may be rounded."""
        whole = number.value * 4
        return cls.exact(number.value) if whole == whole.to_integral_value() else cls.printed(number)

    def __add__(self, other: "Interval") -> "Interval":
        """The sums."""
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: "Interval") -> "Interval":
        """The differences."""
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def plus(self, signs: Sequence[int], values: Sequence[Decimal]) -> "Interval":
        """With exact values added, or taken off where the sign is negative."""
        low, high = self.low, self.high
        for sign, value in zip(signs, values, strict=True):
            low = _DOWN.add(low, value) if sign > 0 else _DOWN.subtract(low, value)
            high = _UP.add(high, value) if sign > 0 else _UP.subtract(high, value)
        return Interval(low, high)

    def __mul__(self, other: "Interval") -> "Interval":
        """The products."""
        if self.low > 0 and other.low > 0:
            return Interval(_DOWN.multiply(self.low, other.low), _UP.multiply(self.high, other.high))
        pairs = [(one, two) for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(_DOWN.multiply(*pair) for pair in pairs), max(_UP.multiply(*pair) for pair in pairs))

    def divide(self, other: "Interval") -> "Interval | None":
        """The quotients; None where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        if self.low > 0 and other.low > 0:
            return Interval(_DOWN.divide(self.low, other.high), _UP.divide(self.high, other.low))
        pairs = [(one, two) for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(_DOWN.divide(*pair) for pair in pairs), max(_UP.divide(*pair) for pair in pairs))

    def scaled(self, factor: Decimal) -> "Interval":
        """Every value times a positive exact factor."""
        return Interval(_DOWN.multiply(self.low, factor), _UP.multiply(self.high, factor))

    def meets(self, other: "Interval") -> bool:
        """Whether the two share a value."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies inside."""
        return self.low <= value <= self.high


def half_up(value: Decimal, digits: int) -> Decimal:
    """`value` rounded to `digits` decimals, halves away from zero (四舍五入), never to even."""
    return value.quantize(last_place(digits), rounding=ROUND_HALF_UP, context=_WIDE)


def cut(value: Decimal, digits: int) -> Decimal:
    """`value` with the decimals behind `digits` cut off (截断)."""
    return value.quantize(last_place(digits), rounding=ROUND_DOWN, context=_WIDE)


@lru_cache(maxsize=256)
def last_place(digits: int) -> Decimal:
    """The unit of the last of so many decimals."""
    return Decimal(1).scaleb(-digits)


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """dividend ÷ divisor to 60 digits; the divisor is not zero."""
    return _EXACT.divide(dividend, divisor)


def fit(reported: ReportedNumber, computed: Decimal, possible: Interval | None = None) -> Fit:
    """How `reported` follows from `computed`; `possible` is the interval that the operands' prints allow.

    Tried in order: the very value; half-up at the printed digits; the intervals meet; cut off instead of rounded.
    Exact operands leave no interval: 62.5 % is printed 63 %, and 62 % is cut off.
    """
    if reported.value == computed:
        return "exact"
    if half_up(computed, reported.digits) == reported.value:
        return "half-up"
    if possible is not None and possible.low < possible.high and possible.meets(Interval.printed(reported)):
        return "interval"
    if cut(computed, reported.digits) == reported.value:
        return "truncation"
    return "differs"


def restates(one: ReportedNumber, other: ReportedNumber) -> Fit:
    """How two prints of one fact agree: equal, or the shorter print is the longer one rounded."""
    if one.value == other.value:
        return "exact"
    short, long = (one, other) if one.digits < other.digits else (other, one)
    if short.digits == long.digits:
        return "differs"
    return fit(short, long.value)


def satisfies(value: Decimal, claim: ReportedNumber) -> bool | None:
    """Whether `value` lies on the side that the claim's bound names (`1000 个以上`); None without such a bound."""
    match claim.bound:
        case ">=":
            return value >= claim.value
        case ">":
            return value > claim.value
        case "<=":
            return value <= claim.value
        case "<":
            return value < claim.value
    return None


def written(value: Decimal, digits: int | None = None) -> str:
    """`value` as plain text without exponent: as many decimals as it has, or half-up to `digits`."""
    shown = value if digits is None else half_up(value, digits)
    text = str(shown)  # in half the time, and the same where it needs no exponent
    if "E" in text:
        text = format(shown, "f")
    return text.rstrip("0").rstrip(".") if digits is None and "." in text else text
