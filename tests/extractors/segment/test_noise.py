"""Page marks and tables of contents are no content, and everything else is."""

import pytest

from extractors.segment.noise import is_page_mark, is_web_mark
from tests.extractors.segment.layouts import outline, parts, prose


@pytest.mark.parametrize(
    "text", ["- 6 -", "— 12 —", "－3－", "第 3 页", "第3页 共20页", "第 三 页", "3 / 20", "Page 4", "Page 4 of 9"]
)
def test_page_marks(text: str) -> None:
    """Marks of pages in all their shapes are told."""
    assert is_page_mark(text)


@pytest.mark.parametrize("text", ["6", "-6", "2023", "-2.58%", "3/4的企业", "第三页所列", "", "—"])
def test_what_may_be_content_is_no_page_mark(text: str) -> None:
    """A bare number or a dash may be a value."""
    assert not is_page_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "首页 > 信息公开 > 绩效",
        "您当前的位置：首页 > 财政信息",
        "柏河县财政局 柏ICP备12345678号-1",
        "【打印本页】 【关闭窗口】",
        "上一篇：无",
    ],
)
def test_marks_of_web_pages(text: str) -> None:
    """The path to a page, its foot and its buttons are no report."""
    assert is_web_mark(text)


@pytest.mark.parametrize(
    "text", ["首页设计费 3 万元", "位置：柏河县南街", "字号、间距符合要求", "关闭 3 家企业", "", "上一年度得分 88 分"]
)
def test_what_may_be_content_is_no_web_mark(text: str) -> None:
    """Words that web pages use too are content where they tell something."""
    assert not is_web_mark(text)


CONTENTS = {
    "dot leaders": "目  录\n一、概况........1\n（一）背景........1\n二、结论…………4\n附件1 评分表..... 9\n",
    "tab and page mark": "目 录\n\n一、概况→- 1 -\n（一）背景→- 1 -\n二、结论→- 4 -\n附件1：评分表→- 9 -\n",
    "tab and number": "目录\n一、概况→1\n（一）背景→1\n二、结论→4\n",
    "blanks and number": "目录\n一、概况    1\n（一）背景    1\n二、结论    4\n",
    "number close behind": "目录\n一、概况1\n（一）背景1\n二、结论4\n",
    "no page numbers": "目录\n一、概况\n（一）背景\n二、结论\n",
    "an entry over two lines": "目录\n一、概况\t1\n（一）背景以及管护工作的历史沿革与\n现实情况\t1\n二、结论\t4\n",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_contents_are_no_headings(name: str) -> None:
    """A table of contents gives no section and no title-page line, but stays among the part's lines."""
    body = (
        "柏河县绩效评价报告\n\n{}\n一、概况\n\n（一）背景\n\n灌区建于上世纪，老化严重。\n\n二、结论\n\n得分为88分。\n"
    )
    (part,) = parts(body.format(CONTENTS[name]))
    assert outline(part) == ["一、概况", "  （一）背景", "二、结论"]
    assert [line.text for line in part.front] == ["柏河县绩效评价报告"]
    assert any("目" in line.text for line in part.lines)


def test_a_sentence_that_trails_off_is_no_contents() -> None:
    """Dots inside or at the end of a sentence without a page number do not make it an entry."""
    (part,) = parts("一、概况\n工程包括清淤、护岸、绿化……等内容，均已完成。\n")
    assert "护岸" in "".join(block.flow.text for section in part.sections for block in section.blocks)  # type: ignore[union-attr]


def test_running_heads_are_no_content() -> None:
    """The same words at the edge of three pages are dropped, but for the first time; what they part is joined."""
    first = "近年来全县灌区老化严重，渠道渗漏问题突出，亟须安排资金用于"
    pages = [
        "柏河县渠道管护项目绩效评价报告\n一、概况\n" + first,
        "柏河县渠道管护项目绩效评价报告\n渠道清淤和管护。\n二、结论\n综合得分为88分，评价组认为项目总体",
        "柏河县渠道管护项目绩效评价报告\n实施较好。\n三、建议\n建议加强管护。",
    ]
    for break_ in ("\n\f", "\n- 1 -\n"):
        (part,) = parts(break_.join(pages) + "\n")
        assert outline(part) == ["一、概况", "二、结论", "三、建议"]
        assert prose(part)[1:] == [
            first + "渠道清淤和管护。",
            "综合得分为88分，评价组认为项目总体实施较好。",
            "建议加强管护。",
        ]


def test_rows_of_figures_at_page_edges_are_content() -> None:
    """Without their digits they look alike, as running heads do."""
    rows = [f"202{year}年 106.3{year} 9.1{year}% 70.88 35.4{year}\n" for year in range(6)]
    (part,) = parts("\f".join(rows))
    for row in rows:
        assert any(row.split()[1] in text for text in prose(part)) or list(part.tables)


def test_names_of_indicators_at_page_edges_are_content() -> None:
    """Names and heads of a table that open each page are no running heads."""
    page = "数量指标\n一级指标 二级指标 三级指标 权重 得分\n"
    (part,) = parts("\f".join(page for _ in range(4)))
    assert any("数量指标" in text for text in prose(part)) or list(part.tables)
