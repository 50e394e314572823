"""Levels in a table with one column of names (单列指标的层级): told by weights that add up, or by the names."""

from collections.abc import Sequence
from decimal import Decimal

from extractors.folded import fold
from extractors.rows.columns import Block, Dense, is_number
from extractors.rows.names import STANDARD_LEVEL, bracketed_weight, levels_of_list, row_label, without_label
from extractors.rows.text import cell_text
from extractors.segment.model import Cell
from extractors.segment.tables.nested import nested_levels

HUNDRED = Decimal(100)
_LEVELS = ("level1", "level2", "level3")


def levels_by_weight(weights: Sequence[Decimal | None], whole: Decimal | None) -> list[int]:
    """The level of each row as the weights tell it, [] where they leave it open.

    whole: the weight that the table's total row prints, None where it has none.
    """
    return nested_levels(weights, HUNDRED if whole is None else whole)


def single_levels(dense: Dense, block: Block) -> dict[int, int]:
    """Level of each name (by the cell's identity) in a table with a single name column.

    A table with a column for each level, its names all in one of them, is such a table where weights tell all three.
    """
    column = next(iter(block.having("indicator")), None)
    cells: list[Cell] = []
    for other in block.having(*_LEVELS) if column is None else [column]:
        found = _names(dense, block, other.index)
        if cells and found:
            return {}
        cells = cells or found
    if not cells:
        return {}
    levels = _by_weight(dense, block, cells)
    if column is not None:
        levels = levels or levels_of_list([cell.text for cell in cells], scored=bool(block.having("score")))
    elif 3 not in levels:
        return {}
    return {id(cell): level for cell, level in zip(cells, levels, strict=True)}


def _names(dense: Dense, block: Block, column: int) -> list[Cell]:
    """The cells of a column that name indicators, each where it begins."""
    cells = [cell for row in block.body if (cell := dense[row][column]) is not None and cell.row == row]
    return [cell for cell in cells if cell.text and not row_label(cell.text)]


def _by_weight(dense: Dense, block: Block, cells: list[Cell]) -> list[int]:
    """Levels told by weights that add up; their rows are of the third level where the framework names one of them."""
    column = next(iter(block.having("weight")), None)
    if column is None:
        return []
    weights = [_points(dense[cell.row][column.index]) or _bracketed(cell) for cell in cells]
    totals = [row for row in block.body if any(cell and row_label(cell.text) == "total" for cell in dense[row])]
    levels = levels_by_weight(weights, _points(dense[totals[-1]][column.index]) if totals else None)
    lowest = 3 not in levels and any(
        STANDARD_LEVEL.get(without_label(cell.text)) == 3
        for cell, level in zip(cells, levels, strict=False)
        if level > 1
    )
    return [3 if level > 1 and lowest else level for level in levels]


def _bracketed(cell: Cell) -> Decimal | None:
    """The points that a name prints behind itself in brackets, None where it prints none."""
    text = bracketed_weight(fold(cell.flow.text))
    return Decimal(text) if text else None


def _points(cell: Cell | None) -> Decimal | None:
    """The number of a cell of weights, None where it prints none."""
    text = cell_text(cell).rstrip("分%").replace(",", "")
    return Decimal(text) if is_number(text) else None
