"""The execution rate of a self-evaluation form (自评表预算执行率): a level-1 indicator that has no row of its own."""

from typing import cast

from extractors.rows.columns import Block, Dense
from extractors.rows.model import IndicatorField, IndicatorRow, Printed
from extractors.rows.text import cell_printed, cell_text
from extractors.segment.model import TableGrid

_NAME = "预算执行率"
_EMPTY = frozenset(("", "-", "—", "–", "/", "——"))


def execution_indicator(grid: TableGrid, dense: Dense, block: Block) -> IndicatorRow | None:
    """预算执行率 with weight, score and rate as the funding block prints them in the row of the whole sum.

    None unless the block has columns for rate and score or weight.
    """
    rate = next((column for column in block.columns if column.money == "execution_rate"), None)
    weight, score = (next(iter(block.having(role)), None) for role in ("weight", "score"))
    if rate is None or (weight is None and score is None) or block.having("level1", "level2", "level3"):
        return None
    for row in block.body:
        fields: list[tuple[IndicatorField, Printed]] = []
        for name, column in (("weight", weight), ("score", score), ("actual", rate)):
            cell = dense[row][column.index] if column is not None else None
            if cell is not None and cell.row == row and cell_text(cell) not in _EMPTY:
                fields.append((cast(IndicatorField, name), cell_printed(grid, cell)))
        if any(name in ("weight", "score") for name, _ in fields):
            place = fields[0][1].span
            return IndicatorRow(1, Printed(_NAME, place), (), tuple(fields), grid.table_id, row, "form")
    return None
