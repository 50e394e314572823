"""Whose name is whose in a flattened table (层级归属): names on lines of their own, and the rows they span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_FORM_GROUPS = frozenset(("产出指标", "效益指标", "满意度指标"))
_L1 = frozenset(map(plain, LEVEL1))
_L2 = frozenset(map(plain, LEVEL2))
_INNER = _L2 | frozenset(map(plain, LEVEL3))
_ALL = _L1 | _L2 | frozenset(map(plain, LEVEL3))


@dataclass(slots=True)
class Name:
    """A name on lines of its own (单独成行的名称). above: how many rows stand above it. index: of its last line."""

    pieces: list[Piece]
    above: int
    index: int

    @property
    def text(self) -> str:
        """The name, pieces joined."""
        return _text(self.pieces)

    @property
    def bare(self) -> str:
        """The name without a weight in brackets."""
        return _BRACKETED.sub("", self.text)


@dataclass(slots=True)
class LabelledRow:
    """A row with its numbers (数值行). names: pieces of each name printed beside the numbers, outermost first.

    values: words by column (0-based). tail: words behind the numbers.
    placed: pieces of the name at each level, outermost first, None where none begins here.
    """

    names: list[list[Piece]]
    values: dict[int, str]
    tail: list[Piece]
    line: Line
    index: int
    placed: list[list[Piece] | None] = field(default_factory=list)


def place_names(rows: list[LabelledRow], names: list[Name], levels: int) -> list[str]:
    """Give every row its names; hands back a Chinese sentence for each name that found no row.

    levels: how many name columns the head has. A name spans from the row it is placed at to the next of its level.
    """
    names = _complete_rows(rows, _joined(names))
    form = any(name.bare in _FORM_GROUPS for name in names) or any(
        _text(pieces) in _FORM_GROUPS for row in rows for pieces in row.names
    )
    for row in rows:
        row.placed = [None] * levels
        inner = 1 if _is_total(row) or (form and _is_execution(row)) else levels
        for level, name in zip(range(inner - 1, -1, -1), reversed(row.names), strict=False):
            row.placed[level] = name
    if not names:
        return []
    if levels < 2:
        return [_unplaced(name) for name in names]
    headless = names[0].above > 0 and rows[0].placed[levels - 2] is None
    return _centred(rows, names, levels) if headless else _above(rows, names, levels)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(plain(text) for text, _ in pieces)


def _is_total(row: LabelledRow) -> bool:
    """Whether the row is one of 合计, 总分, 小计: its name stands in the first column."""
    return len(row.names) == 1 and _text(row.names[0]).rstrip("：:") in (*TOTAL_LABELS, *SUBTOTAL_LABELS)


def _is_execution(row: LabelledRow) -> bool:
    """Whether the row is 预算执行率 alone, which a self-evaluation form counts among the level-1 indicators."""
    return len(row.names) == 1 and _text(row.names[0]) in ("预算执行率", "预算执行")


def _unplaced(name: Name) -> str:
    return f"名称“{name.text}”未能确定属于哪些行。"


def _joined(names: Sequence[Name]) -> list[Name]:
    """Names whose two halves stand on neighbouring lines, joined where only together they are a known name."""
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.above == name.above
            and last.bare + name.bare in _ALL
            and (last.bare not in _ALL or name.bare not in _ALL)
        ):
            last.pieces.extend(name.pieces)
            last.index = name.index
        else:
            joined.append(name)
    return joined


def _complete_rows(rows: list[LabelledRow], names: list[Name]) -> list[Name]:
    """Give rows whose own name was broken off its other half, from the line above or from both sides.

    A row without any name stands in the middle of one of two lines or more: the lines around it belong to it.
    """
    used: set[int] = set()
    for position, name in enumerate(names):
        row = rows[name.above] if name.above < len(rows) else None
        after = names[position + 1] if position + 1 < len(names) else None
        if row is None or position in used or (after is not None and after.above == name.above):
            continue
        if row.names and name.bare not in _ALL and name.bare + _text(row.names[0]) in _ALL:
            row.names[0] = [*name.pieces, *row.names[0]]
            used.add(position)
        elif not row.names:
            row.names = [list(name.pieces)]
            used.add(position)
            if after is not None and after.above == name.above + 1 and name.bare not in _ALL and _is_rest(after, name):
                row.names[0].extend(after.pieces)
                used.add(position + 1)
    return [name for position, name in enumerate(names) if position not in used]


def _is_rest(after: Name, name: Name) -> bool:
    """Whether a line below a row is the second half of the row's name and no name of its own."""
    return name.bare + after.bare in _ALL or (after.bare not in _ALL and after.text == after.bare)


