"""Check: a count printed once is no misprint of the one that the rate told with it asks for (数量笔误)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.checks.facts import Facts
from pipeline.checks.misprinted_rate import NONE, ways
from pipeline.checks.model import Check, Relation
from pipeline.checks.orphans import Told, around, explains_rate, misprints, operand
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, half_up, written
from pipeline.checks.wording import quote, where

RULE = "misprinted-count"
_DIGITS = 4  # of a rate that no other count gives by chance
_LEAST = 3  # digits of a count that is not like another by chance


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph, told in facts.told:
        for rate in told if any(map(_is_count, told)) else ():
            if rate.unit == "%" and len(rate.bare.rstrip("0")) >= _DIGITS and 0 < rate.printed < HUNDRED:
                yield from _of_rate(facts, paragraph, told, rate)


def _is_count(one: Told) -> bool:
    """Whether a number may be the count that is misprinted."""
    return len(one.digits) >= _LEAST and one.scale == 1 and "." not in one.digits and one.unit not in NONE


def _of_rate(facts: Facts, paragraph: Sentence, told: Sequence[Told], rate: Told) -> Iterator[Relation]:
    """The one pair of counts beside a rate that nothing gives, where a part one slip away would give it."""
    pairs = [way for way in ways(paragraph.text, told, rate) if not way.change and way.value <= HUNDRED]
    if len({(way.part.start, way.whole.start) for way in pairs}) != 1:
        return
    part, whole = pairs[0].part, pairs[0].whole
    if any(one.decimals or one.scale > 1 for one in (part, whole)) or explains_rate(rate, around(rate, told)):
        return
    fitting = half_up(rate.printed * whole.value / HUNDRED, 0)
    gives = half_up(fitting * HUNDRED / whole.value, rate.decimals) == rate.printed
    if gives and len(part.bare) >= _LEAST and facts.printed[part.printed] == 1 and misprints(part, fitting):
        yield _relation(paragraph, (part, whole), rate, fitting)


def _relation(paragraph: Sentence, counts: tuple[Told, Told], rate: Told, fitting: Decimal) -> Relation:
    right = operand(paragraph, counts[0], "reported")
    left = (operand(paragraph, counts[1]), operand(paragraph, rate, "witness"))
    computed = written(fitting)
    return contradicted(
        RULE,
        left,
        right,
        formula=f"{right.text}、{left[0].text} 与 {left[1].text}",
        computed=computed,
        difference=counts[0].printed - fitting,
        title=f"数量 {right.text} 疑为 {computed} 之误",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”与同一句所列 {left[0].text}、{left[1].text} "
        f"不符，若为 {computed} 则相符，两数仅有一位数字之差或两位互换；该数在报告中别处未见。",
    )


CHECK = Check(
    rule=RULE,
    name="数量笔误",
    what="A count that no other place prints is no misprint of the one that the rate and the other count ask for.",
    why="A slip of the pen is near the right number; a number of another thing seldom is.",
    formula="count ÷ count × 100 % = rate",
    tolerance="fails only where a whole number one digit away, or with two exchanged, gives the rate at all its digits",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=("文 应签约老人4386人，签约3860人，签约覆盖率88.01%。",),
    disagrees=("文 应签约老人4386人，签约3680人，签约服务率88.01%。",),
    false_alarms=("a rate of another year or group", "a rate whose counts another sentence tells"),
)
