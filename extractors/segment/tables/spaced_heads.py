"""Heads of tables aligned by blanks (空格对齐的表头): one line of column names, or names broken over two or three."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.frozen import frozen
from extractors.pages import Line
from extractors.printed import prints_score
from extractors.segment.flow import Piece
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.roles import head_role
from extractors.segment.tables.spaced_words import SpacedWord, spaced_words
from extractors.vocabulary import plain

_LEAST = 3  # columns
_MOST_LINES = 3
_FIGURES = ("number", "rate", "dash")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAIN_ROWS = 3  # full rows right below, set as the head is, that make a head of names not known
_PLAIN_COLUMNS, _PLAIN_NAMES = 4, 2


@frozen
class SpacedHead:
    """A head (表头). words: one for each column, broken names joined. pieces: parallel, with their lines.

    end: index behind its last line.
    """

    words: tuple[SpacedWord, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    end: int

    @property
    def key(self) -> tuple[str, ...]:
        """The names, for comparing."""
        return tuple(plain(word.text) for word in self.words)


def head_at(lines: Sequence[Line], free: Sequence[bool], index: int) -> SpacedHead | None:
    """The head that begins at a line, or None; names that go on in the lines below are joined where that names more."""
    line = lines[index]
    words = spaced_words(line.text, _LEAST)
    if not _may_head(words):
        return None
    found = SpacedHead(words, tuple(((word.text, line),) for word in words), index + 1)
    best = found if _is_head(words) or _stands_over_rows(words, lines, free, index + 1) else None
    for below in range(index + 1, min(index + _MOST_LINES, len(lines))):
        if not free[below]:
            break
        joined = _joined(found, lines[below], below)
        if joined is None:
            break
        found = joined
        if _is_head(found.words) and (best is None or _named(found.words) >= _named(best.words)):
            best = found
    return best


def _joined(head: SpacedHead, line: Line, index: int) -> SpacedHead | None:
    """The head with the words of the next line below its own; None where one stands below none, or is a figure."""
    words = spaced_words(line.text)
    if (
        not words
        or len(words) > len(head.words)
        or any(kind_of(word.text) in _FIGURES or prints_score(word.text) for word in words)
    ):
        return None
    merged, pieces = list(head.words), list(head.pieces)
    last = -1
    for word in words:
        at = max(range(len(merged)), key=lambda c: (word.overlap(merged[c].start, merged[c].end), -c))
        above = merged[at]
        if word.overlap(above.start, above.end) <= 0 or at <= last:
            return None
        merged[at] = SpacedWord(above.text + word.text, min(above.start, word.start), max(above.end, word.end))
        pieces[at] = (*pieces[at], (word.text, line))
        last = at
    return SpacedHead(tuple(merged), tuple(pieces), index + 1)


def _may_head(words: Sequence[SpacedWord]) -> bool:
    """Whether words may name columns: none is a figure, but for years that follow each other."""
    figures = [word.text for word in words if kind_of(word.text) in _FIGURES]
    years = len(figures) >= _LEAST - 1 and all(_YEAR.fullmatch(text) for text in figures) and _ascend(figures)
    return len(words) >= _LEAST and (not figures or (years and len(figures) < len(words)))


def _ascend(years: Sequence[str]) -> bool:
    return all(int(one) + 1 == int(other) for one, other in pairwise(years))


def _named(words: Sequence[SpacedWord]) -> int:
    """How many words name a column."""
    return sum(1 for word in words if is_head(word.text))


def _is_head(words: Sequence[SpacedWord]) -> bool:
    """Whether words name columns: most of them known."""
    known = sum(1 for word in words if head_role(word.text) is not None)
    return _named(words) * 4 >= len(words) * 3 and known >= 1


def _stands_over_rows(words: Sequence[SpacedWord], lines: Sequence[Line], free: Sequence[bool], start: int) -> bool:
    """Whether the first rows below begin or end each word where the head does, with figures in two columns or more."""
    below = range(start, min(start + _PLAIN_ROWS * _MOST_LINES, len(lines)))
    found = (spaced_words(lines[at].text) for at in below if free[at])
    rows = [row for row in found if len(row) != 1][:_PLAIN_ROWS]  # one word alone goes on with a broken name
    if len(words) < _PLAIN_COLUMNS or len(rows) < _PLAIN_ROWS or _named(words) < _PLAIN_NAMES:
        return False
    for row in rows:
        if len(row) != len(words) or any(not _set_alike(word, cell) for word, cell in zip(words, row, strict=True)):
            return False
    columns = zip(*rows, strict=True)
    return sum(all(kind_of(cell.text) in _FIGURES for cell in column) for column in columns) >= _LEAST - 1


def _set_alike(head: SpacedWord, cell: SpacedWord) -> bool:
    return head.start == cell.start or head.end == cell.end
