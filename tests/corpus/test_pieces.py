"""What a report states does not depend on how its text is broken, and half of a report is no report with errors."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.process import process
from tests.corpus.pieces import BLANKS, PARTS, SHAPES, Lines

_REPORTS = sorted((Path(__file__).parents[2] / "corpus/reports").glob("*.txt"))


def _lines(path: Path) -> Lines:
    data = path.read_bytes()
    return data.decode("gb18030" if "gb18030" in path.name else "utf-8").replace("\r\n", "\n").split("\n")


def _raised(lines: Lines) -> Counter[str]:
    """The findings of all reports of a text, hints aside, by rule."""
    reports = process("报告.txt", "\n".join(lines).encode()).reports
    return Counter(one.rule for report in reports for one in report.findings if one.severity != "info")


@pytest.mark.parametrize("path", _REPORTS, ids=lambda path: path.name[:2])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_same_is_raised_however_the_text_is_set(path: Path, shape: Callable[[Lines], Lines]) -> None:
    """Wrapped, spaced, in full-width digits: the findings are those of the report as it is.

    Where cells stand one below the other a blank line may be an empty one: then nothing more may be raised.
    """
    lines = _lines(path)
    found, known = _raised(shape(lines)), _raised(lines)
    assert found <= known if shape in BLANKS else found == known


@pytest.mark.parametrize("path", _REPORTS, ids=lambda path: path.name[:2])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_a_part_raises_nothing_that_the_whole_does_not(path: Path, part: Callable[[Lines], Lines]) -> None:
    """What stands in the part that was lost is missed, and not made an error of the rest."""
    lines = _lines(path)
    assert set(_raised(part(lines))) <= set(_raised(lines))
