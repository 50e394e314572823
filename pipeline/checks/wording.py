"""How findings speak (措辞): calm Chinese names of places, quotes cut to length, numbers without exponent."""

from decimal import Decimal

from extractors.provenance import SourceSpan
from normalizers.records import Mention
from pipeline.checks.model import Operand
from pipeline.checks.tolerance import written

_PLACES = {
    "scoring": "评分表",
    "group": "分项得分表",
    "annex": "附件评分表",
    "form": "自评表",
    "target": "绩效目标表",
    "summary": "得分汇总表",
    "heading": "标题",
    "prose": "正文",
    "cell-text": "评分说明",
}
FIELDS = {
    "weight": "权重",
    "score": "得分",
    "score_rate": "得分率",
    "target": "目标值",
    "actual": "实际完成值",
    "grade": "等级",
    "completion": "完成率",
}
_LONGEST = 36  # characters of a quote in a message


def where(span: SourceSpan) -> str:
    """`第 12 页` or `第 274 行`, whichever the source has."""
    if span.page is not None:
        return f"第 {span.page} 页"
    return f"第 {span.line} 行" if span.line is not None else "位置不详"


def place(mention: Mention) -> str:
    """What kind of place a mention stands in, and where: `评分表（第 83 行）`."""
    return f"{_PLACES[mention.place]}（{where(mention.span)}）"


def quote(span: SourceSpan, value: str) -> str:
    """The quote cut to some thirty characters around `value`."""
    text = " ".join(span.quote.split()).lstrip("。；;，,、：:）)")
    if len(text) <= _LONGEST:
        return text
    at = max(text.find(value.strip()), 0)
    start = max(min(at - _LONGEST // 2, len(text) - _LONGEST), 0)
    end = start + _LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def cited(operand: Operand) -> str:
    """`第 274 行“……”`."""
    return f"{where(operand.span)}“{quote(operand.span, operand.text)}”"


def plus(values: list[str]) -> str:
    """An addition written out; the middle of a long one left out."""
    if len(values) > 24:
        values = [*values[:20], "…", *values[-2:]]
    return " + ".join(values)


def percent(value: Decimal, digits: int = 2) -> str:
    """A ratio as a percentage, half-up: 0.898 -> `89.80%`."""
    return written(value * 100, digits) + "%"
