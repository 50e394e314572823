"""Rows whose columns are shifted (错列的行): put back where the columns' kinds leave one way only."""

from extractors.provenance import Note
from extractors.segment.tables.columns import ColumnView
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.vocabulary import LEVEL1, LEVEL2, plain

_LEVEL2_NAMES = frozenset(plain(name) for name in LEVEL2 if name.endswith("指标") and name not in LEVEL1)
_STRICT = ("weight", "score", "score_rate")


def realign(draft: Draft, columns: ColumnView, body: range) -> None:
    """Move the cells of shifted rows, with a note for each; rows that fit, or fit in several ways, stay."""
    if not any(columns.roles[c] in _STRICT for c in range(len(columns.roles))):
        return
    width = _head_width(columns)
    for index in body:
        row = draft.rows[index]
        if index in draft.repeated or any(cell is None for cell in row.cells):
            continue
        moved = _best(row, columns, width)
        if moved is not None:
            row.cells = moved
            message = f"第 {index + 1} 行的单元格与表头错列，已按列的内容移正。"
            draft.notes.append(Note("shifted-row", message, row.first.span()))


def _head_width(columns: ColumnView) -> int:
    """How many columns the header names."""
    named = [column for column, head in enumerate(columns.heads) if head]
    return named[-1] + 1 if named else len(columns.heads)


def _faults(texts: list[str], columns: ColumnView, width: int) -> int:
    """How many cells cannot be what their column holds; numbers beyond the header count double."""
    faults = 0
    for column, text in enumerate(texts):
        if not text:
            continue
        if column >= width:
            faults += 2
        elif columns.roles[column] in _STRICT:
            faults += _misfit(kind_of(text), columns, column)
        elif columns.roles[column] == "level1" and plain(text) in _LEVEL2_NAMES:
            faults += 1
        elif columns.roles[column] in ("level1", "level2", "level3", "indicator"):
            faults += kind_of(text) in ("number", "rate") or (columns.roles[column] == "level3" and plain(text) in _LEVEL2_NAMES)
    return faults


def _misfit(kind: str, columns: ColumnView, column: int) -> bool:
    """Whether a cell of this kind cannot stand in a column of weights, scores or rates."""
    if kind in ("blank", "dash"):
        return False
    usual = columns.kinds[column]
    if usual in ("number", "rate"):
        return kind != usual and not (columns.roles[column] == "score_rate" and kind == "number")
    return kind == "text" and usual != "text"


def _best(row: DraftRow, columns: ColumnView, width: int) -> list[DraftCell | None] | None:
    """The one shift of the row that leaves no fault, or None where the row fits or no shift is the only one."""
    texts = row.texts
    if not _faults(texts, columns, width):
        return None
    lead = next((index for index, text in enumerate(texts) if text), 0)
    good: dict[tuple[str, ...], list[DraftCell | None]] = {}
    for cells in (*_without_leading(row.cells, lead), *_with_leading(row.cells, width)):
        shifted = ["" if cell is None else cell.text for cell in cells]
        if not _faults(shifted, columns, width) and _fills(shifted, columns):
            good.setdefault(tuple(shifted), cells)
    return next(iter(good.values())) if len(good) == 1 else None


def _without_leading(cells: list[DraftCell | None], lead: int) -> list[list[DraftCell | None]]:
    """The row moved left by one blank cell, by two …, as many as stand in front."""
    return [[*cells[count:], *(DraftCell() for _ in range(count))] for count in range(1, lead + 1)]


def _with_leading(cells: list[DraftCell | None], width: int) -> list[list[DraftCell | None]]:
    """The row moved right by one or two cells, where as many blank ones stand at its end."""
    filled = max((index for index, cell in enumerate(cells) if cell is not None and cell.text), default=0) + 1
    room = max(width, len(cells)) - filled
    return [
        [*(DraftCell() for _ in range(count)), *cells[: max(width, len(cells)) - count]] for count in range(1, min(room, 2) + 1)
    ]


def _fills(texts: list[str], columns: ColumnView) -> bool:
    """Whether the strict columns are filled as a scored row fills them."""
    strict = [column for column, role in enumerate(columns.roles) if role in _STRICT]
    return all(texts[column] for column in strict[-2:])
