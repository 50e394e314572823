"""Check: the total rows of a table add up the rows they stand for, in every column (表内合计行)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from extractors.provenance import CellPlace
from pipeline.checks import amount_total
from pipeline.checks.facts import Facts
from pipeline.checks.grids import NumberGrid, slack
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.row_sums import Column, RowSum, row_sums
from pipeline.checks.slip import is_exchange
from pipeline.checks.tolerance import HUNDRED, fit, quotient, written
from pipeline.checks.wording import plus, where

RULE = "column-sum"
_NEAR = Decimal(20)  # per cent of the total: further off, the column is no sum
_CLEAR = 2  # columns that add up, where all but one do: then the last does, too
_MANY = 3  # parts of the only column of a table
_FEW, _DIGITS = 6, 3  # parts and digits of numbers that do not add up by chance with two digits exchanged
_ADDED = re.compile(
    r"额|金|款|(?<![指分倍均])数(?:[（(].{1,4}[)）])?$|经费|支出|预算|拨付|兑现|到位|投资|费|数量|[户人份件台套亩场个]数?(?:[（(].{1,4}[)）])?$"
)
_HEADS = re.compile(r"[家户人名个村位]|企业|单位|机构|对象")  # counted once though in several rows
_TIMES = re.compile(r"次|份|件")
_PLACES = re.compile(
    r"小区|乡镇|街道|社区|[县区]（?名称|^(?:市县|县区|区县|县市区|县（市、区）|镇村|行政村|学校|医院|地区|区域|所属.{1,3})$"
)
_NAMES = 3  # columns from the left that may name the rows
_PLACE = re.compile(r"(?:[省市县区旗镇乡村所]|街道|社区|[林农]场|办事处|[小中大]学|学校|学院|医院|[支大中]队)$")


def _test(facts: Facts) -> Iterator[Relation]:
    grids = [(grid, sums) for grid in facts.number_grids if (sums := row_sums(grid))]
    money = {line.table for line in facts.funds.lines if line.table}
    settled = _settled(facts) if any(grid.grid.table_id in money for grid, _ in grids) else frozenset()
    for grid, sums in grids:
        for one in sums:
            for column in one.columns:
                relation = _relation(column)
                if relation.right[0].span.cell in settled:
                    continue
                if relation.verdict != "inconsistent":
                    yield relation
                    continue
                reason = _excuse(grid, sums, one, column)
                yield undecided(relation, reason) if reason else _told(column, relation, one.proved)


def _settled(facts: Facts) -> frozenset[CellPlace | None]:
    """The total cells of money tables that the check of these has decided."""
    decided = (one for one in amount_total.CHECK.test(facts) if one.verdict != "indeterminate")
    return frozenset(one.right[0].span.cell for one in decided)


def _relation(column: Column) -> Relation:
    computed, total = column.computed, column.total
    exact = computed == total.value
    return Relation(
        RULE,
        "consistent" if exact else "rounding" if column.holds else "inconsistent",
        tuple(part.operand("operand") for part in column.parts),
        (total.operand("reported"),),
        formula=f"{plus([part.cell.text for part in column.parts])} = {written(computed)}",
        reported=total.cell.text,
        computed=written(computed),
        difference=total.value - computed,
        severity="info" if _remainder(column) else "warning",
    )


def _remainder(column: Column) -> bool:
    """Whether amounts miss their total by no more than rounding each of them explains (尾差)."""
    return abs(column.computed - column.total.value) <= slack([*column.parts, column.total])


def _excuse(grid: NumberGrid, sums: Sequence[RowSum], one: RowSum, column: Column) -> str:
    """Why the printed total may still be right, Chinese; '' where nothing speaks for it."""
    if grid.is_open:
        return "表中有省略的行"
    gap = abs(column.computed - column.total.value)
    clear = one.held >= _CLEAR and one.held == len(one.columns) - 1 and bool(_ADDED.search(column.head))
    shared = any(other.holds and other.total.number.percent for other in one.columns if other is not column)
    if shared and _shares_follow(one, column):
        return ""
    mistyped = _is_mistyped(column)
    if quotient(gap * HUNDRED, abs(column.total.value)) > _NEAR and not clear and not (mistyped and one.held):
        return "该列可能不是可加项"
    if column.total.value < column.computed and _counts_heads(column) and not shared and not _places(grid, one):
        return "同一对象可能计入多行，合计可能已去重"
    elsewhere = any(
        other.run == one.run != "" and any(c.index == column.index and c.holds for c in other.columns)
        for other in sums
        if other is not one
    )
    if one.proved or elsewhere or mistyped or _unmistakable(one, column, gap):
        return ""
    return "没有其他列证明各行即为合计的全部"


def _shares_follow(one: RowSum, column: Column) -> bool:
    """Whether the shares printed beside the rows are those of the rows' sum: then they are all of the whole."""
    shares = [other for other in one.columns if other.total.number.percent and len(other.parts) == len(column.parts)]
    return any(
        all(
            fit(share.number, quotient(part.value * HUNDRED, column.computed)) in ("exact", "half-up")
            for part, share in zip(column.parts, other.parts, strict=True)
        )
        for other in shares
        if column.computed
    )


