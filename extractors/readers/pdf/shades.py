"""Tables by their shaded cells (底纹定框): where cells are filled, their edges are the rules that nobody drew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pages import Frame
from extractors.provenance import Box
from extractors.readers.pdf.plane import Run
from extractors.readers.pdf.rulings import Segment

_NEAR = 3.0  # points; shaded cells no further apart belong to one table, edges no further apart are one
_FEWEST_ROWS = 2
_MOST_SHADES = 4000
_PAGE_SHARE = 0.7  # of the page's area; a shade so large is its background
_NEXT_ROW = 1.1  # of the size; text no further below the last shade may be one more row
_SNUG = 0.05  # of the size; characters of one text stand no further apart, and overlap no more
_BLANK = 0.63  # of the size; texts of one line further apart stand in two cells
_OVERHANG = 0.45  # of the size; how far a text may stand out of its cell
_FIGURE = re.compile(r"[-−－+]?[\d,，]+(?:\.\d+)?[%％]?|[—－/-]{1,3}")

Rules = tuple[list[Segment], list[Segment]]  # horizontal, vertical


@dataclass(slots=True)
class _Shaded:
    """Shaded cells that make one table (底纹表).

    boxes: of the cells. striped: whether white rows may stand among them.
    """

    boxes: list[Box]
    x0: float
    top: float
    x1: float
    bottom: float
    striped: bool = True

    def edges(self) -> list[float]:
        """x of the columns' edges, ascending, nearly equal ones taken once."""
        return _united([x for box in self.boxes for x in (box[0], box[2])])

    def take(self, other: _Shaded) -> None:
        """Make both one."""
        self.boxes += other.boxes
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)


def rules_of_shades(
    shades: Sequence[Box], horizontal: Sequence[Segment], frames: Sequence[Frame], runs: Sequence[Run], area: float
) -> Rules:
    """The rules that shaded cells stand for: two rows or more, with a head. area: of the page, square points.

    Where rules are drawn around the cells nothing is added. Rows left white between shaded ones are rows as well
    where their text keeps to the columns. A table whose first row nobody can tell gets no rules.
    """
    free = sorted({box for box in shades if _area(box) < _PAGE_SHARE * area and not _is_framed(box, frames)})
    if not 1 < len(free) <= _MOST_SHADES:
        return [], []
    texts = _texts(runs)
    across: list[Segment] = []
    upright: list[Segment] = []
    for table in _tables(free, texts):
        xs = table.edges()
        own = [run for run in texts if run.x1 > table.x0 and run.x0 < table.x1]
        if len(own) < len(texts) and _has_text_beside(table, texts):
            continue
        tops = _upwards(table, xs, horizontal, own) if table.striped else [table.top]
        if len(xs) < 3 or not tops or (not table.striped and _goes_on_white(table, xs, own)):
            continue
        below = _downwards(table, xs, horizontal, own) if table.striped else []
        heights = _united([*tops, *(y for box in table.boxes for y in (box[1], box[3])), *below])
        if len(heights) < 3:
            continue
        across += [(y, table.x0, table.x1) for y in (*tops, *below)]
        across += [(y, box[0], box[2]) for box in table.boxes for y in (box[1], box[3])]
        for x in xs:
            upright += [(x, y0, y1) for y0, y1 in pairwise(heights) if _is_free(x, y0, y1, table.boxes, own)]
    return across, upright


def _area(box: Box) -> float:
    """Of a box, in square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_framed(box: Box, frames: Sequence[Frame]) -> bool:
    """Whether a shade fills a cell, or several, of a drawn grid."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(frame.box[0] <= x <= frame.box[2] and frame.box[1] <= y <= frame.box[3] for frame in frames)


def _united(places: Iterable[float]) -> list[float]:
    """Places ascending, nearly equal ones taken once."""
    united: list[float] = []
    for place in sorted(places):
        if not united or place - united[-1] > _NEAR:
            united.append(place)
    return united


