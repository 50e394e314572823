"""Tables without rules (无框线的表格): columns by alignment, rows by their figures, merged names by their height."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.pages import Line
from extractors.printed import prints_score
from extractors.segment.tables.aligned_cells import (
    Block,
    Row,
    blocks_of,
    drafted,
    is_figures,
    nearest,
    rows_by_figures,
    with_rows_of_words,
)
from extractors.segment.tables.aligned_doubt import columns_are_doubtful, unread
from extractors.segment.tables.aligned_figures import rows_collide, with_whole_figures
from extractors.segment.tables.aligned_names import Body, Merged, merged_names, put_groups, setting_of
from extractors.segment.tables.draft import Draft, DraftRow
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.printed_columns import PrintedColumn, columns_of, covered
from extractors.segment.tables.printed_head import head_rows, whole_heads
from extractors.segment.tables.printed_lines import is_line_of_words
from extractors.segment.tables.printed_regions import Region, find_regions
from extractors.segment.tables.printed_rows import shared_out
from extractors.segment.tables.roles import head_role
from extractors.segment.tables.torn import raise_names

_FILLED = 0.85  # share of the fullest column's figures that another column of the same rows has
_HALF = 0.5  # the same, as long as figures may be broken into halves
_ROW_NAMES = ("level3", "indicator")
_LONGEST_SERIAL = 4  # characters
_NEXT_LINE = 1.6  # of the size; how far lines of one cell stand apart at most
_LINKED = "跨页接续：上下两页的列位置对齐，其间没有其他文字"


@dataclass(slots=True)
class _Known:
    """What is known of a table before its rows are read (列与排版).

    leaf: the columns whose figures tell the rows. named: the column that names each row, if its head says so.
    setting, at_top: as of Body, for all pages.
    """

    columns: Sequence[PrintedColumn]
    leaf: Sequence[int]
    named: int | None
    setting: str = ""
    at_top: list[bool] = field(default_factory=list)


_Page = tuple[Body, Merged]  # as read, its names of several rows not yet in their rows


def find_aligned(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All tables without rules. free: parallel to `lines`, whether the line is still unclaimed."""
    chains: list[list[Region]] = []
    for region in find_regions(lines, free):
        if chains and _goes_on(lines, free, chains[-1], region):
            chains[-1].append(region)
        elif not region.loose:
            chains.append([region])
    drafts = [_draft(lines, chain) for chain in chains if any(region.words for region in chain)]
    return [draft for draft in drafts if draft is not None]


def _goes_on(lines: Sequence[Line], free: Sequence[bool], chain: Sequence[Region], region: Region) -> bool:
    """Whether a region is the table's next page: nothing between, and together they have no fewer columns."""
    last = chain[-1]
    if region.page != last.page + 1 or any(free[i] and lines[i].text.strip() for i in range(last.end, region.start)):
        return False
    _share_head(chain[0], region)
    if region.heads >= 2 and chain[0].head_print == region.head_print:
        return True
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
    if first.head and first.head_print == region.head_print:
        return
    pairs = zip(first.texts, region.texts, strict=False)
    depth = next((index for index, (one, other) in enumerate(pairs) if one != other), 0)
    shared = region.rows[:depth]
    if sum(is_head(piece.text) for row in shared for piece in row) >= 2 or any(is_line_of_words(row) for row in shared):
        first.head = region.head = depth


