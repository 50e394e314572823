"""Flattened tables whose rows keep their numbers on one line (行内数值): `立项依据充分性 4.00 4.00 100%`.

The names of outer levels stand on lines of their own, above their rows or, as merged cells are centred, in the
middle of them; a name that was broken stands on two neighbouring lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.provenance import Note
from extractors.segment.flow import cell_flow
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow
from extractors.segment.tables.flat_heads import MAX_BLANK, FlatHead, head_row, read_head
from extractors.segment.tables.flat_levels import LabelledRow, Name, place_names
from extractors.segment.tables.flat_values import LEVELS, ValueRow, remark_column, value_row
from extractors.segment.tables.notes import is_note
from extractors.vocabulary import LEVEL3, OUTER, TOTAL_LABELS, is_outer, plain

_MAX_NAME = 24
_MAX_LABEL_BESIDE_REMARKS = 8
_MAX_SILENT = 8  # lines of names in a row without any numbers
_MAX_REMARKS = 40
_BRACKET = re.compile(r"^[（(]")
_LEAVES = frozenset(map(plain, LEVEL3))


@dataclass(slots=True)
class _Reading:
    """What was read so far. names: those waiting for their row, with how many rows stood above them."""

    rows: list[LabelledRow] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    heads: list[tuple[int, FlatHead]] = field(default_factory=list)
    end: int = 0
    silent: int = 0


def read_rows(lines: Sequence[Line], head: FlatHead, limit: int) -> Draft | None:
    """The table below `head`, or None where no row follows. limit: index behind its last possible line."""
    reading = _collect(lines, head, limit)
    if not reading.rows:
        return None
    notes = place_names(reading.rows, reading.names, sum(1 for role in head.roles if role in LEVELS))
    draft = Draft("flattened", [head_row(head, lines)] if head.printed else [], head.start, reading.end)
    draft.header_rows = len(draft.rows)
    draft.roles = () if head.printed else head.roles
    again = dict(reading.heads)
    for number, row in enumerate(reading.rows):
        if number in again:
            draft.repeated.add(len(draft.rows))
            draft.breaks.append((len(draft.rows), "跨页接续：表头在换页处重复"))
            draft.rows.append(head_row(again[number], lines))
        draft.rows.append(_row(row, head))
    draft.notes.extend(Note("unplaced-name", message, draft.rows[0].first.span()) for message in notes)
    return draft


def _collect(lines: Sequence[Line], head: FlatHead, limit: int) -> _Reading:
    """Read names and rows up to the table's end."""
    reading = _Reading(end=head.end)
    index = head.end
    blank = 0
    while index < limit and blank <= MAX_BLANK:
        text = lines[index].text.strip()
        blank = 0 if text else blank + 1
        again = read_head(lines, index) if text else None
        if again is not None:
            twice = bool(reading.heads) and reading.heads[-1][0] == len(reading.rows)
            if (head.printed and again.key != head.key) or twice:
                break
            reading.heads.append((len(reading.rows), again))
            index = again.end
            continue
        if text and not is_page_mark(text) and not _take(reading, head, text, lines[index], index):
            break
        index += 1
        if reading.rows and reading.end == index and _ends(reading.rows[-1]):
            break
    reading.names = [name for name in reading.names if name.index < reading.end]
    return reading


def _take(reading: _Reading, head: FlatHead, text: str, line: Line, index: int) -> bool:
    """Take in one line: a row, a name or a remark; False where the table has ended."""
    found = value_row(text, head)
    if found is not None and _plausible(found, head):
        names = [[(name, line)] for word in found.names for name in _unglued(word)]
        tail = [(word, line) for word in found.tail]
        reading.rows.append(LabelledRow(names, dict(found.cells), tail, line, index))
        reading.end, reading.silent = index + 1, 0
        return True
    remarks = remark_column(head) is not None
    if _is_heading(text) or is_note(text) or reading.silent >= (_MAX_REMARKS if remarks else _MAX_SILENT):
        return False
    reading.silent += 1
    if _may_be_name(text, reading if remarks else None):
        _add_name(reading, text, line, index)
        return True
    if not remarks or not reading.rows:
        return False
    reading.rows[-1].tail.append((text, line))
    return True


def _unglued(word: str) -> tuple[str, ...]:
    """A known outer and a known leaf's name printed without a blank between them, taken apart; else the word itself."""
    if word in OUTER or word in _LEAVES:
        return (word,)
    cut = next((at for at in range(2, len(word) - 1) if word[:at] in OUTER and word[at:] in _LEAVES), None)
    return (word,) if cut is None else (word[:cut], word[cut:])


def _may_be_name(text: str, beside: _Reading | None) -> bool:
    """Whether a line of words is a name. beside: what was read, where a column of remarks makes that doubtful.

    Beside remarks an unknown line is a name only where the remark of the row above has ended.
    """
    if len(text) > _MAX_NAME or looks_closed(text):
        return False
    if beside is None or plain(text).startswith("(") or is_outer(text):
        return True
    open_remark = bool(beside.rows) and bool(beside.rows[-1].tail) and not looks_closed(beside.rows[-1].tail[-1][0])
    return not open_remark and len(text) <= _MAX_LABEL_BESIDE_REMARKS and not any(mark in text for mark in "，、：,;")


def _plausible(row: ValueRow, head: FlatHead) -> bool:
    """Whether the words in front of the numbers may be names: few and short."""
    levels = sum(1 for role in head.roles if role in LEVELS)
    return len(row.names) <= levels + 1 and all(len(name) <= _MAX_NAME for name in row.names)


def _ends(row: LabelledRow) -> bool:
    """Whether the row is the table's total, behind which nothing follows."""
    return bool(row.names) and plain("".join(text for text, _ in row.names[0])).rstrip("：:") in TOTAL_LABELS


def _is_heading(text: str) -> bool:
    """Whether the line is a numbered heading of prose."""
    label = label_of(text)
    return label is not None and not _BRACKET.match(text) and label.style not in ("num", "circled", "num-paren")


def _add_name(reading: _Reading, text: str, line: Line, index: int) -> None:
    """A line of words: a new name, or the bracket (weight) that belongs to the name above it."""
    last = reading.names[-1] if reading.names else None
    if last is not None and last.above == len(reading.rows) and _BRACKET.match(text) and index - last.index <= 4:
        last.pieces.append((text, line))
        last.index = index
    else:
        reading.names.append(Name([(text, line)], len(reading.rows), index))


def _row(row: LabelledRow, head: FlatHead) -> DraftRow:
    """One row in the columns of the head."""
    cells: list[DraftCell | None] = [DraftCell() for _ in head.columns]
    used = [row.line, *(line for _, line in row.tail)]
    levels = [column for column, role in enumerate(head.roles) if role in LEVELS]
    for column, name in zip(levels, row.placed, strict=False):
        if name is not None:
            cells[column] = DraftCell(cell_flow(name))
            used.extend(line for _, line in name)
    for column, text in row.values.items():
        cells[column] = DraftCell(cell_flow([(text, row.line)]))
    if row.tail:
        last = remark_column(head)
        target = cells[len(cells) - 1 if last is None else last]
        if target is not None:
            target.append(DraftCell(cell_flow(row.tail)))
    return DraftRow(cells, min(used, key=_place), max(used, key=_place))


def _place(line: Line) -> tuple[int, int, float]:
    """Where a line stands, for sorting."""
    return line.page or 0, line.number or 0, line.box[1] if line.box else 0.0