def _above(rows: list[LabelledRow], names: Sequence[Name], levels: int) -> list[str]:
    """Names that stand above their first row, outermost first; what fits no level is the row's own name begun."""
    lost: list[str] = []
    known = [name for name in names if name.bare in _L1 and name.bare not in _L2]
    bracketed = bool(known) and all(name.text != name.bare for name in known)
    for number, row in enumerate(rows):
        own = [name for name in names if name.above == number]
        free = [level for level in range(levels - 1) if row.placed[level] is None]
        if own and 0 in free and levels > 2 and not _may_open(own[0], known, bracketed, len(own) == len(free)):
            free.remove(0)
        elif own and len(own) == 1 and len(free) > 1 and not _opens(own[0], bracketed):
            free = free[-1:]
        for level, name in zip(free, own, strict=False):
            row.placed[level] = name.pieces
        begun = own[len(free) :]
        inner = row.placed[levels - 1]
        if begun and inner is not None and free:
            row.placed[levels - 1] = [*(piece for name in begun for piece in name.pieces), *inner]
        else:
            lost.extend(_unplaced(name) for name in begun)
    lost.extend(_unplaced(name) for name in names if name.above >= len(rows))
    return lost


def _opens(name: Name, bracketed: bool) -> bool:
    """Whether a name is of the outermost level: by the vocabulary, or by the weight in brackets only those have."""
    return (name.bare in _L1 and name.bare not in _INNER) or (bracketed and name.text != name.bare)


def _may_open(name: Name, known: Sequence[Name], bracketed: bool, fits: bool) -> bool:
    """Whether a name may be of the outermost level, where known names of that level stand in the table or none do."""
    if not known:
        return fits or _opens(name, bracketed)
    return name.bare in _L1 or _opens(name, bracketed)


def _centred(rows: list[LabelledRow], names: Sequence[Name], levels: int) -> list[str]:
    """Names centred beside their rows: as many rows stand above a name as below it."""
    lost: list[str] = []
    total = next((number for number, row in enumerate(rows) if _is_total(row)), len(rows))
    rows = rows[:total]
    outer = [name for name in names if _opens(name, bracketed=False)] if levels > 2 else list(names)
    inner = [name for name in names if name not in outer]
    for level, group in ((0, outer), (levels - 2, inner)):
        starts = _starts(group, [number for number, row in enumerate(rows) if row.placed[level] is not None], len(rows))
        if starts is None:
            lost.extend(_unplaced(name) for name in group)
            continue
        own = {number: row.placed[level] for number, row in enumerate(rows) if row.placed[level] is not None}
        for row in rows:
            row.placed[level] = None
        for start, position in starts:
            rows[start].placed[level] = group[position].pieces if position < len(group) else own[position - len(group)]
    return lost


def _starts(group: Sequence[Name], inline: Sequence[int], total: int) -> list[tuple[int, int]] | None:
    """First row of each name's span with the name's position in `group`, or None where spans do not fill the rows.

    inline: rows that carry a name of this level on their own line: they are the middle of an odd span.
    """
    marks = sorted(
        [(name.above * 2, position) for position, name in enumerate(group)]
        + [(row * 2 + 1, len(group) + row) for row in inline]
    )
    begin = 0
    starts: list[tuple[int, int]] = []
    for middle, position in marks:
        end = middle - begin
        if end <= begin:
            return None
        starts.append((begin, position))
        begin = end
    return starts if begin == total else None
