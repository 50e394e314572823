"""Heads of tables aligned by blanks (空格对齐的表头): one line of column names, or names broken over two or three."""

from collections.abc import Sequence

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
    best = found if _is_head(words) else None
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
    return len(words) >= _LEAST and not any(kind_of(word.text) in _FIGURES for word in words)


def _named(words: Sequence[SpacedWord]) -> int:
    """How many words name a column."""
    return sum(1 for word in words if is_head(word.text))


def _is_head(words: Sequence[SpacedWord]) -> bool:
    """Whether words name columns: most of them known."""
    known = sum(1 for word in words if head_role(word.text) is not None)
    return _named(words) * 4 >= len(words) * 3 and known >= 1
