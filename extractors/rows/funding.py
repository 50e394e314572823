"""Money and rates in tables (资金表): each cell with its role, its unit and what it is for."""

import re
from typing import Literal

from extractors.folded import fold
from extractors.frozen import replace
from extractors.rows.column import Column
from extractors.rows.columns import Block, Dense
from extractors.rows.heads import MONEY_UNIT
from extractors.rows.model import FundingCell, Printed
from extractors.rows.money_columns import RATES, side_by_side, with_sums
from extractors.rows.money_rows import with_parts
from extractors.rows.names import row_label
from extractors.rows.text import cell_printed, cell_text
from extractors.segment.model import Cell, TableGrid

_KEPT = frozenset(
    (
        "budget_original",
        "budget_adjusted",
        "recovered",
        "arrived",
        "spent",
        "contract",
        "saved",
        "subsidy_rate",
        "outcome",
        "other",
        *RATES,
    )
)
AMOUNT = re.compile(rf"^(?:约|￥|¥)?[-+]?\d[\d,]*(?:\.\d+)?({MONEY_UNIT.pattern}|亿|万)?$")
_PERCENT = re.compile(r"^[-+]?\d+(?:\.\d+)?%$")
_RATE = re.compile(r"^\d+(?:\.\d+)?%?$")
_ITEM_HEAD = re.compile(r"项目|用途|名称|内容|资金来源|来源|科目|事项|类别|资金$|分类|年份|年度|单位$|地区|县")
OF_WHICH = re.compile(r"^其中")
_GRAND = re.compile(r"^(?:年度|全年|本年|项目)?资金(?:总额|合计|总计)|^资金总额")
_YEAR = re.compile(r"^(?:19|20)\d{2}年?(?:度)?$")
_LEAST_SLID = 4  # columns of a form's block of funds
RowRole = Literal["item", "of-which", "subtotal", "total"]


def read_funding(grid: TableGrid, dense: Dense, block: Block, unit: str = "") -> list[FundingCell]:
    """The money and rate cells of a block, row by row; nothing unless its heads name money and a unit is stated.

    unit: that the report states for all its tables, '' if none.
    """
    cells: list[FundingCell] = []
    for columns in side_by_side(block.columns):
        side = replace(block, columns=columns)
        found = _read_side(grid, dense, replace(side, columns=_in_place(dense, side)), unit)
        cells += with_parts(found, _serials(dense, side))
    return sorted(cells, key=lambda cell: cell.row)


def _serials(dense: Dense, block: Block) -> dict[int, str]:
    """What stands in the first column where it numbers the rows (序号), by row."""
    column = block.columns[0]
    if column.role != "serial":
        return {}
    return {row: fold(cell_text(dense[row][column.index])).strip() for row in block.body}


def _read_side(grid: TableGrid, dense: Dense, block: Block, unit: str) -> list[FundingCell]:
    """The money of a block whose columns are one table."""
    columns = _money_columns(grid, dense, block, unit)
    if not any(column.money not in RATES for column in columns):
        return []
    item_column = _item_column(dense, block, columns)
    cells: list[FundingCell] = []
    inside = False
    for row in block.body:
        item = _item(dense, row, item_column, columns)
        if item is None:
            continue
        text = cell_text(item)
        inside = bool(OF_WHICH.match(text)) or (inside and not _GRAND.match(text) and not row_label(text))
        values = [(column, _value(grid, dense[row][column.index], row, column)) for column in columns]
        if not any(value for _, value in values):
            continue
        role, named = _row_role(text, inside), cell_printed(grid, item)
        for column, value in values:
            money = "outcome" if column.money == "other" and _YEAR.match(text) else column.money
            if value is not None:
                cells.append(FundingCell(named, money, column.head, value, grid.table_id, row, role))
    return cells


def _in_place(dense: Dense, block: Block) -> tuple[Column, ...]:
    """The columns; each one further left where every row lost the blank cell below the form's label (项目资金).

    Then amounts stand below a second head that names none, and nothing below the last.
    """
    columns = block.columns
    headed = [column for column in columns if column.head]
    rows = [row for row in block.body if _GRAND.match(cell_text(dense[row][columns[0].index]).removeprefix("其中:"))]
    if len(columns) < _LEAST_SLID or columns[1].money or columns[1].role or not rows or len(headed) < _LEAST_SLID:
        return columns
    last = headed[-1].index
    slid = all(AMOUNT.match(cell_text(dense[row][columns[1].index])) for row in rows)
    if not slid or any(cell_text(dense[row][last]) for row in block.body):
        return columns
    moved = [replace(column, index=column.index - 1) for column in columns[2:]]
    return (columns[0], *moved)


