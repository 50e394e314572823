"""Tables ruled cell by cell (逐格画线): where pieces of level rules meet, columns do, though nothing upright is drawn.

Browsers, and others that draw the borders of each cell by itself, leave one piece of a rule for every cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pages import Frame
from extractors.readers.pdf.cell_texts import (
    BLANK,
    NEAR,
    column_of,
    crosses,
    figure_lines,
    inside,
    is_beside,
    texts_of,
    united,
)
from extractors.readers.pdf.centred import RowCell, widened
from extractors.readers.pdf.plane import Run
from extractors.readers.pdf.rulings import Segment

_SHORTEST = 8.0  # points; shorter pieces are dashes
_SAME_PLACE = 2.6  # points between the pieces of one rule
_MEET = 4.0  # points; pieces no further apart belong to cells side by side
_MOST_PIECES = 4000
_LEADING = 0.9  # of the size; lines of one cell stand no further apart
_PADDING = 0.5  # points; text of a cell stands at least so far from its edge, prose may begin where a table does
_ROWS = 1.8  # of the size; nor do rows
_LARGER = 1.1  # times the size of the cells' texts; a caption is
_ROOM = 3.0  # of the size; a line that leaves more is the last one of its cell
_EDGE = 0.09  # of the page's height; below stand page numbers

Rules = tuple[list[Segment], list[Segment]]  # horizontal, vertical


@dataclass(slots=True)
class _Level:
    """The pieces of rules at one height (同高线段). pieces: (start, end), ascending."""

    place: float
    pieces: list[tuple[float, float]]

    @property
    def ends(self) -> list[float]:
        """x where pieces begin and end, ascending."""
        return united(x for piece in self.pieces for x in piece)

    @property
    def meetings(self) -> int:
        """How often one piece ends where the next begins."""
        return sum(-_SAME_PLACE < begin - end < _MEET for (_, end), (begin, _) in pairwise(self.pieces))

    def is_whole(self) -> bool:
        """Whether it is one stroke that says nothing of columns."""
        return len(self.pieces) == 1


def rules_of_cells(
    pieces: Sequence[Segment], whole: Sequence[Segment], frames: Sequence[Frame], runs: Sequence[Run], height: float
) -> Rules:
    """The rules that nobody drew in tables with level ones only, of which each cell has its own piece.

    pieces: level ones as drawn; whole: the same joined. height: of the page, points.
    """
    if sum(not _is_framed(rule, frames) for rule in whole) < 2 or len(pieces) > _MOST_PIECES:
        return [], []
    levels = _levels([piece for piece in pieces if piece[2] - piece[1] >= _SHORTEST and not _is_framed(piece, frames)])
    if sum(level.meetings > 0 for level in levels) < 2:
        return [], []
    texts, words = texts_of(runs), texts_of(runs, BLANK)
    across: list[Segment] = []
    upright: list[Segment] = []
    for table in _tables(levels, words):
        xs = _edges(table)
        places = [level.place for level in table]
        head, foot = _head(xs, places, words, height), _foot(xs, places[-1], words, height)
        if foot is not None and _has_one_row_each(xs, head, places, foot, texts):
            across += [(y, xs[0], xs[-1]) for y in (*head, *foot)]
            upright += _walls(xs, [*head, *places, *foot], table, texts)
    return across, upright


def _is_framed(rule: Segment, frames: Sequence[Frame]) -> bool:
    """Whether a level rule belongs to a drawn grid."""
    place, start, end = rule
    return any(
        frame.box[1] - NEAR <= place <= frame.box[3] + NEAR and frame.box[0] - NEAR <= (start + end) / 2 <= frame.box[2]
        for frame in frames
    )


def _levels(pieces: Sequence[Segment]) -> list[_Level]:
    """The pieces by their height, from top to bottom."""
    levels: list[_Level] = []
    for place, start, end in sorted(pieces):
        if not levels or place - levels[-1].place > _SAME_PLACE:
            levels.append(_Level(place, []))
        levels[-1].pieces.append((start, end))
    for level in levels:
        level.pieces.sort()
    return levels


def _tables(levels: Sequence[_Level], texts: Sequence[Run]) -> Iterator[list[_Level]]:
    """The levels of each table with three edges of columns or more."""
    tables: list[list[_Level]] = []
    for level in levels:
        if tables and _is_stray(tables[-1], level):
            continue
        while tables and len(tables[-1]) == 1 and _is_stray([level], tables[-1][0]):
            tables.pop()
        if tables and _goes_on(tables[-1], level, texts):
            tables[-1].append(level)
        else:
            tables.append([level])
    for table in tables:
        if sum(level.meetings > 0 for level in table) > 1 and len(_edges(table)) > 2:
            yield table


def _edges(table: Sequence[_Level]) -> list[float]:
    """x of the columns' edges, ascending."""
    return united(x for level in table for x in level.ends)


