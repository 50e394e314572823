"""Names that stand for several rows (合并的名称): which rows each is printed for, in tables without rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.segment.tables.aligned_cells import SAME_ROW, Block, Row, boxes_of, is_figures, nearest
from extractors.segment.tables.label_groups import Extent, Within, could_be_centred, groups_of
from extractors.segment.tables.merging import belongs_below, belongs_elsewhere
from extractors.segment.tables.pieces import PlacedPiece
from extractors.segment.tables.printed_rows import shared_out, standard_names

_IN_LINE, _NEXT_LINE = 0.2, 1.6  # of the size: what stands level, and how far apart lines of one cell stand
_FEWEST = 2  # cells of several lines
_MOSTLY = 0.85  # share of the cells of several lines that tells how all are set


@dataclass(slots=True)
class Body:
    """The rows of one page and what tells where they begin and end (表身).

    torn: what goes on with the page before, and on the next one. begins, ends: whether the table does so here.
    setting: `top` or `middle` where it is known how cells are set against their row's figures, else ''.
    at_top: what the cells of this page say about that, one vote each. moved: whether some were taken to stand at the
    top without that being known.
    """

    rows: list[Row]
    torn: tuple[Row, Row]
    begins: bool
    ends: bool
    setting: str = ""
    at_top: list[bool] = field(default_factory=list)
    moved: bool = False


def setting_of(at_top: Sequence[bool]) -> str:
    """How the cells of a table are set against their row's figures: `top`, `middle`, or '' where votes differ."""
    if len(at_top) < _FEWEST:
        return ""
    share = sum(at_top) / len(at_top)
    return "top" if share >= _MOSTLY else "middle" if share <= 1 - _MOSTLY else ""


@dataclass(slots=True)
class Merged:
    """Names of one page that stand for several rows, before they are put into the first of these (待归行的名称).

    names: by their column. rows: of the page, without totals.
    """

    names: dict[int, list[Block]]
    rows: Sequence[Row]


def merged_names(blocks: list[list[Block]], names: Sequence[int], deepest: int, body: Body) -> Merged:
    """The names left of the column that names each row, but for those of every row and of totals, put there at once.

    names: the columns left of the figures. deepest: the one that names each row.
    """
    outer = [column for column in names if column < deepest]
    outer = [column for column in outer if not _put_in_every_row(blocks[column], column, body)]
    for column in outer:
        blocks[column] = _whole_in_their_row(blocks[column], body.rows)
        if (whole := standard_names([piece for block in blocks[column] for piece in block.pieces])) is not None:
            blocks[column] = [Block(name) for name in whole]
    totals = [
        nearest(body.rows, block)
        for column in names
        for block in blocks[column]
        if block.is_total or (block.is_subtotal and column == names[0])
    ]
    scored = [row for row in body.rows if all(row is not total for total in totals)]
    merged = {column: _without_totals(blocks[column], totals, column) for column in outer}
    if not body.setting:  # else it was told before
        boxes = boxes_of([row.extent for row in scored])
        body.at_top += [*_votes_of_cells(body.rows, deepest), *_votes_of_names(merged, scored, boxes, body)]
    return Merged(merged, scored)


def _whole_in_their_row(own: Sequence[Block], rows: Sequence[Row]) -> list[Block]:
    """The cells, two of one line each joined that stand level with a row only together: 临河 over 县 beside 2021年."""
    whole: list[Block] = []
    for block in own:
        last = whole[-1] if whole else None
        if last is not None and len(last.pieces) == len(block.pieces) == 1:
            upper, lower = last.pieces[0], block.pieces[0]
            size = upper.bottom - upper.top
            heights = (upper.middle, lower.middle, (upper.middle + lower.middle) / 2)
            if lower.middle - upper.middle <= _NEXT_LINE * size and [
                min([abs(row.middle - height) for row in rows]) <= _IN_LINE * size for height in heights
            ] == [False, False, True]:
                whole[-1] = Block([upper, lower])
                continue
        whole.append(block)
    return whole


def _put_in_every_row(own: Sequence[Block], column: int, body: Body) -> bool:
    """Put the cells of a column into their rows, if each row has one at its height, as where nothing is merged."""
    lines = [piece for block in own for piece in block.pieces]
    if len(lines) < len(body.rows) or len(body.rows) < _FEWEST:
        return False
    middles = [row.middle for row in body.rows]
    found = shared_out(lines, middles, body.begins, body.ends, body.setting)
    if found is None:
        return False
    shares, moved = found
    body.moved = body.moved or moved
    if not all(map(_stands_level, shares[1:-1], middles)):
        return False
    if any(Block(share).is_open for share in shares[1:-1]):
        return False
    for row, share in zip((body.torn[0], *body.rows, body.torn[1]), shares, strict=True):
        if share:
            row.cells[column] = [Block(share)]
    return True


