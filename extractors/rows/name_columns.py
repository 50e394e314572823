"""Which columns hold indicator names, and of which level (名称列)."""

import re

from extractors.frozen import replace
from extractors.rows.column import Column
from extractors.rows.names import is_standard, names_group, without_label
from extractors.rows.text import cell_text
from extractors.segment.model import Cell

NAME_ROLES = ("level1", "level2", "level3", "level4", "indicator")
_OF_INDICATORS = ("weight", "score", "score_rate", "target", "actual")
_FUNDS = frozenset(("budget_original", "budget_adjusted", "arrived", "spent", "recovered"))
_MOST_LEVELS = 3
_VALUE = re.compile(r"^[-+≥≤<>]?\d[\d,.]*(?:%|分|万元|元|亿元)?$")
Dense = list[list[Cell | None]]


def settle_names(columns: list[Column], dense: Dense, body: tuple[int, ...]) -> list[Column]:
    """Columns whose heads only say 指标 get a level: the free one beside named levels, else what their names tell.

    With all three levels named such a column explains them.
    """
    columns = _below_one_head(_by_elimination(columns, dense, body), dense, body)
    levels = {column.role for column in columns if column.role.startswith("level")}
    plain = [column for column in columns if column.role == "indicator"]
    if levels:
        return _beside_levels(columns, levels)
    if len(plain) < 2:
        return columns
    found: dict[int, int] = {}
    deepest = 0
    for column in plain:
        own = _level_of_names(dense, body, column.index)
        deepest = own if own > deepest else min(deepest + 1, 3)
        found[column.index] = deepest
    return [replace(c, role=f"level{found[c.index]}") if c.index in found else c for c in columns]


def _below_one_head(columns: list[Column], dense: Dense, body: tuple[int, ...]) -> list[Column]:
    """Columns of names right behind the only one headed 指标, without a head of their own: its head was merged."""
    named = [column for column in columns if column.role in NAME_ROLES]
    if len(named) != 1 or named[0].role != "indicator":
        return columns
    covered = {named[0].index}
    for column in columns:
        if column.index - 1 in covered and not column.head and _holds_names(dense, body, column.index):
            covered.add(column.index)
    if not 2 <= len(covered) <= _MOST_LEVELS:
        return columns
    return [replace(column, role="indicator") if column.index in covered else column for column in columns]


def _beside_levels(columns: list[Column], levels: set[str]) -> list[Column]:
    """`indicator` becomes the level below those at its left, or a definition where that level is named elsewhere."""
    settled: list[Column] = []
    for column in columns:
        role = column.role
        if role == "indicator":
            left = [int(c.role[-1]) for c in settled if c.role.startswith("level")]
            free = f"level{max(left, default=0) + 1}"
            role = free if free in ("level1", "level2", "level3") and free not in levels else "definition"
            levels.add(role)
        settled.append(column if role == column.role else replace(column, role=role))
    return settled


def _level_of_names(dense: Dense, body: tuple[int, ...], index: int) -> int:
    """The level (1..3) at which most standard names of a column stand, 0 if it has none."""
    names = {without_label(cell_text(dense[row][index])) for row in body}
    counts = {level: sum(1 for name in names if is_standard(name, level)) for level in (1, 2, 3)}
    best = max(counts, key=lambda level: (counts[level], -level))
    return best if counts[best] else 0


def _by_elimination(columns: list[Column], dense: Dense, body: tuple[int, ...]) -> list[Column]:
    """Where no head says 指标名称: a column headed by an indicator (`产出指标`), or the only column of names."""
    if any(column.role in NAME_ROLES for column in columns) or not any(c.role in _OF_INDICATORS for c in columns):
        return columns
    if any(column.money in _FUNDS for column in columns) or sum(bool(column.money) for column in columns) > 1:
        return columns
    first = min(column.index for column in columns if column.role in _OF_INDICATORS)
    left = [column for column in columns if column.index < first and column.role in ("", "name")]
    texts = [column for column in left if _holds_names(dense, body, column.index)]
    found = next((column for column in texts if names_group(column.head)), texts[-1] if len(texts) == 1 else None)
    return [replace(column, role="indicator") if column is found else column for column in columns]


def _holds_names(dense: Dense, body: tuple[int, ...], index: int) -> bool:
    """Whether the cells of a column are short texts, none of them a number, most of them different."""
    texts = [text for row in body if (text := cell_text(dense[row][index]))]
    return len(texts) > 1 and len(set(texts)) * 2 > len(texts) and not any(map(_VALUE.match, texts))
