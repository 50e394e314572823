"""A table's head is no form: `项目名称 | 预算数 | 支出数` names no project."""

from pipeline.process import process

REPORT = """松风县文化局2023年度部门整体支出绩效自评报告
一、支出情况
项目名称	预算数	支出数	执行率
文物保护	120.00	118.00	98.33%
场馆开放	80.00	80.00	100.00%
"""
FORM = """松风县2023年度项目支出绩效自评表
项目名称	文物保护专项	主管部门	松风县文化局
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
产出指标	数量指标	修缮处数	≥3处	3处	50	50
效益指标	社会效益	开放天数	≥300天	310天	50	50
"""


def _project(text: str) -> str | None:
    (report,) = process("报告.txt", text.encode()).reports
    return report.report.field("project")


def test_heads_of_columns_are_no_fields_of_a_form() -> None:
    """What stands behind 项目名称 is a project only where a form is filled in."""
    assert _project(REPORT) in (None, "")
    assert _project(FORM) == "文物保护专项"
