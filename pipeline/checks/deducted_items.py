"""How many indicators a sentence says lost points (扣分指标个数): against those it names, and against the table."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.wording import quote, where

_N = r"\d{1,2}(?:\.\d{1,2})?"
_COUNT = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
# 共有8项指标扣分，合计扣2.48分。… 其余6项合计扣0.98分
_HEAD = re.compile(
    rf"(?P<count>{_COUNT})\s?[项个](?:三级)?指标(?:被|存在|有)?(?:扣分|失分)[，,；;（(]\s?(?:合计|共计?|累计)扣(?:减|除)?(?:分)?\s?"
    rf"(?P<taken>{_N})\s?分"
)
_REST = re.compile(
    rf"(?:其余|其他|另外?)\s?(?P<count>{_COUNT})\s?[项个](?:三级)?(?:指标)?(?:合计|共计?|累计)?扣(?:减|除)?(?:分)?\s?(?P<taken>{_N})\s?分"
)
_TAKEN = re.compile(rf"扣(?:减|除)?\s?(?P<taken>{_N})\s?分")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]|[（(][^（()）]*[)）]")
_EACH = re.compile(r"每|各扣|分别扣|均扣")
_FAR = 400  # characters in which the named ones and the rest follow


def deducted_items(facts: Facts, rule: str) -> Iterator[Relation]:
    """Both comparisons for every place that counts the indicators with deductions and tells their sum."""
    paragraphs = {id(one.flow): one for one in facts.saying("扣分", "失分") if one.cell is None}
    for one in paragraphs.values():
        paragraph = replace(one, text=one.flow.text, start=0, end=len(one.flow.text))
        for match in _HEAD.finditer(paragraph.text):
            yield from _named(rule, paragraph, match)
            yield from _tabled(facts, rule, paragraph, match)


def _named(rule: str, paragraph: Sentence, head: re.Match[str]) -> Iterator[Relation]:
    """Those named with their deductions and the rest are all of them where their deductions add up to the whole."""
    rest = _REST.search(paragraph.text, head.end(), head.end() + _FAR)
    if rest is None:
        return
    between = _QUOTED.sub("", paragraph.text[head.end() : rest.start()])
    taken = [printed_digits(match["taken"]).value for match in _TAKEN.finditer(between)]
    last = printed_digits(rest["taken"]).value
    if _EACH.search(between) or not taken or sum(taken, last) != printed_digits(head["taken"]).value:
        return
    count, others = _number(head["count"]), _number(rest["count"])
    if count and others:
        told = _operand(paragraph, rest.span("count"), rest["count"], "operand")
        formula = f"{len(taken)} + {others} {'=' if len(taken) + others == count else '≠'} {count}"
        yield _relation(rule, paragraph, head, told, (len(taken) + others, formula))


def _tabled(facts: Facts, rule: str, paragraph: Sentence, head: re.Match[str]) -> Iterator[Relation]:
    """The indicators whose table score is below their weight, where what they lost is the sum told."""
    lost: list[Decimal] = []
    last: Operand | None = None
    for one in facts.tree.leaves:
        weight, score = facts.chosen(one, "weight"), facts.chosen(one, "score")
        if weight is None or score is None or weight.number is None or score.number is None:
            return
        if weight.number.value > score.number.value:
            lost.append(weight.number.value - score.number.value)
            last = Operand.of(f"i{one.index}.score", "operand", score)
    count = _number(head["count"])
    if last is not None and count and sum(lost, Decimal(0)) == printed_digits(head["taken"]).value:
        formula = f"得分低于分值的指标 {len(lost)} 项 {'=' if len(lost) == count else '≠'} {count}"
        yield _relation(rule, paragraph, head, last, (len(lost), formula))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_integer(text) or 0


def _operand(paragraph: Sentence, at: tuple[int, int], text: str, role: str) -> Operand:
    span = paragraph.span(*at)
    return Operand(f"text.deducted.{span.page}.{span.line}.{at[0]}", role, text, Decimal(_number(text)), span)


def _relation(rule: str, paragraph: Sentence, head: re.Match[str], told: Operand, counted: tuple[int, str]) -> Relation:
    right = _operand(paragraph, head.span("count"), head["count"], "reported")
    found, formula = counted
    relation = Relation(
        rule,
        "consistent" if found == _number(head["count"]) else "inconsistent",
        (told,),
        (right,),
        formula=formula,
        reported=head["count"],
        computed=str(found),
        severity="warning",
    )
    if relation.verdict == "consistent":
        return relation
    return replace(
        relation,
        title=f"扣分指标个数 {head['count']} 与所列不符（应为 {found}）",
        message=f"{where(right.span)}“{quote(right.span, head['count'])}”，{formula}；所列扣分之和与合计扣分相符，"
        "即已列全。",
    )
