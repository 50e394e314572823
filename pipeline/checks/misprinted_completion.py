"""Check: a completion rate told of an indicator is no misprint of its actual value by its target (完成率笔误)."""

import re
from collections.abc import Iterator, Sequence

from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.orphans import Told, misprints, numbers, operand
from pipeline.checks.quantities import number_in, same_unit
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, half_up, quotient, written
from pipeline.checks.wording import quote, where

RULE = "misprinted-completion"
_DIGITS = 4  # of a rate that is not like another by chance
_RATE = re.compile(r"完成(?:率|比例)(?:约?为|达到?了?|是|[:：]|\s)*$")
_OTHER = re.compile(r"上年|去年|同期|累计|平均|目标|总体|综合")


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator in facts.tree.leaves:
        told = [one for one in facts.spoken.get(indicator.index, ()) if "完成" in one.text]
        if not told:
            continue
        wanted, reached = indicator.get("target"), indicator.get("actual")
        values = [_value(mention) for mention in (wanted, reached)]
        if wanted is None or reached is None or None in values or not _comparable(values):
            continue
        for sentence in told:
            rates = [one for one in numbers(sentence.text) if one.unit == "%" and _RATE.search(one.name)]
            if len(rates) == 1 and facts.printed[rates[0].printed] == 1 and not _OTHER.search(rates[0].name):
                yield from _of_rate(sentence, indicator, rates[0], values)


def _value(mention: Mention | None) -> ReportedNumber | None:
    """The number of a target or an actual value printed in a table, that is no rate."""
    number = None if mention is None or mention.span.cell is None else number_in(mention)
    return None if number is None or number.percent else number


def _comparable(values: Sequence[ReportedNumber | None]) -> bool:
    """Whether target and actual are counted alike, and neither is zero."""
    wanted, reached = values
    if wanted is None or reached is None or wanted.value <= 0 or reached.value <= 0:
        return False
    return same_unit(wanted.unit, reached.unit) is not False


def _of_rate(
    sentence: Sentence, indicator: Indicator, rate: Told, values: Sequence[ReportedNumber | None]
) -> Iterator[Relation]:
    """The relation of a rate that is a slip away from actual by target, while its sentence tells the actual value."""
    wanted, reached = values
    if wanted is None or reached is None:
        return
    told = [one for one in numbers(sentence.text) if one.printed == reached.value and one is not rate]
    fitting = half_up(quotient(reached.value * HUNDRED, wanted.value), rate.decimals)
    if told and len(rate.bare) >= _DIGITS and misprints(rate, fitting):
        yield _relation(sentence, indicator, rate, written(fitting, rate.decimals) + "%")


def _relation(sentence: Sentence, indicator: Indicator, rate: Told, computed: str) -> Relation:
    right = operand(sentence, rate, "reported")
    stated = [(name, indicator.get(name)) for name in ("target", "actual")]
    left = tuple(Operand.of(f"i{indicator.index}.{name}", "operand", mention) for name, mention in stated if mention)
    target, actual = (one.text.strip() for one in left)
    formula = f"{actual} ÷ {target} = {computed}"
    return contradicted(
        RULE,
        left,
        right,
        formula=formula,
        computed=computed,
        title=f"“{indicator.name}”完成率 {right.text} 疑为 {computed} 之误",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，按该指标的目标值和实际完成值复算，{formula}，"
        "与所述完成率仅有一位数字之差或两位互换。",
    )


CHECK = Check(
    rule=RULE,
    name="完成率笔误",
    what="A completion rate that a sentence tells of an indicator, with its actual value, is no misprint of actual by "
    "target.",
    why="A slip of the pen is near the right number; a rate of another thing seldom is.",
    formula="actual ÷ target × 100 % = completion rate told",
    tolerance="fails only where, of four digits or more, one differs or two are exchanged, the last one alone left out",
    severity="warning",
    source="财预〔2020〕10号附2（实际完成率=实际产出数÷计划产出数×100%）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=("自评表 购置设备 目标 ≥420套 实际 436套 权重 7 得分 7；说明文 购置设备 购置设备436套，完成率103.81%。",),
    disagrees=("自评表 购置设备 目标 ≥420套 实际 436套 权重 7 得分 7；说明文 购置设备 购置设备436套，完成率108.31%。",),
    false_alarms=("the completion of another indicator", "completion counted from another year's target"),
)
