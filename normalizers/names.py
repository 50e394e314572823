"""Names compared as the field compares them (名称归一): numbering, weights and filler words taken off."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_WEIGHT = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*[%分]?\s*[)）]")
_LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章节部分]+|[(（]?[一二三四五六七八九十]+[)）]?[、.．,，]?|[(（]?\d{1,2}[)）]?[、.．,，)）](?!\d)"
    r"|[①-⑳]|指标\d{0,2}[:：])\s*"
)
_FILLER = re.compile(r"(?:指标|情况|分析|评价|得分|评分|完成情况|方面)+$")
_PUNCTUATION = re.compile(r"[\s\W_]+")


@lru_cache(maxsize=16_384)
def bare(name: str) -> str:
    """`name` without blanks, numbering and bracketed weight (`产出（37分）` -> `产出`)."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return _WEIGHT.sub("", _LABEL.sub("", folded))


@lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """What two prints of one name share: `一、产出指标分析（满分50分）` and `产出指标` both give `产出`."""
    plain = _BRACKETS.sub("", bare(name))
    plain = _PUNCTUATION.sub("", plain)
    stripped = _FILLER.sub("", plain)
    stripped = stripped.removeprefix("项目") if len(stripped) > 2 else stripped
    return stripped or plain


@lru_cache(maxsize=16_384)
def likeness(one: str, other: str) -> float:
    """How alike two names are, 0..1, by their keys; 1 where the keys are equal."""
    left, right = key(one), key(other)
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    return round(fuzz.ratio(left, right) / 100, 4)
