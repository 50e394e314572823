"""Lists told in running text (文中列举): names with one number each, one behind the other, in one unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks.figures import SCALES
from pipeline.checks.once import exact
from pipeline.checks.texts import last_clause
from pipeline.checks.tolerance import Interval

_UNITS = (
    "元|平方公里|平方米|立方米|公里|千米|公顷|人次|户次|场次|批次|件次|家次|班次"
    "|[人家个户名份场项件所座台套处亩吨条辆盏株头次起宗例张册篇村棵间栋幢笔期批米年天]"
)
_NUMBER = re.compile(
    r"(?P<number>[0-9](?<![0-9.\-—–~～至到第〔\[A-Za-z][0-9])(?<![0-9],[0-9])[0-9,]{0,15}+(?:\.[0-9]{1,6}+)?+)\s?(?P<scale>百万|千万|[百千万亿]?)"
    rf"(?P<unit>{_UNITS})(?![度底初末月])(?P<vague>[余多]|左右|以[上下内]|及以[上下])?"
)
_AROUND = re.compile(r"(?:[约近超]|不低于|不少于|不超过|至少|≥|≤)\s?$")
_SHARE = r"(?:[（(][^（()）]{0,40}[)）]|[，,]?\s?(?:约?占比?)[^，,；;、。]{0,16}?[0-9][0-9.]*\s?[%％])"
# What stands between two items: a share of the one, a sign, the name of the other.
_BETWEEN = re.compile(rf"\s*{_SHARE}?\s*(?:[，,、；;]\s?|和|及|与)(?P<name>[^，,、；;。：:]{{0,24}})$")
# 16所卫生院、2所服务中心和203所卫生室共221所: the names stand behind their numbers.
_NAMED_BEHIND = re.compile(r"[\u4e00-\u9fff]{1,16}(?:[、，,]|和|及|与)(?:以及)?[\u4e00-\u9fff]{0,2}$")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)\s?[%％]")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_BACK = 40  # characters before a number in which its name stands
_NEAR = 5  # characters before a number in which a word for about stands, with the blanks behind it


@dataclass(slots=True, eq=False)
class Item:
    """A name with its number (列举项). Equal to itself alone; like what is @frozen, never set.

    value: in base units, scale times the number printed with `digits` decimals. unit: as printed, scale included.
    start, end: offsets in the paragraph.
    """

    name: str
    value: Decimal
    scale: Decimal
    digits: int
    unit: str
    vague: bool
    start: int
    end: int

    @property
    def possible(self) -> Interval:
        """What its print may stand for; what is told in base units, people or yuan, is exact."""
        half = self.scale * Decimal(5).scaleb(-self.digits - 1) if self.scale > 1 else Decimal(0)
        return Interval(self.value - half, self.value + half)


def items(text: str) -> list[Item]:
    """Every number of a text that bears a unit, with the words of its own clause before it."""
    found = []
    last = 0
    for match in _NUMBER.finditer(text):
        number, scaled, unit, vague = match.groups()
        if unit == "年" and _YEAR.search(number):
            continue
        start, end = match.span()
        before = text[max(last, start - _BACK) : start]
        name = last_clause(before, "，,、；;。：:").strip()
        digits, scale = number.replace(",", "").strip("."), SCALES[scaled]
        decimals = len(digits.partition(".")[2])
        value = exact(digits) * scale if scaled else exact(digits)
        vague = bool(vague or _AROUND.search(before[-_NEAR:]))
        found.append(Item(name, value, scale, decimals, scaled + unit, vague, start, end))
        last = end
    return found


def runs(text: str, told: list[Item]) -> Iterator[list[Item]]:
    """The longest runs of items, two or more, in one unit, each parted from the next by one sign and its name."""
    run: list[Item] = []
    for one in told:
        if run and not _follows(text, run[-1], one):
            if len(run) > 1:
                yield run
            run = []
        run.append(one)
    if len(run) > 1:
        yield run


def _follows(text: str, one: Item, other: Item) -> bool:
    """Whether an item stands right behind another, outside or inside the same bracket."""
    between = text[one.end : other.start]
    if one.unit != other.unit or len(between) > 2 * _BACK:
        return False
    return bool(_BETWEEN.match(between) or _NAMED_BEHIND.match(between))


def shares_of(text: str, run: list[Item]) -> list[Decimal]:
    """The per cents told behind each item of a run, where every item has one; else nothing."""
    ends = [one.start for one in run[1:]] + [min(run[-1].end + _BACK, len(text))]
    found = [_PERCENT.search(text, one.end, end) for one, end in zip(run, ends, strict=True)]
    return [Decimal(match[1]) for match in found if match] if all(found) else []
