"""Rows that carry a stock forward (结转关系): what was there, and came in, less what went out, is what is left."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import permutations

from extractors.frozen import frozen, replace
from pipeline.checks.grids import Figure, NumberGrid, slack
from pipeline.checks.model import Relation
from pipeline.checks.table_laws import almost, usual
from pipeline.checks.tolerance import written
from pipeline.checks.wording import where

_OPENING = re.compile(r"上年|上期|年初|期初|旧存|以前年度|往年")
_CLOSING = re.compile(r"(?:年末|期末|本年|年底)?(?:结转|结余|结存|余额|未结|库存|存量)")
_MOST = 10  # columns that are tried with each other


@frozen
class _Balance:
    """Columns of a stock: at first, what came in, what went out, at last (期初、增加、减少、期末)."""

    opening: int
    came: int
    went: int
    closing: int


def balanced(grid: NumberGrid, rule: str) -> Iterator[Relation]:
    """Every row of a table whose heads tell a stock at first and at last, where most rows carry it forward."""
    columns = [at for at in range(grid.width) if not grid.is_rate(at) and any(grid.column(at))]
    opening = [at for at in columns if _OPENING.search(grid.heads[at])]
    closing = [at for at in columns if _CLOSING.search(grid.heads[at]) and at not in opening]
    if len(opening) != 1 or len(closing) != 1 or len(columns) > _MOST:
        return
    others = [at for at in columns if at not in (*opening, *closing)]
    for came, went in permutations(others, 2):
        law = _Balance(opening[0], came, went, closing[0])
        holds = partial(_holds, grid, law)
        if usual(grid, holds) or almost(grid, holds):
            for row in range(len(grid.rows)):
                figures = _figures(grid, law, row)
                if figures is not None:
                    yield _relation(rule, grid.labels[row] or f"第 {row + 1} 行", figures)
            return


def _figures(grid: NumberGrid, law: _Balance, row: int) -> tuple[Figure, Figure, Figure, Figure] | None:
    """The four numbers of a row; None where one is not printed, or a percentage."""
    first, came, went, last = (grid.rows[row][at] for at in (law.opening, law.came, law.went, law.closing))
    if first is None or came is None or went is None or last is None:
        return None
    figures = (first, came, went, last)
    return None if any(figure.number.percent for figure in figures) else figures


def _holds(grid: NumberGrid, law: _Balance, row: int) -> bool | None:
    figures = _figures(grid, law, row)
    if figures is None or not all(figure.value for figure in figures[:3]):
        return None
    return _left(figures) == figures[3].value


def _left(figures: tuple[Figure, Figure, Figure, Figure]) -> Decimal:
    first, came, went, _ = figures
    return first.value + came.value - went.value


def _relation(rule: str, label: str, figures: tuple[Figure, Figure, Figure, Figure]) -> Relation:
    first, came, went, last = figures
    computed, gap = _left(figures), last.value - _left(figures)
    relation = Relation(
        rule,
        "consistent" if not gap else "inconsistent",
        tuple(figure.operand("operand") for figure in (first, came, went)),
        (last.operand("reported"),),
        formula=f"{first.cell.text} + {came.cell.text} − {went.cell.text} = {written(computed)}",
        reported=last.cell.text,
        computed=written(computed),
        difference=gap,
        severity="info" if abs(gap) <= slack(figures) else "error",
    )
    if not gap:
        return relation
    return replace(
        relation,
        title=f"表中“{label}”结转 {last.cell.text} 与上期结转、本期增减不符（应为 {written(computed)}）",
        message=f"{where(relation.right[0].span)}“{label}”一行列示 {last.cell.text}，按该行复算，{relation.formula}，"
        f"相差 {written(abs(gap))}；该表其余各行均按此结转。",
    )
