"""The simulator keeps to the mechanics that were measured on a real text layer."""

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus.garble import Garbler, Mechanics, wrap
from extractors.repair.fallback import WIDE_MARKS
from tests.extractors.repair.documents import characters, garbled, plain

TEXT = st.text(alphabet="项目绩效评价资金支出预算执行，。；：（）《》“”1207.%ab", max_size=60)
SEEDS = st.integers(0, 10**6)


@given(TEXT, SEEDS)
def test_nothing_is_altered(text: str, seed: int) -> None:
    """A garbled line has the characters of the true one, and numbers stay where they are."""
    line = Garbler(text, Mechanics(violations=0.1), seed).line(text)
    assert characters(line) == characters(text)
    assert re.findall(r"[0-9a-z%.“”]", line) == re.findall(r"[0-9a-z%.“”]", text)


@given(TEXT, SEEDS)
def test_a_document_that_never_falls_back_stays_in_order(text: str, seed: int) -> None:
    """With one run a block there is nothing to garble but marks, which always fall back."""
    letters = "".join(character for character in text if character not in WIDE_MARKS)
    line = Garbler(letters, Mechanics(runs=2, kinds=0.0), seed).line(letters)
    assert plain(line) == letters


@given(TEXT, SEEDS)
def test_the_seed_decides(text: str, seed: int) -> None:
    """The same seed gives the same text layer."""
    assert garbled(text, Mechanics(), seed) == garbled(text, Mechanics(), seed)


def test_the_fallback_run_comes_first_and_leaves_holes() -> None:
    """Two runs: marks first, and a blank wherever a character of the other run is missing."""
    line = "项目，资金。"
    assert Garbler(line, Mechanics(runs=2, kinds=0.0, block=0, block_at_mark=0), 1).line(line) == "， 。项目 资金"


@given(st.lists(TEXT, max_size=4), st.integers(4, 40))
def test_wrapping_keeps_every_character(paragraphs: list[str], width: int) -> None:
    """Set in lines, the text reads on from each to the next."""
    assert plain("".join(wrap(paragraphs, width))) == plain("".join(paragraphs))
