"""What a paragraph or sentence speaks of before any claim (话题): its label (`资金到位率：…`) or its first words."""

import re

from extractors.rows.context import Context
from extractors.rows.model import Printed
from extractors.rows.subjects import PREFIX, Subject
from extractors.rows.text import Squeezed, behind_last

# `（1）立项程序规范性：…` and `2.资金到位率，分值4分，得4分`; matched where a sentence begins.
_LABEL = re.compile(
    r"\s*(?P<number>[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[①-⑳]|[-—•·*●◆■○▪◇□▲]|[A-Z]\d{1,3}[.、]?)?\s?(?P<name>[^，,。；;:()\s]{2,24}(?:\([^()]{1,12}\))?)"
    r"(?::|[，,](?=(?:该指标|本指标)?(?:指标)?(?:分值|权重|满分|标准分|得分|评价得分|自评得分|\d{1,3}(?:\.\d+)?分[，,]得)))"
)
# `2.长效机制建设。……该指标权重3分`: a numbered name that ends with a stop, where `该指标` follows in the paragraph.
_STOPPED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[①-⑳])\s?(?P<name>[^，,。；;:()\s]{2,24}(?:\([^()]{1,12}\))?)。"
)
# `指标A11“立项依据充分性”，权重3分`
_QUOTED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[①-⑳])?(?:指标)?(?:[A-Z]\d{0,3})?[“\"](?P<name>[^”\"]{2,30})[”\"]"
    r"(?:这一|该)?(?:指标|项)?[，,:]"
)
# `指标名称：新修护岸；年度指标值：…`
_NAMED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[①-⑳])?(?:[二三四]级)?指标(?:名称)?:"
    r"(?P<name>[^，,。；;:()]{2,30}(?:\([^()]{1,12}\))?)[，,；;。]"
)
_NO_NAME = re.compile(
    r"(?:说明|原因|情况|结论|依据|理由|分析|意见|标准|方法|过程|结果|问题|措施|建议|如下|得分|评分|备注|注)$|^其中"
)
_FIRST_WORDS = re.compile(r"[^，,。；;:()\d“”\"≥≤<>%]{2,24}")
_LEAD_TAIL = re.compile(r"(?:指标)?(?:已经?|均|全部|实际|平均|仅|约|共|达到|达|为|是|完成|得|有)+$")
_QUOTED_INDICATOR = re.compile(r"“(?P<name>[^”]{2,30})”(?:这一|该)?(?:[一二三]级)?指标")
_WEIGHED = re.compile(r"(?<=[，,。；;])(?P<name>[^，,。；;:()\d]{4,24})(?:满分|分值)?\d{1,2}(?:\.\d+)?分[，,]$")
_COMMA = re.compile(r"[，,](?!\d)\s?")
_BESIDE = "与和及、的"  # behind a name that is one of several things spoken of: `绩效目标与预算资金量相匹配`
_SHORTEST = 4  # characters of a name that a clause may begin with
# What a paragraph numbers within itself; begins with a set, to which the scanner leaps.
_POINT = re.compile(r"[①-⑳(（](?<=[。；].)(?:(?<=[①-⑳])|\d{1,2}[)）])")
_REACH = 2_000  # characters before a claim in which such a number labels it
_STOP, _ENDS = re.compile(r"[。；;！!？?\n]"), "。！!？?\n"  # of clauses, of sentences


def label_subject(text: Squeezed, at: int, context: Context) -> Subject | None:
    """The indicator that labels the clause around text[at], else its sentence, else the paragraph.

    In a table cell only a known one.
    """
    before = text.text[:at]
    sentence = max(map(before.rfind, _ENDS)) + 1
    lows = {0, sentence, max(sentence, before.rfind("；") + 1, before.rfind(";") + 1)}
    lows |= {point.start() for point in _POINT.finditer(text.text, max(at - _REACH, 0), at)}
    return next((label for low in sorted(lows, reverse=True) if (label := _label(text, low, at, context))), None)


def stopped_label(text: Squeezed, at: int, context: Context) -> Subject | None:
    """The numbered name, closed by a stop, that a paragraph of running text begins with; for `该指标` at text[at]."""
    match = _STOPPED.match(text.text, 0, at)
    if match is None or context.heading or context.cell_row is not None or _NO_NAME.search(match["name"]):
        return None
    start, end = match.span("name")
    return Subject(printed=text.printed(start, end, start, match.end()), names_indicator=True)


