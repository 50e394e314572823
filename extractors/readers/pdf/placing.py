"""Runs of characters put into the cells of frames (归格): also those that rules strike through or pages cut."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.pdf.cell_finder import CellFinder
from extractors.readers.pdf.cutting import cut
from extractors.readers.pdf.plane import Run

_TALL, _MIDDLE, _LOW = 0.7, 0.35, 0.05  # of the size: how far top, middle and foot of a character stand above its line
_STRUCK = 0.3  # of the size: a rule so near to the middle of a character strikes through it
_NEAR_WRITTEN = 4  # runs; so near in writing stand the lines of one text
_DENSE = 1.1  # of the size; lines of one text stand further apart


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
        x, y, near = (run.x0 + run.x1) / 2, run.baseline - _MIDDLE * run.size, False
        for number, finder in numbered:
            x0, top, x1, bottom = finder.box
            if not (top <= y <= bottom and (x0 <= x <= x1 or run.x0 < x1 < x)):  # one that runs out of the last column
                near = near or -run.size < y - bottom < run.size or -run.size < top - y < run.size
                continue
            begin, end, _, _ = run.glyphs[0]
            last_begin, last_end, _, _ = run.glyphs[-1]
            first, last = finder.ends((begin + end) / 2, (last_begin + last_end) / 2, y)
            if first == last:
                groups.setdefault((number, first), []).append(run)
                if (other := finder.across(x, y, _STRUCK * run.size)) not in (None, first):
                    struck.append((position, number, first, other))
            else:
                for cell, piece in cut(run, finder, y):
                    groups.setdefault((number, cell), []).append(piece)
            break
        else:
            place = _cut_by_page(run, numbered) if near else None
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
