"""Tables with one cell on each line, a tab in front of it (一行一格): rows are parted by a blank line.

Word-to-text converters write a table so: a tab opens a cell, the paragraphs of one cell stand on lines of their
own with blank lines between, a blank line and a tab begin the next row.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.tables.captions import is_caption, is_unit_line
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of, row_of
from extractors.segment.tables.heads import begins_form
from extractors.segment.tables.roles import head_role

_MIN_CELLS = 6
_MAX_BLANK = 6  # blank lines inside a table
_MAX_CELL = 1500
_MAX_PARAGRAPHS = 24  # lines from a paragraph to the next cell
_SHORT = 12
_MIN_CAPTION = 6
_OUTER = ("annex", "part", "chapter", "section", "cn", "cn-paren")
_MAX_LOST_HEAD = 12  # characters of a header cell whose tab was lost


@dataclass(slots=True)
class _Row:
    """A row being read. blanks: blank lines above it. cells: pieces of each cell."""

    blanks: int
    first: Line
    last: Line
    cells: list[list[Piece]] = field(default_factory=list)


def opens_cell(text: str) -> bool:
    """Whether the line is one cell: a tab in front, none inside."""
    return text.startswith("\t") and "\t" not in text.strip()


def find_tabbed_cells(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    index = 0
    while index < len(lines):
        if free[index] and opens_cell(lines[index].text):
            end, rows = _read(lines, free, index)
            if _is_table(rows):
                start = _lost_head(lines, free, index, rows)
                drafts.append(Draft("one-cell-per-line", _drafted(_whole_rows(rows)), start, end))
            index = end
        else:
            index += 1
    return drafts


def _read(lines: Sequence[Line], free: Sequence[bool], start: int) -> tuple[int, list[_Row]]:
    """Rows from the line at `start` on, and the index behind the table."""
    rows: list[_Row] = []
    blanks = 0
    index = end = start
    while index < len(lines) and free[index]:
        line = lines[index]
        if not line.text.strip() and not opens_cell(line.text):
            blanks += 1
        elif opens_cell(line.text):
            if blanks > _MAX_BLANK:
                break
            if not rows or blanks:
                rows.append(_Row(blanks, line, line))
            _add(rows[-1], line, new=True)
            blanks, end = 0, index + 1
        elif not _inside(lines, free, index, blanks, alone=len(rows[-1].cells) == 1):
            break
        else:
            _add(rows[-1], line, new=False)
            blanks, end = 0, index + 1
        index += 1
    return end, rows


def _add(row: _Row, line: Line, *, new: bool) -> None:
    """Put a line's text into a new cell, or behind the text of the last."""
    if new or not row.cells:
        row.cells.append([])
    row.cells[-1].append((line.text.strip(), line))
    row.last = line


def _inside(lines: Sequence[Line], free: Sequence[bool], index: int, blanks: int, *, alone: bool) -> bool:
    """Whether a line without tab is a cell's further paragraph: the next cell follows it, and it is no prose.

    The next cell opens right below a cell's last paragraph. Where a blank line stands between, a row has ended: then
    only short words may belong to its last cell, for sentences, headings and captions part two tables.
    alone: the cell is the first of its row.
    """
    if blanks > _MAX_BLANK:
        return False
    texts: list[str] = []
    gap = 0
    for below in range(index, min(index + _MAX_PARAGRAPHS, len(lines))):
        text = lines[below].text
        if not free[below] or (text.strip() and _parts_tables(text.strip())):
            return False
        if opens_cell(text):
            short = all(len(words) <= _SHORT and not looks_closed(words) for words in texts)
            return not gap or (short and (alone or not _opens_table(lines, below)))
        gap = 0 if text.strip() else gap + 1
        if text.strip():
            texts.append(text.strip())
    return False


def _parts_tables(text: str) -> bool:
    """Whether a line names a table or heads a section."""
    label = label_of(text)
    headed = label is not None and label.style in _OUTER and not looks_closed(text)
    return len(text) > _MAX_CELL or headed or is_unit_line(text) or (is_caption(text) and len(text) > _MIN_CAPTION)


