"""Tables between rulings (有框线的表格): the frames that a reader found on pages, linked over page breaks."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.frozen import replace
from extractors.pages import Frame, Line
from extractors.readers.pdf.cell_texts import united
from extractors.readers.pdf.packed import reach
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow
from extractors.segment.tables.heads import MAX_HEADER_ROWS, header_depth, is_form
from extractors.segment.tables.open_cells import SAME_EDGE, join_open_cells
from extractors.segment.tables.ruled_parts import parts_of
from extractors.segment.tables.torn import mend_torn_row, repeated_heads
from extractors.vocabulary import TOTAL_LABELS, column_role

_FEWEST_FILLED = 2  # cells; a frame with fewer is a box around text, unless it goes on with the page before
_PITCH = 1.5  # of the height of a line; the widest gap to the next line of a cell
_NOTE = re.compile(r"\s*(?:备?注|说明|资料来源|数据来源|单位|填[表报]|附)")  # stands below a table in its own right
_WORD = re.compile(r"\S+")
_LINKED = "跨页接续：上下两页的框线左右对齐，其间没有其他文字"


@dataclass(slots=True)
class _Piece:
    """A frame and its lines (表框片段). start, end: indices of its lines in the document, half open."""

    frame: Frame
    lines: list[Line]
    start: int
    end: int

    @property
    def edges(self) -> tuple[float, ...]:
        """x of its columns, in upright reading, ascending."""
        return self.frame.edges

    @property
    def page(self) -> int:
        """The page it stands on, 1-based."""
        return self.lines[0].page or 0

    @property
    def filled(self) -> set[int]:
        """The indices of the cells in which something is printed."""
        return {line.framed[1] for line in self.lines if line.framed is not None}

    @property
    def last_page(self) -> int:
        """The last page that it stands on: strips of a wide table stand on several."""
        return max(line.page or 0 for line in self.lines)


def find_ruled(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All frames as drafts. free: parallel to `lines`; a frame counts when its first line is still unclaimed."""
    chains: list[list[_Piece]] = []
    for piece in _pieces(lines, free):
        if chains and _goes_on(lines, free, chains[-1], piece):
            last = chains[-1][-1]
            last.lines += [line for each in _between(lines, free, last, piece) for line in _hung(last, each)]
            chains[-1].append(piece)
        elif len(piece.filled) >= _FEWEST_FILLED:
            chains.append([piece])
    return [_draft(chain) for chain in chains]


def _pieces(lines: Sequence[Line], free: Sequence[bool]) -> list[_Piece]:
    """The frames that can be tables: two columns or more."""
    pieces = []
    start = 0
    # Frames are told apart by identity, for equal ones stand on many pages.
    identities = [None if line.framed is None else id(line.framed[0]) for line in lines]
    for _, group in groupby(identities):
        end = start + len(list(group))
        own = lines[start:end]
        frame = own[0].framed[0] if own[0].framed else None
        if frame is not None and free[start] and frame.n_columns >= 2:
            at = start
            for part in parts_of(frame, own):
                if (narrower := part[0].framed) is not None:
                    pieces.append(_Piece(narrower[0], part, at, at + len(part)))
                at += len(part)
        start = end
    return pieces


