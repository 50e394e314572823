"""Whose name is whose in a flattened table (层级归属): names on lines of their own, and the rows they span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_L1 = frozenset(map(plain, LEVEL1))
_L2 = frozenset(map(plain, LEVEL2))
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
        return "".join(plain(text) for text, _ in self.pieces)

    @property
    def bare(self) -> str:
        """The name without a weight in brackets."""
        return _BRACKETED.sub("", self.text)


@dataclass(slots=True)
class LabelledRow:
    """A row with its numbers (数值行). placed: pieces of the name at each level, outermost first, None if not here."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    tail: tuple[str, ...]
    line: Line
    index: int
    placed: list[list[Piece] | None] = field(default_factory=list)


def place_names(rows: list[LabelledRow], names: list[Name], levels: int) -> list[str]:
    """Give every row its names; hands back a Chinese sentence for each name that found no row.

    levels: how many name columns the head has. A name spans from the row it is placed at to the next of its level.
    """
    names = _complete_rows(rows, _joined(names))
    for row in rows:
        row.placed = [None] * levels
        inner = 1 if _is_total(row) else levels
        for level, name in zip(range(inner - 1, -1, -1), reversed(row.names), strict=False):
            row.placed[level] = [(name, row.line)]
    if not names:
        return []
    if levels < 2:
        return [_unplaced(name) for name in names]
    return _centred(rows, names, levels) if names[0].above > 0 else _above(rows, names, levels)


def _is_total(row: LabelledRow) -> bool:
    """Whether the row is one of 合计, 总分, 小计: its name stands in the first column."""
    return len(row.names) == 1 and plain(row.names[0]).rstrip("：:") in (*TOTAL_LABELS, *SUBTOTAL_LABELS)


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
    """Give rows whose own name was broken off its other half, from the line above or around."""
    left: list[Name] = []
    for position, name in enumerate(names):
        row = rows[name.above] if name.above < len(rows) else None
        last = position + 1 == len(names) or names[position + 1].above != name.above
        if row is not None and last and row.names and name.bare not in _ALL and name.bare + plain(row.names[0]) in _ALL:
            row.names = (name.text + row.names[0], *row.names[1:])
        elif row is not None and last and not row.names:
            row.names = (name.text,)
        else:
            left.append(name)
    return left


def _is_level1(name: Name, bracketed: bool) -> bool:
    """Whether a name is of the outermost level by the vocabulary, or by its weight in brackets if only those have one."""
    if name.bare in _L1 and name.bare not in _L2:
        return True
    return bracketed and name.text != name.bare


def _above(rows: list[LabelledRow], names: Sequence[Name], levels: int) -> list[str]:
    """Names that stand above their first row: the nearest is the innermost."""
    lost: list[str] = []
    bracketed = all(name.text != name.bare for name in names if name.bare in _L1 and name.bare not in _L2)
    for number, row in enumerate(rows):
        own = [name for name in names if name.above == number]
        free = [level for level in range(levels) if row.placed[level] is None]
        if len(own) == 1 and len(free) > 1:
            free = free[:1] if _is_level1(own[0], bracketed) else free[-1:]
        for level, name in zip(reversed(free), reversed(own), strict=False):
            row.placed[level] = name.pieces
        lost.extend(_unplaced(name) for name in own[: max(len(own) - len(free), 0)])
    lost.extend(_unplaced(name) for name in names if name.above >= len(rows))
    return lost


def _centred(rows: list[LabelledRow], names: Sequence[Name], levels: int) -> list[str]:
    """Names centred beside their rows: as many rows stand above a name as below it."""
    lost: list[str] = []
    outer = [name for name in names if _is_level1(name, bracketed=False)] if levels > 2 else list(names)
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
    marks = sorted([(name.above * 2, position) for position, name in enumerate(group)] + [(row * 2 + 1, len(group) + row) for row in inline])
    begin = 0
    starts: list[tuple[int, int]] = []
    for middle, position in marks:
        end = middle - begin
        if end <= begin:
            return None
        starts.append((begin, position))
        begin = end
    return starts if begin == total else None
