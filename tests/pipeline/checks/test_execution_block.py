"""A form's execution row (预算执行率) in a block of funds apart from the table whose total counts it."""

import pytest

from pipeline.process import process

_FORM = """棠溪县2023年项目支出绩效自评表

项目资金（万元）        全年预算数  全年执行数  分值    执行率    得分
年度资金总额            50.00       46.00       10      92.00%    9.20
其中：财政资金          50.00       46.00       -       92.00%    -

一级指标      二级指标          三级指标          年度指标值    实际完成值    分值    得分
产出指标      数量指标          修剪果树          ≥900株        910株         30      30
              质量指标          成活率            ≥95%          96%           20      20
效益指标      社会效益指标      增收户数          ≥40户         41户          30      30
满意度指标    服务满意度        果农满意度        ≥90%          88%           10      9.5
总分                                                                          100     {total}
"""


@pytest.mark.parametrize(("total", "raised"), [("98.7", set()), ("89.5", {"score-total"})])
def test_the_total_is_compared_with_the_execution_row_added(total: str, raised: set[str]) -> None:
    """The row whose weight the table just lacks belongs to the total, wherever the form prints it."""
    found = process("form.txt", _FORM.format(total=total).encode())
    rules = {finding.rule for report in found.reports for finding in report.findings}
    assert {rule for rule in rules if rule in ("score-total", "weight-total")} == raised


@pytest.mark.parametrize(("total", "raised"), [("99.5", set()), ("101.2", {"score-total"})])
def test_ten_points_that_the_table_lacks_may_be_those_of_an_unread_row(total: str, raised: set[str]) -> None:
    """Without its block of funds the table lacks just the execution rate; no more than its ten points are excused."""
    form = _FORM.format(total=total)
    bare = form[: form.index("项目资金")] + form[form.index("一级指标") :]
    found = process("form.txt", bare.encode())
    rules = {finding.rule for report in found.reports for finding in report.findings}
    assert {rule for rule in rules if rule in ("score-total", "weight-total")} == raised
