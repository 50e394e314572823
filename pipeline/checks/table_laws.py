"""Laws that the rows of a table show (表内规律): found where most rows obey them, then asked of every row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, permutations

from pipeline.checks.grids import Figure, NumberGrid, Row
from pipeline.checks.tolerance import HUNDRED, fit, quotient

_MISSES = 3  # rows against a law after which it is given up where they outnumber those for it
Holds = Callable[[Row], bool | None]


@dataclass(frozen=True, slots=True)
class Law:
    """A column that follows from others in the same row: `total` = Σ `parts` (列间关系)."""

    total: int
    parts: tuple[int, ...]


def sums(grid: NumberGrid) -> Iterator[Law]:
    """Columns that are the sum of two others, or of all columns of a run beside them."""
    numeric = [c for c in range(grid.width) if sum(f is not None and not f.number.percent for f in grid.column(c)) >= 3]
    found: set[int] = set()
    for total in numeric:
        rest = [column for column in numeric if column != total]
        for parts in [*combinations(rest, 2), *_runs(rest)]:
            if total not in found and usual(grid, partial(_adds, parts=parts, total=total)):
                found.add(total)
                yield Law(total, parts)


def ratios(grid: NumberGrid) -> Iterator[Law]:
    """Percent columns that are one column divided by another: `parts` = (divisor, dividend)."""
    numeric = [c for c in range(grid.width) if sum(f is not None and not f.number.percent for f in grid.column(c)) >= 3]
    for total in range(grid.width):
        figures = present(grid.column(total))
        if len(figures) < 3 or not all(figure.number.percent for figure in figures):
            continue
        for divisor, dividend in permutations(numeric, 2):
            if usual(grid, partial(_divides, divisor=divisor, dividend=dividend, rate=total)):
                yield Law(total, (divisor, dividend))
                break


def _divides(row: Row, divisor: int, dividend: int, rate: int) -> bool | None:
    base, part, printed = row[divisor], row[dividend], row[rate]
    if base is None or part is None or printed is None or base.value == 0:
        return None
    if base.value == part.value:  # says nothing about which column divides which
        return True if printed.value == HUNDRED else None
    computed = quotient(part.value * HUNDRED, base.value)
    return fit(printed.number, computed) in ("exact", "half-up")


def _runs(columns: list[int]) -> Iterator[tuple[int, ...]]:
    """Runs of three or more columns."""
    for first in range(len(columns)):
        for last in range(first + 3, len(columns) + 1):
            yield tuple(columns[first:last])


def _adds(row: Row, parts: tuple[int, ...], total: int) -> bool | None:
    whole = row[total]
    pieces = [row[part] for part in parts]
    if whole is None or any(piece is None or piece.value == 0 for piece in pieces):
        return None
    return sum(piece.value for piece in pieces if piece is not None) == whole.value


def usual(grid: NumberGrid, holds: Holds, least: int = 3) -> bool:
    """Whether a law holds in `least` rows or more, and in two of three where it can be asked."""
    asked = held = 0
    for row in grid.rows:
        answer = holds(row)
        asked += answer is not None
        held += bool(answer)
        if asked - held > _MISSES and held * 2 < asked:
            return False
    return held >= least and held * 3 >= asked * 2


def present(figures: list[Figure | None]) -> list[Figure]:
    """The figures that are there."""
    return [figure for figure in figures if figure is not None]
