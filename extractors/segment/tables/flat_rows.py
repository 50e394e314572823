"""Flattened tables whose rows keep their numbers on one line (行内数值): `立项依据充分性 4.00 4.00 100%`.

The names of outer levels stand on lines of their own, above their rows or, as merged cells are centred, in the
middle of them; a name that was broken stands on two neighbouring lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.provenance import Note
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.flat_heads import FlatHead, head_row, read_head
from extractors.segment.tables.flat_levels import LabelledRow, Name, place_names
from extractors.vocabulary import TOTAL_LABELS, plain

_STRICT = ("weight", "score", "score_rate", "deduction")
_LEVELS = ("level1", "level2", "level3", "indicator")
_MAX_NAME = 24
_MAX_SILENT = 8  # lines of names in a row without any numbers
_BRACKET = re.compile(r"^[（(]")


@dataclass(frozen=True, slots=True)
class ValueRow:
    """The words of a line with a row's numbers. names: in front; numbers: as many as the head has; tail: behind."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    tail: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """What was read so far. names: those waiting for their row, with how many rows stood above them."""

    rows: list[LabelledRow] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    heads: list[tuple[int, FlatHead]] = field(default_factory=list)
    end: int = 0


def value_row(text: str, head: FlatHead) -> ValueRow | None:
    """The line taken apart if it holds a row's numbers side by side, else None."""
    words = text.split()
    wanted = sum(1 for role in head.roles if role in _STRICT)
    if wanted < 2 and len(words) < 2:
        return None
    kinds = [kind_of(word) in ("number", "rate", "dash") for word in words]
    least = max(min(wanted, 2), 1)
    for start in range(len(words) - least, -1, -1):
        if all(kinds[start : start + least]) and (start == 0 or not kinds[start - 1]):
            stop = start
            while stop < len(words) and kinds[stop] and stop - start < wanted:
                stop += 1
            if any(kind_of(word) != "dash" for word in words[start:stop]):
                return ValueRow(tuple(words[:start]), tuple(words[start:stop]), tuple(words[stop:]))
    return None


def read_rows(lines: Sequence[Line], head: FlatHead, limit: int) -> Draft | None:
    """The table below `head`, or None where no row follows. limit: index behind its last possible line."""
    reading = _collect(lines, head, limit)
    if not reading.rows:
        return None
    notes = place_names(reading.rows, reading.names, sum(1 for role in head.roles if role in _LEVELS))
    draft = Draft("flattened", [head_row(head, lines)], head.start, reading.end)
    draft.header_rows = 1
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
    free = [True] * len(lines)
    silent = 0
    index = head.end
    while index < limit:
        text = lines[index].text.strip()
        if not text:
            index += 1
            continue
        again = read_head(lines, free, index)
        if again is not None and again.key == head.key:
            reading.heads.append((len(reading.rows), again))
            index = again.end
            continue
        found = value_row(text, head)
        if found is not None and _plausible(found):
            reading.rows.append(
                LabelledRow(
                    [[(name, lines[index])] for name in found.names], found.numbers, found.tail, lines[index], index
                )
            )
            reading.end, silent = index + 1, 0
            if _ends(found):
                break
        elif len(text) > _MAX_NAME or looks_closed(text) or silent >= _MAX_SILENT or _is_heading(text):
            break
        else:
            _add_name(reading, text, lines[index], index)
            silent += 1
        index += 1
    return reading


def _plausible(row: ValueRow) -> bool:
    """Whether the words in front of the numbers may be names: few and short."""
    return len(row.names) <= 4 and all(len(name) <= _MAX_NAME for name in row.names)


def _ends(row: ValueRow) -> bool:
    return bool(row.names) and plain(row.names[0]).rstrip("：:") in TOTAL_LABELS


def _is_heading(text: str) -> bool:
    label = label_of(text)
    return label is not None and not _BRACKET.match(text) and label.style != "num"


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
    levels = [column for column, role in enumerate(head.roles) if role in _LEVELS]
    first = last = row.line
    for column, name in zip(levels, row.placed, strict=False):
        if name is not None:
            cells[column] = DraftCell(cell_flow(name))
            first = min((first, name[0][1]), key=lambda line: line.number or 0)
            last = max((last, name[-1][1]), key=lambda line: line.number or 0)
    for column, number in zip(_columns_of(row.numbers, head), row.numbers, strict=True):
        cells[column] = DraftCell(cell_flow([(number, row.line)]))
    _put_tail(cells, row, head)
    return DraftRow(cells, first, last)


def _columns_of(numbers: Sequence[str], head: FlatHead) -> list[int]:
    """The columns that a row's numbers stand in: in order, a rate in the column of rates where one is missing."""
    strict = [column for column, role in enumerate(head.roles) if role in _STRICT]
    if len(numbers) >= len(strict):
        return strict[: len(numbers)]
    rates = [column for column in strict if head.roles[column] == "score_rate"]
    if rates and kind_of(numbers[-1]) == "rate":
        return [*[column for column in strict if column not in rates][: len(numbers) - 1], rates[0]]
    return [column for column in strict if column not in rates][: len(numbers)] + rates[
        : max(len(numbers) - len(strict) + len(rates), 0)
    ]


def _put_tail(cells: list[DraftCell | None], row: LabelledRow, head: FlatHead) -> None:
    """Words behind the numbers go into the first column of text behind them."""
    strict = [column for column, role in enumerate(head.roles) if role in _STRICT]
    behind = [column for column in range(max(strict, default=0) + 1, len(head.columns))]
    pieces: list[Piece] = [(word, row.line) for word in row.tail]
    if pieces and behind:
        cells[behind[0]] = DraftCell(cell_flow(pieces))
    elif pieces:
        target = cells[-1]
        assert target is not None  # noqa: S101 - no cell is covered here
        target.append(DraftCell(cell_flow(pieces)))
