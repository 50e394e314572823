"""Flattened tables known only by their numbers (数值行表): neighbouring lines of one name and as many numbers.

`报关单 60,000 63,980 106.63%` twice or more, below lines of short words that head the columns. Of one number beside
each name only a list that ends with its total is a table.
"""

import re
from collections.abc import Sequence
from itertools import compress

from extractors.pages import Line
from extractors.segment.flow import cell_flow
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.captions import is_caption, is_unit_line
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.vocabulary import TOTAL_LABELS, plain

_MIN_NUMBERS = 2
_MIN_LIST = 3  # rows of a list with one number each, its total included
_MAX_NAME = 30
_MAX_GAP = 3
_MAX_HEAD_LINES = 6
_MAX_HEAD = 20
_MOST_NAMES = 3  # words before the numbers of a row
_NUMBERS = ("number", "rate", "dash")
_TOTALS = frozenset(map(plain, TOTAL_LABELS))
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?)?")


def find_number_rows(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    end = 0
    for index in compress(range(len(lines)), free):
        numbers = _numbers(lines[index].text) if index >= end else 0
        if not numbers:
            continue
        found = _run(lines, free, index, numbers)
        if len(found) >= 2 and (numbers >= _MIN_NUMBERS or _is_list(lines, found)):
            drafts.append(_draft(lines, free, found, numbers))
        end = found[-1] + 1
    return drafts


def _numbers(text: str) -> int:
    """How many numbers stand behind the name on the line; 0 where it is no such row."""
    words = text.split()
    if len(words) < 2 or "\t" in text or not _DIGIT.search(text):
        return 0
    count = 0
    while count < len(words) and kind_of(words[-1 - count]) in _NUMBERS:
        count += 1
    names = words[: len(words) - count]
    if len(names) == 0 and count > _MIN_NUMBERS and _YEAR.fullmatch(words[0]):
        return count - 1  # a row of a year
    if not 1 <= len(names) <= _MOST_NAMES or not count or kind_of(names[0]) != "text":
        return 0
    return count if len("".join(names)) <= _MAX_NAME and not looks_closed(names[-1]) else 0


def _is_list(lines: Sequence[Line], found: list[int]) -> bool:
    """Whether rows of one number each are amounts with their total below them."""
    last = plain(lines[found[-1]].text.split()[0]).rstrip("：:")
    return len(found) >= _MIN_LIST and last in _TOTALS


def _run(lines: Sequence[Line], free: Sequence[bool], start: int, numbers: int) -> list[int]:
    """Indices of the rows from `start` on, blank lines and page marks between them left out."""
    found = [start]
    index = start + 1
    while index < len(lines) and index - found[-1] <= _MAX_GAP and free[index]:
        text = lines[index].text
        if _numbers(text) == numbers:
            found.append(index)
        elif text.strip() and not is_page_mark(text):
            break
        index += 1
    return found


def _draft(lines: Sequence[Line], free: Sequence[bool], found: Sequence[int], numbers: int) -> Draft:
    """The table with its head."""
    head = _head_lines(lines, free, found[0], numbers)
    rows = _head_rows(lines, head, numbers)
    head = [index for index in head if rows and index >= _index_of(lines, rows[0], head)]
    depth = len(rows)
    for index in found:
        words = lines[index].text.split()
        cells = [" ".join(words[: len(words) - numbers]), *words[len(words) - numbers :]]
        rows.append(
            DraftRow([DraftCell(cell_flow([(text, lines[index])])) for text in cells], lines[index], lines[index])
        )
    draft = Draft("flattened", rows, head[0] if head else found[0], found[-1] + 1)
    draft.header_rows = depth
    return draft


def _index_of(lines: Sequence[Line], row: DraftRow, head: Sequence[int]) -> int:
    """The index of the line that a head row begins on."""
    return next(index for index in head if lines[index] is row.first)


def _head_lines(lines: Sequence[Line], free: Sequence[bool], first: int, numbers: int) -> list[int]:
    """Indices of the lines of short words above the rows, up to a caption, a heading or a sentence."""
    head: list[int] = []
    index = first - 1
    while index >= 0 and free[index] and len(head) < _MAX_HEAD_LINES:
        text = lines[index].text.strip()
        if text and (
            looks_closed(text)
            or label_of(text) is not None
            or is_caption(text)
            or is_unit_line(text)
            or is_page_mark(text)
            or text.endswith(("：", ":"))
            or any(len(word) > _MAX_HEAD for word in text.split())
            or not (len(text.split()) == 1 or 0 <= len(text.split()) - numbers <= _MOST_NAMES)
        ):
            break
        if text:
            head.insert(0, index)
        index -= 1
    return head


def _head_rows(lines: Sequence[Line], head: Sequence[int], numbers: int) -> list[DraftRow]:
    """The head's rows: the last line with a word for each column of numbers; above it the words that span them."""
    named = [index for index in head if 0 <= len(lines[index].text.split()) - numbers <= _MOST_NAMES]
    if not named:
        return []
    last = named[-1]
    words = lines[last].text.split()
    names = len(words) - numbers  # 类别 and 子项目 head the names that a row prints before its numbers
    words = [" ".join(words[:names]), *words[names:]] if names > 1 else words
    cells = [DraftCell(cell_flow([(word, lines[last])])) for word in words]
    row = DraftRow([*(DraftCell() for _ in range(numbers + 1 - len(words))), *cells], lines[last], lines[last])
    above = [index for index in head if index < last and len(lines[index].text.split()) == 1][-2:]
    if not above:
        return [row]
    top = DraftRow([DraftCell() for _ in range(numbers + 1)], lines[above[0]], lines[above[-1]])
    for column, index in enumerate(above):
        top.cells[column] = DraftCell(cell_flow([(lines[index].text, lines[index])]))
    return [top, row]
