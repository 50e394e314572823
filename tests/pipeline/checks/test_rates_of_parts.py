"""Rates and shares that stand in the place of the project's own, and are those of a part or of something else."""

from pipeline.process import process

REPORT = """栖川县2023年度标准厂房建设项目绩效评价报告

一、资金情况
{told}

表1 资金到位与支出情况（单位：万元）
来源|计划|到位|到位率|支出|支出进度
专项债券|580.00|530.00|91.38%|487.44|91.97%
资本金|282.00|205.00|72.70%|189.36|92.37%
合计|862.00|735.00|85.27%|676.80|92.08%

表2 累计支出构成（单位：万元）
费用类别|概算|累计支出|占概算比例|占累计支出比例
标准厂房|468.00|396.24|84.67%|58.55%
道路工程|394.00|280.56|71.21%|41.45%
合计|862.00|676.80|78.52%|100.00%

二、评价结论
项目综合得分91.50分，评价等级为“优”。
"""
LISTED = "累计到位735.00万元，占总投资的85.27%。其中专项债券530.00万元；资本金205.00万元，到位率72.70%，差77.00万元。"
WRONG = "计划862.00万元，累计到位735.00万元，到位率72.70%。"


def raised(told: str) -> set[tuple[str, str]]:
    """Rule and number of the findings."""
    (result,) = process("报告.txt", REPORT.format(told=told).encode()).reports
    return {(one.rule, one.reported) for one in result.findings if one.severity in ("decisive", "error", "warning")}


def test_the_rate_behind_the_amount_of_a_part_is_that_part_s() -> None:
    """So are shares of what was spent no execution rates."""
    assert raised(LISTED) == set()


def test_a_rate_behind_all_that_arrived_is_the_project_s() -> None:
    """72.70 % of the capital, told of all the money, contradicts the table."""
    assert raised(WRONG)
