"""Tables of indicators printed one cell below the other, head and all (竖排指标表): from their lines to rows."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pages import Line
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.headings import label_of
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.captions import is_unit_line
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.flat_heads import MAX_BLANK, MERGED_HEADS, FlatHead, head_row, read_head
from extractors.segment.tables.flat_levelled import weighs_levels
from extractors.segment.tables.flat_names import LEVELS
from extractors.segment.tables.notes import is_note
from extractors.segment.tables.stacked_fit import FittedRow, fit, is_value
from extractors.segment.tables.unfilled import is_unfilled
from extractors.vocabulary import LEVEL1, TOTAL_LABELS, is_outer, plain

_OUTER = ("annex", "part", "chapter", "section", "cn", "cn-paren")
_L1 = frozenset(map(plain, LEVEL1))
_LEVEL_ROLES = ("level1", "level2", "level3")
_MOST_PIECES = 3000
_LEAST_BETWEEN = 3  # cells between a head and its repetition
_MOST_TEXT = 300  # characters of a cell
_REPEATED = "跨页接续：表头在换页处重复"


@dataclass(slots=True)
class Stacked:
    """Rows below a head (竖排的行). width: columns of the table, heads merged over several counted as such.

    rows: each with the head repeated above it, or None. end: index behind the last line.
    """

    width: int
    rows: list[tuple[FittedRow, FlatHead | None]]
    end: int


def is_stacked_head(lines: Sequence[Line], head: FlatHead) -> bool:
    """Whether no line of the head holds more than one word; heads that weigh their levels are read elsewhere."""
    printed = [line.text.split() for line in lines[head.start : head.end]]
    return head.printed and all(len(words) <= 1 for words in printed) and not weighs_levels(head)


def read_stacked(
    lines: Sequence[Line], free: Sequence[bool], head: FlatHead, limit: int, *, by_words: bool = False
) -> Stacked:
    """The rows below a stacked head, none where they do not fit it; `end` then tells how far it was looked.

    limit: index behind the last possible line.

    by_words: lines hold several cells, parted by blanks.
    """
    pieces, places, again = _pieces(lines, free, head, limit, by_words=by_words)
    for roles in _readings(head, pieces):
        rows, taken = fit(pieces, roles)
        if rows:
            return Stacked(len(roles), _with_heads(rows, again), places[taken - 1] + 1)
    return Stacked(0, [], places[-1] + 1 if places else head.end)


def stacked_draft(lines: Sequence[Line], head: FlatHead, found: Stacked) -> Draft:
    """The table below a stacked head as a draft."""
    draft = Draft("flattened", [_widened(head_row(head, lines), head, found.width)], head.start, found.end)
    draft.header_rows = 1
    for row, above in found.rows:
        if above is not None:
            draft.repeated.add(len(draft.rows))
            draft.breaks.append((len(draft.rows), _REPEATED))
            draft.rows.append(_widened(head_row(above, lines), head, found.width))
        draft.rows.append(drafted(row, found.width))
    return draft


def drafted(row: FittedRow, width: int, shift: int = 0) -> DraftRow:
    """A row in its columns, moved right by `shift`; the label of a total stays in the first."""
    cells = [DraftCell() for _ in range(width + shift)]
    for column, pieces in row.cells.items():
        cells[0 if row.total and column == min(row.cells) else column + shift] = DraftCell(cell_flow(pieces))
    used = [line for pieces in row.cells.values() for _, line in pieces]
    return DraftRow(list(cells), used[0], used[-1])


def _pieces(
    lines: Sequence[Line], free: Sequence[bool], head: FlatHead, limit: int, *, by_words: bool
) -> tuple[list[Piece], list[int], dict[int, FlatHead]]:
    """The cells below the head, the indices of their lines, and the heads repeated in front of some of them."""
    pieces: list[Piece] = []
    places: list[int] = []
    again: dict[int, FlatHead] = {}
    index, blank = head.end, 0
    while index < limit and free[index] and blank <= MAX_BLANK and len(pieces) < _MOST_PIECES:
        text = lines[index].text.strip()
        repeated = read_head(lines, index, free) if text else None
        if repeated is not None:
            if repeated.key != head.key or len(pieces) - max(again, default=0) < _LEAST_BETWEEN:
                break
            again[len(pieces)] = repeated
            index = repeated.end
            continue
        if text and _ends(text):
            break
        blank = 0 if text else blank + 1
        if text and not is_page_mark(text):
            own = text.split() if by_words else [text]
            pieces.extend((word, lines[index]) for word in own)
            places.extend(index for _ in own)
        index += 1
    return _filled(pieces, places, again)


def _filled(
    pieces: list[Piece], places: list[int], again: dict[int, FlatHead]
) -> tuple[list[Piece], list[int], dict[int, FlatHead]]:
    """The cells without the form's own names that nobody filled in: `指标2：`, `……`, and a class that has only such."""
    after = [text for text, _ in pieces[1:]] + [""] * bool(pieces)
    unfilled = [is_unfilled(text, below) for (text, _), below in zip(pieces, after, strict=True)]
    if not any(unfilled):
        return pieces, places, again
    for at in range(len(pieces) - 1, 0, -1):
        if unfilled[at] and not unfilled[at - 1]:
            begins = _class_above(pieces, at)
            goes_on = next((below for below in range(at, len(pieces)) if not unfilled[below]), len(pieces))
            if begins < at and (goes_on == len(pieces) or _begins_class(pieces, goes_on)):
                unfilled[begins:at] = [True] * (at - begins)
    kept = [at for at, empty in enumerate(unfilled) if not empty]
    heads = {bisect_left(kept, at): head for at, head in again.items()}
    return [pieces[at] for at in kept], [places[at] for at in kept], heads


