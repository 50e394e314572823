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


_SUMMARY = """一级指标\t分值\t得分
过程\t20\t17
产出\t80\t70
合计\t100\t87
"""


@pytest.mark.parametrize(
    "text",
    [
        "（一）过程（20分）\n航标巡护（12分）：巡护到位，得10分。\n备件储备（8分）：缺少记录，得7分。",
        "（一）过程（20分）\n航标巡护，12分，得10分。\n备件储备，8分，得7分。",
        "（一）过程（20分）\n航标巡护12分，得10分；备件储备8分，得7分。",
        "（一）过程\n该部分共20分，得17分。\n1.航标巡护（12分）。巡护到位，得10分。\n2.备件储备（8分）。得7分。",
        "（一）过程\n过程指标满分20分，得分17分。\nB1 航标巡护（权重12分，得分10分）\nB2 备件储备（权重8分，得分7分）",
    ],
)
def test_weights_that_add_up_to_their_heading_make_indicators(text: str) -> None:
    """Beside a table of the first level too: the list is whole, so its names are those of indicators."""
    found = _scores(f"{_SUMMARY}\n{text}")
    assert {name: score.rstrip("分") for name, score in found.items()} == {"航标巡护": "10", "备件储备": "7"}


def test_parts_of_an_indicator_make_none() -> None:
    """What the points of one indicator are divided into is below it, however it is printed."""
    text = "（一）过程（20分，得17分）\n1.制度健全性（20分）。航标巡护12分，得10分；备件储备8分，得7分，共得17分。"
    assert not {"航标巡护", "备件储备"} & set(_scores(text))
    below = "（一）过程（20分，得17分）\n1.制度健全性（20分）\n航标巡护12分，得10分。\n备件储备8分，得7分。"
    assert "航标巡护" not in _scores(below)


def test_scores_of_another_rating_make_no_indicator() -> None:
    """A contractor's review is scored as a list, too, and adds up."""
    review = "（一）承包人考核情况\n日常管护，40分，得36分。\n服务响应，30分，得28分。\n台账建立，30分，得27分。"
    other = "（一）运营情况\n日常管护（40分）：得36分。\n服务响应（30分）：得28分。\n台账建立（30分）：得27分。"
    for text in (review, other):
        assert not {"日常管护", "服务响应", "台账建立"} & set(_scores(f"{_SUMMARY}\n{text}"))


def test_lists_that_do_not_add_up_need_three_entries() -> None:
    """Two names that make up no known whole may be anything."""
    two = "（一）过程（20分）\n航标巡护，6分，得5分。\n备件储备，5分，得4分。"
    assert _scores(f"{_SUMMARY}\n{two}") == {}
    assert len(_scores(f"{_SUMMARY}\n{two}\n灯光校验，7分，得6分。")) == 3


_FORM = """泉坞县2031年渔港清淤项目绩效自评报告

一、自评结论
本项目自评得分{total}分，评价等级为“优”。其中：{told}。

二、自评表
一级指标\t三级指标\t指标值\t完成值\t分值\t得分
产出指标\t清淤方量\t5万方\t4.9万方\t50\t49
效益指标\t靠泊渔船\t80艘\t82艘\t30\t30
满意度指标\t渔民满意度\t90%\t95%\t10\t10
"""


def _roots(told: str, total: str = "98.5") -> list[str]:
    document = read("report.txt", _FORM.format(told=told, total=total).encode())
    (part,) = segment(document)
    return [one.name for one in normalize(document, extract(part)).indicators if one.level == 1]


def test_a_group_that_the_table_leaves_out_is_what_its_weights_lack() -> None:
    """`预算执行率满分10分，得9.5分` beside a table of 90 points is the fourth group, under that weight only."""
    groups = ["产出指标", "效益指标", "满意度指标"]
    assert _roots("预算执行率满分10分，得9.5分；产出指标满分50分，得49分") == [*groups, "预算执行率"]
    assert _roots("预算执行率满分20分，得19.5分") == groups
    assert _roots("资金管理满分10分，得9.5分") == groups


def test_the_execution_rate_has_several_names() -> None:
    """`预算执行情况得9.5分（满分10分）` is said of the group that the sentence before called 预算执行率."""
    told = "预算执行率满分10分，得9.5分。预算执行情况得9.5分（满分10分）"
    assert _roots(told).count("预算执行") == 0