def _tables(boxes: Sequence[Box], runs: Sequence[Run]) -> Iterator[_Shaded]:
    """The shades of each table: those that touch, and those that only a white row parts."""
    stripes: list[_Shaded] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        new = _Shaded([box], *box)
        for stripe in [stripe for stripe in stripes[-40:] if _touch(stripe, new)]:
            stripe.take(new)
            new = stripe
            stripes.remove(stripe)
        stripes.append(new)
    chains: list[list[_Shaded]] = []
    for stripe in sorted(stripes, key=lambda stripe: (stripe.top, stripe.x0)):
        if chains and _goes_on(chains[-1], stripe, runs):
            chains[-1].append(stripe)
        else:
            chains.append([stripe])
    for chain in chains:
        table = chain[0]
        ragged = any(abs(s.x0 - table.x0) > _NEAR or abs(s.x1 - table.x1) > _NEAR for s in chain)
        for stripe in chain[1:]:
            table.take(stripe)
        if not ragged:
            table.striped = len(chain) > 1 or len(_united(box[1] for box in table.boxes)) < _FEWEST_ROWS
            yield table


def _touch(one: _Shaded, other: _Shaded) -> bool:
    """Whether shades lie against each other."""
    level = one.top - _NEAR <= other.bottom and other.top <= one.bottom + _NEAR
    return level and one.x0 - _NEAR <= other.x1 and other.x0 <= one.x1 + _NEAR


def _goes_on(chain: Sequence[_Shaded], stripe: _Shaded, runs: Sequence[Run]) -> bool:
    """Whether a stripe stands one white row below the last one of a table."""
    last = chain[-1]
    if abs(last.x1 - stripe.x1) > _NEAR and abs(last.x0 - stripe.x0) > _NEAR:
        return False
    if stripe.top <= last.bottom + _NEAR:
        return True
    xs = _united([*last.edges(), *stripe.edges()])
    if len(xs) > max(len(last.edges()), len(stripe.edges())):
        return False
    own = [run for run in runs if run.x1 > xs[0] and run.x0 < xs[-1]]
    return _is_row(own, xs, last.bottom, stripe.top)


def _has_text_beside(table: _Shaded, texts: Sequence[Run]) -> bool:
    """Whether text stands beside the shades: in columns of which no cell is shaded."""
    beside = (run for run in _inside(texts, table.top, table.bottom) if run.x1 < table.x0 or run.x0 > table.x1)
    return next(beside, None) is not None


def _inside(runs: Iterable[Run], top: float, bottom: float) -> list[Run]:
    """The runs whose middle lies between two heights."""
    return [run for run in runs if top < run.baseline - 0.35 * run.size < bottom]


def _is_row(runs: Sequence[Run], xs: Sequence[float], top: float, bottom: float) -> bool:
    """Whether what stands between two heights can be one row of these columns."""
    own = _inside(runs, top, bottom)
    if not own or min(run.x0 for run in own) < xs[0] - _NEAR or max(run.x1 for run in own) > xs[-1] + _NEAR:
        return False
    heights: dict[int, set[int]] = {}
    filled: set[int] = set()
    for run in own:
        beside = any(other is not run and abs(other.baseline - run.baseline) < run.size for other in own)
        if _crosses(run, xs) and not beside:
            return False
        column = sum(x < (run.x0 + run.x1) / 2 for x in xs)
        filled.add(column)
        if _FIGURE.fullmatch(_text(run)):
            heights.setdefault(column, set()).add(round(run.baseline))
    return len(filled) > 1 and sum(len(levels) > 1 for levels in heights.values()) < 2


def _texts(runs: Sequence[Run]) -> list[Run]:
    """The runs, those joined that stand one right behind the other, as fonts change within a word."""
    texts: list[Run] = []
    for run in sorted(runs, key=lambda run: (round(run.baseline), run.x0)):
        last = texts[-1] if texts else None
        near = _SNUG * run.size
        if last is not None and abs(run.x0 - last.x1) <= near and abs(run.baseline - last.baseline) <= 1.0:
            texts[-1] = Run(last.x0, run.x1, last.baseline, last.size, [*last.glyphs, *run.glyphs])
        else:
            texts.append(run)
    return texts


