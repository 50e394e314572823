"""Check: a column whose head names a percentage is that share of another column (按比例分期支付表)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import verdict_of
from pipeline.checks.tolerance import HUNDRED, Fit, fit, quotient, written
from pipeline.checks.wording import where

RULE = "head-share"
_SHARE = re.compile(r"[（(](?:占[^（()）\d]{1,8}|按)?(\d{1,2}(?:\.\d{1,2})?)\s?[%％][)）]")
_LEAST = 2  # rows that must follow


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in facts.number_grids:
        for column in range(grid.width):
            share = _SHARE.search(grid.heads[column])
            if share is not None and not grid.is_rate(column):
                yield from _of_column(grid, column, Decimal(share[1]))


def _of_column(grid: NumberGrid, column: int, rate: Decimal) -> Iterator[Relation]:
    """The column against the first one of which it is that share in two rows, and in all rows but one."""
    for base in range(grid.width):
        if base == column or grid.is_rate(base):
            continue
        rows = [
            (whole, part)
            for row in grid.rows
            if (whole := row[base]) is not None and (part := row[column]) is not None and whole.value > 0
        ]
        missed = sum(_judged(whole, part, rate) == "differs" for whole, part in rows)
        if missed <= 1 and len(rows) - missed >= _LEAST:
            yield from (_relation(grid, column, whole, part, rate) for whole, part in rows)
            return


def _judged(whole: Figure, part: Figure, rate: Decimal) -> Fit:
    return fit(part.number, quotient(whole.value * rate, HUNDRED))


def _relation(grid: NumberGrid, column: int, whole: Figure, part: Figure, rate: Decimal) -> Relation:
    exact, how = quotient(whole.value * rate, HUNDRED), _judged(whole, part, rate)
    computed = written(exact, max(part.number.digits, 2))
    relation = Relation(
        RULE,
        verdict_of(how),
        (whole.operand("operand"),),
        (part.operand("reported"),),
        formula=f"{whole.cell.text} × {written(rate)}% = {computed}",
        reported=part.cell.text,
        computed=computed,
        difference=part.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"表中“{grid.heads[column]}”{relation.reported} 与所注比例不符（应为 {computed}）",
        message=f"{where(relation.right[0].span)}“{grid.heads[column]}”列示 {relation.reported}，"
        f"按表头所注比例复算，{relation.formula}；该表其余各行均按此计算。",
    )


CHECK = Check(
    rule=RULE,
    name="表头比例",
    what="A column whose head names a percentage (尾款（20%）) is that share of another column of its row.",
    why="Contracts are paid in such instalments.",
    formula="amount × rate of the head = part",
    tolerance="half-up at the printed digits; two rows and all but one must follow, else the table is left alone",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=("表 t9 合同 | 金额 | 首付款（30%）；表 t9 甲 | 500 | 150；表 t9 乙 | 820 | 246；表 t9 丙 | 90 | 27",),
    disagrees=("表 t9 合同 | 金额 | 首付款（30%）；表 t9 甲 | 500 | 150；表 t9 乙 | 820 | 246；表 t9 丙 | 90 | 72",),
    false_alarms=("columns of percentages with their sum in the head", "weights of criteria"),
)
