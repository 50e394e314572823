"""Page numbers that stand alone, and tables that go on behind them."""

from extractors.pages import Line
from extractors.segment.noise import page_numbers
from pipeline.process import process

PIPES = """桐坞县2023年度农田项目绩效评价报告
附件：得分表
一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 得分率
决策 | 项目立项 | 立项依据充分性 | 4 | 4 | 100.00%
 |  | 立项程序规范性 | 6 | 3 | 50.00%

- 2 -

产出 | 产出数量 | 渠道长度 | 50 | 45 | 90.00%
 |  | 机井数量 | 40 | 38 | 95.00%
合计 |  |  | 100 | 90 | 90.00%
"""


def told(*texts: str) -> list[Line]:
    """Lines of a plain text."""
    return [Line(text, number) for number, text in enumerate(texts, start=1)]


def test_numbers_alone_that_count_up_are_page_numbers() -> None:
    """They stand between blank lines, a page apart, and begin with the first or second page."""
    page = ["文字"] * 12
    lines = told(*page, "", "1", "", *page, "", "2", "", *page)
    assert page_numbers(lines) == {13, 28}


def test_page_numbers_of_which_some_were_lost_still_count_up() -> None:
    """Five that go up in small steps are enough; two are not."""
    page = ["文字"] * 12
    some = told(*(text for number in (1, 2, 5, 7, 9) for text in (*page, "", str(number), "")))
    assert len(page_numbers(some)) == 5
    assert page_numbers(told(*page, "", "1", "", *page, "", "5", "", *page)) == frozenset()


def test_page_numbers_that_begin_in_the_middle() -> None:
    """Three in a row are page numbers wherever they begin; two where the same head is printed below both."""
    page = ["文字"] * 12
    assert len(page_numbers(told(*(text for number in (20, 21, 22) for text in (*page, "", str(number), ""))))) == 3
    head = "指标 | 分值 | 得分"
    assert len(page_numbers(told(*page, "", "20", "", head, *page, "", "21", "", head, *page))) == 2
    assert page_numbers(told(*page, "", "20", "", *page, "", "21", "", head, *page)) == frozenset()


def test_other_numbers_alone_are_values() -> None:
    """Cells printed one a line do not count up, and stand nearer than pages do."""
    page = ["文字"] * 12
    assert page_numbers(told(*page, "", "5", "", *page, "", "4", "", *page)) == frozenset()
    assert page_numbers(told("甲", "", "1", "", "乙", "", "2", "", "丙")) == frozenset()
    assert page_numbers(told(*page, "", "1", "", *page)) == frozenset()


def test_a_pipe_table_without_outer_strokes_keeps_its_empty_cells_and_goes_on_behind_a_page_mark() -> None:
    """A row that begins with empty cells is no framed row: its score is not read from the rate's column."""
    (report,) = process("报告.txt", PIPES.encode()).reports
    found = {one.name: (one.get("weight"), one.get("score")) for one in report.report.indicators if one.level == 3}
    texts = {name: tuple(mention.text if mention else None for mention in both) for name, both in found.items()}
    assert texts == {
        "立项依据充分性": ("4", "4"),
        "立项程序规范性": ("6", "3"),
        "渠道长度": ("50", "45"),
        "机井数量": ("40", "38"),
    }


def test_numbers_in_the_middle_of_lines_count_pages_whatever_stands_beside_them() -> None:
    """Between the cells of a table printed one a line, such a number is no value."""
    lines = [Line(f"{' ' * 30}{at // 12}" if at % 12 == 0 else f"格{at}", number=at) for at in range(1, 70)]
    assert page_numbers(lines) == frozenset((11, 23, 35, 47, 59))
    assert page_numbers([Line(line.text.strip(), number=line.number) for line in lines]) == frozenset()
