"""The repair ends in time, whatever it is given, and says what it left."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.garble import Mechanics
from extractors.repair import repair as door
from extractors.repair.repair import repair
from tests.extractors.repair.documents import characters, document, garbled, sample

SOUP = st.lists(st.text(alphabet="的项目 资金 ，。（）12 ab%“”《》\t", max_size=30), min_size=6, max_size=14)


@settings(deadline=None, max_examples=25)
@given(SOUP)
def test_any_text_keeps_its_characters(lines: list[str]) -> None:
    """Lines that look garbled are only ever permuted, line by line, and every plan can be replayed."""
    broken = document([f"。 {line}" for line in lines])
    repaired, repairs = repair(broken)
    for before, after in zip(broken.lines, repaired.lines, strict=True):
        assert characters(before.text) == characters(after.text)
    for plan in repairs:
        characters_of_raw = [character for character in plan.raw if not character.isspace()]
        assert [characters_of_raw[index] for index in plan.order] == list("".join(plan.repaired.split()))


def test_a_hostile_line_ends() -> None:
    """A line of thousands of characters is no line of a page and stays as it is."""
    _, raw = garbled("\n".join(sample("01").splitlines()[:12]), Mechanics(), 3)
    began = time.process_time()
    repaired, _ = repair(document([*raw, "， 资 金项 目" * 1000]))
    assert list(repaired.lines)[-1].text == "， 资 金项 目" * 1000
    assert time.process_time() - began < 20


def test_too_many_lines_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines beyond the most that are read again stay as they are, and a note says so."""
    monkeypatch.setattr(door, "MOST_LINES", 16)
    _, raw = garbled("\n".join(sample("01").splitlines()[:30]), Mechanics(), 3)
    repaired, repairs = repair(document(raw))
    assert repairs
    assert all(plan.line is not None and plan.line <= 20 for plan in repairs)
    (note,) = repaired.notes
    assert note.code == "order-not-repaired"
