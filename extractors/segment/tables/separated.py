"""Rows whose cells are parted by a mark (分隔符表格): `序号；指标；分值；得分`, `期次 / 金额 / 比例`, quoted CSV.

Where a report was typed or exported without a grid, each line is a row. Prose knows these marks too, so a table is
only taken where a line of column heads is followed by lines of as many cells, figures in each.
"""

import re
from collections.abc import Sequence
from itertools import compress

from extractors.pages import Line
from extractors.segment.tables.draft import Draft, kind_of, row_of
from extractors.segment.tables.heads import is_head

_CSV_CELL = re.compile(r'"([^"]*)"(?:[,，]|$)')
_MARKS = (re.compile(r"\s*[；;]\s*"), re.compile(r"\s+[/／]\s+"))
# Two of them in a line, as in every head; begins with a set, to which the scanner leaps.
MARKED = re.compile(r'[；;"/／][^；;"/／\n]*[；;"/／]')
_MIN_COLUMNS = 3
_MIN_ROWS = 2  # below the head
_MAX_LINE = 400  # characters
_MAX_CELL = 60  # characters
_FIGURES = ("number", "rate")


def find_separated(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts: list[Draft] = []
    for index in compress(range(len(lines)), free):
        draft = None if drafts and index < drafts[-1].end else _read(lines, free, index)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _read(lines: Sequence[Line], free: Sequence[bool], start: int) -> Draft | None:
    """The table whose head is the line at `start`, or None where it heads none."""
    if not MARKED.search(lines[start].text):
        return None
    for mark in (None, *_MARKS):
        head = _cells(lines[start].text, mark)
        if len(head) < _MIN_COLUMNS or not _is_heads(head):
            continue
        rows = [head]
        while start + len(rows) < len(lines) and free[start + len(rows)]:
            row = _cells(lines[start + len(rows)].text, mark)
            if len(row) != len(head) or not any(kind_of(cell) in _FIGURES for cell in row):
                break
            rows.append(row)
        if len(rows) > _MIN_ROWS:
            drafted = [
                row_of([[(cell, line)] if cell else [] for cell in row], line, line)
                for row, line in zip(rows, lines[start:], strict=False)
            ]
            return Draft("pipes", drafted, start, start + len(rows))
    return None


def _cells(text: str, mark: re.Pattern[str] | None) -> list[str]:
    """The cells of a line, parted by `mark`, or quoted where it is None; [] where the line is none of a table."""
    text = text.strip()
    if len(text) > _MAX_LINE or text.endswith("。"):
        return []
    if mark is None:
        cells = _CSV_CELL.findall(text) if text.startswith('"') and text.endswith('"') else []
    else:
        cells = mark.split(text)
    return [cell.strip() for cell in cells] if all(len(cell) <= _MAX_CELL for cell in cells) else []


def _is_heads(cells: Sequence[str]) -> bool:
    """Whether cells name columns: all are words, most of them known heads."""
    known = sum(1 for cell in cells if is_head(cell))
    return all(kind_of(cell) == "text" for cell in cells) and known * 3 >= len(cells) * 2
