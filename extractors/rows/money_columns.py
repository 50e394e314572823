"""Columns of money tables that their own heads do not tell apart (资金表的列): bare sums, tables side by side."""

import re
from itertools import pairwise

from extractors.frozen import replace
from extractors.rows.column import Column
from extractors.rows.heads import bare, money_role
from extractors.rows.text import cell_text
from extractors.segment.model import Cell

RATES = ("execution_rate", "arrival_rate")
_NO_SUM = ("", "growth", "share", *RATES)
_SUM = re.compile(r"^(?:合计|总计|小计|总额|共计)$")
_VALUE = re.compile(r"^[-+≥≤<>]?\d[\d,.]*(?:%|分|万元|元|亿元)?$")
_AMOUNT = re.compile(r"^\d[\d,]*(?:\.\d+)?$")
_DONE = re.compile(r"^(?:任务|指标|目标|年度)?完成率$")
_COUNTED = re.compile(r"[人户场次家个台套件份座项]数$|人次$|数量$|面积$|长度$|里程$|完成(?:情况|数|量)$")
_OF_BUDGET = re.compile(r"预算|执行")
_LEAST = 2  # heads of money, and amounts below each of them
_LOOK_BELOW = 8
Dense = list[list[Cell | None]]


def heads_money(dense: Dense, row: int) -> bool:
    """Whether a row without values names money over columns of amounts (`中央资金 | 省级资金`)."""
    texts = [cell_text(cell) for cell in dense[row]]
    if any(map(_VALUE.match, texts)):
        return False
    columns = [index for index, text in enumerate(texts) if text and money_role(text) not in _NO_SUM]
    below = dense[row + 1 : row + 1 + _LOOK_BELOW]
    filled = [
        index for index in columns if sum(bool(_AMOUNT.match(cell_text(line[index]))) for line in below) >= _LEAST
    ]
    return len({texts[index] for index in filled}) >= _LEAST and len(filled) == len(columns)


def with_sums(columns: list[Column], caption: str) -> list[Column]:
    """The columns; one headed 合计 and nothing else sums up the money beside it.

    It is what the caption says (`资金安排表`), else what all the others are.
    """
    others = {column.money for column in columns if column.money not in _NO_SUM}
    if not others:
        return columns
    named = (role for piece in caption.split() if (role := money_role(piece)) not in (*_NO_SUM, "other"))
    role = next(iter(others)) if len(others) == 1 else "other"
    role = next(named, role) if role == "other" else role
    return [
        replace(column, money=role) if not column.money and _SUM.match(bare(column.head)) else column
        for column in columns
    ]


def without_other_rates(columns: list[Column]) -> list[Column]:
    """The columns; rates of something else than the budget are shares.

    完成率 right behind a column of things counted (计划人数、完成人数、完成率), 支付进度 beside contracts (合同金额).
    """
    if any(column.money == "contract" for column in columns):
        columns = [
            replace(column, money="share")
            if column.money == "execution_rate" and not _OF_BUDGET.search(column.head)
            else column
            for column in columns
        ]
    kept = columns[:1]
    for before, column in pairwise(columns):
        counted = _DONE.match(bare(column.head)) and not before.money and _COUNTED.search(bare(before.head))
        kept.append(replace(column, money="share") if counted else column)
    return kept


def side_by_side(columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """The columns parted where the first head is printed again: two tables stand beside each other."""
    if not columns or not columns[0].head:
        return [columns]
    starts = [0, *(at for at, column in enumerate(columns) if at and column.head == columns[0].head)]
    return [columns[start:end] for start, end in zip(starts, [*starts[1:], len(columns)], strict=True)]
