"""The tables of numbers that are neither of indicators nor of the project's money (其他数值表)."""

from pipeline.checks.facts import Facts
from pipeline.checks.grids import NumberGrid

_MONEY = ("budget_original", "budget_adjusted", "recovered", "arrived", "spent", "execution_rate", "arrival_rate")


def plain_grids(facts: Facts) -> tuple[NumberGrid, ...]:
    """Of the tables of numbers those that are none of the project's money."""
    money = (
        {line.table for line in facts.funds.lines if line.table and line.role in _MONEY} if facts.number_grids else ()
    )
    return tuple(grid for grid in facts.number_grids if grid.grid.table_id not in money)
