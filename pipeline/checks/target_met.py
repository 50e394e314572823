"""Check: full marks are given only where the target was reached (目标完成)."""

import re
from collections.abc import Iterator

from extractors.frozen import replace
from normalizers.numbers import parse
from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks.count_as_percent import actual_head
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.quantities import number_in, same_unit, unit_of
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import satisfies, written
from pipeline.checks.wording import place, quote

RULE = "target-met"
_DOWNWARD = re.compile(
    r"成本|费用|支出|投诉|事故|死亡|伤亡|耗时|时长|能耗|排放|误差|差错|返工|超支|下降|降低|控制|偏差|损耗|时限|时间"
    r"|天数|周期|发生率|逾期|空置|流失|发病|患病|失业|辍学|违规|违法|超标|缺陷|故障|中断|纠纷|案件|火灾|隐患|信访|上访"
    r"|负债|债务|赤字|单价|造价|价格|返贫|结转|结余|变动率|超编|工期|用时|等待|响应|间隔|排队"
)
_RANK = re.compile(r"[前第]\s?\d{1,3}\s?[名位]")  # the smaller the better
# What lets a near miss pass: `完成率达到98%即得满分`.
_ALLOWED = re.compile(
    r"规[则定][^。；]{0,20}(?:满分|不扣分)|(?:达到|超过|高于|不低于|≥)\s?\d[\d.]*\s?[%％]?(?:[及含]?以上)?[^。；，,]{0,4}满分"
    r"|视[同为](?:完成|达标)|允许(?:偏差|误差)|合理(?:偏差|误差)"
)
_FORMULA = re.compile(r"[A-Za-z]{2,}\s?[+＋-]")  # LPR+80BP
_CALENDAR = re.compile(r"\d\s*[年月日号]|[年月]底|[上中下]旬|季度")
_SURVEY = re.compile(r"问卷|调查|访谈|走访|回访|样本|抽样|测评|座谈")
_IN_TIME = re.compile(r"及时|按时|按期|如期|准时")
_LATE = re.compile(r"滞后|延迟|逾期|未及时|不及时|未按时|未按期|未如期|拖延|延期|超期|未完成")


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator in facts.report.indicators:
        target, actual = indicator.get("target"), indicator.get("actual")
        if target is not None and actual is None and target.span.cell is not None:
            yield from _unanswered(facts, indicator, target)
        if target is None or actual is None:
            continue
        if "prose" in (target.place, actual.place) and target.group != actual.group:
            continue  # told of in one line they answer each other
        if _is_no_quantity(target.text) or _is_no_quantity(actual.text):
            continue  # `12月底前` reached on `11月25日`: days are no quantities, nor is `≤LPR+150BP`
        wanted, reached = number_in(target), number_in(actual)
        if "满意" in indicator.name and reached is not None and reached.percent and not _surveyed(facts):
            yield _unsampled(facts, indicator, target, actual)
        if wanted is not None and reached is not None:
            yield _reached(facts, indicator, (target, wanted), (actual, reached))
        elif wanted is not None and wanted.unit == "%" and "满意" in indicator.name:
            yield from _unmeasured(facts, indicator, target, actual)
        elif _IN_TIME.search(target.text) and _LATE.search(actual.text):
            yield from _late(facts, indicator, target, actual)


def _is_no_quantity(text: str) -> bool:
    return _CALENDAR.search(text) is not None or _FORMULA.search(text) is not None


def _unanswered(facts: Facts, indicator: Indicator, target: Mention) -> Iterator[Relation]:
    """A target with a number that no table and no sentence about it answers with an actual value: undecided."""
    if (
        target.number is None
        or indicator.all("actual", "score")
        or (
            indicator.index in facts.spoken and any(sentence.cell is None for sentence in facts.spoken[indicator.index])
        )
    ):
        return
    relation = Relation(
        RULE,
        "indeterminate",
        (Operand("text.name", "operand", indicator.name, None, indicator.span),),
        (Operand.of(f"i{indicator.index}.target", "target", target),),
        formula=f"{target.text.strip()} / ?",
        reported=target.text.strip(),
        computed="",
    )
    yield undecided(relation, "未见与该目标对应的实际完成值")


def _surveyed(facts: Facts) -> bool:
    """Whether the report tells of any way in which satisfaction was measured."""
    return _SURVEY.search(facts.all_text.sentences) is not None


def _unsampled(facts: Facts, indicator: Indicator, target: Mention, actual: Mention) -> Relation:
    """A satisfaction in per cent without a survey anywhere in the report: it cannot be recomputed."""
    grids = {grid.table_id: grid for grid in facts.tables}
    head = actual_head(grids.get(actual.span.cell.table) if actual.span.cell is not None else None, actual)
    relation = Relation(
        RULE,
        "indeterminate",
        (Operand.of(f"i{indicator.index}.target", "target", target), *([] if head is None else [head])),
        (Operand.of(f"i{indicator.index}.actual", "reported", actual),),
        formula=f"{actual.text.strip()} = ?",
        reported=actual.text.strip(),
        computed="",
    )
    return undecided(relation, "报告未见问卷、访谈等满意度来源，无法复算")


def full_marks(facts: Facts, indicator: Indicator) -> bool | None:
    """Whether the indicator got all its points; None where weight or score is not stated."""
    weight, score = facts.chosen(indicator, "weight"), facts.chosen(indicator, "score")
    if weight is None or score is None or weight.number is None or score.number is None:
        return None
    return weight.number.value == score.number.value


