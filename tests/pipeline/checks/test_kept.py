"""What is worked out once is worked out once, and what is kept has a bound."""

from extractors.remembered import Bounded, Remembered
from pipeline.checks.kept import Kept


def test_a_result_is_worked_out_by_whoever_asks_first() -> None:
    """Each report has results of its own; a generator is run to its end once."""
    calls: list[str] = []

    def made(name: str) -> list[str]:
        calls.append(name)
        return [name]

    one, other = Kept(), Kept()
    assert one.kept("sum", lambda: made("first")) == one.kept("sum", lambda: made("second")) == ("first",)
    assert other.kept("sum", lambda: made("third")) == ("third",)
    assert calls == ["first", "third"]


def test_no_more_is_kept_than_allowed() -> None:
    """Neither too many nor too long ones, and the answers stay right."""
    lengths, halves = Remembered(len, 3, 2), Bounded[float, float](lambda one: one / 2, 2)
    assert [lengths[text] for text in ("甲", "乙乙", "丙丙丙丙", "丁", "甲")] == [1, 2, 4, 1, 1]
    assert "丙丙丙丙" not in lengths
    assert len(lengths) <= 2
    assert [halves[one] for one in (1.0, 2.0, 3.0, 1.0)] == [0.5, 1.0, 1.5, 0.5]
    assert len(halves) <= 2
