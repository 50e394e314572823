"""Whether numbers told in a row are all the parts of one whole (分项是否齐全), by their names and shares."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.checks.model import Operand
from pipeline.checks.texts import Sentence
from pipeline.checks.told_items import Item, shares_of
from pipeline.checks.tolerance import HUNDRED

_SETS = (
    (re.compile(r"第?([一二三四1234])季度"), 4),
    (re.compile(r"(上半年|下半年)"), 2),
    (re.compile(r"([男女])(?:性|生|士|职工|学员|教师|同志)?"), 2),
    (re.compile(r"(建设期|运营期)"), 2),
    (re.compile(r"((?<!未)(?<!待)(?:完工|竣工|完成|建成)|在建|施工|推进|实施中|未开工|未启动|未实施|待开工)"), 3),
)
_DENIAL = re.compile(r"^(?:其中)?(?:不|未|非)(?=[\u4e00-\u9fff]{2})")  # 合格52个、不合格8个
_AGE = re.compile(
    r"(\d{1,2})\s?(?:周?岁)?\s?(?:[-—–~～至到]{1,2}\s?(\d{1,2})\s?)?周?岁(及?以[上下])?(?:\s?[（(]不?含[^（()）]*[)）])?"
)
_RUNNING = re.compile(r"累计|截[至止]|[度末]末|同比|增长|增加|新增")
# Groups of people or things that the same one may belong to twice.
_CROSSING = re.compile(
    r"[男女]|党|妇|老|少|儿童|残|困|贫|低保|五保|户籍|民族|岁|龄|级|学历|本科|大专|职称|退役|农民|留守|孤[儿寡]|监测|重点|新增|[持有]证"
    r"|优|良|满意|以上|以下|到位|支出|实际|计划|目标|完成|应|已|未|等"
)
_CLASS = re.compile(r"(?:其中)?[:：]?(?P<name>[\u4e00-\u9fff]{2,8})")
_SAME = Decimal("0.05")  # per cent between a share printed and one computed
_OFF = Decimal("0.2")  # per cent by which rounded shares may miss the whole


def is_whole(text: str, run: Sequence[Item]) -> bool:
    """Whether the items of a run are all parts of what they divide: both halves, four quarters, all ages, 100 %."""
    names = [one.name for one in run]
    if any(_RUNNING.search(name) for name in names):
        return False
    return _a_set(names) or _denied(names) or _all_ages(names) or _all_shares(text, list(run))


def divides(text: str, run: Sequence[Item], total: Item) -> bool:
    """Whether the items are all parts of this whole; where only their shares say so, one share must be of it."""
    names = [one.name for one in run]
    if not is_whole(text, run) or total.value <= 0:
        return False
    if _a_set(names) or _denied(names) or _all_ages(names):
        return True
    shares = [one.value * HUNDRED / total.value for one in run]
    return any(abs(mine - told) <= _SAME for mine, told in zip(shares, shares_of(text, list(run)), strict=True))


def _denied(names: Sequence[str]) -> bool:
    """Whether one of two names denies the other."""
    if len(names) != 2:
        return False
    one, other = names
    bare = _DENIAL.sub("", other)
    if "满意" in bare or "基本" in one:
        return False  # an answer among others
    return bare != other and not _DENIAL.match(one) and one.endswith(bare)


def _a_set(names: Sequence[str]) -> bool:
    """Whether the names are the members of one closed set, each once."""
    for words, size in _SETS:
        found = [match[1] for name in names if (match := words.search(name))]
        if len(found) == len(names) == size == len(set(found)):
            return True
    return False


def _all_ages(names: Sequence[str]) -> bool:
    """Whether the names are ages that join each other, the last open above."""
    ages = [_AGE.search(name) for name in names]
    if len(names) < 2 or not all(ages):
        return False
    spans = [(int(one[1]), int(one[2] or one[1]), one[3] or "") for one in ages if one]
    if not spans[-1][2].endswith("上"):
        return False
    return all(0 <= after[0] - before[1] <= 1 for before, after in pairwise(spans))


def _all_shares(text: str, run: list[Item]) -> bool:
    """Whether each item has its share, and the shares make up the whole."""
    shares = shares_of(text, run)
    return len(shares) > 1 and abs(sum(shares, Decimal(0)) - HUNDRED) <= _OFF


def overfill(run: Sequence[Item], total: Item) -> bool:
    """Whether classes nobody is counted in twice exceed their whole by one digit above the last (一位数字之差).

    基本支出 and 项目支出, which no department spends twice, exceed it by anything more than rounding.
    """
    names = [match["name"] if (match := _CLASS.fullmatch(one.name)) else "" for one in run]
    gap = sum((one.value for one in run), Decimal(0)) - total.value
    if sorted(names) == ["基本支出", "项目支出"]:
        return exceeds_rounding(run, total)
    alike = len(names) > 2 or len({name[-2:] for name in names}) == 1
    plain = all(names) and len(set(names)) == len(names) and not any(_CROSSING.search(name) for name in names)
    numbers = [*(one.value for one in run), total.value, gap]
    if not (alike and plain and gap > 0) or any(value != value.to_integral_value() for value in numbers):
        return False
    digits = [f"{value:.0f}" for value in numbers]
    zeros = [len(shown) - len(shown.rstrip("0")) for shown in digits]
    return len(digits[-1].rstrip("0")) == 1 and zeros[-1] > min(zeros[:-1]) and gap * 4 < total.value


def exceeds_rounding(run: Sequence[Item], total: Item) -> bool:
    """Whether parts are together more than their whole by more than their rounding adds."""
    gap = sum((one.value for one in run), Decimal(0)) - total.value
    return gap > max(one.scale.scaleb(-one.digits) for one in (*run, total)) * len(run)


def operand(paragraph: Sentence, one: Item, role: str = "operand") -> Operand:
    """The operand that an item of a paragraph gives."""
    span = paragraph.span(one.start, one.end)
    key = f"text.item.{span.page}.{span.line}.{paragraph.start + one.start}"
    return Operand(key, role, paragraph.text[one.start : one.end].strip(), one.value, span)
