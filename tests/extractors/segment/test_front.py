"""The title page is found behind what web pages and converters put in front of it."""

import pytest

from tests.extractors.segment.layouts import parts

CARD = """索引号: | BH-2023-0042 | 文号: |
---|---|---|---
发文日期: | 2023-06-08 | 公开形式: | 主动公开

"""
TITLE = ["柏河县河道清淤项目", "绩效评价报告"]
BODY = "# 柏河县河道清淤项目\n\n# 绩效评价报告\n\n一、概况\n\n河道多年淤积。\n"


@pytest.mark.parametrize(
    "above",
    ["", CARD, "文件名称: | |||\n" + CARD.split("\n", 1)[1] + CARD.split("\n", 1)[0] + "\n\n", "首页 > 信息公开\n"],
    ids=["nothing", "an index card", "a card whose first field is blank", "the path to the page"],
)
def test_what_stands_above_the_title_is_no_title(above: str) -> None:
    """An index card of a government site or the path to the page neither hides the title nor belongs to it."""
    (part,) = parts(above + BODY)
    assert [line.text for line in part.front] == TITLE


def test_front_matter_prints_its_title() -> None:
    """A converter's front matter prints title and date, not its settings."""
    front = "---\ntitle: '柏河县河道清淤项目绩效评价报告'\ndate: 2023年6月\nlang: zh-CN\n---\n"
    (part,) = parts(front + "\n一、概况\n\n河道多年淤积。\n")
    assert [line.text for line in part.front] == ["柏河县河道清淤项目绩效评价报告", "2023年6月"]


def test_a_rule_above_text_is_no_front_matter() -> None:
    """Three dashes alone fence nothing."""
    (part,) = parts("---\n柏河县河道清淤项目：绩效评价报告\n---\n\n一、概况\n\n河道多年淤积。\n")
    assert "柏河县河道清淤项目：绩效评价报告" in [line.text for line in part.lines]
