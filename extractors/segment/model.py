"""What segmenting makes (分段): headings, paragraphs, tables, sections and the reports in one file."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extractors.folded import squashed
from extractors.frozen import frozen
from extractors.pages import Line
from extractors.provenance import CellPlace, Note, Origin, SourceSpan

PartKind = Literal["report", "target_declaration", "blank_form", "scoring_rules", "other"]
GridMethod = Literal["tabs", "html", "pipes", "one-cell-per-line", "flattened", "ruled", "aligned"]


@frozen
class Flow:
    """Running text joined from lines (连续文本), each character knowing its line.

    text: the joined text; a line break inside a sentence leaves no blank between Chinese characters.
    starts: offset in `text` (0-based) where each line's share begins, ascending, first 0.
    lines: the lines, parallel to `starts`. Both are empty only when `text` is empty.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[Line, ...]

    def line_at(self, offset: int) -> Line:
        """The line that the character at `offset` (0-based) stands in."""
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0) if len(self.lines) > 1 else 0]

    def span(
        self, start: int, end: int, margin: int = 0, cell: CellPlace | None = None, quote: str | None = None
    ) -> SourceSpan:
        """The place of text[start:end]; the quote, where none is given, reaches `margin` characters further both ways.

        The line is the one in which the value begins.
        """
        if quote is None:
            quote = self.text[max(start - margin, 0) : end + margin].strip()
        lines = self.lines
        if len(lines) == 1 and lines[0].origin != "ocr":
            return lines[0].span(quote, cell)
        starts = self.starts
        at = (bisect_right(starts, start) or 1) - 1
        line = lines[at]
        place = line.span(quote, cell, None if line is lines[0] else self.begins)
        if line.origin != "ocr" and (at + 1 == len(lines) or end <= starts[at + 1]):
            return place  # one line, as nearly always
        if line.origin != "ocr" and all(other.origin == "text" for other in lines[at + 1 :]):
            return place  # no line below is less sure
        origin, sure = self._certainty(at, start, end)
        if origin == place.origin and sure == place.confidence:
            return place
        return SourceSpan(place.quote, place.page, place.line, place.bbox, place.raw, cell, origin, sure, self.begins)

    @property
    def begins(self) -> tuple[int | None, int | None]:
        """Page and line of the first line."""
        return self.lines[0].page, self.lines[0].number

    def _certainty(self, first: int, start: int, end: int) -> tuple[Origin, float | None]:
        """Origin of text[start:end], begun in line `first`, and how sure its reading is, 0..1: of the least sure line
        that it runs over."""
        line = self.lines[first]
        origin, sure = line.origin, line.confidence if line.origin != "ocr" else self._confidence(first, start, end)
        if first + 1 == len(self.lines) or end <= self.starts[first + 1]:
            return origin, sure  # one line, as nearly always
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)
        for line in self.lines[first + 1 : last + 1]:
            if line.origin != "text" and (sure is None or (line.confidence or 0.0) < sure):
                origin, sure = line.origin, line.confidence
        return origin, sure

    def _confidence(self, index: int, start: int, end: int) -> float | None:
        """How sure the reading of text[start:end], begun in line `index`, is; of OCR of these characters."""
        line = self.lines[index]
        if line.origin != "ocr" or not line.chars:
            return line.confidence
        value = self.text[start:end].strip()
        begin = len(line.text) - len(line.text.lstrip()) + start - self.starts[index]
        if line.text[begin : begin + len(value)] != value:
            begin = line.text.find(value)
        if begin < 0 or not value:
            return line.confidence
        return min(char.confidence or 0.0 for char in line.chars[begin : begin + len(value)])


@frozen
class Heading:
    """A numbered or centred heading (标题).

    level: 1 is the outermost of this report. label: the printed number (`（一）`, `1.`, `①`, ``).
    title: the text behind the label, without it, without a run-on sentence. flow: the whole heading as printed.
    """

    level: int
    label: str
    title: str
    flow: Flow


