"""Series of years in tables (年度序列): which column holds the growth of which other."""

from collections.abc import Iterator

from extractors.frozen import frozen
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.table_laws import GROWTH, grown
from pipeline.checks.tolerance import Fit, fit

_FAR = 4  # columns to the left in which a growth column's values stand
_LEAST = 3  # rows with a year that make a series


@frozen
class Step:
    """One growth figure with the values it is said to compare (一期增长).

    row: of the body, 0-based. falls: it tells how much less there is.
    """

    row: int
    before: Figure
    now: Figure
    rate: Figure
    falls: bool = False


def is_series(grid: NumberGrid) -> bool:
    """Whether the rows are years in ascending order."""
    years = [year for year in grid.years if year is not None]
    return len(years) >= _LEAST and years == sorted(set(years))


def growth_columns(grid: NumberGrid) -> Iterator[tuple[int, int]]:
    """(value column, growth column): a growth column follows its values, and the rows bear it out.

    Where it is headed so, other rates may stand between (计划、完成、完成率、同比增长): the values most rows speak for.
    """
    for column in range(1, grid.width):
        figures = [figure for figure in grid.column(column) if figure is not None]
        named = bool(GROWTH.search(grid.heads[column]))
        if len(figures) < 2 or not grid.is_rate(column) or (grid.is_rate(column - 1) and not named):
            continue
        held = {values: _held(grid, values, column) for values in _before(grid, column, named=named)}
        values = max(held, key=lambda values: (held[values], values), default=column)
        least = 1 if values == column - 1 and named else 2
        if held.get(values, 0) >= least:
            yield values, column


def _before(grid: NumberGrid, column: int, *, named: bool) -> list[int]:
    """Columns of values that a growth column may belong to: the one right before it, if named those further off."""
    if not grid.is_rate(column - 1):
        return [column - 1]
    return [values for values in range(max(column - _FAR, 0), column - 1) if named and not grid.is_rate(values)]


def _held(grid: NumberGrid, values: int, column: int) -> int:
    """In how many rows the growth follows from these values."""
    return sum(judge(step) in ("exact", "half-up", "interval") for step in steps(grid, values, column))


def steps(grid: NumberGrid, values: int, rates: int) -> Iterator[Step]:
    """Each row's growth against the row of the year printed before it; none against an earlier one, where that prints
    no value."""
    previous: Figure | None = None
    for number, row in enumerate(grid.rows):
        now, rate = row[values], row[rates]
        if grid.years[number] is None:
            continue
        if now is None or now.number.percent:
            previous = None
            continue
        if previous is not None and rate is not None and previous.value != 0:
            yield Step(number, previous, now, rate)
        previous = now


def judge(step: Step) -> Fit:
    """How the printed growth follows from the two values."""
    return fit(step.rate.number, *grown(step.before, step.now, falls=step.falls))
