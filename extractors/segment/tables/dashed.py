"""Tables whose columns are ruled by dashes (短横线标列的表格), as pandoc writes simple and multiline tables.

`------ ------ ----` below the head gives every column's place; a line of nothing but dashes opens and closes a table
whose rows are parted by blank lines.
"""

import re
from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.segment.tables.draft import Draft, DraftRow, row_of
from extractors.segment.tables.spaced_words import SpacedWord, display_width

_RULE = re.compile(r" *-{2,}(?: +-{2,})+ *")  # tabs between the dashes part cells themselves
_FULL = re.compile(r" *-{4,} *")
_WORD = re.compile(r"\S+")
_MAX_LINE = 2000  # characters
_MAX_HEAD = 4  # lines of a head
_MAX_ROWS = 2000

Span = tuple[int, int]


def find_dashed(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts: list[Draft] = []
    floor = index = 0
    while index < len(lines):
        draft = _read(lines, free, index, floor) if free[index] and _is_rule(lines[index].text) else None
        if draft is not None:
            drafts.append(draft)
            floor = draft.end
        index = index + 1 if draft is None else draft.end
    return drafts


def _is_rule(text: str) -> bool:
    """Whether the line rules columns: two runs of dashes or more."""
    return "--" in text and len(text) <= _MAX_LINE and bool(_RULE.fullmatch(text))


def _read(lines: Sequence[Line], free: Sequence[bool], rule: int, floor: int) -> Draft | None:
    """The table ruled by the line at `rule`, or None where no rows stand below it. floor: end of the table before."""
    columns = [(word.start, word.end) for word in _words(lines[rule].text)]
    start = _head_start(lines, free, rule, floor)
    framed = start > floor and free[start - 1] and bool(_FULL.fullmatch(lines[start - 1].text))
    end, groups = _body(lines, free, rule + 1, framed=framed or start == rule)
    rows = [_row(group, columns) for group in groups]
    if not rows or any(row is None for row in rows):
        return None
    head = _row(lines[start:rule], columns) if start < rule else None
    draft = Draft("aligned", [row for row in (head, *rows) if row is not None], start - int(framed), end)
    draft.header_rows = int(head is not None)
    return draft


def _head_start(lines: Sequence[Line], free: Sequence[bool], rule: int, floor: int) -> int:
    """Index of the head's first line: the lines directly above the rule."""
    start = rule
    while start > max(floor, rule - _MAX_HEAD) and free[start - 1] and lines[start - 1].text.strip():
        if _FULL.fullmatch(lines[start - 1].text):
            break
        start -= 1
    return start


def _body(lines: Sequence[Line], free: Sequence[bool], start: int, *, framed: bool) -> tuple[int, list[list[Line]]]:
    """Index behind the table and the lines of each row.

    framed: a closing rule ends the table; where blank lines stand between its rows, they part them. Otherwise every
    line is a row and the first blank line ends the table.
    """
    end = start
    closed = False
    while end < len(lines) and free[end] and end - start < _MAX_ROWS and not closed:
        text = lines[end].text
        closed = bool(_FULL.fullmatch(text)) or _is_rule(text)
        if not text.strip() and not framed:
            break
        end += 1
    if framed and not closed:
        return start, []  # the rule is an ornament
    body = lines[start : end - int(closed)]
    if not any(not line.text.strip() for line in body):
        return end, [[line] for line in body]
    groups: list[list[Line]] = [[]]
    for line in body:
        if line.text.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return end, [group for group in groups if group]


def _words(text: str) -> list[SpacedWord]:
    """The words of a line with their display columns."""
    words = []
    at = offset = 0
    for match in _WORD.finditer(text.replace("\u3000", "  ")):
        at += match.start() - offset
        words.append(SpacedWord(match.group(), at, at + display_width(match.group())))
        at, offset = words[-1].end, match.end()
    return words


def _row(lines: Sequence[Line], columns: Sequence[Span]) -> DraftRow | None:
    """The row that the lines print, or None where a word stands between two columns or over both."""
    cells: list[list[Piece]] = [[] for _ in columns]
    for line in lines:
        texts = [""] * len(columns)
        for word in _words(line.text):
            over = [column for column, span in enumerate(columns) if word.overlap(*span) > 0]
            if len(over) != 1:
                return None
            column = over[0]
            texts[column] = f"{texts[column]} {word.text}".strip()
        for cell, text in zip(cells, texts, strict=True):
            if text:
                cell.append((text, line))
    return row_of(cells, lines[0], lines[-1])
