"""Telling rules from results (评分规则): `每缺一项扣1分` is a rule, `缺一项，扣1分` a result."""

import re

from extractors.rows.context import Context
from extractors.rows.facts import Fact

_REACH = 30
_BEFORE = re.compile(
    r"(?:每(?!年|月|季|个?(?:项目|环节|阶段)均)[^。；;，,均都]{1,20}[，,]?|否则[^。；;]{0,15}|的[,，]?(?:则|每|酌情|均)?"
    r"|[≥≤<>]=?\s?\d[^。；;“”]{0,12}|(?:最高|最多|至多|上限|不超过|不高于|满分|以上|以下|以内|之间)(?:的)?[,，]?)$"
)
_CONDITION = re.compile(r"(?:^|[。；;，,])(?:如果?|若|凡|当|视)[^。；;]{1,30}$")
_BEHIND = re.compile(
    r"^(?:[/每+×÷*=]|[,，]?(?:扣|减)完为止|[,，]?直至|[,，]?(?:为止|封顶)|-\d|~|～|至\d|\(含\)|(?:及|或)?以[上下内])"
)
_THIS = re.compile(r"(?:该|本|此)项?(?:指标)?$")
_NOTHING = re.compile(r"0(?:\.0+)?\s?分?")
_WHICH = re.compile(r"的[,，]?$")


def _is_no_weight(text: str, fact: Fact) -> bool:
    """`低于60%的该项为0分`, `102%，按满分10分计`: a rule, and the score of something."""
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
    before = text[max(0, fact.start - _REACH) : fact.start]
    this = _THIS.search(before)
    if this:  # `超过3个月的，该项不得分` is a rule, `已按期完成，该指标得满分` a result
        return bool(_WHICH.search(before, 0, this.start()) or _CONDITION.search(before, 0, this.start()))
    return bool(_BEFORE.search(before) or _CONDITION.search(before))
