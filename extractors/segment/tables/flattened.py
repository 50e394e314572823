"""Tables flattened to lines without tabs or rules (无框表): found by their head, read by their numbers."""

from collections.abc import Sequence
from functools import cached_property
from itertools import compress

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.tables.captions import is_caption
from extractors.segment.tables.draft import Draft, kind_of
from extractors.segment.tables.flat_heads import FlatHead, may_open_head, read_head
from extractors.segment.tables.flat_levelled import weighs_levels
from extractors.segment.tables.flat_rows import read_rows
from extractors.segment.tables.flat_stream import read_stream
from extractors.segment.tables.flat_values import STRICT, value_row
from extractors.segment.tables.flat_weighed import is_stacked, read_weighed
from extractors.segment.tables.stacked_table import is_stacked_head, merges_names, read_stacked, stacked_draft
from extractors.segment.tables.unfilled import filled_lines
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, plain

_LOOK_AHEAD = 60
_OUTER = ("annex", "part", "chapter", "section", "cn")
_STANDARD = frozenset(map(plain, (*LEVEL1, *LEVEL2, *LEVEL3)))
_LOST_ROLES = ("level1", "level2", "level3", "weight", "score", "score_rate")
_MAX_NAME = 16
_MIN_JOINED = 2  # rows
_MAX_BACK = 12
_RATE_ENDS = ("%", "％", "‰")


class Limits:
    """Where tables must end (表格的下界): at the next outer heading or taken line, for every line of a document."""

    def __init__(self, lines: Sequence[Line], free: Sequence[bool]) -> None:
        self._lines, self._free = lines, free
        self.given_up = 0  # up to which index cells were tried in vain to be given back to their columns

    @cached_property
    def filled(self) -> Sequence[Line]:
        """The lines without names of the form that nobody filled in."""
        return filled_lines(self._lines)

    @cached_property
    def _next(self) -> list[int]:
        """For each line the index of the first line from it on that can belong to no table."""
        following = [len(self._lines)] * (len(self._lines) + 1)
        for index in range(len(self._lines) - 1, -1, -1):
            following[index] = index if self._ends(index) else following[index + 1]
        return following

    def _ends(self, index: int) -> bool:
        text = self._lines[index].text
        if not text.strip():
            return False
        label = label_of(text)
        return not self._free[index] or (label is not None and label.style in _OUTER and not looks_closed(text))

    def behind(self, start: int) -> int:
        """Index of the first line from `start` on that cannot belong to the table above it."""
        return self._next[start]


def find_flattened(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All flattened scoring tables. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts: list[Draft] = []
    limits = Limits(lines, free)
    end = 0
    for index in compress(range(len(lines)), free):
        if index < end:
            continue
        text = lines[index].text
        head = read_head(lines, index, free) if may_open_head(text) else None
        draft = _read(lines, free, limits, head) if head is not None else None
        if draft is None and text.rstrip().endswith(_RATE_ENDS):
            lost = _lost_head(lines, free, index, drafts[-1].end if drafts else 0)
            draft = read_rows(limits.filled, lost, limits.behind(lost.end)) if lost is not None else None
        if draft is None:
            end = index + 1 if head is None else head.end
        else:
            drafts.append(draft)
            end = draft.end
    return drafts


def _read(lines: Sequence[Line], free: Sequence[bool], limits: Limits, head: FlatHead) -> Draft | None:
    """The table below a head: rows whose numbers stand on one line, or cells one below the other."""
    end = limits.behind(head.end)
    if is_stacked(lines, head) and (weighs_levels(head) or head.roles[0] == "serial"):
        return read_weighed(lines, head, end)
    if is_stacked_head(lines, head):
        fitted = _fitted(lines, free, limits, head)
        if fitted is not None:
            return fitted
    if not any(role in STRICT for role in head.roles):
        return _fitted(lines, free, limits, head, by_words=True) or read_stream(limits.filled, head, end)
    if merges_names(head):
        merged = _fitted(lines, free, limits, head, by_words=True)
        if merged is not None and merged.width > len(head.columns):
            return merged
        if _joins_names(lines, head, end):
            return None
    with_numbers = 0
    for index in range(head.end, min(end, head.end + _LOOK_AHEAD)):
        with_numbers += value_row(lines[index].text, head) is not None
    scored = sum(1 for role in head.roles if role in STRICT) >= 2
    read = read_rows if with_numbers >= (1 if scored else 2) else read_stream
    return read(limits.filled, head, end)


def _fitted(
    lines: Sequence[Line], free: Sequence[bool], limits: Limits, head: FlatHead, *, by_words: bool = False
) -> Draft | None:
    """The table whose cells fit the head, or None; what was tried in vain is not tried below the next head again."""
    if head.start < limits.given_up:
        return None
    found = read_stacked(lines, free, head, limits.behind(head.end), by_words=by_words)
    if not found.rows:
        limits.given_up = found.end
        return None
    return stacked_draft(lines, head, found)


def _joins_names(lines: Sequence[Line], head: FlatHead, end: int) -> bool:
    """Whether rows print several names below the one head of names, which would be joined to names nobody printed."""
    rows = (value_row(lines[index].text, head) for index in range(head.end, min(end, head.end + _LOOK_AHEAD)))
    return sum(1 for row in rows if row is not None and len(row.names) > 1) >= _MIN_JOINED


def _lost_head(lines: Sequence[Line], free: Sequence[bool], index: int, floor: int) -> FlatHead | None:
    """An empty head above a row of weight, score and rate whose table has lost its own head, or None.

    The row, and another soon below it, must name an indicator of the standard framework.
    """
    if not _is_triple(lines[index].text):
        return None
    below = [other for other in range(index + 1, min(index + _MAX_BACK, len(lines))) if _is_triple(lines[other].text)]
    names = {plain(word) for other in (index, *below) for word in lines[other].text.split()}
    if not below or len(names & _STANDARD) < 2:
        return None
    start = index
    for above in range(index - 1, max(index - _MAX_BACK, floor - 1), -1):
        text = lines[above].text.strip()
        if (
            not free[above]
            or len(text) > _MAX_NAME
            or looks_closed(text)
            or is_caption(text)
            or text.endswith(("：", ":"))
        ):
            break
        if text and label_of(text) is not None and not text.startswith(("（", "(")):
            break
        start = above if text else start
    return FlatHead(((),) * len(_LOST_ROLES), _LOST_ROLES, start, start)


def _is_triple(text: str) -> bool:
    """Whether a line ends in two numbers and a rate behind one to three names."""
    words = text.split() if text.rstrip().endswith(_RATE_ENDS) else []
    if not 4 <= len(words) <= 6:
        return False
    kinds = [kind_of(word) for word in words]
    return kinds[-3:] == ["number", "number", "rate"] and all(kind == "text" for kind in kinds[:-3])
