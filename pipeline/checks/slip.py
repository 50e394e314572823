"""Whether one number is another misprinted (笔误): two digits exchanged, or one digit wrong."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

_LONG = 5  # digits of a number that is not like another by chance


def is_misprint(one: str, other: str) -> bool:
    """Whether two prints of equal length differ by one character, or hold the same ones with two exchanged."""
    if len(one) != len(other):
        return False
    wrong = sum(mine != theirs for mine, theirs in zip(one, other, strict=True))
    return wrong == 1 or (wrong == 2 and sorted(one) == sorted(other))


def is_slip(one: Decimal, other: Decimal, digits: int, least: int = _LONG) -> bool:
    """Whether two values printed with `digits` decimals differ by one digit, or by two neighbours exchanged.

    Numbers of fewer than `least` digits are too short to tell; zeros count only behind a point that digits follow.
    """
    left, right = (f"{value.scaleb(digits).to_integral_value():f}" for value in (one, other))
    fine = any(value != value.to_integral_value() for value in (one, other))
    shown = (len(text if fine else text.rstrip("0")) for text in (left, right))
    if len(left) != len(right) or min(shown) < least:
        return False
    wrong = [at for at, (mine, theirs) in enumerate(zip(left, right, strict=True)) if mine != theirs]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and left[first] == right[second] and left[second] == right[first]
    return len(wrong) == 1


def is_exchange(one: Decimal, other: Decimal, digits: int, least: int) -> bool:
    """Whether two values are a slip apart in which two neighbours are exchanged."""
    left, right = (f"{value.scaleb(digits).to_integral_value():f}" for value in (one, other))
    return sorted(left) == sorted(right) and is_slip(one, other, digits, least)


def exchanges(value: Decimal, digits: int) -> Iterator[Decimal]:
    """The values that a print with `digits` decimals may stand for where two neighbouring digits were exchanged."""
    text = f"{abs(value).scaleb(digits).to_integral_value():f}"
    for at, (one, other) in enumerate(pairwise(text)):
        if one != other:
            turned = text[:at] + other + one + text[at + 2 :]
            yield Decimal(turned).scaleb(-digits).copy_sign(value)
