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
from extractors.segment.tables.flat_heads import FlatHead, head_row, read_head
from extractors.segment.tables.flat_names import split_cells
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

STRICT = ("weight", "score", "score_rate", "deduction")
LEVELS = ("level1", "level2", "level3", "indicator")
_NUMBERS = ("number", "rate")
_MAX_OPENING = 40
_MAX_ROW_LINES = 80


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
    wanted = _run_length(head)
    rows: list[StreamRow] = []
    current = StreamRow()
    free = [True] * len(lines)
    index = head.end
    while index < limit and wanted:
        text = lines[index].text.strip()
        again = read_head(lines, free, index) if text else None
        opens = again is not None or (text and not is_page_mark(text) and kind_of(text) not in (*_NUMBERS, "dash"))
        if opens and len(current.numbers) >= wanted:
            rows.append(current)
            if _is_total(current):
                break
            current = StreamRow()
        if again is not None:
            if again.key != head.key:
                break
            current.head_above = current.head_above if current.text else again
            index = again.end
            continue
        if text and not is_page_mark(text) and not _take(current, text, lines[index], index, head):
            break
        index += 1
    if len(current.numbers) >= wanted > 0 and (not rows or rows[-1] is not current):
        rows.append(current)
    return _without_page_numbers(rows, wanted)


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


def _run_length(head: FlatHead) -> int:
    """How many columns of numbers stand side by side at the end of the head, a remark behind them left out."""
    roles = list(head.roles)
    while roles and roles[-1] not in STRICT:
        roles.pop()
    count = 0
    while count < len(roles) and roles[-1 - count] in STRICT:
        count += 1
    return count


def _is_outside(text: str, head: FlatHead) -> bool:
    """Whether a line that would begin a row begins prose instead: a sentence, a heading, a title."""
    label = label_of(text)
    if label is not None and label.style in ("cn", "cn-paren", "chapter", "part", "annex"):
        return True
    closed = looks_closed(text) or len(text) > _MAX_OPENING
    return text.endswith("报告") or (closed and head.roles[-1] in STRICT)


def _without_page_numbers(rows: list[StreamRow], wanted: int) -> list[StreamRow]:
    """Rows without the whole numbers behind a complete row: page numbers; a decimal there is a total without label."""
    kept: list[StreamRow] = []
    for row in rows:
        if not row.text and not kept:
            continue
        kept.append(row)
        extra = row.numbers[wanted:] if wanted == 1 else []
        if extra:
            row.numbers = row.numbers[:1]
            kept.extend(StreamRow([], [piece], None, row.index) for piece in extra if "." in piece[0])
    return kept


def stream_drafts(rows: Sequence[StreamRow], head: FlatHead) -> list[tuple[list[DraftCell | None], str]]:
    """The cells of each row in the columns of the head, with the name left out because it was printed again."""
    running: list[str] = []
    drafted: list[tuple[list[DraftCell | None], str]] = []
    for row in rows:
        wanted = _run_length(head)
        cut = max(len(row.numbers) - wanted, 0)
        split = split_cells([*row.text, *row.numbers[:cut]], head.roles, first=not drafted)
        if split.remark and drafted:
            _add_remark(drafted[-1][0], split.remark, head)
        drafted.append(_cells(row, split.names, split.texts, row.numbers[cut:], head, running))
    return drafted


def _add_remark(cells: list[DraftCell | None], remark: list[Piece], head: FlatHead) -> None:
    """Put the text behind a row's numbers into the first column behind them."""
    last = max(column for column, role in enumerate(head.roles) if role in STRICT)
    cells[last + 1] = DraftCell(cell_flow(remark))


def _cells(
    row: StreamRow,
    names: list[list[Piece]],
    texts: list[list[Piece]],
    numbers: Sequence[Piece],
    head: FlatHead,
    running: list[str],
) -> tuple[list[DraftCell | None], str]:
    """One row in the columns of the head. running: names of the levels above, outermost first; updated.

    A name printed again because the page broke is not set again: its span goes on.
    """
    cells: list[DraftCell | None] = [DraftCell() for _ in head.columns]
    levels = [column for column, role in enumerate(head.roles) if role in LEVELS]
    strict = [column for column, role in enumerate(head.roles) if role in STRICT]
    between = [column for column in range(strict[0]) if head.roles[column] not in (*LEVELS, *STRICT)]
    own = levels[:1] if split_is_total(names) else levels[len(levels) - len(names) :]
    repeated = ""
    for column, pieces in zip(own, names, strict=False):
        flow = cell_flow(pieces)
        depth = levels.index(column)
        if row.head_above is not None and column != levels[-1] and running[depth : depth + 1] == [plain(flow.text)]:
            repeated += flow.text
            continue
        running[depth:] = [plain(flow.text)]
        cells[column] = DraftCell(flow)
    if len(texts) == 1 and len(between) > 1:
        cells[between[0]] = DraftCell(cell_flow(texts[0]), column_span=len(between), declared=True)
        for column in between[1:]:
            cells[column] = None
    else:
        for column, pieces in zip(between, texts, strict=False):
            cells[column] = DraftCell(cell_flow(pieces))
    for column, piece in zip(strict[-len(numbers) :] if numbers else [], numbers, strict=False):
        cells[column] = DraftCell(cell_flow([piece]))
    return cells, repeated


def split_is_total(names: Sequence[Sequence[Piece]]) -> bool:
    """Whether the only name is the label of a total row."""
    return len(names) == 1 and plain("".join(text for text, _ in names[0])).rstrip("：:") in (
        *TOTAL_LABELS,
        *SUBTOTAL_LABELS,
    )
