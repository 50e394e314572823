"""Lines of labelled values in prose (文字式自评表): `指标值：≥99%，实际完成：98.2%，分值15分，得分15分`."""

import re
from functools import lru_cache

from extractors.frozen import frozen
from extractors.rows.model import Printed
from extractors.rows.text import Squeezed

_LABELS = (
    ("target", r"(?:年初|年度|绩效|预期|全年|计划|设定的?)*(?:目标值|指标值|预期值|计划值|目标)"),
    ("actual", r"(?:年度|全年)*(?:实际完成值|实际完成情况|实际完成|实际值|实现值|完成值|完成情况)"),
    ("completion", r"(?:指标|目标|实际)?完成(?:率|比例)"),
    ("weight", r"(?:指标)?(?:分值|权重|标准分|满分)"),
    ("score", r"(?:自评|评价|实际)?(?:得分|得)"),
)
_BOUND = r"(?:不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|≥|≤|>|<|=|达到)?"
_NUMBER = rf"{_BOUND}\d[\d.]*(?:,\d{{3}})*(?:\.\d+)?[^，,；;。、:\d()]{{0,6}}(?:及?以[上下])?"
# `指标值：有效提升`, `目标值：就业≥300人`
_WORDS = r"(?<=:)[\u4e00-\u9fff]{2,12}(?:(?:≥|≤)?\d[\d.]*[^，,；;。、:\d()]{0,6})?"
_DATE = r"(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?<=[年月日])(?:底|末)?(?:前|之前|以前)?"
_REMARK = r"(?:\([^()]{1,40}\))?"
_FIELD = re.compile(
    "(?=[年绩预全计设目指实完分权标满自评得])(?:"  # what the labels begin with
    + "|".join(f"(?P<{name}>{label})" for name, label in _LABELS)
    + rf")(?:为|是|达到|达)?:?(?P<value>{_DATE}|{_NUMBER}|{_WORDS}){_REMARK}(?=[，,；;。、]|$)"
)
_LABEL = re.compile("(?:[该本]指标的?)?(?:" + "|".join(label for _, label in _LABELS) + ")")
_WORTH = re.compile(
    r"(?:[标期划成际现]值|目标|完成)[^。]{0,60}[得分权]|[分重][^。]{0,40}(?:[标期划成际现]值|目标|完成)"
)
_Run = dict[str, re.Match[str]]  # field -> where it is told, in order of print
_GAP = frozenset(("", "，", ",", "；", ";", "、", "。"))
_NAME = re.compile(
    r"(?:^|[。；;])(?:[(（]?\d{1,2}[)）、.．]|[①-⑳])?(?:[二三四]级指标(?:名称)?:|指标名称:|指标\d{0,2}[:.、]?)?(?P<name>[^，,。；;:\d][^，,。；;:]{1,29})[，,；;:：。]?$"
)
_BARE_NAME = re.compile(
    r"(?:[(（]?\d{1,2}[)）、.．]|[①-⑳])?(?:指标\d{0,2}[:.、]?)?(?P<name>[^，,。；;:、\d][^，,。；;:、]{1,29})[。；;:]?"
)
_NO_NAME = re.compile(r"该指标|本指标|此项|本项|如下|其中|得分|完成情况$|[得扣]\d|情况$|分析$")


@frozen
class LabelledLine:
    """One run of labelled values. low, end: in the squeezed text, name included. fields: all that are labelled.

    name: what the values are of, None where the line itself names nothing.
    """

    low: int
    end: int
    name: Printed | None
    fields: tuple[tuple[str, Printed], ...]

    @property
    def values(self) -> tuple[tuple[str, Printed], ...]:
        """What score claims do not read: target, actual value and completion."""
        return tuple((name, printed) for name, printed in self.fields if name in ("target", "actual", "completion"))


def labelled_lines(text: Squeezed) -> list[LabelledLine]:
    """The runs of at least a target or actual value and a weight or score, each field once, nothing between them."""
    return [line for run in _runs(text.text) for line in _line(text, run)]


@lru_cache(maxsize=64)
def _runs(text: str) -> tuple[_Run, ...]:
    """The labelled values of a text, those with nothing between them together; phrases and claims both ask for them."""
    if not ("值" in text or "目标" in text or "完成" in text) or not _WORTH.search(text):
        return ()  # one of these words stands in all that the pattern finds
    runs: list[_Run] = []
    end = 0
    for match in _FIELD.finditer(text):
        field, run = _field(match), runs[-1] if runs else {}
        if run and text[end : match.start()] in _GAP and field not in run:
            run[field] = match
        else:
            runs.append({field: match})
        end = match.end()
    return tuple(runs)


def is_label(text: str) -> bool:
    """Whether a text is the label of a value (`指标值`), so that it names nothing."""
    return bool(_LABEL.fullmatch("".join(text.split())))


def bare_name(text: Squeezed) -> Printed | None:
    """The name that a paragraph consists of (`发放补贴人数。`), None where it says more."""
    match = _BARE_NAME.fullmatch(text.text)
    if match is None or _NO_NAME.search(match["name"]):
        return None
    return text.printed(*match.span("name"), *match.span("name"))


def _field(match: re.Match[str]) -> str:
    """Which field a match labels."""
    return next(name for name, _ in _LABELS if match[name])


def _line(text: Squeezed, run: _Run) -> list[LabelledLine]:
    """The run as a line, or nothing where it is none."""
    if not ("target" in run or "actual" in run) or not ("weight" in run or "score" in run):
        return []
    matches = [*run.values()]
    low, end = matches[0].start(), matches[-1].end()
    begin = max(text.text.rfind(stop, 0, max(low - 1, 0)) for stop in "。；;") + 1
    named = _NAME.search(text.text, begin, low)
    name = None
    if named is not None and not _NO_NAME.search(named["name"]):
        name = text.printed(*named.span("name"), *named.span("name"))
        low = named.start("name")
    values = tuple((field, text.printed(*match.span("value"), low, end)) for field, match in run.items())
    return [LabelledLine(low, end, name, values)]
