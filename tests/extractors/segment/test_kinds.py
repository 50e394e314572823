"""What is no report is told apart, and nothing that has a score is lost."""

import pytest

from extractors.segment.model import PartKind
from tests.extractors.segment.layouts import parts
from tests.extractors.segment.test_parts import FIRST, FORM

BLANK_FORM = """项目支出绩效自评表
（     年度）
项目名称→→→→→→
主管部门→→→→实施单位→→
项目资金（万元）→→年初预算数→全年执行数→分值→执行率→得分
→年度资金总额→→→10→→
→其中：财政拨款→→→—→→—
绩效指标→一级指标→二级指标→三级指标→指标值→分值→得分
→产出指标→数量指标→指标1：→→→
→→→指标2：→→→
→→质量指标→……→→→
→效益指标→社会效益指标→指标1：→→→
总分→→→→→100→
填报说明
1.得分不得超过分值，完全达到指标值的得满分。
"""
DECLARATION = """项目支出绩效目标申报表
（2024年度）
项目名称→河道清淤补助→→→→
主管部门→柏河县水利局→实施单位→河道管理所→→
项目资金→年度资金总额→→300.00→→
年度绩效目标→完成河道清淤12公里，恢复行洪能力。→→→→
绩效指标→一级指标→二级指标→三级指标→指标值→说明
→产出指标→数量指标→清淤长度→≥12公里→
→→质量指标→验收合格率→100%→
→效益指标→社会效益指标→受益人口→≥3万人→
"""
RULES = """项目支出绩效评价指标体系及评分标准
（柏河县试行）
一级指标→二级指标→三级指标→权重→评分标准
决策→项目立项→立项依据充分性→5→依据充分得5分，较充分得3分
过程→资金管理→预算执行率→10→按比例计分，低于60%不得分
产出→产出数量→实际完成率→30→每低1个百分点扣1分
综合得分在90分以上为优，80分至90分为良。
"""
TENDER = """柏河县河道清淤工程招标公告
一、项目概况
本项目建设规模为清淤12公里，招标控制价300万元。
二、投标人资格要求
投标人须具备水利水电工程施工总承包三级以上资质。
三、评标办法
采用综合评估法，商务部分30分，技术部分70分。
"""
ENGLISH = """Performance evaluation report of the river dredging project
1. Overview
The project received 3 million yuan and spent 2.85 million yuan, an execution rate of 95%.
2. Score
The overall score is 88.5 points.
"""
DEDUCTIONS_ONLY = """柏河县2023年度河道清淤项目绩效评价报告
一、项目概况
柏河县水利局按照年度计划组织实施河道清淤工程，全年完成清淤十二公里，涉及五个乡镇，受益群众三万余人，工程质量总体良好。
二、评价情况
评价组通过查阅资料、现场核查和问卷调查等方式，对项目决策、过程、产出和效益四个方面进行了评价，认为项目立项依据充分，程序规范，资金使用合规，达到了预期目标，社会效益明显。
三、存在问题
部分河段清淤后弃土处置不够及时，档案资料归集不够完整，后续管护责任有待进一步落实。资金支付进度偏慢，影响了施工单位的积极性。
四、有关建议
建议明确管护主体，落实管护经费，加快资金支付进度，完善档案管理，不断提高财政资金使用效益，确保工程长期发挥作用，让群众持续受益。同时加强绩效目标管理，细化量化指标，提高目标编制质量。
"""

KINDS: list[tuple[str, PartKind, str]] = [
    (FIRST, "report", "a report"),
    (FORM.format(name="渠道管护项目"), "report", "a filled form"),
    (DEDUCTIONS_ONLY, "report", "a report that tells and does not score"),
    (BLANK_FORM, "blank_form", "a form without values"),
    (DECLARATION, "target_declaration", "targets without scores"),
    (RULES, "scoring_rules", "rules without scores"),
    (TENDER, "other", "another genre"),
    (ENGLISH, "other", "another language"),
    ("2024年1月\n", "other", "hardly any text"),
]


@pytest.mark.parametrize(("text", "kind", "why"), KINDS, ids=[why for _, _, why in KINDS])
def test_kind(text: str, kind: PartKind, why: str) -> None:
    """Each kind of text is told by what it holds."""
    (part,) = parts(text)
    assert part.kind == kind, why


def test_one_filled_score_makes_a_form_of_a_blank_one_a_report() -> None:
    """A form with its scores filled in is a report although most cells are blank."""
    filled = BLANK_FORM.replace("指标1：→→→", "指标1：清淤→5公里→45→44").replace(
        "指标2：→→→", "指标2：护岸→2公里→45→40"
    )
    (part,) = parts(filled)
    assert part.kind == "report"


def test_tags_of_a_table_are_no_foreign_language() -> None:
    """A short report whose table comes with long tags is a report in Chinese all the same."""
    style = '<td style="width:80pt;border:1px solid black;vertical-align:middle">'
    row = "<tr>" + "".join(f"{style}{text}</td>" for text in ("{}", "{}", "{}")) + "</tr>\n"
    rows = (("指标", "分值", "得分"), ("清淤长度", "60", "55"), ("验收合格率", "40", "40"))
    table = "<table>\n" + "".join(row.format(*texts) for texts in rows) + "</table>\n"
    (part,) = parts("河道清淤绩效评价报告\n综合得分为95分。\n" + table)
    assert part.kind == "report"
