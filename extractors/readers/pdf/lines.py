"""From runs of characters to lines (成行): by geometry alone, whatever the order they were written in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from extractors.pages import Frame
from extractors.readers.pdf.plane import Glyph, Run

_SAME_BASELINE = 0.2  # of the size
_OFF_BASELINE = 0.62  # of the size; how far a fallback font or a raised mark may stand off its line
_SNUG = 0.7  # of the size; how near such a run stands to its neighbours
_JOINS = frozenset("/~～-")  # the figures of one cell: 41.3%/76.8%
_FIGURE, _BEGINS, _ENDS = _JOINS.union("0123456789.,%％‰+≥≤"), frozenset("≥≤"), frozenset("%％‰")
_KERNED = 0.03, 0.02  # of the size; two characters of one figure overlap less and stand less apart
_COLLIDE = 0.3  # of the size; by how much neighbours may overlap
_CLOSING = frozenset("，。、；：？！）》〉」』】〕”’)]")
_ONE = r"[+≥≤-]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d{1,2})?[%％‰]?"
_FIGURES = re.compile(f"{_ONE}(?:[/~～-]{_ONE})*")  # as printed in one cell

_TALL, _MIDDLE, _LOW = 0.7, 0.35, 0.05  # of the size: how far top, middle and foot of a character stand above its line
_STRUCK = 0.3  # of the size: a rule so near to the middle of a character strikes through it
_NEAR_WRITTEN = 4  # runs; so near in writing stand the lines of one text
_DENSE = 1.1  # of the size; lines of one text stand further apart

_by_baseline = attrgetter("baseline", "x0")
_by_x = attrgetter("x0")


class CellFinder:
    """Which cell of a frame a point lies in (格子定位); upright coordinates."""

    def __init__(self, frame: Frame) -> None:
        """`frame`: its boxes in the same coordinates as the points to be asked for."""
        self.box, self._cells = frame.box, frame.cells
        owners = [[0] * frame.n_columns for _ in range(frame.n_rows)]
        rows: dict[float, int] = {}
        columns: dict[float, int] = {}
        for index, cell in enumerate(frame.cells):
            row, column, width = cell.row, cell.column, cell.column_span
            x0, top, _, _ = cell.box
            rows[top], columns[x0] = row, column
            for at in range(row, row + cell.row_span):
                owners[at][column : column + width] = [index] * width
        self._xs, self._ys = sorted(columns), sorted(rows)
        places = [columns[x] for x in self._xs]
        self._owners = [[owners[rows[y]][at] for at in places] for y in self._ys]

    def covers(self, x: float, y: float) -> bool:
        """Whether the point lies inside the frame."""
        x0, top, x1, bottom = self.box
        return top <= y <= bottom and x0 <= x <= x1

    def cells(self, xs: Sequence[float], y: float) -> list[int]:
        """Indices of the cells at points of one height inside the frame."""
        owners, edges = self._owners[max(bisect_left(self._ys, y) - 1, 0)], self._xs
        return [owners[max(bisect_left(edges, x) - 1, 0)] for x in xs]

    def sides(self, cell: int) -> tuple[float, float]:
        """The left and the right edge of a cell."""
        x0, _, x1, _ = self._cells[cell].box
        return x0, x1

    def across(self, x: float, y: float, near: float) -> int | None:
        """The cell beyond the rule between two rows that is nearer than `near` to a point; None for no such rule."""
        ys, at = self._ys, bisect_left(self._ys, y)
        if at < len(ys) and ys[at] - y < near:
            row = at
        elif at > 1 and y - ys[at - 1] < near:
            row = at - 2
        else:  # as nearly always
            return None
        return self._owners[row][max(bisect_left(self._xs, x) - 1, 0)]

    def ends(self, first: float, last: float, y: float) -> tuple[int, int]:
        """Indices of the cells at two points of one height: as `cells`, in half the time where both are one."""
        owners, edges = self._owners[max(bisect_left(self._ys, y) - 1, 0)], self._xs
        at = bisect_left(edges, first)
        near = last >= first and (at == len(edges) or last <= edges[at])
        behind = at if near else bisect_left(edges, last)
        return owners[at - 1 if at else 0], owners[behind - 1 if behind else 0]


def by_cell(
    runs: Sequence[Run], finders: Sequence[CellFinder]
) -> tuple[dict[tuple[int, int], list[Run]], Sequence[Run]]:
    """The runs by (frame, cell), and those outside; a run that reaches over a rule is cut there."""
    if not finders:
        return {}, runs
    groups: dict[tuple[int, int], list[Run]] = {}
    outside: list[Run] = []
    numbered = list(enumerate(finders))
    struck: list[tuple[int, int, int, int]] = []
    for position, run in enumerate(runs):
        x, y = (run.x0 + run.x1) / 2, run.baseline - _MIDDLE * run.size
        for number, finder in numbered:
            x0, top, x1, bottom = finder.box
            if not (top <= y <= bottom and (x0 <= x <= x1 or run.x0 < x1 < x)):  # one that runs out of the last column
                continue
            begin, end, _, _ = run.glyphs[0]
            last_begin, last_end, _, _ = run.glyphs[-1]
            first, last = finder.ends((begin + end) / 2, (last_begin + last_end) / 2, y)
            if first == last:
                groups.setdefault((number, first), []).append(run)
                if (other := finder.across(x, y, _STRUCK * run.size)) not in (None, first):
                    struck.append((position, number, first, other))
            else:
                for cell, piece in _cut(run, finder, y):
                    groups.setdefault((number, cell), []).append(piece)
            break
        else:
            place = _cut_by_page(run, numbered)
            if place is None:
                outside.append(run)
            else:
                groups.setdefault(place, []).append(run)
    for position, number, cell, other in struck:
        _settle(runs, position, groups[number, cell], groups.setdefault((number, other), []))
    return {place: own for place, own in groups.items() if own} if struck else groups, outside


def _settle(runs: Sequence[Run], position: int, here: list[Run], other: list[Run]) -> None:
    """Move a run, struck through by the rule between two cells, to the other one if it belongs to the text there.

    Spreadsheets show of a text that is too high for its row what fits, and set the lines behind each other. Or the
    place where its middle lies is taken by another line, and the other cell has none.
    """
    run = runs[position]
    written = runs[max(position - _NEAR_WRITTEN, 0) : position + _NEAR_WRITTEN + 1]
    follows = any(_is_next_line(run, one) and any(one is own for own in other) for one in written)
    taken = any(_is_next_line(run, one, 0.0, _DENSE) for one in here if one is not run)
    if follows or (taken and not any(_is_next_line(run, one, 0.0, _DENSE) for one in other)):
        here[:] = [own for own in here if own is not run]
        other.append(run)


def _is_next_line(run: Run, other: Run, least: float = _DENSE, most: float = 1.9) -> bool:
    """Whether two runs of one size stand below each other. least, most: of the size, from baseline to baseline."""
    gap = abs(run.baseline - other.baseline)
    return run.size == other.size and least * run.size < gap < most * run.size and _overlap(run, other)


def _overlap(run: Run, other: Run) -> bool:
    """Whether something of one run stands below something of the other."""
    return run.x0 < other.x1 and other.x0 < run.x1


def _cut_by_page(run: Run, finders: Sequence[tuple[int, CellFinder]]) -> tuple[int, int] | None:
    """Frame and cell of a run most of which lies beyond the frame's upper or lower rule, which strikes through it.

    So a page break leaves the text of a merged cell, whose other half is printed on the other page.
    """
    x, high, low = (run.x0 + run.x1) / 2, run.baseline - _TALL * run.size, run.baseline - _LOW * run.size
    for number, finder in finders:
        x0, top, x1, bottom = finder.box
        if x0 <= x <= x1 and (high < bottom < low or high < top < low):
            inside = min(max(run.baseline - _MIDDLE * run.size, top), bottom)
            first, last = finder.ends(run.x0, run.x1, inside)
            if first == last:
                return number, first
    return None


def _cut(run: Run, finder: CellFinder, y: float) -> Iterator[tuple[int, Run]]:
    """The run's pieces with the cell of each, cut where its characters pass into another one."""
    cells = finder.cells([(glyph[0] + glyph[1]) / 2 for glyph in run.glyphs], y)
    if run.confidences is None:  # else where the characters stand is a guess, and the rule is not
        cells = _figures_whole(run, _hanging(run, cells), finder, y)
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end] != cells[start]:
            glyphs = run.glyphs[start:end]
            sure = None if run.confidences is None else run.confidences[start:end]
            yield cells[start], Run(glyphs[0][0], glyphs[-1][1], run.baseline, run.size, glyphs, sure, run.even)
            start = end


