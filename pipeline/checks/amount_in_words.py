"""Check: an amount written out in characters is the amount printed in digits beside it (大写金额)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.capital_amounts import CAPITAL, FORMAL, capital_amount
from normalizers.units import to_yuan
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

RULE = "amount-in-words"
_ANY = re.compile(f"[{FORMAL}]")
_WORDS = re.compile(CAPITAL)
_AMOUNT = r"(?P<number>\d[\d,，]{0,20}(?:\.\d{1,6})?)\s?(?P<unit>亿元|万元|元|)"
_BETWEEN = (
    r"[\s，,：:（(）)【】\[\]“”\"]{0,4}(?:人民币|RMB|大写|小写|金额|即|为|合计|总计){0,3}"
    r"[\s：:（(）)￥¥]{0,4}(?:人民币)?"
)
_BEHIND = re.compile(_BETWEEN + r"[￥¥]?\s?" + _AMOUNT)
_BEFORE = re.compile(_AMOUNT + _BETWEEN + "$")
_FAR = 48  # characters beside the words that may hold the digits


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.sentences if _ANY.search(facts.all_text.sentences) else ():
        if _ANY.search(sentence.text):
            for words in _WORDS.finditer(sentence.text):
                digits = _beside(sentence.text, words) if _ANY.search(words[0]) else None
                if digits is not None:
                    yield from _relation(sentence, words, *digits)


def _beside(text: str, words: re.Match[str]) -> tuple[re.Match[str], int] | None:
    """The amount in digits right behind or right before the words, and the offset its match counts from."""
    behind = _BEHIND.match(text, words.end())
    if behind is not None and (behind["unit"] or "￥" in behind[0] or "¥" in behind[0]):
        return behind, 0
    start = max(words.start() - _FAR, 0)
    for before in re.finditer(_AMOUNT, text[start : words.start()]):
        whole = _BEFORE.match(text[start : words.start()], before.start())
        marked = text[max(start + before.start() - 2, 0) : start + before.start()]
        if whole is not None and (whole["unit"] or "￥" in marked or "¥" in marked):
            return whole, start
    return None


def _relation(sentence: Sentence, words: re.Match[str], number: re.Match[str], offset: int) -> Iterator[Relation]:
    spelled = capital_amount(words[0])
    digits, unit = re.sub("[,，]", "", number["number"]), number["unit"] or "元"
    value, step = to_yuan(Decimal(digits), unit), to_yuan(Decimal(1).scaleb(-len(digits.partition(".")[2])), unit)
    if spelled is None or value is None or step is None:
        return
    rounds = unit != "元" and abs(value - spelled) * 2 <= step
    start, end = offset + number.start("number"), offset + number.end("unit")
    spans = sentence.span(words.start(), words.end()), sentence.span(start, end)
    at = f"text.words.{spans[0].page}.{spans[0].line}.{sentence.start + words.start()}"
    shown = sentence.text[start:end].strip() + ("" if number["unit"] else "元")
    relation = Relation(
        RULE,
        "consistent" if value == spelled else "rounding" if rounds else "inconsistent",
        (Operand(f"{at}.words", "operand", words[0], spelled, spans[0]),),
        (Operand(f"{at}.digits", "reported", shown, value, spans[1]),),
        formula=f"{words[0]}（{written(spelled)}元）{'=' if value == spelled else '≈' if rounds else '≠'} {shown}",
        reported=shown,
        computed=f"{written(spelled)}元",
        difference=value - spelled,
    )
    if relation.verdict == "inconsistent":
        relation = replace(
            relation,
            title=f"金额大写与小写不一致：{words[0]} 与 {shown}",
            message=f"{where(spans[0])}“{quote(spans[0], words[0])}”，大写为 {relation.computed}，小写为 {shown}，"
            f"相差 {written(abs(value - spelled))} 元。",
        )
    yield relation


CHECK = Check(
    rule=RULE,
    name="大写金额",
    what="An amount written out in Chinese characters is the amount printed in digits right beside it.",
    why="Contracts and vouchers print both so that neither can be altered alone.",
    formula="words = digits",
    tolerance="equality; digits in 万元 or 亿元 may be rounded; words that are not well-formed are left alone",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）；《票据法》第八条（中文大写和数码二者必须一致）",
    test=_test,
    fold="alone",
    agrees=(
        "文 合同总价为人民币壹佰贰拾万元整（￥1,200,000.00）。",
        "文 合同金额305.28元（大写：叁佰零伍元贰角捌分）。",
        "文 中标价人民币贰仟叁佰肆拾伍万陆仟柒佰元整（小写：2345.67万元）。",
    ),
    disagrees=(
        "文 合同总价为人民币壹佰贰拾万元整（￥1,020,000.00）。",
        "文 合同金额305.82元（大写：叁佰零伍元贰角捌分）。",
    ),
    false_alarms=("characters that stand for an ordinal (第贰条)", "an amount of another thing in the next clause"),
)
