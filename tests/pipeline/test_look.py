"""What was read, drawn over the page: where the marks stand and that the picture is always the same."""

from pathlib import Path

import pytest

from corpus.render.render import render
from corpus.render.report import blocks_of
from corpus.render.style import STYLES
from extractors.readers.settings import DEFAULT
from pipeline.cli import call
from pipeline.look import look
from pipeline.options import BadUsage, ExitStatus

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "16_score_before_weight.txt"
GREEN = (26, 153, 51)  # of the grid, as drawn


@pytest.fixture(scope="module", name="pdf")
def _pdf() -> bytes:
    return render(blocks_of(REPORT.name, REPORT.read_bytes()), STYLES["ruled"])


def _near(png: bytes, wanted: tuple[int, int, int]) -> int:
    """How many pixels have nearly this color."""
    import numpy as np
    import pymupdf

    pixmap = pymupdf.Pixmap(png)
    pixels = np.frombuffer(pixmap.samples, np.uint8).reshape(-1, pixmap.n).astype(int)
    return int((abs(pixels - np.array(wanted)).max(axis=1) < 12).sum())


def test_the_picture_shows_marks_and_is_the_same_twice(pdf: bytes) -> None:
    """The grid's green stands on a page with a table, and the page is larger by the legend."""
    import pymupdf

    pictures = [look("a.pdf", pdf, number) for number in range(1, len(pymupdf.open(stream=pdf)) + 1)]
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert look("a.pdf", pdf, 1) == pictures[0]
    assert any(_near(picture, GREEN) > 200 for picture in pictures)
    page = pymupdf.open(stream=pdf)[0]
    pixmap = pymupdf.Pixmap(pictures[0])
    assert pixmap.height / pixmap.width > page.rect.height / page.rect.width


@pytest.mark.parametrize("number", [0, -1, 99])
def test_a_page_that_is_not_there_is_bad_usage(pdf: bytes, number: int) -> None:
    """Told with the number of pages."""
    with pytest.raises(BadUsage, match="共"):
        look("a.pdf", pdf, number, DEFAULT)


def test_a_text_has_no_pages_to_look_at() -> None:
    """Told in one sentence."""
    with pytest.raises(BadUsage, match="不是 PDF"):
        look("a.txt", "综合得分90分".encode(), 1)


def test_the_command_writes_the_picture(pdf: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To the path that was asked for, and says so."""
    (tmp_path / "a.pdf").write_bytes(pdf)
    picture = tmp_path / "page.png"
    assert call(["look", str(tmp_path / "a.pdf"), "--page", "1", "--out", str(picture)]) == ExitStatus.CLEAN
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "page.png" in capsys.readouterr().out
    assert call(["look", str(tmp_path / "none.pdf")]) == ExitStatus.USAGE


@pytest.mark.parametrize(("told", "written"), [("page", "page.png"), ("page.jpg", "page.jpg"), (".", "a-1.png")])
def test_a_picture_s_name_has_an_ending(pdf: bytes, tmp_path: Path, told: str, written: str) -> None:
    """A folder takes the usual name."""
    (tmp_path / "a.pdf").write_bytes(pdf)
    assert call(["look", str(tmp_path / "a.pdf"), "--out", str(tmp_path / told)]) == ExitStatus.CLEAN
    assert (tmp_path / written).read_bytes().startswith(b"\x89PNG")