def _hanging(run: Run, cells: list[int]) -> list[int]:
    """The cell of each character, closing marks with what they close: programs let them hang over a side."""
    kept = list(cells)
    for at in range(1, len(cells)):
        (_, end, _, _), (begin, _, mark, blank) = run.glyphs[at - 1], run.glyphs[at]
        if mark in _CLOSING and not blank and begin - end < _KERNED[1] * run.size:
            kept[at] = kept[at - 1]
    return kept


def _figures_whole(run: Run, cells: list[int], finder: CellFinder, y: float) -> list[int]:
    """The cell of each character, all of a figure that is wider than its column in one.

    Halves of it would be figures too, and behind the figure beside it another one.
    """
    kept, start = list(cells), 0
    for end in range(1, len(cells) + 1):
        if end < len(cells) and _goes_on(run.glyphs[end - 1], run.glyphs[end], run.size):
            continue
        if cells[start] != cells[end - 1]:
            parted = _parted(run.glyphs[start:end], [finder.sides(cell)[0] for cell in cells[start + 1 : end]])
            for first, last in pairwise((start, *(start + at for at in parted), end)):
                kept[first:last] = [_own_cell(run.glyphs[first:last], finder, y, run.size)] * (last - first)
        start = end
    return kept


def _parted(figure: Sequence[Glyph], rules: Sequence[float]) -> list[int]:
    """Where two figures that touch each other are parted: nearest to a rule, so that both are whole; else nowhere.

    rules: x of the left edges of the cells reached.
    """
    text = "".join(glyph[2] for glyph in figure)
    if _FIGURES.fullmatch(text):
        return []
    ways = [at for at in range(1, len(text)) if _FIGURES.fullmatch(text[:at]) and _FIGURES.fullmatch(text[at:])]
    return [min(ways, key=lambda at: min(abs(figure[at][0] - rule) for rule in rules))] if ways else []


