"""Lines of flattened tables that weigh every level (各级均列权重): `决策 15 项目立项 6 立项依据充分性 3 充分 充分 3`.

The names and weights of outer levels are left out where their cells are merged, so a line is read from its end.
"""

import re
from collections.abc import Sequence

from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.flat_heads import FlatHead
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_STRICT = ("weight", "score", "score_rate", "deduction")
_LEVELS = ("level1", "level2", "level3", "indicator")
_NUMBERS = ("number", "rate", "dash")
_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))
_COUNT = re.compile(r"[≥≤＞＜><=]?\d+(?:[.,]\d+)*")
_UNIT = re.compile(r"[\u4e00-\u9fff/㎡²³]{1,5}|[a-zA-Z/㎡²³]{1,4}")

Cells = tuple[tuple[int, str], ...]


def weighs_levels(head: FlatHead) -> bool:
    """Whether a column of weights or scores stands between two columns of names."""
    names = [column for column, role in enumerate(head.roles) if role in _LEVELS]
    return any(role in _STRICT for role in head.roles[names[0] : names[-1]]) if names else False


def levelled_row(words: Sequence[str], head: FlatHead) -> tuple[tuple[str, ...], Cells] | None:
    """Names (outermost first) and (column, word) pairs of a row; None where the words do not fit the head exactly."""
    if plain(words[0]).rstrip("：:") in _TOTALS:
        return _total(words, head)
    segments = _segments(head)
    for first in range(len(segments)):
        found = _fitted(_with_units(words, segments[first:], head), segments[first:], head)
        if found is not None:
            return found
    return None


def _segments(head: FlatHead) -> list[list[int]]:
    """Columns (0-based) of each level's name with those behind it, up to the next name."""
    segments: list[list[int]] = []
    for column, role in enumerate(head.roles):
        if role in _LEVELS:
            segments.append([])
        if segments:
            segments[-1].append(column)
    return segments


def _fitted(
    words: Sequence[str], segments: Sequence[Sequence[int]], head: FlatHead
) -> tuple[tuple[str, ...], Cells] | None:
    """The words in the columns of `segments`, if they are as many and names and numbers stand where they must."""
    columns = [column for segment in segments for column in segment]
    if len(columns) != len(words):
        return None
    placed = tuple(zip(columns, words, strict=True))
    for column, word in placed:
        role, kind = head.roles[column], kind_of(word)
        if (role in _STRICT and kind not in _NUMBERS) or (role in _LEVELS and kind != "text"):
            return None
    names = tuple(word for column, word in placed if head.roles[column] in _LEVELS)
    return names, tuple((column, word) for column, word in placed if head.roles[column] not in _LEVELS)


def _total(words: Sequence[str], head: FlatHead) -> tuple[tuple[str, ...], Cells] | None:
    """A total row: a number for every column of numbers, or for those behind the last name."""
    strict = [column for column, role in enumerate(head.roles) if role in _STRICT]
    last = [column for column in strict if column in _segments(head)[-1]]
    numbers = words[1:]
    if not numbers or any(kind_of(word) not in _NUMBERS for word in numbers):
        return None
    columns = next((columns for columns in (strict, last) if len(columns) == len(numbers)), None)
    return None if columns is None else ((words[0],), tuple(zip(columns, numbers, strict=True)))


def _with_units(words: Sequence[str], segments: Sequence[Sequence[int]], head: FlatHead) -> list[str]:
    """The words, and where they are too many, units that stand apart joined to their numbers: `24 个`.

    Only behind the last name and its weight, where texts may stand.
    """
    surplus = len(words) - sum(map(len, segments))
    fixed = sum(map(len, segments[:-1])) + 1
    fixed += next((at for at, column in enumerate(segments[-1][1:]) if head.roles[column] not in _STRICT), 0)
    joined = list(words[:fixed])
    for word in words[fixed:]:
        if surplus > 0 and len(joined) > fixed and _UNIT.fullmatch(word) and _COUNT.fullmatch(joined[-1]):
            joined[-1] += word
            surplus -= 1
        else:
            joined.append(word)
    return joined
