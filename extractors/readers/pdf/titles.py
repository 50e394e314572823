"""Titles that take two lines or more (换行的标题): one line for those who look for titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.pages import Line, Page
from extractors.readers.pdf.body import body_size
from extractors.readers.pdf.packed import PackedChars

_LARGE = 1.15  # of the body's size
_ROOM = 1.3  # of the title's size; what may be left blank at the end of a full line
_CLOSE = 1.6  # of the size; the largest blank between two lines of one title
_SAME_SIZE = 0.05


def with_whole_titles(pages: Sequence[Page]) -> list[Page]:
    """The pages with the lines of each title joined where its first line fills the measure."""
    large = body_size(pages) * _LARGE
    return [replace(page, lines=tuple(_whole(page, large))) for page in pages]


def _whole(page: Page, large: float) -> list[Line]:
    """The page's lines, titles joined. large: least size of a title, in points."""
    boxes = [line.box for line in page.lines if line.box]
    left = min((box[0] for box in boxes), default=0.0)
    right = max((page.width or 0.0) - left, *(box[2] for box in boxes), 0.0)
    lines: list[Line] = []
    for line in page.lines:
        if lines and _goes_on(lines[-1], line, large, right):
            lines[-1] = _joined(lines[-1], line)
        else:
            lines.append(line)
    return lines


def _goes_on(before: Line, after: Line, large: float, right: float) -> bool:
    """Whether two large lines are one title: the first is full, the second follows closely in the same size."""
    if before.framed or after.framed or before.turn or after.turn or not before.box or not after.box:
        return False
    size, next_size = before.chars[-1].size, after.chars[0].size
    if min(size, next_size) < large or abs(size - next_size) > _SAME_SIZE * size:
        return False
    last_line_end = before.chars[-1].box[2]
    close = 0 < after.box[1] - before.box[3] < _CLOSE * size
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
    return replace(before, text=before.text + after.text, chars=PackedChars.joined(before.chars, after.chars), box=box)
