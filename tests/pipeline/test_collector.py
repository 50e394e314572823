"""What a document leaves behind: nothing that only a look for cycles of garbage would find."""

import gc
from collections import Counter
from pathlib import Path

import pytest

from corpus.render.render import render
from corpus.render.report import blocks_of
from corpus.render.style import STYLES
from pipeline.process import process
from pipeline.work import dump_all
from pipeline.writers.convert import convert

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
REPORT = REPORTS / "06_clean_full_report.txt"
AT_ODDS = REPORTS / "02_full_external_grid.txt"
PACKAGES = ("extractors", "normalizers", "pipeline")


@pytest.mark.parametrize("style", ["", "ruled", "borderless"])
def test_a_report_leaves_no_cycles(style: str) -> None:
    """Nodes that name their parents, or a function within one that calls itself, would hold it until the next look."""
    data = REPORT.read_bytes()
    if style:
        data = render(blocks_of(REPORT.name, data), STYLES[style])
    source = "a.pdf" if style else REPORT.name
    dump_all(convert(process(source, data)))  # what is loaded and remembered stays
    gc.collect()
    gc.disable()
    try:
        dump_all(convert(process(source, data)))
        assert gc.collect() == 0
    finally:
        gc.enable()


def _own_objects() -> Counter[type]:
    """How many objects of our own kinds there are."""
    return Counter(type(one) for one in gc.get_objects() if str(type(one).__module__).startswith(PACKAGES))


def test_a_report_at_odds_with_itself_leaves_nothing() -> None:
    """A generator that waits holds its frame, and so whatever holds the generator: such cycles are not even counted."""
    data = AT_ODDS.read_bytes()
    dump_all(convert(process(AT_ODDS.name, data)))
    gc.collect()
    gc.disable()
    try:
        before = _own_objects()
        dump_all(convert(process(AT_ODDS.name, data)))
        assert not _own_objects() - before
    finally:
        gc.enable()
