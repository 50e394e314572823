"""Texts between edges of columns that nobody drew (单元格文字): what can be a row, and what runs over an edge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.readers.pdf.plane import Run

NEAR = 3.0  # points; edges no further apart are one
BLANK = 0.63  # of the size; texts of one line further apart stand in two cells
_SNUG = 0.05  # of the size; characters of one text stand no further apart, and overlap no more
_OVERHANG = 0.45  # of the size; how far a text may stand out of its cell
_CELLS_APART = 0.35  # of the size; wider than a printed blank
_FIGURE = re.compile(r"[-−－+]?[\d,，]+(?:\.\d+)?[%％]?|[—－/-]{1,3}")


def united(places: Iterable[float], near: float = NEAR) -> list[float]:
    """Places in points, ascending; of those no further apart than `near` the first is taken."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > near:
            kept.append(place)
    return kept


def inside(runs: Iterable[Run], top: float, bottom: float) -> list[Run]:
    """The runs whose middle lies between two heights."""
    return [run for run in runs if top < run.baseline - 0.35 * run.size < bottom]


def is_row(runs: Sequence[Run], xs: Sequence[float], top: float, bottom: float) -> bool:
    """Whether what stands between two heights can be one row of these columns."""
    own = inside(runs, top, bottom)
    if not own or min(run.x0 for run in own) < xs[0] - NEAR or max(run.x1 for run in own) > xs[-1] + NEAR:
        return False
    for run in own:
        if crosses(run, xs) and not any(is_beside(other, run) for other in own):
            return False
    return len({column_of(run, xs) for run in own}) > 1 and figure_lines(own, xs) < 2


def figure_lines(runs: Sequence[Run], xs: Sequence[float]) -> int:
    """In how many columns figures stand below each other, three counted twice: in one row it is one at most."""
    heights: dict[int, set[int]] = {}
    for run in runs:
        if _FIGURE.fullmatch(_text(run)):
            heights.setdefault(column_of(run, xs), set()).add(round(run.baseline))
    return sum(min(len(levels) - 1, 2) for levels in heights.values())


def column_of(run: Run, xs: Sequence[float]) -> int:
    """Between which edges the middle of a run stands."""
    return sum(x < (run.x0 + run.x1) / 2 for x in xs)


def is_beside(other: Run, run: Run) -> bool:
    """Whether two runs of one height stand so far apart as words of a sentence never do."""
    level = abs(other.baseline - run.baseline) < run.size
    return level and max(other.x0 - run.x1, run.x0 - other.x1) > BLANK * run.size


def texts_of(runs: Sequence[Run], gap: float = _SNUG) -> list[Run]:
    """The runs, those joined that stand one right behind the other, as fonts change within a word.

    gap: of the size, how far apart at most.
    """
    texts: list[Run] = []
    for run in sorted(runs, key=lambda run: (round(run.baseline), run.x0)):
        last = texts[-1] if texts else None
        near = gap * run.size
        if last is not None and abs(run.x0 - last.x1) <= near and abs(run.baseline - last.baseline) <= 1.0:
            texts[-1] = Run(last.x0, run.x1, last.baseline, last.size, [*last.glyphs, *run.glyphs])
        else:
            texts.append(run)
    return texts


def _text(run: Run) -> str:
    """What a run prints."""
    return "".join([glyph[2] for glyph in run.glyphs])


def crosses(run: Run, xs: Sequence[float]) -> bool:
    """Whether a run reaches over an edge of a column, and does not leave it blank."""
    over = _OVERHANG * run.size
    return any(run.x0 + over < x < run.x1 - over and not _leaves_blank(run, x) for x in xs)


def _leaves_blank(run: Run, x: float) -> bool:
    """Whether the glyphs of a run keep away from a place within it, as those of two cells do."""
    left = max((glyph[1] for glyph in run.glyphs if glyph[0] < x), default=run.x0)
    right = min((glyph[0] for glyph in run.glyphs if glyph[0] >= x), default=run.x1)
    return left < x < right and right - left > _CELLS_APART * run.size