def _draft(lines: Sequence[Line], chain: Sequence[Region]) -> Draft | None:
    """The table of linked regions, or None where it has one column only."""
    columns = _columns(chain)
    if len(columns) < 2:
        return None
    bodies = [region.body(columns) for region in chain]
    if columns_are_doubtful(chain[0].head_words, bodies, columns):
        return unread(lines, chain[0].start, chain[-1].end)
    draft = Draft("aligned", [], chain[0].start, chain[-1].end)
    cells = [blocks_of(body, columns) for body in bodies]
    halves = _leaf_columns(cells, _HALF)
    cells = [with_whole_figures(own, halves) for own in cells]
    leaf = _leaf_columns(cells, _FILLED)
    if not leaf:
        return None
    if any(rows_collide(own, leaf) for own in cells):
        return unread(lines, chain[0].start, chain[-1].end)
    known = _Known(columns, leaf, _named_column(chain[0], columns, leaf))
    read = _read(known, cells)
    if read is None:
        return unread(lines, chain[0].start, chain[-1].end)
    begun: DraftRow | None = None
    for number, (region, page) in enumerate(zip(chain, read, strict=True)):
        rest, rows, begins = _drafted(page, len(columns))
        if rest is not None:
            _go_on([row for at, row in enumerate(draft.rows) if at not in draft.repeated], rest, min(leaf))
        heads = head_rows(region.head_pieces(columns), columns)
        if number:
            draft.breaks.append((len(draft.rows), _LINKED))
            draft.repeated.update(range(len(draft.rows), len(draft.rows) + len(heads)))
            if rows:
                raise_names(draft.rows, rows, _nameless(draft.rows, min(leaf)))
        elif region.heads >= 2:
            draft.header_rows = len(heads)
        draft.rows.extend(heads)
        draft.rows.extend(rows if begun is None else _begun(begun, rows))
        begun = begins
    draft.rows.extend([] if begun is None else [begun])
    return draft


def _nameless(rows: Sequence[DraftRow], names: int) -> dict[int, int]:
    """Columns of names at whose end a number stands beside none, with the number of rows from there.

    names: columns left of the figures.
    """
    found: dict[int, int] = {}
    for column in range(names - 1):
        height = 0
        for number, row in enumerate(reversed(rows), start=1):
            beside = row.cells[column + 1] if column + 1 < len(row.cells) else None
            numbered = beside is not None and beside.kind == "number"
            if height and numbered:
                found[column] = height
            if row.text(column) or (height and numbered):
                break
            height = number if numbered else height
    return found


def _is_nameless(at: int, rows: Sequence[Row], names: int) -> bool:
    """Whether a row is nothing but figures, no further off the next row than a line: halves, taken for rows.

    names: columns left of the figures.
    """
    row = rows[at]
    if not names or any(column < names for column in row.cells):
        return False
    near = _NEXT_LINE * row.size
    return len(rows) < 2 or min(abs(other.middle - row.middle) for other in rows if other is not row) <= near


def _read(known: _Known, cells: Sequence[Sequence[Sequence[Block]]]) -> list[_Page] | None:
    """The rows of each page, all names in their rows; None where some rows are but halves of figures."""
    pages = [(blocks, number == 0, number == len(cells) - 1) for number, blocks in enumerate(cells)]
    read = [_body_rows(known, *page) for page in pages]
    known.setting = setting_of(known.at_top)
    if known.setting:  # what one page tells of how cells are set holds for all
        if any(_is_halved(known, page) for page in read):
            return None
        if known.setting == "top" or any(body.moved for body, _ in read):  # else they were read as what it says
            read = [_body_rows(known, *page) for page in pages]
    return None if any(_is_halved(known, page, put=True) for page in read) else read


def _is_halved(known: _Known, page: _Page, *, put: bool = False) -> bool:
    """Whether some rows of a page are but halves of figures, its names of several rows in their rows.

    put: whether these are to be put there in any case, and not only where that is in question.
    """
    body, merged = page
    names = min(known.leaf)
    if not put and not any(_is_nameless(at, body.rows, names) for at in range(len(body.rows))):
        return False
    put_groups(merged, body)
    return any(_is_nameless(at, body.rows, names) for at in range(len(body.rows)))


def _drafted(page: _Page, width: int) -> tuple[DraftRow | None, list[DraftRow], DraftRow | None]:
    """The rows of a page. Before and behind them: what goes on with the last row of the page before, and what the
    next page's first row begins with, if anything."""
    body, _ = page
    before, behind = (drafted(row, width) if row.cells else None for row in body.torn)
    return before, [drafted(row, width) for row in body.rows], behind


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


