"""Indicators that only prose prints: their names need no known ending where the text calls them indicators."""

import pytest

from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.segment.segment import segment
from normalizers.normalize import normalize

_REPORT = """澄岚县民政局2023年度养老服务项目绩效评价报告

一、评价结论
综合评价得分17分，等级为“良”。

二、指标分析
（一）效益（权重20分，得分17分）

{text}
"""


def _scores(text: str) -> dict[str, str]:
    document = read("report.txt", _REPORT.format(text=text).encode())
    (part,) = segment(document)
    report = normalize(document, extract(part))
    return {
        one.name: mention.text
        for one in report.indicators
        for mention in one.mentions
        if mention.field == "score" and one.level > 1
    }


@pytest.mark.parametrize(
    "text",
    [
        "1.长效机制建设。管护责任已经落实。该指标权重20分，评价得分17分，得分率为85.00%。",
        "1.长效机制建设（满分20分，得17分）。管护责任已经落实。",
        "1.长效机制建设：分值20分，得17分，得分率85.00%。管护责任已经落实。",
        "（1）长效机制建设。分值20分，得17分。管护责任已经落实。",
        "1.长效机制建设。管护责任已经落实。\n该指标满分20分，得分17分。",
    ],
)
def test_what_the_text_calls_an_indicator_is_one(text: str) -> None:
    """`该指标` with its weight and score speaks of the numbered name before it."""
    assert [score.rstrip("分") for score in _scores(text).values()] == ["17"]


def test_a_conclusion_names_no_indicator() -> None:
    """A heading that says what the passage is for does not name what is scored in it."""
    assert _scores("1.存在的问题\n该指标权重20分，得分17分，管护责任没有落实。") == {}


@pytest.mark.parametrize(
    "text",
    [
        "（一）过程（20分，得17分）\n1.库房改造，分值12分，得10分。2.值守巡查8分，得7分。",
        "（一）过程（20分，得17分）\n库房改造12分，得10分；值守巡查8分，得7分。",
        "（一）过程（20分，得17分）\n1.库房改造（12分）：改造到位，得10分。\n2.值守巡查（8分）：缺少记录，得7分。",
    ],
)
def test_names_with_weight_and_score_below_an_indicator_are_indicators(text: str) -> None:
    """Whatever they are called: the points in their own clause and the heading above make them ones."""
    assert {name: score.rstrip("分") for name, score in _scores(text).items()} == {"库房改造": "10", "值守巡查": "7"}


def test_points_of_something_else_make_no_indicator() -> None:
    """What is compared, or given for each, is no weight."""
    assert _scores("（一）过程（20分，得17分）\n较上年提高6分，得5分。每户8分，得7分。") == {}
