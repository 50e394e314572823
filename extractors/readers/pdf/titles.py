"""Titles that take two lines or more (换行的标题): one line for those who look for titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.frozen import replace
from extractors.pages import Line, Page, Turn
from extractors.provenance import Box
from extractors.readers.pdf.body import size_in
from extractors.readers.pdf.packed import PackedChars
from extractors.readers.pdf.plane import turned_back

_LARGE = 1.15  # of the body's size
_ROOM = 1.3  # of the title's size; what may be left blank at the end of a full line
_CLOSE = 1.6  # of the size; the largest blank between two lines of one title
_SAME_SIZE, _SAME_SIZE_READ = 0.05, 0.10  # of the size; less certain where it was measured in an image

_ENDS = re.compile(r"(?:报\s*告|报告书|自评表|评价表)\s*$")  # a title that says what it is has come to its end …
_RUNS_ON = re.compile(r"[\s(（的之和及与暨]")  # … unless the next line goes on with it
_OWN = re.compile(  # a heading, or a date on a cover
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,2}\s*(?![亿万元个百千米公])[\u4e00-\u9fff]"
    r"|(?:\d{4}|[二三四五六七八九一〇○零]{4})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?\s*$)"
)


def with_whole_titles(pages: Sequence[Page], body: float) -> list[Page]:
    """The pages with the lines of each title joined where its first line fills the measure. body: size of the text."""
    large = body * _LARGE
    return [_whole(page, large) for page in pages]


def _whole(page: Page, large: float) -> Page:
    """The page, titles joined. large: least size of a title, in points."""
    if not _has_large_neighbours(page.lines, large):
        return page
    turn = Counter(line.turn for line in page.lines).most_common(1)[0][0]
    width, height = page.width or 0.0, page.height or 0.0
    upright = _Upright(turn, *((width, height) if turn % 180 == 0 else (height, width)))
    boxes = [line.box for line in page.lines if line.box and line.turn == turn]
    if turn:
        boxes = [upright.box(box) for box in boxes]
    left = min((box[0] for box in boxes), default=0.0)
    right = max(upright.width - left, *(box[2] for box in boxes), 0.0)
    lines: list[Line] = []
    for line in page.lines:
        if line.framed is None and lines and _goes_on(lines[-1], line, large, right, upright):
            lines[-1] = _joined(lines[-1], line)
        else:
            lines.append(line)
    return replace(page, lines=tuple(lines))


def _has_large_neighbours(lines: Sequence[Line], large: float) -> bool:
    """Whether two large lines outside frames stand one behind the other, as on few pages."""
    before = False
    for line in lines:
        if line.framed is not None or not line.chars:
            before = False
        elif before and size_in(line, 0) >= large:
            return True
        else:
            before = size_in(line, -1) >= large
    return False


@dataclass(frozen=True, slots=True)
class _Upright:
    """How most of a page's text is turned (文字方向). width, height: of the page seen upright, in points."""

    turn: Turn
    width: float
    height: float

    def box(self, box: Box) -> Box:
        """A box of the page, seen upright."""
        return turned_back(box, self.turn, self.width, self.height)


def _goes_on(before: Line, after: Line, large: float, right: float, upright: _Upright) -> bool:
    """Whether two large lines are one title: the first is full, the second follows closely in the same size.

    after: stands outside frames.
    """
    if before.framed or not before.box or not after.box:
        return False
    size = size_in(before, -1)
    if size < large or (next_size := size_in(after, 0)) < large:
        return False
    same = _SAME_SIZE if before.origin == "text" else _SAME_SIZE_READ
    if abs(size - next_size) > same * size or (before.turn, after.turn) != (upright.turn, upright.turn):
        return False
    last_line_end = upright.box(before.chars[-1].box)[2]
    if (_ENDS.search(before.text) and not _RUNS_ON.match(after.text)) or _OWN.match(after.text):
        return False
    close = 0 < upright.box(after.box)[1] - upright.box(before.box)[3] < _CLOSE * size
    return close and right - last_line_end < _ROOM * size


def _joined(before: Line, after: Line) -> Line:
    """Both lines as one."""
    assert before.box is not None  # noqa: S101 - _goes_on() saw them
    assert after.box is not None  # noqa: S101
    box = (
        min(before.box[0], after.box[0]),
        min(before.box[1], after.box[1]),
        max(before.box[2], after.box[2]),
        max(before.box[3], after.box[3]),
    )
    raw = None if before.raw is None and after.raw is None else (before.raw or before.text) + (after.raw or after.text)
    return replace(
        before, raw=raw, text=before.text + after.text, chars=PackedChars.joined(before.chars, after.chars), box=box
    )