def put_groups(names: Merged, body: Body) -> None:
    """Put merged names into the first of their rows, from the innermost column outwards."""
    merged, scored = names.names, names.rows
    if not scored:  # all that stands here goes on with names of the page before
        body.torn[0].cells.update({column: own for column, own in merged.items() if own})
        return
    boxes = boxes_of([row.extent for row in scored])
    ends_at = {i + 1 for i, row in enumerate(scored) if any(b.is_subtotal for own in row.cells.values() for b in own)}
    within = Within(frozenset({0, *ends_at})) if ends_at else None
    names_at: dict[int, str] = {}
    for column in sorted(merged, reverse=True):
        if column not in merged:
            continue
        own = merged.pop(column)
        labels, name = own, column
        if column - 1 in merged and is_figures(own) and not is_figures(merged[column - 1]):
            shares = _by_weights(merged[column - 1], own, body.begins, body.ends)
            if shares is not None:
                del merged[column - 1]
                labels, name = [Block([*share]) for share in shares[1:-1]], column - 1
                for row, share in zip(body.torn, (shares[0], shares[-1]), strict=True):
                    row.cells.update({name: [Block(share)]} if share else {})
        extents = [block.extent for block in own]
        firsts = _level_with(own, scored, body.begins) if body.setting == "top" else []
        firsts = firsts or groups_of(extents, boxes, body.begins, body.ends, _known(within, names_at, labels))
        for block, label, first in zip(own, labels, firsts, strict=False):
            scored[first].cells.setdefault(column, []).append(block)
            if name != column and label.pieces:
                scored[first].cells.setdefault(name, []).append(label)
        within = Within(frozenset((0, *firsts)))
        names_at = {first: label.text for label, first in zip(labels, firsts, strict=False)}


def _votes_of_cells(rows: Sequence[Row], deepest: int) -> Iterator[bool]:
    """For each cell of several lines whether it begins level with its row's figures, and is not centred on them."""
    for row in rows:
        for column, own in row.cells.items():
            lines = [piece for block in own for piece in block.pieces] if column >= deepest else []
            if len(lines) > 1:
                middle = (lines[0].middle + lines[-1].middle) / 2
                yield abs(lines[0].middle - row.middle) < abs(middle - row.middle)


def _votes_of_names(
    merged: dict[int, list[Block]], scored: Sequence[Row], boxes: Sequence[Extent], body: Body
) -> Iterator[bool]:
    """The same of merged names, where they can stand in one way only."""
    for own in merged.values():
        if len(own) < _FEWEST:
            continue
        level = bool(scored and _level_with(own, scored, body.begins))
        centred = could_be_centred([block.extent for block in own], boxes, body.begins, body.ends)
        if level != centred:
            yield from [level] * len(own)


def _level_with(own: Sequence[Block], rows: Sequence[Row], begins: bool) -> list[int]:
    """The rows that these names begin level with, one each; empty where there are none such."""
    firsts: list[int] = []
    for block in own:
        line = block.pieces[0]
        row = min(range(len(rows)), key=lambda row: abs(rows[row].middle - line.middle))
        if abs(rows[row].middle - line.middle) > SAME_ROW * rows[row].size or (firsts and row <= firsts[-1]):
            return []
        firsts.append(row)
    return firsts if firsts and (firsts[0] == 0 or not begins) else []


def _known(within: Within | None, names_at: dict[int, str], labels: Sequence[Block]) -> Within | None:
    """What the names within tell about these labels. names_at: those names by the row they begin at."""
    if within is None:
        return None
    texts = [label.text for label in labels]
    named = names_at.items()
    foreign = {(i, row) for i, text in enumerate(texts) for row, name in named if belongs_elsewhere(text, name)}
    if labels:
        foreign.update((-1, row) for row, name in named if belongs_below(texts[0], name))
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
    found = shared_out(lines, middles, begins, ends)
    if found is None or not all(map(_stands_level, found[0][1:-1], middles)):
        return None
    return found[0]


def _stands_level(share: Sequence[PlacedPiece], middle: float) -> bool:
    """Whether lines stand at this height, with their middle or with the first of them."""
    if not share:
        return False
    size = share[0].bottom - share[0].top
    return min(abs(share[0].middle - middle), abs((share[0].middle + share[-1].middle) / 2 - middle)) <= 0.6 * size


def _without_totals(blocks: Sequence[Block], totals: Sequence[Row], column: int) -> list[Block]:
    """The cells of a column but for those in the rows of totals, which are put there."""
    merged = []
    for block in blocks:
        middle = block.extent.middle
        row = next((total for total in totals if abs(total.middle - middle) <= SAME_ROW * total.size), None)
        if row is None and block.is_total and totals:
            row = nearest(totals, block)
        if row is None:
            merged.append(block)
        else:
            row.cells.setdefault(column, []).append(block)
    return merged
