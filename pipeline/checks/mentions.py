"""Mentions of one fact set side by side (同一事实的各处表述): which pairs are compared, and how they may agree."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Literal, TypeVar

from extractors.frozen import frozen
from extractors.vocabulary import is_outer
from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.links import NARRATIVE
from pipeline.checks.model import Relation
from pipeline.checks.prints import SUBTOTAL, Print
from pipeline.checks.relate import restated, undecided, verdict_of
from pipeline.checks.score_rate import as_percent
from pipeline.checks.tolerance import HUNDRED, Fit, restates
from pipeline.checks.tree import Voice, voice_of

T = TypeVar("T")
Side = Literal["tables", "narrative", "mixed"]
_GOT = re.compile(r"[得评计]")
_BOTH = 2
_MOST = 8  # mentions compared each with each; of more, each is compared with the first only


@frozen
class Pair:
    """Two mentions of one mark of one indicator; `one` is the preferred place."""

    owner: Indicator
    mark: str
    one: Mention
    other: Mention


def pairs(facts: Facts, side: Side) -> Iterator[Pair]:
    """All pairs of numeric mentions of weights, scores and rates, of the wanted kinds of place."""
    for owner, mark, stated in facts.repeated:
        told = [mention.place in NARRATIVE for mention in stated]
        if (side != "tables" and True not in told) or (side != "narrative" and False not in told):
            continue
        for one, other in couples(stated):
            if _side(one, other) == side:
                tabled = one.place not in NARRATIVE
                yield Pair(owner, mark, one, other) if tabled else Pair(owner, mark, other, one)


def couples(found: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Each with each; where there are many, each with the first."""
    if len(found) <= _MOST:
        return iter(combinations(found, 2))
    return ((found[0], other) for other in found[1:])


def _side(one: Mention, other: Mention) -> Side | None:
    if one.table is not None and one.table == other.table and other.link != SUBTOTAL:
        return None
    narrative = (one.place in NARRATIVE) + (other.place in NARRATIVE)
    return ("tables", "mixed", "narrative")[narrative]


def compared(facts: Facts, rule: str, pair: Pair) -> Relation:
    """The relation of one pair; undecided where something other than an error explains the difference."""
    how = agreement(facts, pair)
    relation = restated(
        rule, f"i{pair.owner.index}.{pair.mark}", pair.one, pair.other, how=how, subject=f"“{pair.owner.name}”"
    )
    if relation.verdict != "inconsistent":
        return relation
    reason = _excuse(facts, pair)
    return undecided(relation, reason) if reason else relation


def differ(facts: Facts, pair: Pair) -> bool:
    """Whether a pair compared is inconsistent."""
    return verdict_of(agreement(facts, pair)) == "inconsistent" and not _excuse(facts, pair)


def agreement(facts: Facts, pair: Pair) -> Fit:
    """How two mentions agree: weights exactly, rates as percentages, scores with the rounding their place shows."""
    one, other = pair.one.number, pair.other.number
    if one is None or other is None:
        return "differs"
    if pair.mark == "score_rate":
        return restates(as_percent(one), as_percent(other))
    if one.value == other.value:
        return "exact"
    if pair.mark == "weight":
        return "exact" if _same_share(one, other) else "differs"
    short = pair.one if one.digits < other.digits else pair.other
    if short.number is not None and short.number.digits == 0 and not _rounds_to_points(facts, voice_of(short)):
        return "differs"
    return restates(one, other)


def _same_share(one: ReportedNumber, other: ReportedNumber) -> bool:
    """`0.2` and `20` are one weight."""
    small, large = sorted((one.value, other.value))
    return 0 < small <= 1 and small * HUNDRED == large


def _rounds_to_points(facts: Facts, voice: str) -> bool:
    """Whether this telling prints whole points only, where others print decimals that round to them (twice or more)."""
    telling = next((known for known in facts.tree.voices if known.name == voice), Voice(voice))
    scores = telling.marks.get("score", {})
    if any(mention.number is not None and mention.number.digits > 0 for mention in scores.values()):
        return False
    rounded = 0
    for index, mention in scores.items():
        others = facts.report.indicators[index].all("score")
        finer = [
            m.number for m in others if m.number is not None and m.number.value != m.number.value.to_integral_value()
        ]
        rounded += any(mention.number is not None and restates(mention.number, number) != "differs" for number in finer)
    return rounded >= 2