def _text(run: Run) -> str:
    """What a run prints."""
    return "".join([glyph[2] for glyph in run.glyphs])


def _crosses(run: Run, xs: Sequence[float]) -> bool:
    """Whether a run reaches over an edge of a column."""
    over = _OVERHANG * run.size
    return any(run.x0 + over < x < run.x1 - over for x in xs)


def _upwards(table: _Shaded, xs: Sequence[float], horizontal: Sequence[Segment], runs: Sequence[Run]) -> list[float]:
    """Where the table begins, and the rules between there and its shades; empty where rows may stand above it.

    Without a rule above it a table begins with its first shade, if no text that keeps to the columns stands close.
    """
    tops = [table.top]
    for place, start, end in sorted(horizontal, reverse=True):
        if place < tops[-1] - _NEAR and abs(start - table.x0) <= _NEAR and abs(end - table.x1) <= _NEAR:
            if not _is_row(runs, xs, place, tops[-1]):
                break
            tops.append(place)
    ruled = any(abs(place - tops[-1]) <= _NEAR and abs(start - table.x0) <= _NEAR for place, start, _ in horizontal)
    last = max((run for run in runs if run.baseline < tops[-1]), key=lambda run: run.baseline, default=None)
    if ruled or last is None or tops[-1] - last.baseline > _NEXT_ROW * last.size:
        return tops
    level = sorted((run for run in runs if abs(run.baseline - last.baseline) < 0.5 * last.size), key=lambda run: run.x0)
    return [] if any(right.x0 - left.x1 > _BLANK * last.size for left, right in pairwise(level)) else tops


def _downwards(table: _Shaded, xs: Sequence[float], horizontal: Sequence[Segment], runs: Sequence[Run]) -> list[float]:
    """Where a white row below the last shade ends; empty without one."""
    rule = min(
        (y for y, start, _ in horizontal if y > table.bottom + _NEAR and abs(start - xs[0]) <= _NEAR), default=None
    )
    if rule is not None and _is_row(runs, xs, table.bottom, rule):
        return [rule]
    bottom = table.bottom
    below = sorted((run for run in runs if run.baseline > bottom), key=lambda run: run.baseline)
    for index, run in enumerate(below):
        if run.baseline - 0.8 * run.size - bottom > _NEXT_ROW * run.size:
            break
        level = [other for other in below[index:] if other.baseline - run.baseline < 0.5 * run.size]
        if run.x0 < xs[0] - _NEAR or run.x1 > xs[-1] + _NEAR or (_crosses(run, xs) and len(level) < 2):
            return []
        bottom = max(bottom, run.baseline + 0.3 * run.size)
    return [bottom] if bottom > table.bottom and _is_row(runs, xs, table.bottom, bottom) else []


def _goes_on_white(table: _Shaded, xs: Sequence[float], runs: Sequence[Run]) -> bool:
    """Whether white rows follow right below the last shade: only the head of such a table is shaded."""
    below = [run for run in runs if run.baseline > table.bottom + _NEAR]
    first = min(below, key=lambda run: run.baseline, default=None)
    if first is None or first.baseline - 0.8 * first.size - table.bottom > _NEXT_ROW * first.size:
        return False
    level = [run for run in below if run.baseline - first.baseline < first.size]
    columns = {sum(x < (run.x0 + run.x1) / 2 for x in xs) for run in level}
    return len(columns) > 1 and not any(_crosses(run, xs) for run in level)


def _is_free(x: float, y0: float, y1: float, boxes: Sequence[Box], runs: Sequence[Run]) -> bool:
    """Whether an edge may stand here: in no shaded cell, and through no text."""
    middle = (y0 + y1) / 2
    if any(box[0] + _NEAR < x < box[2] - _NEAR and box[1] < middle < box[3] for box in boxes):
        return False
    return not any(_crosses(run, (x,)) for run in _inside(runs, y0, y1))
