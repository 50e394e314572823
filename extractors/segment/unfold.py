"""Lines that hold a whole scoring table, cells parted by single blanks (一行到底的表格): one line for each word.

Text taken from web pages and search indexes looks so. Only the stretch from the head or the first label of the
form on is unfolded; what stands before it stays one line.
"""

import re
from collections.abc import Iterable, Iterator

from extractors.pages import Line
from extractors.segment.flow import stretch_line

_HEAD = re.compile(r"一级指标\s+(?:\S{1,8}\s+)?二级指标\s+(?:\S{1,8}\s+)?三级指标\s")
_FORM = re.compile(r"(?:^|\s)(?:项目|专项|政策)名称\s")
_MIN_WORDS = 25
_MAX_WORDS = 20_000


def unfold(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those with a whole table unfolded; the pieces keep the number of their line."""
    for line in lines:
        found = _HEAD.search(line.text) if "一级指标" in line.text and "\t" not in line.text else None
        if found is None or "<" in line.text or "|" in line.text:
            yield line
            continue
        form = _FORM.search(line.text, 0, found.start())
        start = form.start() if form else found.start()
        words = line.text[start:].split(None, _MAX_WORDS)
        if len(words) < _MIN_WORDS:
            yield line
            continue
        if line.text[:start].strip():
            yield stretch_line(line, line.text[:start].strip(), None)
        yield from (stretch_line(line, word, None) for word in words)
