"""Tables by their shaded cells (底纹定框): where cells are filled, their edges are the rules that nobody drew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pages import Frame
from extractors.provenance import Box
from extractors.readers.pdf.cell_texts import BLANK, NEAR, crosses, inside, is_row, texts_of, united
from extractors.readers.pdf.plane import Run
from extractors.readers.pdf.rulings import Segment

_FEWEST_ROWS = 2
_MOST_SHADES = 4000
_PAGE_SHARE = 0.7  # of the page's area; a shade so large is its background
_NEXT_ROW = 1.1  # of the size; text no further below the last shade may be one more row

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
        return united([x for box in self.boxes for x in (box[0], box[2])])

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
    texts = texts_of(runs)
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
        heights = united([*tops, *(y for box in table.boxes for y in (box[1], box[3])), *below])
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
        ragged = any(abs(s.x0 - table.x0) > NEAR or abs(s.x1 - table.x1) > NEAR for s in chain)
        for stripe in chain[1:]:
            table.take(stripe)
        if not ragged:
            table.striped = len(chain) > 1 or len(united(box[1] for box in table.boxes)) < _FEWEST_ROWS
            yield table


def _touch(one: _Shaded, other: _Shaded) -> bool:
    """Whether shades lie against each other."""
    level = one.top - NEAR <= other.bottom and other.top <= one.bottom + NEAR
    return level and one.x0 - NEAR <= other.x1 and other.x0 <= one.x1 + NEAR


def _goes_on(chain: Sequence[_Shaded], stripe: _Shaded, runs: Sequence[Run]) -> bool:
    """Whether a stripe stands one white row below the last one of a table."""
    last = chain[-1]
    if abs(last.x1 - stripe.x1) > NEAR and abs(last.x0 - stripe.x0) > NEAR:
        return False
    if stripe.top <= last.bottom + NEAR:
        return True
    xs = united([*last.edges(), *stripe.edges()])
    if len(xs) > max(len(last.edges()), len(stripe.edges())):
        return False
    own = [run for run in runs if run.x1 > xs[0] and run.x0 < xs[-1]]
    return is_row(own, xs, last.bottom, stripe.top)


def _has_text_beside(table: _Shaded, texts: Sequence[Run]) -> bool:
    """Whether text stands beside the shades: in columns of which no cell is shaded."""
    beside = (run for run in inside(texts, table.top, table.bottom) if run.x1 < table.x0 or run.x0 > table.x1)
    return next(beside, None) is not None


def _upwards(table: _Shaded, xs: Sequence[float], horizontal: Sequence[Segment], runs: Sequence[Run]) -> list[float]:
    """Where the table begins, and the rules between there and its shades; empty where rows may stand above it.

    Without a rule above it a table begins with its first shade, if no text that keeps to the columns stands close.
    """
    tops = [table.top]
    for place, start, end in sorted(horizontal, reverse=True):
        if place < tops[-1] - NEAR and abs(start - table.x0) <= NEAR and abs(end - table.x1) <= NEAR:
            if not is_row(runs, xs, place, tops[-1]):
                break
            tops.append(place)
    ruled = any(abs(place - tops[-1]) <= NEAR and abs(start - table.x0) <= NEAR for place, start, _ in horizontal)
    last = max((run for run in runs if run.baseline < tops[-1]), key=lambda run: run.baseline, default=None)
    if ruled or last is None or tops[-1] - last.baseline > _NEXT_ROW * last.size:
        return tops
    level = sorted((run for run in runs if abs(run.baseline - last.baseline) < 0.5 * last.size), key=lambda run: run.x0)
    return [] if any(right.x0 - left.x1 > BLANK * last.size for left, right in pairwise(level)) else tops


def _downwards(table: _Shaded, xs: Sequence[float], horizontal: Sequence[Segment], runs: Sequence[Run]) -> list[float]:
    """Where a white row below the last shade ends; empty without one."""
    rule = min(
        (y for y, start, _ in horizontal if y > table.bottom + NEAR and abs(start - xs[0]) <= NEAR), default=None
    )
    if rule is not None and is_row(runs, xs, table.bottom, rule):
        return [rule]
    bottom = table.bottom
    below = sorted((run for run in runs if run.baseline > bottom), key=lambda run: run.baseline)
    for index, run in enumerate(below):
        if run.baseline - 0.8 * run.size - bottom > _NEXT_ROW * run.size:
            break
        level = [other for other in below[index:] if other.baseline - run.baseline < 0.5 * run.size]
        if run.x0 < xs[0] - NEAR or run.x1 > xs[-1] + NEAR or (crosses(run, xs) and len(level) < 2):
            return []
        bottom = max(bottom, run.baseline + 0.3 * run.size)
    return [bottom] if bottom > table.bottom and is_row(runs, xs, table.bottom, bottom) else []


def _goes_on_white(table: _Shaded, xs: Sequence[float], runs: Sequence[Run]) -> bool:
    """Whether white rows follow right below the last shade: only the head of such a table is shaded."""
    below = [run for run in runs if run.baseline > table.bottom + NEAR]
    first = min(below, key=lambda run: run.baseline, default=None)
    if first is None or first.baseline - 0.8 * first.size - table.bottom > _NEXT_ROW * first.size:
        return False
    level = [run for run in below if run.baseline - first.baseline < first.size]
    columns = {sum(x < (run.x0 + run.x1) / 2 for x in xs) for run in level}
    return len(columns) > 1 and not any(crosses(run, xs) for run in level)


def _is_free(x: float, y0: float, y1: float, boxes: Sequence[Box], runs: Sequence[Run]) -> bool:
    """Whether an edge may stand here: in no shaded cell, and through no text."""
    middle = (y0 + y1) / 2
    if any(box[0] + NEAR < x < box[2] - NEAR and box[1] < middle < box[3] for box in boxes):
        return False
    return not any(crosses(run, (x,)) for run in inside(runs, y0, y1))
