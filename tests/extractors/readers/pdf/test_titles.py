"""A title that takes two lines is one line for those who look for titles, however its page lies."""

import pytest

from extractors.pages import Line, Page, Turn
from extractors.provenance import Box
from extractors.readers.pdf.packed import PackedChars
from extractors.readers.pdf.plane import Plane
from extractors.readers.pdf.titles import with_whole_titles

WIDTH, HEIGHT = 600.0, 800.0
FULL, REST, BODY = (
    "某县水渠修缮项目支出绩效评价报告二〇二三年度全文",
    "（送审稿）",
    "项目预算一百二十万元，已全部支出。" * 2,
)


def _line(text: str, top: float, size: float, turn: Turn) -> Line:
    """A line from the left margin, turned with its page."""
    plane = Plane(turn, turn, WIDTH, HEIGHT)
    boxes: list[Box] = [
        plane.on_page((60 + size * at, top, 60 + size * (at + 1), top + size)) for at in range(len(text))
    ]
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    box = (min(x0s), min(tops), max(x1s), max(bottoms))
    return Line(text, page=1, box=box, chars=PackedChars(text, boxes, [size] * len(text)), turn=turn)


def _texts(first: str, turn: Turn) -> list[str]:
    """The lines of a page with a title of two lines and some body."""
    lines = [_line(first, 80, 20, turn), _line(REST, 110, 20, turn)]
    lines += [_line(BODY, 200 + 30 * at, 12, turn) for at in range(3)]
    size = (WIDTH, HEIGHT) if turn % 180 == 0 else (HEIGHT, WIDTH)
    return [line.text for line in with_whole_titles([Page(1, tuple(lines), *size)], 12.0)[0].lines]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_full_line_goes_on_in_the_next(turn: Turn) -> None:
    """Also on a sheet that was scanned sideways."""
    assert _texts(FULL, turn)[0] == FULL + REST


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_line_that_leaves_room_ends(turn: Turn) -> None:
    """What stands below it in the same size is another title."""
    assert _texts(FULL[:12], turn)[:2] == [FULL[:12], REST]


@pytest.mark.parametrize("label", ["六、", "（二）", "4.", "第三章", "7.2", "7.2 "])
def test_a_numbered_heading_is_no_rest_of_the_one_before(label: str) -> None:
    """However full the line above it is; a decimal number begins no heading."""
    lines = [_line(FULL, 80, 20, 0), _line(f"{label}下一步改进", 110, 20, 0), _line(BODY, 200, 12, 0)]
    found = with_whole_titles([Page(1, (*lines, _line(BODY, 230, 12, 0)), WIDTH, HEIGHT)], 12.0)[0].lines
    assert [line.text for line in found][:2] == [FULL, f"{label}下一步改进"]


@pytest.mark.parametrize("date", ["2024年3月", "2024 年 3 月 15 日", "二〇二四年三月"])
def test_a_date_on_a_cover_is_no_rest_of_the_line_before(date: str) -> None:
    """However full that line is, and though both are printed in one size."""
    lines = (_line(FULL, 80, 20, 0), _line(date, 110, 20, 0), _line(BODY, 200, 12, 0))
    (page,) = with_whole_titles([Page(1, lines, WIDTH, HEIGHT)], 12.0)
    assert [line.text for line in page.lines] == [FULL, date, BODY]
