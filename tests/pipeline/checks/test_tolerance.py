"""Intervals, half-up and truncation: the laws that comparing printed numbers rests on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.tolerance import HUNDRED, Interval, cut, fit, half_up, quotient, restates, satisfies, written

VALUES = st.decimals(min_value=-10_000, max_value=10_000, places=4, allow_nan=False, allow_infinity=False)
POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=10_000, places=4, allow_nan=False, allow_infinity=False)
DIGITS = st.integers(min_value=0, max_value=3)


def printed(text: str) -> ReportedNumber:
    """The number that `text` prints."""
    number = parse(text)
    assert number is not None
    return number


def print_of(value: Decimal, digits: int) -> ReportedNumber:
    """`value` as a report prints it with so many decimals."""
    rounded = half_up(value, digits)
    return ReportedNumber(str(rounded), rounded, digits)


@given(VALUES, DIGITS)
def test_interval_of_a_print_contains_what_was_rounded_to_it(value: Decimal, digits: int) -> None:
    """Whatever value was printed half-up lies in the interval that the print stands for."""
    assert Interval.printed(print_of(value, digits)).holds(value)


@given(VALUES, VALUES, DIGITS, DIGITS)
def test_sum_difference_and_product_of_intervals_contain_those_of_their_members(
    one: Decimal, two: Decimal, digits: int, others: int
) -> None:
    """Arithmetic on intervals never loses the true result."""
    left, right = Interval.printed(print_of(one, digits)), Interval.printed(print_of(two, others))
    assert (left + right).holds(one + two)
    assert (left - right).holds(one - two)
    assert (left * right).holds(one * two)


@given(VALUES, POSITIVE, DIGITS)
def test_quotient_of_intervals_contains_the_quotient(one: Decimal, two: Decimal, digits: int) -> None:
    """Division rounds its bounds outwards; a divisor that may be zero gives no interval."""
    left, right = Interval.printed(print_of(one, digits)), Interval.printed(print_of(two, digits))
    found = left.divide(right)
    if right.low <= 0 <= right.high:
        assert found is None
    else:
        assert found is not None and found.low <= quotient(one, two) <= found.high


@given(POSITIVE, POSITIVE, DIGITS)
def test_a_rate_printed_from_unrounded_values_always_fits(score: Decimal, weight: Decimal, digits: int) -> None:
    """However its operands were rounded for print, a true rate is never called inconsistent."""
    rate = print_of(score * HUNDRED / weight, 2)
    operand, divisor = print_of(score, digits), print_of(weight, digits)
    possible = Interval.printed(operand).scaled(HUNDRED).divide(Interval.printed(divisor))
    if possible is not None and divisor.value != 0:
        assert fit(rate, quotient(operand.value * HUNDRED, divisor.value), possible) in ("exact", "half-up", "interval")


@given(VALUES, DIGITS)
def test_half_up_is_never_bankers_rounding(value: Decimal, digits: int) -> None:
    """Halves go away from zero, whatever digit stands before them."""
    step = Decimal(1).scaleb(-digits)
    half = half_up(value, digits) + step / 2 * (1 if value >= 0 else -1)
    assert abs(half_up(half, digits)) == abs(half) + step / 2


@given(VALUES, DIGITS)
def test_a_wider_interval_meets_whatever_a_narrower_one_meets(value: Decimal, digits: int) -> None:
    """Printing fewer digits never turns agreement into disagreement."""
    narrow, wide = Interval.printed(print_of(value, digits + 1)), Interval.printed(print_of(value, digits))
    other = Interval.exact(value)
    assert not narrow.meets(other) or wide.meets(other)


@pytest.mark.parametrize(
    ("rate", "score", "weight", "how"),
    [
        ("90.00%", "18", "20", "exact"),
        ("80.56%", "14.50", "18", "half-up"),
        ("63%", "2.50", "4", "half-up"),
        ("62%", "2.50", "4", "truncation"),
        ("66.66%", "2", "3", "truncation"),
        ("94.47%", "5.67", "6", "interval"),
        ("89.70%", "17.96", "20", "differs"),
    ],
)
def test_how_a_rate_follows_from_score_and_weight(rate: str, score: str, weight: str, how: str) -> None:
    """Whole and quarter points are exact; finer scores stand for half a unit of their last digit to both sides."""
    points, full = printed(score), Decimal(weight)
    possible = Interval.score(points).scaled(HUNDRED).divide(Interval.exact(full))
    assert fit(printed(rate), quotient(points.value * HUNDRED, full), possible) == how


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("17.94", "17.94", "exact"),
        ("4", "4.00", "exact"),
        ("701.62", "701.6", "half-up"),
        ("63%", "62.50%", "half-up"),
        ("9493", "9493.66", "truncation"),
        ("17.94", "17.96", "differs"),
        ("4.5", "4.4", "differs"),
    ],
)
def test_how_two_prints_of_one_fact_agree(one: str, other: str, how: str) -> None:
    """The shorter print may be the longer one rounded; cut off it is told as such."""
    assert restates(printed(one), printed(other)) == restates(printed(other), printed(one)) == how


@pytest.mark.parametrize(
    ("value", "claim", "answer"),
    [("1419", "1000个以上", True), ("999", "≥1000", False), ("5", "≤5", True), ("5", "5", None)],
)
def test_a_bound_is_satisfied_from_its_side(value: str, claim: str, answer: bool | None) -> None:
    """`1000 个以上` is satisfied by 1419 and not contradicted by it."""
    assert satisfies(Decimal(value), printed(claim)) is answer


def test_numbers_are_written_without_exponent_and_rounded_half_up() -> None:
    """What stands in a formula can be typed into a calculator."""
    assert written(Decimal("1E+3")) == "1000"
    assert written(Decimal("2.50")) == "2.5"
    assert written(Decimal("0.125"), 2) == "0.13"
    assert cut(Decimal("-2.569"), 2) == Decimal("-2.56")
