"""Check: amounts listed in a sentence add up to the total told with them (文中合计)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.figure_sums import listed_sums
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import groups, interval, operand, place, text
from pipeline.checks.relate import holds, undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import Interval, written
from pipeline.checks.wording import plus, quote

RULE = "told-sum"
_TOTAL = re.compile(r"(?:合计|共计|总计|总共)[^，。；\d]{0,8}$")
_PARTS_FOLLOW = re.compile(r"其中|包括")
_LISTED = re.compile(r"分别")
_FAR = 40  # characters before a total that may call it so
_OPEN = re.compile(r"等|其中|包括|主要")


def _test(facts: Facts) -> Iterator[Relation]:
    yield from listed_sums(facts, RULE)
    for lines in groups(facts):
        told = [line for line in lines if line.yuan is not None]
        sentence = facts.funds.sentence(told[0]) if told else None
        if sentence is None or len(told) < 3:
            continue
        of_which = _relation(told[1:], told[0]) if _PARTS_FOLLOW.search(sentence.text) else None
        if of_which is not None and holds(of_which):
            yield of_which
            continue
        for number, line in enumerate(told):
            before = sentence.text[max(_at(sentence, line) - _FAR, 0) : _at(sentence, line)]
            if number >= 2 and _TOTAL.search(before):
                yield from _summed(sentence, told[:number], line)


def _at(sentence: Sentence, line: FundingLine) -> int:
    return max(sentence.text.find(line.number.printed), 0)


def _summed(sentence: Sentence, before: list[FundingLine], total: FundingLine) -> Iterator[Relation]:
    """The run of amounts before the total that adds up to it; a list that fails is told only where it is closed."""
    for first in range(len(before) - 1):
        relation = _relation(before[first:], total)
        if relation.verdict != "inconsistent":
            yield relation
            return
    relation = _relation(before, total)
    closed = bool(_LISTED.search(sentence.text)) and not _OPEN.search(sentence.text)
    yield relation if closed else undecided(relation, "所列金额是否为合计的全部组成不能确定")


def _relation(parts: list[FundingLine], total: FundingLine) -> Relation:
    computed = sum((line.yuan for line in parts if line.yuan is not None), Decimal(0))
    possible = Interval.exact(Decimal(0))
    for line in parts:
        possible = possible + interval(line)
    same = computed == total.yuan
    converted = len({line.number.unit for line in (*parts, total)}) > 1
    rounds = converted and possible.meets(interval(total))
    unit = (total.yuan or Decimal(1)) / (total.number.value or Decimal(1))
    gap = (total.yuan or Decimal(0)) - computed
    shown = written(computed / unit) + total.number.unit
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if rounds else "inconsistent",
        tuple(operand(line, "operand") for line in parts),
        (operand(total, "reported"),),
        formula=f"{plus([text(line) for line in parts])} = {shown}",
        reported=text(total),
        computed=shown,
        difference=gap,
        severity="warning",
    )
    if same or rounds:
        return relation
    return replace(
        relation,
        title=f"文中合计不符：列示 {text(total)}，逐项相加为 {shown}",
        message=f"{place(total)}“{quote(total.span, total.number.printed)}”，所列各项相加，{relation.formula}，"
        f"相差 {written(abs(gap) / unit)}{total.number.unit}。",
    )


CHECK = Check(
    rule=RULE,
    name="文中合计",
    what="Amounts listed one after another in a sentence add up to the total that closes the list.",
    why="A list and its total in one sentence are the reader's easiest sum.",
    formula="Σ amounts = total",
    tolerance="equality; over several units the intervals must meet; lists that are not closed are undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="dependent",
    agrees=(
        "文 全年宣传推广9.3万元（包括直播7.1万元、海报2.2万元）。",
        "文 甲村改厕64户，其余各村39户，累计改厕103户。",
        "文 分别补助甲厂405万元、乙厂64.5万元，合计469.5万元；资金 s1 spent 405万元 项=甲厂 处=1；"
        "资金 s1 spent 64.5万元 项=乙厂 处=1；资金 s1 spent 469.5万元 项=补助 处=1",
    ),
    disagrees=(
        "文 全年宣传推广9.3万元（包括直播7.1万元、海报3.2万元）。",
        "文 分别补助甲厂405万元、乙厂64.5万元，合计496.5万元；资金 s1 spent 405万元 项=甲厂 处=1；"
        "资金 s1 spent 64.5万元 项=乙厂 处=1；资金 s1 spent 496.5万元 项=补助 处=1",
    ),
    false_alarms=("lists of the larger parts only", "rounded parts in another unit"),
)
