"""How reports name columns, levels and standard indicators (词表); every entry is the field's own usage.

Sources: 财预〔2020〕10号 (framework, self-evaluation form), 财预〔2013〕53号, 财绩〔2021〕 guide on core
indicators, and the column heads that converters and provinces vary.
"""

import re
import unicodedata

# Column heads by role. Compared after `plain()`: NFKC, blanks and line breaks removed.
COLUMN_HEADS: dict[str, tuple[str, ...]] = {
    "level1": ("一级指标", "一级指标名称", "一级", "指标类别"),
    "level2": ("二级指标", "二级指标名称", "二级"),
    "level3": ("三级指标", "三级指标名称", "三级", "四级指标", "具体指标"),
    "indicator": ("指标", "指标名称", "评价指标", "绩效指标", "评价内容", "考核指标"),
    "weight": (
        "权重",
        "权重分",
        "权重分值",
        "分值",
        "标准分",
        "标准分值",
        "满分",
        "满分值",
        "指标分值",
        "指标权重",
        "分值权重",
        "赋分",
        "设定分值",
        "应得分",
        "基准分",
        "权重(%)",
        "权重%",
    ),
    "score": (
        "得分",
        "评价得分",
        "自评得分",
        "实际得分",
        "评分",
        "最终得分",
        "指标得分",
        "考核得分",
        "复核得分",
        "评分结果",
        "综合得分",
        "评价分",
    ),
    "score_rate": ("得分率", "得分率(%)", "得分比例", "得分占比"),
    "target": (
        "年度指标值",
        "指标值",
        "目标值",
        "预期值",
        "年初设定的指标值",
        "评价年度预期值",
        "年度目标值",
        "绩效目标值",
        "计划指标值",
        "预期指标值",
        "评价标准值",
        "计划值",
    ),
    "actual": (
        "实际完成值",
        "全年完成值",
        "实际完成情况",
        "完成值",
        "实现值",
        "评价年度实现值",
        "实际值",
        "全年实际值",
        "实际完成指标值",
        "完成情况",
        "实际完成",
    ),
    "completion": ("完成率", "完成比率", "完成比例", "完成程度"),
    "comment": (
        "评分说明",
        "备注",
        "偏差原因分析及改进措施",
        "偏差原因分析",
        "扣分原因",
        "得分说明",
        "评价情况",
        "说明",
        "未完成原因分析",
        "未完成原因及改进措施",
        "评分依据",
        "扣分说明",
        "得分理由",
        "评价结论",
    ),
    "rule": ("评分标准", "评分细则", "评价标准", "计分标准", "评分规则", "计分方法", "评分办法"),
    "definition": ("指标解释", "指标说明", "内涵解释", "指标内涵", "评价要点"),
    "deduction": ("扣分", "扣分值", "扣减分"),
    "unit": ("计量单位", "单位", "度量单位"),
    "serial": ("序号", "编号"),
}

# Names of level-1 and level-2 indicators in the standard framework and the self-evaluation form.
LEVEL1 = (
    "决策",
    "过程",
    "产出",
    "效益",
    "投入",
    "成本指标",
    "产出指标",
    "效益指标",
    "满意度指标",
    "预算执行率",
    "管理",
    "效果",
    "成本",
    "满意度",
    "项目决策",
    "项目过程",
    "项目管理",
    "项目产出",
    "项目效益",
    "项目绩效",
    "部门决策",
    "部门管理",
    "部门绩效",
    "预算执行",
    "履职效能",
    "履职效益",
    "可持续发展能力",
)
LEVEL2 = (
    "项目立项",
    "绩效目标",
    "资金投入",
    "资金管理",
    "组织实施",
    "产出数量",
    "产出质量",
    "产出时效",
    "产出成本",
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "服务对象满意度",
    "满意度指标",
    "项目效益",
    "实施效益",
    "业务管理",
    "财务管理",
    "资金落实",
    "事项管理",
)
LEVEL3 = (
    "立项依据充分性",
    "立项程序规范性",
    "绩效目标合理性",
    "绩效指标明确性",
    "预算编制科学性",
    "资金分配合理性",
    "资金到位率",
    "预算执行率",
    "资金使用合规性",
    "管理制度健全性",
    "制度执行有效性",
    "实际完成率",
    "质量达标率",
    "完成及时性",
    "成本节约率",
    "经济效益",
    "社会效益",
    "生态效益",
    "可持续影响",
    "社会公众或服务对象满意度",
    "满意度",
)
TOTAL_LABELS = ("合计", "总计", "总分", "综合得分", "总得分", "合计得分", "评价总分", "自评总分", "得分合计")
SUBTOTAL_LABELS = ("小计", "分项合计", "本项合计")
GRADE_LABELS = ("绩效评定级别", "评价等级", "绩效等级", "评定等级", "自评等级", "评价结论", "等级", "绩效级别")


_BLANK = re.compile(r"\s+")


def plain(text: str) -> str:
    """`text` for comparing names: NFKC, without any blank."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


_HEAD_ROLE = {plain(head): role for role, heads in COLUMN_HEADS.items() for head in heads}


def column_role(head: str) -> str | None:
    """The role of a column head printed exactly as listed, else None."""
    return _HEAD_ROLE.get(plain(head))
