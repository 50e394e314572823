"""Rows whose cells slid sideways (错位行): put back below their heads where the values leave one reading only."""

import re
from collections.abc import Iterator
from functools import partial

from extractors.printed import is_overfull
from extractors.remembered import Remembered
from extractors.rows.columns import MEASURES, Block, Dense
from extractors.rows.names import is_standard, looks_numeric
from extractors.rows.text import cell_text
from extractors.segment.model import Cell

_POINTS = re.compile(r"^\d{1,3}(?:\.\d+)?分?$")
_PERCENT = re.compile(r"^\d{1,3}(?:\.\d+)?%$")
_NOTHING = frozenset(("", "-", "—", "–", "/", "无", "——"))
_SHORT, _MOST = 48, 2048  # characters of a text that is remembered, and such texts
Row = list[Cell | None]
_Judged = list[tuple[Remembered[int], int]]


def aligned(dense: Dense, block: Block) -> Iterator[tuple[int, Row]]:
    """Each row of a block with its cells below their heads; moved by one column only where that mends every misfit.

    A row without misfit (a percentage under 分值, a bare number under 备注 …) comes back untouched.
    """
    judged = _judged(block)
    for row in block.body:
        cells = list(dense[row])
        yield row, cells if _misfits(cells, judged) == 0 else _mended(cells, block, judged)


def _mended(cells: Row, block: Block, judged: _Judged) -> Row:
    """A row with misfits, moved by one column where that mends them all."""
    best, best_fit = cells, _fit(cells, judged)
    for moved in _moves(cells, block):
        fit = _fit(moved, judged)
        if _misfits(moved, judged) == 0 and fit > best_fit:
            best, best_fit = moved, fit
    return best


def _moves(cells: Row, block: Block) -> list[Row]:
    """The row with one blank taken out or put in at each place up to the first measure."""
    measures = [column.index for column in block.columns if column.role in MEASURES]
    stop = min(measures, default=len(cells))
    values = {column.index for column in block.columns if column.role in ("target", "actual", *MEASURES)}
    moves: list[Row] = []
    for at in range(stop + 1):
        if at < len(cells) and _spare(cells, at, value=at in values):
            moves.append([*cells[:at], *cells[at + 1 :], None])
        if cells and cell_text(cells[-1]) == "":
            moves.append([*cells[:at], None, *cells[at:-1]])
    return moves


def _spare(cells: Row, at: int, *, value: bool) -> bool:
    """Whether a cell is blank or prints its right neighbour once more; equal values, a full mark reached, are two."""
    text = cell_text(cells[at])
    again = at + 1 < len(cells) and cells[at] is not cells[at + 1] and text == cell_text(cells[at + 1])
    return not text or (again and not value)


def _judged(block: Block) -> _Judged:
    """The columns whose values are judged: what suits each, and its place."""
    judged = ((_SUITS.get((column.role, column.unit == "%")), column.index) for column in block.columns)
    return [(suits, index) for suits, index in judged if suits is not None]


def _misfits(cells: Row, judged: _Judged) -> int:
    """How many cells cannot be what their column holds."""
    misfits = 0
    for suits, index in judged:
        cell = cells[index]
        if cell is not None and suits[cell.bare] < 0:
            misfits += 1
    return misfits


def _fit(cells: Row, judged: _Judged) -> int:
    """How well the cells suit their columns."""
    return sum(suits[cell_text(cells[index])] for suits, index in judged)


def _value(role: str, percent: bool, text: str) -> int:
    """+ where the text suits the role (`percent`: of numbers with the sign), 0 where it says nothing, - where it cannot
    stand there."""
    if text in _NOTHING or is_overfull(text):
        return 0
    if role in ("weight", "score"):
        return 2 if (_PERCENT if percent else _POINTS).match(text) else -2
    if role == "score_rate":
        return 1 if _PERCENT.match(text) or _POINTS.match(text) else -1
    if role in ("level1", "level2", "level3"):
        return _name_value(int(role[-1]), text)
    return -1 if role == "comment" and _POINTS.match(text) else 0


def _name_value(level: int, text: str) -> int:
    """Whether a text suits a column of indicator names of this level."""
    if looks_numeric(text):
        return -2
    if is_standard(text, level):
        return 1
    return -1 if any(is_standard(text, other) for other in (1, 2) if other != level) else 0


# What suits a column of each role, of numbers with % or without; a column of another role says nothing.
_SUITS = {
    (role, percent): Remembered(partial(_value, role, percent), _SHORT, _MOST)
    for role in ("weight", "score", "score_rate", "level1", "level2", "level3", "comment")
    for percent in (False, True)
}
