"""Columns of a table whose header is missing (无表头的表): read by standard names and by what the numbers do."""

import re
from decimal import Decimal

from extractors.frozen import frozen
from extractors.rows.column import Column
from extractors.rows.names import is_standard
from extractors.rows.text import cell_text
from extractors.segment.model import Cell

_NUMBER = re.compile(r"^\d{1,3}(?:\.\d+)?分?$")
# 7岁以下儿童健康管理率, but no 45800人
_NAME = re.compile(r"(?![≥≤＞＜><=＝约])(?=.*[\u4e00-\u9fff]{3})[^，。；]{3,24}")
_DEEPEST = 3  # levels of indicators
_PERCENT = re.compile(r"^\d{1,3}(?:\.\d+)?%$")


@frozen
class _Profile:
    """What one column holds: counts of cells that are standard names by level, numbers, percentages, anything."""

    names: tuple[int, int, int]
    numbers: int
    percents: int
    filled: int


def guess_columns(dense: list[list[Cell | None]]) -> tuple[Column, ...]:
    """Columns of a table without heads, or () unless names and numbers leave no doubt.

    Needs a column with two standard indicator names and, right of it, just two number columns, filled from the first
    row on, of which the first is never below the second (权重, 得分); a percentage column behind them is the rate.
    """
    width = len(dense[0]) if dense else 0
    profiles = [_profile(dense, index) for index in range(width)]
    levels = _level_columns(profiles)
    if not levels:
        return ()
    right = max(levels)
    numbers = [index for index in range(right + 1, width) if _mostly(profiles[index].numbers, profiles[index])]
    if len(numbers) != 2 or not _never_below(dense, numbers[0], numbers[1]):
        return ()
    if not all(_NUMBER.match(cell_text(dense[0][index])) for index in numbers):
        return ()  # a first row without numbers is a head, only not one that is known
    levels = _with_leaves(dense, levels, numbers[0])
    excess = max(max(levels.values()) - _DEEPEST, 0)  # 社会效益 may be of the second level and of the third
    levels = {index: level - excess for index, level in levels.items()}
    if min(levels.values()) < 1:
        return ()  # more levels than there are: which names are whose is not known
    roles = {index: f"level{level}" for index, level in levels.items()}
    roles |= {numbers[0]: "weight", numbers[1]: "score"}
    rates = [index for index in range(right + 1, width) if _mostly(profiles[index].percents, profiles[index])]
    if rates and rates[0] < numbers[0]:
        return ()  # a percentage in front of the points is a weight, and these are out of a hundred
    if rates:
        roles[rates[0]] = "score_rate"
    return tuple(Column(index, roles.get(index, ""), "") for index in range(width))


def _profile(dense: list[list[Cell | None]], index: int) -> _Profile:
    """Count what the distinct cells of a column hold."""
    names = [0, 0, 0]
    numbers = percents = filled = 0
    before: Cell | None = None
    for row in dense:
        cell = row[index]
        if cell is None or cell is before:
            continue
        before = cell
        text = cell_text(cell)
        filled += bool(text)
        numbers += bool(_NUMBER.match(text))
        percents += bool(_PERCENT.match(text))
        bare = re.sub(r"\(.*\)$", "", text)
        for level in (1, 2, 3):
            names[level - 1] += is_standard(bare, level)
    return _Profile((names[0], names[1], names[2]), numbers, percents, filled)


def _mostly(count: int, profile: _Profile) -> bool:
    """Whether `count` cells are at least three, and four in five of those filled."""
    return count >= 3 and count * 5 >= profile.filled * 4


def _level_columns(profiles: list[_Profile]) -> dict[int, int]:
    """Level of each column that holds at least two standard names of one level; a deeper level stands further right."""
    levels: dict[int, int] = {}
    deepest = 0
    for index, profile in enumerate(profiles):
        best = max((1, 2, 3), key=lambda level: (profile.names[level - 1], -level))
        if profile.names[best - 1] >= 2 and best > deepest:
            levels[index] = deepest = best
    return levels


def _with_leaves(dense: list[list[Cell | None]], levels: dict[int, int], end: int) -> dict[int, int]:
    """The levels with the columns of names right behind them, before the numbers at `end`: names that are no standard
    ones (办学条件改善, below 社会效益), the last column with another name in nearly every row."""
    done = dict(levels)
    for column in range(max(levels) + 1, end):
        texts = [cell_text(row[column]) for row in dense]
        names = [text for text in texts if _NAME.fullmatch(text)]
        if len(names) * 5 < len(texts) * 4:
            break
        done[column] = max(done.values()) + 1
        if len(set(names)) * 5 >= len(names) * 4:
            return done
    return levels


def _never_below(dense: list[list[Cell | None]], weight: int, score: int) -> bool:
    """Whether every weight is at least the score beside it."""
    for row in dense:
        left, right = cell_text(row[weight]).rstrip("分"), cell_text(row[score]).rstrip("分")
        if _NUMBER.match(left) and _NUMBER.match(right) and Decimal(left) < Decimal(right):
            return False
    return True
