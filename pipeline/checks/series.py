"""Series of years in tables (年度序列): which column holds the growth of which other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.tolerance import HUNDRED, Fit, Interval, fit, quotient

GROWTH = re.compile(r"同比|环比|增长|增速|增幅|增减")
_LEAST = 3  # rows with a year that make a series


@dataclass(frozen=True, slots=True)
class Step:
    """One growth figure with the values it is said to compare (一期增长). row: of the body, 0-based."""

    row: int
    before: Figure
    now: Figure
    rate: Figure


def is_series(grid: NumberGrid) -> bool:
    """Whether the rows are years in ascending order."""
    years = [year for year in grid.years if year is not None]
    return len(years) >= _LEAST and years == sorted(set(years))


def growth_columns(grid: NumberGrid) -> Iterator[tuple[int, int]]:
    """(value column, growth column): a growth column follows its values, and the rows bear it out."""
    for column in range(1, grid.width):
        figures = [figure for figure in grid.column(column) if figure is not None]
        if len(figures) < 2 or not all(figure.number.percent for figure in figures):
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
    return fit(step.rate.number, grown(step)[0], grown(step)[1])


def grown(step: Step) -> tuple[Decimal, Interval | None]:
    """Growth in per cent: the point value, and what the prints allow."""
    point = quotient((step.now.value - step.before.value) * HUNDRED, step.before.value)
    ratio = step.now.interval.divide(step.before.interval)
    possible = None if ratio is None else (ratio - Interval.exact(Decimal(1))).scaled(HUNDRED)
    return point, possible
