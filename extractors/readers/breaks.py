"""Line and page breaks of a plain-text file (换行与换页): any line ending; form feeds part pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.errors import DocumentRefused

MAX_LINE_BYTES = 5 * 1024 * 1024
MAX_LINES = 500_000
_INNER = re.compile("[\r\v\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line as it stood in the file (源行). number: 1-based, counted by newline. page: 1-based."""

    text: str
    number: int
    page: int


def refuse_absurd(data: bytes) -> None:
    """Raises DocumentRefused where one line is longer, or the lines are more, than any report has."""
    if data.count(b"\n") > MAX_LINES:
        raise DocumentRefused("too-many-lines", f"文件超过 {MAX_LINES} 行，不像一份评价报告；请拆分后再提交。")
    if len(data) <= MAX_LINE_BYTES:
        return
    start = 0
    while len(data) - start > MAX_LINE_BYTES:
        end = data.rfind(b"\n", start, start + MAX_LINE_BYTES + 1)
        if end < 0:
            raise DocumentRefused("line-too-long", "文件中有超过 5 MB 的单行文字，不像一份评价报告；请重新导出文本。")
        start = end + 1


def source_lines(text: str) -> Iterator[SourceLine]:
    """The lines of `text` in order.

    Numbers follow the newline character; only a file without any is numbered by carriage returns or, failing
    these, by the Unicode separators. Other separators part lines without counting. A form feed begins a page;
    what stands before and behind it on one line has the same number.
    """
    text = text.replace("\r\n", "\n")
    for separator in "\n\r\x85\u2028\u2029":
        if separator in text:
            break
    page = 1
    if text.endswith(separator):
        text = text[:-1]
    for number, line in enumerate(text.split(separator), start=1):
        if line.isprintable():
            yield SourceLine(line, number, page)
            continue
        for index, stretch in enumerate(line.split("\f")):
            page += index > 0
            if stretch or "\f" not in line:
                for piece in _INNER.split(stretch):
                    yield SourceLine(piece, number, page)
