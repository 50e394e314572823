"""Misprints of a number: one digit wrong, two neighbours exchanged, nothing else."""

from decimal import Decimal

import pytest

from pipeline.checks.slip import is_slip


@pytest.mark.parametrize(
    ("one", "other", "digits"),
    [("4157.26", "4517.26", 2), ("4157.26", "4157.62", 2), ("4157.26", "4153.26", 2), ("305010", "350010", 0)],
)
def test_slips(one: str, other: str, digits: int) -> None:
    """One digit wrong or two neighbours exchanged is a slip, both ways."""
    assert is_slip(Decimal(one), Decimal(other), digits)
    assert is_slip(Decimal(other), Decimal(one), digits)


@pytest.mark.parametrize(
    ("one", "other", "digits"),
    [
        ("4157.26", "4157.26", 2),  # the same
        ("654.23", "625.34", 2),  # the same digits in another order
        ("4157.26", "415.72", 2),  # another length
        ("300000", "200000", 0),  # too round to tell
        ("25", "52", 0),  # too short to tell
    ],
)
def test_no_slips(one: str, other: str, digits: int) -> None:
    """Other differences, and numbers that are like others by chance, are none."""
    assert not is_slip(Decimal(one), Decimal(other), digits)
