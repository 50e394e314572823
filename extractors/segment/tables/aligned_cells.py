"""Cells and rows of tables without rules (无框线表格的格与行): lines of a column, and the heights of the figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.segment.flow import cell_flow
from extractors.segment.tables.draft import DraftCell, DraftRow
from extractors.segment.tables.label_groups import Extent
from extractors.segment.tables.pieces import PlacedPiece, own_line
from extractors.segment.tables.printed_columns import PrintedColumn, covered
from extractors.segment.tables.printed_rows import bare_name, with_whole_decimals, with_whole_numbers
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

SAME_ROW = 0.35  # of the size; figures of one row stand no further off each other's height
_IN_CELL = 1.22  # times the least distance between two lines: lines of one cell stand no further apart
_TOTALS = frozenset(map(plain, TOTAL_LABELS))
_ENDS_TOTAL = ("小计", "合计")
_LONGEST_TOTAL = 12  # characters
_SUBTOTALS = frozenset(map(plain, SUBTOTAL_LABELS))


@dataclass(slots=True)
class Block:
    """Lines of one column that make one cell (列中的一格)."""

    pieces: list[PlacedPiece]

    @property
    def extent(self) -> Extent:
        """Where it is printed."""
        return Extent(self.pieces[0].top, self.pieces[-1].bottom)

    @property
    def is_open(self) -> bool:
        """Whether its last line opens a bracket that the next one closes: `产出数量（13` over `分）`."""
        return "(" in plain(self.pieces[-1].text).rpartition(")")[2]

    @property
    def ends_with_points(self) -> bool:
        """Whether it is whole, with the points of its name at the end: `产出数量（13分）`."""
        return self.pieces[-1].text.endswith((")", "）")) and plain(self.text_as_printed) != self.text

    @property
    def text_as_printed(self) -> str:
        """Its lines joined."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number, a rate or a dash."""
        return len(self.pieces) == 1 and self.pieces[0].is_figure

    @property
    def is_total(self) -> bool:
        """Whether it reads 合计 or the like, or 决策小计."""
        text = self.text
        return text in _TOTALS or (
            text not in _SUBTOTALS and text.endswith(_ENDS_TOTAL) and len(text) <= _LONGEST_TOTAL
        )

    @property
    def is_subtotal(self) -> bool:
        """Whether it reads 小计 or the like, which belongs to the rows of a name unless it stands outermost."""
        return self.text in _SUBTOTALS

    @property
    def text(self) -> str:
        """Its lines joined, as names are compared."""
        pieces = self.pieces
        return bare_name(pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces]))


@dataclass(slots=True)
class Row:
    """A row of the body (行): the height of its figures, and its cells by column."""

    middle: float
    size: float
    cells: dict[int, list[Block]] = field(default_factory=dict)

    @property
    def extent(self) -> Extent:
        """From the top of its highest cell to the bottom of its lowest."""
        extents = [block.extent for blocks in self.cells.values() for block in blocks]
        return Extent(min(extent.top for extent in extents), max(extent.bottom for extent in extents))


def blocks_of(body: Sequence[PlacedPiece], columns: Sequence[PrintedColumn]) -> list[list[Block]]:
    """The cells of each column from top to bottom: lines closer than rows are belong together, figures never."""
    by_column: list[list[PlacedPiece]] = [[] for _ in columns]
    for piece in with_whole_numbers(body):
        by_column[covered(piece, columns)[0]].append(piece)
    for own in by_column:
        own.sort(key=lambda piece: (piece.top, piece.x0))
        own[:] = with_whole_decimals(own)
    closest = _line_distance(by_column)
    blocks: list[list[Block]] = []
    for own in by_column:
        cells: list[Block] = []
        for piece in own:
            goes_on = bool(cells) and not piece.is_figure and not cells[-1].pieces[-1].is_figure
            goes_on = goes_on and not cells[-1].ends_with_points
            if goes_on and (cells[-1].is_open or piece.middle - cells[-1].pieces[-1].middle <= closest):
                cells[-1].pieces.append(piece)
            else:
                cells.append(Block([piece]))
        blocks.append(cells)
    return blocks


def _line_distance(by_column: Sequence[Sequence[PlacedPiece]]) -> float:
    """The greatest distance between two lines of one cell; 0 where every line is a row of its own."""
    words: list[float] = []
    figures: list[float] = []
    for own in by_column:
        for above, below in pairwise(own):
            step = below.middle - above.middle
            if step > 0.5 * (below.bottom - below.top):
                (figures if above.is_figure and below.is_figure else words).append(step)
    if not words:
        return 0.0
    closest = min(words)
    if figures and closest >= 0.9 * min(figures):
        return 0.0
    return closest * _IN_CELL


def rows_by_figures(figures: Sequence[PlacedPiece]) -> list[Row]:
    """A row for each height at which figures stand."""
    rows: list[Row] = []
    for piece in sorted(figures, key=lambda piece: piece.middle):
        size = piece.bottom - piece.top
        if not rows or piece.middle - rows[-1].middle > SAME_ROW * size:
            rows.append(Row(piece.middle, size))
    return rows


def with_rows_of_words(rows: list[Row], names: Sequence[Block], values: Sequence[Block]) -> list[Row]:
    """The rows, and those whose name stands level with words where others have figures: 应保尽保 beside its name.

    names: of the column that names each row. values: of the columns of figures.
    """
    words = [block.extent.middle for block in values if not block.is_figure]
    added = []
    for name in names if words else ():
        middle, size = name.extent.middle, name.pieces[0].bottom - name.pieces[0].top
        level = any(abs(word - middle) <= SAME_ROW * size for word in words)
        if level and all(abs(row.middle - middle) > size for row in rows):
            added.append(Row(middle, size))
    return sorted([*rows, *added], key=lambda row: row.middle) if added else rows


def boxes_of(texts: Sequence[Extent]) -> list[Extent]:
    """The rows as far as their cells reach: the blank between two rows belongs half to each."""
    edges = [(above.bottom + below.top) / 2 for above, below in pairwise(texts)]
    if not edges:
        return list(texts)
    tops = [texts[0].top - (edges[0] - texts[0].bottom), *edges]
    bottoms = [*edges, texts[-1].bottom + (texts[-1].top - edges[-1])]
    return [Extent(top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]


def drafted(row: Row, width: int) -> DraftRow:
    """The row as a draft; blank cells are open to be merged with the name above."""
    cells: list[DraftCell | None] = []
    pieces = sorted((p for blocks in row.cells.values() for b in blocks for p in b.pieces), key=lambda p: p.index)
    for column in range(width):
        own = [piece for block in row.cells.get(column, ()) for piece in block.pieces]
        cells.append(DraftCell(cell_flow([(piece.text, own_line(piece)) for piece in own])))
    return DraftRow(cells, pieces[0].line, pieces[-1].line)


def is_figures(own: Sequence[Block]) -> bool:
    """Whether half of a column's cells are figures, or more."""
    return 2 * sum(block.is_figure for block in own) >= len(own) > 0


def nearest(rows: Sequence[Row], block: Block) -> Row:
    """The row whose figures stand nearest to the middle of a cell."""
    middle = block.extent.middle
    return min(rows, key=lambda row: abs(row.middle - middle))
