"""Heads of flattened tables (无框表的表头): column names side by side, or broken over neighbouring lines."""

from collections.abc import Sequence
from functools import lru_cache

from extractors.frozen import frozen
from extractors.pages import Line
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.tables.draft import DraftCell, DraftRow
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import COLUMN_HEADS, plain

MAX_BLANK = 40  # blank lines in a row inside a table
_MAX_LINES = 40
_MAX_WORD = 16
_MAX_JOINED = 4  # lines that one head may be broken over
_SHORT_LEVEL = ("一级", "二级", "三级")
_LEVELS = ("level1", "level2", "level3", "indicator")
MERGED_HEADS = frozenset(
    ("绩效指标", "评价指标", "考核指标", "指标", "指标名称", "评价指标体系")
)  # over several levels
_MAX_TOP = 10  # words of a head's first row
_BEGINNINGS = frozenset(
    plain(head)[:length] for heads in COLUMN_HEADS.values() for head in heads for length in range(1, len(plain(head)))
)

# What the first words of all heads begin with; `本年度`, `第三方` and the like may stand before a head.
_FIRST = frozenset((*(beginning[0] for beginning in _BEGINNINGS), *"本当第专单部项预"))

_HEADS = frozenset(plain(head) for heads in COLUMN_HEADS.values() for head in heads if len(plain(head)) > 1)
_LONGEST_HEAD = max(map(len, _HEADS))
_MAX_GLUED = 80  # characters of heads that lost the blanks between them
_MAX_OPENING = 160  # characters of the word that opens a head, however its letters are composed

Word = tuple[str, Line, int]


@frozen
class FlatHead:
    """The head of a flattened table (表头). columns: pieces of each head. roles: parallel, never empty.

    start, end: indices of its lines, half open. key: for finding its repetition on a later page.
    """

    columns: tuple[tuple[Piece, ...], ...]
    roles: tuple[str, ...]
    start: int
    end: int

    @property
    def printed(self) -> bool:
        """Whether the head stands in the text; a head that was lost has columns without words."""
        return self.end > self.start

    @property
    def key(self) -> str:
        """All heads joined, for comparing."""
        return "|".join(plain("".join(text for text, _ in column)) for column in self.columns)


def may_open_head(text: str) -> bool:
    """Whether a line can open a head by its first character, as nearly none can; so can a line that begins blank."""
    first = text[:1]
    return not "\u4e00" <= first <= "\u9fff" or first in _FIRST


def read_head(lines: Sequence[Line], start: int, free: Sequence[bool] | None = None) -> FlatHead | None:
    """The head that begins at the line `start`, or None. free: whether each line is unclaimed; None where all are.

    It names an indicator or a level, and weights, scores, targets or results: three columns or more.
    """
    text = lines[start].text
    if not may_open_head(text):
        return None
    opening = text.split(maxsplit=1)
    if not opening or len(opening[0]) > _MAX_OPENING:
        return None
    first = unglued(opening[0])[0]
    if plain(first) not in _BEGINNINGS and head_role(first) is None:
        return None
    words = _words(lines, start, free)
    if plain(first) in MERGED_HEADS:
        folded = _two_rows(words, start)
        if folded is not None:
            return folded
    columns: list[tuple[Piece, ...]] = []
    roles: list[str] = []
    position = last = 0
    while position < len(words):
        taken = _longest(words, position)
        if not taken:
            break
        group = words[position : position + taken]
        role = head_role("".join(text for text, _, _ in group))
        columns.append(tuple((text, line) for text, line, _ in group))
        roles.append(role or "")
        position += taken
        last = group[-1][2]
    mixed = position < len(words) and words[position][2] == last  # the last line holds words that are no heads
    if mixed or not _is_head(roles):
        return None
    return FlatHead(tuple(columns), tuple(roles), start, last + 1)


def _two_rows(words: Sequence[Word], start: int) -> FlatHead | None:
    """A head of two rows, `指标名称 分值 自评 评价` above `一级指标 二级指标 自评得分 扣分原因 评价得分 …`, or None.

    Heads of the first row that name a measure stand over no other; the rest share the heads below in equal parts.
    """
    opens = next((at for at in range(2, min(len(words), _MAX_TOP)) if head_role(words[at][0]) == "level1"), 0)
    top, below = words[1:opens], list(words[opens:])
    end = next((at for at, word in enumerate(below) if head_role(word[0]) is None), len(below))
    names = sum(1 for word in below[:end] if head_role(word[0]) in _LEVELS)
    inner = below[names:end]
    spanning = [word for word in top if head_role(word[0]) is None]
    if not opens or not spanning or not inner or len(inner) % len(spanning):
        return None
    if end < len(below) and below[end][2] == below[end - 1][2]:
        return None  # the last line holds words that are no heads
    share = len(inner) // len(spanning)
    columns = list(below[:names])
    for word in top:
        if head_role(word[0]) is None:
            columns.extend(inner[:share])
            del inner[:share]
        else:
            columns.append(word)
    roles = tuple(head_role(text) or "" for text, _, _ in columns)
    return FlatHead(tuple(((text, line),) for text, line, _ in columns), roles, start, below[end - 1][2] + 1)


def head_row(head: FlatHead, lines: Sequence[Line]) -> DraftRow:
    """The head as a row."""
    return DraftRow([DraftCell(cell_flow(pieces)) for pieces in head.columns], lines[head.start], lines[head.end - 1])


def _is_head(roles: Sequence[str]) -> bool:
    """Whether these columns make a scoring table."""
    return len(roles) >= 3 and any(role in _LEVELS for role in roles) and any(role not in _LEVELS for role in roles)


def _words(lines: Sequence[Line], start: int, free: Sequence[bool] | None) -> list[Word]:
    """The short words of the lines from `start` on, each with its line and the line's index."""
    words: list[Word] = []
    for index in range(start, min(start + _MAX_LINES, len(lines))):
        if free is not None and not free[index]:
            break
        texts = _split(lines[index].text)
        if any(len(text) > _MAX_WORD for text in texts):
            break
        words.extend((text, lines[index], index) for text in texts)
    return words


def _split(text: str) -> list[str]:
    """The words of a line; heads that stand without blanks between them are taken apart."""
    return [part for word in text.split() for part in unglued(word)]


@lru_cache(maxsize=4096)
def unglued(word: str) -> tuple[str, ...]:
    """Three or more known heads printed as one word (二级指标三级指标指标解释得分), taken apart; else the word itself.

    The longest head is taken first; a rest that is no head leaves the word whole.
    """
    if not _MAX_WORD // 2 < len(word) <= _MAX_GLUED or head_role(word) is not None:
        return (word,)
    parts: list[str] = []
    at = 0
    while at < len(word):
        end = min(at + _LONGEST_HEAD, len(word))
        while end > at and word[at:end] not in _HEADS:
            end -= 1
        if end == at:
            return (word,)
        parts.append(word[at:end])
        at = end
    return tuple(parts) if len(parts) > 2 else (word,)


def _longest(words: Sequence[Word], position: int) -> int:
    """How many words from `position` on make one head; 0 where none does.

    Words are joined over line breaks where one of them names nothing, or where a level's name was cut (一级 / 指标).
    """
    joined = plain(words[position][0])
    best = 1 if head_role(joined) is not None else 0
    for count in range(2, _MAX_JOINED + 1):
        if position + count > len(words) or joined not in _BEGINNINGS:
            break
        word, _, line = words[position + count - 1]
        cut = joined in _SHORT_LEVEL or head_role(word) is None
        if best and (line == words[position][2] or not cut):
            break
        joined += plain(word)
        if head_role(joined) is not None:
            best = count
    return best
