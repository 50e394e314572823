"""Money among targets and actual values (指标值中的金额): numbers whose unit stands in the name or the unit column."""

import re
from collections.abc import Callable

from extractors.folded import fold
from extractors.remembered import Remembered
from extractors.rows.context import Context
from extractors.rows.heads import MONEY_UNIT, head_unit
from extractors.rows.model import Printed, Statement
from extractors.rows.node import Node
from extractors.rows.tables import TableRead
from extractors.rows.text import cell_text
from extractors.rows.tokens import tokenize

_BARE = re.compile(r"^(?:[≥≤><]=?|不低于|不高于|不超过|不少于)?\s*(-?\d[\d,]*(?:\.\d+)?)\s*(?:以[上下内])?$")
_STANDARD = re.compile(r"(?:补贴|补助|奖补|奖励|资助)标准")
_PER_UNIT = re.compile(r"单[个位座次价户亩]|[人户亩生]均|平均|每")
_COST = re.compile(r"成本|支出|经费|费用|投入|预算|资金|价")


def topics_of(table: TableRead) -> dict[tuple[int, int], tuple[str, str]]:
    """For each cell (row, column) with a target or actual value, its indicator's name and the field."""
    topics: dict[tuple[int, int], tuple[str, str]] = {}
    for field, node, printed in _quantities(table):
        if printed.span.cell is not None:
            topics[printed.span.cell.row, printed.span.cell.column] = node.name.text, field
    return topics


def bare_amounts(table: TableRead, context: Context) -> list[Statement]:
    """Targets and actual values that are plain numbers of a money unit, as amounts."""
    statements: list[Statement] = []
    for field, node, printed in _quantities(table):
        match = _BARE.match(fold(printed.text))
        unit = MONEY_UNIT.search(_unit(table, node)) if match else None
        if match is None or unit is None or printed.span.cell is None:
            continue
        value = Printed(printed.text[match.start(1) : match.end(1)], printed.span, unit.group())
        statements.append(
            Statement(
                kind="amount",
                values=(("amount", value),),
                span=printed.span,
                role=topic_role(node.name.text, field),
                item=node.name.text,
                cell_row=(table.grid.table_id, printed.span.cell.row),
                annex=table.annex,
            )
        )
    return statements


def _quantities(table: TableRead) -> list[tuple[str, Node, Printed]]:
    """Every target and actual value with its indicator."""
    return [
        (field, node, printed)
        for reading in table.readings
        for node in reading.nodes
        for field in ("target", "actual")
        for _, printed in node.values.get(field, [])
    ]


def _unit(table: TableRead, node: Node) -> str:
    """The unit of an indicator's values: in brackets behind its name, or in the unit column of its row."""
    unit = head_unit(node.name.text)
    if unit:
        return unit
    for block in table.blocks:
        if node.row in block.body:
            column = next(iter(block.having("unit")), None)
            return cell_text(table.dense[node.row][column.index]) if column else ""
    return ""


def _states_outcome(name: str) -> bool:
    return "M_OUTCOME" in tokenize(fold(name)).tags


states_outcome: Callable[[str], bool] = Remembered(_states_outcome, 48, 4096).__getitem__
"""Whether an indicator's name speaks of money as an outcome (进口额, 销售收入)."""


def topic_role(name: str, field: str) -> str:
    """The role of money in a target or actual value by its indicator's name: `outcome` where that speaks of one,
    `spent` for the actual value of a whole cost, else `other`."""
    if _STANDARD.search(name):
        return "subsidy_rate"
    if states_outcome(name) or (field == "actual" and _PER_UNIT.search(name)):
        return "outcome"
    return "spent" if field == "actual" and _COST.search(name) else "other"
