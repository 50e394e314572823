"""Check: the grade follows from the total score on the report's own scale, else the national one (等级与总分)."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.grades import grade_for, same_grade
from normalizers.records import GradeBand, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import written
from pipeline.checks.totals import another_total
from pipeline.checks.wording import place, quote

RULE = "grade-threshold"


def _test(facts: Facts) -> Iterator[Relation]:
    if not facts.totals:
        return
    total = facts.totals[0]
    same = [m for m in facts.totals if m.number and total.number and m.number.value == total.number.value]
    others = [mention for mention in facts.totals if mention not in same]
    for grade in (mention for mention in facts.report.field_mentions if mention.field == "grade"):
        yield _graded(facts, same, grade)
        for other in others:  # where totals conflict, the grade may follow from each of them
            relation = _graded(facts, [other], grade)
            if relation.verdict == "consistent":
                yield relation


def _graded(facts: Facts, totals: list[Mention], grade: Mention) -> Relation:
    total, scale = totals[0], facts.report.scale
    score = total.number.value if total.number else Decimal(0)
    expected = grade_for(score, scale)
    agrees = expected is not None and same_grade(expected, grade.text)
    relation = Relation(
        RULE,
        "consistent" if agrees else "inconsistent",
        (*(Operand.of("total.score", "operand", mention) for mention in totals), *thresholds(scale)),
        (Operand.of("total.grade", "reported", grade),),
        formula=f"{written(score)} → {expected or '不在任何一档'}",
        reported=grade.text.strip(),
        computed=expected or "",
        severity="decisive" if scale[0].source == "report" else "warning",
    )
    if agrees:
        return relation
    reason = _excuse(facts, total, grade, expected)
    if reason:
        return undecided(relation, reason)
    basis = "报告所列等级标准" if scale[0].source == "report" else "财预〔2020〕10号通用等级（报告未列标准）"
    return replace(
        relation,
        title=f"等级“{relation.reported}”与总分 {written(score)} 不符，按标准应为“{expected}”",
        message=f"{place(total)}总分为 {total.text.strip()}，{place(grade)}“{quote(grade.span, grade.text)}”；"
        f"按{basis}，{written(score)} 分应为“{expected}”。",
    )


def _excuse(facts: Facts, total: Mention, grade: Mention, expected: str | None) -> str:
    known = any(same_grade(band.grade, grade.text) for band in facts.report.scale)
    if expected is None:
        return "总分不在报告所列任何一档内，等级标准可能未读全"
    if not known:
        return "报告所用等级名称不在等级标准内，不能对照"
    return another_total(facts, total, grade)


def thresholds(scale: tuple[GradeBand, ...]) -> tuple[Operand, ...]:
    """The printed grade limits as operands, each place once; none for the national scale."""
    places: dict[tuple[int | None, int | None], Operand] = {}
    for band in scale:
        if band.span is not None:
            text = f"{band.grade} {_limits(band)}"
            places.setdefault(
                (band.span.page, band.span.line), Operand("scale", "threshold", text, band.low, band.span)
            )
    return tuple(places.values())


def _limits(band: GradeBand) -> str:
    low = "" if band.low is None else f"{'≥' if band.low_included else '>'}{written(band.low)}"
    high = "" if band.high is None else f"{'≤' if band.high_included else '<'}{written(band.high)}"
    return "，".join(limit for limit in (low, high) if limit)


CHECK = Check(
    rule=RULE,
    name="等级与总分",
    what="The stated grade is the one that the total score gets on the report's own scale, else on the national one.",
    why="A grade above its score is the gravest thing a report can get wrong.",
    formula="limit of grade ≤ total score < limit of the next",
    tolerance="equality; the upper grade includes its limit",
    severity="decisive",
    source="财预〔2020〕10号第十八条（90（含）—100分为优、80（含）—90分为良、60（含）—80分为中、60分以下为差）",
    test=_test,
    agrees=(
        "正文 总分 得分 90 等级 优",
        "等级 优 95 100；等级 良 85 95；等级 差 0 85；正文 总分 得分 92 等级 良好",
    ),
    disagrees=(
        "正文 总分 得分 89.9 等级 优",
        "等级 优 95 100；等级 良 85 95；等级 差 0 85；正文 总分 得分 92 等级 优",
    ),
    false_alarms=("local scales of five grades", "grade names that the scale does not list"),
)
