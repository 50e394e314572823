"""Growth told with the amount of the increase and the value now, or the one before (增加额与增长率)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, Interval, fit, quotient, written
from pipeline.checks.wording import quote, where

_VALUE = r"(?<![\d,.])\d[\d,]{0,15}(?:\.\d{1,6})?"
_UNIT = r"[千万亿]?(?:元|人次|人|家|个|户|名|所|座|起|件|项|台|套|公里|亩|吨|次|场|辆|张|份|条|处|头|只)"
_AGO = r"(?:上年|去年|上一年|前一年|(?:19|20)\d\d年)度?(?:同期)?(?:决算|预算|执行)?数?(?:相比)?"
_UP, DOWN = "增长|增加|上升|提高|增幅", "下降|减少|降低|降幅"
CHANGE = (
    rf"(?P<way>{_UP}|{DOWN})(?:了|额为)?\s?(?P<change>{_VALUE})\s?(?P<unit2>{_UNIT})[，,、（(]\s?"
    rf"(?:同比)?(?P<way2>{_UP}|{DOWN})(?:率|幅度)?(?:了|为|达)?\s?(?P<rate>{_VALUE})\s?[%％](?!\s?个?百分点)"
)
# 792万元，比上年增加189万元，增长31% / 比上年的603万元增加189万元，增长31%
# 2022年603万元，2023年较上年增加189万元，增长31%
_FORMS = (
    re.compile(
        rf"(?P<now>{_VALUE})\s?(?P<unit>{_UNIT})[，,（(]\s?(?:同比|(?:比|较|与){_AGO})[，,]?\s?(?:同比|实际)?{CHANGE}"
    ),
    re.compile(
        rf"(?:比|较|与){_AGO}的?[^，。；\d]{{0,6}}?\s?(?P<before>{_VALUE})\s?(?P<unit>{_UNIT})[，,]?\s?(?:相比)?[，,]?{CHANGE}"
    ),
    re.compile(
        rf"(?P<earlier>(?:19|20)\d\d)年度?[^，。；\d]{{0,14}}(?P<before>{_VALUE})\s?(?P<unit>{_UNIT})[，,；;]\s?"
        rf"(?P<later>(?:19|20)\d\d)年度?[^，。；\d]{{0,6}}(?:比|较|与)(?:上年|去年|上一年|(?P=earlier)年)度?(?:同期)?(?:相比)?[，,]?{CHANGE}"
    ),
)
_COMPARED = re.compile(r"同比|[比较与](?:上|去|前|19|20)")
UNSURE = re.compile(r"可比口径|剔除|扣除|不含|约|近|超|余|平均|年均|累计|其中")
# A growth in per cent, in whatever words: in all forms of this module and of those that share its words.
_GROWTH = re.compile(rf"(?:{_UP}|提升|{DOWN})(?:率|幅度)?[了为达]?\s*\d[\d,.]*\s*[%％]")
_BEFORE = 30  # characters before the value that may say it is none to compare


def growing(facts: Facts) -> list[Sentence]:
    """The sentences that tell a growth in per cent; most reports have few."""
    return [one for one in facts.saying("%", "％") if _GROWTH.search(one.text)]


def grown_by(sentences: Sequence[Sentence], rule: str) -> Iterator[Relation]:
    """Every growth told with an increase and one of the two values."""
    for sentence in sentences:
        text = sentence.text
        if _COMPARED.search(text):
            for form in _FORMS:
                for match in form.finditer(text):
                    ways = (match["way"] in DOWN) == (match["way2"] in DOWN)
                    if match["unit"] == match["unit2"] and ways and _one_year_on(match):
                        yield from _grown(rule, sentence, match)


def _one_year_on(match: re.Match[str]) -> bool:
    """Whether the years told with the values, if any, follow each other."""
    years = match.groupdict()
    return "earlier" not in years or int(years["later"]) == int(years["earlier"]) + 1


def _grown(rule: str, sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    down = match["way"] in DOWN
    name = "now" if "now" in match.groupdict() else "before"
    told, change, rate = (printed_digits(match[one]) for one in (name, "change", "rate"))
    base, span = told.value, Interval.printed(told)
    if name == "now":
        base = base + change.value if down else base - change.value
        span = span + Interval.printed(change) if down else span - Interval.printed(change)
    if base <= 0 or change.value <= 0:
        return
    point = quotient(change.value * HUNDRED, base)
    possible = Interval.printed(change).scaled(HUNDRED).divide(span)
    relation = _relation(rule, sentence, match, name, rate, point, possible)
    stretch = sentence.text[max(match.start() - _BEFORE, 0) : match.end()]
    whole = quotient(change.value * HUNDRED, told.value) if told.value > 0 else point
    # `2021年2580人，同比减少130人，下降5.04%`: the value may be the one that the change begins with.
    from_here = fit(rate, whole, Interval.printed(change).scaled(HUNDRED).divide(Interval.printed(told))) != "differs"
    doubtful = not holds(relation) and (from_here or UNSURE.search(stretch))
    yield undecided(relation, "数值为约数、部分数或另有口径") if doubtful else relation


def _relation(
    rule: str,
    sentence: Sentence,
    match: re.Match[str],
    name: str,
    rate: ReportedNumber,
    point: Decimal,
    possible: Interval | None,
) -> Relation:
    shown, change = (
        sentence.text[match.start(one) : match.end(two)] for one, two in ((name, "unit"), ("change", "unit2"))
    )
    sign = "" if name == "before" else f" {'+' if match['way'] in DOWN else '−'} {change}"
    operands = [
        Operand(f"text.growth.{(span := sentence.span(start, end)).page}.{span.line}.{start}", role, text, value, span)
        for start, end, role, text, value in (
            (match.start(name), match.end("unit"), "operand", shown, printed_digits(match[name]).value),
            (match.start("change"), match.end("unit2"), "operand", change, printed_digits(match["change"]).value),
            (match.start("rate"), match.end(), "reported", match["rate"] + "%", rate.value),
        )
    ]
    base = f"（{shown}{sign}）" if sign else shown
    return divided(
        rule, operands, rate, (point, possible), base=base, against="所列增减额", because="按同句所列数值复算"
    )


def divided(
    rule: str,
    operands: list[Operand],
    rate: ReportedNumber,
    worked_out: tuple[Decimal, Interval | None],
    *,
    base: str,
    against: str,
    because: str,
) -> Relation:
    """A growth rate against a change divided by its base (增长率复算).

    operands: base, change, rate. worked_out: the rate in per cent, and what the prints allow. base: as the formula
    shows it; against, because: what the rate contradicts and how that was reckoned, Chinese.
    """
    point, possible = worked_out
    how = fit(rate, point, possible)
    computed = written(point, max(rate.digits, 2)) + "%"
    relation = Relation(
        rule,
        verdict_of(how),
        tuple(operands[:2]),
        (operands[2],),
        formula=f"{operands[1].text} ÷ {base} = {computed}",
        reported=operands[2].text,
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=rate.value - point,
        severity="info" if how == "truncation" else "warning",
    )
    if holds(relation):
        return relation
    span = operands[2].span
    return replace(
        relation,
        title=f"文中增长率 {relation.reported} 与{against}不符（应为 {computed}）",
        message=f"{where(span)}“{quote(span, relation.reported)}”，{because}，{relation.formula}。",
    )
