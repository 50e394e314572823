"""Check: in a table of quantities and unit prices each amount is their product (量价表)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from extractors.frozen import frozen, replace
from normalizers.units import YUAN
from pipeline.checks.facts import Facts
from pipeline.checks.fixed_price import fixed_price
from pipeline.checks.grids import TOTAL, Figure, NumberGrid, Row
from pipeline.checks.model import Check, Relation
from pipeline.checks.relate import verdict_of
from pipeline.checks.slip import is_exchange
from pipeline.checks.table_laws import almost, misses, usual
from pipeline.checks.tolerance import Interval, fit, half_up, quotient, written
from pipeline.checks.wording import where

RULE = "price-columns"
_DIGITS = 3  # of a price that is not another by chance
_PRICE = re.compile(
    r"单价|^每(?:平方)?(?:公里|千米|亩|人|户|座|处|个|台|套|吨|场|次)|^[人户亩村场]均|标准(?!分|化|值)|元[/／](?:亩|人|户|公里|平方米|㎡|月|年|吨|台|套|个|件|次)"
)
_QUANTITY = re.compile(
    r"数量|面积|人数|户数|里程|长度|亩数|台数|套数|吨数|次数|人次|重量|工程量|学生|[（(](?:[人户亩台套座个株米m]|公里|平方米|立方米|吨)[)）]$"
)
_AMOUNT = re.compile(r"金额|合价|价款|小计|合计|补助(?:资金|额)|补贴(?:资金|额)|总价|费用|资金")
_COUNTED = re.compile(_QUANTITY.pattern + "|人口|对象")
_TIMES = re.compile(r"月数|期数|天数|年数|学期数|月份数")
_UNITS = re.compile(r"亿元|万元|千元|元")


@frozen
class _Product:
    """Which columns are multiplied, which prints the result, and the factor between their units (量价关系)."""

    factors: tuple[int, ...]
    amount: int
    scale: Decimal


def _test(facts: Facts) -> Iterator[Relation]:
    for grid in facts.number_grids:
        yield from _fixed(grid)
        ways = [found for found in _products(grid) if _shown(grid, found)]
        if ways:  # of 计划数量 and 购置数量 the one that the amounts were reckoned with
            found = min(ways, key=lambda one: misses(grid, partial(_holds, grid, one)))
            for number, row in enumerate(grid.rows):
                if not TOTAL.search(grid.labels[number]) and _holds(grid, found, number) is not None:
                    yield _relation(found, row)


def _shown(grid: NumberGrid, found: _Product) -> bool:
    """Whether most rows of a table bear a product out."""
    law = partial(_holds, grid, found)
    return usual(grid, law) or almost(grid, law)


def _fixed(grid: NumberGrid) -> Iterator[Relation]:
    """The amounts of a table without a price, where one price is behind them all."""
    if _columns(grid, _PRICE):
        return
    quantities = [at for at in _columns(grid, _COUNTED) if not grid.is_rate(at)]
    amounts = [at for at in _columns(grid, _AMOUNT) if at not in quantities]
    yield from fixed_price(grid, quantities, amounts, RULE)


def _products(grid: NumberGrid) -> Iterator[_Product]:
    """The products that the heads announce: one price, one quantity, the periods where there are any, an amount."""
    kinds = {name: _columns(grid, form) for name, form in (("price", _PRICE), ("times", _TIMES))}
    quantities = [c for c in _columns(grid, _QUANTITY) if c not in (*kinds["price"], *kinds["times"])]
    taken = (*kinds["price"], *kinds["times"], *quantities)
    amounts = [column for column in _columns(grid, _AMOUNT) if column not in taken]
    if len(kinds["price"]) != 1 or len(kinds["times"]) > 1:
        return
    price, scale = kinds["price"][0], _unit(grid, kinds["price"][0])
    for quantity in quantities:
        for amount in amounts:
            yield _Product((quantity, price, *kinds["times"]), amount, scale / _unit(grid, amount))


def _columns(grid: NumberGrid, form: re.Pattern[str]) -> list[int]:
    return [column for column in range(grid.width) if form.search(grid.heads[column])]


def _unit(grid: NumberGrid, column: int) -> Decimal:
    """元 per unit of a column, by its head, else by the table's caption."""
    match = _UNITS.search(grid.heads[column]) or _UNITS.search(grid.grid.unit)
    return YUAN[match[0]] if match else Decimal(1)


