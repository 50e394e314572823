"""Numbers that a spreadsheet printed as ### (列宽不足): told, for nothing is read in their place."""

from extractors.printed import is_overfull
from extractors.provenance import Note
from extractors.segment.tables.draft import Draft


def note_overfull(draft: Draft) -> None:
    """Say how many cells of a table nobody can read, and where the first stands."""
    cells = [cell for row in draft.rows for cell in row.cells if cell is not None and is_overfull(cell.text)]
    if cells:
        message = f"表中 {len(cells)} 处数字因列宽不足印成“###”，未能读出；请核对原表格。"
        draft.notes.append(Note("unread-numbers", message, cells[0].flow.lines[0].span()))