def _is_stray(table: Sequence[_Level], level: _Level) -> bool:
    """Whether a level stands below some columns, the lesser part and the last one not among them, none merged.

    So ends a cell merged over rows of which the last stand on the next page: in the midst of another row.
    """
    xs, ends = _edges(table), level.ends
    covered = sum(end - start for start, end in level.pieces)
    if level.meetings or any(start + NEAR < x < end - NEAR for start, end in level.pieces for x in xs):
        return False
    return ends[-1] < xs[-1] - NEAR and len(united([*xs, *ends])) == len(xs) and covered < (xs[-1] - xs[0]) / 2


def _goes_on(table: Sequence[_Level], level: _Level, texts: Sequence[Run]) -> bool:
    """Whether a level goes on with a table: it parts the same columns, and what stands between is one row of them."""
    xs, ends = _edges(table), level.ends
    left, right = max(xs[0], ends[0]) - NEAR, min(xs[-1], ends[-1]) + NEAR
    shared = [[x for x in places if left <= x <= right] for places in (xs, ends)]
    if len(united([*shared[0], *shared[1]])) > max(map(len, shared)):
        return False
    return _is_one_row(inside(texts, table[-1].place, level.place), united([*xs, *ends]))


def _is_one_row(runs: Sequence[Run], xs: Sequence[float]) -> bool:
    """Whether texts between two level rules can be one row, or one cell over many columns."""
    runs = [run for run in runs if run.x0 < xs[-1]]  # beside heads divided further stand others, with no rule yet
    if any(run.x0 < xs[0] + _PADDING or run.x1 > xs[-1] + NEAR for run in runs):
        return False
    alone = [run for run in runs if not any(is_beside(other, run) for other in runs)]
    if 0 < len(alone) < len(runs) and any(crosses(run, xs) for run in alone):
        return False  # prose, and the heads of another table
    return figure_lines(runs, xs) < 2


def _has_one_row_each(
    xs: Sequence[float], head: Sequence[float], places: Sequence[float], foot: Sequence[float], texts: Sequence[Run]
) -> bool:
    """Whether rules stand between rows, two or more, and not only around the heads and the whole, as booktabs' do."""
    heights = [*head, *places, *foot]
    several = [_holds_rows(inside(texts, top, bottom), xs) for top, bottom in pairwise(heights)]
    ends = (head and several[0]) or (foot and several[-1])
    return len(several) > 1 and not ends and 2 * sum(several) < len(several)


def _holds_rows(runs: Sequence[Run], xs: Sequence[float]) -> bool:
    """Whether what stands between two rules is several rows: most columns have short lines above a blank strip."""
    if figure_lines(runs, xs) > 1:
        return True
    above: dict[int, Run] = {}
    bottom = 0.0
    broken: set[int] = set()
    seen: set[int] = set()
    ordered = sorted(runs, key=lambda run: run.baseline)
    for run in ordered:
        if run.baseline - 0.8 * run.size > bottom:
            upper, broken, seen = dict(above), set(), set()
        column = column_of(run, xs)
        if column not in seen and (last := upper.get(column)) is not None:
            left, right = xs[column - 1], xs[column]
            if (right - left) - (last.x1 - last.x0) > _ROOM * last.size:
                broken.add(column)
        seen.add(column)
        above[column] = run
        bottom = max(bottom, run.baseline + 0.2 * run.size)
        if len(broken) > max(1, len(upper) / 2):
            return True
    return False


def _head(xs: Sequence[float], places: Sequence[float], texts: Sequence[Run], height: float) -> list[float]:
    """Where a row begins that stands above the first rule; empty without one."""
    rule = places[0]
    above = sorted((run for run in texts if run.baseline < rule), key=lambda run: -run.baseline)
    own = _near_lines(above, xs, rule, down=False)
    if not own:
        return []
    torn = len(own) >= sum(run.baseline > _EDGE * height for run in above)
    padding = rule - max(run.baseline + 0.2 * run.size for run in own)
    others = inside(texts, rule, places[-1])
    if torn and padding <= own[0].size and _hangs(own, xs, others):
        pass  # lines of one cell that the page before had no room for
    elif not _fills(own, xs, torn=torn or _keeps_to(own, xs, others)):
        return []
    return [min(run.baseline - 0.8 * run.size for run in own) - max(min(padding, own[0].size), 1.0)]


