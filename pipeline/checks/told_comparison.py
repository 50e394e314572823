"""Check: a number told as more or less than another one is so (文中比较)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.wording import quote, where
from pipeline.checks.wrong_way import wrong_ways

RULE = "told-comparison"
_VALUE = r"\d(?<![\d.,]\d)[\d,]{0,20}(?:\.\d{1,6})?"
_UNIT = r"(?:[%％]|[千万亿]?(?:元|人次|人|家|个|户|吨|公里|亩|次|件|台|票|天|平方米)?)"
_LESS = "低于|小于|少于|不足|未达到|未达|没有达到"
_MORE = "高于|大于|多于|超过|超出|突破"
_COMPARED = re.compile(
    rf"(?<!、)(?P<left>{_VALUE})\s?(?P<unit>{_UNIT})[”\"）)]?[，,]?(?:[已均仍远略明显大大幅的地严重]{{0,4}})(?P<way>{_LESS}|{_MORE})了?"
    rf"(?P<between>[^，。；,;\d]{{0,16}}?)[“\"（(]?\$?\s?(?P<bound>≥|≤|\\geq|\\leq)?\s?(?P<right>{_VALUE})\s?\\?(?P<unit2>{_UNIT})"
    r"(?!\s?个百分点|\s?、)"
)
_WORD = re.compile(rf"{_LESS}|{_MORE}")
_UP, _DOWN = "增长|增加|上升|提高|提升|扩大|增", "下降|减少|降低|缩短|压减|压缩|降|减"
_THING = r"(?:[%％]|[千万亿]?(?:元|人次|人|家|个|户|吨|公里|亩|次|件|台|天|平方米|起|例|项|所|张|条|分钟|小时))"
_MOVED = re.compile(
    rf"[从由][^，。；\d]{{0,14}}(?:(?:19|20)\d\d年度?[^，。；\d]{{0,6}})?(?P<left>{_VALUE})\s?(?P<unit>{_THING})[^，。；\d]{{0,2}}?(?P<way>{_UP}|{_DOWN})(?:到|至|为)"
    rf"(?:(?:19|20)\d\d年度?[^，。；\d]{{0,6}})?(?P<right>{_VALUE})\s?(?P<unit2>{_THING})"
)
_RANK = re.compile(r"第|排名|位次|名次")
_RULE = re.compile(r"扣|得满分|不得分|分别|由[^，。]{1,20}(?:到|至)")
_BY = re.compile(r"(?:年初|年度|预期|计划|绩效)?(?:目标|计划|任务|要求|标准|控制)(?:[值数价]|成本)?")
# `低于合同价134.49万元` may tell by how much; `低于70%的计划` and `低于合同价的134.49万元` do not.
_OPEN = re.compile(r"[\u4e00-\u9fff”\"）)](?<![的为是达到至在了于过少])$")
_OF_ONE = re.compile(r"(?:[日月年人户亩次均]均|平均|每[\u4e00-\u9fff]{1,3})[^，。；,;]{0,8}$")
_CHANGED = re.compile(r"上年|去年|同期|同比|平均|上一年|此前|原来")

_REACHING = ("达到", "实现", "完成")
_DONE = re.compile("|".join(_REACHING))
# `满意度88.60%，已达到目标值90%`; only of rates that are the better the higher.
_REACHED = re.compile(
    rf"(?:满意|合格|完成|覆盖|达标|就业|及时|利用|普及|成活|参保|签约|到位|收缴|知晓|优良)[度率]\D{{0,4}}(?P<left>{_VALUE})\s?(?P<unit>[%％])"
    rf"[，,]?(?:均?已|全部|均)?(?P<way>达到|实现)了?(?P<between>[^，。；,;\d]{{0,4}}(?:目标|指标|任务)[值数]?[^，。；\d]{{0,3}}?)[（(]?(?P<bound>≥)?"
    rf"(?P<right>{_VALUE})\s?(?P<unit2>[%％])(?!\s?个百分点|\s?以[下内])"
)
# `满意度88.60%，达到90%以上的指标值`
_REACHED_BOUND = re.compile(
    rf"(?:满意|合格|完成|覆盖|达标|就业|及时|利用|普及|成活|参保|签约|到位|收缴|知晓|优良)[度率]\D{{0,4}}(?P<left>{_VALUE})\s?(?P<unit>[%％])"
    rf"[，,]?(?:均?已|全部|均)?(?P<way>达到|实现|完成)了?(?P<between>[^，。；,;\d]{{0,4}})(?P<right>{_VALUE})\s?(?P<unit2>[%％])(?:及?以上)?"
    r"的(?:年度|绩效|预期)?(?:目标|指标|要求|任务)[值数]?"
)
# `降至13.1%，已达到年度目标12%以下的要求`
_BROUGHT_DOWN = re.compile(
    rf"(?:下降|降低|降|控制|压降)[至到在为]\s?(?P<left>{_VALUE})\s?(?P<unit>[%％])[，,]?(?:均?已|全部|均)?(?P<way>达到|实现|完成)了?"
    rf"(?P<between>[^，。；,;\d]{{0,4}}(?:目标|指标|任务)[值数]?[^，。；\d]{{0,3}}?)(?P<right>{_VALUE})\s?(?P<unit2>[%％])(?P<below>以[下内])"
)


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.numbered:
        if _WORD.search(sentence.text) and not _RULE.search(sentence.text):
            for match in _COMPARED.finditer(sentence.text):
                if match["unit"] and match["unit"] == match["unit2"]:
                    yield _relation(sentence, match)
        if sentence.text.count("%") + sentence.text.count("％") > 1 and _DONE.search(sentence.text):
            for form in (_REACHED, _REACHED_BOUND, _BROUGHT_DOWN):
                yield from (_relation(sentence, match) for match in form.finditer(sentence.text))
        for match in _MOVED.finditer(sentence.text) if "由" in sentence.text or "从" in sentence.text else ():
            if match["unit"] and match["unit"] == match["unit2"] and not _RANK.search(match[0]):
                yield _moved(sentence, match)
    yield from wrong_ways(facts, RULE)


def _relation(sentence: Sentence, match: re.Match[str]) -> Relation:
    one, other = printed_digits(match["left"]), printed_digits(match["right"])
    less = match["way"] in _LESS.split("|") or "below" in match.re.groupindex
    equal = one.value == other.value and match["way"] in ("超过", *_REACHING)
    right = (one.value < other.value if less else one.value > other.value) or equal
    spans = [sentence.span(match.start(name), match.end(name)) for name in ("left", "right")]
    at = f"text.compared.{spans[0].page}.{spans[0].line}.{sentence.start + match.start()}"
    mine, theirs = match["left"] + match["unit"], match["right"] + match["unit2"]
    relation = Relation(
        RULE,
        "consistent" if right else "inconsistent",
        (Operand(f"{at}.left", "operand", mine, one.value, spans[0]),),
        (Operand(f"{at}.right", "reported", theirs, other.value, spans[1]),),
        formula=f"{mine} {'<' if one.value < other.value else '≥'} {theirs}",
        reported=match["way"],
        computed=mine,
        difference=one.value - other.value,
        severity="warning",
    )
    if right:
        return relation
    reason = "" if match["way"] in _REACHING else _excuse(sentence, match, one, other)
    if reason:
        return undecided(relation, reason)
    return replace(
        relation,
        title=f"文中比较不成立：{mine}{match['way']}{theirs}",
        message=f"{where(spans[0])}“{quote(sentence.span(match.start(), match.end(), 0), mine)}”所述大小关系不成立。",
    )


def _excuse(sentence: Sentence, match: re.Match[str], one: ReportedNumber, other: ReportedNumber) -> str:
    """Why a comparison that does not hold may be one of other numbers, Chinese; '' if nothing says so."""
    of_one = _OF_ONE.search(sentence.text, max(match.start() - 16, 0), match.start())
    excuses = (
        (_is_difference(sentence, match) or _OPEN.search(match["between"]), "后一数可能是相差之数"),
        (of_one or _told_before(sentence, match, other), "相比较的可能是前文另一数"),
        (
            one.value == other.value
            or _BY.fullmatch(match["between"])  # 612人，低于目标38人: by how many
            or _CHANGED.search(match["between"])
            or match["bound"] in ("≤", "\\leq"),
            "比较的另一方未在此处写明，或两数相等",
        ),
    )
    return next((reason for applies, reason in excuses if applies), "")


def _is_difference(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the second number is what the first one lacks of, or exceeds, another that the sentence tells."""
    one, apart = printed_digits(match["left"]).value, printed_digits(match["right"]).value
    return any(abs(value - one) == apart for value in _others(sentence, match["unit"], 0, len(sentence.text)))


