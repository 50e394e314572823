"""One wrong digit comes to light: single printed numbers of clean generated reports changed by one unit."""

from collections.abc import Mapping

import pytest

from corpus.generate.chance import Chance
from corpus.generate.draw import draw_facts
from corpus.mutate import Score, broken, equations, moved, run

_SLOTS = {
    "leaf.0.weight@table": "6", "leaf.0.score@table": "5.25", "leaf.0.rate@table": "87.5%",
    "leaf.0.score@prose": "5.25", "total.score@conclusion": "91.3", "total.score@table": "91.30",
    "item.0.spent@funds-table": "1,020.50", "item.1.spent@funds-table": "99.50", "funds.spent@funds-table": "1,120.00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"), [("9", "10"), ("87.50%", "87.51%"), ("1,999.90万元", "2,000.00万元"), ("0.9", "1.0")]
)
def test_one_unit_of_the_last_digit(text: str, wrong: str) -> None:
    """Commas and what stands around the number stay; the unit is that of the last digit."""
    assert moved(text) == (wrong if text != "1,999.90万元" else "1,999.91万元")


@pytest.mark.parametrize(
    ("slot", "kind"),
    [
        ("leaf.0.score@prose", "same"),
        ("leaf.0.rate@table", "rate"),
        ("item.1.spent@funds-table", "sum"),
        ("total.score@conclusion", "same"),
        ("leaf.0.name@table", None),
    ],
)
def test_what_contradicts_is_told_by_equations_of_its_own(slot: str, kind: str | None) -> None:
    """Printed twice, in a rate, in a sum; a number that nothing else speaks of contradicts nothing."""
    slots: Mapping[str, str] = {**_SLOTS, "leaf.0.name@table": "指标7"}
    known = equations(slots, draw_facts(Chance(1, 0, "facts")))
    equation = broken(slot, moved(slots[slot]), slots, known)
    assert (None if equation is None else equation.kind) == kind


def test_rounding_is_no_contradiction() -> None:
    """91.30 moved to 91.31 still agrees with a conclusion that prints 91.3."""
    known = equations(_SLOTS, draw_facts(Chance(1, 0, "facts")))
    assert broken("total.score@table", "91.31", _SLOTS, known) is None


def test_nearly_every_wrong_digit_of_a_sample_is_found() -> None:
    """`make mutate` runs the whole; here some numbers of a few reports."""
    score = Score()
    run(11, (1, 2, 3, 4), 7, score)
    assert score.contradicting.total() >= 20
    assert score.share >= 0.95, score.missed
