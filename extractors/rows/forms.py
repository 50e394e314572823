"""The execution rate of a self-evaluation form (自评表预算执行率): a level-1 indicator that has no row of its own."""

import re
from decimal import Decimal
from typing import cast

from extractors.folded import fold
from extractors.printed import is_overfull
from extractors.rows.columns import Block, Dense
from extractors.rows.model import IndicatorField, IndicatorRow, Printed
from extractors.rows.text import cell_printed, part_printed, points
from extractors.segment.model import TableGrid

_WEIGHT = re.compile(r"\(\s*(\d{1,3}(?:\.\d+)?)\s*分\s*\)")
_NAME = "预算执行率"
_MOST_POINTS = 30  # that any form gives for the execution rate
_EMPTY = frozenset(("", "-", "—", "–", "/", "——"))


def _weight_in_heads(grid: TableGrid, block: Block) -> list[Printed]:
    """The weight that a head of the block states in brackets (`预算执行情况（20分）`), as a list of none or one."""
    for cell in grid.cells:
        found = _WEIGHT.search(fold(cell.flow.text)) if cell.row in block.header else None
        if found:
            return [part_printed(grid, cell, *found.span(1), "分")]
    return []


def _points(printed: Printed) -> Decimal:
    """The number that a score prints; 0 where it prints none."""
    return points(printed.text) or Decimal(0)


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
            if cell is None or cell.row != row or cell.bare in _EMPTY or is_overfull(cell.bare):
                continue
            if name == "actual" or not cell.bare.endswith("%"):  # a rate that slid into the next column
                fields.append((cast(IndicatorField, name), cell_printed(grid, cell)))
        if weight is None:
            fields += [("weight", printed) for printed in _weight_in_heads(grid, block)]
        told = dict(fields)
        if "weight" not in told and "score" in told and _points(told["score"]) > _MOST_POINTS:
            return None  # the scores of bodies or projects listed with their money
        if "weight" in told or "score" in told:
            place = fields[0][1].span
            return IndicatorRow(1, Printed(_NAME, place), (), tuple(fields), grid.table_id, row, "form")
    return None
