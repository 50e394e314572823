"""Amounts of a table that are one price times a column (统一标准): the price is not printed, the rows show it."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.grids import TOTAL, Figure, NumberGrid
from pipeline.checks.model import Relation
from pipeline.checks.slip import exchanges
from pipeline.checks.tolerance import half_up, quotient, written
from pipeline.checks.wording import where

_LEAST = 4  # rows that show one price
_LONG = 3  # digits of a number that does not fit by chance
_DECIMALS = 2  # of a price
Pair = tuple[str, Figure, Figure]


def fixed_price(grid: NumberGrid, quantities: list[int], amounts: list[int], rule: str) -> Iterator[Relation]:
    """Every row of two columns of which one is the other times a price, in all rows but one with digits exchanged."""
    for quantity in quantities:
        for amount in amounts:
            pairs = list(_pairs(grid, quantity, amount))
            price = _price(pairs)
            if price is None:
                continue
            odd = [pair for pair in pairs if not _follows(pair[1].value, pair[2], price)]
            if len(pairs) - len(odd) >= _LEAST and len(odd) <= 1 and all(_is_mistyped(pair, price) for pair in odd):
                yield from (_relation(rule, pair, price) for pair in pairs)


def _pairs(grid: NumberGrid, quantity: int, amount: int) -> Iterator[Pair]:
    """The quantity and amount of every row but totals."""
    for label, row in zip(grid.labels, grid.rows, strict=True):
        one, other = row[quantity], row[amount]
        usual = one is not None and other is not None and not one.number.percent and not other.number.percent
        if usual and one is not None and other is not None and one.value > 0 and not TOTAL.search(label):
            yield label, one, other


def _price(pairs: list[Pair]) -> Decimal | None:
    """The price that most rows give, if it is a plain number."""
    prices = [half_up(quotient(amount.value, quantity.value), _DECIMALS) for _, quantity, amount in pairs]
    best = max(set(prices), key=prices.count, default=None)
    values = {pair[1].value for pair in pairs}
    return best if best is not None and prices.count(best) >= _LEAST and len(values) >= _LEAST and best != 1 else None


def _follows(quantity: Decimal, amount: Figure, price: Decimal) -> bool:
    return half_up(quantity * price, amount.number.digits) == amount.value


def _is_mistyped(pair: Pair, price: Decimal) -> bool:
    """Whether the row follows where two digits of one of its numbers are exchanged."""
    _, quantity, amount = pair
    if min(len(figure.cell.text.replace(",", "").replace(".", "")) for figure in (quantity, amount)) < _LONG:
        return False
    right = half_up(quantity.value * price, amount.number.digits)
    turned = any(_follows(other, amount, price) for other in exchanges(quantity.value, quantity.number.digits))
    return turned or right in exchanges(amount.value, amount.number.digits)


def _relation(rule: str, pair: Pair, price: Decimal) -> Relation:
    label, quantity, amount = pair
    computed = written(half_up(quantity.value * price, max(amount.number.digits, 2)))
    right = _follows(quantity.value, amount, price)
    relation = Relation(
        rule,
        "consistent" if right else "inconsistent",
        (quantity.operand("operand"),),
        (amount.operand("reported"),),
        formula=f"{quantity.cell.text} × {written(price)} = {computed}",
        reported=amount.cell.text,
        computed=computed,
        difference=amount.value - quantity.value * price,
        severity="warning",
    )
    if right:
        return relation
    return replace(
        relation,
        title=f"“{label}”金额 {amount.cell.text} 与数量 {quantity.cell.text} 不合该表统一标准",
        message=f"{where(amount.grid.span(amount.cell))}“{label}”金额列示 {amount.cell.text}，其余各行均为数量的 "
        f"{written(price)} 倍，{relation.formula}；其中一数相邻两位数字互换则相符。",
    )