def _opens_table(lines: Sequence[Line], index: int) -> bool:
    """Whether the cells from the line `index` on are the heads of columns, or begin a form."""
    cells = [line.text.strip() for line in lines[index : index + 3]]
    return sum(1 for cell in cells if cell and head_role(cell) is not None) >= 2 or begins_form(cells[0])


def _is_table(rows: Sequence[_Row]) -> bool:
    """Enough cells, short on the whole: a tab in front of a paragraph of prose is an indent."""
    cells = ["".join(text for text, _ in cell) for row in rows for cell in row.cells]
    if len(cells) < _MIN_CELLS or max(len(row.cells) for row in rows) < 2:
        return False
    prose = sum(1 for text in cells if len(text) > 80)
    return prose * 4 <= len(cells)


def _whole_rows(rows: list[_Row]) -> list[_Row]:
    """Rows with those joined that an empty paragraph at a cell's end tore apart.

    One blank line parts rows; two or more may also be a cell's empty last paragraph: then the pieces together
    have as many cells as the other rows.
    """
    sure = Counter(len(row.cells) for index, row in enumerate(rows) if row.blanks < 2 and not _torn_below(rows, index))
    width = max(sure, key=lambda count: (sure[count], count), default=0)
    whole: list[_Row] = []
    for row in rows:
        if whole and row.blanks >= 2 and len(whole[-1].cells) + len(row.cells) <= width and len(row.cells) < width:
            whole[-1].cells.extend(row.cells)
            whole[-1].last = row.last
        else:
            whole.append(row)
    return whole


def _torn_below(rows: Sequence[_Row], index: int) -> bool:
    return index + 1 < len(rows) and rows[index + 1].blanks >= 2


def _lost_head(lines: Sequence[Line], free: Sequence[bool], start: int, rows: list[_Row]) -> int:
    """Take in the short lines above a header row that lacks cells: its first cell, whose tab was lost."""
    if len(rows) < 2 or len(rows[0].cells) >= len(rows[1].cells):
        return start
    pieces: list[Piece] = []
    index = begin = start - 1
    while index >= 0 and free[index] and start - index <= 6:
        text = lines[index].text.strip()
        if text and (len(text) > _MAX_LOST_HEAD or looks_closed(text) or label_of(text) is not None):
            break
        if text:
            pieces.insert(0, (text, lines[index]))
            begin = index
        index -= 1
    if not pieces:
        return start
    rows[0].cells.insert(0, pieces)
    rows[0].first = pieces[0][1]
    return begin


def _drafted(rows: Sequence[_Row]) -> list[DraftRow]:
    """Draft rows; a header with fewer cells than the rows below stands over the last columns."""
    drafted = [row_of(row.cells, row.first, row.last) for row in rows]
    if len(drafted) > 2:
        lacking = len(drafted[1].cells) - len(drafted[0].cells)
        numeric = [kind_of(text) for text in drafted[1].texts[lacking:]]
        texts_only = all(kind_of(text) == "text" for text in drafted[0].texts)
        if lacking > 0 and texts_only and all(kind in ("number", "rate") for kind in numeric):
            drafted[0].cells[:0] = [DraftCell() for _ in range(lacking)]
    for above, row in pairwise(drafted):
        _spread_total(row, above)
    return drafted


def _spread_total(row: DraftRow, above: DraftRow) -> None:
    """A total row that lacks cells because its label spans columns: its numbers stand below the last ones."""
    lacking = len(above.cells) - len(row.cells)
    kinds = [kind_of(text) for text in row.texts[1:]]
    shifted = [kind_of(text) for text in above.texts[len(above.texts) - len(kinds) :]]
    if lacking <= 0 or not kinds or not row.is_total or any(kind == "text" for kind in kinds):
        return
    if kinds == shifted and kinds != [kind_of(text) for text in above.texts[1 : len(kinds) + 1]]:
        row.cells[1:1] = [DraftCell() for _ in range(lacking)]
