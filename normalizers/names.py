"""Names compared as the field compares them (名称归一): numbering, weights and filler words taken off."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from extractors.nfkc import nfkc

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_WEIGHT = re.compile(r"[(（]\s*\d+(?:\.\d+)?\s*[%分]?\s*[)）]")
_LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章节部分]+|[(（][一二三四五六七八九十]+[)）][、.．,，]?|[一二三四五六七八九十]+[)）、.．,，]|[(（]?\d{1,2}[)）]?[、.．,，)）](?!\d)"
    r"|[①-⑳]|指标\d{0,2}[:：]"
    r"|[A-H]\d{1,4}(?:[-.]\d{1,2}){0,2}[、.．:：]?(?=[\u4e00-\u9fff“])(?![号栋座楼区线级类纸证照标]|混凝))\s*"
)
# What a heading says of its indicator behind its name: `效益（30分），得分25.4分，得分率84.67%`, `过程，扣2分`.
_CLAIMED = re.compile(
    r"(?:[,:;、]|(?<=[\u4e00-\u9fff])(?=(?:自评|评价|实际)?得分?\d))(?:该|本)?(?:[一二三]级)?(?:指标|项)?(?:总|自评|评价|实际|综合|最终)*(?:满分|分值|权重|标准分|得分率|得分|得|扣分|扣)"
    r"(?:为|是|:)?\d[^()]*$"
)
_FILLER = re.compile(r"(?:(?<![分种品门])类(?=指标|$)|指标|情况|分析|评价|得分|评分|完成情况|方面)+$")
_DIGIT = re.compile(r"\d")
_PUNCTUATION = re.compile(r"[\s\W_]+")


@lru_cache(maxsize=16_384)
def bare(name: str) -> str:
    """`name` without blanks, numbering, bracketed weight and score behind it (`产出（37分），得30分` -> `产出`)."""
    folded = "".join(nfkc(name).split())
    label = _LABEL.match(folded)
    plain = folded if label is None else folded[label.end() :]
    return _CLAIMED.sub("", _WEIGHT.sub("", plain)) if _DIGIT.search(plain) else plain


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
