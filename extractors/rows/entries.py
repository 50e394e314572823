"""Entries of scored lists in prose (正文评分条目): a name and its weight at the head of a sentence, then its score."""

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extractors.frozen import frozen, replace

_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_LABEL = (
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)[、.．]?|[①-⑳]|[-—•·*●◆■○▪◇□▲]|\d{1,2}(?:\.\d{1,2}){1,3}[、.．]?"
    r"|(?:指标)?\[?(?P<code>[A-H]\d{0,3}(?:[-.]\d{1,2}){0,2})\]?[、.．:]?(?=[\u4e00-\u9fff“\"]))?\s?"
)
_CHARACTER = r"[\u4e00-\u9fffA-Za-z“”\"《》/·+－-]"
_NAME = rf"(?P<name>{_CHARACTER}(?:{_CHARACTER}|\d(?!\d{{0,3}}(?:\.\d{{1,2}})?分)|\([^()\d]{{1,8}}\)){{1,23}}?)"
_WORD = (
    r"(?:该指标|本指标|此项|该项|指标)?"
    r"(?:权重分值|权重分|权重|标准分值|标准分|基准分|设定分值|总分值|分值|满分|应得分)"
)
_POINTS = rf"{_NUMBER}分(?![之钟别类布])"
_GOT = r"(?:自评|评价|实际|实|最终|综合|评定)?(?:得分|得|评分)"
_IN_BRACKETS = rf"(?:[，,;；/、](?:(?:{_GOT}|扣分?|得分率)[为是:]?{_NUMBER}[分%][，,]?){{1,3}})?"
_HEAD = re.compile(
    rf"{_LABEL}\[?{_NAME}\]?(?:[，,:]?\((?:(?:{_WORD}|共计?|计|占)[为是:]?)?(?P<weight>{_POINTS}){_IN_BRACKETS}\)"
    rf"|[，,:]?{_WORD}[为是:]?(?P<worded>{_POINTS})"
    rf"|[，,:]?(?P<bare>{_POINTS})(?=[，,]?{_GOT}[为是:]?{_NUMBER}分|{_NUMBER}分$))"
)
# What begins a sentence about scores, or about anything else, and names no indicator.
_NO_NAME = re.compile(
    r"^(?:[该本此其各每总共经按扣若但且并则未因由对在将已有无不得较比]|合计|以上|上述|综上|故|根据|依据|另|即|如(?!期)|同比|环比)"
    r"|^[一二三四]级$|^(?:标准分?|基准分?|指标|满分|权重|分值|评价|自评|部分)+$"
    r"|(?:得分|扣分|评分|满分|分值|权重|标准|规则|说明|原因|问题|建议|小计|合计|总计|总分|[扣得为是共按以计占合加减])$"
    r"|要点|等级|档次|[打评得]分|最[高低]|由\d|构成|组成|包[括含]|涵盖|设[置有立]\d|下设|\d[个项]"
)
_SHARE = re.compile(rf"[，,]?(?:{_GOT}[为是:]?)?({_NUMBER})分")
_STOPS = re.compile(r"[。；;\n]")
_SCORED = re.compile(rf"[，,(]{_GOT}[为是:]?{_NUMBER}分")


@frozen
class Entry:
    """One entry of a scored list (评分条目); offsets in the squeezed text, half open.

    low: where it begins, with its number. end: behind the weight's words. name: the name alone. weight: the points
    alone. reach: where what is told of it ends. code: the code printed before the name (`A11`), or ''.
    """

    low: int
    end: int
    name: tuple[int, int]
    weight: tuple[int, int]
    reach: int
    code: str


@lru_cache(maxsize=64)
def entries(text: str) -> tuple[Entry, ...]:
    """The entries that a paragraph begins with and goes on with, one behind the other; () where it begins with none.

    `目标合理性（5分）：…，得4分。` is one; `立项4分，得4分；目标5分，得4分。` are two. Another begins where a sentence
    does, in the very form of the first or numbered as it is, once the one before has its score; what looks else is
    part of what is told.
    """
    if "分" not in text:
        return ()
    heads = [head] if (head := _head(text, 0)) else []
    at = 0
    while heads and (stop := _STOPS.search(text, max(at, heads[-1].end()))) is not None:
        at = stop.end()
        head = _head(text, at)
        if head is not None and _alike(head, heads[0]) and _SCORED.search(text, heads[-1].start(), at):
            heads.append(head)
    found = [_entry(head, behind.start()) for head, behind in pairwise(heads)]
    found += [_entry(head, len(text)) for head in heads[-1:]]
    points = [Decimal(text[low : high - 1]) for low, high in (entry.weight for entry in found)]
    if len(found) > 2 and sum(points[1:]) == points[0]:  # what the first is divided into
        return (replace(found[0], reach=len(text)),)
    return tuple(found)


def _head(text: str, at: int) -> re.Match[str] | None:
    """The head of an entry at text[at], if its name can be one."""
    head = _HEAD.match(text, at)
    if head is None or _NO_NAME.search(head["name"]):
        return None
    got = _SHARE.match(text, head.end()) if head["bare"] else None
    return head if got is None or Decimal(got[1]) <= Decimal(head["bare"][:-1]) else None


def _alike(head: re.Match[str], first: re.Match[str]) -> bool:
    """Whether a head goes on with the list of the first: numbered (the first one's number may be a heading of its
    own, brackets may number parts), or the weight announced alike and the same sign behind it."""
    label, first_label = (one.string[one.start() : one.start("name")].strip() for one in (head, first))
    numbered = bool(label) and (bool(first_label) or label[0].isalnum())
    forms = [(one.lastgroup, one.string[one.end() : one.end() + 1]) for one in (head, first)]
    return numbered or forms[0] == forms[1]


def _entry(head: re.Match[str], reach: int) -> Entry:
    """The entry of a head."""
    weight = next(head.span(name) for name in ("weight", "worded", "bare") if head[name])
    return Entry(head.start(), head.end(), head.span("name"), weight, reach, head["code"] or "")
