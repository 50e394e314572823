"""Sentences are read with the wide signs of Chinese print, whatever width the report prints."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.texts import widened


@given(st.text("甲乙万元人,;:，；：.0123456789 ", max_size=40))
def test_widening_keeps_every_place(text: str) -> None:
    """One character for one: places found in the one are places in the other; nothing else changes."""
    wide = widened(text)
    assert len(wide) == len(text)
    assert all(
        one == other or (one, other) in {(",", "，"), (";", "；"), (":", "：")}
        for one, other in zip(text, wide, strict=True)
    )


def test_commas_of_numbers_and_colons_of_times_stay() -> None:
    """What stands between digits parts no clauses."""
    assert widened("经费7.50万元,3个社区;共12,345元,10:30开始") == "经费7.50万元，3个社区；共12,345元，10:30开始"
