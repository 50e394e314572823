"""Check: multiples told of amounts against one base agree with each other (文中倍数)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import Interval, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "told-multiple"
_VALUE = r"(?<![\d,.])\d[\d,]{0,15}(?:\.\d{1,6})?"
_AMOUNT = re.compile(rf"(?P<value>{_VALUE})\s?(?P<unit>[万亿]?元)")
_TIMES = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{1,8}}(?:倍数|倍率|比率))(?:分别|约)?(?:为|达到?|是)?\s?(?P<times>{_VALUE})\s?倍?"
)
_VAGUE = re.compile(r"约|近|超|不低于|不少于|以上|至少|≥")
_DIGITS = 4  # significant digits of a base that is not met by chance


@frozen
class _Multiple:
    """An amount with the multiple told of it (金额与倍数). match: of _TIMES."""

    amount: re.Match[str]
    match: re.Match[str]

    @property
    def value(self) -> Decimal:
        """The amount as printed."""
        return printed_digits(self.amount["value"]).value


def _test(facts: Facts) -> Iterator[Relation]:
    paragraphs = {id(one.flow): one for one in facts.saying("倍") if one.cell is None}
    for one in paragraphs.values():
        paragraph = replace(one, text=one.flow.text, start=0, end=len(one.flow.text))
        told = list(_multiples(paragraph.text))
        for first, other in combinations(told, 2):
            if _alike(first, other):
                yield from _compared(paragraph, first, other)
                break


def _compared(paragraph: Sentence, first: _Multiple, other: _Multiple) -> Iterator[Relation]:
    """Both against the base that one of them has; where other amounts stand between, each may have its own."""
    bases = [_base(paragraph.text, one) for one in (first, other)]
    between = list(_AMOUNT.finditer(paragraph.text, first.match.end(), other.match.start()))
    if None not in bases:
        yield from (_relation(paragraph, base, one) for base, one in zip(bases, (first, other), strict=True) if base)
    elif len(between) == 1 and (base := bases[0] or bases[1]) is not None:
        yield _relation(paragraph, base, first)
        yield _relation(paragraph, base, other)


def _multiples(text: str) -> Iterator[_Multiple]:
    """The multiples of a paragraph, each with the amount told last before it in its sentence."""
    for match in _TIMES.finditer(text):
        start = max(text.rfind(sign, 0, match.start()) for sign in "。；;") + 1
        amounts = list(_AMOUNT.finditer(text, start, match.start()))
        if amounts and not _VAGUE.search(text[amounts[-1].start() : match.end()]):
            yield _Multiple(amounts[-1], match)


def _alike(one: _Multiple, other: _Multiple) -> bool:
    """Whether two multiples are called alike, of amounts in one unit."""
    names = one.match["name"], other.match["name"]
    return one.amount["unit"] == other.amount["unit"] and (names[0].endswith(names[1]) or names[1].endswith(names[0]))


def _base(text: str, one: _Multiple) -> re.Match[str] | None:
    """The one amount printed in the paragraph by which the first amount gives its multiple."""
    found: dict[Decimal, re.Match[str]] = {}
    for match in _AMOUNT.finditer(text):
        base = printed_digits(match["value"])
        long = len(match["value"].replace(",", "").replace(".", "").strip("0")) >= _DIGITS
        if long and match["unit"] == one.amount["unit"] and base.value not in (0, one.value):
            how = fit(printed_digits(one.match["times"]), quotient(one.value, base.value))
            if how in ("exact", "half-up"):
                found.setdefault(base.value, match)
    return next(iter(found.values())) if len(found) == 1 else None


def _relation(paragraph: Sentence, base: re.Match[str], one: _Multiple) -> Relation:
    divisor, times = printed_digits(base["value"]), printed_digits(one.match["times"])
    point = quotient(one.value, divisor.value)
    possible = Interval.printed(printed_digits(one.amount["value"])).divide(Interval.printed(divisor))
    right = fit(times, point, possible) not in ("differs", "truncation")
    computed = written(point, max(times.digits, 2))
    span = paragraph.span(*one.match.span("times"))
    key = f"text.multiple.{span.page}.{span.line}.{one.match.start()}"
    sides = [
        Operand(
            f"{key}.{match.start()}",
            "operand",
            match[0],
            printed_digits(match["value"]).value,
            paragraph.span(*match.span()),
        )
        for match in (one.amount, base)
    ]
    relation = Relation(
        RULE,
        "consistent" if right else "inconsistent",
        tuple(sides),
        (Operand(key, "reported", one.match["times"], times.value, span),),
        formula=f"{one.amount[0]} ÷ {base[0]} = {computed}",
        reported=one.match["times"],
        computed=computed,
        difference=times.value - point,
        severity="warning",
    )
    if right:
        return relation
    return replace(
        relation,
        title=f"{one.match['name']} {one.match['times']} 与所列金额不符（应为 {computed}）",
        message=f"{where(span)}“{quote(span, one.match['times'])}”，按同段所列金额复算，{relation.formula}；"
        "另一倍数按同一基数计算且相符。",
    )


CHECK = Check(
    rule=RULE,
    name="文中倍数",
    what="Where a paragraph tells two amounts as multiples of one base that it prints, both are so.",
    why="The cover of debt by income (本息覆盖倍数) decides whether a bond is safe.",
    formula="amount ÷ base = multiple",
    tolerance="half-up at the printed digits, else the intervals; one of the two must hold with just one amount told, "
    "and no further amount may stand between them",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=("文 到期本息合计73372.80万元。收益98640万元，覆盖倍数1.34倍，若下降两成，即78912万元，覆盖倍数为1.08倍。",),
    disagrees=(
        "文 到期本息合计73372.80万元。收益98640万元，覆盖倍数1.34倍，若下降两成，即78912万元，覆盖倍数为1.18倍。",
    ),
    false_alarms=("multiples against bases that change, too",),
)
