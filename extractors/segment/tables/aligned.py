"""Tables without rules (无框线的表格): columns by alignment, rows by their figures, merged names by their height."""

from collections.abc import Sequence

from extractors.pages import Line
from extractors.printed import prints_score
from extractors.segment.tables.aligned_cells import (
    SAME_ROW,
    Block,
    Row,
    blocks_of,
    boxes_of,
    drafted,
    rows_by_figures,
)
from extractors.segment.tables.draft import Draft, DraftRow
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.label_groups import Within, groups_of
from extractors.segment.tables.merging import belongs_below
from extractors.segment.tables.pieces import PlacedPiece
from extractors.segment.tables.printed_columns import PrintedColumn, columns_of
from extractors.segment.tables.printed_head import head_rows
from extractors.segment.tables.printed_regions import Region, find_regions
from extractors.segment.tables.printed_rows import shared_out, standard_names

_FILLED = 0.85  # share of the fullest column's figures that another column of the same rows has
_LINKED = "跨页接续：上下两页的列位置对齐，其间没有其他文字"


def find_aligned(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables without rules. free: parallel to `lines`, whether the line is still unclaimed."""
    chains: list[list[Region]] = []
    for region in find_regions(lines, free):
        if chains and _goes_on(lines, free, chains[-1], region):
            chains[-1].append(region)
        else:
            chains.append([region])
    drafts = [_draft(chain) for chain in chains if any(region.words for region in chain)]
    return [draft for draft in drafts if draft is not None]


def _goes_on(lines: Sequence[Line], free: Sequence[bool], chain: Sequence[Region], region: Region) -> bool:
    """Whether a region is the table's next page: nothing between, and together they have no fewer columns."""
    last = chain[-1]
    if region.page != last.page + 1 or any(free[i] and lines[i].text.strip() for i in range(last.end, region.start)):
        return False
    _share_head(chain[0], region)
    if not last.words:
        return last.texts[: last.head] == region.texts[: last.head]  # heads alone below, and again on the next page
    together = _columns([*chain, region])
    alone = max(len(_columns([part])) for part in (*chain, region))
    return len(together) == alone


def _columns(regions: Sequence[Region]) -> list[PrintedColumn]:
    """The columns of linked regions."""
    return columns_of(
        [line for part in regions for line in part.words], [w for part in regions for w in part.head_words]
    )


def _share_head(first: Region, region: Region) -> None:
    """What both pages begin with is their head, however far the first figure stands below it."""
    pairs = zip(first.texts, region.texts, strict=False)
    depth = next((index for index, (one, other) in enumerate(pairs) if one != other), 0)
    if sum(is_head(piece.text) for row in region.rows[:depth] for piece in row) >= 2:
        first.head = region.head = depth


def _draft(chain: Sequence[Region]) -> Draft | None:
    """The table of linked regions, or None where it has one column only."""
    columns = _columns(chain)
    if len(columns) < 2:
        return None
    draft = Draft("aligned", [], chain[0].start, chain[-1].end)
    leaf = _leaf_columns([blocks_of(region.body(columns), columns) for region in chain])
    begun: DraftRow | None = None
    for number, region in enumerate(chain):
        rest, rows, begins = _body_rows(region, columns, leaf, number == 0, number == len(chain) - 1)
        if rest is not None:
            _go_on([row for at, row in enumerate(draft.rows) if at not in draft.repeated], rest, min(leaf))
        heads = head_rows(region.head_pieces(columns), columns)
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
    blocks = blocks_of(region.body(columns), columns)
    names = [column for column in range(min(leaf)) if blocks[column]]
    deepest = max(names, key=lambda column: (len(blocks[column]), column), default=-1)
    figures = [block.pieces[0] for column in leaf for block in blocks[column] if block.is_figure]
    rows = rows_by_figures([*figures, *(p for block in blocks[deepest] for p in block.pieces if prints_score(p.text))])
    if not figures:
        return None, [], None
    torn = Row(0.0, 1.0), Row(0.0, 1.0)
    for column, own in enumerate(blocks):
        if column >= deepest:
            _place(own, column, rows, torn, begins, ends)
    rows = [row for row in rows if row.cells]
    outer = [column for column in names if column < deepest]
    for column in outer:
        if (whole := standard_names([piece for block in blocks[column] for piece in block.pieces])) is not None:
            blocks[column] = [Block(name) for name in whole]
    totals = [
        _nearest(rows, block)
        for column in names
        for block in blocks[column]
        if block.is_total or (block.is_subtotal and column == names[0])
    ]
    scored = [row for row in rows if all(row is not total for total in totals)]
    boxes = boxes_of([row.extent for row in scored])
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
                labels, name = [Block([*share]) for share in shares[1:-1]], column - 1
                for row, share in zip(torn, (shares[0], shares[-1]), strict=True):
                    row.cells.update({name: [Block(share)]} if share else {})
        firsts = groups_of([block.extent for block in own], boxes, begins, ends, _known(within, names_at, labels))
        for block, label, first in zip(own, labels, firsts, strict=False):
            scored[first].cells.setdefault(column, []).append(block)
            if name != column and label.pieces:
                scored[first].cells.setdefault(name, []).append(label)
        within = Within(frozenset((0, *firsts)))
        names_at = {first: label.text for label, first in zip(labels, firsts, strict=False)}
    before, behind = (drafted(row, len(columns)) if row.cells else None for row in torn)
    return before, [drafted(row, len(columns)) for row in rows], behind


def _known(within: Within | None, names_at: dict[int, str], labels: Sequence[Block]) -> Within | None:
    """What the names within tell about these labels. names_at: those names by the row they begin at."""
    if within is None:
        return None
    foreign = {(i, row) for i, label in enumerate(labels) for row, name in names_at.items() if label.excludes(name)}
    if labels:
        foreign.update((-1, row) for row, name in names_at.items() if belongs_below(labels[0].text, name))
    return Within(within.starts, frozenset(foreign))


def _by_weights(
    names: Sequence[Block], weights: Sequence[Block], begins: bool, ends: bool
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
    own: Sequence[Block], column: int, rows: Sequence[Row], torn: tuple[Row, Row], begins: bool, ends: bool
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
            row.cells[column] = [Block(share)]


def _covers_rows(block: Block, rows: Sequence[Row]) -> bool:
    """Whether a cell's lines reach over the figures of two rows, so that they are more than one cell."""
    return sum(block.extent.top < row.middle < block.extent.bottom for row in rows) > 1


def _leaf_columns(pages: Sequence[Sequence[Sequence[Block]]]) -> list[int]:
    """The columns of figures that are filled in nearly every row; sparser ones belong to merged names."""
    whole = [[block for page in pages for block in page[column]] for column in range(len(pages[0]))]
    counts = [sum(block.is_figure for block in own) if _is_figures(own) else 0 for own in whole]
    return [column for column, count in enumerate(counts) if count and count >= _FILLED * max(counts)]


def _is_figures(own: Sequence[Block]) -> bool:
    """Whether half of a column's cells are figures, or more."""
    return 2 * sum(block.is_figure for block in own) >= len(own) > 0


def _nearest(rows: Sequence[Row], block: Block) -> Row:
    """The row whose figures stand nearest to the middle of a cell."""
    middle = block.extent.middle
    return min(rows, key=lambda row: abs(row.middle - middle))


def _without_totals(blocks: Sequence[Block], totals: Sequence[Row], column: int) -> list[Block]:
    """The cells of a column but for those in the rows of totals, which are put there."""
    merged = []
    for block in blocks:
        middle = block.extent.middle
        row = next((total for total in totals if abs(total.middle - middle) <= SAME_ROW * total.size), None)
        if row is None and block.is_total and totals:
            row = _nearest(totals, block)
        if row is None:
            merged.append(block)
        else:
            row.cells.setdefault(column, []).append(block)
    return merged
