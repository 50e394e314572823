"""Check: whether disputed scores taken together would change the grade (等级敏感性)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen, replace
from normalizers.grades import grade_for, same_grade
from normalizers.records import Indicator, Mention
from pipeline.checks.effect import admissible, counted_score
from pipeline.checks.facts import Facts
from pipeline.checks.grade_threshold import thresholds
from pipeline.checks.links import NARRATIVE
from pipeline.checks.mentions import Pair, differ
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.tolerance import written
from pipeline.checks.tree import voice_of
from pipeline.checks.wording import place, where

RULE = "grade-sensitivity"
_PROSE, _PART = "prose", "part"
_BASES = {_PROSE: "以正文为准", _PART: "部分得分取另一数值"}


@frozen
class Dispute:
    """An indicator's score stated otherwise than it enters the total (有争议的得分)."""

    index: int
    counted: Decimal
    other: Mention

    @property
    def change(self) -> Decimal:
        """What the total gains if the other value is taken."""
        return (self.other.number.value if self.other.number else self.counted) - self.counted


def disputes(facts: Facts) -> tuple[Dispute, ...]:
    """Every score of a leaf that is stated differently elsewhere, each other value once."""
    return facts.kept("disputes", lambda: _disputes(facts))


def _disputes(facts: Facts) -> Iterator[Dispute]:
    for indicator in () if facts.hundred_scale else facts.tree.indicators:
        scores = facts.marks(indicator, "score")
        if not scores or _as_chosen(facts, indicator, scores):
            continue
        counted = counted_score(facts, indicator.index)
        if counted is None:
            continue
        seen = {counted}
        for mention in scores:
            value = mention.number.value if mention.number else counted
            if (
                value not in seen
                and not _beside_another(mention, scores)
                and admissible(facts, indicator.index, value)
                and _in_dispute(facts, indicator, mention)
            ):
                seen.add(value)
                yield Dispute(indicator.index, counted, mention)


def _as_chosen(facts: Facts, indicator: Indicator, scores: Iterable[Mention]) -> bool:
    """Whether all statements of a score say what the chosen one says: of most indicators."""
    chosen = facts.chosen(indicator, "score")
    value = None if chosen is None or chosen.number is None else chosen.number.value
    return value is not None and not any(one.number is not None and one.number.value != value for one in scores)


def _in_dispute(facts: Facts, indicator: Indicator, mention: Mention) -> bool:
    """Whether nothing but an error explains that a score is stated otherwise than the one that is counted."""
    counted = facts.chosen(indicator, "score")
    if counted is None or counted is mention:
        return True
    return differ(facts, Pair(indicator, "score", counted, mention))


def _beside_another(mention: Mention, scores: Iterable[Mention]) -> bool:
    """Whether its own paragraph gives another score as well: that of another indicator, as like as not."""
    number = mention.number
    return mention.table is None and any(
        one.span.passage == mention.span.passage and one.number and number and one.number.value != number.value
        for one in scores
        if one.table is None
    )


def _test(facts: Facts) -> Iterator[Relation]:
    grade = next((mention for mention in facts.report.field_mentions if mention.field == "grade"), None)
    total = next((mention for mention in facts.totals), None)
    if grade is None or total is None or total.number is None or not _stands(facts, total, grade):
        return
    found = disputes(facts)
    tellings = [(_PROSE, [one for one in found if one.other.place in NARRATIVE])]
    tellings += [(name, [one for one in found if voice_of(one.other) == name]) for name in _tables(found)]
    told: dict[tuple[int, ...], Relation] = {}
    for name, chosen in tellings:
        once = _one_each(chosen)
        mark = tuple(one.index for one in once)
        if once and mark not in told:
            told[mark] = _sensitive(facts, name, once, total, grade)
    yield from told.values()
    alone = {(one.index,): _sensitive(facts, _PROSE, [one], total, grade) for one in found}
    # Each by itself, where that changes nothing; where it does, its own finding says so.
    yield from (one for mark, one in alone.items() if mark not in told and one.verdict == "consistent")
    if all(one.verdict == "consistent" for one in (*told.values(), *alone.values())):
        yield from _some(facts, found, total, grade)


