"""A row of points lost (扣分列) that is not weight less score, in a table all of whose other rows are."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.segment.model import Cell, TableGrid
from normalizers.numbers import parse
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.spotted import contradicted
from pipeline.checks.tolerance import written
from pipeline.checks.wording import where

_WEIGHT = re.compile(r"(?:分值|权重|满分|标准分)(?:[（(]分?[)）])?$")
_SCORE = re.compile(r"^(?:评价|实际|最终)?得分(?:[（(]分?[)）])?$")
_LOST = re.compile(r"^(?:扣分|失分|扣减分?|扣分值)(?:[（(]分?[)）])?$")
_LEAST = 4  # rows that show what the column holds


def deducted_columns(facts: Facts, rule: str) -> Iterator[Relation]:
    """The one row that breaks what all others keep to."""
    for grid in facts.tables:
        columns = _columns(grid)
        rows = list(_rows(grid, columns)) if columns is not None else []
        wrong = [row for row in rows if _off(row)]
        if len(wrong) == 1 and len(rows) > _LEAST:
            yield _relation(grid, rule, wrong[0])


def _columns(grid: TableGrid) -> tuple[int, int, int] | None:
    """The columns of weight, score and points lost, where the head names one of each."""
    if not any(_LOST.search("".join(cell.text.split())) for cell in grid.cells if cell.row == 0):
        return None
    heads = ["".join(cell.text.split()) if cell is not None else "" for cell in grid.dense()[0]]
    found = [[at for at, head in enumerate(heads) if sign.search(head)] for sign in (_WEIGHT, _SCORE, _LOST)]
    return (found[0][0], found[1][0], found[2][0]) if all(len(one) == 1 for one in found) else None


def _rows(grid: TableGrid, columns: tuple[int, int, int] | None) -> Iterator[list[tuple[Cell, Decimal]]]:
    """The cells of the rows that print a number in all three."""
    for row in grid.dense()[max(grid.header_rows, 1) :] if columns is not None else ():
        cells = [row[column] for column in columns or ()]
        numbers = [(cell, parse(cell.text)) for cell in cells if cell is not None and cell.row_span == 1]
        values = [(cell, number.value) for cell, number in numbers if number is not None and not number.percent]
        if len(values) == len(cells):
            yield values


def _off(row: list[tuple[Cell, Decimal]]) -> bool:
    (_, weight), (_, score), (_, lost) = row
    return weight - score != abs(lost)


def _relation(grid: TableGrid, rule: str, row: list[tuple[Cell, Decimal]]) -> Relation:
    weight, score, lost = (
        Operand(f"{grid.table_id}r{cell.row}c{cell.column}", role, cell.text, value, grid.span(cell))
        for (cell, value), role in zip(row, ("operand", "operand", "reported"), strict=True)
    )
    computed = written((weight.value or Decimal(0)) - (score.value or Decimal(0)))
    return contradicted(
        rule,
        (weight, score),
        lost,
        formula=f"{weight.text} − {score.text} = {computed}",
        computed=computed,
        difference=abs(lost.value or Decimal(0)) - Decimal(computed),
        title=f"扣分 {lost.text} 与分值、得分不符（应为 {computed}）",
        message=f"{where(lost.span)}{weight.text} − {score.text} = {computed}，表中扣分为 {lost.text}；"
        "其余各行均相符。",
    )
