"""Tables printed one cell below the other find their rows and columns again."""

import pytest

from tests.extractors.segment.cell_cases import FORM, FORM_ROWS, STACKED, TABBED
from tests.extractors.segment.layouts import parts, prose, shown, tables


@pytest.mark.parametrize("name", TABBED)
def test_a_tab_in_front_of_each_cell(name: str) -> None:
    """Tabs open cells, blank lines part rows, paragraphs of one cell are joined."""
    source, rows = TABBED[name]
    (grid,) = tables(source)
    assert shown(grid) == rows
    assert grid.method == "one-cell-per-line"


@pytest.mark.parametrize("name", STACKED)
def test_no_tab_at_all(name: str) -> None:
    """The head and the numbers tell where rows begin."""
    source, rows = STACKED[name]
    (grid,) = tables(source)
    assert shown(grid) == rows
    assert grid.method == "flattened"


def test_a_form_is_read_by_its_labels() -> None:
    """The standard self-evaluation form is put together from its labels."""
    (part,) = parts(FORM)
    (grid,) = part.tables
    assert shown(grid) == FORM_ROWS
    assert grid.caption == "2023年度项目支出绩效自评表"
    assert part.kind == "report"


def test_prose_around_the_cells_stays_prose() -> None:
    """Sentences above and below such a table are no part of it."""
    source = "情况如下表所示。\n\n" + TABBED["rows parted by blank lines"][0] + "\n以上数据由各县区上报，经市局核定。\n"
    (part,) = parts(source)
    assert prose(part) == ["情况如下表所示。", "以上数据由各县区上报，经市局核定。"]
    assert len(list(part.tables)) == 1


def test_cells_that_do_not_fit_are_no_scoring_table() -> None:
    """Where every level is weighed and a cell is missing, nothing tells which: no indicators are made of it."""
    source, _ = STACKED["every level with its weight"]
    found = tables(source.replace("立项程序规范性\n8\n", "立项程序规范性\n"))
    assert [grid.method for grid in found if grid.method == "flattened"] == []