def _goes_on(lines: Sequence[Line], free: Sequence[bool], chain: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a frame goes on with the chain's last one: next page, nothing between, columns in the same places.

    What comes below a total and begins with heads of its own is another table.
    """
    last = chain[-1]
    if not last.page < piece.page <= last.last_page + 1 or piece.frame.turn != last.frame.turn:
        return False
    if not all(_hung(last, line) or _is_sliver(line, last, piece) for line in _between(lines, free, last, piece)):
        return False
    edges = united([edge for part in chain for edge in part.edges], SAME_EDGE)
    aligned = abs(edges[0] - piece.edges[0]) <= SAME_EDGE and abs(edges[-1] - piece.edges[-1]) <= SAME_EDGE
    if not aligned or len(united([*edges, *piece.edges], SAME_EDGE)) > max(len(edges), len(piece.edges)):
        return False
    return not (_ends_with_total(last) and _begins_with_heads(piece))


def _is_sliver(line: Line, last: _Piece, piece: _Piece) -> bool:
    """Whether a line on top of a page is what is seen of one that the page before prints whole."""
    if line.box is None or line.page != piece.page or not line.box[1] < piece.frame.box[1] < line.box[3]:
        return False
    return any(line.text == other.text for other in last.lines)


def _between(lines: Sequence[Line], free: Sequence[bool], last: _Piece, piece: _Piece) -> list[Line]:
    """The lines that stand between two frames and belong to no table yet."""
    return [lines[index] for index in range(last.end, piece.start) if free[index] and lines[index].text.strip()]


def _hung(piece: _Piece, line: Line) -> list[Line]:
    """The line as those of the cells under whose open or overfull lower ends it hangs; none where it hangs under none.

    Programs let the text of merged cells run out below the grid before they break the page.
    """
    frame = piece.frame
    if line.box is None or line.page != piece.page or line.turn or frame.turn or _NOTE.match(line.text):
        return []
    _, top, _, bottom = line.box
    below, high = top - frame.box[3], bottom - top
    if not -high < below < high:
        return []
    hung: list[Line] = []
    for part in _by_columns(line, frame):
        cell = _cell_above(frame, part)
        own = [one.box[3] for one in piece.lines if one.box and one.framed and one.framed[1] == cell]
        if cell is None or (not own and frame.cells[cell].column not in frame.open_below):
            return []
        if own and top - max(own) >= _PITCH * high:
            return []
        hung.append(replace(part, framed=(frame, cell)))
    return hung


def _by_columns(line: Line, frame: Frame) -> list[Line]:
    """What of a line stands below different columns of a frame; the line itself where all stands below one."""
    if line.raw is not None or len(line.chars) != len(line.text):
        return [line]
    spans: list[tuple[int, int]] = []
    columns: list[int] = []
    for match in _WORD.finditer(line.text):
        first, last = reach(line.chars, match.start(), match.end())
        column = bisect_left(frame.edges, (first[0] + last[2]) / 2)
        if columns and columns[-1] == column:
            spans[-1] = (spans[-1][0], match.end())
        else:
            spans.append(match.span())
            columns.append(column)
    return [line] if len(spans) < 2 else [_part(line, start, end) for start, end in spans]


def _part(line: Line, start: int, end: int) -> Line:
    """The characters start:end of a line (0-based) as one of its own."""
    first, last = reach(line.chars, start, end)
    box = (first[0], min(first[1], last[1]), last[2], max(first[3], last[3]))
    return replace(line, text=line.text[start:end], chars=line.chars[start:end], box=box)


def _cell_above(frame: Frame, line: Line) -> int | None:
    """The cell of the frame's lowest row within whose sides a line stands, by its place."""
    if line.box is None:
        return None
    x0, _, x1, _ = line.box
    for index, cell in enumerate(frame.cells):
        left, _, right, end = cell.box
        if left <= x0 and x1 <= right and abs(end - frame.box[3]) < SAME_EDGE:
            return index
    return None


def _ends_with_total(piece: _Piece) -> bool:
    """Whether the last row begins with 合计 or the like."""
    row = max(piece.frame.cells[line.framed[1]].row for line in piece.lines if line.framed is not None)
    first = next(line for line in piece.lines if line.framed and piece.frame.cells[line.framed[1]].row == row)
    return "".join(first.text.split()).rstrip("：:") in TOTAL_LABELS


def _begins_with_heads(piece: _Piece) -> bool:
    """Whether two cells or more of the first row are heads of columns."""
    texts: dict[int, str] = {}
    for line in piece.lines:
        if line.framed is not None and piece.frame.cells[line.framed[1]].row == 0:
            texts[line.framed[1]] = texts.get(line.framed[1], "") + line.text
    return sum(column_role(text) is not None for text in texts.values()) >= 2


def _draft(chain: Sequence[_Piece]) -> Draft:
    """The frames of one table as one draft, on the columns that all of them share."""
    edges = united([edge for piece in chain for edge in piece.edges], SAME_EDGE)
    draft = Draft("ruled", [], chain[0].start, chain[-1].end)
    hollow: dict[int, int] = {}
    for number, piece in enumerate(chain):
        rows = _rows(piece, edges)
        at, heads = len(draft.rows), 0
        if number:
            draft.breaks.append((at, _LINKED))
            heads = repeated_heads(draft.rows, rows)
            draft.repeated.update(range(at, at + heads))
            join_open_cells(draft.rows, rows[heads:], (chain[number - 1].frame, piece.frame), hollow, edges)
            mend_torn_row(draft.rows, rows, heads, hollow)
        draft.rows.extend(rows)
        hollow = _hollow(piece, edges, heads)
    if not is_form(draft):
        rows = [row for at, row in enumerate(draft.rows) if at not in draft.repeated]
        draft.header_rows = _depth_by_spans(rows, header_depth(rows, draft.width))
    return draft


def _hollow(piece: _Piece, edges: Sequence[float], heads: int) -> dict[int, int]:
    """Columns (0-based) of which the lowest cell of a frame is empty, with the number of its rows.

    heads: rows repeated on top of it; a cell right below them goes on with the page before.
    """
    frame = piece.frame
    filled = piece.filled
    return {
        bisect_left(edges, frame.edges[cell.column] - SAME_EDGE): cell.row_span
        for index, cell in enumerate(frame.cells)
        if index not in filled and heads < cell.row == frame.n_rows - cell.row_span
    }


def _depth_by_spans(rows: Sequence[DraftRow], depth: int) -> int:
    """The depth of the header by what is drawn: a row below heads that are divided, or beside one that reaches
    down.

    depth: what the words say, 0 for no header.
    """
    while 0 < depth < min(len(rows) - 1, MAX_HEADER_ROWS) and not any(map(_is_value, rows[depth].cells)):
        heads = [(at, cell) for at, row in enumerate(rows[:depth]) for cell in row.cells if cell is not None]
        reaches = any(cell.text and at + cell.row_span > depth for at, cell in heads)
        above = [cell.column_span > 1 for at, cell in heads if at == depth - 1 and cell.text]
        if not ((reaches and any(above)) or (len(above) > 1 and all(above))):
            break
        depth += 1
    return depth


def _is_value(cell: DraftCell | None) -> bool:
    """Whether a cell holds a number or a rate."""
    return cell is not None and cell.kind in ("number", "rate")


def _rows(piece: _Piece, edges: Sequence[float]) -> list[DraftRow]:
    """The frame's rows with their first and last line; a row without any takes the line before it.

    A printed cell keeps its span. An empty one is left open cell by cell, for on top of a page it goes on with the
    label of the page before.
    """
    frame = piece.frame
    texts: dict[int, list[Piece]] = {}
    firsts: dict[int, Line] = {}
    lasts: dict[int, Line] = {}
    for line in piece.lines:
        if line.framed is not None:
            index = line.framed[1]
            row = frame.cells[index].row
            own = texts.get(index)
            if own is None:
                texts[index] = [(line.text, line)]
                firsts.setdefault(row, line)
            else:
                own.append((line.text, line))
            lasts[row] = line
    grid: list[list[DraftCell | None]] = [[None] * (len(edges) - 1) for _ in range(frame.n_rows)]
    shared = [bisect_left(edges, edge - SAME_EDGE) for edge in frame.edges]
    if len(set(shared)) < len(shared):
        _widen(texts, frame, shared)
    for index, cell in enumerate(frame.cells):
        left, right = shared[cell.column], shared[cell.column + cell.column_span]
        own = texts.get(index)
        if own is not None:
            grid[cell.row][left] = DraftCell(cell_flow(own), cell.row_span, right - left, True)
            continue
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(left, right):
                grid[row][column] = DraftCell()
    last = piece.lines[0]
    rows = []
    for index, cells in enumerate(grid):
        first, last = firsts.get(index, last), lasts.get(index, last)
        rows.append(DraftRow(cells, first, last))
    return rows


def _widen(texts: dict[int, list[Piece]], frame: Frame, shared: Sequence[int]) -> None:
    """Give what stands in a column too narrow to be one to the cell beside it, the left one if there is any.

    texts: by index of the cell, changed in place. shared: for each edge of the frame the edge of the table.
    """
    for index, cell in enumerate(frame.cells):
        if index in texts and shared[cell.column] == shared[cell.column + cell.column_span]:
            rows = range(cell.row, cell.row + cell.row_span)
            wide = [
                (other.column > cell.column, abs(other.column - cell.column), at)
                for at, other in enumerate(frame.cells)
                if other.row in rows and shared[other.column] < shared[other.column + other.column_span]
            ]
            if wide:
                texts.setdefault(min(wide)[2], []).extend(texts.pop(index))
