"""Rows that a page break cut in two (跨页断行): the second piece is put behind the first, cell by cell."""

from extractors.segment.headings import looks_closed
from extractors.segment.tables.columns import ColumnView
from extractors.segment.tables.draft import Draft, DraftRow, kind_of
from extractors.vocabulary import LEVEL1, LEVEL2, plain

_LEVEL_NAMES = frozenset(plain(name) for name in (*LEVEL1, *LEVEL2))


def merge_continued(draft: Draft, columns: ColumnView, body: range) -> None:
    """Append each row of the body that only goes on with the row above to that row, and drop it from the grid."""
    gone: set[int] = set()
    above: DraftRow | None = None
    breaks = {row for row, _ in draft.breaks}
    scored = bool(breaks) and _scored_throughout(draft, columns, body)
    broken = False
    for index in body:
        row = draft.rows[index]
        broken = broken or index in breaks
        if index in draft.repeated:
            continue
        cut = broken and scored and above is not None and _cut_by_page(above, row, columns)
        if above is not None and (cut or goes_on(above, row, columns)):
            _append(above, row)
            gone.add(index)
        else:
            above = row
        broken = False
    if gone:
        _drop(draft, gone)


def _scored_throughout(draft: Draft, columns: ColumnView, body: range) -> bool:
    """Whether nearly every row has numbers behind its name, so that a row without any is only half a row."""
    own = [column for column in columns.numeric if column > columns.deepest]
    rows = [draft.rows[index] for index in body if index not in draft.repeated]
    filled = sum(1 for row in rows if any(row.text(column) for column in own))
    return columns.deepest >= 0 and bool(own) and filled * 10 >= len(rows) * 7


def _cut_by_page(above: DraftRow, row: DraftRow, columns: ColumnView) -> bool:
    """Whether a page break runs through a row: its numbers stand on one side of it, words on both or the other."""
    own = [column for column in columns.numeric if column > columns.deepest]
    filled = [column for column, text in enumerate(row.texts) if text]
    if not filled or row.is_total or above.is_total or any(cell is None for cell in row.cells):
        return False
    begins = any(column < columns.deepest for column in filled) or plain(row.texts[filled[0]]) in _LEVEL_NAMES
    upper = any(above.text(column) for column in own)
    lower = any(row.text(column) for column in own)
    if begins or upper == lower:
        return False
    named = columns.deepest in filled
    running = any(above.text(c) and not looks_closed(above.text(c)) for c in filled if c > columns.deepest)
    return (not named or running) if upper else bool(above.text(columns.deepest))


def _drop(draft: Draft, gone: set[int]) -> None:
    """Take rows out of the draft; what points at rows is moved along."""
    moved: list[int] = []
    for index in range(len(draft.rows)):
        moved.append(index if not moved else moved[-1] + (index - 1 not in gone))
    draft.repeated = {moved[index] for index in draft.repeated}
    draft.breaks = [(moved[index], reason) for index, reason in draft.breaks]
    draft.rows = [row for index, row in enumerate(draft.rows) if index not in gone]


def goes_on(above: DraftRow, row: DraftRow, columns: ColumnView) -> bool:
    """Whether `row` holds only text that goes on with the row above: no name, no number of its own."""
    first = row.cells[0] if row.cells else None
    if first is None or first.flow.text or not all(row.cells):  # as nearly always: it has a name, or is below one
        return False
    texts = row.texts
    filled = [column for column, text in enumerate(texts) if text]
    key = max(columns.deepest, 0)
    if not filled or filled[0] <= key or any(kind_of(texts[column]) != "text" for column in filled):
        return False
    if row.is_total or above.is_total or plain(texts[filled[0]]) in _LEVEL_NAMES:
        return False
    numeric = [column for column in columns.numeric if column > key]
    if columns.deepest < 0 and not _keyed(above, columns):
        return False
    return all(above.text(column) for column in filled) and (bool(numeric) or columns.deepest >= 0 or len(filled) == 1)


def _keyed(above: DraftRow, columns: ColumnView) -> bool:
    """Whether the row above begins with a serial number or name, which the second piece would lack."""
    return bool(above.text(0))


def _append(above: DraftRow, row: DraftRow) -> None:
    """Put each cell's text behind that of the row above."""
    for column, cell in enumerate(row.cells):
        target = above.cells[column] if column < len(above.cells) else None
        if cell is not None and target is not None:
            target.append(cell)
    above.last = row.last
