"""Tables without rules (无框线的表格): columns by alignment, rows by their figures, merged names by their height."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.pages import Line
from extractors.segment.flow import cell_flow
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.label_groups import Extent, Within, groups_of
from extractors.segment.tables.merging import belongs_below, belongs_elsewhere
from extractors.segment.tables.pieces import PlacedPiece
from extractors.segment.tables.printed_columns import PrintedColumn, columns_of, covered
from extractors.segment.tables.printed_head import head_rows
from extractors.segment.tables.printed_regions import Region, find_regions
from extractors.segment.tables.printed_rows import bare_name, shared_out, standard_names, with_whole_numbers
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
    def is_open(self) -> bool:
        """Whether its last line opens a bracket that the next one closes: `产出数量（13` over `分）`."""
        return "(" in plain(self.pieces[-1].text).rpartition(")")[2]

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number, a rate or a dash."""
        return len(self.pieces) == 1 and self.pieces[0].is_figure

    @property
    def is_total(self) -> bool:
        """Whether it reads 合计 or the like."""
        return self.text in _TOTALS

    @property
    def is_subtotal(self) -> bool:
        """Whether it reads 小计 or the like, which belongs to the rows of a name unless it stands outermost."""
        return self.text in _SUBTOTALS

    @property
    def text(self) -> str:
        """Its lines joined, as names are compared."""
        return bare_name("".join(piece.text for piece in self.pieces))

    def excludes(self, name: str) -> bool:
        """Whether a name of the next level stands below another name than this one in the standard framework."""
        return belongs_elsewhere(self.text, name)


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
    _share_head(chain[0], region)
    if not last.body:
        return last.texts[: last.head] == region.texts[: last.head]  # heads alone below, and again on the next page
    together = columns_of([piece for part in (*chain, region) for piece in part.body])
    alone = max(len(columns_of(part.body)) for part in (*chain, region))
    return len(together) == alone


def _share_head(first: Region, region: Region) -> None:
    """What both pages begin with is their head, however far the first figure stands below it."""
    pairs = zip(first.texts, region.texts, strict=False)
    depth = next((index for index, (one, other) in enumerate(pairs) if one != other), 0)
    if sum(is_head(piece.text) for row in region.rows[:depth] for piece in row) >= 2:
        first.head = region.head = depth


def _draft(chain: Sequence[Region]) -> Draft | None:
    """The table of linked regions, or None where it has one column only."""
    columns = columns_of([piece for region in chain for piece in region.body])
    if len(columns) < 2:
        return None
    draft = Draft("aligned", [], chain[0].start, chain[-1].end)
    leaf = _leaf_columns([_blocks(region.body, columns) for region in chain])
    begun: DraftRow | None = None
    for number, region in enumerate(chain):
        rest, rows, begins = _body_rows(region, columns, leaf, number == 0, number == len(chain) - 1)
        if rest is not None:
            _go_on([row for at, row in enumerate(draft.rows) if at not in draft.repeated], rest, min(leaf))
        heads = head_rows([piece for row in region.rows[: region.head] for piece in row], columns)
        if number:
            draft.breaks.append((len(draft.rows), _LINKED))
            draft.repeated.update(range(len(draft.rows), len(draft.rows) + len(heads)))
        elif region.heads >= 2:
            draft.header_rows = len(heads)
        draft.rows.extend(heads)
        draft.rows.extend(rows if begun is None else _begun(begun, rows))
        begun = begins
    draft.rows.extend([] if begun is None else [begun])
    return draft


def _go_on(above: Sequence[DraftRow], rest: DraftRow, names: int) -> None:
    """Put what a page goes on with behind the cells that the page before began. names: columns left of the figures."""
    for column, cell in enumerate(rest.cells):
        if cell is None or not cell.text or not above:
            continue
        filled = (row for row in reversed(above) if row.text(column))
        owner = next(filled, above[-1]) if column < names else above[-1]
        target = owner.cells[column] if column < len(owner.cells) else None
        if target is not None:
            target.append(cell)
    if above:
        above[-1].last = rest.last


def _begun(begun: DraftRow, rows: list[DraftRow]) -> list[DraftRow]:
    """The rows of a page, the first with what the page before began of it."""
    if not rows:
        return [begun]
    for cell, first in zip(begun.cells, rows[0].cells, strict=True):
        if cell is not None and cell.text and first is not None:
            cell.append(first)
            first.flow = cell.flow
    rows[0].first = begun.first
    return rows


