"""Totals that points beside the indicators raise or lower are no wrong sums."""

import pytest

from pipeline.process import process

_REPORT = """屿澜县2023年灯塔修缮项目绩效评价报告

一、评价结论
评价基础分为88分，{told}，最终得分{total}分，绩效等级为“良”。

一级指标\t权重\t得分
决策\t20\t18
产出\t80\t70
合计\t100\t88
"""


def _rules(told: str, total: str) -> set[str]:
    (report,) = process("r.txt", _REPORT.format(told=told, total=total).encode()).reports
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("told", "total"), [("另设加分项，因经验推广加1分", "89"), ("加分项合计3.5分，扣分项合计1.5分", "90")]
)
def test_points_beside_the_indicators_make_up_the_difference(told: str, total: str) -> None:
    """The total is the sum of the indicators and what was added to or taken from it."""
    assert not {"score-total", "total-restated"} & _rules(told, total)


def test_a_difference_that_no_added_points_explain_is_told() -> None:
    """Points of another size leave the total wrong."""
    assert {"score-total", "total-restated"} & _rules("另设加分项，因经验推广加1分", "85")


def test_scores_said_to_be_counted_apart() -> None:
    """A note below one table tells the total of another."""
    note = "注：本表为单个项目得分，与表5整体支出得分91.50分分别计算。"
    text = _REPORT.partition("评价基础分")[0] + "三级指标" + _REPORT.partition("一级指标")[2] + "\n" + note + "\n"
    (report,) = process("r.txt", text.encode()).reports
    assert "total-restated" not in {finding.rule for finding in report.findings}
    (report,) = process("r.txt", text.replace("，与表5", "。").replace("分别计算", "").encode()).reports
    assert "total-restated" in {finding.rule for finding in report.findings}
