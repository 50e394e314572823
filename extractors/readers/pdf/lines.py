"""From runs of characters to lines (成行): by geometry alone, whatever the order they were written in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from extractors.readers.pdf.plane import Run

_SAME_BASELINE = 0.2  # of the size
_OFF_BASELINE = 0.62  # of the size; how far a fallback font or a raised mark may stand off its line
_SNUG = 0.7  # of the size; how near such a run stands to its neighbours
_COLLIDE = 0.3  # of the size; by how much neighbours may overlap

_by_baseline = attrgetter("baseline", "x0")
_by_x = attrgetter("x0")


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
