"""A rate of the whole project told once against several places is raised, unless it may be another rate."""

import pytest

from pipeline.process import process

REPORT = """栖川县2023年度农村供水项目绩效评价报告

一、资金情况
项目预算600.00万元，实际支出546.00万元，预算执行率91.00%。

二、绩效分析
预算执行率。全年预算600.00万元，支出546.00万元，预算执行率91.00%，得4.55分。

三、评价结论
项目综合得分91.50分，评价等级为“优”。预算600.00万元，支出546.00万元，预算执行率91.00%。

四、存在的问题
1.执行不均衡
{}
"""


def raised(told: str) -> list[str]:
    """The printed rates that findings on told rates are about."""
    (result,) = process("报告.txt", REPORT.format(told).encode()).reports
    return [one.reported for one in result.findings if one.rule == "rate-restated"]


def test_a_rate_told_once_against_three_places() -> None:
    """It names the project and its year, and no two amounts give it."""
    assert raised("预算执行不均衡。2023年项目预算执行率为88.72%，进度滞后。") == ["88.72%"]


@pytest.mark.parametrize(
    "told",
    [
        "截至9月底项目预算执行率为58.72%，进度滞后。",
        "管网改造子项目执行率88.72%，为各子项目中最低。",
        "管网改造工程选址未定，项目执行率58.72%。",
        "项目预算执行率为50.00%的环节有待改进，其中首批拨付300.00万元。",
        "上年项目预算执行率为88.72%，本年有所提高。",
    ],
)
def test_what_may_be_another_rate(told: str) -> None:
    """Of a date, a part, another year, or what two amounts give."""
    assert raised(told) == []
