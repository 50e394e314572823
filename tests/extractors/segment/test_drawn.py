"""Markdown, grid, box and HTML tables become the tables they draw."""

import pytest

from tests.extractors.segment.drawn_cases import HTML, PIPES
from tests.extractors.segment.layouts import parts, prose, shown, tables


@pytest.mark.parametrize("name", PIPES)
def test_pipes(name: str) -> None:
    """One table per drawing, cell by cell."""
    source, rows = PIPES[name]
    (grid,) = tables(source)
    assert shown(grid) == rows
    assert grid.method == "pipes"


@pytest.mark.parametrize("name", HTML)
def test_html(name: str) -> None:
    """One table per <table>, spans as declared."""
    source, rows = HTML[name]
    (grid,) = tables(source)
    assert shown(grid) == rows
    assert grid.method == "html"


def test_text_around_a_table_on_its_line_stays_prose() -> None:
    """What stands before and behind a table on one line is kept."""
    (part,) = parts("得分见下表：<table><tr><td>指标</td><td>得分</td></tr></table>以上为自评结果。")
    assert prose(part) == ["得分见下表：", "以上为自评结果。"]
    assert [shown(grid) for grid in part.tables] == [["指标 | 得分"]]


def test_pieces_of_a_html_table_on_two_pages_are_linked() -> None:
    """The second table repeats the head of the first: one table of two fragments."""
    head = "<tr><td>指标</td><td>权重</td><td>得分</td></tr>"
    first = f"<table>{head}<tr><td>决策</td><td>20</td><td>18</td></tr></table>"
    second = f"<table>{head}<tr><td>过程</td><td>30</td><td>27</td></tr></table>"
    (grid,) = tables(f"{first}\n\n— 2 —\n\n{second}")
    assert grid.repeated_headers == (2,)
    assert len(grid.fragments) == 2


def test_each_cell_of_a_long_line_quotes_only_itself() -> None:
    """A table on one line does not put the whole line into the evidence of each cell."""
    (grid,) = tables("<table><tr><td>指标</td><td>**得分**</td></tr><tr><td>决策&amp;投入</td><td>18</td></tr></table>")
    cell = next(cell for cell in grid.cells if cell.text == "决策&投入")
    span = grid.span(cell)
    assert (span.line, span.quote, span.raw) == (1, "决策&投入", "决策&amp;投入")


def test_a_stroke_in_a_sentence_makes_no_table() -> None:
    """Strokes in prose are prose."""
    assert tables("电话|传真|邮箱由办公室登记。\n联系人|张三|李四负责。") == []


def test_hostile_tables_stay_bounded() -> None:
    """Enormous spans and endless tags neither fill memory nor take long."""
    row = "<tr>" + '<td rowspan="9999" colspan="9999">x</td>' * 50 + "</tr>"
    tables("<table>" + row * 50 + "</table>")
    tables("<table>" * 20_000)
    tables("<td>" * 20_000)
    tables(("|" * 400 + "\n") * 50)
