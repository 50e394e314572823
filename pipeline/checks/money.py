"""Amounts as the checks compare them (资金核对): operands in 元, intervals of prints, rows and sentences."""

from collections.abc import Iterator
from decimal import Decimal

from normalizers.records import FundingLine
from normalizers.units import YUAN
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand
from pipeline.checks.tolerance import Interval, written
from pipeline.checks.wording import where

ROLES = {
    "budget_original": "预算安排数",
    "budget_adjusted": "下达（调整后预算）数",
    "recovered": "收回数",
    "arrived": "到位数",
    "spent": "支出数",
    "execution_rate": "预算执行率",
    "arrival_rate": "资金到位率",
    "contract": "合同金额",
    "saved": "节约数",
}
RATES = ("execution_rate", "arrival_rate")


def text(line: FundingLine) -> str:
    """The amount as printed, with its unit."""
    printed, unit = line.number.printed.strip(), line.number.unit
    return printed if printed.endswith(unit) else printed + unit


def key(line: FundingLine) -> str:
    """The fact that an amount states: its role and what it is for."""
    return f"money.{line.role}|{line.subject}"


def operand(line: FundingLine, role: str) -> Operand:
    """The operand that an amount gives; its value in 元, of a rate in per cent."""
    value = line.number.value if line.yuan is None else line.yuan
    return Operand(key(line), role, text(line), value, line.span)


def interval(line: FundingLine) -> Interval:
    """What the print of an amount may stand for, in 元."""
    printed = Interval.printed(line.number)
    return printed if line.yuan is None else printed.scaled(YUAN.get(line.number.unit, Decimal(1)))


def groups(facts: Facts) -> Iterator[tuple[FundingLine, ...]]:
    """Amounts of one row or sentence, in order of first appearance."""
    return (tuple(lines) for lines in facts.funds.by_group.values())


def of_role(lines: tuple[FundingLine, ...], *roles: str) -> list[FundingLine]:
    """The amounts of these roles that are known in 元 (or are rates)."""
    return [line for line in lines if line.role in roles and (line.yuan is not None or line.role in RATES)]


def place(line: FundingLine) -> str:
    """`资金表（第 104 行）` or `正文（第 84 行）`."""
    return f"{'资金表' if line.table else '正文'}（{where(line.span)}）"


def in_unit(yuan: Decimal, like: FundingLine) -> str:
    """An amount of 元 written in the unit of another amount: 1144700 元 -> `114.47万元`."""
    return written(yuan / YUAN.get(like.number.unit, Decimal(1))) + (like.number.unit or "元")


def apart(one: FundingLine, other: FundingLine) -> str:
    """The difference of two amounts, in the unit of the first."""
    return in_unit(abs((other.yuan or Decimal(0)) - (one.yuan or Decimal(0))), one)
