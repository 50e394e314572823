"""Reports without scores of their own: monitoring reports are checked, a survey's annex stays with its report."""

from pipeline.checks.registry import BY_RULE
from pipeline.process import process

_MONITORING = """青芦县2024年农村公路养护项目绩效运行监控报告
一、监控概况
项目年度预算2,600.00万元。资金到位2,080.00万元；累计支出1,352.00万元，占到位资金的68.00%。
二、监控结果
省级补助到位1,040.00万元，县级配套到位940.00万元，合计2,080.00万元。
三、下步措施
加快施工组织，完成年度绩效目标。
"""
_WITH_SURVEY = """青芦县2023年图书馆免费开放项目支出绩效评价报告
一、项目概况
县图书馆全年免费开放，预算安排320.00万元。
二、评价结论
经综合评价，该项目得分86.00分，评价等级为“良”。
三、绩效分析
读者服务达到年度目标，评价组发放了问卷。
附件2  读者满意度调查分析报告
一、调查概况
共发放问卷140份，回收有效问卷120份。
二、样本结构
男性51人，女性69人。
三、结果
馆藏资源：非常满意70 比较满意35 一般12 不满意6
"""


def test_the_figures_of_a_monitoring_report_are_checked() -> None:
    """It scores nothing and is of no kind that is scored; sums and shares of its text are checked all the same."""
    (report,) = process("监控.txt", _MONITORING.encode()).reports
    assert sorted(one.rule for one in report.findings) == ["named-share", "told-sum"]


def test_a_survey_behind_a_report_belongs_to_it() -> None:
    """Its chapters begin anew, but it is no report of its own; its groups are held against its questionnaires."""
    (report,) = process("评价.txt", _WITH_SURVEY.encode()).reports
    assert [one.rule for one in report.findings] == ["survey-parts"]
    assert BY_RULE["survey-parts"].severity == report.findings[0].severity
