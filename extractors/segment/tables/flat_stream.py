"""Flattened tables whose cells stand one below the other (逐格竖排): names, explanation, and then the numbers.

A row ends with its numbers on lines of their own; what stands before them is the row's names, outermost first,
as far as they change, and then its text. Names end with a weight in brackets on a line of its own, or are names
of the standard framework.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.flat_heads import FlatHead, head_row, read_head
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, TOTAL_LABELS, plain

_STRICT = ("weight", "score", "score_rate", "deduction")
_LEVELS = ("level1", "level2", "level3", "indicator")
_KNOWN = frozenset(plain(name) for name in (*LEVEL1, *LEVEL2, *LEVEL3))
_MAX_NAME_LINES = 5
_MAX_NAME = 30
_MAX_ROW_LINES = 80


@dataclass(slots=True)
class _StreamRow:
    """A row being read. text: pieces in front of the numbers. head_above: the head repeated above it."""

    text: list[Piece] = field(default_factory=list)
    numbers: list[Piece] = field(default_factory=list)
    head_above: FlatHead | None = None
    index: int = 0


def read_stream(lines: Sequence[Line], head: FlatHead, limit: int) -> Draft | None:
    """The table below `head`, or None where fewer than two rows follow."""
    wanted = sum(1 for role in head.roles if role in _STRICT)
    if not wanted or head.roles[-1] not in _STRICT:
        return None
    rows = _rows(lines, head, limit, wanted)
    named = [_names(row, head) for row in rows]
    if sum(1 for names, _ in named if names) < 2:
        return None
    draft = Draft("flattened", [head_row(head, lines)], head.start, rows[-1].index + 1)
    draft.header_rows = 1
    running: list[str] = []
    for row, (names, rest) in zip(rows, named, strict=True):
        if row.head_above is not None:
            draft.repeated.add(len(draft.rows))
            draft.breaks.append((len(draft.rows), "跨页接续：表头在换页处重复"))
            draft.rows.append(head_row(row.head_above, lines))
        draft.rows.append(_row(row, names, rest, head, running))
    return draft


def _rows(lines: Sequence[Line], head: FlatHead, limit: int, wanted: int) -> list[_StreamRow]:
    """Rows, each closed by its numbers; what follows the last numbers is left out."""
    rows: list[_StreamRow] = []
    current = _StreamRow()
    free = [True] * len(lines)
    index = head.end
    while index < limit:
        text = lines[index].text.strip()
        if not text or is_page_mark(text):
            index += 1
            continue
        again = read_head(lines, free, index)
        if again is not None and again.key == head.key:
            if not current.text:
                current.head_above = again
            index = again.end
            continue
        if kind_of(text) in ("number", "rate"):
            current.numbers.append((text, lines[index]))
        elif len(current.text) > _MAX_ROW_LINES or (not current.text and _is_outside(text)):
            break
        else:
            if current.numbers:
                rows.append(current)
                current = _StreamRow()
            current.text.append((text, lines[index]))
        if current.numbers and len(current.numbers) == wanted:
            current.index = index
            rows.append(current)
            current = _StreamRow()
        index += 1
    return _without_page_numbers(rows)


def _is_outside(text: str) -> bool:
    """Whether a line that would begin a row begins prose instead: a sentence, a heading, a title."""
    label = label_of(text)
    return looks_closed(text) or len(text) > _MAX_NAME or (label is not None and label.style in ("cn", "cn-paren")) or text.endswith("报告")


def _without_page_numbers(rows: list[_StreamRow]) -> list[_StreamRow]:
    """Rows that have no text of their own are numbers behind a complete row: page numbers, but for the last, a total."""
    kept: list[_StreamRow] = []
    for position, row in enumerate(rows):
        if row.text or (position == len(rows) - 1 and kept and "." in row.numbers[0][0]):
            kept.append(row)
        elif kept:
            kept[-1].index = row.index
    while kept and not kept[-1].numbers:
        kept.pop()
    return kept


def _names(row: _StreamRow, head: FlatHead) -> tuple[list[list[Piece]], list[Piece]]:
    """The names that a row's text begins with, outermost first, and the rest of the text."""
    levels = sum(1 for role in head.roles if role in _LEVELS)
    names: list[list[Piece]] = []
    rest = list(row.text)
    while rest and len(names) < levels:
        taken = _name_length(rest)
        if not taken:
            break
        names.append(rest[:taken])
        rest = rest[taken:]
    if not names and rest and plain(rest[0][0]).rstrip("：:") in TOTAL_LABELS:
        return [rest[:1]], rest[1:]
    return names, rest


def _name_length(pieces: Sequence[Piece]) -> int:
    """How many lines the name at the front takes: up to its weight in brackets, or up to a known name; 0 if none."""
    joined = ""
    known = 0
    for count, (text, _) in enumerate(pieces[:_MAX_NAME_LINES], start=1):
        bare = plain(text)
        if joined and bare.startswith("(") and bare.endswith(")") and kind_of(bare[1:-1].removesuffix("分")) in ("number", "rate"):
            return count
        joined += bare
        if len(joined) > _MAX_NAME or looks_closed(text):
            break
        if joined in _KNOWN:
            known = count
        elif known and count > known + 1:
            break
    return known


def _row(row: _StreamRow, names: list[list[Piece]], rest: list[Piece], head: FlatHead, running: list[str]) -> DraftRow:
    """One row in the columns of the head. running: names of the levels above, outermost first; updated.

    A name repeated because the page broke is not set again: its span goes on.
    """
    cells: list[DraftCell | None] = [DraftCell() for _ in head.columns]
    levels = [column for column, role in enumerate(head.roles) if role in _LEVELS]
    strict = [column for column, role in enumerate(head.roles) if role in _STRICT]
    texts = [column for column, role in enumerate(head.roles) if role not in (*_LEVELS, *_STRICT)]
    own = levels[len(levels) - len(names) :] if _is_indicator(names) else levels[:1]
    for column, pieces in zip(own, names, strict=False):
        flow = cell_flow(pieces)
        depth = levels.index(column)
        if row.head_above is not None and column != levels[-1] and running[depth : depth + 1] == [plain(flow.text)]:
            continue
        running[depth:] = [plain(flow.text)]
        cells[column] = DraftCell(flow)
    if rest and texts:
        cells[texts[0]] = DraftCell(cell_flow(rest), column_span=len(texts), declared=len(texts) > 1)
        for column in texts[1:]:
            cells[column] = None
    for column, piece in zip(strict, row.numbers, strict=False):
        cells[column] = DraftCell(cell_flow([piece]))
    used = [line for _, line in (*row.text, *row.numbers)]
    return DraftRow(cells, used[0], used[-1])


def _is_indicator(names: Sequence[Sequence[Piece]]) -> bool:
    """Whether the names are an indicator's and not the label of a total row."""
    return not (len(names) == 1 and plain("".join(text for text, _ in names[0])).rstrip("：:") in TOTAL_LABELS)