def _excuse(facts: Facts, pair: Pair) -> str:
    """Why two mentions may differ without an error, Chinese; '' if nothing speaks for that."""
    reason = next((reason for applies, reason in _excuses(facts, pair) if applies), "")
    told = not reason and pair.owner.scope == 0 and pair.other.place in NARRATIVE
    elsewhere = _better_owner(facts, pair) if told else None
    return reason if elsewhere is None else f"该句也可能说的是“{elsewhere.name}”，归属不能确定"


def _excuses(facts: Facts, pair: Pair) -> Iterator[tuple[bool, str]]:
    """Each excuse, and whether it applies; none is looked into behind the first that does."""
    score, weight = pair.mark == "score", pair.mark == "weight"
    repeats = weight and any(_repeats(facts, one, pair.owner) for one in (pair.one, pair.other))
    yield not weight and facts.hundred_scale, "得分按百分制填写，两处口径可能不同"
    yield score and _of_hundred(facts, pair), "一处按百分制计分，乘以权重后与另一处相符"
    yield score and _rate_others(facts, pair), "两表各有自己的合计且各自相符，可能分别评价不同对象"
    yield score and _other_actuals(pair), "两表所列该指标的实际值不同，可能分别评价不同对象"
    yield weight and _grouped_differently(facts, pair), "两处指标分组不同，一处将另一指标并入计算"
    yield repeats, "该列疑为逐行填写的下级权重"
    yield _in_twin_chapters(facts, pair), "两处分属标题相同的不同章节，可能分述不同对象"
    yield (
        _of_one_paragraph(pair) and (weight or _both_weighed(facts, pair)),
        "同一段落内先后写有两个分值，可能分述不同指标",
    )
    yield (
        score and any(_may_be_weight(facts, pair.owner, m) for m in (pair.one, pair.other)),
        "一处未写“得”，且等于分值，可能是分值",
    )
    yield score and _among_parts(facts, pair), "该段分述多项下级指标的得分，该句所指的下级指标不明"
    yield score and _of_a_part(facts, pair), "该句所述得分与某一下级指标的得分相同，归属不能确定"


def _other_actuals(pair: Pair) -> bool:
    """Whether the rows that print the two scores print different actual values: the forms of two projects."""
    rows = (pair.one.group, pair.other.group)
    told = [
        {m.number.value for m in pair.owner.all("actual", "completion") if m.group == row and m.number is not None}
        for row in rows
    ]
    return rows[0] != rows[1] and all(told) and not told[0] & told[1]


def _among_parts(facts: Facts, pair: Pair) -> bool:
    """Whether a paragraph tells several scores of what its tables do not print, and none of another group's.

    `绩效目标与资金量匹配，得4分；绩效指标明确性扣1分，得3分`, where tables print 绩效目标 as a whole only.
    """
    if not is_outer(pair.owner.name) or pair.other.place != "prose" or pair.owner.index in facts.tree.children:
        return False
    place = pair.other.span.passage
    claims = [one for one in facts.report.claims if one.kind == "score-claim" and one.span.passage == place]
    owners = {one.owner for one in claims} - {pair.owner.index}
    return None in owners and len(owners) == 1 and sum(one.owner is None for one in claims) >= _BOTH


def _in_twin_chapters(facts: Facts, pair: Pair) -> bool:
    """Whether two chapters of one title tell them: each project of several has its own `2.产出情况`."""
    told = [facts.sentences_at(mention.span) for mention in (pair.one, pair.other) if mention.place in NARRATIVE]
    if len(told) < _BOTH or not all(told):
        return False
    one, other = (sentences[-1].section.path for sentences in told)
    return bool(one and other) and one[-1] is not other[-1] and one[-1].title == other[-1].title


def _rate_others(facts: Facts, pair: Pair) -> bool:
    """Whether each of two tables adds up to a total of its own: ratings of two things (两个子项目的得分表)."""
    one, other = pair.one.table, pair.other.table
    if one is None or other is None or one == other:
        return False
    totals = [_own_total(facts, table) for table in (one, other)]
    return None not in totals and totals[0] != totals[1]


def _own_total(facts: Facts, table: str) -> Decimal | None:
    """What the scores of a table add up to, if its own total row prints just that."""
    voice = next((known for known in facts.tree.voices if known.name == table), None)
    parts = facts.tree.cover(voice, "score", None) if voice is not None else None
    made = sum((mention.number.value for _, mention in parts or () if mention.number), Decimal(0))
    printed = {total.number.value for total in facts.totals if total.table == table and total.number}
    return made if made in printed else None


def _of_one_paragraph(pair: Pair) -> bool:
    """Whether one paragraph tells both: `甲…该指标10分，得9分。乙…该指标5分，得5分。`"""
    one, other = pair.one, pair.other
    told = one.place in NARRATIVE and other.place in NARRATIVE
    return told and one.span.passage == other.span.passage


