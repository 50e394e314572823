"""A table while it is being put together (表格草稿): rows of cells with their lines, before it is a grid."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.provenance import Note
from extractors.remembered import Remembered
from extractors.segment.flow import EMPTY, Piece, cell_flow, join, parts_number
from extractors.segment.model import Flow, GridMethod
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_NUMBER = re.compile(r"[-−－+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s*分?")
_MAX_NUMBER = 32  # characters
_RATE = re.compile(r"[-−－+]?\d+(?:\.\d+)?\s*[%％‰]")
_TOTAL_LABELS = frozenset((*TOTAL_LABELS, *SUBTOTAL_LABELS))
_DASH = re.compile(r"[-—–－─/／\\*]{1,4}|无|不适用|N/?A|[#＃]{2,32}")  # ###: unread


@dataclass(slots=True)
class DraftCell:
    """A cell being built (单元格草稿). declared: its spans were printed (HTML) and not inferred."""

    flow: Flow = EMPTY
    row_span: int = 1
    column_span: int = 1
    declared: bool = False

    @property
    def text(self) -> str:
        """The text as joined so far."""
        return self.flow.text

    @property
    def kind(self) -> str:
        """What the cell holds: `blank`, `number`, `rate`, `dash` or `text`."""
        return kind_of(self.flow.text)

    def append(self, other: "DraftCell", *, whole: bool = False) -> None:
        """Take over the text of `other`, behind one's own: without a blank if both are one number, or `whole`."""
        before, after = self.flow, other.flow
        if not after.text:
            return
        if whole or (before.lines and parts_number(before.text, before.lines[-1], after.text)):
            starts = (*before.starts, *(start + len(before.text) for start in after.starts))
            self.flow = Flow(before.text + after.text, starts, (*before.lines, *after.lines))
        else:
            self.flow = concat(before, after)


@dataclass(slots=True)
class DraftRow:
    """A row being built (行草稿). cells: one per column, None where a declared span covers it.

    first, last: the lines it stands on.
    """

    cells: list[DraftCell | None]
    first: Line
    last: Line

    def text(self, column: int) -> str:
        """The text at a column (0-based), '' beyond the row's end and below a span."""
        cell = self.cells[column] if column < len(self.cells) else None
        return "" if cell is None else cell.flow.text

    @property
    def texts(self) -> list[str]:
        """All texts of the row."""
        return ["" if cell is None else cell.flow.text for cell in self.cells]

    @property
    def label(self) -> str:
        """The first text in the row that is not empty, for comparing."""
        for cell in self.cells:
            if cell is not None and cell.flow.text:
                return plain(cell.flow.text[:_MAX_NUMBER])
        return ""

    @property
    def is_total(self) -> bool:
        """Whether the row begins with 合计, 小计 or the like."""
        return self.label.rstrip("：:") in _TOTAL_LABELS

    @property
    def is_subtotal(self) -> bool:
        """Whether the row begins with 小计 or the like."""
        return self.label.rstrip("：:") in SUBTOTAL_LABELS


@dataclass(slots=True)
class Draft:
    """A table being built (表格草稿). start, end: indices of its lines in the document, half open.

    breaks: (row, reason) where a new fragment begins, ascending, without the first.
    roles: of the columns where the finder knows them although no header is printed, else empty.
    widest: number of columns of its widest piece, set when pieces are linked.
    """

    method: GridMethod
    rows: list[DraftRow]
    start: int
    end: int
    breaks: list[tuple[int, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    header_rows: int = 0
    repeated: set[int] = field(default_factory=set)
    caption: str = ""
    unit: str = ""
    roles: tuple[str, ...] = ()
    widest: int = 0

    @property
    def width(self) -> int:
        """Number of columns: of the longest row."""
        return max([len(row.cells) for row in self.rows], default=0)


def _kind(text: str) -> str:
    text = text.strip()
    if not text:
        return "blank"
    if len(text) > _MAX_NUMBER:
        return "text"
    if _NUMBER.fullmatch(text):
        return "number"
    if _RATE.fullmatch(text):
        return "rate"
    return "dash" if _DASH.fullmatch(text) else "text"


kind_of: Callable[[str], str] = Remembered(_kind, _MAX_NUMBER, 16384).__getitem__
"""What a cell's text is: `blank`, `number`, `rate`, `dash` or `text`."""


def row_of(cells: list[list[Piece]], first: Line, last: Line) -> DraftRow:
    """A row from the pieces of its cells."""
    return DraftRow([DraftCell(cell_flow(pieces)) for pieces in cells], first, last)


def concat(before: Flow, after: Flow) -> Flow:
    """Two flows one behind the other; lines that hold blanks between them stay apart only for Latin words."""
    if not before.text:
        return after
    return join((*_pieces(before), *_pieces(after)))


def _pieces(flow: Flow) -> list[Piece]:
    """The stretches of a flow with their lines."""
    ends = (*flow.starts[1:], len(flow.text))
    return [(flow.text[start:end], line) for start, end, line in zip(flow.starts, ends, flow.lines, strict=True)]
