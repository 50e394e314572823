"""Rows whose cells nearly touch (紧排的行): blanks part them no wider than words, but the row beside tells columns."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.pages import Line
from extractors.segment.tables.leading import Words
from extractors.segment.tables.pieces import PlacedPiece, joined, pieces_of, size_of, words_of
from extractors.segment.tables.printed_lines import is_seed, may_belong
from extractors.vocabulary import SUBTOTAL_LABELS, TOTAL_LABELS, plain

_FLUSH = 1.0  # points; what stands no further off each other is flush, or has one middle
_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))
_FEWEST = 3  # cells of a row that tells the columns of its neighbour
_WITHIN = 0.3  # of the size; programs leave a quarter of it blank between digits and characters
_DECIMAL = re.compile(r"\.\d")


def may_seed(lines: Sequence[Line]) -> bool:
    """Whether some lines hold a row by itself (a seed), or two that part_tight_rows() could make such."""
    if any(" " in line.text and is_seed(pieces_of(line, 0)) for line in lines):
        return True
    decimals = [line.text.count(".") > 1 and _has_two_decimals(line) for line in lines]
    neighbours = [pair for pair, *both in zip(pairwise(lines), decimals, decimals[1:], strict=False) if all(both)]
    return any(all(len(_cells(words_of(line, 0))) >= _FEWEST for line in pair) for pair in neighbours)


def part_tight_rows(placed: list[list[PlacedPiece]], words: Words, width: float) -> None:
    """Put the words of lines in place of their pieces where these stand in the columns of the row below or above.

    placed: the pieces of each line of a page. width: of its type area.
    """
    decimals = [_has_decimals(row) for row in placed]
    for at, below in pairwise(range(len(placed))):
        if decimals[at] and decimals[below]:
            upper, lower = _cells(words.of(placed[at])), _cells(words.of(placed[below]))
            if len(upper) != len(lower) or len(upper) == len(placed[at]) == len(placed[below]):
                continue
            if _in_columns(upper, lower) and may_belong(upper, lower, width):
                placed[at], placed[below] = upper, lower
    for at, neighbour in _neighbours(len(placed)):
        row, beside = placed[at], placed[neighbour]
        if not row or len(beside) < _FEWEST or len(row) >= len(beside) or not is_seed(beside):
            continue
        cells = _cells(words.of(row))
        if len(row) < len(cells) <= len(beside) and _in_columns(cells, beside):
            above, below_it = (cells, beside) if at < neighbour else (beside, cells)
            if may_belong(above, below_it, width):
                placed[at] = cells


def _neighbours(count: int) -> Iterator[tuple[int, int]]:
    """Each row (0-based) with the one below, from the bottom; then each with the one above, from the top."""
    for at in range(count - 2, -1, -1):
        yield at, at + 1
    for at in range(1, count):
        yield at, at - 1


def _cells(words: Sequence[PlacedPiece]) -> list[PlacedPiece]:
    """The words of a line; those as one that stand as near as a number to the word behind it: `11` and `个`."""
    cells: list[list[PlacedPiece]] = []
    for word in words:
        if cells and word.x0 - cells[-1][-1].x1 < _WITHIN * size_of(word):
            cells[-1].append(word)
        else:
            cells.append([word])
    return [joined(cell) for cell in cells]


def _has_decimals(row: Sequence[PlacedPiece]) -> bool:
    """Whether a line holds two numbers with decimals, as a row of amounts does."""
    return bool(row) and _has_two_decimals(row[0].line)


def _has_two_decimals(line: Line) -> bool:
    """The same of a line."""
    return len(_DECIMAL.findall(line.text)) > 1


def _in_columns(cells: Sequence[PlacedPiece], beside: Sequence[PlacedPiece]) -> bool:
    """Whether cells stand in columns of the row beside; a total's label may reach over several."""
    strange = [cell for cell in cells if not any(_in_one_column(cell, other) for other in beside)]
    return len(cells) >= _FEWEST and all(plain(cell.text) in _TOTALS for cell in strange)


def _in_one_column(cell: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether two cells are set in one column: flush left, flush right, or with one middle."""
    left, right = cell.x0 - other.x0, cell.x1 - other.x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= _FLUSH