def _own_cell(figure: Sequence[Glyph], finder: CellFinder, y: float, size: float) -> int:
    """The cell of a figure that reaches over a rule: one at whose side it was set, else where its middle lies."""
    x0, x1 = figure[0][0], figure[-1][1]
    first, last = finder.ends(x0, x1, y)
    middle, _ = finder.ends((x0 + x1) / 2, x1, y)
    if middle not in (first, last):
        return middle
    before, behind = x0 - finder.sides(first)[0], finder.sides(last)[1] - x1
    if min(before, behind) > size:
        return middle
    return first if before <= behind + size / 2 else last  # what has no room runs out behind rather than before


def _goes_on(before: Glyph, behind: Glyph, size: float) -> bool:
    """Whether two characters belong to one figure: they were printed as close to each other as one figure's are."""
    if before[2] not in _FIGURE or behind[2] not in _FIGURE - _BEGINS or behind[3]:
        return False
    if before[2] in _ENDS and behind[2] not in _JOINS:
        return False
    overlap, gap = _KERNED
    return -overlap * size < behind[0] - before[1] < gap * size


def gathered(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of each line, from top to bottom; within a line by their left edge."""
    if len(runs) < 2:
        return [[*runs]] if runs else []
    runs = sorted(runs, key=_by_baseline)
    row, level, size = [runs[0]], runs[0].baseline, runs[0].size
    rows = [row]
    for run in runs[1:]:
        if run.baseline == level or run.baseline - level <= _SAME_BASELINE * min(run.size, size):
            row.append(run)
        else:
            row, level, size = [run], run.baseline, run.size
            rows.append(row)
    if len(rows) > 1:
        rows = _interlocked(rows)
    for row in rows:
        if len(row) > 1:
            row.sort(key=_by_x)
    return rows


def _interlocked(rows: list[list[Run]]) -> list[list[Run]]:
    """Put runs that stand a little off their line, but fit into its holes, back into it."""
    for upper, lower in pairwise(rows):
        if not upper or not lower:
            continue
        gap = lower[0].baseline - upper[0].baseline
        if gap < _OFF_BASELINE * upper[0].size or gap < _OFF_BASELINE * lower[0].size:
            minor, major = (upper, lower) if _weight(upper) < _weight(lower) else (lower, upper)
            _move_fitting(minor, major)
    return [row for row in rows if row]


def _weight(row: list[Run]) -> int:
    """How many characters a row has."""
    return sum(len(run.glyphs) for run in row)


def _move_fitting(minor: list[Run], major: list[Run]) -> None:
    """Move the runs of `minor` that fit snugly between or beside those of `major`, and then beside each other."""
    moved = True
    while moved and minor:
        major.sort(key=_by_x)
        starts = [run.x0 for run in major]
        staying: list[Run] = []
        for run in minor:
            at = bisect_left(starts, run.x0)
            before, behind = (major[at - 1] if at else None), (major[at] if at < len(starts) else None)
            (major if _fits(run, before, behind) else staying).append(run)
        moved = len(staying) < len(minor)
        minor[:] = staying


def _fits(run: Run, before: Run | None, behind: Run | None) -> bool:
    """Whether a run stands close to one neighbour and runs into none."""
    size = max(other.size for other in (run, before, behind) if other is not None)
    gaps = [run.x0 - before.x1] if before is not None else []
    gaps += [behind.x0 - run.x1] if behind is not None else []
    return min(gaps) > -_COLLIDE * size and min(gaps) < _SNUG * size
