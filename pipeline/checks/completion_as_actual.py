"""Check: a target of growth is answered with the growth, not with how far it was completed (以完成率填报增幅)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from normalizers.names import bare
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.figures import Figure
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.shared_words import shares
from pipeline.checks.spotted import spotted
from pipeline.checks.tolerance import HUNDRED
from pipeline.checks.wording import place, quote, where

RULE = "completion-as-actual"
_GROWTH = re.compile(r"(?:增长|增加|提高|提升|增幅|增速)(?:了|率?为|达到?|至)?\s*$")
_OTHER = re.compile(r"目标|计划|预期|力争|确保|上年|去年")
_HIGHEST = Decimal(60)  # per cent; a target above it is rarely one of growth
_SHARED = 4  # characters in a row that name and sentence share


def _test(facts: Facts) -> Iterator[Relation]:
    for one in facts.answered:
        indicator, wanted, reached = one.indicator, one.wanted, one.reached
        if one.actual.span.cell is None:
            continue
        if wanted is None or reached is None or not (wanted.percent and reached.percent) or wanted.bound != ">=":
            continue
        if wanted.value <= _HIGHEST and reached.value == HUNDRED:
            told = next((figure for figure in facts.figures if _tells(indicator, wanted.value, figure)), None)
            if told is not None:
                yield _relation(indicator, one.target, one.actual, told)


def _tells(indicator: Indicator, wanted: Decimal, one: Figure) -> bool:
    """Whether a sentence tells by how much the thing of this indicator has grown."""
    if one.unit != "%" or one.value in (HUNDRED, wanted) or one.bound:
        return False
    before = one.tight.partition("|")[0]
    return bool(_GROWTH.search(before)) and not _OTHER.search(before) and shares(before, bare(indicator.name), _SHARED)


def _relation(indicator: Indicator, target: Mention, actual: Mention, told: Figure) -> Relation:
    return spotted(
        RULE,
        f"i{indicator.index}.actual",
        [
            Operand.of(f"i{indicator.index}.target", "target", target),
            Operand.of_figure(told, "witness"),
            Operand.of(f"i{indicator.index}.actual", "reported", actual),
        ],
        title=f"“{indicator.name}”目标为增幅，实际完成值填为 {actual.text.strip()}",
        message=f"{place(target)}目标为“{quote(target.span, target.text)}”，{place(actual)}实际完成值为"
        f"“{quote(actual.span, actual.text)}”，而{where(told.span)}称增幅为 {told.text}，疑以完成率代替实际值。",
        reported=actual.text.strip(),
        severity="warning",
    )


CHECK = Check(
    rule=RULE,
    name="以完成率填报增幅",
    what="An indicator whose target is a growth is answered with the growth that the text tells.",
    why="100 % in the column of actual values hides what was reached.",
    formula="actual ≠ 100 % where target ≤ 60 % and the text tells another growth of the same thing",
    tolerance="only with a sentence that names the thing and tells its growth",
    severity="warning",
    source="财预〔2020〕10号第十六条（全年实际值与年初指标值相比）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("自评表 渔货线上销售额 目标 ≥15% 实际 32%；文 全县渔货线上销售额同比增长32%。",),
    disagrees=("自评表 渔货线上销售额 目标 ≥15% 实际 100%；文 全县渔货线上销售额同比增长32%。",),
    false_alarms=("a coverage that did reach 100 %",),
)
