"""The words that two texts share (共有字词), those left out that stand beside any number."""

import re
from functools import lru_cache

# Words that stand beside any number: they link nothing.
_COMMON_WORDS = (
    "项目|资金|指标值?|完成|实际|实现|年度|预算|支出|绩效|目标|评价|达到?|同比|增长|增加|万元|亿元|合计|共计|累计|以上|不低于|其中|分别|情况"
    "|进行|工作|开展|全[年市县省区]|我[市县省区]|本[市县省区]|根据|数据|单位|名称|有限责任公司|有限公司|公司|获批|截至|共有?|为|的|了|约|及|和|等|超过"
)
_COMMON_HEADS = "".join(sorted({word[0] for word in _COMMON_WORDS.split("|")}))  # few characters begin one of them
_MANY = 9  # characters in a row that most texts do not hold
_LONG = re.compile(rf"[\u4e00-\u9fff]{{{_MANY}}}")
_COMMON = re.compile(rf"[^\u4e00-\u9fff]+|(?=[{_COMMON_HEADS}])(?:{_COMMON_WORDS})")


def shares(one: str, other: str, length: int) -> bool:
    """Whether two texts share so many characters in a row, common words left out."""
    if len(one) < length or len(other) < length:
        return False
    mine = _grams(one, length)
    return bool(mine) and not mine.isdisjoint(_grams(other, length))


@lru_cache(maxsize=20_000)
def _grams(text: str, length: int) -> frozenset[str]:
    """Every stretch of that length within the words of a text."""
    if length >= _MANY and _LONG.search("".join(text.split())) is None:
        return frozenset()
    return frozenset([word[at : at + length] for word in words(text) for at in range(len(word) - length + 1)])


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The stretches between common words and signs, abbreviations written alike."""
    bare = "".join(text.split()).replace("电子商务", "电商")
    return tuple([word for word in _COMMON.split(bare) if len(word) > 1])
