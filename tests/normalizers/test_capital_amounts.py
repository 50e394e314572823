"""Amounts written out in characters are read exactly, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.capital_amounts import capital_amount

_DIGITS, _TENS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")


def _section(value: int) -> str:
    digits = f"{value:04d}"
    parts = [(_DIGITS[int(digit)] + _TENS[3 - at]) if digit != "0" else "零" for at, digit in enumerate(digits)]
    text = "".join(parts)
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.rstrip("零")


def _spelled(value: int) -> str:
    """The formal spelling of a whole number of 元 below a trillion."""
    high, middle, low = value // 10**8, value // 10**4 % 10**4, value % 10**4
    text = "".join(
        _section(part) + name for part, name in ((high, "亿"), (middle, "万"), (low, "")) if part or name == ""
    )
    return text.lstrip("零") + "元整"


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_every_whole_amount_is_read_back(value: int) -> None:
    """Spelling an amount by the rules and reading it gives the amount."""
    assert capital_amount(_spelled(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("叁仟零伍元贰角捌分", "3005.28"),
        ("玖拾玖圆玖角正", "99.9"),
        ("壹元零伍分", "1.05"),
        ("拾伍万元整", "150000"),
        ("廿五元", "25"),
        ("一百二十万元", "1200000"),
        ("壹佰贰拾点伍万元", "1205000"),
        ("一万二千亿元", "1200000000000"),
        ("貳拾萬圓整", "200000"),
    ],
)
def test_forms_in_use_are_read(text: str, value: str) -> None:
    """Old characters, 廿, decimals before 万 and small change."""
    assert capital_amount(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["百千元", "二零二三元", "壹佰", "伍角", "万元", "百万元", "壹贰元", "叁拾万伍万元", ""]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    """Numbers out of order and years spelled digit by digit are left alone."""
    assert capital_amount(text) is None