def _body_rows(
    region: Region, columns: Sequence[PrintedColumn], leaf: Sequence[int], begins: bool, ends: bool
) -> tuple[DraftRow | None, list[DraftRow], DraftRow | None]:
    """The rows below the head of one page. leaf: columns whose figures tell the rows.

    begins, ends: whether the table does so on this page. Before and behind the rows: what goes on with the last row
    of the page before, and what the next page's first row begins with, if anything.
    """
    blocks = _blocks(region.body, columns)
    rows = _rows_by_figures([block.pieces[0] for column in leaf for block in blocks[column] if block.is_figure])
    if not rows:
        return None, [], None
    names = [column for column in range(min(leaf)) if blocks[column]]
    deepest = max(names, key=lambda column: (len(blocks[column]), column), default=-1)
    torn = _Row(0.0, 1.0), _Row(0.0, 1.0)
    for column, own in enumerate(blocks):
        if column >= deepest:
            _place(own, column, rows, torn, begins, ends)
    rows = [row for row in rows if row.cells]
    outer = [column for column in names if column < deepest]
    for column in outer:
        if (whole := standard_names([piece for block in blocks[column] for piece in block.pieces])) is not None:
            blocks[column] = [_Block(name) for name in whole]
    totals = [
        _nearest(rows, block)
        for column in names
        for block in blocks[column]
        if block.is_total or (block.is_subtotal and column == names[0])
    ]
    scored = [row for row in rows if all(row is not total for total in totals)]
    boxes = _boxes([row.extent for row in scored])
    merged = {column: _without_totals(blocks[column], totals, column) for column in outer}
    within: Within | None = None
    names_at: dict[int, str] = {}
    for column in reversed(outer):
        if column not in merged:
            continue
        own = merged.pop(column)
        labels, name = own, column
        if column - 1 in outer and _is_figures(blocks[column]) and not _is_figures(blocks[column - 1]):
            shares = _by_weights(merged[column - 1], own, begins, ends)
            if shares is not None:
                del merged[column - 1]
                labels, name = [_Block([*share]) for share in shares[1:-1]], column - 1
                for row, share in zip(torn, (shares[0], shares[-1]), strict=True):
                    row.cells.update({name: [_Block(share)]} if share else {})
        firsts = groups_of([block.extent for block in own], boxes, begins, ends, _known(within, names_at, labels))
        for block, label, first in zip(own, labels, firsts, strict=False):
            scored[first].cells.setdefault(column, []).append(block)
            if name != column and label.pieces:
                scored[first].cells.setdefault(name, []).append(label)
        within = Within(frozenset((0, *firsts)))
        names_at = {first: label.text for label, first in zip(labels, firsts, strict=False)}
    before, behind = (_drafted(row, len(columns)) if row.cells else None for row in torn)
    return before, [_drafted(row, len(columns)) for row in rows], behind


def _known(within: Within | None, names_at: dict[int, str], labels: Sequence[_Block]) -> Within | None:
    """What the names within tell about these labels. names_at: those names by the row they begin at."""
    if within is None:
        return None
    foreign = {(i, row) for i, label in enumerate(labels) for row, name in names_at.items() if label.excludes(name)}
    if labels:
        foreign.update((-1, row) for row, name in names_at.items() if belongs_below(labels[0].text, name))
    return Within(within.starts, frozenset(foreign))


def _by_weights(
    names: Sequence[_Block], weights: Sequence[_Block], begins: bool, ends: bool
) -> list[list[PlacedPiece]] | None:
    """The lines of names for each of the weights that stand beside them, or None where these are too few."""
    if not weights:
        return None
    lines = [piece for block in names for piece in block.pieces]
    known = standard_names(lines)
    if known is not None and len(known) < len(weights):
        return None  # weights of the rows, printed beside names of several rows each
    middles = [block.extent.middle for block in weights]
    shares = shared_out(lines, middles, begins, ends)
    if shares is None or not all(map(_stands_level, shares[1:-1], middles)):
        return None
    return shares


def _stands_level(share: Sequence[PlacedPiece], middle: float) -> bool:
    """Whether lines stand at this height, with their middle or with the first of them."""
    if not share:
        return False
    size = share[0].bottom - share[0].top
    return min(abs(share[0].middle - middle), abs((share[0].middle + share[-1].middle) / 2 - middle)) <= 0.6 * size


def _place(
    own: Sequence[_Block], column: int, rows: Sequence[_Row], torn: tuple[_Row, _Row], begins: bool, ends: bool
) -> None:
    """Put the cells of a column into their rows. torn: what goes on with the page before, and on the next one."""
    lines = [piece for block in own for piece in block.pieces]
    whole = begins and ends and not any(_covers_rows(block, rows) for block in own)
    shares = None if whole else shared_out(lines, [row.middle for row in rows], begins, ends)
    if shares is None:
        for block in own:
            _nearest(rows, block).cells.setdefault(column, []).append(block)
        return
    for row, share in zip((torn[0], *rows, torn[1]), shares, strict=True):
        if share:
            row.cells[column] = [_Block(share)]


def _covers_rows(block: _Block, rows: Sequence[_Row]) -> bool:
    """Whether a cell's lines reach over the figures of two rows, so that they are more than one cell."""
    return sum(block.extent.top < row.middle < block.extent.bottom for row in rows) > 1


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
    for piece in with_whole_numbers(body):
        by_column[covered(piece, columns)[0]].append(piece)
    for own in by_column:
        own.sort(key=lambda piece: (piece.top, piece.x0))
    closest = _line_distance(by_column)
    blocks: list[list[_Block]] = []
    for own in by_column:
        cells: list[_Block] = []
        for piece in own:
            goes_on = bool(cells) and not piece.is_figure and not cells[-1].pieces[-1].is_figure
            if goes_on and (cells[-1].is_open or piece.middle - cells[-1].pieces[-1].middle <= closest):
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
        if row is None and block.is_total and totals:
            row = _nearest(totals, block)
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
