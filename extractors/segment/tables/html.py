"""HTML tables inside text (HTML 表格): rows, header cells, spans; each cell keeps the line it stands on."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.flow import Piece, cell_flow, one_blank, stretch_line
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow

_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_PART = re.compile(r"</?(?:t[rdh]|table|thead|tbody)\b", re.IGNORECASE)
_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,15})\b([^<>]{0,2000})>")
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
_MAX_COLUMNS = 200
_MAX_ROWS = 20_000
_MAX_SILENT = 200  # lines without a tag inside a table
_MAX_CELLS = 200_000


@dataclass(slots=True)
class _Cell:
    """A cell as it is read."""

    pieces: list[Piece]
    row_span: int
    column_span: int
    head: bool


@dataclass(slots=True)
class _Table:
    """A table as it is read. depth: how many tables are open, nested ones included."""

    rows: list[list[_Cell]] = field(default_factory=list)
    lines: list[list[Line]] = field(default_factory=list)
    caption: list[Piece] = field(default_factory=list)
    in_caption: bool = False
    in_head: bool = False
    depth: int = 0
    cell: _Cell | None = None


def find_html(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All HTML tables. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    index = 0
    while index < len(lines):
        if not free[index] or "<" not in lines[index].text or not _OPEN.search(lines[index].text):
            index += 1
            continue
        table, end = _read(lines, index)
        draft = _draft(table, index, end)
        if draft is not None:
            drafts.append(draft)
        index = end
    return drafts


def _read(lines: Sequence[Line], start: int) -> tuple[_Table, int]:
    """The table that opens on the line `start`, and the index behind its last line."""
    table = _Table()
    end = _end(lines, start)
    for line in lines[start:end]:
        for closed, tag, attributes, text in _tokens(line.text):
            if text:
                _text(table, text, line)
            elif tag:
                _tag(table, closed, tag, attributes, line)
        if len(table.rows) > _MAX_ROWS:
            break
    return table, end


def _end(lines: Sequence[Line], start: int) -> int:
    """Index behind the line that closes the table; where none does, behind the last line with a tag of tables."""
    depth = 0
    last = start + 1
    for index in range(start, len(lines)):
        text = lines[index].text
        if "<" not in text:
            if index - last > _MAX_SILENT:
                break
            continue
        for match in _TABLE.finditer(text):
            depth += -1 if match.group(1) else 1
            if depth <= 0:
                return index + 1
        if _PART.search(text):
            last = index + 1
    return last


def _tokens(text: str) -> Iterator[tuple[bool, str, str, str]]:
    """Tags as (closing, name, attributes, ''), stretches of text as (False, '', '', text)."""
    position = 0
    for match in _TAG.finditer(text):
        if match.start() > position:
            yield False, "", "", text[position : match.start()]
        yield bool(match.group(1)), match.group(2).lower(), match.group(3), ""
        position = match.end()
    if position < len(text):
        yield False, "", "", text[position:]


def _text(table: _Table, raw: str, line: Line) -> None:
    """Put a stretch of text into the open cell or caption; text between cells is none of the table's."""
    text = one_blank(html.unescape(raw))
    if not text:
        return
    piece = (text, line if len(line.text) == len(raw) else stretch_line(line, text, raw.strip()))
    if table.cell is not None:
        table.cell.pieces.append(piece)
    elif table.in_caption:
        table.caption.append(piece)


def _tag(table: _Table, closed: bool, tag: str, attributes: str, line: Line) -> None:
    """Open and close tables, rows and cells; tables inside a cell count as its text."""
    if tag == "table":
        table.depth += -1 if closed else 1
    elif table.depth != 1:
        return
    elif tag in ("td", "th"):
        table.cell = None if closed else _new_cell(table, tag, attributes, line)
    elif tag == "tr" and not closed:
        table.rows.append([])
        table.lines.append([line])
        table.cell = None
    elif tag in ("tr", "thead", "tbody"):
        table.cell = None
        table.in_head = tag == "thead" and not closed
    elif tag == "caption":
        table.in_caption = not closed


def _new_cell(table: _Table, tag: str, attributes: str, line: Line) -> _Cell:
    """A new cell in the open row."""
    spans = {name.lower(): int(count) for name, count in _SPAN.findall(attributes)}
    cell = _Cell(
        [], max(spans.get("row", 1), 1), min(max(spans.get("col", 1), 1), _MAX_COLUMNS), tag == "th" or table.in_head
    )
    if not table.rows:
        table.rows.append([])
        table.lines.append([line])
    table.rows[-1].append(cell)
    table.lines[-1].append(line)
    return cell


def _draft(table: _Table, start: int, end: int) -> Draft | None:
    """The table as a draft, every cell at its place."""
    total = len(table.rows)
    declared = any(cell.row_span > 1 or cell.column_span > 1 for row in table.rows for cell in row)
    placed: list[list[DraftCell | None]] = [[] for _ in range(total)]
    taken: list[set[int]] = [set() for _ in range(total)]
    budget = _MAX_CELLS
    for index, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while column in taken[index]:
                column += 1
            height = min(cell.row_span, total - index)
            budget -= height * cell.column_span
            if column + cell.column_span > _MAX_COLUMNS or budget < 0:
                break
            for below in range(index, index + height):
                taken[below].update(range(column, column + cell.column_span))
            _put(placed[index], column, DraftCell(cell_flow(cell.pieces), height, cell.column_span, declared))
            column += cell.column_span
    width = max((max(columns, default=-1) + 1 for columns in taken), default=0)
    rows = [
        DraftRow(_filled(cells, taken[index], width), table.lines[index][0], table.lines[index][-1])
        for index, cells in enumerate(placed)
    ]
    if not rows or not any(any(row.texts) for row in rows):
        return None
    draft = Draft("html", rows, start, end, caption=cell_flow(table.caption).text)
    draft.header_rows = _head_rows(table)
    return draft


def _put(cells: list[DraftCell | None], column: int, cell: DraftCell) -> None:
    """Set a cell at its column; what lies between is covered from above."""
    cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = cell


def _filled(cells: list[DraftCell | None], taken: set[int], width: int) -> list[DraftCell | None]:
    """The row at full width: None where a span covers it, an empty cell where the row was too short."""
    cells = [*cells, *([None] * (width - len(cells)))]
    return [DraftCell() if cell is None and column not in taken else cell for column, cell in enumerate(cells)]


def _head_rows(table: _Table) -> int:
    """How many rows from the top are made of header cells; 0 where all or none are."""
    count = 0
    while count < len(table.rows) and table.rows[count] and all(cell.head for cell in table.rows[count]):
        count += 1
    return count if count < len(table.rows) else 0
