"""Check: a rate told with the two counts it was taken from is their ratio (数量占比)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.counted import SCALES
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, Interval, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "counted-share"
_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,6}(?P<stem>[\u4e00-\u9fff]{2})(?:率|度))(?:为|达到?|是)?\s{0,2}"
    r"(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％](?!以上|及以上|以下|左右)"
)
_COUNT = re.compile(
    r"(?<![\d.,])(?P<number>\d[\d,]{0,15}(?:\.\d{1,4})?)\s?(?P<scale>[千万]?)"
    r"(?P<unit>人次|人|家|个|户|名|份|场|项|件|所|座|台|套|批|处|亩|公里)(?P<vague>余|多|左右|以上)?"
)
_STOP = re.compile(r"[，,：:；;（）()]")
_PLANNED = re.compile(r"计划|应|目标|任务")
_REACHED = re.compile(r"实际|实|完成")
_OTHER = re.compile(r"上年|去年|同期|往年|每|平均|累计|新增|增加|减少|提高|(?:19|20)\d\d\s?年")
_NOT_ACTUAL = re.compile(r"目标|要求|不低于|综合|平均|加权|总体|累计|增长|提[高升]|下降")
_AROUND = re.compile(r"[约近超]\s?$|≥|不低于")
_FAR = 60  # characters before a rate that its clause may begin in
_DENIED = "不未无没非"


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of the sentence: its value, what its print may stand for, its clause, its place in the sentence."""

    value: Decimal
    possible: Interval
    unit: str
    vague: bool
    clause: str
    start: int
    end: int


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.sentences:
        if "%" in sentence.text or "％" in sentence.text:
            yield from _of_sentence(sentence)


def _of_sentence(sentence: Sentence) -> Iterator[Relation]:
    """Each rate against the counts told since the rate before it."""
    start = 0
    for rate in _RATE.finditer(sentence.text):
        counts = list(_counts(sentence.text, start, rate.start()))
        start = rate.end()
        clause = _STOP.split(sentence.text[max(rate.start() - _FAR, 0) : rate.start()])[-1] + rate["name"]
        if len(counts) >= 2 and not _NOT_ACTUAL.search(clause):
            yield from _told(sentence, counts, rate)


def _counts(text: str, start: int, end: int) -> Iterator[_Count]:
    for match in _COUNT.finditer(text, start, end):
        digits, scale = match["number"].replace(",", ""), SCALES[match["scale"]]
        value = Decimal(digits) * scale
        counted = "." not in digits and not match["scale"]
        half = Decimal(0) if counted else Decimal(5).scaleb(-len(digits.partition(".")[2]) - 1) * scale
        before = _STOP.split(text[start : match.start()])[-1]
        clause = before + _STOP.split(text[match.start() : end])[0]
        vague = bool(match["vague"] or _AROUND.search(before))
        yield _Count(
            value, Interval(value - half, value + half), match["unit"], vague, clause, match.start(), match.end()
        )


def _told(sentence: Sentence, counts: list[_Count], rate: re.Match[str]) -> Iterator[Relation]:
    """The rate against the last count and the one of its unit before it; only a clear pair can fail."""
    part = counts[-1]
    bases = [one for one in counts[:-1] if one.unit == part.unit and one.value > 0]
    printed = parse(rate["rate"] + "%")
    if not bases or printed is None:
        return
    ways = [_relation(sentence, base, part, rate, printed) for base in bases]
    held = next((relation for relation in ways if holds(relation)), None)
    if held is not None:
        yield held
    elif _linked(bases[-1], part, rate):
        doubt = _doubt(bases, part, printed)
        yield undecided(ways[-1], doubt) if doubt else ways[-1]


def _linked(base: _Count, part: _Count, rate: re.Match[str]) -> bool:
    """Whether the words say that `part` is what the rate counts and `base` what it is counted from."""
    planned = bool(_PLANNED.search(base.clause)) and bool(_REACHED.search(part.clause))
    if rate["stem"] == "完成":
        return planned
    at = part.clause.find(rate["stem"])
    named = at >= 0 and (at == 0 or part.clause[at - 1] not in _DENIED)
    return named and (planned or rate["stem"] not in base.clause)


def _doubt(bases: list[_Count], part: _Count, printed: ReportedNumber) -> str:
    """Why a rate that does not follow may still be right, Chinese; '' where nothing speaks for it."""
    base = bases[-1]
    if len(bases) > 1:
        return "同一句列有多个数量，对应关系不能确定"
    if base.vague or part.vague:
        return "数量为约数"
    if _OTHER.search(base.clause) or _OTHER.search(part.clause):
        return "数量的口径可能不同"
    if part.value >= base.value and (printed.value == HUNDRED or not _PLANNED.search(base.clause)):
        return "比率以 100% 封顶或基数不能确定"
    if fit(printed, HUNDRED - quotient(part.value * HUNDRED, base.value)) != "differs":
        return "比率可能按其余部分计算"
    return ""


def _relation(sentence: Sentence, base: _Count, part: _Count, rate: re.Match[str], printed: ReportedNumber) -> Relation:
    exact = quotient(part.value * HUNDRED, base.value)
    possible = part.possible.scaled(HUNDRED).divide(base.possible)
    how = fit(printed, exact, possible)
    computed = written(exact, max(printed.digits, 2)) + "%"
    span = sentence.span(rate.start("rate"), rate.end())
    shown = [sentence.text[one.start : one.end].strip() for one in (part, base)]
    relation = Relation(
        RULE,
        verdict_of(how),
        (_operand(sentence, part), _operand(sentence, base)),
        (Operand(_key(sentence, rate.start("rate")), "reported", rate["rate"] + "%", printed.value, span),),
        formula=f"{shown[0]} ÷ {shown[1]} = {computed}",
        reported=rate["rate"] + "%",
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=printed.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"{rate['stem']}{rate['name'][-1]} {relation.reported} 与所列数量不符（应为 {computed}）",
        message=f"{where(span)}“{quote(span, relation.reported)}”，按同一句所列数量复算，{relation.formula}。",
    )


def _operand(sentence: Sentence, count: _Count) -> Operand:
    text = sentence.text[count.start : count.end].strip()
    return Operand(_key(sentence, count.start), "operand", text, count.value, sentence.span(count.start, count.end))


def _key(sentence: Sentence, at: int) -> str:
    span = sentence.span(at, at + 1)
    return f"text.count.{span.page}.{span.line}.{sentence.start + at}"


CHECK = Check(
    rule=RULE,
    name="数量占比",
    what="A rate told with the number counted and the number it was counted from is their ratio.",
    why="Both counts stand beside the rate, so the reader can divide them.",
    formula="part ÷ whole × 100 % = rate",
    tolerance="half-up at the printed digits; counts are exact, measures rounded; unclear pairs are undecided",
    severity="warning",
    source="财预〔2020〕10号附2（质量达标率=质量达标产出数÷实际产出数×100%）、第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 抽查26家门店，23家达标，达标率88.46%。",
        "文 计划培训800人次，实际培训836人次，完成率104.5%。",
        "文 回收有效问卷240份，表示满意的215份，满意度89.58%。",
    ),
    disagrees=(
        "文 抽查26家门店，23家达标，达标率86.46%。",
        "文 计划培训800人次，实际培训836人次，完成率114.5%。",
    ),
    false_alarms=(
        "rates counted from the others (不合格3家)",
        "counts of two years",
        "rates capped at 100 %",
        "satisfaction weighted over the answers",
    ),
)
