"""Check: what an indicator's text tells as planned and reached is what its row prints (计划数与实际数复述)."""

import re
from collections.abc import Iterator

from extractors.frozen import replace
from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks.counts import ACTUAL, PLANNED, REACHED, Count, counts_in
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.quantities import unit_of
from pipeline.checks.relate import undecided
from pipeline.checks.target_told import planned_told
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import Interval
from pipeline.checks.wording import place, quote, where

RULE = "planned-reached"
# What singles out a part of the year, of the places or of the things.
_PART = re.compile(
    r"截[至止]|上半年|下半年|季度|月|首批|第[一二三四五六]批|[一二三]期|其中|上年|去年|往年|每|平均|人均|累计|抽查|抽取|样本|调整"
)
_SIDES = {"target": "目标值", "actual": "完成值"}


def _test(facts: Facts) -> Iterator[Relation]:
    yield from planned_told(facts, RULE)
    for one in facts.answered:
        indicator, target, actual, wanted, reached = one.indicator, one.target, one.actual, one.wanted, one.reached
        told = facts.spoken.get(indicator.index)
        if not told or target.span.cell is None or actual.span.cell is None:
            continue
        if wanted is None or reached is None or wanted.percent or reached.percent:
            continue
        for sentence in told:
            pair = _pair(sentence)
            if pair is not None and _same_unit(indicator, pair, wanted, reached):
                yield from _compared(indicator, sentence, pair, ((target, wanted), (actual, reached)))


def _pair(sentence: Sentence) -> tuple[Count, Count] | None:
    """The one count planned and the one reached of a sentence, in one unit; None where there are more."""
    if not PLANNED.search(sentence.text) or not REACHED.search(sentence.text):
        return None
    told = list(counts_in(sentence.text, 0, len(sentence.text)))
    planned = [one for one in told if PLANNED.search(one.clause) and not ACTUAL.search(one.clause)]
    reached = [one for one in told if REACHED.search(one.clause) and not PLANNED.search(one.clause)]
    if len(planned) != 1 or len(reached) != 1 or planned[0].unit != reached[0].unit:
        return None
    return planned[0], reached[0]


def _same_unit(indicator: Indicator, pair: tuple[Count, Count], *numbers: ReportedNumber) -> bool:
    """Whether the row counts in the unit of the sentence, or names none."""
    return all(unit_of(number, indicator.name) in (pair[0].unit, "") for number in numbers)


def _compared(
    indicator: Indicator,
    sentence: Sentence,
    pair: tuple[Count, Count],
    row: tuple[tuple[Mention, ReportedNumber], tuple[Mention, ReportedNumber]],
) -> Iterator[Relation]:
    """Both sides compared; one that differs fails only where the other agrees, which shows that one thing is told."""
    relations = [
        _relation(indicator, side, sentence, count, *cell)
        for side, count, cell in zip(("target", "actual"), pair, row, strict=True)
    ]
    agree = [relation.verdict != "inconsistent" for relation in relations]
    for relation, count in zip(relations, pair, strict=True):
        if relation.verdict != "inconsistent":
            yield relation
        elif not any(agree):
            yield undecided(relation, "计划数与实际数均与指标表不同，可能另有所指")
        elif count.vague or _PART.search(sentence.text[: pair[1].end]):
            yield undecided(relation, "所述数量为约数或只是其中一部分")
        else:
            yield relation


def _relation(
    indicator: Indicator, side: str, sentence: Sentence, count: Count, mention: Mention, number: ReportedNumber
) -> Relation:
    key = f"i{indicator.index}.{side}"
    same = count.value == number.value
    rounds = count.possible.meets(Interval.printed(number)) and count.possible.low < count.possible.high
    told = count.operand(sentence, key, "restated")
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if rounds else "inconsistent",
        (Operand.of(key, "reported", mention),),
        (replace(told, value=count.value),),
        formula=f"{mention.text.strip()} {'=' if same else '≈' if rounds else '≠'} {told.text}",
        reported=told.text,
        computed=mention.text.strip(),
        difference=count.value - number.value,
        severity="warning",
    )
    if same or rounds:
        return relation
    name = _SIDES[side]
    return replace(
        relation,
        title=f"“{indicator.name}”{name}与文中所述不符：{mention.text.strip()} 与 {told.text}",
        message=f"{place(mention)}{name}为“{quote(mention.span, mention.text)}”，"
        f"而{where(told.span)}述为“{quote(told.span, told.text)}”。",
    )


CHECK = Check(
    rule=RULE,
    name="计划数与实际数复述",
    what="What the text of an indicator tells as planned and as reached is its target and its actual value.",
    why="One of the two figures was not updated, and the points rest on it.",
    formula="planned in words = target; reached in words = actual value",
    tolerance="equality, a decimal may be the other rounded; one side must agree, both in one unit, else undecided",
    severity="warning",
    source="财预〔2020〕10号第十六条（与年初指标值相比）、第二十五条（数据真实）",
    test=_test,
    agrees=(
        "目标表 里程 目标 30公里 实际 32公里；评分表 里程 权重 5 得分 5；说明文 里程 年初计划30公里，实际建成32公里。",
    ),
    disagrees=(
        "目标表 里程 目标 30公里 实际 32公里；评分表 里程 权重 5 得分 5；说明文 里程 年初计划30公里，实际建成36公里。",
        "目标表 盏数 目标 80盏 实际 75盏；评分表 盏数 权重 5 得分 5；说明文 盏数 任务数为85盏，已实装75盏。",
        "目标表 硬化入村路 目标 32公里 实际 30公里；评分表 硬化入村路 权重 5 得分 5；"
        "文 全年硬化入村路32公里（计划32公里，完成100%）。",
    ),
    false_alarms=("figures of a half-year or of some of the places", "a plan changed in the year"),
)
