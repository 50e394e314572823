"""Check: a share printed in a table is its row's part of the column's total (表内占比)."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import undecided, verdict_of
from pipeline.checks.row_sums import Column, row_sums
from pipeline.checks.tolerance import HUNDRED, fit, quotient, written
from pipeline.checks.wording import where

RULE = "share-table"
_LEAST = 2  # rows whose shares follow


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in facts.number_grids:
        shares = [column for column in range(grid.width) if grid.is_rate(column)]
        for one in row_sums(grid)[-1:] if shares else ():
            counted = [column for column in one.columns if not column.total.number.percent]
            for share in shares:
                yield from _of_shares(grid, share, one.total, counted)


def _of_shares(grid: NumberGrid, share: int, total: int, counted: list[Column]) -> Iterator[Relation]:
    """The shares against the first column whose parts of its total they are, in all rows but one."""
    for column in counted:
        rows = [
            (part, rate)
            for number, row in enumerate(grid.rows)
            if number != total and (part := row[column.index]) is not None and (rate := row[share]) is not None
        ]
        missed = sum(not _follows(part, column.total.value, rate) for part, rate in rows)
        if missed <= 1 and len(rows) - missed >= _LEAST:
            for part, rate in rows:
                relation = _relation(part, column.total, rate)
                # A column that does not add up is a finding of its own, and explains the row.
                blocked = relation.verdict == "inconsistent" and not column.holds
                yield undecided(relation, "该列各行之和与合计不符，先核实该列") if blocked else relation
            return


def _follows(part: Figure, total: Decimal, share: Figure) -> bool:
    return fit(share.number, quotient(part.value * HUNDRED, total)) in ("exact", "half-up")


def _relation(part: Figure, total: Figure, share: Figure) -> Relation:
    exact = quotient(part.value * HUNDRED, total.value)
    how = fit(share.number, exact)
    computed = written(exact, max(share.number.digits, 2)) + "%"
    relation = Relation(
        RULE,
        verdict_of(how),
        (part.operand("operand"), total.operand("operand")),
        (share.operand("reported"),),
        formula=f"{part.cell.text} ÷ {total.cell.text} = {computed}",
        reported=share.cell.text,
        computed=computed,
        difference=share.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"表中占比 {relation.reported} 与所列数量不符（应为 {computed}）",
        message=f"{where(relation.right[0].span)}占比列示 {relation.reported}，按该行数量与合计复算，"
        f"{relation.formula}；该表其余各行的占比均按此计算。",
    )


CHECK = Check(
    rule=RULE,
    name="表内占比",
    what="In a table of counts with their shares of the total, every share is its row's count divided by the total.",
    why="Both stand in one row, so the reader can divide them.",
    formula="count ÷ total × 100 % = share",
    tolerance="half-up at the printed digits; all rows but one must follow, else the table is left alone",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 选项 | 份数 | 占比；表 t9 很满意 | 218 | 54.50%；表 t9 满意 | 112 | 28.00%；表 t9 一般 | 70 | 17.50%；"
        "表 t9 合计 | 400 | 100%",
    ),
    disagrees=(
        "表 t9 选项 | 份数 | 占比；表 t9 很满意 | 218 | 54.50%；表 t9 满意 | 112 | 25.00%；表 t9 一般 | 70 | 17.50%；"
        "表 t9 合计 | 400 | 100%",
    ),
    false_alarms=("shares of another column or of another whole", "shares weighted over several questions"),
)
