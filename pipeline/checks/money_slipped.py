"""Amounts whose point slipped between 元 and 万元 (金额小数点或单位错位): a sum of yuan, or a 元 told as 万元."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

_N = r"\d(?<![\d.,]\d)[\d,]{0,12}(?:\.\d{1,4})?"
_YUAN = re.compile(rf"(?P<value>{_N})\s?元(?![/／])")
_SUM = re.compile(rf"(?:合计|共计|总计)[^，。；;\d]{{0,8}}(?P<value>{_N})\s?万元")
_TEN = re.compile(rf"(?P<value>{_N})\s?万元")
_TEN_THOUSAND = Decimal(10000)
_NEAR = 100  # characters before the sum in which its parts stand
_LEAST, _PARTS = 3, 3  # digits of a sum; parts at most
_LONG = 4  # digits of an amount that is not told again by chance
_BEYOND = 20  # times the next amount that no part of the same money reaches
_SHIFTS = [Decimal(1).scaleb(power) for power in (-4, -3, -2, -1, 1, 2, 3, 4)]


def slipped_points(facts: Facts, rule: str) -> Iterator[Relation]:
    """Sums in 万元 of amounts told in 元, and amounts in 万元 that are told in 元 ten thousand times smaller."""
    told = facts.saying("万元")
    for one in {id(one.flow): one for one in told if one.cell is None and "计" in one.flow.text}.values():
        paragraph = replace(one, text=one.flow.text, start=0, end=len(one.flow.text))
        for match in _SUM.finditer(paragraph.text):
            yield from _of_sum(facts, rule, paragraph, match)
    yield from _far_too_large(facts, rule, told)


def _of_sum(facts: Facts, rule: str, paragraph: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """The sum of the last amounts in 元 has the very digits told, but for the place of the point."""
    near = list(_YUAN.finditer(paragraph.text, max(match.start() - _NEAR, 0), match.start()))
    told = printed_digits(match["value"]).value
    if facts.printed[told] > 1 or not told:
        return
    for count in range(2, min(len(near), _PARTS) + 1):
        total = sum((printed_digits(one["value"]).value for one in near[-count:]), Decimal(0)) / _TEN_THOUSAND
        long = len(total.normalize().as_tuple().digits) >= _LEAST
        if long and any(total * shift == told for shift in _SHIFTS):
            right = here(paragraph, (match.start("value"), match.end()), "reported")
            left = tuple(here(paragraph, one.span()) for one in near[-count:])
            computed = f"{written(total)}万元"
            yield contradicted(
                rule,
                left,
                right,
                formula=f"{' + '.join(one.text for one in left)} = {computed}",
                computed=computed,
                difference=told - total,
                title=f"合计 {right.text} 小数点错位（应为 {computed}）",
                message=f"{where(right.span)}“{quote(right.span, right.text)}”，"
                f"{' + '.join(one.text for one in left)} = {computed}，数字相同而小数点错位。",
            )
            return


def _far_too_large(facts: Facts, rule: str, sentences: Sequence[Sentence]) -> Iterator[Relation]:
    """`183,600万元` where the report tells 18.36万元 and no other amount comes near the larger one."""
    told = [(one, match) for one in sentences for match in _TEN.finditer(one.text)]
    values = [printed_digits(match["value"]).value for _, match in told]
    largest = sorted(values, reverse=True)[:2]
    if len(largest) < 2 or largest[0] < largest[1] * _BEYOND or "亿元" in facts.all_text.sentences:
        return
    wrong = values.index(largest[0])
    smaller = [at for at, value in enumerate(values) if value * _TEN_THOUSAND == largest[0]]
    if smaller and len(largest[0].normalize().as_tuple().digits) >= _LONG:
        left, right = (here(told[at][0], told[at][1].span()) for at in (smaller[0], wrong))
        yield contradicted(
            rule,
            (left,),
            replace(right, role="reported"),
            formula=f"{left.text} ≠ {right.text}",
            computed=left.text,
            title=f"疑为“元”误作“万元”：{right.text}",
            message=f"{where(right.span)}“{quote(right.span, right.text)}”，{where(left.span)}为 {left.text}，"
            "相差恰为一万倍，且远大于报告中其他金额。",
        )
