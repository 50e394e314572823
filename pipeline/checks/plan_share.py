"""The plan's own number told as reached (计划数误作完成数): `7.2万人，完成计划的95%`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.facts import Facts
from pipeline.checks.model import Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, fit, quotient
from pipeline.checks.wording import quote, where

_N = r"(?<![\d.,])\d[\d,]{0,12}(?:\.\d{1,4})?"
_UNIT = r"[万亿]?(?:人次|平方米|立方米|[^\d\s，,。；;：:、（()）%％万亿]{1,2})"
_DONE = re.compile(
    rf"(?P<value>{_N})\s?(?P<unit>{_UNIT})[，,（(]\s?(?:仅|只)?(?:完成|占|达到)(?:了)?(?:年度|全年)?(?:计划|目标|任务)(?:数|值|量)?的\s?"
    rf"(?P<rate>{_N})\s?[%％]"
)
_PLAN = re.compile(
    rf"(?:计划|目标|任务)(?:数|值)?(?:为)?\s?(?P<plan>{_N})\s?(?P<unit>{_UNIT})[，,；;、]\s?(?:实际)?(?:完成|达到|实现)?(?:为)?\s?"
    rf"(?P<real>{_N})\s?(?P<unit2>{_UNIT})(?=[，,。；;（()）]|$)"
)


def plans_as_reached(facts: Facts, rule: str) -> Iterator[Relation]:
    """Where the report tells elsewhere that this was the plan, and what was reached is the share told of it."""
    for sentence in facts.saying("计划的", "目标的", "任务的", "数的", "值的", "量的"):
        for match in _DONE.finditer(sentence.text):
            rate = printed_digits(match["rate"])
            if rate.value < HUNDRED:
                yield from _told(facts, rule, sentence, match)


def _told(facts: Facts, rule: str, sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    value, rate = printed_digits(match["value"]).value, printed_digits(match["rate"])
    for other in facts.saying("计划", "目标", "任务"):
        for plan in _PLAN.finditer(other.text):
            real = printed_digits(plan["real"]).value
            same = plan["unit"] == plan["unit2"] == match["unit"] and printed_digits(plan["plan"]).value == value
            if same and value and fit(rate, quotient(real * HUNDRED, value)) in ("exact", "half-up"):
                right = here(sentence, (match.start("value"), match.end("unit")), "reported")
                left = here(other, plan.span())
                computed = plan["real"] + plan["unit2"]
                yield contradicted(
                    rule,
                    (left,),
                    right,
                    formula=f"{computed} ÷ {right.text} = {match['rate']}%",
                    computed=computed,
                    difference=Decimal(value - real),
                    title=f"计划数误作完成数：{right.text}（实际为 {computed}）",
                    message=f"{where(right.span)}“{quote(right.span, right.text)}”，{where(left.span)}为“{left.text}”，"
                    f"{match['rate']}% 是 {computed} 所占的比例。",
                )
                return
