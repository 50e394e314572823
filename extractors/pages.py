"""Characters, lines and pages as read (字符、行、页): what every reader hands on."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Literal

from extractors.frozen import frozen
from extractors.provenance import Box, CellPlace, Note, Origin, SourceSpan


@frozen
class Char:
    """One printed character of a paged source (字符); `box` in PDF points, origin top left."""

    text: str
    box: Box
    size: float
    confidence: float | None = None


@frozen
class Ruling:
    """A printed rule (框线) in PDF points; horizontal or vertical."""

    box: Box


Turn = Literal[0, 90, 180, 270]
CELL_PADDING = 12.0  # points that a ruled cell leaves blank beside its text, both sides together


@frozen
class FrameCell:
    """A cell between rulings (框格). row, column: 0-based, top left of its span. box: PDF points on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@frozen
class Frame:
    """A grid of rulings on one page (表框): what is known of a ruled table before anybody reads it as one.

    cells: sorted by (row, column), covering the grid once; merged positions are one cell with its span.
    turn: degrees clockwise by which its text is turned on the page; rows and columns are those of upright reading.
    edges: x of the column edges in upright reading, ascending, one more than columns.
    open_above, open_below: columns (0-based) without a rule at the upper or lower edge where others have one: a page
    break cut merged cells there.
    """

    box: Box
    n_rows: int
    n_columns: int
    cells: tuple[FrameCell, ...]
    turn: Turn = 0
    edges: tuple[float, ...] = ()
    open_above: tuple[int, ...] = ()
    open_below: tuple[int, ...] = ()


@frozen
class Lean:
    """How a scanned page leans (歪斜): `degrees` clockwise around the point (x, y), in PDF points."""

    degrees: float
    x: float
    y: float

    def at(self, box: Box) -> Box:
        """Where a box of the straightened page lies on the page as scanned; its own sides stay straight."""
        sine, cosine = math.sin(math.radians(self.degrees)), math.cos(math.radians(self.degrees))
        dx, dy = (box[0] + box[2]) / 2 - self.x, (box[1] + box[3]) / 2 - self.y
        shift_x, shift_y = dx * cosine - dy * sine - dx, dx * sine + dy * cosine - dy
        return (box[0] + shift_x, box[1] + shift_y, box[2] + shift_x, box[3] + shift_y)


@frozen
class Line:
    """One line of text (行).

    text: without converter markup and after repair; leading and trailing blanks kept (tabs separate cells).
    raw: the line as it stood in the source, only where it differs from `text`.
    number: 1-based line of a plain-text source. Of a paged source None until segmenting counts its paragraphs and
    table rows; that count tells what stands together and is never written out.
    page: 1-based, None for plain text. box: PDF points, None for plain text.
    chars: one Char for each character of `text`, or empty where the source has no geometry.
    confidence: 0..1 for `text-repaired` and `ocr`, else None.
    framed: the ruled grid of its page that it stands in and the index (0-based) of its cell there; such a line
    never reaches over its cell. turn: degrees clockwise by which it is turned on the page.
    lean: how its page was scanned; all boxes are those of the page put straight, `span` gives them as scanned.
    """

    text: str
    number: int | None = None
    page: int | None = None
    box: Box | None = None
    raw: str | None = None
    origin: Origin = "text"
    confidence: float | None = None
    chars: Sequence[Char] = ()
    framed: tuple[Frame, int] | None = None
    turn: Turn = 0
    lean: Lean | None = None

    @property
    def length(self) -> float:
        """How long it is along its direction, in PDF points; 0 without a place."""
        return 0.0 if self.box is None else _length(self.box, self.turn)

    @property
    def room(self) -> float | None:
        """How much of the width of its cell it leaves blank, in PDF points; None outside frames."""
        if self.framed is None or self.box is None:
            return None
        frame, cell = self.framed
        return _length(frame.cells[cell].box, self.turn) - self.length

    def numbered(self, number: int) -> "Line":
        """The same line with this number."""
        return Line(
            self.text, number, self.page, self.box, self.raw, self.origin, self.confidence, self.chars, self.framed,
            self.turn, self.lean,
        )  # fmt: skip

    def span(
        self,
        quote: str | None = None,
        cell: CellPlace | None = None,
        begins: tuple[int | None, int | None] | None = None,
    ) -> SourceSpan:
        """The place of this line, in a cell if one is given; `quote` defaults to its stripped text."""
        box, raw = self.box, self.raw
        if self.lean is not None and box is not None:
            box = self.lean.at(box)
        if raw is not None:
            raw = raw.strip()
        if quote is None:
            quote = self.text.strip()
        return SourceSpan(quote, self.page, self.number, box, raw, cell, self.origin, self.confidence, begins)


def _length(box: Box, turn: Turn) -> float:
    """The length of a box along text turned by so many degrees."""
    return box[3] - box[1] if turn % 180 else box[2] - box[0]


@frozen
class Page:
    """One page (页): a page of a PDF, or what stands between two form feeds of a text file.

    number: 1-based. width, height: PDF points as a viewer shows it, None for text.
    rulings, frames: printed rules, and the grids they make; empty for text. lean: as of its lines.
    """

    number: int
    lines: tuple[Line, ...]
    width: float | None = None
    height: float | None = None
    rulings: tuple[Ruling, ...] = ()
    read_by_ocr: bool = False
    frames: tuple[Frame, ...] = ()
    lean: Lean | None = None


@frozen
class Document:
    """A file as read (文档). source: path below the corpus, `/`-separated. sha256: of the file's bytes."""

    source: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    notes: tuple[Note, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        """All lines in reading order."""
        return chain.from_iterable([page.lines for page in self.pages])
