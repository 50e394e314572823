"""Check: in a table whose column is the sum of others, it is so in every row (分项合计)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.balance_rows import balanced
from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid, slack
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.row_sums import row_sums
from pipeline.checks.table_laws import pieces, sums
from pipeline.checks.tolerance import written
from pipeline.checks.wording import plus, where

RULE = "component-sum"
# Rows of what things are to each other (效益成本比, 户均面积), not of how much there is.
_RATIO = re.compile(
    r"[率比](?:例|重|值)?\s*(?:$|[（(])|倍数|平均|单价|单位成本|[人户亩均日月]均(?!衡)|每[^，]{1,6}(?:成本|费用|金额)|标准"
)


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in facts.number_grids:
        tested = set()
        for law in sums(grid):
            for number, row in enumerate(grid.rows):
                parts, whole = pieces(grid, number, law), row[law.total]
                if whole is not None and parts is not None and not _is_ratio(grid.labels[number], [*parts, whole]):
                    relation = _sum(grid.labels[number] or f"第 {number + 1} 行", parts, whole)
                    tested.add(relation.right[0].key)
                    yield relation
        found = [*balanced(grid, RULE), *_across(grid)]
        yield from (one for one in found if one.right[0].key not in tested)


def _is_ratio(label: str, figures: list[Figure]) -> bool:
    """Whether a row prints ratios, of which that of the whole is no sum."""
    return bool(_RATIO.search(label)) or any(figure.number.percent for figure in figures)


def _across(grid: NumberGrid) -> Iterator[Relation]:
    """Columns that total others, where their heads say so and the rows prove it: the rows as columns of a total row."""
    for one in (one for one in row_sums(grid.turned) if one.held):
        for column in one.columns:
            if _is_ratio(column.head, [*column.parts, column.total]):
                continue
            relation = _sum(column.head, list(column.parts), column.total)
            doubted = relation.verdict == "inconsistent" and not one.proved
            yield undecided(relation, "没有其他行证明该列为各列之和") if doubted else relation


def _sum(label: str, parts: list[Figure], whole: Figure) -> Relation:
    computed = sum((part.value for part in parts), Decimal(0))
    gap = abs(whole.value - computed)
    remainder = gap <= slack([*parts, whole])
    relation = Relation(
        RULE,
        "consistent" if computed == whole.value else "inconsistent",
        tuple(part.operand("operand") for part in parts),
        (whole.operand("reported"),),
        formula=f"{plus([part.cell.text for part in parts])} = {written(computed)}",
        reported=whole.cell.text,
        computed=written(computed),
        difference=whole.value - computed,
        severity="info" if remainder else "error",
    )
    if relation.verdict == "consistent":
        return relation
    return replace(
        relation,
        title=f"表中“{label}”分项之和 {written(computed)} 与合计 {whole.cell.text} 不符",
        message=f"{where(relation.right[0].span)}“{label}”一行列示 {whole.cell.text}，分项相加 {relation.formula}，"
        f"相差 {written(gap)}；{'在各项四舍五入的尾差范围内' if remainder else '该表其余各行分项之和多等于合计'}。",
    )


CHECK = Check(
    rule=RULE,
    name="表内分项合计",
    what="Where a column of a table is the sum of other columns in most rows, or what is left of a stock carried "
    "forward, it is so in every row.",
    why="A cell copied from another year or row breaks the sum that its neighbours keep.",
    formula="Σ parts = whole; stock at first + what came − what went = stock at last",
    tolerance="equality; the law must hold in three rows and in two of three; below a head 合计 or 结余 in two rows "
    "and in all but one; amounts off by rounding alone are told as that",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 年份 | 上年结转 | 到位 | 支出 | 年末结转；表 t9 2019 | 12.5 | 320 | 271.84 | 60.66；"
        "表 t9 2020 | 60.66 | 535 | 498.67 | 96.99；表 t9 2021 | 96.99 | 682 | 691.13 | 87.86",
        "表 t9 县 | 预算数 | 到位数 | 支出数 | 结余数；表 t9 甲 | 620 | 620 | 568.35 | 51.65；"
        "表 t9 乙 | 830 | 830 | 774.18 | 55.82；表 t9 丙 | 950 | 910 | 812.46 | 97.54",
        "表 t9 项目 | 2021年 | 2022年 | 合计；表 t9 成本 | 41.5 | 52.3 | 93.8；表 t9 效益 | 61.8 | 68.0 | 129.8；"
        "表 t9 补贴 | 12 | 14 | 26；表 t9 效益成本比 | 1.49 | 1.30 | 1.38",
        "表 t9 年份 | 总额 | 甲 | 乙；表 t9 2018 | 30.5 | 20 | 10.5；"
        "表 t9 2019 | 41 | 30 | 11；表 t9 2020 | 52 | 40 | 12",
    ),
    disagrees=(
        "表 t9 年份 | 上年结转 | 到位 | 支出 | 年末结转；表 t9 2019 | 12.5 | 320 | 271.84 | 60.66；"
        "表 t9 2020 | 60.66 | 535 | 498.67 | 96.99；表 t9 2021 | 96.99 | 682 | 691.13 | 78.86",
        "表 t9 年份 | 总额 | 甲 | 乙；表 t9 2018 | 30.5 | 20 | 10.5；表 t9 2019 | 41 | 30 | 11；"
        "表 t9 2020 | 52 | 40 | 12；表 t9 2021 | 63 | 50 | 12",
        "表 t9 问题 | 满意 | 一般 | 不满意 | 合计；表 t9 甲 | 70 | 20 | 10 | 100；"
        "表 t9 乙 | 65 | 22 | 13 | 110；表 t9 丙 | 81 | 12 | 7 | 100",
        "表 t9 单位 | 到位 | 支出 | 结余；表 t9 甲 | 50.5 | 42 | 8.5；表 t9 乙 | 31 | 31 | 0；表 t9 丙 | 24 | 21 | 3；"
        "表 t9 丁 | 36 | 30 | 9",
        "表 t9 内容 | 东区 计划 | 东区 完成 | 西区 计划 | 西区 完成 | 合计 计划 | 合计 完成；"
        "表 t9 沟渠 | 15.5 | 15.2 | 9.7 | 9.05 | 25.2 | 24.7；表 t9 水管 | 21.3 | 21.4 | 17.7 | 17.5 | 39 | 38.9；"
        "表 t9 路面 | 7.2 | 7.1 | 3.8 | 3.6 | 11 | 10.7",
    ),
    false_alarms=("columns that add up in a few rows by chance",),
)
