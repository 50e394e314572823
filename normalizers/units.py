"""Units of money and how they convert to 元 (金额单位)."""

from decimal import Decimal

# 元 per unit. `万` and `亿` alone are how prose shortens 万元 and 亿元.
YUAN = {
    "元": Decimal(1),
    "千": Decimal(1000),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
FOREIGN = ("美元", "欧元", "港元", "日元", "英镑", "美金")
STANDARD = {"千": "千元", "万": "万元", "亿": "亿元"}


def is_foreign(unit: str) -> bool:
    """Whether `unit` is money other than 元 (外币)."""
    return any(name in unit for name in FOREIGN)


def money_unit(unit: str) -> str:
    """The full name of a unit of money: `万` -> `万元`; others unchanged."""
    return STANDARD.get(unit, unit)


def to_yuan(value: Decimal, unit: str) -> Decimal | None:
    """`value` in 元, exact; None for foreign money and for what is no unit of money."""
    factor = YUAN.get(unit)
    return None if factor is None else value * factor
