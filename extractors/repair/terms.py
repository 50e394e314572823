"""Standard terms (标准词条): what fills a cell of its own in any report, and rows of nothing else.

Tables are printed row by row, their cells apart by a blank that is no hole; where standard terms stand on its sides,
a blank is likely such a one.
"""

from extractors import vocabulary
from extractors.repair.symbols import symbols

_LEAST_TERMS = 3  # that make a row
# Cells of forms and of tables of money; those of scoring tables are in the vocabulary.
_FORMS = """
项目名称 项目单位 项目类别 项目类型 项目内容 项目负责人 实施单位 实施主体 主管部门 主管单位 预算部门 预算单位 承担单位
建设单位 建设内容 建设地点 建设规模 责任单位 责任部门 责任科室 责任人 联系人 联系电话 填报人 填报单位 填报日期 单位名称
企业名称 工作内容 工作任务 支出内容 支出方向 支出类别 支出用途 支出项目 资金来源 资金性质 资金类别 资金用途 资金文号
预算数 年初预算 年初预算数 调整预算 调整预算数 调整后预算 预算安排 预算金额 预算下达 全年预算数 全年执行数 执行数 执行率
决算数 支出数 支出金额 支出进度 支出率 实际支出 实际支出数 到位数 到位金额 到位时间 资金到位 实际到位 拨付金额 拨付时间
下达金额 下达文号 下达时间 中标金额 合同金额 结算金额 审定金额 付款金额 支付金额 计划数 计划投资 实际投资 结余数
结余金额 结余资金 结转资金 上年结转 上年结转资金 中央资金 省级资金 市级资金 县级资金 区级资金 财政拨款 财政资金 其他资金
自筹资金 年度资金总额 补贴标准 补助标准 补助金额 奖励金额 奖补金额 增长率 回收率 发放份数 回收份数 有效份数 非常满意
比较满意 基本满意 不满意 占比 备注 小计 合计
"""


def _standard_terms() -> frozenset[str]:
    """Column heads, levels and indicators that fill a cell of their own."""
    names = [*vocabulary.LEVEL1, *vocabulary.LEVEL2, *vocabulary.LEVEL3, *vocabulary.TOTAL_LABELS]
    names += [*vocabulary.SUBTOTAL_LABELS, *vocabulary.GRADE_LABELS, *_FORMS.split()]
    return frozenset(
        symbols(name) for heads in (names, *vocabulary.COLUMN_HEADS.values()) for name in heads if len(name) > 1
    )


TERMS = _standard_terms()
_LONGEST_TERM = max(map(len, TERMS))


def letters_in_row(text: str) -> int:
    """Letters beyond two a term where the line is standard terms and nothing between them, as few as may be; or 0."""
    fewest = {0: 0}  # by place, the fewest terms that lead there
    for start in range(len(text)):
        if start in fewest:
            for end in range(start + 2, min(len(text), start + _LONGEST_TERM) + 1):
                if text[start:end] in TERMS:
                    fewest[end] = min(fewest.get(end, len(text)), fewest[start] + 1)
    terms = fewest.get(len(text), 0)
    return len(text) - 2 * terms if terms >= _LEAST_TERMS else 0
