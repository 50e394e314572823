"""What a column head says (列名): its role and unit, however provinces and converters vary it."""

import re
from collections.abc import Callable
from functools import lru_cache

from extractors.folded import fold
from extractors.frozen import frozen
from extractors.remembered import Remembered
from extractors.vocabulary import column_role, plain

MONEY_UNIT = re.compile(r"亿美元|万美元|亿欧元|万欧元|美元|欧元|港元|日元|亿元|千万元|百万元|万元|千元|元")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_UNIT_IN_BRACKETS = re.compile(r"[(\[](?:单位:?)?([^()\[\]]{1,6})[)\]]")
_UNIT_BEHIND = re.compile(r"[/,、:_-](亿元|万元|千元|元|%)$")
_LONGEST = 60  # characters of a head
_SERIAL_NUMBER = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)[.、．]")

# Tried in this order on heads without brackets, where no exact synonym fits; the first that matches gives the role.
_FUZZY: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("score_rate", r"得分率|得分比|得分占"),
        ("comment", r"原因|措施|备注|(?:评分|得分|评价|扣分|情况)说明|(?:评分|得分|打分)依据|评分理由|分析$"),
        ("rule", r"(?:评分|评价|计分|打分|赋分|扣分|考核)的?(?:标准|细则|规则|办法|方法|要求)|计算公式|计算方法"),
        ("definition", r"(?:指标|内涵|名词)(?:解释|说明|内涵|释义|定义)|评价要点|考核要点|评价内容$|考核内容$"),
        ("self_score", r"自评(?:得)?分|自评$|自评结果|单位自评|部门自评|初评(?:得)?分"),
        ("score", r"^(?:审核|复核|复评|核定|终评|评价|第三方|评价组)(?:后|数|结果)?(?:得?分)?$"),
        ("deduction", r"^扣(?:减)?分(?:值|数|情况)?$|^扣分"),
        ("completion", r"完成(?:率|比|进度|程度)|实现率|偏离度|偏差率"),
        ("level1", r"^(?:一级|1级|第一级)"),
        ("level2", r"^(?:二级|2级|第二级)"),
        ("level3", r"^(?:三级|3级|第三级)"),
        ("level4", r"^(?:四级|4级|第四级)"),
        ("score", r"绩效分|业绩得分|最终分$|核定分$|终评|复评分?$"),
        ("weight", r"权重|分值|标准分|满分|赋分|基准分|总分值|应得分|设定分"),
        ("score", r"得分$|平均分|得分数|评分$|评分值|打分$|实得分|得分情况|评价分$|评定分|得分结果"),
        ("target", r"(?:目标|指标|预期|计划|标准|标杆)值|年度目标|绩效目标$|预期(?:目标|指标)|计划(?:完成|数)|目标数"),
        ("actual", r"业绩值|绩效值|(?:实现|完成|实际)(?:值|数|情况)|实际完成|完成结果|指标完成"),
        ("unit", r"计量单位|度量单位|^单位$"),
        ("sign", r"^(?:指标(?:性质|符号)|(?:运算|计算|比较)符号?)$"),
        ("indicator", r"^(?:绩效|评价|考核|评分|考评|评估|具体|核心)?指标(?:名称|内容|项|体系)?$"),
        ("indicator", r"(?:考核|评价|评分|考评)(?:项目|因素|维度)$"),
        ("serial", r"^序号?$|^编号$|^行次$|^NO\.?$"),
        ("name", r"^(?:名称|内容)$"),
    )
)

