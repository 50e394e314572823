"""Runs of characters that reach over rules (跨格字串): cut between words, and none of these in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.readers.pdf.cell_finder import CellFinder
from extractors.readers.pdf.plane import Glyph, Run

_TIGHT = 0.15  # of the size; characters of a word stand no further apart
_KERNED = 0.03, 0.02  # of the size; two characters of one figure overlap less and stand less apart
_JOINS = frozenset("/~～-")  # the figures of one cell: 41.3%/76.8%
_FIGURE, _BEGINS, _ENDS = _JOINS.union("0123456789.,%％‰+≥≤"), frozenset("≥≤"), frozenset("%％‰")
_ONE = r"[+≥≤-]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d{1,2})?[%％‰]?"
_FIGURES = re.compile(f"{_ONE}(?:[/~～-]{_ONE})*")  # as printed in one cell
_DASHES = frozenset("—–－")
_CLOSING = frozenset("，。、；：？！）》〉」』】〕”’)]")


def cut(run: Run, finder: CellFinder, y: float) -> Iterator[tuple[int, Run]]:
    """The run's pieces with the cell of each, cut where its characters pass into another one."""
    cells = finder.cells([(glyph[0] + glyph[1]) / 2 for glyph in run.glyphs], y)
    if run.confidences is None:  # else where the characters stand is a guess, and the rule is not
        _keep_words(run, cells, finder, y)
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end] != cells[start]:
            glyphs = run.glyphs[start:end]
            sure = None if run.confidences is None else run.confidences[start:end]
            yield cells[start], Run(glyphs[0][0], glyphs[-1][1], run.baseline, run.size, glyphs, sure, run.even)
            start = end


def _keep_words(run: Run, cells: list[int], finder: CellFinder, y: float) -> None:
    """Leave words whole that no rule parts. cells: of the characters, changed in place."""
    start = 0
    for end in range(1, len(cells) + 1):
        if end < len(cells) and _is_beside(run.glyphs[end - 1], run.glyphs[end], run.size):
            continue
        if cells[start] != cells[end - 1]:
            word = run.glyphs[start:end]
            whole = _figures_whole if all(glyph[2] in _FIGURE for glyph in word) else _overfull
            cells[start:end] = whole(word, cells[start:end], finder, y, run.size)
        start = end


def _is_beside(before: Glyph, behind: Glyph, size: float) -> bool:
    """Whether two characters belong to one word: neither a blank nor a gap between them, nor is one a cell's dash."""
    if behind[3] or before[2] in _DASHES or behind[2] in _DASHES:
        return False
    return abs(behind[0] - before[1]) <= _TIGHT * size


def _overfull(word: Sequence[Glyph], cells: list[int], finder: CellFinder, y: float, size: float) -> list[int]:
    """The cell of each character of a word: where the side of a cell stands within a character, it parts no texts,
    and what follows runs out of the cell before. Closing marks are that of what they close: they hang over a side.
    """
    kept, close, over = list(cells), _TIGHT * size, False
    for at in range(1, len(kept)):
        before, behind = word[at - 1], word[at]
        if kept[at] != kept[at - 1] and not over:
            over = any(x0 + close < x < x1 - close for x0, x1, _, _ in (before, behind) for x in finder.edges)
        if over or (behind[2] in _CLOSING and behind[0] - before[1] < _KERNED[1] * size):
            kept[at] = kept[at - 1]
    return kept


def _figures_whole(word: Sequence[Glyph], cells: list[int], finder: CellFinder, y: float, size: float) -> list[int]:
    """The cell of each character of figures, all of one that is wider than its column in one.

    Halves of it would be figures too, and behind the figure beside it another one.
    """
    kept, start = list(cells), 0
    for end in range(1, len(cells) + 1):
        if end < len(cells) and _goes_on(word[end - 1], word[end], size):
            continue
        if cells[start] != cells[end - 1]:
            parted = _parted(word[start:end], [finder.sides(cell)[0] for cell in cells[start + 1 : end]])
            for first, last in pairwise((start, *(start + at for at in parted), end)):
                kept[first:last] = [_own_cell(word[first:last], finder, y, size)] * (last - first)
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
    if behind[2] in _BEGINS or (before[2] in _ENDS and behind[2] not in _JOINS):
        return False
    overlap, gap = _KERNED
    return -overlap * size < behind[0] - before[1] < gap * size