def _is_mistyped(column: Column) -> bool:
    """Whether the total, or one of few parts, is what would add up with two digits exchanged."""
    digits = max(figure.number.digits for figure in (*column.parts, column.total))
    gap = column.computed - column.total.value
    sides = [(column.total.value, column.computed)]
    if len(column.parts) <= _FEW:
        sides += [(part.value, part.value - gap) for part in column.parts if part.value > gap]
    return len(column.parts) >= _MANY and any(is_exchange(one, other, digits, _DIGITS) for one, other in sides)


def _counts_heads(column: Column) -> bool:
    """Whether a column counts people, households or bodies, not times."""
    return bool(_HEADS.search(column.head)) and not _TIMES.search(column.head)


def _places(grid: NumberGrid, one: RowSum) -> bool:
    """Whether the rows share nobody: places, bodies, or rows whose heads add up in another column."""
    if any(other.holds and _counts_heads(other) for other in one.columns):
        return True
    if any(_PLACES.search(grid.heads[column]) for column in range(min(_NAMES, grid.width))):
        return True
    return sum(bool(_PLACE.search(grid.labels[row])) for row in one.parts) * 2 > len(one.parts)


def _unmistakable(one: RowSum, column: Column, gap: Decimal) -> bool:
    """Whether the only total of a table with one column to add is off by less than any row: none is left out."""
    least = min(abs(part.value) for part in column.parts)
    whole = len(column.parts) == len(one.parts) >= _MANY
    return one.alone and len(one.columns) == 1 and whole and gap < least and bool(_ADDED.search(column.head))


def _told(column: Column, relation: Relation, proved: bool) -> Relation:
    """The relation in words."""
    operand: Operand = relation.right[0]
    behind = "该表其他列各行之和等于合计。" if proved else "各行均已列示。"
    if relation.severity == "info":
        behind = "差额在各行四舍五入的尾差范围内。"
    return replace(
        relation,
        title=f"表中“{column.head}”各行之和 {relation.computed} 与合计 {relation.reported} 不符",
        message=f"{where(operand.span)}“{column.head}”合计列示 {relation.reported}，各行相加 {relation.formula}；"
        f"{behind}",
    )


CHECK = Check(
    rule=RULE,
    name="表内合计行",
    what="A row 合计, 小计 or 总计, above or below what it sums up, adds up its rows in every column that is added.",
    why="A cell that was changed alone breaks its column's sum while the columns beside it keep theirs.",
    formula="Σ rows = total row",
    tolerance="equality, shares half a unit of the last digit each; other columns or other totals of the table must "
    "add up, and the total must be within 20 %, else undecided; amounts off by rounding alone are told as that",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 选项 | 份数 | 占比；表 t9 很满意 | 218 | 54.50%；表 t9 满意 | 112 | 28.00%；表 t9 一般 | 70 | 17.50%；"
        "表 t9 合计 | 400 | 100%",
        "表 t9 乡镇 | 户数 | 人数；表 t9 甲 | 31 | 98；表 t9 乙 | 42 | 120；表 t9 丙 | 27 | 77；表 t9 合计 | 100 | 295",
        "表 t9 类别 | 子项目 | 计划 | 支出；表 t9 总计 | | 60 | 51.5；表 t9 工程 | 渠道 | 20 | 18.5；"
        "表 t9 工程 | 泵站 | 15 | 13；表 t9 工程 | 小计 | 35 | 31.5；表 t9 培训 | 讲座 | 10 | 9；"
        "表 t9 培训 | 资料 | 15 | 11；表 t9 培训 | 小计 | 25 | 20",
    ),
    disagrees=(
        "表 t9 子项目 | 金额；表 t9 合计 | 97.5；表 t9 渠道 | 20.5；表 t9 泵站 | 35；表 t9 管护 | 39",
        "表 t9 类别 | 子项目 | 支出；表 t9 工程 | 渠道 | 18.5；表 t9 工程 | 泵站 | 13；表 t9 工程 | 小计 | 31.5；"
        "表 t9 培训 | 讲座 | 9；表 t9 培训 | 资料 | 11；表 t9 培训 | 小计 | 22；表 t9 合计 | | 51.5",
        "表 t9 选项 | 份数 | 占比；表 t9 很满意 | 218 | 54.50%；表 t9 满意 | 114 | 28.00%；表 t9 一般 | 70 | 17.50%；"
        "表 t9 合计 | 400 | 100%",
        "表 t9 乡镇 | 户数 | 人数；表 t9 甲 | 31 | 98；表 t9 乙 | 42 | 121；表 t9 丙 | 27 | 77；表 t9 合计 | 100 | 295",
    ),
    false_alarms=(
        "rows 其中 and 小计",
        "prices and rates, which are not added",
        "parts left out of the table",
        "stocks and running totals of several years",
        "heads counted in several rows and once in the total",
    ),
)
