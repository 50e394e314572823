"""Laws that the rows of a table show (表内规律): found where most rows obey them, then asked of every row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, permutations

from pipeline.checks.grids import TOTAL, Figure, NumberGrid, Row
from pipeline.checks.tolerance import HUNDRED, fit, quotient

_MISSES = 3  # rows against a law after which it is given up where they outnumber those for it
_MANY = 3  # parts that do not add up to a number beside them by chance
_FINE = 2  # decimals of a rate that no two numbers give by chance
_ALMOST = 2
Holds = Callable[[Row], bool | None]


@dataclass(frozen=True, slots=True)
class Law:
    """A column that follows from others in the same row: `total` = Σ `parts` (列间关系)."""

    total: int
    parts: tuple[int, ...]


def sums(grid: NumberGrid) -> Iterator[Law]:
    """Columns that are the sum of two others, or of all columns of a run beside them."""
    numeric = _numeric(grid)
    found: set[int] = set()
    for total in numeric:
        rest = [column for column in numeric if column != total]
        for parts in [*combinations(rest, 2), *_runs(rest)]:
            law = partial(_adds, parts=parts, total=total)
            if total not in found and (usual(grid, law) or _announced(grid, law, parts, total)):
                found.add(total)
                yield Law(total, parts)


def ratios(grid: NumberGrid) -> Iterator[Law]:
    """Percent columns that are one column divided by another: `parts` = (divisor, dividend)."""
    numeric = _numeric(grid)
    for total in range(grid.width):
        figures = present(grid.column(total))
        if len(figures) < 3 or not all(figure.number.percent for figure in figures):
            continue
        for divisor, dividend in permutations(numeric, 2):
            law = partial(_divides, divisor=divisor, dividend=dividend, rate=total)
            if usual(grid, law) or almost(grid, partial(_telling, law=law, rate=total)):
                yield Law(total, (divisor, dividend))
                break


def _numeric(grid: NumberGrid) -> list[int]:
    """The columns with three numbers or more that are no shares."""
    return [c for c in range(grid.width) if sum(f is not None and not f.number.percent for f in grid.column(c)) >= 3]


def _announced(grid: NumberGrid, law: Holds, parts: tuple[int, ...], total: int) -> bool:
    """Whether the column's head calls it the total of all numbers right before it, and all rows but one agree."""
    beside = parts == tuple(range(total - len(parts), total)) and len(parts) >= _MANY
    return beside and bool(TOTAL.search(grid.heads[total])) and almost(grid, law)


def _telling(row: Row, law: Holds, rate: int) -> bool | None:
    """As the law; rates that hold by chance (100 %, 50 %) say nothing."""
    printed, answer = row[rate], law(row)
    plain = printed is None or printed.value == HUNDRED or printed.number.digits < _FINE
    return None if answer and plain else answer


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


def almost(grid: NumberGrid, holds: Holds) -> bool:
    """Whether a law holds in two rows or more, and in all but one of those where it can be asked."""
    answers = [answer for row in grid.rows if (answer := holds(row)) is not None]
    return sum(answers) >= _ALMOST and len(answers) - sum(answers) <= 1


def present(figures: list[Figure | None]) -> list[Figure]:
    """The figures that are there."""
    return [figure for figure in figures if figure is not None]
