"""Check: what was saved, and its rate, follow from the planned and the actual cost told with them (成本节约率)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.units import to_yuan
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided, verdict_of
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, Interval, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "saving-rate"
_VALUE = r"\d(?<![\d.,]\d)[\d,]{0,15}(?:\.\d{1,6})?"
_MONEY = "亿元|万元|元"
_PLAN = r"(?:预算|计划|概算|控制价|限价|批复|送审|报审|合同(?=[^。；]{0,60}审[定减]))[^，。；\d]{0,10}"
_DONE = r"(?:实际|中标|采购|结算|审定|支出|合同|成交)[^，。；\d节省减]{0,10}"
_FORM = re.compile(
    rf"{_PLAN}(?P<plan>{_VALUE})\s?(?P<unit>{_MONEY})[，,；;](?:经[^，。；\d]{{2,30}}[，,])?(?:[^，。；\d]{{0,8}}){_DONE}(?P<done>{_VALUE})\s?(?P<unit2>{_MONEY})[，,；;]"
    rf"(?:[^，。；\d]{{0,10}}?(?:节约|节省|节支|下浮|[核审]减)[^，。；\d率]{{0,8}}(?P<saved>{_VALUE})\s?(?P<unit3>{_MONEY})[，,；;]?)?"
    rf"(?:[^，。；\d]{{0,8}}(?:节约|节省|节支|下浮|[核审]减)(?:率|幅度|比例)?(?:为|达到?|约)?\s?(?P<rate>{_VALUE})\s?[%％])?"
)
_UNSURE = re.compile(r"(?<!节)约|其中|部分|不含|含税|年均|平均|每|累计")


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("节约", "节省", "节支", "下浮", "核减", "审减"):
        for match in _FORM.finditer(sentence.text):
            yield from _of_match(sentence, match)


def _of_match(sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """The saved amount and the saving rate, whichever are told."""
    plan, done = (_amount(match, name, unit) for name, unit in (("plan", "unit"), ("done", "unit2")))
    if plan[0] <= 0:
        return
    gap, possible = plan[0] - done[0], plan[1] - done[1]
    found = []
    if match["saved"]:
        unit = to_yuan(Decimal(1), match["unit3"]) or Decimal(1)
        scaled = possible.scaled(1 / unit)
        found.append(_relation(sentence, match, "saved", (quotient(gap, unit), scaled)))
    if match["rate"]:
        share = possible.divide(plan[1])
        exact = quotient(gap * HUNDRED, plan[0])
        found.append(_relation(sentence, match, "rate", (exact, None if share is None else share.scaled(HUNDRED))))
    for relation in found:
        doubtful = relation.verdict == "inconsistent" and _UNSURE.search(match[0])
        yield undecided(relation, "金额为约数或口径不同") if doubtful else relation


def _amount(match: re.Match[str], name: str, unit: str) -> tuple[Decimal, Interval]:
    """An amount in 元 and what its print may stand for."""
    number, factor = printed_digits(match[name]), to_yuan(Decimal(1), match[unit]) or Decimal(1)
    if match["unit"] == match["unit2"]:  # 420万元 beside 393.6万元 is no rounder than that
        digits = max(printed_digits(match[key]).digits for key in ("plan", "done"))
        number = replace(number, digits=digits)
    return number.value * factor, Interval.printed(number).scaled(factor)


def _relation(
    sentence: Sentence, match: re.Match[str], name: str, computed: tuple[Decimal, Interval | None]
) -> Relation:
    number, (exact, possible) = printed_digits(match[name]), computed
    exact_cents = name == "saved" and match["unit"] == match["unit2"] == match["unit3"]
    how = fit(number, exact, None if exact_cents else possible)
    sign = match["unit3"] if name == "saved" else "%"
    ends = {"plan": "unit", "done": "unit2", "saved": "unit3", "rate": "rate"}
    spans = {key: sentence.span(match.start(key), match.end(ends[key])) for key in ("plan", "done", name)}
    at = f"text.saving.{spans[name].page}.{spans[name].line}"
    texts = {key: sentence.text[match.start(key) : match.end(ends[key])].strip() for key in ("plan", "done")}
    shown, reported = written(exact, max(number.digits, 2)) + sign, match[name] + sign
    formula = f"{texts['plan']} − {texts['done']}"
    relation = Relation(
        RULE,
        verdict_of(how),
        tuple(
            Operand(f"{at}.{match.start(key)}", "operand", texts[key], _amount(match, key, ends[key])[0], spans[key])
            for key in ("plan", "done")
        ),
        (Operand(f"{at}.{match.start(name)}", "reported", reported, number.value, spans[name]),),
        formula=f"{formula} = {shown}" if name == "saved" else f"({formula}) ÷ {texts['plan']} = {shown}",
        reported=reported,
        computed=shown,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=number.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    word = "节约额" if name == "saved" else "节约率"
    return replace(
        relation,
        difference=None if name == "saved" else relation.difference,
        title=f"{word} {reported} 与所列金额不符（应为 {shown}）",
        message=f"{where(spans[name])}“{quote(spans[name], reported)}”，按同一句所列金额复算，{relation.formula}。",
    )


CHECK = Check(
    rule=RULE,
    name="成本节约",
    what="The amount saved and the saving rate told with a planned and an actual cost follow from the two.",
    why="Saving scores points, and its two operands stand in the same sentence.",
    formula="(planned − actual) ÷ planned × 100 % = saving rate",
    tolerance="half-up at the printed digits, else the intervals meet; amounts in one unit subtract exactly",
    severity="warning",
    source="财预〔2020〕10号附2（成本节约率=〔（计划成本-实际成本）/计划成本〕×100%）",
    test=_test,
    fold="alone",
    agrees=(
        "文 采购预算420万元，实际采购393.6万元，节约26.4万元，节约率6.29%。",
        "文 招标控制价1.25亿元，中标价11850万元，下浮率5.2%。",
    ),
    disagrees=("文 采购预算420万元，实际采购393.6万元，节约28.4万元，节约率6.76%。",),
    false_alarms=("amounts with and without tax", "approximate amounts", "a part of the purchase"),
)
