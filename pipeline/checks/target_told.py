"""Where a sentence tells the planned number of an indicator as the one reached (以计划数充作完成数)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from normalizers.names import bare
from normalizers.records import Indicator, Mention
from pipeline.checks.answers import Answered
from pipeline.checks.counts import ACTUAL, PLANNED
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.quantities import unit_of
from pipeline.checks.texts import Sentence, last_clause, printed_digits
from pipeline.checks.wording import place, quote, where

_SIGNS = "，,；;。：:（("
_SHORTEST = 4  # characters of a name
_NUMBER = re.compile(r"(?:共|已|达到?|为)?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[\u4e00-\u9fff㎡]{1,3})")
_FULL = re.compile(r"[（(，,][^。；]{0,20}?完成(?:率|计划的?|目标的?)?(?:为|达到?)?\s?100(?:\.0+)?\s?[%％]")
# What singles out a part of the year, of the places or of the things, or another year.
_OTHER = re.compile(
    r"其中|上年|去年|往年|累计|每|平均|人均|截[至止]|季度|月|首批|批|期|抽查|原|调整|半年|(?:19|20)\d\d年"
)


@frozen
class _Row:
    """An indicator's row with whole numbers planned and reached that differ (计划与完成)."""

    indicator: Indicator
    target: tuple[Mention, Decimal]
    actual: tuple[Mention, Decimal]
    unit: str


def planned_told(facts: Facts, rule: str) -> Iterator[Relation]:
    """Sentences that tell an indicator by its name with the number planned, and say it was reached."""
    rows: dict[str, list[_Row]] = {}
    for one in facts.answered:
        row = _row(one)
        name = "" if row is None else _name(one.indicator)
        if row is not None and len(name) >= _SHORTEST and name in facts.all_text.sentences:
            rows.setdefault(name, []).append(row)
    for sentence in facts.numbered if rows else ():
        for name, known in rows.items():
            if len(known) == 1 and sentence.cell is None and sentence.text.count(name) == 1:
                yield from _told(rule, sentence, name, known[0])


def _name(indicator: Indicator) -> str:
    return re.sub(r"[（(][^（()）]*[)）]", "", bare(indicator.name))


def _row(one: Answered) -> _Row | None:
    indicator, target, actual, wanted, reached = one.indicator, one.target, one.actual, one.wanted, one.reached
    if target.span.cell is None or actual.span.cell is None:
        return None
    if wanted is None or reached is None or wanted.percent or reached.percent or wanted.value == reached.value:
        return None
    unit, other = unit_of(wanted, indicator.name), unit_of(reached, indicator.name)
    if not unit or unit != other:
        return None
    return _Row(indicator, (target, wanted.value), (actual, reached.value), unit)


def _told(rule: str, sentence: Sentence, name: str, row: _Row) -> Iterator[Relation]:
    text = sentence.text
    at = text.index(name)
    match = _NUMBER.match(text, at + len(name))
    before = last_clause(text[:at], _SIGNS)
    if match is None or not match["unit"].startswith(row.unit) or _OTHER.search(before):
        return
    if PLANNED.search(before) or (sentence.heading is not None and PLANNED.search(sentence.heading.title)):
        return  # 重点工作目标：完成维修养护46处
    value = printed_digits(match["number"]).value
    end = match.start("unit") + len(row.unit)
    said = ACTUAL.search(before) or _FULL.match(text, end)
    if not said or value not in (row.target[1], row.actual[1]):
        return
    relation = _relation(rule, sentence, row, value, (match.start("number"), end))
    yield relation if value == row.actual[1] else _failed(relation, row)


def _relation(rule: str, sentence: Sentence, row: _Row, value: Decimal, at: tuple[int, int]) -> Relation:
    key = f"i{row.indicator.index}.actual"
    told = Operand(key, "restated", sentence.text[slice(*at)], value, sentence.span(*at))
    right = value == row.actual[1]
    return Relation(
        rule,
        "consistent" if right else "inconsistent",
        (Operand.of(key, "reported", row.actual[0]),),
        (told,),
        formula=f"{row.actual[0].text.strip()} {'=' if right else '≠'} {told.text}",
        reported=told.text,
        computed=row.actual[0].text.strip(),
        difference=value - row.actual[1],
        severity="warning",
    )


def _failed(relation: Relation, row: _Row) -> Relation:
    told, actual = relation.right[0], row.actual[0]
    return replace(
        relation,
        title=f"“{row.indicator.name}”完成数 {told.text} 与表中完成值 {actual.text.strip()} 不符，与目标值相同",
        message=f"{where(told.span)}“{quote(told.span, told.text)}”述为已完成，而{place(actual)}完成值为"
        f"“{quote(actual.span, actual.text)}”，目标值为“{row.target[0].text.strip()}”。",
    )
