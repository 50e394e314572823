"""Full-width digits are read as digits, character for character, and the line as printed is kept."""

import pymupdf
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.digits import narrow
from extractors.readers.read import read


@given(st.text(alphabet="０９５．，.5 9万元年%％"))
def test_offsets_hold(text: str) -> None:
    """As many characters as before, and none in full width that is a digit."""
    assert len(narrow(text)) == len(text)
    assert not set(narrow(text)) & set("０９５")


def test_a_point_between_digits_is_a_decimal_point() -> None:
    """A stop behind a heading's number is none."""
    assert narrow("１２．５万元，１．立项") == "12.5万元，1．立项"


def test_the_line_as_printed_is_its_raw_text() -> None:
    """What was read otherwise than printed says so."""
    (line,) = read("a.txt", "预算１００万元。".encode()).lines
    assert (line.text, line.raw) == ("预算100万元。", "预算１００万元。")


def test_a_page_is_read_alike() -> None:
    """Characters keep their boxes, one for each."""
    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((72, 72), "预算安排１００万元", fontname="china-s")
        (line,) = read("a.pdf", pdf.tobytes()).lines
    assert (line.text, line.raw) == ("预算安排100万元", "预算安排１００万元")
    assert "".join(character.text for character in line.chars) == line.text
