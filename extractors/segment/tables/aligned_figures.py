"""Figures that their column had no room for (断开的数字): halves joined whose whole stands level with its row."""

from collections.abc import Sequence
from itertools import pairwise

from extractors.frozen import replace
from extractors.segment.tables.aligned_cells import Block, rows_by_figures
from extractors.segment.tables.draft import kind_of

_LEVEL, _NEXT_LINE, _ROW = 0.2, 1.4, 0.9  # of the size: what stands level, the next line, the least height of a row
_NOUGHTS = ("0", "00")
_VALUES = ("number", "rate")


def with_whole_figures(cells: Sequence[Sequence[Block]], leaf: Sequence[int]) -> list[list[Block]]:
    """The cells of each column of one page; `1` over `0` made 10 where the row's other figure stands half way between.

    leaf: the columns of which every row has a figure. A total's label half way between tells as much.
    """
    whole = [list(own) for own in cells]
    totals = [block for own in cells for block in own if len(block.pieces) == 1 and block.is_total]
    for column in leaf:
        others = [block for other in leaf if other != column for block in cells[other] if block.is_figure]
        heights = [block.extent.middle for block in (*others, *totals)]
        whole[column] = _joined(cells[column], heights)
    return whole


def _joined(own: Sequence[Block], heights: Sequence[float]) -> list[Block]:
    """The cells of one column. heights: of what tells the middle of rows."""
    joined: list[Block] = []
    for block in own:
        last = joined[-1] if joined else None
        if last is not None and _is_broken(last, block, heights):
            upper, lower = last.pieces[0], block.pieces[0]
            joined[-1] = Block([replace(upper, text=upper.text + lower.text, bottom=lower.bottom, ends=None)])
        else:
            joined.append(block)
    return joined


def _is_broken(upper: Block, lower: Block, heights: Sequence[float]) -> bool:
    """Whether two figures are halves of one: neither stands level with its row, but what they make does."""
    if not (upper.is_figure and lower.is_figure):
        return False
    one, other = upper.pieces[0], lower.pieces[0]
    size = one.bottom - one.top
    if other.middle - one.middle > _NEXT_LINE * size or kind_of(one.text + other.text) not in _VALUES:
        return False
    near = _LEVEL * size
    places = (one.middle, other.middle, (one.middle + other.middle) / 2)
    level = [any(abs(height - place) <= near for height in heights) for place in places]
    return level == [False, False, True]


def rows_collide(cells: Sequence[Sequence[Block]], leaf: Sequence[int]) -> bool:
    """Whether figures of one page are halves of others: nearer to each other than rows can be, or a nought alone.

    A nought right below a figure, in a row without any other figure, is the rest of 10 or of 100.
    """
    figures = [block.pieces[0] for column in leaf for block in cells[column] if block.is_figure]
    rows = rows_by_figures(figures)
    for above, below in pairwise(rows):
        if below.middle - above.middle < _ROW * above.size:
            return True
    for column in leaf:
        for one, other in pairwise([block.pieces[0] for block in cells[column] if block.is_figure]):
            size = one.bottom - one.top
            if other.text not in _NOUGHTS or other.middle - one.middle > _NEXT_LINE * size:
                continue
            beside = sum(abs(figure.middle - other.middle) < _LEVEL * size for figure in figures)
            other_above = sum(abs(figure.middle - one.middle) < _LEVEL * size for figure in figures)
            if 1 in (beside, other_above):
                return True
    return False
