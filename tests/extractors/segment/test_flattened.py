"""Tables flattened to lines of words and numbers find their rows by their numbers and their head."""

import pytest

from tests.extractors.segment.flat_cases import FLATTENED
from tests.extractors.segment.layouts import parts, shown, tables


@pytest.mark.parametrize("name", FLATTENED)
def test_flattened(name: str) -> None:
    """Rows, names that span them, and numbers in their columns; rows that do not close are there too."""
    source, rows = FLATTENED[name]
    (grid,) = tables(source)
    assert shown(grid) == rows
    assert grid.method == "flattened"


def test_a_unit_line_is_no_header_row() -> None:
    """The unit above the head is the table's unit; the header is what names the columns."""
    (grid,) = tables(FLATTENED["a unit between caption and head"][0])
    assert (grid.header_rows, grid.unit, grid.caption) == (1, "万元", "表1 支出情况")


def test_every_piece_of_a_broken_name_knows_its_line() -> None:
    """A name printed around its numbers keeps the line of each piece."""
    (grid,) = tables(FLATTENED["a name broken above and around its numbers"][0])
    cell = next(cell for cell in grid.cells if cell.text == "资金使用合规性")
    assert [line.number for line in cell.flow.lines] == [7, 9]


@pytest.mark.parametrize(
    "text",
    [
        "全年完成 12 项任务，占 80%\n其中重点任务 5 项，占 33%\n",
        "一级指标 4 个，二级指标 9 个，三级指标 19 个。\n各指标得分率均在 80% 以上。\n",
        "2021 2022 2023\n",
    ],
    ids=["counts in sentences", "counts of indicators", "years"],
)
def test_numbers_in_prose_make_no_table(text: str) -> None:
    """Lines of prose with numbers are no rows."""
    (part,) = parts(text)
    assert list(part.tables) == []