def _both_weighed(facts: Facts, pair: Pair) -> bool:
    """Whether each of two scores is told with a weight of its own."""
    rows = (_row(facts, pair.owner, mention) for mention in (pair.one, pair.other))
    return all(row is not None and row.weight is not None for row in rows)


def _may_be_weight(facts: Facts, owner: Indicator, mention: Mention) -> bool:
    """Whether running text prints just the weight, without a word that makes it what was got (`产出指标40分`)."""
    weight = facts.chosen(owner, "weight")
    if mention.place not in NARRATIVE or mention.number is None or weight is None or weight.number is None:
        return False
    return mention.number.value == weight.number.value and not _GOT.search(mention.span.quote)


def _of_hundred(facts: Facts, pair: Pair) -> bool:
    """Whether one score counts in hundreds what the other counts in points of the weight: `计96.5分`, 12 → 11.58."""
    one, other, weight = pair.one.number, pair.other.number, facts.chosen(pair.owner, "weight")
    if one is None or other is None or weight is None or weight.number is None:
        return False
    less, more = sorted((one, other), key=lambda number: number.value)
    points = more.value * weight.number.value / HUNDRED
    half = Decimal(5).scaleb(-less.digits - 1)
    return weight.number.value < more.value <= HUNDRED and abs(points - less.value) <= half


def _of_a_part(facts: Facts, pair: Pair) -> bool:
    """Whether the smaller score, told below the owner's heading, is that of one of the indicators it is made of."""
    numbers = [mention.number for mention in (pair.one, pair.other) if mention.number and mention.place in NARRATIVE]
    below = (one for one in facts.tree.indicators if pair.owner.name in one.path)
    parts = [facts.chosen(one, "score") for one in below]
    least = min((number.value for number in numbers), default=None)
    larger = any(m.number is not None and least is not None and m.number.value > least for m in (pair.one, pair.other))
    return larger and any(part is not None and part.number is not None and part.number.value == least for part in parts)


def _grouped_differently(facts: Facts, pair: Pair) -> bool:
    """One telling counts a sibling inside this indicator that the other lists beside it: 效益 40 holds 满意度 10."""
    if pair.one.number is None or pair.other.number is None:
        return False
    less, more = sorted((pair.one, pair.other), key=lambda m: m.number.value if m.number else HUNDRED)
    gap = abs(pair.one.number.value - pair.other.number.value)
    siblings = [one for one in facts.tree.children.get(pair.owner.parent, []) if one is not pair.owner]
    beside = [_told(facts, one, less) for one in siblings if _told(facts, one, more) is None]
    return gap in [value for value in beside if value is not None]


def _told(facts: Facts, indicator: Indicator, like: Mention) -> Decimal | None:
    """The weight of an indicator in the telling of `like`; heading and prose are one telling."""
    narrative = like.place in NARRATIVE
    for mention in facts.marks(indicator, "weight"):
        same = mention.place in NARRATIVE if narrative else voice_of(mention) == voice_of(like)
        if same and mention.number is not None:
            return mention.number.value
    return None


def _repeats(facts: Facts, mention: Mention, owner: Indicator) -> bool:
    """Whether a parent's weight in a table equals the weight of a child printed in the same row."""
    cell = mention.span.cell
    if cell is None:
        return False
    for child in facts.tree.children.get(owner.index, []):
        for other in child.all("weight"):
            there = other.span.cell
            same_row = there is not None and (there.table, there.row) == (cell.table, cell.row)
            if same_row and other.number and mention.number and other.number.value == mention.number.value:
                return len(facts.tree.children[owner.index]) > 1
    return False


def _better_owner(facts: Facts, pair: Pair) -> Indicator | None:
    """Another indicator of this level that no prose speaks of and whose weight and score this very print states."""
    row = _row(facts, pair.owner, pair.other)
    if row is None or row.weight is None or row.score is None or pair.other.place == "cell-text":
        return None
    for one in facts.tree.indicators:
        if one.level != pair.owner.level or one is pair.owner:
            continue
        if not _equal(facts.chosen(one, "weight"), row.weight) or not _equal(facts.chosen(one, "score"), row.score):
            continue
        if not any(m.place in NARRATIVE and m.field in ("weight", "score") for m in one.mentions):
            return one
    return None


def _row(facts: Facts, owner: Indicator, mention: Mention) -> Print | None:
    return next((row for row in facts.prints[owner.index] if mention in (row.weight, row.score, row.rate)), None)


def _equal(one: Mention | None, other: Mention | None) -> bool:
    return bool(one and other and one.number and other.number and one.number.value == other.number.value)
