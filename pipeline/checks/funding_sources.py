"""Check: the sources told behind a total of money make it up (资金来源构成)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import ReportedNumber
from normalizers.units import to_yuan
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import Interval, written
from pipeline.checks.wording import plus, quote, where

RULE = "funding-sources"
_VALUE = r"\d(?<![\d.,]\d)[\d,]{0,15}(?:\.\d{1,6})?"
_TOTAL = re.compile(
    r"(?:总投资|投资总额|资金总额|总资金|预算总额|预算安排|安排资金|计划投资|概算投资|投资概算)[^，。；\d]{0,10}"
    rf"(?P<value>{_VALUE})\s?(?P<unit>亿元|万元)[，,：:]?\s?(?:其中|包括|资金来源(?:为|包括)?|来源(?:为|包括))[：:，,]?\s?"
)
_ITEM = re.compile(
    rf"(?P<name>[\u4e00-\u9fff“”]{{2,14}})(?P<value>{_VALUE})\s?(?P<unit>亿元|万元)(?P<end>[，,、；;和及与]|$|(?=[（(]))"
)
_SOURCE = re.compile(r"中央|省|市|县|区|旗|州|镇|乡|财政|国债|债券|自筹|配套|社会资本|贷款|其他|捐赠")
_REST = re.compile(r"自筹|配套|社会资本|贷款|其他")  # who pays what is left: a list that names it is closed
_UNSURE = re.compile(r"[等约余近含]|左右|不低于|以上|每|已|到位|支出|拨付|结转|当年|本年")
_LEAST = 2


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("元"):
        for total in _TOTAL.finditer(sentence.text):
            yield from _listed(sentence, total)


def _listed(sentence: Sentence, total: re.Match[str]) -> Iterator[Relation]:
    """The sources one after another right behind the total."""
    parts, at = [], total.end()
    while (item := _ITEM.match(sentence.text, at)) is not None and _SOURCE.search(item["name"]):
        parts.append(item)
        at = item.end()
    if len(parts) < _LEAST:
        return
    relation = _relation(sentence, total, parts)
    told = sentence.text[total.start() : at]
    closed = any(_REST.search(item["name"]) for item in parts) and "元" not in sentence.text[at:]
    if relation.verdict == "inconsistent" and (not closed or _UNSURE.search(told)):
        relation = undecided(relation, "所列来源可能不是全部，或含约数、不同阶段的数")
    yield relation


def _amount(match: re.Match[str]) -> tuple[Decimal, Interval]:
    """An amount in 元 and what its print may stand for."""
    digits, factor = match["value"].replace(",", ""), to_yuan(Decimal(1), match["unit"]) or Decimal(1)
    number = ReportedNumber(match["value"], Decimal(digits), len(digits.partition(".")[2]))
    return number.value * factor, Interval.printed(number).scaled(factor)


def _relation(sentence: Sentence, total: re.Match[str], parts: list[re.Match[str]]) -> Relation:
    whole, printed = _amount(total)
    exact = sum((_amount(item)[0] for item in parts), Decimal(0))
    possible = Interval.exact(Decimal(0))
    for item in parts:
        possible = possible + _amount(item)[1]
    mixed = len({item["unit"] for item in (total, *parts)}) > 1
    rounds = mixed and possible.meets(printed)
    unit = to_yuan(Decimal(1), total["unit"]) or Decimal(1)
    shown, reported = written(exact / unit) + total["unit"], total["value"] + total["unit"]
    operands = [
        Operand(
            f"text.source.{(span := sentence.span(one.start('value'), one.end('unit'))).page}.{span.line}"
            f".{sentence.start + one.start('value')}",
            "reported" if one is total else "operand",
            one["value"] + one["unit"],
            _amount(one)[0],
            span,
        )
        for one in (total, *parts)
    ]
    relation = Relation(
        RULE,
        "consistent" if exact == whole else "rounding" if rounds else "inconsistent",
        tuple(operands[1:]),
        (operands[0],),
        formula=f"{plus([one.text for one in operands[1:]])} = {shown}",
        reported=reported,
        computed=shown,
        low=possible.low,
        high=possible.high,
        difference=whole - exact,
        severity="warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"资金来源各项之和 {shown} 与总额 {reported} 不符",
        message=f"{where(operands[0].span)}“{quote(operands[0].span, total['value'])}”，其后所列各项来源相加，"
        f"{relation.formula}，相差 {written(abs(whole - exact) / unit)}{total['unit']}。",
    )


CHECK = Check(
    rule=RULE,
    name="资金来源构成",
    what="The sources listed right behind a total of money, down to who pays the rest, add up to it.",
    why="Who pays how much of a project decides what each of them must have paid in.",
    formula="Σ sources = total",
    tolerance="equality in one unit, over several units the intervals must meet; undecided without a residual source",
    severity="warning",
    source="财预〔2020〕10号附2（资金到位率）、第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 项目总投资1.28亿元，其中专项债券7,900万元，县级财政3,100万元，企业自筹1,800万元。",
        "文 概算投资3260万元，其中中央资金1800万元、省级资金760万元、县级配套700万元。",
    ),
    disagrees=("文 项目总投资1.28亿元，其中专项债券7,900万元，县级财政3,300万元，企业自筹1,800万元。",),
    false_alarms=(
        "sources told as 约",
        "lists without the one who pays the rest",
        "money arrived beside money planned",
    ),
)
