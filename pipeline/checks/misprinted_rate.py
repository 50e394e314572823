"""Check: a rate printed once is no misprint of what the numbers beside it give (比率笔误)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.orphans import Told, around, explains_rate, misprints, operand, sentence_of
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, last_clause
from pipeline.checks.tolerance import HUNDRED, half_up, written
from pipeline.checks.wording import quote, where

RULE = "misprinted-rate"
_DIGITS = 4  # of a rate that is not like another by chance
_CHANGE = re.compile(r"[增减升降]|提高|下滑|扩大|缩[短小]|节[约省]|压缩|变动|变化|幅")
# What says that a rate is wanted, made of several, or another's.
_OTHER = re.compile(
    r"目标|要求|指标值|标准|不低于|不少于|不高于|不超过|≥|≤|上届|平均|均值|年均|复合|综合|总体|加权|折算|系数|剔除|扣除|不含"
    r"|得分率|分别|依次|至$|[—–~～-]\s?$"
)
# Another year's rate, but the year that growth is counted from.
_OF_NAMED = re.compile(r"占[^，。；\d其总]{3,}的$")  # `占专项未支出资金的44.74%`: a whole that has a name of its own
_BEFORE = re.compile(r"上年|去年|上一|同期|往年|[由从]|(?:19|20)\d\d年度?的")
NONE = ("", "%", "分")  # of what no rate is: bare numbers, rates, scores
_ADDED = re.compile(r"(?:增加|减少|净增|新增|净减|核减|审减|压减|节约)[了额]?$")
_ROLES = (
    (re.compile(r"完成率$|完成[^，。；]{0,6}的$"), re.compile(r"实际|完成|实现|达"), re.compile(r"目标|计划|任务|应")),
    (
        re.compile(r"(?:执行|支出|支付|拨付|使用|兑付)(?:率|进度)$"),
        re.compile(r"支出|执行|支付|拨付|使用|兑付"),
        re.compile(r"预算|到位|下达|合同|安排"),
    ),
    (re.compile(r"到位率$"), re.compile(r"到位"), re.compile(r"预算|计划|下达|安排|应到|配套|批复")),
)
_IS = re.compile(r"(?:约?为|达到?了?|是|[:：]|\s)*$")
_WHOLE_NEAR = re.compile(r"[^，。；\d]{0,12}的")  # `占全市189所幼儿园的9.52%`
_WORDS = 24  # characters before a rate that say whose it is
_MOST = 5  # numbers of a sentence among which the two are looked for
_BRACKET = re.compile(r"\s?[（(](?P<inside>[^（()）]{1,40})[)）]")


@frozen
class _Way:
    """How a rate would follow: from which two numbers, as their ratio or change, and what it would be."""

    part: Told
    whole: Told
    change: bool
    value: Decimal


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph, told in facts.told:
        for rate in told:
            if rate.unit == "%" and len(rate.bare) >= _DIGITS and facts.printed[rate.printed] == 1:
                yield from _of_rate(paragraph, told, rate)


def _of_rate(paragraph: Sentence, told: Sequence[Told], rate: Told) -> Iterator[Relation]:
    """The relation with the two numbers that would give the rate, were it printed rightly."""
    slipped = [way for way in ways(paragraph.text, told, rate) if misprints(rate, way.value)]
    if len({way.value for way in slipped}) == 1 and not explains_rate(rate, around(rate, told)):
        yield _relation(paragraph, rate, slipped[0])


def ways(text: str, told: Sequence[Told], rate: Told) -> list[_Way]:
    """What numbers of the rate's sentence that count one thing give, and those its name asks for."""
    start, _ = sentence_of(text, rate.start)
    before = text[max(rate.start - _WORDS, start) : rate.start]
    clause = last_clause(before, "，,；;")
    change = bool(_CHANGE.search(clause))
    if _OF_NAMED.search(clause):
        return []
    if _OTHER.search(clause) or (not change and _BEFORE.search(clause)):
        return []
    bracket = _BRACKET.match(text, rate.end)
    behind = bracket.end() if bracket else rate.end
    beside = [one for one in told if start <= one.start < behind and one.unit not in NONE and one.value > 0]
    pairs = _named(_IS.sub("", clause), [one for one in told if one.start < rate.start]) + _near(text, beside, change)
    found = [_Way(a, b, change, _rate(a, b, rate.decimals, change)) for a, b in pairs if a.value != b.value]
    return found + [_Way(a, b, False, _rate(a, b, rate.decimals, False)) for a, b in pairs if _ADDED.search(a.name)]


def _near(text: str, beside: list[Told], change: bool) -> list[tuple[Told, Told]]:
    """The number nearest to the rate that another of its sentence counts the same as, with each such one."""
    beside = beside[-_MOST:]
    for at in range(len(beside) - 1, 0, -1):
        last, others = beside[at], [one for one in beside[:at] if one.counted == beside[at].counted]
        if others:
            turned = change or len(others) == 1 or _WHOLE_NEAR.match(text, last.end)
            return [(last, one) for one in others] + ([(one, last) for one in others] if turned else [])
    return []


def _named(name: str, told: list[Told]) -> list[tuple[Told, Told]]:
    """The last number told as what a completion, an execution counts, and the last told as what it is counted from."""
    for rate, parts, wholes in _ROLES:
        if rate.search(name):
            amounts = [one for one in told if one.unit not in NONE and one.value > 0]
            part = next((one for one in reversed(amounts) if parts.search(one.name)), None)
            same = [one for one in amounts if part is not None and one is not part and one.counted == part.counted]
            whole = next((one for one in reversed(same) if wholes.search(one.name)), None)
            return [] if part is None or whole is None else [(part, whole)]
    return []


def _rate(part: Told, whole: Told, decimals: int, change: bool) -> Decimal:
    of = abs(part.value - whole.value) if change else part.value
    return half_up(of * HUNDRED / whole.value, decimals)


def _relation(paragraph: Sentence, rate: Told, way: _Way) -> Relation:
    right = operand(paragraph, rate, "reported")
    left = (operand(paragraph, way.part), operand(paragraph, way.whole))
    computed = written(way.value, rate.decimals) + "%"
    one, other = left[0].text, left[1].text
    formula = f"|{one} − {other}| ÷ {other} = {computed}" if way.change else f"{one} ÷ {other} = {computed}"
    return contradicted(
        RULE,
        left,
        right,
        formula=formula,
        computed=computed,
        difference=rate.printed - way.value,
        title=f"比率 {right.text} 疑为 {computed} 之误",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，按同一段所列数量复算，{formula}，"
        f"与所列比率仅有一位数字之差或两位互换；该比率在报告中别处未见，与同段其他数字也不相符。",
    )


CHECK = Check(
    rule=RULE,
    name="比率笔误",
    what="A rate that nothing in its paragraph gives and no other place prints is no misprint of what two numbers of "
    "its sentence give.",
    why="A slip of the pen is near the right number; a number of another thing seldom is.",
    formula="part ÷ whole × 100 %, or change ÷ value before × 100 % = rate",
    tolerance="fails only where, of four digits or more, one differs or two are exchanged, the last one alone left out",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=("文 抽查台账24册，其中20册完整，完整率83.33%。",),
    disagrees=(
        "文 全线护栏418公里，锈蚀较重的96公里，占22.79%。",
        "文 送审造价826.45万元，审定800.00万元，审减率2.30%。；文 另有变更签证12份，涉及5份合同，占14.67%。；"
        "文 农路养护里程7,482公里，优良中等路6,097公里，优良中等路率81.94%。",
    ),
    false_alarms=("a rate of another year, a target, an average", "a rate whose operands another paragraph tells"),
)