@frozen
class Paragraph:
    """One paragraph of prose (段落)."""

    flow: Flow
    footnote: str | None = None  # the mark of a footnote (脚注), `¹` or `1`; None for body text


@dataclass(slots=True, unsafe_hash=True, init=False)  # as frozen as the others, but it sets its texts itself
class Cell:
    """A table cell (单元格). row, column: 0-based, top left of its span. An empty cell has an empty flow.

    text: lines joined, ends stripped; bare: folded and without any blank. Both are of the flow, and kept because
    every stage asks for them.
    """

    flow: Flow
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = field(init=False, repr=False, compare=False)
    bare: str = field(init=False, repr=False, compare=False)

    def __init__(self, flow: Flow, row: int, column: int, row_span: int = 1, column_span: int = 1) -> None:
        """A cell with the texts of its flow."""
        self.flow = flow
        self.row = row
        self.column = column
        self.row_span = row_span
        self.column_span = column_span
        text = flow.text
        self.text = text.strip()
        self.bare = squashed(text)


@frozen
class Fragment:
    """A piece of a table on one page or block of lines (表格片段).

    first, last: 1-based lines of text, or None. rows: (first, last + 1) rows of the grid, 0-based, half open.
    reason: why it was joined to the piece before it (Chinese); empty for the first piece.
    """

    first: SourceSpan
    last: SourceSpan
    rows: tuple[int, int]
    reason: str


@frozen
class TableGrid:
    """A table as a grid (表格).

    table_id: unique in its file: `t1`, `t2` … in reading order. caption: the line that names it, or ''.
    unit: unit that the caption states (`万元`), or ''. header_rows: how many rows from the top are header.
    cells: every printed cell once, sorted by (row, column); a merged cell stands at its top left with its span.
    A header repeated where a page broke is kept in `repeated_headers` (its rows), not deleted.
    """

    table_id: str
    method: GridMethod
    caption: str
    unit: str
    header_rows: int
    n_rows: int
    n_columns: int
    cells: tuple[Cell, ...]
    fragments: tuple[Fragment, ...]
    repeated_headers: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()

    def place(self, cell: Cell) -> CellPlace:
        """The cell's place as evidence states it."""
        return CellPlace(self.table_id, cell.row, cell.column)

    def span(self, cell: Cell) -> SourceSpan:
        """The place of a whole cell."""
        flow, place = cell.flow, CellPlace(self.table_id, cell.row, cell.column)
        lines = flow.lines
        if not lines:
            return SourceSpan("", cell=place)
        if len(lines) == 1 and lines[0].origin != "ocr":  # as nearly always
            return lines[0].span(cell.text, place)
        return flow.span(0, len(flow.text), cell=place, quote=cell.text)

    def dense(self) -> list[list[Cell | None]]:
        """Rows of columns; a merged cell is repeated at every position it covers, None where nothing is."""
        rows, columns = self.n_rows, self.n_columns
        grid: list[list[Cell | None]] = [[None] * columns for _ in range(rows)]
        for cell in self.cells:
            top, left = cell.row, cell.column
            if cell.row_span == cell.column_span == 1 and top < rows and left < columns:
                grid[top][left] = cell
                continue
            for row in range(top, min(top + cell.row_span, rows)):
                for column in range(left, min(left + cell.column_span, columns)):
                    grid[row][column] = cell
        return grid


Block = Paragraph | TableGrid


@frozen
class Section:
    """What stands below one heading, up to the next heading of any level (章节).

    heading: None for what stands before the first heading. path: the headings it lies below, outermost first,
    its own last. annex: true from the first annex (附件) on, and for what lies below it.
    """

    heading: Heading | None
    path: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    annex: bool = False


@frozen
class ReportPart:
    """One report of a file (报告).

    number: 1-based in its file. front: the title page, line by line, blank lines left out.
    lines: every line of the part, in order. sections: in reading order.
    """

    number: int
    kind: PartKind
    front: tuple[Line, ...]
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()

    @property
    def tables(self) -> Iterator[TableGrid]:
        """All tables in reading order."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, TableGrid):
                    yield block
