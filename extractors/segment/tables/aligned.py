"""Tables without rules (无框线的表格): columns by alignment, rows by their figures, merged names by their height."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.pages import Line
from extractors.segment.flow import cell_flow
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow
from extractors.segment.tables.label_groups import Extent, groups_of
from extractors.segment.tables.pieces import PlacedPiece
from extractors.segment.tables.printed_columns import PrintedColumn, columns_of, covered
from extractors.segment.tables.printed_head import head_rows
from extractors.segment.tables.printed_regions import Region, find_regions
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_SAME_ROW = 0.35  # of the size; figures of one row stand no further off each other's height
_FILLED = 0.85  # share of the fullest column's figures that another column of the same rows has
_IN_CELL = 1.22  # times the least distance between two lines: lines of one cell stand no further apart
_TOTALS = frozenset(map(plain, TOTAL_LABELS))
_SUBTOTALS = frozenset(map(plain, SUBTOTAL_LABELS))
_LINKED = "跨页接续：上下两页的列位置对齐，其间没有其他文字"


@dataclass(slots=True)
class _Block:
    """Lines of one column that make one cell (列中的一格)."""

    pieces: list[PlacedPiece]

    @property
    def extent(self) -> Extent:
        """Where it is printed."""
        return Extent(self.pieces[0].top, self.pieces[-1].bottom)

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number, a rate or a dash."""
        return len(self.pieces) == 1 and self.pieces[0].is_figure

    @property
    def is_total(self) -> bool:
        """Whether it reads 合计 or the like."""
        return self._plain in _TOTALS

    @property
    def is_subtotal(self) -> bool:
        """Whether it reads 小计 or the like, which belongs to the rows of a name unless it stands outermost."""
        return self._plain in _SUBTOTALS

    @property
    def _plain(self) -> str:
        return plain("".join(piece.text for piece in self.pieces)).rstrip("：:")


@dataclass(slots=True)
class _Row:
    """A row of the body (行): the height of its figures, and its cells by column."""

    middle: float
    size: float
    cells: dict[int, list[_Block]] = field(default_factory=dict)

    @property
    def extent(self) -> Extent:
        """From the top of its highest cell to the bottom of its lowest."""
        extents = [block.extent for blocks in self.cells.values() for block in blocks]
        return Extent(min(extent.top for extent in extents), max(extent.bottom for extent in extents))


