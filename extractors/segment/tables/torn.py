"""Rows of ruled tables that a page break tore (跨页撕裂的行): the rest on the next page is put back."""

from extractors.segment.headings import looks_closed
from extractors.segment.tables.draft import DraftCell, DraftRow
from extractors.vocabulary import plain

_LONG = 10  # characters; a cell that was torn has filled some lines before


def repeated_heads(above: list[DraftRow], below: list[DraftRow]) -> int:
    """How many of the first rows of the next page print the first rows of the table again."""
    heads = 0
    while heads < min(len(below), len(above)) and _same(above[heads], below[heads]):
        heads += 1
    return heads


def mend_torn_row(above: list[DraftRow], below: list[DraftRow], heads: int) -> None:
    """Put the first row of a page behind the last row of the page before, if it is the rest of it.

    above: the rows so far. below: the rows of the next page, changed in place, of which `heads` are repeated.
    """
    if heads >= len(below) or not _is_rest(above[-1], below[heads]):
        return
    for column, cell in enumerate(below[heads].cells):
        target = above[-1].cells[column]
        if cell is not None and target is not None:
            target.append(cell)
    above[-1].last = below[heads].last
    del below[heads]


def _same(one: DraftRow, other: DraftRow) -> bool:
    """Whether two rows print the same."""
    return [plain(text) for text in one.texts] == [plain(text) for text in other.texts] and any(one.texts)


def _is_rest(above: DraftRow, row: DraftRow) -> bool:
    """Whether a row holds only the rest of texts of the row above: no name, no number of its own.

    Its cells lie below cells with text that is long or broke off, and where the row above names something it does not.
    """
    filled = [column for column, text in enumerate(row.texts) if text]
    named = [column for column, text in enumerate(above.texts) if text]
    if not filled or len(filled) >= len(named) or filled[0] <= named[0]:
        return False
    for column in filled:
        cell, target = row.cells[column], above.cells[column] if column < len(above.cells) else None
        if cell is None or target is None or cell.row_span > 1 or not _goes_on(target, cell):
            return False
    return True


def _goes_on(above: DraftCell, cell: DraftCell) -> bool:
    """Whether a cell's text can be the rest of the one above it."""
    if cell.kind != "text" or above.kind != "text" or cell.column_span != above.column_span:
        return False
    return len(above.text) >= _LONG or not looks_closed(above.text)
