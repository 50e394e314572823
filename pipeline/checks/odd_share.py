"""Check: shares told in one row are shares of one whole; the odd one out is wrong (同列占比)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.frozen import frozen
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.orphans import Told, around, explains_rate, misprints, operand
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, half_up, written
from pipeline.checks.wording import quote, where

RULE = "odd-share"
_LEAST = 3  # shares of one whole that make another one odd
# What stands between a number and its share: `人，占`, `万元（`, `份，满意率`, `户，占比为`.
_BETWEEN = re.compile(
    r"[\u4e00-\u9fff]{0,5}\s?[，,、（(]\s?(?:约)?(?P<how>占比?|所占比[例重]|比[例重]|满意[率度]|知晓率|)(?:约?为|达到?|[:：])?\s?$"
)
_JOINT = re.compile(r"\s?(?:、|和|及|与|，|,|以及)\s?$")
_EACH = re.compile(r"(?:分别|依次|各)[^，。；\d]{0,3}占?[^，。；\d]{0,8}(?:比[例重]?)?(?:约?为|是)?\s?$")
_NAMES = 24  # characters that stand between two numbers of a row
_APART = re.compile(r"[增减升降]|同比|目标|计划|完成|累计|平均|上年|去年")
_SURVEY = re.compile(r"问卷|样本|受访|调查|[份人]")


@frozen
class _Share:
    """A number with its share of a whole, and how the text says so (占、满意率)."""

    part: Told
    rate: Told
    how: str

    @property
    def wholes(self) -> tuple[Decimal, Decimal]:
        """The smallest and the largest whole of which the number makes the printed share."""
        half, part = Decimal(5).scaleb(-self.rate.decimals - 1), self.part
        counted = part.scale == 1 and not part.decimals
        rounding = Decimal(0) if counted else part.scale.scaleb(-part.decimals) / 2
        low, high = (part.value - rounding) * HUNDRED, (part.value + rounding) * HUNDRED
        return low / (self.rate.printed + half), high / max(self.rate.printed - half, half)


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph, told in facts.told:
        if sum(one.unit == "%" for one in told) > _LEAST:
            for row in _rows(paragraph.text, told):
                yield from _odd(paragraph, told, row)


def _rows(text: str, told: Sequence[Told]) -> Iterator[list[_Share]]:
    """The numbers of each sentence that are followed by their shares, and those listed before a list of shares."""
    row: list[_Share] = []
    for one, rate in pairwise(told):
        if row and "。" in text[row[-1].rate.end : one.start]:
            yield row
            row = []
        between = _BETWEEN.match(text, one.end, rate.start) if rate.unit == "%" and one.unit not in ("", "%") else None
        if between is not None and between.end() == rate.start and not _APART.search(one.name):
            row.append(_Share(one, rate, between["how"]))
    yield row
    yield from _listed(text, told)


def _listed(text: str, told: Sequence[Told]) -> Iterator[list[_Share]]:
    """`甲31场、乙22场、丙21场，分别占41.9%、29.7%和28.4%`: as many numbers as shares."""
    at = 0
    while at < len(told):
        end = at
        while end < len(told) and told[end].unit == "%" and (end == at or _joined(text, told[end - 1], told[end])):
            end += 1
        count = end - at
        if count > _LEAST - 1 and at >= count and _EACH.search(text, max(told[at].start - _NAMES, 0), told[at].start):
            parts = told[at - count : at]
            if len({one.unit for one in parts}) == 1 and parts[0].unit not in ("", "%"):
                yield [_Share(part, rate, "分别") for part, rate in zip(parts, told[at:end], strict=True)]
        at = max(end, at + 1)


def _joined(text: str, one: Told, other: Told) -> bool:
    return _JOINT.fullmatch(text, one.end, other.start) is not None


def _odd(paragraph: Sentence, told: Sequence[Told], row: Sequence[_Share]) -> Iterator[Relation]:
    """The one share of a row that is of no whole that the others, three or more, are shares of."""
    row = [
        one for one in row if one.rate.printed > 0 and one.part.value > 0 and one.part.counted == row[0].part.counted
    ]
    low, high, members = _common(row)
    odd = [one for one in row if one not in members]
    if len(members) < _LEAST or len(odd) != 1:
        return
    (wrong,) = odd
    fitting = half_up(wrong.part.value * HUNDRED * 2 / (low + high), wrong.rate.decimals)
    alike = wrong.how in {one.how for one in members} or misprints(wrong.rate, fitting)
    asked = wrong.how in ("满意率", "满意度", "知晓率") and _SURVEY.search(paragraph.text)
    apart = abs(wrong.rate.printed - fitting) > 2 * Decimal(1).scaleb(-wrong.rate.decimals)  # else rounded otherwise
    if apart and (alike or asked) and not explains_rate(wrong.rate, around(wrong.rate, told)):
        yield _relation(paragraph, wrong, members, fitting)


def _common(row: Sequence[_Share]) -> tuple[Decimal, Decimal, list[_Share]]:
    """The wholes that the most shares of a row are of, from the least to the greatest, and these shares."""
    best: list[_Share] = []
    for one in row:
        point = one.wholes[0]
        members = [other for other in row if other.wholes[0] <= point <= other.wholes[1]]
        if len(members) > len(best):
            best = members
    if not best:
        return Decimal(0), Decimal(0), []
    return max(one.wholes[0] for one in best), min(one.wholes[1] for one in best), best


def _relation(paragraph: Sentence, wrong: _Share, members: Sequence[_Share], fitting: Decimal) -> Relation:
    right = operand(paragraph, wrong.rate, "reported")
    part = operand(paragraph, wrong.part)
    witnesses = [operand(paragraph, one.rate, "witness") for one in members]
    computed = written(fitting, wrong.rate.decimals) + "%"
    formula = f"{part.text} ÷ 其余各项所占的总数 ≈ {computed}"
    return contradicted(
        RULE,
        (part, *witnesses),
        right,
        formula=formula,
        computed=computed,
        difference=wrong.rate.printed - fitting,
        title=f"占比 {right.text} 与同列其他占比的总数不符（应约为 {computed}）",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，同列其余 {len(members)} 项占比出自同一总数，"
        f"按该总数复算，{formula}。",
    )


CHECK = Check(
    rule=RULE,
    name="同列占比",
    what="Of numbers told in a row with their shares, none has a share of a whole other than that of all others.",
    why="Shares in one row divide one whole; three that agree on it show the one that does not.",
    formula="number ÷ share = the same whole for all",
    tolerance="half a unit of the last digit of every share; one odd among four or more, told in the same words",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=("文 岸线清理412处，占41.20%，护坡加固283处，占28.30%，清淤198处，占19.80%，其他107处，占10.70%。",),
    disagrees=("文 岸线清理412处，占41.20%，护坡加固283处，占36.50%，清淤198处，占19.80%，其他107处，占10.70%。",),
    false_alarms=("a share of one of the parts (其中)", "growth or completion told behind a number"),
)
