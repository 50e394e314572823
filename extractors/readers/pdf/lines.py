"""From runs of characters to lines (成行): by geometry alone, whatever the order they were written in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from extractors.pages import Frame
from extractors.readers.pdf.plane import Run

_SAME_BASELINE = 0.2  # of the size
_OFF_BASELINE = 0.62  # of the size; how far a fallback font or a raised mark may stand off its line
_SNUG = 0.7  # of the size; how near such a run stands to its neighbours
_TIGHT = 0.15  # of the size; characters of a word stand no further apart
_COLLIDE = 0.3  # of the size; by how much neighbours may overlap

_by_baseline = attrgetter("baseline", "x0")
_by_x = attrgetter("x0")


class CellFinder:
    """Which cell of a frame a point lies in (格子定位); upright coordinates."""

    def __init__(self, frame: Frame) -> None:
        """`frame`: its boxes in the same coordinates as the points to be asked for."""
        self.box = frame.box
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
        self.edges: Sequence[float] = frame.edges
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
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, run.baseline - 0.35 * run.size
        for number, finder in numbered:
            x0, top, x1, bottom = finder.box
            if not (top <= y <= bottom and x0 <= x <= x1):
                continue
            begin, end, _, _ = run.glyphs[0]
            last_begin, last_end, _, _ = run.glyphs[-1]
            first, last = finder.ends((begin + end) / 2, (last_begin + last_end) / 2, y)
            for cell, piece in ((first, run),) if first == last else _cut(run, finder, y):
                groups.setdefault((number, cell), []).append(piece)
            break
        else:
            outside.append(run)
    return groups, outside


def _cut(run: Run, finder: CellFinder, y: float) -> Iterator[tuple[int, Run]]:
    """The run's pieces with the cell of each, cut where its characters pass into another one."""
    cells = finder.cells([(glyph[0] + glyph[1]) / 2 for glyph in run.glyphs], y)
    _keep_overfull(run, cells, finder.edges)
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end] != cells[start]:
            glyphs = run.glyphs[start:end]
            sure = None if run.confidences is None else run.confidences[start:end]
            yield cells[start], Run(glyphs[0][0], glyphs[-1][1], run.baseline, run.size, glyphs, sure, run.even)
            start = end


def _keep_overfull(run: Run, cells: list[int], edges: Sequence[float]) -> None:
    """Leave a word that runs out of its cell whole: where the edge stands within a character, it parts no texts.

    cells: of the characters; those of what runs over are changed to the cell that it begins in.
    """
    close = _TIGHT * run.size
    over = False
    for at in range(1, len(cells)):
        (_, end, _, _), (begin, stop, _, _) = run.glyphs[at - 1 : at + 1]
        if abs(begin - end) > close:
            over = False
        elif cells[at] != cells[at - 1] and not over:
            left, right = (run.glyphs[at - 1][0], end), (begin, stop)
            over = any(x0 + close < x < x1 - close for x0, x1 in (left, right) for x in edges)
        if over:
            cells[at] = cells[at - 1]


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
