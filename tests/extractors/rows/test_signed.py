"""Who signed when, and what stands behind a title: bodies, days and drafts are no part of the title."""

import pytest

from extractors.rows.extract import extract
from tests.extractors.rows.reports import report


def _fields(front: list[str], body: list[tuple[str, list[str]]] | None = None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, printed in extract(report(front, body)).fields:
        found.setdefault(name, []).append(printed.text)
    return found


_TITLE = "榆岗县2031年河道清淤项目绩效评价报告"


@pytest.mark.parametrize(
    ("below", "field", "value"),
    [
        ("（榆岗县水务局，2032年3月28日）", "evaluated_body", "榆岗县水务局"),
        ("（榆岗县水务局，2032年3月28日）", "report_date", "2032年3月28日"),
        ("（榆岗县水务局2032年3月）", "report_date", "2032年3月"),
        ("某某中衡工程咨询有限公司  2032 年 5 月 16 日", "evaluator", "某某中衡工程咨询有限公司"),
        ("某某中衡工程咨询有限公司  2032 年 5 月 16 日", "report_date", "2032年5月16日"),
        ("2032-03-22", "report_date", "2032-03-22"),
        ("2032.3.22", "report_date", "2032.3.22"),
    ],
)
def test_what_stands_below_a_title(below: str, field: str, value: str) -> None:
    """Body and day in brackets or in one line, days in figures."""
    fields = _fields([_TITLE, below])
    assert fields["title"] == [_TITLE]
    assert value in fields[field]


@pytest.mark.parametrize(
    ("below", "title"), [("（定稿）", _TITLE), ("（征求意见稿）", _TITLE), ("（2030—2031年）", None)]
)
def test_drafts_are_no_part_of_a_title_and_years_are(below: str, title: str | None) -> None:
    """`（定稿）` says what state the text is in; `（2030—2031年）` what the report is about."""
    assert _fields([_TITLE, below])["title"] == [title or _TITLE + below]


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("受榆岗县财政局委托，某某会计师事务所对榆岗县水务局实施的河道清淤项目开展绩效评价。", ["榆岗县水务局"]),
        ("榆岗县水务局组织实施2031年度河道清淤工程，预算安排资金260万元。", ["榆岗县水务局"]),
        ("本项目由榆岗县水务局具体组织实施，2031年预算260万元。", ["榆岗县水务局"]),
        ("项目由各乡镇人民政府组织实施，县水务局监督。", []),
        ("对有关部门实施的检查中发现两个问题。", []),
    ],
)
def test_who_carries_the_project_out(sentence: str, body: list[str]) -> None:
    """The opening sentence names who carries the project out; bodies in general are nobody."""
    assert _fields([_TITLE], [("项目概况", [sentence])]).get("evaluated_body", []) == body