def _class_above(pieces: Sequence[Piece], at: int) -> int:
    """Where the name of the second level that stands right above a place begins; that place where none does."""
    for begins in (at - 2, at - 1):
        name = "".join(text for text, _ in pieces[max(begins, 0) : at])
        if begins >= 0 and is_outer(name) and plain(name) not in _L1:
            return begins
    return at


def _begins_class(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a name of an outer level or a total stands at a place, on one line or two."""
    one, two = pieces[at][0], "".join(text for text, _ in pieces[at : at + 2])
    return is_outer(one) or is_outer(two) or plain(one) in TOTAL_LABELS


def _ends(text: str) -> bool:
    """Whether a line stands behind the table: a heading, a note, the people who filled it in."""
    label = label_of(text)
    outer = label is not None and label.style in _OUTER
    return outer or len(text) > _MOST_TEXT or is_note(text) or is_unit_line(text)


def merges_names(head: FlatHead) -> bool:
    """Whether the only head of names is one that may stand over several columns: 绩效指标, 评价指标."""
    names = [column for column, role in enumerate(head.roles) if role in LEVELS]
    merged = "".join(text for text, _ in head.columns[names[0]]) if names else ""
    return len(names) == 1 and plain(merged) in MERGED_HEADS and head.roles[names[0]] == "indicator"


def _readings(head: FlatHead, pieces: Sequence[Piece]) -> list[tuple[str, ...]]:
    """The columns that the head may stand for: as printed, or one head 绩效指标 merged over two or three of names."""
    if not merges_names(head):
        return [head.roles]
    names = [column for column, role in enumerate(head.roles) if role in LEVELS]
    values = (at for at, (text, _) in enumerate(pieces) if kind_of(text) != "text" or is_value(text))
    count = next(values, 0) - sum(1 for role in head.roles[names[0] + 1 :] if role in ("rule", "definition"))
    known = any(plain(text) in _L1 for text, _ in pieces[:1])
    if count not in (2, 3) or (count == 2 and not known):
        return [head.roles]
    levels = _LEVEL_ROLES if count == 3 else ("level1", "level3")
    return [(*head.roles[: names[0]], *levels, *head.roles[names[0] + 1 :]), head.roles]


def _with_heads(rows: list[FittedRow], again: dict[int, FlatHead]) -> list[tuple[FittedRow, FlatHead | None]]:
    """The rows, each with the head that was repeated in front of its first piece."""
    placed: list[tuple[FittedRow, FlatHead | None]] = []
    at = 0
    for row in rows:
        count = sum(map(len, row.cells.values()))
        placed.append((row, next((again[place] for place in range(at, at + count) if place in again), None)))
        at += count
    return placed


def _widened(row: DraftRow, head: FlatHead, width: int) -> DraftRow:
    """The head's row with blank cells behind the one head that is merged over several columns."""
    first = next(column for column, role in enumerate(head.roles) if role in LEVELS)
    row.cells[first + 1 : first + 1] = [DraftCell() for _ in range(width - len(head.roles))]
    return row