def _told_before(sentence: Sentence, match: re.Match[str], bound: ReportedNumber) -> bool:
    """Whether a number told before the nearest one satisfies it (`597.5万吨，日均1.64万吨，超过540万吨`)."""
    less = match["way"] in _LESS.split("|")
    before = _others(sentence, match["unit"], 0, match.start())
    return any(value < bound.value if less else value > bound.value for value in before)


def _others(sentence: Sentence, unit: str, low: int, high: int) -> list[Decimal]:
    """The numbers of one unit that text[low:high] of a sentence tells."""
    found = re.finditer(rf"(?<![\d.,])(?P<value>{_VALUE})\s?{re.escape(unit)}", sentence.text[low:high])
    return [printed_digits(one["value"]).value for one in found]


def _moved(sentence: Sentence, match: re.Match[str]) -> Relation:
    """`由12起降至15起`: what is said to fall falls."""
    one, other = printed_digits(match["left"]), printed_digits(match["right"])
    down = match["way"] in _DOWN.split("|")
    right = one.value >= other.value if down else one.value <= other.value
    spans = [sentence.span(match.start(name), match.end(name)) for name in ("left", "right")]
    at = f"text.moved.{spans[0].page}.{spans[0].line}.{sentence.start + match.start()}"
    mine, theirs = match["left"] + match["unit"], match["right"] + match["unit2"]
    sign = "=" if one.value == other.value else "<" if one.value < other.value else ">"
    relation = Relation(
        RULE,
        "consistent" if right else "inconsistent",
        (Operand(f"{at}.left", "operand", mine, one.value, spans[0]),),
        (Operand(f"{at}.right", "reported", theirs, other.value, spans[1]),),
        formula=f"{mine} {sign} {theirs}",
        reported=match["way"],
        computed=mine,
        difference=other.value - one.value,
        severity="warning",
    )
    if right:
        return relation
    return replace(
        relation,
        title=f"升降表述与数值不符：由 {mine} “{match['way']}”至 {theirs}",
        message=f"{where(spans[1])}“{quote(sentence.span(match.start(), match.end(), 0), theirs)}”，"
        f"所述升降方向与前后数值相反。",
    )


CHECK = Check(
    rule=RULE,
    name="文中比较",
    what="Where a sentence says that one number is above or below another, it is.",
    why="A miss told as a success, or the other way round, is found by reading the two numbers.",
    formula="number < number told as the larger",
    tolerance="strictly; equal numbers and comparisons with another year are undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=(
        "文 投诉由上年的15起下降至12起。",
        "文 渔船更新比例41.2%，远低于70%的计划。",
        "文 实际培训836人，超过计划的800人。",
    ),
    disagrees=(
        "文 三县平均5.60元。本县单位成本5.48元，比三县平均水平高0.12元。",
        "文 渔船更新比例71.2%，远低于70%的计划。",
        "文 投诉由上年的12起下降至15起。",
        "文 有效问卷114份，满意度88.60%，已达到目标值90%。",
        "文 其中满意443份，满意度88.60%，达到90%以上的指标值。",
        "文 损耗率由18.6%下降至13.1%，已达到年度目标12%以下的要求。",
    ),
    false_alarms=("a number of another subject in front of the comparison", "differences in percentage points"),
)
