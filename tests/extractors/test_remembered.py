"""What was worked out of a text is asked for again without being worked out again."""

from extractors.remembered import Remembered


def test_a_short_text_is_worked_out_once() -> None:
    """Short texts are kept; long ones are worked out each time, and never kept."""
    asked: list[str] = []

    def upper(text: str) -> str:
        asked.append(text)
        return text.upper()

    known = Remembered(upper, longest=3, most=10)
    assert [known[text] for text in ("abc", "abc", "abcd", "abcd")] == ["ABC", "ABC", "ABCD", "ABCD"]
    assert asked == ["abc", "abcd", "abcd"]
    assert list(known) == ["abc"]


def test_no_more_texts_are_kept_than_allowed() -> None:
    """Where there are too many it begins anew, and still knows what it is asked."""
    known = Remembered(len, longest=9, most=4)
    assert [known["x" * size] for size in range(8)] == list(range(8))
    assert len(known) <= 4
