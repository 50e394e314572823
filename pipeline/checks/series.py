"""Series of years in tables (年度序列): which column holds the growth of which other."""

from collections.abc import Iterator

from extractors.frozen import frozen
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.table_laws import GROWTH, grown
from pipeline.checks.tolerance import Fit, fit

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
    """(value column, growth column): a growth column follows its values, and the rows bear it out."""
    for column in range(1, grid.width):
        figures = [figure for figure in grid.column(column) if figure is not None]
        if len(figures) < 2 or not grid.is_rate(column) or grid.is_rate(column - 1):
            continue
        held = [judge(step) in ("exact", "half-up", "interval") for step in steps(grid, column - 1, column)]
        least = 1 if GROWTH.search(grid.heads[column]) else 2
        if sum(held) >= least:
            yield column - 1, column


def steps(grid: NumberGrid, values: int, rates: int) -> Iterator[Step]:
    """Each row's growth against the row of the year printed before it."""
    previous: Figure | None = None
    for number, row in enumerate(grid.rows):
        now, rate = row[values], row[rates]
        if grid.years[number] is None or now is None or now.number.percent:
            continue
        if previous is not None and rate is not None and previous.value != 0:
            yield Step(number, previous, now, rate)
        previous = now


def judge(step: Step) -> Fit:
    """How the printed growth follows from the two values."""
    return fit(step.rate.number, *grown(step.before, step.now, falls=step.falls))
