"""Lines are numbered as the source counts them, whatever ends them, and form feeds begin pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import DocumentRefused
from extractors.readers import breaks
from extractors.readers.breaks import SourceLine, refuse_absurd, source_lines


def numbered(text: str) -> list[tuple[int, str]]:
    """Line numbers and texts."""
    return [(line.number, line.text) for line in source_lines(text)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_ending_counts(ending: str) -> None:
    """Any separator that is the file's only one counts its lines."""
    assert numbered(ending.join(["甲", "", "乙", ""])) == [(1, "甲"), (2, ""), (3, "乙")]


def test_other_separators_inside_a_line_do_not_count() -> None:
    """A stray carriage return or Unicode separator parts a line but keeps its number."""
    assert numbered("甲\r乙\u2028丙\n丁\n") == [(1, "甲"), (1, "乙"), (1, "丙"), (2, "丁")]


def test_a_form_feed_begins_a_page_and_counts_no_line() -> None:
    """What stands before and behind a form feed has one number and two pages."""
    lines = list(source_lines("第一页\n末行\f第二页首行\n\f第三页\n"))
    assert lines == [
        SourceLine("第一页", 1, 1),
        SourceLine("末行", 2, 1),
        SourceLine("第二页首行", 2, 2),
        SourceLine("第三页", 3, 3),
    ]


@given(
    st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=8), min_size=2, max_size=20)
)
def test_numbers_are_those_of_split(lines: list[str]) -> None:
    """Line n of the file is line n of the document."""
    assert numbered("\n".join(lines) + "\n") == list(enumerate(lines, start=1))


def test_a_line_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One absurdly long line, or absurdly many lines, are refused and not processed."""
    monkeypatch.setattr(breaks, "MAX_LINE_BYTES", 100)
    monkeypatch.setattr(breaks, "MAX_LINES", 10)
    refuse_absurd(b"short\n" * 9 + b"x" * 40)
    with pytest.raises(DocumentRefused) as long:
        refuse_absurd(b"short\n" + b"x" * 101)
    with pytest.raises(DocumentRefused) as many:
        refuse_absurd(b"\n" * 11)
    assert (long.value.code, many.value.code) == ("line-too-long", "too-many-lines")
