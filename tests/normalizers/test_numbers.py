"""Printed numbers, units, dates and names."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.dates import iso_date, years
from normalizers.names import key, likeness
from normalizers.numbers import chinese_integer, parse
from normalizers.units import to_yuan


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit", "bound"),
    [
        ("17.94分", "17.94", "17.94", "分", ""),
        ("≥60%", "60%", "60", "%", ">="),
        ("１２．５％", "12.5%", "12.5", "%", ""),
        ("1,000.00", "1,000.00", "1000.00", "", ""),
        ("3万8", "3万8", "3.8", "万元", ""),
        ("30（亿元）", "30", "30", "亿元", ""),
        ("1200 户以上", "1200", "1200", "户", ">="),
        ("不超过 8 天", "8", "8", "天", "<="),
        ("-2.58%", "-2.58%", "-2.58", "%", ""),
        ("（20）", "20", "20", "", ""),
    ],
)
def test_a_number_keeps_its_print_and_tells_unit_and_bound_apart(
    text: str, printed: str, value: str, unit: str, bound: str
) -> None:
    """Digits stay as printed; the sign of comparison and the unit are read off."""
    number = parse(text)
    assert number is not None
    assert (number.printed, str(number.value), number.unit, number.bound) == (printed, value, unit, bound)


@pytest.mark.parametrize("text", ["优", "持续完善", "", "满分"])
def test_text_without_digits_is_no_number(text: str) -> None:
    """Nothing is invented where nothing is printed."""
    assert parse(text) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.integers(0, 2))
def test_the_interval_of_a_print_holds_every_number_that_rounds_to_it(value: Decimal, digits: int) -> None:
    """The law of rounding: what rounds to a print lies within the print's interval."""
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")
    number = parse(str(rounded))
    assert number is not None
    assert number.low <= value <= number.high


@pytest.mark.parametrize(("text", "number"), [("十", 10), ("二十一", 21), ("21", 21), ("一百零五", 105), ("两", 2)])
def test_whole_numbers_in_chinese(text: str, number: int) -> None:
    """Counts are written either way."""
    assert chinese_integer(text) == number


def test_money_converts_exactly_and_foreign_money_does_not() -> None:
    """元 is exact; a foreign amount has no 元 value."""
    assert to_yuan(Decimal("32.22"), "万元") == Decimal("322200.00")
    assert to_yuan(Decimal(5), "万美元") is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2024 年 12 月 30 日", "2024-12-30"), ("2025年7月", "2025-07"), ("二〇二五年七月", "2025-07"), ("2024", None)],
)
def test_dates_become_iso(text: str, iso: str | None) -> None:
    """Days may be left out; a year alone is no date."""
    assert iso_date(text) == iso


def test_a_range_of_years_is_filled() -> None:
    """`2019-2021年` names three years."""
    assert years("2019-2021年度") == (2019, 2020, 2021)


@pytest.mark.parametrize(
    ("one", "other"),
    [("产出指标", "二、产出（37分）"), ("满意度指标分析（满分10分）", "满意度指标"), ("决 策", "项目决策情况")],
)
def test_prints_of_one_name_are_alike(one: str, other: str) -> None:
    """Numbering, weights and filler words do not make another name."""
    assert likeness(one, other) == 1.0


def test_names_that_differ_are_not_alike() -> None:
    """数量 and 质量 share a character and are different indicators."""
    assert key("数量指标") != key("质量指标")
    assert likeness("产出数量", "产出质量") < 1.0
