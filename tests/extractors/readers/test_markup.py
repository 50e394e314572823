"""Markup of converters goes, what is printed stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.markup import clean, clean_line
from tests.extractors.readers.markup_cases import CLEANED, UNTOUCHED


@pytest.mark.parametrize(("raw", "printed", "why"), CLEANED, ids=[why for _, _, why in CLEANED])
def test_markup_is_cleaned(raw: str, printed: str, why: str) -> None:
    """Each kind of markup leaves exactly what it printed."""
    assert clean_line(raw) == printed, why


@pytest.mark.parametrize(("raw", "why"), UNTOUCHED, ids=[why for _, why in UNTOUCHED])
def test_text_that_looks_like_markup_stays(raw: str, why: str) -> None:
    """What is no markup comes back as it was."""
    assert clean_line(raw) == raw, why


def test_tables_of_html_keep_their_tags_and_entities() -> None:
    """Inside a table only markup of characters is cleaned; its tags and entities are left to the table finder."""
    lines = [
        "<table><tr><td>**权重**</td><td>&lt;60</td></tr>",
        "<tr><td>a</td><td>$5\\%$</td></tr></table>",
        "<b>完</b>",
    ]
    assert clean(lines) == [
        "<table><tr><td>权重</td><td>&lt;60</td></tr>",
        "<tr><td>a</td><td>5%</td></tr></table>",
        "完",
    ]


@given(st.text(st.sampled_from("*$\\_#<>&[]()^{}% 绩效5.-|`~"), max_size=60))
def test_any_line_is_cleaned_without_breaking_down(line: str) -> None:
    """No combination of marks breaks cleaning down, and numbers never change."""
    cleaned = clean_line(line)
    assert cleaned.count("绩") <= line.count("绩")


def test_long_lines_of_marks_are_cleaned_in_linear_time() -> None:
    """Hostile lines of nothing but marks do not slow cleaning down."""
    for mark in ("$", "*", "<", "[", "\\(", "&", "_", "`", "<sup>", "\\frac{", "^{"):
        clean_line(mark * 20_000)
