"""Money behind labels in forms without money heads (申报表资金栏): `年度资金总额： | 486.00`."""

import re
from collections.abc import Callable

from extractors.remembered import Remembered
from extractors.rows.columns import Dense, row_cells
from extractors.rows.funding import AMOUNT, OF_WHICH, RowRole
from extractors.rows.heads import MONEY_UNIT, head_unit
from extractors.rows.model import FundingCell
from extractors.rows.text import cell_printed
from extractors.segment.model import Cell, TableGrid

_LABEL = re.compile(
    r"^(?:其中:?)?(?:年度|项目|本年|全年|预算)?(?:资金)?(?:总额|合计)$|^(?:其中:?)?(?:年度)?资金总额$"
    r"|^(?:其中:?)?(?:当年|本年|本级|中央|省级|市级|县级|区级|上级)?(?:财政)?(?:拨款|补助资金|资金)$|^(?:其中:?)?(?:其他|自有|自筹|单位|社会|结转|上年结转)资金$"
)
_ENDS = ("总额", "合计", "拨款", "资金")  # one of these ends every label
_TOTAL = re.compile(r"总额|合计")
_SHORT = 48  # characters of a label that is remembered
_LEAST = 2  # rows with such a label


def read_labelled_funds(grid: TableGrid, dense: Dense, unit: str) -> list[FundingCell]:
    """The sums that a form asks for, as original budgets; nothing without a stated unit."""
    cells: list[FundingCell] = []
    if sum(cell.row_span for cell in grid.cells if _is_label(cell.bare)) < _LEAST:
        return cells
    unit = unit or _labelled_unit(grid)
    for row, printed in enumerate(dense):
        pair = _pair(printed)
        if pair is None:
            continue
        label, value = pair
        found = AMOUNT.match(value.bare)
        own = found.group(1) if found else None
        if not own and not unit:
            continue
        text = label.bare
        below: RowRole = "of-which" if cells or OF_WHICH.match(text) else "item"
        cells.append(
            FundingCell(
                item=cell_printed(grid, label),
                role="budget_original",
                head=text,
                value=cell_printed(grid, value, "" if own else unit),
                table_id=grid.table_id,
                row=row,
                row_role="total" if _TOTAL.search(text) else below,
            )
        )
    return cells if len(cells) >= _LEAST else []


def _labelled_unit(grid: TableGrid) -> str:
    """The unit that the label of the funds states (`项目资金（万元）`), '' if none."""
    labels = (cell.text for cell in grid.cells if "资金" in cell.flow.text and len(cell.flow.text) < 20)
    return next((unit for label in labels if MONEY_UNIT.fullmatch(unit := head_unit(label))), "")


def _pair(row: list[Cell | None]) -> tuple[Cell, Cell] | None:
    """The label and the only amount of a row."""
    labels = [cell for cell in row if cell is not None and _is_label(cell.bare)]
    if not labels:
        return None
    amounts = [cell for cell in row_cells(row) if AMOUNT.match(cell.bare)]
    return (labels[-1], amounts[0]) if len(amounts) == 1 else None


def _labels_sum(bare: str) -> bool:
    label = bare.rstrip(":")
    return label.endswith(_ENDS) and _LABEL.match(label) is not None


_is_label: Callable[[str], bool] = Remembered(_labels_sum, _SHORT, 4096).__getitem__
"""Whether a cell's text, without blanks, is the label of a sum."""