def find_aligned(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables without rules. free: parallel to `lines`, whether the line is still unclaimed."""
    chains: list[list[Region]] = []
    for region in find_regions(lines, free):
        if chains and _goes_on(lines, free, chains[-1], region):
            chains[-1].append(region)
        else:
            chains.append([region])
    drafts = [_draft(chain) for chain in chains if any(region.body for region in chain)]
    return [draft for draft in drafts if draft is not None]


def _goes_on(lines: Sequence[Line], free: Sequence[bool], chain: Sequence[Region], region: Region) -> bool:
    """Whether a region is the table's next page: nothing between, and together they have no fewer columns."""
    last = chain[-1]
    if region.page != last.page + 1 or any(free[i] and lines[i].text.strip() for i in range(last.end, region.start)):
        return False
    if not last.body:
        return last.texts[: last.head] == region.texts[: last.head]  # heads alone below, and again on the next page
    together = columns_of([piece for part in (*chain, region) for piece in part.body])
    alone = max(len(columns_of(part.body)) for part in (*chain, region))
    return len(together) == alone


def _draft(chain: Sequence[Region]) -> Draft | None:
    """The table of linked regions, or None where it has one column only."""
    columns = columns_of([piece for region in chain for piece in region.body])
    if len(columns) < 2:
        return None
    draft = Draft("aligned", [], chain[0].start, chain[-1].end)
    leaf = _leaf_columns([_blocks(region.body, columns) for region in chain])
    for number, region in enumerate(chain):
        heads = head_rows([piece for row in region.rows[: region.head] for piece in row], columns)
        if number:
            draft.breaks.append((len(draft.rows), _LINKED))
            draft.repeated.update(range(len(draft.rows), len(draft.rows) + len(heads)))
        elif region.heads >= 2:
            draft.header_rows = len(heads)
        draft.rows.extend(heads)
        draft.rows.extend(_body_rows(region, columns, leaf, number == 0, number == len(chain) - 1))
    return draft


def _body_rows(
    region: Region, columns: Sequence[PrintedColumn], leaf: Sequence[int], begins: bool, ends: bool
) -> list[DraftRow]:
    """The rows below the head of one page. leaf: columns whose figures tell the rows.

    begins, ends: whether the table does so on this page.
    """
    blocks = _blocks(region.body, columns)
    rows = _rows_by_figures([block.pieces[0] for column in leaf for block in blocks[column] if block.is_figure])
    if not rows:
        return []
    names = [column for column in range(min(leaf)) if blocks[column]]
    deepest = max(names, key=lambda column: (len(blocks[column]), column), default=-1)
    for column, own in enumerate(blocks):
        if column >= deepest:
            for block in own:
                _nearest(rows, block).cells.setdefault(column, []).append(block)
    rows = [row for row in rows if row.cells]
    outer = [column for column in names if column < deepest]
    totals = [
        _nearest(rows, block)
        for column in names
        for block in blocks[column]
        if block.is_total or (block.is_subtotal and column == names[0])
    ]
    scored = [row for row in rows if all(row is not total for total in totals)]
    boxes = _boxes([row.extent for row in scored])
    for column in outer:
        merged = _without_totals(blocks[column], totals, column)
        firsts = groups_of([block.extent for block in merged], boxes, begins, ends)
        for block, first in zip(merged, firsts, strict=False):
            scored[first].cells.setdefault(column, []).append(block)
    return [_drafted(row, len(columns)) for row in rows]


def _leaf_columns(pages: Sequence[Sequence[Sequence[_Block]]]) -> list[int]:
    """The columns of figures that are filled in nearly every row; sparser ones belong to merged names."""
    whole = [[block for page in pages for block in page[column]] for column in range(len(pages[0]))]
    counts = [sum(block.is_figure for block in own) if _is_figures(own) else 0 for own in whole]
    return [column for column, count in enumerate(counts) if count and count >= _FILLED * max(counts)]


def _is_figures(own: Sequence[_Block]) -> bool:
    """Whether half of a column's cells are figures, or more."""
    return 2 * sum(block.is_figure for block in own) >= len(own) > 0


def _blocks(body: Sequence[PlacedPiece], columns: Sequence[PrintedColumn]) -> list[list[_Block]]:
    """The cells of each column from top to bottom: lines closer than rows are belong together, figures never."""
    by_column: list[list[PlacedPiece]] = [[] for _ in columns]
    for piece in body:
        by_column[covered(piece, columns)[0]].append(piece)
    for own in by_column:
        own.sort(key=lambda piece: (piece.top, piece.x0))
    closest = _line_distance(by_column)
    blocks: list[list[_Block]] = []
    for own in by_column:
        cells: list[_Block] = []
        for piece in own:
            goes_on = bool(cells) and not piece.is_figure and not cells[-1].pieces[-1].is_figure
            if goes_on and piece.middle - cells[-1].pieces[-1].middle <= closest:
                cells[-1].pieces.append(piece)
            else:
                cells.append(_Block([piece]))
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


def _rows_by_figures(figures: Sequence[PlacedPiece]) -> list[_Row]:
    """A row for each height at which figures stand."""
    rows: list[_Row] = []
    for piece in sorted(figures, key=lambda piece: piece.middle):
        size = piece.bottom - piece.top
        if not rows or piece.middle - rows[-1].middle > _SAME_ROW * size:
            rows.append(_Row(piece.middle, size))
    return rows


def _nearest(rows: Sequence[_Row], block: _Block) -> _Row:
    """The row whose figures stand nearest to the middle of a cell."""
    middle = block.extent.middle
    return min(rows, key=lambda row: abs(row.middle - middle))


def _without_totals(blocks: Sequence[_Block], totals: Sequence[_Row], column: int) -> list[_Block]:
    """The cells of a column but for those in the rows of totals, which are put there."""
    merged = []
    for block in blocks:
        middle = block.extent.middle
        row = next((total for total in totals if abs(total.middle - middle) <= _SAME_ROW * total.size), None)
        if row is None:
            merged.append(block)
        else:
            row.cells.setdefault(column, []).append(block)
    return merged


def _boxes(texts: Sequence[Extent]) -> list[Extent]:
    """The rows as far as their cells reach: the blank between two rows belongs half to each."""
    edges = [(above.bottom + below.top) / 2 for above, below in pairwise(texts)]
    if not edges:
        return list(texts)
    tops = [texts[0].top - (edges[0] - texts[0].bottom), *edges]
    bottoms = [*edges, texts[-1].bottom + (texts[-1].top - edges[-1])]
    return [Extent(top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]


def _drafted(row: _Row, width: int) -> DraftRow:
    """The row as a draft; blank cells are open to be merged with the name above."""
    cells: list[DraftCell | None] = []
    pieces = sorted((p for blocks in row.cells.values() for b in blocks for p in b.pieces), key=lambda p: p.index)
    for column in range(width):
        own = [piece for block in row.cells.get(column, ()) for piece in block.pieces]
        cells.append(DraftCell(cell_flow((piece.text, piece.line) for piece in own)))
    return DraftRow(cells, pieces[0].line, pieces[-1].line)
