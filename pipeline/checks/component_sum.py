"""Check: in a table whose column is the sum of others, it is so in every row (分项合计)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid, plain_tables
from pipeline.checks.model import Check, Relation
from pipeline.checks.table_laws import present, sums
from pipeline.checks.tolerance import written
from pipeline.checks.wording import plus, where

RULE = "component-sum"


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in plain_tables(facts):
        for law in sums(grid):
            for number, row in enumerate(grid.rows):
                parts = present([row[column] for column in law.parts])
                whole = row[law.total]
                if whole is not None and len(parts) == len(law.parts):
                    yield _sum(grid, number, parts, whole)


def _sum(grid: NumberGrid, row: int, parts: list[Figure], whole: Figure) -> Relation:
    computed = sum((part.value for part in parts), Decimal(0))
    relation = Relation(
        RULE,
        "consistent" if computed == whole.value else "inconsistent",
        tuple(part.operand("operand") for part in parts),
        (whole.operand("reported"),),
        formula=f"{plus([part.cell.text for part in parts])} = {written(computed)}",
        reported=whole.cell.text,
        computed=written(computed),
        difference=whole.value - computed,
    )
    if relation.verdict == "consistent":
        return relation
    label = grid.labels[row] or f"第 {row + 1} 行"
    return replace(
        relation,
        title=f"表中“{label}”分项之和 {written(computed)} 与合计 {whole.cell.text} 不符",
        message=f"{where(relation.right[0].span)}“{label}”一行列示 {whole.cell.text}，分项相加 {relation.formula}，"
        f"相差 {written(abs(whole.value - computed))}；该表其余各行分项之和多等于合计。",
    )


CHECK = Check(
    rule=RULE,
    name="表内分项合计",
    what="Where a column of a table is the sum of other columns in most rows, it is so in every row.",
    why="A cell copied from another year or row breaks the sum that its neighbours keep.",
    formula="Σ parts = whole",
    tolerance="equality; the law must hold in three rows and in two of three; below a head 合计 in all rows but one",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 年份 | 总额 | 甲 | 乙；表 t9 2018 | 30.5 | 20 | 10.5；"
        "表 t9 2019 | 41 | 30 | 11；表 t9 2020 | 52 | 40 | 12",
    ),
    disagrees=(
        "表 t9 年份 | 总额 | 甲 | 乙；表 t9 2018 | 30.5 | 20 | 10.5；表 t9 2019 | 41 | 30 | 11；"
        "表 t9 2020 | 52 | 40 | 12；表 t9 2021 | 63 | 50 | 12",
        "表 t9 问题 | 满意 | 一般 | 不满意 | 合计；表 t9 甲 | 70 | 20 | 10 | 100；"
        "表 t9 乙 | 65 | 22 | 13 | 110；表 t9 丙 | 81 | 12 | 7 | 100",
    ),
    false_alarms=("columns that add up in a few rows by chance",),
)