def _some(facts: Facts, found: Sequence[Dispute], total: Mention, grade: Mention) -> Iterator[Relation]:
    """The fewest disputed scores which, taken together at their other values, change the grade; nothing if none do.

    Only the greatest gains, or the greatest losses, need be tried: no other set of as many moves the total further.
    """
    for sign in (-1, 1):
        moves = sorted((one for one in found if one.change * sign > 0), key=lambda one: (-abs(one.change), one.index))
        ordered = _one_each(moves)
        for size in range(2, len(ordered) + 1):
            relation = _sensitive(facts, _PART, ordered[:size], total, grade)
            if relation.verdict == "inconsistent":
                yield relation
                break


def _stands(facts: Facts, total: Mention, grade: Mention) -> bool:
    """Whether the stated grade follows from the stated total; else the grade itself is the finding."""
    expected = grade_for(total.number.value, facts.report.scale) if total.number else None
    return expected is not None and same_grade(expected, grade.text)


def _tables(found: Sequence[Dispute]) -> list[str]:
    return sorted({voice_of(one.other) for one in found if one.other.place not in NARRATIVE})


def _one_each(chosen: Sequence[Dispute]) -> list[Dispute]:
    first: dict[int, Dispute] = {}
    for one in chosen:
        first.setdefault(one.index, one)
    return list(first.values())


def _sensitive(facts: Facts, telling: str, chosen: Sequence[Dispute], total: Mention, grade: Mention) -> Relation:
    stated = total.number.value if total.number else Decimal(0)
    new = stated + sum((one.change for one in chosen), Decimal(0))
    other = grade_for(new, facts.report.scale)
    flips = other is not None and not same_grade(other, grade.text)
    changes = "".join(f" {'+' if one.change > 0 else '−'} {written(abs(one.change))}" for one in chosen)
    scores = [Operand.of(f"i{one.index}.score", "operand", one.other) for one in chosen]
    relation = Relation(
        RULE,
        "inconsistent" if flips else "consistent",
        (*scores, Operand.of("total.score", "operand", total), *thresholds(facts.report.scale)),
        (Operand.of("total.grade", "reported", grade),),
        formula=f"{written(stated)}{changes} = {written(new)} → {other or '不在任何一档'}",
        reported=grade.text.strip(),
        computed=other or "",
        severity="decisive",
    )
    if not flips:
        return relation
    basis = _BASES.get(telling, "以其他表格为准")
    each = "若均取另一数值" if telling == _PART else f"若均{basis}"
    return replace(
        relation,
        title=f"若{basis}，总分为 {written(new)}，等级由“{relation.reported}”变为“{other}”",
        message=f"{_listed(facts, chosen)}前后不一致；{each}，总分由 {written(stated)} 变为 {written(new)}，"
        f"等级由“{relation.reported}”（{place(grade)}）变为“{other}”。",
    )


def _listed(facts: Facts, chosen: Sequence[Dispute]) -> str:
    """Each disputed score with its place and the value that entered the total."""
    names = (
        f"“{facts.report.indicators[one.index].name}”{where(one.other.span)}得 {written(one.counted + one.change)} 分、"
        f"计入总分 {written(one.counted)} 分"
        for one in chosen
    )
    return "；".join(names) + "，"


CHECK = Check(
    rule=RULE,
    name="等级敏感性",
    what="Taking disputed scores at the value that the prose (or another table) states, all or some, leaves the grade.",
    why="Single conflicts of one point look harmless; together they may decide the grade.",
    formula="total + Σ (other score − counted score) → grade",
    tolerance="equality; values above an indicator's weight are not taken",
    severity="decisive",
    source="财预〔2020〕10号第十八条（等级）、第十六条（总分由各项指标得分汇总形成）",
    test=_test,
    fold="alone",
    agrees=("评分表 甲 权重 50 得分 47；评分表 乙 权重 50 得分 47；正文 总分 得分 94 等级 优；正文 甲 得分 45",),
    disagrees=(
        "评分表 甲 权重 50 得分 45；评分表 乙 权重 50 得分 46；正文 总分 得分 91 等级 优；"
        "正文 甲 得分 44；正文 乙 得分 45",
        "评分表 甲 权重 40 得分 35；评分表 乙 权重 30 得分 28；评分表 丙 权重 30 得分 28；"
        "正文 总分 得分 91 等级 优；正文 甲 得分 38；正文 乙 得分 27；正文 丙 得分 27",
    ),
    false_alarms=("a disputed value above the indicator's weight, which cannot be its score",),
)
