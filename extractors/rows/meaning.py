"""What a budget column means (预算列口径): the original budget, or what was handed down after adjustment."""

from extractors.frozen import replace
from extractors.rows.model import FundingCell, Printed, Statement
from extractors.vocabulary import plain

_ORIGINAL = "年初"


def settle_budget_columns(cells: list[FundingCell], statements: list[Statement]) -> list[FundingCell]:
    """A column headed 预算安排 whose total is what prose calls 下达 holds adjusted budgets.

    Changed only where the prose gives that figure as adjusted and never as the original budget.
    """
    if not any(map(_may_be_adjusted, cells)):
        return cells
    stated: dict[str, set[str]] = {}
    for statement in statements:
        printed = statement.value("amount")
        if printed is not None and statement.cell_row is None:
            stated.setdefault(_figure(printed), set()).add(statement.role)
    adjusted = {
        (cell.table_id, cell.head)
        for cell in cells
        if _may_be_adjusted(cell)
        if "budget_adjusted" in (roles := stated.get(_figure(cell.value), set())) and "budget_original" not in roles
    }
    return [replace(cell, role="budget_adjusted") if (cell.table_id, cell.head) in adjusted else cell for cell in cells]


def _may_be_adjusted(cell: FundingCell) -> bool:
    """Whether a cell is the total of a column of budgets that is not headed as the original one."""
    return cell.row_role == "total" and cell.role == "budget_original" and _ORIGINAL not in cell.head


def _figure(printed: Printed) -> str:
    """A printed amount as one comparable string: digits without separators and trailing zeros, and its unit."""
    text = plain(printed.text + ("" if printed.text.endswith(("元", "万", "亿")) else printed.unit)).replace(",", "")
    digits = text.rstrip("元万亿千百十美港欧日英镑()")
    unit = text[len(digits) :]
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + unit
