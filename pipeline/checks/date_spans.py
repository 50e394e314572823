"""Periods and delays told with their days (起止日期与工期): ends do not precede beginnings; delays are counted."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds, undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

_YEAR, _MONTH = r"(?P<{0}y>(?:19|20)\d\d)\s?[年.]\s?", r"(?P<{0}m>1[0-2]|0?[1-9])\s?[月.]\s?"
_DAY = r"(?P<{0}d>3[01]|[12]\d|0?[1-9])\s?日?"
_FULL = _YEAR + _MONTH + _DAY
_LATER = rf"(?:{_YEAR})?{_MONTH}{_DAY}"
_TO = r"(?:起)?\s?(?:至|到|—{1,2}|–|-|~|～)\s?"
_PERIOD = re.compile(
    rf"{(_YEAR + _MONTH).format('a')}(?:{_DAY.format('a')})?{_TO}"
    rf"{(_YEAR + _MONTH).format('b')}(?:{_DAY.format('b')})?(?!\d)"
)
_DELAY = re.compile(
    rf"(?P<plan>计划|要求|约定|应于|应当?|规定|合同)[^，。；\d]{{0,12}}{_FULL.format('a')}前?[^，。；\d]{{0,10}}[，,；;][^，。；\d]{{0,10}}"
    rf"(?:实际|直至|至|于)[^，。；\d]{{0,8}}{_LATER.format('b')}[^，。；\d]{{0,12}}[，,；;][^，。；\d]{{0,10}}"
    r"(?P<word>延[期误迟]|滞后|逾期|推迟|晚|超期|提前)[^，。；\d]{0,6}(?P<days>\d{1,4})\s?(?P<work>个?工作日|个工作天|天|日)"
)
# 应于2023年5月12日完工，截至评价基准日（2023年8月31日）已逾期111天
_TILL_NOW = re.compile(
    rf"(?:应于|应当?在|约定|要求|应)[^，。；\d]{{0,8}}{_FULL.format('a')}前?[^，。；\d]{{0,10}}[，,；;](?:但|而)?截[至止]"
    rf"(?:(?:本次)?评价基准日|基准日)?[（(]?(?:{_FULL.format('b')})?[)）]?[，,]?[^，。；\d]{{0,10}}"
    r"(?P<word>延[期误迟]|滞后|逾期|超期)[^，。；\d]{0,6}(?P<days>\d{1,4})\s?(?P<work>个?工作日|个工作天|天|日)"
)
_BASE = re.compile(rf"基准日(?:期)?[^，。；\d]{{0,6}}{_FULL.format('b')}")
_NO_PERIOD = re.compile(r"同比|对比|较|调整|变更|由|从[^，。；]{0,4}改")
_SLACK = 1  # days: whether both ends are counted is not told


@frozen
class _Told:
    """A day as told; a month without a day is its first. at: offsets in the sentence."""

    day: date
    at: tuple[int, int]
    exact: bool


def date_spans(facts: Facts, rule: str) -> Iterator[Relation]:
    """The periods and delays of the running text."""
    yield from _till_base(facts, rule)
    for sentence in facts.saying("月"):
        if sentence.cell is None:
            for match in _PERIOD.finditer(sentence.text):
                yield from _period(rule, sentence, match)
            for match in _DELAY.finditer(sentence.text):
                yield from _delay(rule, sentence, match)


def _till_base(facts: Facts, rule: str) -> Iterator[Relation]:
    """Days late up to the day that the evaluation looks at (评价基准日), or up to a day told."""
    late = facts.saying("逾期", "延期", "延误", "延迟", "滞后", "超期")
    bases = {
        told.day: (sentence, told)
        for sentence in (facts.saying("基准日") if late else ())
        for match in _BASE.finditer(sentence.text)
        if (told := _told(match, "b")) is not None
    }
    for sentence in late:
        for match in _TILL_NOW.finditer(sentence.text) if sentence.cell is None else ():
            planned, until = _told(match, "a"), _told(match, "b")
            base = (sentence, until) if until is not None else None
            if base is None and len(bases) == 1 and "基准日" in match[0]:
                (base,) = bases.values()
            if planned is not None and base is not None:
                yield from _late(rule, (sentence, match), planned, *base)


def _told(match: re.Match[str], name: str, year: int | None = None) -> _Told | None:
    parts = match.groupdict()
    stated = parts[f"{name}y"]
    if stated is None and year is None:
        return None
    day = parts.get(f"{name}d")
    start = match.start(f"{name}y") if stated else match.start(f"{name}m")
    end = match.end(f"{name}d") if day else match.end(f"{name}m")
    try:
        told = date(int(stated or year or 0), int(parts[f"{name}m"]), int(day or 1))
    except ValueError:
        return None
    return _Told(told, (start, end), day is not None)


def _period(rule: str, sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    first, last = _told(match, "a"), _told(match, "b")
    if first is None or last is None:
        return
    one, other = (first.day, last.day) if first.exact and last.exact else (_month(first), _month(last))
    relation = _relation(rule, sentence, first, last, right=one <= other)
    if holds(relation):
        yield relation
    elif _NO_PERIOD.search(sentence.text[max(match.start() - 8, 0) : match.end() + 4]):
        yield undecided(relation, "两个日期可能不是一段时间的起止")
    else:
        span = relation.right[0].span
        yield replace(
            relation,
            title=f"起止日期颠倒：{relation.reported} 早于 {relation.computed.removeprefix('≥ ')}",
            message=f"{where(span)}“{quote(span, relation.right[0].text)}”：终止日期早于起始日期。",
        )


def _month(told: _Told) -> date:
    return told.day.replace(day=1)


def _delay(rule: str, sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """Days late (or early) between the day agreed and the day reached."""
    planned = _told(match, "a")
    reached = None if planned is None else _told(match, "b", planned.day.year)
    if planned is not None and reached is not None:
        yield from _late(rule, (sentence, match), planned, sentence, reached)


def _late(
    rule: str, told: tuple[Sentence, re.Match[str]], planned: _Told, other: Sentence, reached: _Told
) -> Iterator[Relation]:
    """The days told as late against two days. other: the sentence that tells the day reached."""
    sentence, match = told
    late = (reached.day - planned.day).days
    days = int(match["days"]) * (-1 if match["word"] == "提前" else 1)
    fits = abs(late - days) <= _SLACK
    right = sentence.span(match.start("days"), match.end())
    key = f"date.delay.{right.page}.{right.line}.{match.start('days')}"
    text = match["days"] + match["work"].removeprefix("个")
    relation = Relation(
        rule,
        "consistent" if late == days else "rounding" if fits else "inconsistent",
        (_operand(sentence, planned), _operand(other, reached)),
        (Operand(key, "reported", text, Decimal(match["days"]), right),),
        formula=f"{reached.day.isoformat()} − {planned.day.isoformat()} = {late} 天",
        reported=text,
        computed=f"{abs(late)}天",
        difference=Decimal(days - late),
        severity="warning",
    )
    if holds(relation):
        yield relation
    elif "工作" in match["work"]:
        yield undecided(relation, "按工作日计算，节假日不详")
    else:
        yield replace(
            relation,
            title=f"天数 {text} 与所列日期不符（应为 {abs(late)} 天）",
            message=f"{where(right)}“{quote(right, text)}”，按所列日期计算，{relation.formula}。",
        )


def _operand(sentence: Sentence, told: _Told, role: str = "operand") -> Operand:
    span = sentence.span(*told.at)
    key = f"date.{span.page}.{span.line}.{sentence.start + told.at[0]}"
    return Operand(key, role, sentence.text[slice(*told.at)].strip(), None, span)


def _relation(rule: str, sentence: Sentence, first: _Told, last: _Told, *, right: bool) -> Relation:
    return Relation(
        rule,
        "consistent" if right else "inconsistent",
        (_operand(sentence, first),),
        (_operand(sentence, last, "reported"),),
        formula=f"{first.day.isoformat()} {'≤' if right else '>'} {last.day.isoformat()}",
        reported=last.day.isoformat(),
        computed=f"≥ {first.day.isoformat()}",
        severity="warning",
    )