def _row_role(text: str, inside: bool) -> RowRole:
    """What a row is by its name."""
    label = row_label(text)
    if label == "total" or _GRAND.match(text) or text.strip(":") in ("合计", "总计"):
        return "total"
    if label == "subtotal":
        return "subtotal"
    return "of-which" if inside else "item"


def _money_columns(grid: TableGrid, dense: Dense, block: Block, unit: str) -> list[Column]:
    """The columns whose heads name money or a rate of it and that hold numbers, each with its unit."""
    shared = _shared_unit(grid, block) or unit
    columns: list[Column] = []
    reach = -1  # of the last column and those merged with it
    for column in with_sums(_with_headless(dense, block, shared), grid.caption):
        if column.money not in _KEPT or column.role in ("weight", "score", "score_rate", "comment", "serial"):
            continue
        texts = [text for row in block.body if (text := cell_text(dense[row][column.index]))]
        pattern = _RATE if column.money in RATES else AMOUNT
        fitting = sum(1 for text in texts if pattern.match(text))
        printed = any(MONEY_UNIT.search(text) for text in texts if AMOUNT.match(text))
        unit = _money_unit(column.unit) or shared
        if not fitting or fitting * 2 < len([text for text in texts if text not in "-—–/"]):
            continue
        twin = columns and reach == column.index - 1 and columns[-1].head == column.head
        reach = column.index
        if twin and all(cell_text(dense[row][reach - 1]) == cell_text(dense[row][reach]) for row in block.body):
            continue  # one merged column, its cells repeated
        if column.money in RATES or unit or printed:
            columns.append(
                Column(column.index, column.role, column.head, column.level, unit, column.money, column.group)
            )
    return columns


def _with_headless(dense: Dense, block: Block, unit: str) -> list[Column]:
    """The columns; in a series of years, number columns that lost their head hold what all others hold: money."""
    first = {cell_text(dense[row][0]) for row in block.body} - {""}
    headed = [column for column in block.columns if column.head and column.money not in ("growth", "share", "")]
    all_money = headed and all(column.head == "" or column.money for column in block.columns)
    if not (unit and all_money and len(first) > 1 and all(map(_YEAR.match, first))):
        return list(block.columns)
    return [
        replace(column, money="outcome") if not column.head and column.index > 0 else column for column in block.columns
    ]


def _money_unit(unit: str) -> str:
    found = MONEY_UNIT.search(unit)
    return found.group() if found else ""


def _shared_unit(grid: TableGrid, block: Block) -> str:
    """The unit for columns that state none: of the table, its caption, or the only one among the heads."""
    for text in (grid.unit, grid.caption):
        if found := MONEY_UNIT.search(text.replace(" ", "")):
            return found.group()
    units = {unit for column in block.columns if (unit := _money_unit(column.unit))}
    return next(iter(units)) if len(units) == 1 else ""


def _item_column(dense: Dense, block: Block, columns: list[Column]) -> int:
    """The column that says what each row is about: by its head, else the one with most different texts."""
    first = min(column.index for column in columns)
    left = [column for column in block.columns if column.index < first and column.role != "serial"]
    several = any(len(_texts(dense, block, column.index)) > 1 for column in left)
    named = [c for c in left if _ITEM_HEAD.search(c.head) and len(_texts(dense, block, c.index)) > several]
    pool = named if len(named) == 1 else (named or left)
    if not pool:
        return 0
    return max(pool, key=lambda column: (len(_texts(dense, block, column.index)), column.index)).index


def _texts(dense: Dense, block: Block, index: int) -> set[str]:
    """The different texts of a column that are no bare numbers (years count as texts)."""
    texts = {cell_text(dense[row][index]) for row in block.body}
    return {text for text in texts if text and (not AMOUNT.match(text) or _YEAR.match(text))}


def _item(dense: Dense, row: int, index: int, columns: list[Column]) -> Cell | None:
    """The cell that names a row: in the item column, else the nearest text left of the money."""
    first = min(column.index for column in columns)
    order = [index, *range(first - 1, -1, -1)]
    for position in order:
        cell: Cell | None = dense[row][position]
        text = cell_text(cell)
        value = (AMOUNT.match(text) or _RATE.match(text)) and not _YEAR.match(text)
        if cell is not None and text and not value and position < first:
            return cell
    return None


def _value(grid: TableGrid, cell: Cell | None, row: int, column: Column) -> Printed | None:
    """The cell's amount or rate with its unit, None if it holds neither or only continues from the row above."""
    if cell is None or cell.row != row:
        return None
    text = cell_text(cell)
    if column.money in RATES:
        if not _RATE.match(text):
            return None
        return cell_printed(grid, cell, "%")
    found = AMOUNT.match(text)
    if not found or (not found.group(1) and not column.unit):
        return None
    return cell_printed(grid, cell, "" if found.group(1) else column.unit)