def _hangs(runs: Sequence[Run], xs: Sequence[float], others: Sequence[Run]) -> bool:
    """Whether texts stand in their columns, and are as large, as those of the table below."""
    cells = [RowCell(xs[column_of(run, xs) - 1], xs[column_of(run, xs)], [run]) for run in runs]
    sizes = sorted(run.size for run in others)
    if not sizes or any(abs(run.size - sizes[len(sizes) // 2]) > 0.02 * run.size for run in runs):
        return False
    return all(cell.is_centred(cell.x0, cell.x1) for cell in cells) or _keeps_to(runs, xs, others)


def _foot(xs: Sequence[float], rule: float, texts: Sequence[Run], height: float) -> list[float] | None:
    """Where a row ends that stands below the last rule; empty without one, None where more follow."""
    below = sorted((run for run in texts if run.baseline > rule), key=lambda run: run.baseline)
    own = _near_lines(below, xs, rule, down=True)
    torn = len(own) >= sum(run.baseline < (1 - _EDGE) * height for run in below)
    if not torn and _fills(_near_lines(below, xs, rule, down=True, close=_ROWS)[len(own) :], xs, torn=False):
        return None
    if not own or not _fills(own, xs, torn=torn):
        return []
    return [max(run.baseline + 0.3 * run.size for run in own)]


def _near_lines(
    runs: Sequence[Run], xs: Sequence[float], rule: float, *, down: bool, close: float = _LEADING
) -> list[Run]:
    """The texts next to a rule that keep to the columns, as far as they stand close. runs: from there away.

    close: of the size, how close.
    """
    own: list[Run] = []
    edge = rule
    for run in runs:
        top, bottom = run.baseline - 0.8 * run.size, run.baseline + 0.2 * run.size
        if (top - edge if down else edge - bottom) > (close if own else _ROWS) * run.size:
            break
        if run.x0 < xs[0] + _PADDING or run.x1 > xs[-1] + NEAR or (own and run.size > _LARGER * own[0].size):
            break
        if crosses(run, xs) and not any(is_beside(other, run) for other in runs):
            break
        own.append(run)
        edge = max(edge, bottom) if down else min(edge, top)
    return own


def _keeps_to(runs: Sequence[Run], xs: Sequence[float], others: Sequence[Run]) -> bool:
    """Whether texts begin as far from the edges of their columns as most others do."""
    distances = sorted(run.x0 - xs[column_of(run, xs) - 1] for run in others if not crosses(run, xs))
    if not distances or min(run.x0 for run in runs) < xs[0]:
        return False
    usual = distances[len(distances) // 2]
    return all(abs(run.x0 - xs[column_of(run, xs) - 1] - usual) <= 1.0 for run in runs)


def _fills(runs: Sequence[Run], xs: Sequence[float], *, torn: bool) -> bool:
    """Whether texts stand in more than half of the columns; in two where a page break may have torn the row."""
    columns = {column_of(run, xs) for run in runs if torn or not crosses(run, xs)}
    return len(columns) > (1 if torn else max(1, (len(xs) - 1) / 2))


def _walls(
    xs: Sequence[float], heights: Sequence[float], table: Sequence[_Level], texts: Sequence[Run]
) -> Iterator[Segment]:
    """The upright rules between the cells of each row."""
    rows = [
        _row(xs, [level for level in table if level.place > top + NEAR], inside(texts, top, bottom))
        for top, bottom in pairwise(heights)
    ]
    filled = [cell for row in rows for cell in row if cell.texts]
    centred = 2 * sum(cell.is_centred(cell.x0, cell.x1) for cell in filled) > len(filled)
    for (top, bottom), row in zip(pairwise(heights), rows, strict=True):
        for cell in widened(row) if centred else row:
            yield (cell.x0, top, bottom)
        yield (xs[-1], top, bottom)


def _row(xs: Sequence[float], below: Sequence[_Level], texts: Sequence[Run]) -> list[RowCell]:
    """The cells between two heights."""
    walls = [x for x in xs[1:-1] if not (_is_spanned(x, below) or any(crosses(run, (x,)) for run in texts))]
    edges = [xs[0], *walls, xs[-1]]
    return [
        RowCell(x0, x1, [run for run in texts if x0 < (run.x0 + run.x1) / 2 <= x1], any(x0 < x < x1 for x in xs))
        for x0, x1 in pairwise(edges)
    ]


def _is_spanned(x: float, below: Sequence[_Level]) -> bool:
    """Whether the rule under a cell runs on where a column ends: the cell is merged."""
    for level in below:
        if level.is_whole():
            continue
        if any(abs(x - end) <= NEAR for piece in level.pieces for end in piece):
            return False
        if any(start < x < end for start, end in level.pieces):
            return True
    return False