# Heads of money columns, by the role of the amounts below them (CONTRACT.md); the first that matches counts.
# `核定面积（万平方米）` is no money, whatever its words.
_COUNTED = re.compile(
    r"[（(](?:单位[:：])?[百千万亿]?(?:平方米|平方公里|立方米|㎡|m²|亩|公顷|公里|千米|米|人次?|户次?|个|台|套|辆|吨|处|座|件|家|名|所|次|场|床|张)[)）]$"
)
_MONEY: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (
            "other",
            r"^应(?:到位|拨|支|付|兑)|^(?:未|尚|待|欠)|缺口|预备费|^(?:年中|中期)?(?:追加|调增|新增)(?!后)(?:预算|资金|指标|金额|数|额)+$",
        ),
        ("other", r"[人户亩次件]均|平均|均价"),  # no amount adds up to a total of these
        ("share", r"占.{0,6}(?:支出|支付|到位|执行)[数额]?的?(?:比例|比重|百分比)"),
        ("arrival_rate", r"到位率"),
        (
            "execution_rate",
            r"执行率|支出率|支付率|使用率|执行进度|支出进度|执行比例|支出比例|支付进度|^完成率|(?:预算|资金|支出|投资|金额|付款)完成率",
        ),
        ("growth", r"同比|增长|增幅|增速|环比|增减"),
        ("share", r"占比|比重|比例|比率"),
        ("recovered", r"收回|调减|核减|压减|上缴|回收"),
        ("saved", r"结余|结转|节约|剩余|余额|节支"),
        (
            "budget_adjusted",
            r"全年预算|可用资金|可使用资金|可支配资金|调整后|调整预算|预算调整|下达|追加后|可用指标|指标金额|指标数|指标额",
        ),
        ("arrived", r"到位|到账|拨入|收到"),
        ("budget_original", r"预算(?!执行)|概算|批复|计划投|计划资金|计划金额|计划额|安排|申请|申报|核定"),
        ("contract", r"合同|中标|成交价|成交金额"),
        (
            "spent",
            r"执行(?:数|额|金额|情况)|支出|支付|使用|拨付|决算|发放|已付|实付|付款|核销|兑付|兑现"
            r"|(?:补贴|补助|奖励|奖补|支持|扶持|资助)(?:金额|资金)",
        ),
        ("subsidy_rate", r"(?:补助|补贴|奖励|资助|收费)标准|单价"),
        ("outcome", r"(?:交易|销售|出口|进口|营业|成交|税|总)额|产值|收入|税收|进出口|零售|利润|增加值|贷款|外资|引资"),
        ("other", r"金额|资金|经费|投资|投入|总价|费用|款项|数额"),
    )
)


_PART_OF_SUM = re.compile(
    r"^(?:其中:?)?(?:总额|小计|合计|总计|财政拨款|财政资金|其他资金|其他|自有资金|自筹资金|自筹|(?:中央|省级|市级|县级|区级|本级|上级)(?:资金|财政)?)$"
)


@frozen
class Head:
    """A column head read (列名). role: '' if none is recognised; text: folded, blanks and brackets removed."""

    role: str
    text: str
    unit: str = ""


def head_unit(head: str) -> str:
    """The unit a head states in brackets or behind a stroke (`（万元）`, `权重(%)`), else ''."""
    folded = "".join(fold(head).split())
    found = _UNIT_IN_BRACKETS.search(folded) or _UNIT_BEHIND.search(folded)
    if found is None:
        return ""
    unit = found.group(1)
    money = MONEY_UNIT.search(unit)
    if money:
        return money.group()
    return unit if unit in {"%", "分", "百分比", "个", "家", "人", "户", "件", "次"} else ""


def _bare(head: str) -> str:
    folded = _SERIAL_NUMBER.sub("", "".join(fold(head).split()))
    return _BRACKETS.sub("", folded).strip(":") or folded


bare: Callable[[str], str] = Remembered(_bare, _LONGEST, 2048).__getitem__
"""A head without blanks, brackets and numbering."""


@lru_cache(maxsize=2048)
def read_head(head: str) -> Head:
    """The role and unit that a column head states."""
    if len(head) > _LONGEST:
        return Head("", "")
    text = bare(head)
    if not text or len(text) > 20:
        return Head("", text)
    role = column_role(plain(head)) or column_role(text)
    if role == "score" and "自评" in text:
        role = "self_score"
    if role is None:
        role = next((name for name, pattern in _FUZZY if pattern.search(text)), "")
    return Head(role, text, head_unit(head))


def money_of(heads: list[str]) -> str:
    """The role that a chain of heads (outermost first) gives amounts; `总额`, `财政拨款` below it only divide it."""
    telling = [head for head in reversed(heads) if not _PART_OF_SUM.match(bare(head))]
    return next((found for found in map(money_role, telling or heads) if found), "")


@lru_cache(maxsize=2048)
def money_role(head: str) -> str:
    """The role of amounts below this head (`spent`, `execution_rate`, `growth` …), '' if it names no money."""
    if len(head) > _LONGEST:
        return ""
    text = bare(head)
    if not text or len(text) > 24 or _COUNTED.search(head):
        return ""
    told = ""
    if MONEY_UNIT.search(head_unit(head)):  # a head with its unit names money by that alone
        told = "budget_original" if re.search(r"计划|任务", text) else "other"
    return next((name for name, pattern in _MONEY if pattern.search(text)), told)
