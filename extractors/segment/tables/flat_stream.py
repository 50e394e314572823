"""Flattened tables whose cells stand one below the other (逐格竖排): names, texts and numbers, a line or more each.

A row ends with its numbers on lines of their own. What stands before them is, outermost first, the names that
changed since the row above, and then the row's texts; behind the numbers a remark may stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.provenance import Note
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.flat_heads import MAX_BLANK, FlatHead, head_row, read_head
from extractors.segment.tables.flat_names import (
    LEVELS,
    STRICT,
    StackedColumns,
    remarks_follow,
    split_cells,
    stacked_columns,
)
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))
_NUMBERS = ("number", "rate")
_MAX_OPENING = 40
_MAX_ROW_LINES = 80
_MAX_NUMBERS = 40  # lines of nothing but numbers in a row


@dataclass(slots=True)
class StreamRow:
    """A row being read (竖排行). text: pieces in front of the numbers. head_above: the head repeated above it.

    index: of its last line (0-based).
    """

    text: list[Piece] = field(default_factory=list)
    numbers: list[Piece] = field(default_factory=list)
    head_above: FlatHead | None = None
    index: int = 0


def read_stream(lines: Sequence[Line], head: FlatHead, limit: int) -> Draft | None:
    """The table below `head`, or None where fewer than two rows follow. limit: index behind its last possible line."""
    rows = stream_rows(lines, head, limit)
    if not rows:
        return None
    drafted = stream_drafts(rows, head)
    if sum(1 for cells, _ in drafted if any(cell is not None and cell.text for cell in cells[: _levels(head)])) < 2:
        return None
    draft = Draft("flattened", [head_row(head, lines)], head.start, rows[-1].index + 1)
    draft.header_rows = 1
    for row, (cells, repeated) in zip(rows, drafted, strict=True):
        if row.head_above is not None:
            draft.repeated.add(len(draft.rows))
            draft.breaks.append((len(draft.rows), "跨页接续：表头在换页处重复"))
            draft.rows.append(head_row(row.head_above, lines))
        used = [line for _, line in (*row.text, *row.numbers)]
        draft.rows.append(DraftRow(cells, used[0], used[-1]))
        if repeated:
            message = f"换页后重复印出的上级名称“{repeated}”已并入上一页的同名单元格。"
            draft.notes.append(Note("repeated-name", message, used[0].span()))
    return draft


def _levels(head: FlatHead) -> int:
    return sum(1 for role in head.roles if role in LEVELS)


def stream_rows(lines: Sequence[Line], head: FlatHead, limit: int) -> list[StreamRow]:
    """Rows, each closed by its numbers; what follows the last numbers is left out."""
    columns = stacked_columns(head.roles)
    wanted = len(columns.run)
    rows: list[StreamRow] = []
    current = StreamRow()
    index = head.end
    blank = 0
    while index < limit and wanted and blank <= MAX_BLANK and len(current.numbers) <= _MAX_NUMBERS:
        text = lines[index].text.strip()
        blank = 0 if text else blank + 1
        again = read_head(lines, index) if text else None
        opens = again is not None or (text and not is_page_mark(text) and kind_of(text) not in (*_NUMBERS, "dash"))
        if opens and _complete(current, columns):
            rows.append(current)
            if _is_total(current) or not rows[0].text:
                break
            current = StreamRow()
        if again is not None:
            if again.key != head.key or (current.head_above is not None and not current.text):
                break
            current.head_above = current.head_above if current.text else again
            index = again.end
            continue
        if text and not is_page_mark(text) and not _take(current, text, lines[index], index, head):
            break
        index += 1
    if wanted and _complete(current, columns) and (not rows or rows[-1] is not current):
        rows.append(current)
    return _without_page_numbers(rows, columns)


def _take(row: StreamRow, text: str, line: Line, index: int, head: FlatHead) -> bool:
    """Take one line into the row; False where the table has ended."""
    if kind_of(text) in _NUMBERS or (row.numbers and kind_of(text) == "dash"):
        row.numbers.append((text, line))
    elif len(row.text) > _MAX_ROW_LINES or (not row.text and not row.numbers and _is_outside(text, head)):
        return False
    else:
        row.text.extend(row.numbers)
        row.numbers = []
        row.text.append((text, line))
    row.index = index
    return True


def _is_total(row: StreamRow) -> bool:
    """Whether the row is the table's total, behind which nothing follows."""
    return bool(row.text) and plain(row.text[0][0]).rstrip("：:") in TOTAL_LABELS


