"""Tables whose columns are aligned by blanks (空格对齐的表格), as converters print a page's layout.

A head line of known column names opens one; each word below stands in the column it overlaps most. Blank cells are
known by their place, a repeated head goes on with the body, lines without numbers continue the row they touch.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.pages import Line
from extractors.printed import prints_score
from extractors.segment.flow import Piece
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.captions import is_caption
from extractors.segment.tables.draft import Draft, DraftRow, kind_of, row_of
from extractors.segment.tables.flat_heads import MERGED_HEADS, read_head
from extractors.segment.tables.notes import is_note
from extractors.segment.tables.roles import head_role
from extractors.segment.tables.spaced_heads import SpacedHead, head_at
from extractors.segment.tables.spaced_labels import Label, settle
from extractors.segment.tables.spaced_words import SpacedWord, display_width, spaced_words
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_MIN_ROWS = 2
_MAX_BLANK = 4  # lines without text inside one table
_NEAR = 3  # display columns that a word may miss its column by
_FIGURES = ("number", "rate", "dash")
_LEVELS = ("level1", "level2", "level3", "indicator")
_WEIGHED = re.compile(r"[（(](?:权重|分值|满分)?[:：]?\s?\d{1,3}(?:\.\d+)?\s?[分%％][)）]$")
_SENTENCE = re.compile("[，。；]")
_CHAPTERS = ("part", "chapter", "section")
_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))


@dataclass(slots=True)
class _Column:
    """A column while its table is read: the display columns its words take, and its role."""

    start: int
    end: int
    role: str | None


@dataclass(slots=True)
class _Reading:
    """A table being read. rows: cells of pieces; labels: names of levels printed between the rows.

    gaps: numbers of blanks between the words of full rows; where there is but one the words are parted, not aligned.
    """

    columns: list[_Column]
    head: SpacedHead
    rows: list[list[list[Piece]]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    end: int = 0
    touching: bool = False
    gaps: set[int] = field(default_factory=set)


def find_spaced_columns(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    index = 0
    while index < len(lines):
        head = head_at(lines, free, index) if free[index] else None
        if head is None or _below_another(lines, index):
            index += 1
            continue
        reading = _read(lines, free, head)
        if len(reading.rows) >= _MIN_ROWS and _has_figures(reading):
            drafts.append(_draft(lines, index, reading))
            index = reading.end
        else:
            index += 1
    return drafts


def _below_another(lines: Sequence[Line], index: int) -> bool:
    """Whether a head is the second row of one whose first row merges columns: flattened tables read such heads."""
    above = next((at for at in range(index - 1, max(index - 3, -1), -1) if lines[at].text.strip()), index)
    first = spaced_words(lines[above].text)
    if above == index or len(first) < 2 or plain(first[0].text) not in MERGED_HEADS:
        return False
    head = read_head(lines, above)
    return head is not None and head.end == index + 1


def _read(lines: Sequence[Line], free: Sequence[bool], head: SpacedHead) -> _Reading:
    """The table below a head, as far as its rows go."""
    columns = [_Column(word.start, word.end, head_role(word.text)) for word in head.words]
    reading = _Reading(columns, head, end=head.end)
    index, blank = head.end, 0
    while index < len(lines):
        text = lines[index].text
        if not text.strip() or is_page_mark(text) or not free[index]:
            blank += 1
            reading.touching = False
            if blank > _MAX_BLANK or (not free[index] and text.strip() and not is_page_mark(text)):
                break
            index += 1
            continue
        again = head_at(lines, free, index)
        if again is not None and again.key == head.key:
            reading.breaks.append(len(reading.rows))
            _move(reading.columns, again.words)
        elif not _take(reading, lines[index], _parted(reading.columns, spaced_words(text))):
            break
        blank = 0
        index = reading.end = index + 1 if again is None or again.key != head.key else again.end
    return reading


def _move(columns: list[_Column], words: Sequence[SpacedWord]) -> None:
    """A head repeated on the next page may stand a little aside: the columns go with it."""
    for column, word in zip(columns, words, strict=True):
        column.start, column.end = word.start, word.end


def _parted(columns: list[_Column], words: Sequence[SpacedWord]) -> list[SpacedWord]:
    """The words, one that fills its column up to the blank before the next cut where that column begins."""
    starts = {column.start for column in columns}
    done: list[SpacedWord] = []
    for word in words:
        left, blank, right = word.text.partition(" ")
        at = word.start + display_width(left) + 1
        if blank and at in starts and word.start in starts:
            done += [SpacedWord(left, word.start, at - 1), SpacedWord(right, at, word.end)]
        else:
            done.append(word)
    return done


def _take(reading: _Reading, line: Line, words: Sequence[SpacedWord]) -> bool:
    """Add a line to the table; False where it is prose and the table has ended."""
    if (
        not words
        or _is_prose(words, line.text)
        or _runs_on(reading, words, line.text)
        or (not reading.touching and _heads_section(words, line.text))
    ):
        return False
    placed = _total_row(reading, words) or _place(reading.columns, words)
    if placed is None:
        return False
    figures = [c for c, word in placed if kind_of(word.text) in _FIGURES and reading.columns[c].role not in _LEVELS]
    if figures or (len(placed) == 1 and _heads_group(reading, words[0].text)):
        if len(placed) == len(reading.columns):
            reading.gaps |= _gaps(words)
        _widen(reading.columns, placed)
        reading.rows.append(_cells(reading, placed, line))
        reading.lines.append(line)
        reading.touching = True
        return True
    return _take_words(reading, line, placed)


def _take_words(reading: _Reading, line: Line, placed: list[tuple[int, SpacedWord]]) -> bool:
    """A line without figures continues the row it touches, or prints names of levels between the rows."""
    roles = [reading.columns[column].role for column, _ in placed]
    outer = all(role in ("level1", "level2") for role in roles)
    if outer:
        at = len(reading.rows) - (0.5 if reading.touching or reading.rows else 0.0)
        reading.labels.extend(Label(column, at, word.text, line) for column, word in placed)
        return True
    if len(placed) == 1 and kind_of(placed[0][1].text) == "number":
        return True  # a page number below the page's last row
    if not reading.rows or not reading.touching:
        return False
    for column, word in placed:
        reading.rows[-1][column].append((word.text, line))
    return True


def _heads_group(reading: _Reading, text: str) -> bool:
    """Whether a name alone on its line has points of its own (`项目管理（权重25%）`) and goes on with no row's name.

    Above the first row, or behind a total, it is no rest of a wrapped name.
    """
    behind = not reading.rows or plain("".join(piece for piece, _ in reading.rows[-1][0])) in _TOTALS
    return prints_score(text) or (behind and _WEIGHED.search(text) is not None)


def _heads_section(words: Sequence[SpacedWord], text: str) -> bool:
    """Whether a line set off by a blank one is a numbered title (`3.1  分项评价`) and no row of names."""
    numbered = len(words) == 2 and words[0].text.strip()[:1].isdigit() and label_of(text.strip()) is not None
    return numbered and kind_of(words[1].text) == "text"


def _is_prose(words: Sequence[SpacedWord], text: str) -> bool:
    """Whether a line is a sentence, a heading, a caption or a note and no row."""
    if is_note(text) and kind_of(words[-1].text) not in _FIGURES:
        return True
    if len(words) > 2:
        return False
    stripped = text.strip()
    if plain(words[0].text) in _TOTALS:
        return False
    if looks_closed(stripped) or (len(words) == 1 and is_caption(stripped)):
        return True
    label = label_of(stripped)  # 第四章 may stand apart from its title
    return label is not None and (len(words) == 1 or (label.style in _CHAPTERS and kind_of(words[1].text) == "text"))


def _runs_on(reading: _Reading, words: Sequence[SpacedWord], text: str) -> bool:
    """Whether a line is a sentence with a blank around each number, below rows whose columns stand further apart."""
    return min(reading.gaps, default=1) > 1 and _gaps(words) == {1} and _SENTENCE.search(text) is not None


def _place(columns: list[_Column], words: Sequence[SpacedWord]) -> list[tuple[int, SpacedWord]] | None:
    """The column of each word, ascending; None where a word fits none or two words fight for one."""
    first = 0 if len(words) == len(columns) else _nearest(columns, words[0])  # a long name reaches into the next column
    if first >= 0 and first + len(words) == len(
        columns
    ):  # nothing is blank from here on: the order tells, wherever they stand
        return list(enumerate(words, start=first))
    placed: list[tuple[int, SpacedWord]] = []
    for word in words:
        column = _nearest(columns, word)
        if column < 0 or (placed and column < placed[-1][0]):
            return None
        twice = bool(placed) and column == placed[-1][0]
        if twice and (columns[column].role in _LEVELS or kind_of(word.text) in _FIGURES):
            return None
        placed.append((column, word))
    return placed


def _gaps(words: Sequence[SpacedWord]) -> set[int]:
    """The numbers of blanks between words."""
    return {behind.start - word.end for word, behind in pairwise(words)}


def _total_row(reading: _Reading, words: Sequence[SpacedWord]) -> list[tuple[int, SpacedWord]] | None:
    """The columns of a total row (`合计  1,545.00  97.00%`) where blanks only part the words; None where they align.

    Its figures stand below figures of their kind, as far right as they can: what lacks are names behind its label.
    """
    missing = len(reading.columns) - len(words)
    label, *rest = words
    total = plain(label.text).rstrip("：:") in _TOTALS
    if not (total and rest and missing > 0 and len(reading.rows) >= _MIN_ROWS and len(reading.gaps) == 1):
        return None
    above = [kind_of(pieces[0][0]) if pieces else "" for pieces in reading.rows[-1]]
    kinds = [kind_of(word.text) for word in rest]
    for first in range(missing + 1, 0, -1):
        if all(kind in _FIGURES and kind == known for kind, known in zip(kinds, above[first:], strict=False)):
            return [(0, label), *enumerate(rest, start=first)]
    return None


def _nearest(columns: list[_Column], word: SpacedWord) -> int:
    """The column that a word stands in, -1 if it stands in none."""
    column = max(range(len(columns)), key=lambda c: (word.overlap(columns[c].start, columns[c].end), -c))
    near = word.overlap(columns[column].start, columns[column].end) >= -_NEAR
    return column if near else _between(columns, word)


def _between(columns: list[_Column], word: SpacedWord) -> int:
    """The column of a word that stands in the wide gap around a short head: the nearest, left-aligned text first."""
    left = [c for c in range(len(columns)) if columns[c].start <= word.start]
    return left[-1] if left else (0 if columns and word.end <= columns[0].start + _NEAR else -1)


def _widen(columns: list[_Column], placed: list[tuple[int, SpacedWord]]) -> None:
    """A column reaches as far as its words do, but never into its neighbours."""
    for column, word in placed:
        low = columns[column - 1].end if column else 0
        high = columns[column + 1].start if column + 1 < len(columns) else word.end
        columns[column].start = max(min(columns[column].start, word.start), min(low, columns[column].start))
        columns[column].end = min(max(columns[column].end, word.end), max(high, columns[column].end))


def _cells(reading: _Reading, placed: list[tuple[int, SpacedWord]], line: Line) -> list[list[Piece]]:
    cells: list[list[Piece]] = [[] for _ in reading.columns]
    for column, word in placed:
        cells[column].append((word.text, line))
    return cells


def _has_figures(reading: _Reading) -> bool:
    """Whether at least two rows hold a figure behind a name."""
    named = [row for row in reading.rows if any(pieces and kind_of(pieces[0][0]) == "text" for pieces in row)]
    return len(named) >= _MIN_ROWS


def _draft(lines: Sequence[Line], start: int, reading: _Reading) -> Draft:
    """The table with its head, names printed between rows brought to the rows they stand for."""
    roles = [column.role for column in reading.columns]
    settle(reading.rows, reading.labels, [c for c, role in enumerate(roles) if role in ("level1", "level2")])
    head = row_of([list(pieces) for pieces in reading.head.pieces], lines[start], lines[reading.head.end - 1])
    rows: list[DraftRow] = [head]
    rows += [row_of(cells, line, line) for cells, line in zip(reading.rows, reading.lines, strict=True)]
    draft = Draft("aligned", rows, start, reading.end)
    draft.header_rows = 1
    draft.breaks = [(row + 1, "换页后重印表头，正文接续") for row in reading.breaks if 0 < row < len(reading.rows)]
    return draft
