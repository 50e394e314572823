"""Check: an amount told as so many per cent of another is that share of it (按比例支付)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.units import to_yuan
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, Interval, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "instalment"
_VALUE = r"\d(?<![\d.,]\d)[\d,]{0,15}(?:\.\d{1,6})?"
_MONEY = "亿元|万元|元"
_AMOUNT = re.compile(rf"(?P<amount>{_VALUE})\s?(?P<unit>{_MONEY})(?!\s?[/／每])")
# 合同价X万元，…支付70%，即Y万元: only 即 and 计 say that the second is that share of the first
_SHARE = re.compile(
    rf"(?P<rate>{_VALUE})\s?[%％](?:的?(?:进度款|首付款|预付款|尾款|质保金|资金|款项|工程款))?[，,（(]?(?:即|计)(?:为|人民币)?\s?"
    rf"(?P<part>{_VALUE})\s?(?P<unit>{_MONEY})"
)
_PART = re.compile(r"[%％][^，。；\d]{0,8}[，,（(]?(?:即|计)(?:为|人民币)?\s?$")  # an instalment is no whole
_UNSURE = re.compile(r"约|累计|超过|不超过|最高|每|结余|调整")
_BASE = re.compile(r"(?P<whole>合同|总价|总额|总投资|预算|概算|中标|结算|审定|应付)[\u4e00-\u9fff]{0,4}的\s?$")
_BESIDE = 12  # characters in front of an amount that may name it
_MOST, _NEAR = 4, 120  # amounts before a share, and characters that they may stand off


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("%", "％"):
        for match in _SHARE.finditer(sentence.text) if "即" in sentence.text or "计" in sentence.text else ():
            yield from _of_match(sentence, match)


def _of_match(sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """The share of one of the amounts told before it; with several, only a share of one of them can be told."""
    start = max(match.start() - _NEAR, 0)
    told = _AMOUNT.finditer(sentence.text, start, match.start())
    wholes = [one for one in told if not _PART.search(sentence.text, 0, one.start())]
    if not wholes or len(wholes) > _MOST:
        return
    ways = [_relation(sentence, whole, match) for whole in reversed(wholes)]
    held = next((relation for relation in ways if holds(relation)), None)
    if held is not None:
        yield held
    elif (
        len(wholes) > 1
        or _of_another(sentence.text, wholes[0], match)
        or _UNSURE.search(sentence.text, wholes[0].start(), match.end())
    ):
        yield undecided(ways[0], "比例所对应的总额不能确定")
    else:
        yield ways[0]


def _of_another(text: str, whole: re.Match[str], share: re.Match[str]) -> bool:
    """Whether the share names its whole (合同总价的1%) and the amount before it is not called so."""
    base = _BASE.search(text, 0, share.start())
    return base is not None and base["whole"] not in text[max(whole.start() - _BESIDE, 0) : whole.start()]


def _relation(sentence: Sentence, whole: re.Match[str], share: re.Match[str]) -> Relation:
    amount, rate, part = printed_digits(whole["amount"]), printed_digits(share["rate"]), printed_digits(share["part"])
    factor = quotient(
        to_yuan(Decimal(1), whole["unit"]) or Decimal(1), to_yuan(Decimal(1), share["unit"]) or Decimal(1)
    )
    exact = quotient(amount.value * rate.value * factor, HUNDRED)
    percent = Interval.printed(rate) if rate.digits else Interval.exact(rate.value)
    possible = (Interval.printed(amount) * percent).scaled(factor / HUNDRED)
    how = fit(part, exact, possible)
    spans = [
        sentence.span(whole.start("amount"), whole.end("unit")),
        sentence.span(share.start("rate"), share.end("rate") + 1),
        sentence.span(share.start("part"), share.end("unit")),
    ]
    at = f"text.instalment.{spans[2].page}.{spans[2].line}"
    computed, reported = written(exact, max(part.digits, 2)) + share["unit"], share["part"] + share["unit"]
    shown = whole["amount"] + whole["unit"]
    relation = Relation(
        RULE,
        verdict_of(how),
        (
            Operand(f"{at}.{whole.start()}", "operand", shown, amount.value, spans[0]),
            Operand(f"{at}.{share.start()}", "operand", share["rate"] + "%", rate.value, spans[1]),
        ),
        (Operand(f"{at}.{share.start('part')}", "reported", reported, part.value, spans[2]),),
        formula=f"{shown} × {share['rate']}% = {computed}",
        reported=reported,
        computed=computed,
        low=possible.low,
        high=possible.high,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"按 {share['rate']}% 计算的金额不符：列示 {reported}，应为 {computed}",
        message=f"{where(spans[2])}“{quote(spans[2], reported)}”，按同一句所列总额复算，{relation.formula}。",
    )


CHECK = Check(
    rule=RULE,
    name="按比例支付",
    what="An amount told as so many per cent of the amount before it (70%，即644万元) is that share.",
    why="Instalments, retention money and shares of co-financing are told this way.",
    formula="amount × rate = part",
    tolerance="half-up at the printed digits, else the interval of the amount; a whole rate is exact",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=("文 核定补贴920万元，首批拨付70%，即644万元。", "文 合同价386万元，质保金为合同价的3%，计11.58万元。"),
    disagrees=("文 核定补贴920万元，首批拨付70%，即664万元。",),
    false_alarms=("several amounts before the share", "shares of a sum that is adjusted or approximate"),
)
