"""Laws that the rows of a table show (表内规律): found where most rows obey them, then asked of every row."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import combinations, permutations

from extractors.frozen import frozen
from pipeline.checks.grids import TOTAL, Figure, NumberGrid
from pipeline.checks.slip import exchanges, is_exchange
from pipeline.checks.tolerance import HUNDRED, Interval, fit, half_up, quotient

_MISSES = 3  # rows against a law after which it is given up where they outnumber those for it
_FINE = 2  # decimals of a rate that no two numbers give by chance
_ALMOST = 2
_LEAST = 2  # numbers of a column that takes part in a law; parts of a sum
_MOST = 16  # columns that are tried with each other
_WIDE = Decimal(1)  # percentage points: what the prints allow a rate to be must not be vaguer
_FAR = 2  # percentage points between two rates that neither rounding nor what the prints allow explains
_REST = re.compile(
    r"结余|结转|节余|节约|余额|剩余|未支[出付]|未使用|未完成|未付|尚欠|缺口|差[额异值]|[增减]额|增减|增加|减少"
)
GROWTH = re.compile(r"同比|环比|增长|增速|增幅|增减|较上年|比上年|变化率|变动率")
_FALL = re.compile(r"(?:节约|结余|结转|审减|核减|下降|降低|减少|下浮|缩减|偏差)[率幅]度?|降幅|减幅|下浮比例")
_CAME = re.compile(r"到位|支出|执行|支付|拨付|使用|完成|下达|实际|决算")
_POINTS = re.compile(r"百分点|额|量")
_EXCHANGED = 3  # digits of a part that is another with two exchanged, not by chance
Holds = Callable[[int], bool | None]


@frozen
class Law:
    """A column that follows from others in the same row: `total` = Σ `parts` (列间关系).

    told: the heads say so, and cells that print nothing count as nought. falls: of a rate of growth, that it tells
    how much less there is.
    """

    total: int
    parts: tuple[int, ...]
    told: bool = False
    falls: bool = False


def sums(grid: NumberGrid) -> Iterator[Law]:
    """Columns that are the sum of two others, of all columns of a run beside them, or whose heads say so."""
    numeric = _numeric(grid)
    found = {law.total: law for law in _told_sums(grid, numeric)}
    strict = [column for column in numeric if len(present(grid.column(column))) > _LEAST]
    for total in strict:
        rest = [column for column in strict if column != total]
        ways = [Law(total, parts) for parts in [*combinations(rest, 2), *_runs(rest)]] if total not in found else []
        ways = [law for law in ways if usual(grid, partial(_adds, grid, law))]
        if ways:  # where self-evaluated points are mostly the full ones, both seem to make the points with what was cut
            found[total] = min(ways, key=lambda law: misses(grid, partial(_adds, grid, law)))
    yield from (law for law in found.values() if not _came_short(grid, law, found.values()))


def _came_short(grid: NumberGrid, law: Law, laws: Iterable[Law]) -> bool:
    """Whether a column is rather what came of a sum (到位、支出) than the sum itself.

    It equals the sum where all of it came in; another column is the sum in more rows, or its head says what came in
    and no row has more than the sum.
    """
    missed = misses(grid, partial(_adds, grid, law))
    if law.told or not missed:
        return False
    others = (other for other in laws if other.parts == law.parts and other.total != law.total)
    if any(misses(grid, partial(_adds, grid, other)) < missed for other in others):
        return True
    if not _CAME.search(grid.heads[law.total]):
        return False
    short = [row for row in range(len(grid.rows)) if _adds(grid, law, row) is False]
    return not any(_exceeds(grid, law, row) for row in short) and not all(_mistyped(grid, law, row) for row in short)


def _mistyped(grid: NumberGrid, law: Law, row: int) -> bool:
    """Whether two digits exchanged in one part explain that a row is short of its parts (684 for 648)."""
    whole, parts = grid.rows[row][law.total], pieces(grid, row, law)
    if whole is None or parts is None:
        return False
    gap = sum((part.value for part in parts), -whole.value)
    digits = max(part.number.digits for part in parts)
    return any(is_exchange(part.value, part.value - gap, digits, _EXCHANGED) for part in parts if part.value > gap)


def _exceeds(grid: NumberGrid, law: Law, row: int) -> bool:
    """Whether a row prints more than its parts add up to."""
    whole, parts = grid.rows[row][law.total], pieces(grid, row, law)
    return whole is not None and parts is not None and whole.value > sum((part.value for part in parts), Decimal(0))


def _told_sums(grid: NumberGrid, numeric: Sequence[int]) -> Iterator[Law]:
    """A column 合计 of the columns beside it, and a column 结余 that is left of one when another is taken off."""
    for column in numeric:
        laws: list[Law] = []
        if TOTAL.search(grid.heads[column]):
            runs = (*_beside(grid, numeric, column), *_alike(grid, numeric, column))
            laws = [Law(column, parts, True) for parts in runs]
        elif _REST.search(grid.heads[column]):
            others = [other for other in numeric if other != column]
            laws = [Law(whole, (part, column), True) for whole, part in permutations(others, 2)]
        laws = [law for law in laws if almost(grid, partial(_adds, grid, law))]
        if laws:  # 结余 is left of what arrived, though mostly all of the budget did
            yield min(laws, key=lambda law: misses(grid, partial(_adds, grid, law)))


def _alike(grid: NumberGrid, numeric: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """The columns below other heads that are called as this one is below 合计 (一标段 完成、二标段 完成、合计 完成)."""
    group, _, own = grid.heads[total].rpartition(" ")
    if own and TOTAL.search(group) and not TOTAL.search(own):
        ends = {column: grid.heads[column].rpartition(" ") for column in numeric if column != total}
        parts = tuple(c for c, (above, _, name) in ends.items() if name == own and above and not TOTAL.search(above))
        if len(parts) >= _LEAST:
            yield parts


def _beside(grid: NumberGrid, numeric: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """The runs of two columns or more that end right before a total or begin right behind it, the longest first."""
    for step in (-1, 1):
        run: list[int] = []
        column = total + step
        while column in numeric and not TOTAL.search(grid.heads[column]):
            run.append(column)
            column += step
        for length in range(len(run), _LEAST - 1, -1):
            yield tuple(sorted(run[:length]))


def ratios(grid: NumberGrid) -> Iterator[Law]:
    """Percent columns that are one column divided by another: `parts` = (divisor, dividend)."""
    numeric = _numeric(grid)
    for total in range(grid.width):
        if len(present(grid.column(total))) < _LEAST or not grid.is_rate(total):
            continue
        shown: list[tuple[int, Law]] = []  # with how many rows it leaves unexplained
        for divisor, dividend in permutations(numeric, 2):
            law = cache(partial(_divides, grid, divisor=divisor, dividend=dividend, rate=total))  # rows are asked again
            telling = partial(_telling, grid, law=law, rate=total)
            if (
                usual(grid, law)
                or almost(grid, telling)
                or _but_mistyped(grid, law, telling, (divisor, dividend, total))
            ):
                shown.append((_unexplained(grid, law, total), Law(total, (divisor, dividend))))
                if shown[-1][0] == 0:
                    break
        yield from (law for _, law in sorted(shown, key=lambda one: one[0])[:1])


def _but_mistyped(grid: NumberGrid, law: Holds, telling: Holds, columns: tuple[int, int, int]) -> bool:
    """Whether a rate follows in two rows, of which one tells, and in the one other with two digits exchanged."""
    rows = range(len(grid.rows))
    answers = [law(row) for row in rows]
    if answers.count(False) != 1 or answers.count(True) < _ALMOST or not any(map(telling, rows)):
        return False
    base, part, printed = (grid.rows[answers.index(False)][column] for column in columns)
    if base is None or part is None or printed is None or printed.number.digits < _FINE:
        return False
    digits, value = printed.number.digits, printed.value
    ways = [(base.value, part.value, rate) for rate in exchanges(value, digits)]
    ways += [(base.value, other, value) for other in exchanges(part.value, part.number.digits)]
    ways += [(other, part.value, value) for other in exchanges(base.value, base.number.digits)]
    return any(one > 0 and half_up(quotient(two * HUNDRED, one), digits) == rate for one, two, rate in ways)


def growths(grid: NumberGrid) -> Iterator[Law]:
    """Percent columns that tell how much one column is above another: `parts` = (before, now)."""
    numeric = _numeric(grid)
    for total in range(grid.width):
        head = grid.heads[total]
        rises, falls = bool(GROWTH.search(head)), bool(_FALL.search(head))
        if not (rises or falls) or _POINTS.search(head) or not grid.is_rate(total):
            continue
        laws = [Law(total, pair, falls=falls) for pair in permutations(numeric, 2)]
        laws = [law for law in laws if _bears_out(grid, law)]
        if laws:
            yield min(laws, key=lambda law: _unexplained(grid, partial(_grows, grid, law), total))


def misses(grid: NumberGrid, holds: Holds) -> int:
    """How many rows a law does not hold in."""
    return sum(holds(row) is False for row in range(len(grid.rows)))


def _unexplained(grid: NumberGrid, holds: Holds, rate: int) -> int:
    """In how many rows that print a rate a law does not give it: those that it cannot be asked of, too."""
    return sum(figure is not None and holds(row) is not True for row, figure in enumerate(grid.column(rate)))


def _bears_out(grid: NumberGrid, law: Law) -> bool:
    """Whether the rows of a table show a law of growth."""
    grows = cache(partial(_grows, grid, law))
    return usual(grid, grows) or almost(grid, partial(_telling, grid, law=grows, rate=law.total))


def _numeric(grid: NumberGrid) -> tuple[int, ...]:
    """The columns with two numbers or more that are no shares; none of a long list turned on its side."""
    return grid.kept("numeric", lambda: _numeric_columns(grid))


def _numeric_columns(grid: NumberGrid) -> list[int]:
    found = [c for c in range(grid.width) if len(present(grid.column(c))) >= _LEAST]
    if len(found) > _MOST:
        return []
    return [c for c in found if not grid.is_rate(c) and not _mostly_percent(grid, c)]


def _mostly_percent(grid: NumberGrid, column: int) -> bool:
    """Whether a column prints percentages in half of its rows or more; a row of them among counts is another thing."""
    figures = present(grid.column(column))
    return [figure.number.percent for figure in figures].count(True) * 2 >= len(figures)


def _telling(grid: NumberGrid, row: int, law: Holds, rate: int) -> bool | None:
    """As the law; rates that hold by chance (100 %, 50 %) say nothing."""
    printed, answer = grid.rows[row][rate], law(row)
    plain = printed is None or printed.value == HUNDRED or printed.number.digits < _FINE
    return None if answer and plain else answer


def _divides(grid: NumberGrid, row: int, divisor: int, dividend: int, rate: int) -> bool | None:
    figures = grid.rows[row]
    base, part, printed = figures[divisor], figures[dividend], figures[rate]
    if base is None or part is None or printed is None:
        return None
    if base.number.percent or part.number.percent or base.value == 0:
        return None
    if base.value == part.value:  # says nothing about which column divides which
        return True if printed.value == HUNDRED else None
    exact = quotient(part.value * HUNDRED, base.value)
    if abs(exact - printed.value) > _FAR:
        return False
    if fit(printed.number, exact) in ("exact", "half-up"):
        return True
    return _allowed(printed, part.interval.scaled(HUNDRED).divide(base.interval))


def _grows(grid: NumberGrid, law: Law, row: int) -> bool | None:
    figures = grid.rows[row]
    before, now, printed = figures[law.parts[0]], figures[law.parts[1]], figures[law.total]
    if before is None or now is None or printed is None:
        return None
    if before.number.percent or now.number.percent or before.value <= 0:
        return None
    point = quotient((now.value - before.value) * HUNDRED, before.value)
    if abs((-point if law.falls else point) - printed.value) > _FAR:
        return False
    exact, possible = grown(before, now, falls=law.falls)
    return fit(printed.number, exact) in ("exact", "half-up") or _allowed(printed, possible)


def grown(before: Figure, now: Figure, *, falls: bool = False) -> tuple[Decimal, Interval | None]:
    """Growth (falls: decrease) in per cent: the point value, and what the prints allow."""
    point = quotient((now.value - before.value) * HUNDRED, before.value)
    ratio, one = now.interval.divide(before.interval), Interval.exact(Decimal(1))
    if ratio is None:
        return (-point if falls else point), None
    return (-point, (one - ratio).scaled(HUNDRED)) if falls else (point, (ratio - one).scaled(HUNDRED))


def _allowed(printed: Figure, possible: Interval | None) -> bool:
    """Whether a rate lies within what the prints allow, where that is not vague."""
    if possible is None or not 0 < possible.high - possible.low < _WIDE:
        return False
    return possible.meets(Interval.printed(printed.number))


def _runs(columns: list[int]) -> Iterator[tuple[int, ...]]:
    """Runs of three or more columns."""
    for first in range(len(columns)):
        for last in range(first + 3, len(columns) + 1):
            yield tuple(columns[first:last])


def pieces(grid: NumberGrid, row: int, law: Law) -> list[Figure] | None:
    """The parts that a row prints; None where one is no number, or not printed and the heads do not tell the law."""
    printed = grid.rows[row]
    figures = present([printed[part] for part in law.parts])
    if len(figures) < len(law.parts):
        gone = [part for part in law.parts if printed[part] is None]
        if not (law.told and grid.empty and all(part in grid.empty[row] for part in gone)):
            return None
    return figures or None


def _adds(grid: NumberGrid, law: Law, row: int) -> bool | None:
    """Whether a row obeys a sum; None where it cannot be asked, or holds as all but one part are nothing."""
    whole, parts = grid.rows[row][law.total], pieces(grid, row, law)
    if whole is None or parts is None or whole.number.percent or any(part.number.percent for part in parts):
        return None
    filled = [part for part in parts if part.number.value != 0]
    if len(filled) < len(parts) and not law.told:
        return None
    holds = sum([part.number.value for part in parts]) == whole.number.value
    return None if holds and len(filled) < _LEAST else holds


def usual(grid: NumberGrid, holds: Holds, least: int = 3) -> bool:
    """Whether a law holds in `least` rows or more, and in two of three where it can be asked."""
    asked = held = 0
    for row in range(len(grid.rows)):
        answer = holds(row)
        asked += answer is not None
        held += bool(answer)
        if asked - held > _MISSES and held * 2 < asked:
            return False
    return held >= least and held * 3 >= asked * 2


def almost(grid: NumberGrid, holds: Holds) -> bool:
    """Whether a law holds in two rows or more, and in all but one of those where it can be asked."""
    held = missed = 0
    for row in range(len(grid.rows)):
        answer = holds(row)
        held += answer is True
        missed += answer is False
        if missed > 1:
            return False
    return held >= _ALMOST


def present(figures: list[Figure | None]) -> list[Figure]:
    """The figures that are there."""
    return [figure for figure in figures if figure is not None]