def _reached(
    facts: Facts, indicator: Indicator, target: tuple[Mention, ReportedNumber], actual: tuple[Mention, ReportedNumber]
) -> Relation:
    (wanted, limit), (reached, value) = target, actual
    met = satisfies(value.value, limit)
    if met is None:
        ranked = _RANK.search(wanted.text) or _RANK.search(reached.text)
        met = value.value <= limit.value if ranked else value.value >= limit.value
    relation = Relation(
        RULE,
        "consistent" if met or full_marks(facts, indicator) is not True else "inconsistent",
        (Operand.of(f"i{indicator.index}.target", "target", wanted),),
        (Operand.of(f"i{indicator.index}.actual", "reported", reached),),
        formula=f"{written(value.value)} {'≥' if value.value >= limit.value else '<'} {written(limit.value)}",
        reported=reached.text.strip(),
        computed=wanted.text.strip(),
        severity="warning",
    )
    unit = same_unit(unit_of(limit, indicator.name), unit_of(value, indicator.name))
    if unit is False or (unit is None and "%" in (limit.unit, value.unit)):
        return undecided(relation, "目标值与实际值计量单位不同，不能直接比较")
    if relation.verdict == "consistent":
        return relation
    if not limit.bound and _DOWNWARD.search(indicator.name):
        return undecided(relation, "目标方向（不高于或不低于）未写明")
    if value.bound or limit.bound == "~":
        return undecided(relation, "实际值或目标值为约数、上下限")
    if _allowed(facts, indicator):
        return undecided(relation, "报告称该指标在允许的偏差之内得满分")
    return _worded(facts, relation, indicator, wanted, reached)


def _allowed(facts: Facts, indicator: Indicator) -> bool:
    """Whether the report says that so little missing takes nothing off this indicator."""
    own = facts.spoken.get(indicator.index, ())
    named = (sentence for sentence in facts.sentences if indicator.name in sentence.text)
    return any(_ALLOWED.search(sentence.text) for sentence in (*own, *named))


def _late(facts: Facts, indicator: Indicator, target: Mention, actual: Mention) -> Iterator[Relation]:
    """A target of being in time, told as late: worth a look where all points were given."""
    if full_marks(facts, indicator) is None:
        return
    relation = Relation(
        RULE,
        "inconsistent" if full_marks(facts, indicator) else "consistent",
        (Operand.of(f"i{indicator.index}.target", "target", target),),
        (Operand.of(f"i{indicator.index}.actual", "reported", actual),),
        formula=f"{target.text.strip()} / {actual.text.strip()}",
        reported=actual.text.strip(),
        computed=target.text.strip(),
        severity="warning",
    )
    yield _worded(facts, relation, indicator, target, actual) if full_marks(facts, indicator) else relation


def _unmeasured(facts: Facts, indicator: Indicator, target: Mention, actual: Mention) -> Iterator[Relation]:
    """A target in per cent answered without any number, and points given all the same."""
    score = facts.chosen(indicator, "score")
    if parse(actual.text) is not None or score is None or score.number is None or score.number.value == 0:
        return
    yield Relation(
        RULE,
        "inconsistent",
        (Operand.of(f"i{indicator.index}.target", "target", target),),
        (Operand.of(f"i{indicator.index}.actual", "reported", actual),),
        formula=f"{target.text.strip()} / {quote(actual.span, actual.text)}",
        reported=actual.text.strip(),
        computed=target.text.strip(),
        title=f"“{indicator.name}”无测量值而得 {score.text.strip()} 分",
        message=f"{place(target)}目标为“{quote(target.span, target.text)}”，{place(actual)}实际为"
        f"“{quote(actual.span, actual.text)}”，没有可与目标比较的数值。",
        severity="info",
    )


def _worded(facts: Facts, relation: Relation, indicator: Indicator, target: Mention, actual: Mention) -> Relation:
    score = facts.chosen(indicator, "score")
    extra = [] if score is None else [Operand.of(f"i{indicator.index}.full", "witness", score)]
    for claim in facts.report.claims:
        if claim.owner == indicator.index and claim.kind in ("no-deduction", "full-mark"):
            extra.append(Operand(f"i{indicator.index}.full", "witness", claim.values[0][1].text, None, claim.span))
    return replace(
        relation,
        left=(*relation.left, *extra),
        title=f"“{indicator.name}”未达目标却得满分",
        message=f"{place(target)}目标为“{quote(target.span, target.text)}”，{place(actual)}实际为"
        f"“{quote(actual.span, actual.text)}”，未达目标，仍得满分；如有特殊理由应予说明。",
    )


CHECK = Check(
    rule=RULE,
    name="目标完成",
    what="An indicator whose actual value misses its target does not get full marks.",
    why="Points for a missed target are the plainest inflation of a score.",
    formula="actual ≥ target (or ≤, as the target's bound says)",
    tolerance="equality; other units, approximate values and costs without a bound are undecided",
    severity="warning",
    source="财预〔2020〕10号第十六条（未完成指标值的，按照完成值与指标值的比例记分）",
    test=_test,
    agrees=(
        "自评表 里程 目标 ≥30公里 实际 32公里 权重 5 得分 5",
        "自评表 里程 目标 ≥30公里 实际 28公里 权重 5 得分 4.67",
    ),
    disagrees=(
        "自评表 里程 目标 ≥30公里 实际 28公里 权重 5 得分 5",
        "自评表 拨付 目标 及时 实际 拨付滞后 权重 5 得分 5",
    ),
    false_alarms=(
        "1000 个以上 reached by 1419",
        "targets in another currency or unit",
        "costs that should stay below",
        "a day",
    ),
)