def _label(text: Squeezed, low: int, high: int, context: Context) -> Subject | None:
    """The label that text[low:high] begins with."""
    quoted = _QUOTED.match(text.text, low) or _NAMED.match(text.text, low)
    if quoted is not None and quoted.end() <= high and not context.heading:
        return Subject(printed=_printed(text, *quoted.span("name")), names_indicator=True)
    match = _LABEL.match(text.text, low)
    if match is None or match.end() > high:
        return None
    if context.heading or _NO_NAME.search(match["name"]):
        return None
    known = context.names_indicator(match["name"])
    # The segments below a heading that is nothing but its number (`1.`) begin with what it numbers.
    numbered = bool(match["number"]) or (low == 0 and bool(context.path) and not context.path[-1].title)
    doubtful = context.cell_row is not None or not (match.group().endswith(":") or numbered)
    if doubtful and not known:
        return None
    start, end = match.span("name")
    return Subject(printed=text.printed(start, end, start, match.end()), names_indicator=True)


def sentence_subject(text: Squeezed, at: int, context: Context, *, known_only: bool) -> Subject | None:
    """What the sentence around text[at] begins with; `known_only`: None unless that is a known indicator, and the
    nearest where several of its clauses begin with one (`甲率100%，乙率83%，未达标，扣0.8分`).

    Otherwise the sentence's own beginning stands for what it speaks of, so that it is not taken for its heading's.
    """
    low = behind_last(_STOP, text.text, 0, at)
    prefix = PREFIX.match(text.text, low, at)
    low = prefix.end() if prefix else low
    match = _FIRST_WORDS.match(text.text, low, at)
    if match is None:
        if known_only or low == at:
            return None
        return Subject(printed=_printed(text, low, min(low + 12, at)))
    start, end = match.span()
    tail = _LEAD_TAIL.search(text.text, start, end)
    end = tail.start() if tail and tail.start() > start else end
    known = context.names_indicator(text.text[start:end])
    if known_only and not known:
        return None
    if known:
        start, end = _nearest_known(text.text, end, at, context) or (start, end)
    return Subject(printed=_printed(text, start, end), names_indicator=known)


def _nearest_known(text: str, low: int, at: int, context: Context) -> tuple[int, int] | None:
    """The last known indicator with which a clause of text[low:at] begins."""
    starts = [comma.end() for comma in _COMMA.finditer(text, low, at)]
    for start in reversed(starts):
        words = _FIRST_WORDS.match(text, start, at)
        for end in range(words.end(), start + _SHORTEST - 1, -1) if words else ():
            if context.names_indicator(text[start:end]) and text[end] not in _BESIDE:
                return start, end
    return None


def named_since(text: Squeezed, low: int, at: int, context: Context) -> Subject | None:
    """The indicator that a clause names between the claim before it and text[at]: quoted, with its weight right before
    it, or first behind a stop.

    `…，得5分；改造192户，“改造户数”指标4分，扣1.5分`, `…，得3分；但有的未量化，乙2分，扣1分` and
    `甲得5分；乙完成率90%，扣1分`.
    """
    quoted = list(_QUOTED_INDICATOR.finditer(text.text, low, at)) if text.text.find("“", low, at) >= 0 else []
    if quoted:
        return Subject(printed=_printed(text, *quoted[-1].span("name")), names_indicator=True)
    weighed = _WEIGHED.search(text.text, low, at) if text.text.endswith(("分，", "分,"), low, at) else None
    if weighed is not None and context.names_indicator(weighed["name"]):
        return Subject(printed=_printed(text, *weighed.span("name")), names_indicator=True)
    start = behind_last(_STOP, text.text, low, at)
    words = _FIRST_WORDS.match(text.text, start, at) if start > low else None
    for end in range(words.end(), start + _SHORTEST - 1, -1) if words else ():
        if context.names_indicator(text.text[start:end]) and text.text[end] not in _BESIDE:
            return Subject(printed=_printed(text, start, end), names_indicator=True)
    return None


def _printed(text: Squeezed, start: int, end: int) -> Printed:
    """The words as printed."""
    return text.printed(start, end, start, end)
