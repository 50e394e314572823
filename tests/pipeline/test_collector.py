"""What a document leaves behind: nothing that only a look for cycles of garbage would find."""

import gc
from pathlib import Path

import pytest

from corpus.render.render import render
from corpus.render.report import blocks_of
from corpus.render.style import STYLES
from pipeline.process import process
from pipeline.work import dump_all
from pipeline.writers.convert import convert

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "06_clean_full_report.txt"


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
