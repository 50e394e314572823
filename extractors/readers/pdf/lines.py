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
_COLLIDE = 0.3  # of the size; by how much neighbours may overlap

_by_baseline = attrgetter("baseline", "x0")
_by_x = attrgetter("x0")


class CellFinder:
    """Which cell of a frame a point lies in (格子定位); upright coordinates."""

    def __init__(self, frame: Frame) -> None:
        """`frame`: its boxes in the same coordinates as the points to be asked for."""
        self.box = frame.box
        self._xs = sorted({cell.box[0] for cell in frame.cells})
        self._ys = sorted({cell.box[1] for cell in frame.cells})
        owners = [[0] * frame.n_columns for _ in range(frame.n_rows)]
        for index, cell in enumerate(frame.cells):
            for row in range(cell.row, cell.row + cell.row_span):
                owners[row][cell.column : cell.column + cell.column_span] = [index] * cell.column_span
        rows = {cell.box[1]: cell.row for cell in frame.cells}
        columns = {cell.box[0]: cell.column for cell in frame.cells}
        self._owners = [[owners[rows[y]][columns[x]] for x in self._xs] for y in self._ys]

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


def by_cell(runs: Sequence[Run], finders: Sequence[CellFinder]) -> dict[tuple[int, int] | None, list[Run]]:
    """The runs by (frame, cell), None outside; a run that reaches over a rule is cut there."""
    groups: dict[tuple[int, int] | None, list[Run]] = {}
    outside: list[Run] = []
    numbered = list(enumerate(finders))
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, run.baseline - 0.35 * run.size
        for number, finder in numbered:
            if finder.covers(x, y):
                for cell, piece in _pieces(run, finder, y):
                    groups.setdefault((number, cell), []).append(piece)
                break
        else:
            outside.append(run)
    if outside:
        groups[None] = outside
    return groups


def _pieces(run: Run, finder: CellFinder, y: float) -> list[tuple[int, Run]]:
    """The run's pieces with the cell of each: one, if it ends in the cell where it begins."""
    begin, end, _, _ = run.glyphs[0]
    last_begin, last_end, _, _ = run.glyphs[-1]
    first, last = finder.ends((begin + end) / 2, (last_begin + last_end) / 2, y)
    return [(first, run)] if first == last else list(_cut(run, finder, y))


def _cut(run: Run, finder: CellFinder, y: float) -> Iterator[tuple[int, Run]]:
    """The run's pieces with the cell of each, cut where its characters pass into another one."""
    cells = finder.cells([(glyph[0] + glyph[1]) / 2 for glyph in run.glyphs], y)
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end] != cells[start]:
            glyphs = run.glyphs[start:end]
            sure = None if run.confidences is None else run.confidences[start:end]
            yield cells[start], Run(glyphs[0][0], glyphs[-1][1], run.baseline, run.size, glyphs, sure, run.even)
            start = end


def gathered(runs: list[Run]) -> list[list[Run]]:
    """The runs of each line, from top to bottom; within a line by their left edge."""
    if len(runs) < 2:
        return [runs] if runs else []
    runs = sorted(runs, key=_by_baseline)
    rows: list[list[Run]] = [[runs[0]]]
    for run in runs[1:]:
        first = rows[-1][0]
        if run.baseline - first.baseline <= _SAME_BASELINE * min(run.size, first.size):
            rows[-1].append(run)
        else:
            rows.append([run])
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
        size = max(upper[0].size, lower[0].size)
        if lower[0].baseline - upper[0].baseline < _OFF_BASELINE * size:
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