def _holds(grid: NumberGrid, found: _Product, number: int) -> bool | None:
    row = grid.rows[number]
    figures = [row[column] for column in (*found.factors, found.amount)]
    if any(figure is None or figure.number.percent or figure.value == 0 for figure in figures):
        return None
    return _relation(found, row).verdict != "inconsistent"


def _is_mistyped(factors: list[Figure], amount: Figure, scale: Decimal) -> bool:
    """Whether the price that amount and quantity give is printed with two digits exchanged (43.03 for 43.30)."""
    quantity, price = factors[:2]
    if len(factors) > 2 or not quantity.value:
        return False
    digits = price.number.digits
    right = half_up(quotient(amount.value, quantity.value * scale), digits)
    return is_exchange(price.value, right, digits, _DIGITS)


def _relation(found: _Product, row: Row) -> Relation:
    factors = [figure for column in found.factors if (figure := row[column]) is not None]
    amount = row[found.amount]
    if amount is None:
        raise ValueError("only rows with an amount are tested")
    exact, possible = found.scale, Interval.exact(found.scale)
    for figure in factors:
        exact = exact * figure.value
        possible = possible * (figure.interval if figure.number.digits else Interval.exact(figure.value))
    how = fit(amount.number, exact, possible)
    if how == "interval" and _is_mistyped(factors, amount, found.scale):
        how = "differs"
    shown = " × ".join(figure.cell.text for figure in factors)
    computed = written(exact, max(amount.number.digits, 2))
    relation = Relation(
        RULE,
        verdict_of(how),
        tuple(figure.operand("operand") for figure in factors),
        (amount.operand("reported"),),
        formula=f"{shown}{'' if found.scale == 1 else ' × ' + written(found.scale)} = {computed}",
        reported=amount.cell.text,
        computed=computed,
        low=possible.low,
        high=possible.high,
        difference=amount.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"量价表金额不符：列示 {relation.reported}，数量与单价之积为 {computed}",
        message=f"{where(relation.right[0].span)}金额列示 {relation.reported}，按该行数量与单价复算，"
        f"{relation.formula}；该表其余各行多按此计算。",
    )


CHECK = Check(
    rule=RULE,
    name="量价表",
    what="In a table whose heads name quantity, unit price and amount, each row's amount is the product.",
    why="Lists of subsidies and purchases are paid by such tables.",
    formula="quantity × unit price (× periods) = amount, in the units of the heads",
    tolerance="half-up at the printed digits, else the intervals of decimals; it must hold in two rows and in most",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 品名 | 数量（台） | 单价（元） | 金额（万元）；"
        "表 t9 水泵 | 12 | 3500 | 4.2；表 t9 电机 | 8 | 12000 | 9.6；"
        "表 t9 阀门 | 40 | 450 | 1.8",
        "表 t9 设备 | 计划数量（台） | 购置数量（台） | 单价 | 金额；表 t9 呼吸机 | 6 | 6 | 14.60 | 87.60；"
        "表 t9 监护仪 | 20 | 20 | 1.85 | 37.00；表 t9 分析仪 | 2 | 2 | 64.80 | 129.60；"
        "表 t9 除颤仪 | 6 | 5 | 4.40 | 22.00",
    ),
    disagrees=(
        "表 t9 机构 | 服务人口（万人） | 补助资金；表 t9 东镇 | 4.03 | 330.46；表 t9 西镇 | 6.38 | 523.16；"
        "表 t9 南镇 | 8.12 | 665.84；表 t9 北镇 | 4.76 | 390.32；表 t9 河镇 | 5.25 | 403.50",
        "表 t9 品名 | 数量（台） | 单价（元） | 金额（万元）；"
        "表 t9 水泵 | 12 | 3500 | 4.2；表 t9 电机 | 8 | 12000 | 9.6；"
        "表 t9 阀门 | 40 | 450 | 2.8；表 t9 管件 | 60 | 150 | 0.9",
    ),
    false_alarms=("amounts after deduction of the purchaser's own share", "prices rounded for print"),
)