def _complete(row: StreamRow, columns: StackedColumns) -> bool:
    """Whether the row has all its numbers; one among its texts counts only if it is no rate, which a target may be."""
    if len(row.numbers) < len(columns.run):
        return False
    if not columns.inner or _is_total(row):
        return True
    numbers = sum(1 for text, _ in (*row.text, *row.numbers) if kind_of(text) == "number")
    return numbers >= len(columns.inner) + len(columns.run) - columns.rates


def _is_outside(text: str, head: FlatHead) -> bool:
    """Whether a line that would begin a row begins prose instead: a sentence, a heading, a title."""
    label = label_of(text)
    if label is not None and label.style in ("cn", "cn-paren", "chapter", "part", "annex"):
        return True
    closed = looks_closed(text) or len(text) > _MAX_OPENING
    return text.endswith("报告") or (closed and head.roles[-1] in STRICT)


def _without_page_numbers(rows: list[StreamRow], columns: StackedColumns) -> list[StreamRow]:
    """Rows without the whole numbers behind a complete row: page numbers; a decimal there is a total without label."""
    wanted = len(columns.run)
    kept: list[StreamRow] = []
    for row in rows:
        if not row.text and not kept:
            continue
        kept.append(row)
        extra = row.numbers[wanted:] if wanted == 1 and not columns.inner else []
        if extra:
            row.numbers = row.numbers[:1]
            kept.extend(StreamRow([], [piece], None, row.index) for piece in extra if "." in piece[0])
    return kept


def stream_drafts(rows: Sequence[StreamRow], head: FlatHead) -> list[tuple[list[DraftCell | None], str]]:
    """The cells of each row in the columns of the head, with the name left out because it was printed again."""
    columns = stacked_columns(head.roles)
    running: list[str] = []
    drafted: list[tuple[list[DraftCell | None], str]] = []
    cuts = [max(len(row.numbers) - len(columns.run), 0) for row in rows]
    before = [[*row.text, *row.numbers[:cut]] for row, cut in zip(rows, cuts, strict=True)]
    remarked = remarks_follow(before, columns)
    for row, cut, pieces in zip(rows, cuts, before, strict=True):
        split = split_cells(pieces, columns, first=not drafted, remarked=remarked)
        if split.remark and drafted:
            drafted[-1][0][columns.behind[0]] = DraftCell(cell_flow(split.remark))
        cells: list[DraftCell | None] = [DraftCell() for _ in head.columns]
        repeated = _put_names(cells, split.names, columns, running, again=row.head_above is not None)
        _put_texts(cells, split.texts, columns)
        for column, piece in zip(columns.run, row.numbers[cut:], strict=False):
            cells[column] = DraftCell(cell_flow([piece]))
        drafted.append((cells, repeated))
    return drafted


def _put_names(
    cells: list[DraftCell | None],
    names: Sequence[list[Piece]],
    columns: StackedColumns,
    running: list[str],
    *,
    again: bool,
) -> str:
    """Set the names. running: those of the levels above, outermost first; updated. again: the head was repeated.

    A name printed again because the page broke is not set again: its span goes on. Hands back such names.
    """
    total = len(names) == 1 and plain("".join(text for text, _ in names[0])).rstrip("：:") in _TOTALS
    own = columns.names[:1] if total else columns.names[len(columns.names) - len(names) :]
    repeated = ""
    for column, pieces in zip(own, names, strict=False):
        flow = cell_flow(pieces)
        depth = columns.names.index(column)
        if again and column != columns.names[-1] and running[depth : depth + 1] == [plain(flow.text)]:
            repeated += flow.text
            continue
        running[depth:] = [plain(flow.text)]
        cells[column] = DraftCell(flow)
    return repeated


def _put_texts(cells: list[DraftCell | None], texts: dict[int, list[Piece]], columns: StackedColumns) -> None:
    """Set the texts; one that stands for several columns spans them."""
    last = max(texts, default=-1)
    for column, pieces in texts.items():
        behind = [other for other in columns.middle if other > column] if column == last and len(pieces) > 1 else []
        cells[column] = DraftCell(cell_flow(pieces), column_span=len(behind) + 1, declared=bool(behind))
        for other in behind:
            cells[other] = None