def _body_rows(known: _Known, cells: Sequence[Sequence[Block]], begins: bool, ends: bool) -> _Page:
    """The rows below the head of one page. cells: of each column, from top to bottom.

    begins, ends: whether the table does so on this page.
    """
    blocks = [list(own) for own in cells]
    counted = {0} if _is_serial(blocks[0]) else set()
    leaf = [column for column in known.leaf if column not in counted] or known.leaf
    limit = min(leaf) if known.named is None else known.named
    counted.update(column for column in leaf if column < limit)
    names = [column for column in range(limit) if blocks[column] and column not in counted]
    fullest = max(names, key=lambda column: (len(blocks[column]), column), default=-1)
    deepest = fullest if known.named is None else known.named
    figures = [block.pieces[0] for column in leaf for block in blocks[column] if block.is_figure]
    torn = Row(0.0, 1.0), Row(0.0, 1.0)
    if not figures:
        return Body([], torn, begins, ends, known.setting), Merged({}, ())
    rows = rows_by_figures([*figures, *(p for block in blocks[deepest] for p in block.pieces if prints_score(p.text))])
    rows = with_rows_of_words(rows, blocks[deepest], [block for column in leaf for block in blocks[column]])
    body = Body(rows, torn, begins, ends, known.setting, known.at_top)
    for column, own in enumerate(blocks):
        if column >= deepest or column in counted:
            _place(own, column, body)
    body.rows = [row for row in rows if row.cells]
    return body, merged_names(blocks, names, deepest, body)


def _named_column(region: Region, columns: Sequence[PrintedColumn], leaf: Sequence[int]) -> int | None:
    """The column left of the figures whose head says that it names each row: 三级指标; None without one."""
    heads: dict[int, str] = {}
    for piece in whole_heads(region.head_pieces(columns)):
        column = covered(piece, columns)[0]
        heads[column] = heads.get(column, "") + piece.text
    named = [
        column for column, text in heads.items() if head_role(text) in _ROW_NAMES and column < max(leaf, default=0)
    ]
    return max(named, default=None)


def _is_serial(own: Sequence[Block]) -> bool:
    """Whether a column counts the rows: 1, 2, 3 …"""
    numbers = [int(block.text) for block in own if block.text.isdecimal() and len(block.text) < _LONGEST_SERIAL]
    return len(numbers) > 1 and len(numbers) >= len(own) - 1 and all(b == a + 1 for a, b in pairwise(numbers))


def _place(own: Sequence[Block], column: int, body: Body) -> None:
    """Put the cells of a column into their rows."""
    lines = [piece for block in own for piece in block.pieces]
    whole = body.begins and body.ends and body.setting != "top"
    whole = whole and not any(_covers_rows(block, body.rows) for block in own)
    middles = [row.middle for row in body.rows]
    found = None if whole else shared_out(lines, middles, body.begins, body.ends, body.setting)
    if found is None:
        for block in own:
            nearest(body.rows, block).cells.setdefault(column, []).append(block)
        return
    shares, moved = found
    body.moved = body.moved or moved
    for row, share in zip((body.torn[0], *body.rows, body.torn[1]), shares, strict=True):
        if share:
            row.cells[column] = [Block(share)]


def _covers_rows(block: Block, rows: Sequence[Row]) -> bool:
    """Whether a cell's lines reach over the figures of two rows, so that they are more than one cell."""
    extent = block.extent
    return sum([extent.top < row.middle < extent.bottom for row in rows]) > 1


def _leaf_columns(pages: Sequence[Sequence[Sequence[Block]]], filled: float) -> list[int]:
    """The columns of figures that are filled in nearly every row; sparser ones belong to merged names.

    filled: share of the fullest column's figures.
    """
    whole = [[block for page in pages for block in page[column]] for column in range(len(pages[0]))]
    counts = [sum(block.is_figure for block in own) if is_figures(own) else 0 for own in whole]
    return [column for column, count in enumerate(counts) if count and count >= filled * max(counts)]
