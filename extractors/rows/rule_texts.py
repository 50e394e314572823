"""Telling rules from results (评分规则): `每缺一项扣1分` is a rule, `缺一项，扣1分` a result."""

import re

from extractors.rows.context import Context
from extractors.rows.facts import Fact

_REACH = 30
# These begin with a set, to which the scanner leaps; what follows asks which of its characters it was.
_BEFORE = re.compile(
    r"[每否的≥≤<>最至上不满以之](?:(?<=每)(?!年|月|季|个?(?:项目|环节|阶段)均)[^。；;，,均都]{1,20}[，,]?|(?<=否)则[^。；;]{0,15}"
    r"|(?<=的)[,，]?(?:则|每|酌情|均)?|(?<=[≥≤<>])=?\s?\d[^。；;“”]{0,12}"
    r"|(?:(?<=最)[高多]|(?<=至)多|(?<=上)限|(?<=不)(?:超过|高于)|(?<=满)分|(?<=以)[上下内]|(?<=之)间)(?:的)?[,，]?)$"
)
_CONDITION = re.compile(r"[如若凡当视](?<![^。；;，,].)(?:(?<=如)果)?[^。；;]{1,30}$")
_BEHIND = re.compile(
    r"^(?:[/每+×÷*=]|[,，]?(?:扣|减)完为止|[,，]?直至|[,，]?(?:为止|封顶)|-\d|~|～|至\d|\(含\)|(?:及|或)?以[上下内])"
)
_THIS = re.compile(r"(?:该|本|此)项?(?:指标)?$")
_RECKONED = re.compile(r"(?:比例|计算|折算|标准|扣[减除]后)[^，,。；;]{0,6}$")
_NOTHING = re.compile(r"0(?:\.0+)?\s?分?")
_WHICH = re.compile(r"的[,，]?$")
# `评分标准：等于0，计满分；…大于10%不得分。` is a rule up to its stop, but for what it tells of this case.
_LABELLED = re.compile(r"(?:评分|计分|打分|赋分|得分|扣分|评价)(?:标准|细则|规则|办法|要点):")
_THIS_CASE = re.compile(
    r"因此|因而|所以|故|综上|据此|实际|本次|本项目|该项目|经查|最终|评价组|[\u4e00-\u9fff]{2}(?:得分|情况|说明|结果):"
)
_RULE_LONG = 300  # characters
_STOP = re.compile(r"[。！？!?\n]")
_POINTS = r"(?:(?:得|计|扣)(?:满分|\d{1,3}(?:\.\d{1,2})?分)|不得分)"
_STEP = re.compile(rf"(?:(?<=%)|(?<=\(含\))|(?<=以[上下内]))的?{_POINTS}")  # `95%(含)至100%扣0.1分`


def _is_no_weight(text: str, fact: Fact) -> bool:
    """`低于60%的该项为0分`, `102%，按满分10分计`: a rule, and the score of something."""
    if fact.word.startswith("应得") and _RECKONED.search(text, max(fact.start - _REACH, 0), fact.start):
        return True  # `按完成比例计算应得6.40分`
    counted = text.endswith(("按", "以"), 0, fact.start) and text.startswith("计", fact.end)
    return counted or bool(_NOTHING.fullmatch(text[slice(*fact.span)]))


def states_rule(text: str, fact: Fact, context: Context) -> bool:
    """Whether a score, deduction or full mark stands in the wording of a rule. Weights do only where they are none."""
    if context.rules or (fact.name == "weight" and _is_no_weight(text, fact)):
        return True
    if fact.name not in ("score", "self_score", "deduction", "full", "none"):
        return False
    if _BEHIND.match(text[fact.end : fact.end + 6]):
        return True
    if fact.tag == "TOTAL":
        return False
    return _in_labelled_rule(text, fact) or _is_step(text, fact) or _is_conditional(text, fact)


def _is_conditional(text: str, fact: Fact) -> bool:
    """Whether the words before a fact make it a rule (`每缺一项扣1分`, `超过3个月的，该项不得分`)."""
    before = text[max(0, fact.start - _REACH) : fact.start]
    this = _THIS.search(before)
    if this:  # `超过3个月的，该项不得分` is a rule, `已按期完成，该指标得满分` a result
        return bool(_WHICH.search(before, 0, this.start()) or _CONDITION.search(before, 0, this.start()))
    return bool(_BEFORE.search(before) or _CONDITION.search(before))


def _in_labelled_rule(text: str, fact: Fact) -> bool:
    """Whether a fact stands in a text announced as the scoring rule, no stop and no word of this case between."""
    low = max(0, fact.start - _RULE_LONG)
    labels = list(_LABELLED.finditer(text, low, fact.start)) if text.find(":", low, fact.start) >= 0 else []
    if not labels:
        return False
    label = labels[-1]
    return not (_STOP.search(text, label.end(), fact.start) or _THIS_CASE.search(text, label.end(), fact.start))


def _is_step(text: str, fact: Fact) -> bool:
    """Whether a fact is one of several steps of a sentence: points told of a bound, without a comma between."""
    own = _STEP.match(text, fact.start) or _STEP.match(text, max(fact.start - 1, 0))
    if own is None:
        return False
    low = max(0, fact.start - _RULE_LONG)
    for stop in _STOP.finditer(text, low, fact.start):
        low = stop.end()
    end = _STOP.search(text, fact.end, fact.end + _RULE_LONG)
    high = min(len(text), fact.end + _RULE_LONG) if end is None else end.start()
    return sum(1 for _ in _STEP.finditer(text, low, high)) > 1
