"""Sums over the indicator tree (合计核对), of weights and of scores, below each parent and up to the total."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen, replace
from normalizers.records import Indicator, Mention
from pipeline.checks.bonus import explained
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import added, undecided
from pipeline.checks.tolerance import HUNDRED, half_up
from pipeline.checks.totals import CONVERTED, of_another_rating, weighed
from pipeline.checks.tree import Parts, Voice, voice_of
from pipeline.checks.wording import FIELDS

_FORMS = ("self_evaluation", "overall_expenditure")
_EXECUTION = Decimal(10)  # points of the execution rate in every self-evaluation, 财预〔2020〕10号
_BONUS = re.compile(r"加分|附加分|附加项|奖励分|扣分项")
_FAR, _SHARE = 8, Decimal("0.12")  # points, and part of the total, that a sum may miss it by
_THOUSAND = Decimal(1000)  # full marks


@frozen
class Sum:
    """What is added in one voice, and the printed value it is compared with (一个合计).

    parent: index of the indicator summed up to, None for the whole report.
    """

    voice: Voice
    mark: str
    parent: int | None
    parts: Parts
    total: Mention


def below_parents(facts: Facts, mark: str) -> Iterator[Sum]:
    """Every parent's children in every voice, against the parent as this voice and as the chosen place print it."""
    tree = facts.tree
    for voice in tree.voices:
        for parent in tree.indicators:
            parts = tree.cover(voice, mark, parent.index) if parent.index in tree.children else None
            if parts is None:
                continue
            for total in _totals(facts, voice, mark, parent):
                yield Sum(voice, mark, parent.index, parts, total)


def _totals(facts: Facts, voice: Voice, mark: str, parent: Indicator) -> list[Mention]:
    """The parent's mentions to compare with: this voice's own, its subtotal rows, and the chosen one."""
    chosen = facts.chosen(parent, mark)
    own = [voice.get(mark, parent.index), chosen]
    own += [row.get(mark) for index, row in facts.subtotals if index == parent.index]
    found: list[Mention] = []
    for mention in own:
        same_voice = mention is chosen or (mention is not None and voice_of(mention) == voice.name)
        if mention is not None and mention.number is not None and same_voice and mention not in found:
            found.append(mention)
    return found


def up_to_total(facts: Facts, mark: str, totals: tuple[Mention, ...]) -> Iterator[Sum]:
    """The roots and the leaves of every voice, against the total as its table and as the chosen place print it."""
    if not totals:
        return
    for voice in facts.tree.voices:
        ways = [facts.tree.cover(voice, mark, None, lowest=lowest) for lowest in (False, True)]
        for number, parts in enumerate(ways):
            if parts is None or len(parts) < 2 or (number == 1 and parts == ways[0]):
                continue
            tables = {mention.table for _, mention in parts}
            same = [total for total in totals if total.table is not None and tables == {total.table}]
            whole = _with_execution(facts, voice, mark, parts)
            for total in _two(same[:1], totals[:1]):
                yield Sum(voice, mark, None, whole, total)


def _with_execution(facts: Facts, voice: Voice, mark: str, parts: Parts) -> Parts:
    """The parts with the execution row (预算执行率) that a form prints in its block of funds, away from its table.

    It belongs to the total only where its weight is just what the weights of the table lack of the full marks.
    """
    indicators, execution = facts.report.indicators, facts.execution_rows
    rows = [indicators[index] for index in sorted(execution) if indicators[index].parent is None]
    if len(rows) != 1 or not execution.isdisjoint([index for index, _ in parts]):
        return parts
    weights = [voice.get("weight", index) for index, _ in parts]
    known = [mention.number.value for mention in weights if mention is not None and mention.number is not None]
    weight, value = facts.chosen(rows[0], "weight"), facts.chosen(rows[0], mark)
    if weight is None or value is None or weight.number is None or value.number is None:
        return parts
    if sum(known) + weight.number.value == facts.full_marks:
        return (*parts, (rows[0].index, value))
    return parts


def without_execution(facts: Facts, found: Sum) -> Sum:
    """The same sum without the row of the execution rate."""
    parts = tuple((index, m) for index, m in found.parts if index not in facts.execution_rows)
    return replace(found, parts=parts)


def _two(one: list[Mention], other: tuple[Mention, ...]) -> list[Mention]:
    return one if one and other and one[0] is other[0] else [*one, *other]


def judged(facts: Facts, found: Sum, rule: str) -> Relation:
    """The relation of one sum; undecided where the reading, not the report, may be at fault."""
    name = "总分" if found.parent is None else facts.report.indicators[found.parent].name
    parts = [(f"i{index}.{found.mark}", mention) for index, mention in found.parts]
    total_key = f"total.{found.mark}" if found.parent is None else f"i{found.parent}.{found.mark}"
    relation = added(rule, parts, total_key, found.total, subject=f"{name}下各项{FIELDS[found.mark]}")
    if found.parent is None:
        relation = replace(relation, right=(*relation.right, *_same_totals(facts, found, total_key)))
    if relation.verdict != "inconsistent":
        return relation
    reason = _excuse(facts, found)
    if reason:
        return undecided(relation, reason)
    return relation if known_whole(facts, found) else replace(relation, severity="warning")


def known_whole(facts: Facts, found: Sum) -> bool:
    """Whether the very indicators added are known to be all: they add up in another mark or telling, or, being leaves
    of a larger whole, leave only this parent in doubt while its siblings' sums hold."""
    indices = frozenset(index for index, _ in found.parts)
    if indices in facts.whole(found.parent):
        return True
    if found.parent is None:
        return False
    if _by_another_name(facts, found):
        return True
    above = facts.report.indicators[found.parent].parent
    siblings = [one.index for one in facts.tree.children.get(above, []) if one.index != found.parent]
    covers = [facts.tree.cover(found.voice, found.mark, index) for index in siblings]
    leaves = facts.tree.cover(found.voice, found.mark, above, lowest=True)
    if leaves is None or not siblings or frozenset(index for index, _ in leaves) not in facts.whole(above):
        return False
    return all(
        cover is not None and frozenset(part for part, _ in cover) in facts.whole(index)
        for index, cover in zip(siblings, covers, strict=True)
    )


def _by_another_name(facts: Facts, found: Sum) -> bool:
    """Whether the one indicator below a parent bears the parent's name (满意度, 农户满意度), and no leaf is lost."""
    leaves = facts.tree.cover(found.voice, found.mark, None, lowest=True)
    if found.parent is None or len(found.parts) != 1 or leaves is None:
        return False
    parent, child = (facts.report.indicators[index].name for index in (found.parent, found.parts[0][0]))
    return child.endswith(parent) and frozenset(index for index, _ in leaves) in facts.whole(None)


def _same_totals(facts: Facts, found: Sum, key: str) -> Iterator[Operand]:
    """The other places that state the same total; what holds for one of them holds for all."""
    for mention in facts.totals if found.mark == "score" else facts.total_weights:
        same = mention.number and found.total.number and mention.number.value == found.total.number.value
        if same and mention is not found.total:
            yield Operand.of(key, "restated", mention)


def _excuse(facts: Facts, found: Sum) -> str:
    """Why a sum that fails may be no fault of the report, Chinese; '' if nothing speaks for that."""
    return next((reason for applies, reason in _excuses(facts, found) if applies), "")


def _excuses(facts: Facts, found: Sum) -> Iterator[tuple[bool, str]]:
    """Each excuse, and whether it applies; none is looked into behind the first that does."""
    voice, mark, parent = found.voice, found.mark, found.parent
    yield any((mark, index) in voice.mixed for index, _ in found.parts), "同一处对同一指标列有多个数值，无法确定相加项"
    yield parent is not None and (mark, parent) in voice.mixed, "上级指标处列有多个数值，疑为逐行填写的下级数值"
    yield mark == "weight" and _repeats_leaf(found), "上级权重与其某一下级权重相同，疑为逐行填写下级权重"
    yield mark == "weight" and parent is not None and _relative(found), "下级权重以上级为 100 计"
    yield mark == "score" and facts.hundred_scale, "得分按百分制填写，须加权后相加"
    yield _lacks_execution(facts, found), "各项权重只差预算执行率的10分，该项或另列于资金栏而未读出"
    yield _lacks_row(facts, found), "权重与得分同样短缺，疑有一行指标未列出或未读出"
    yield mark == "weight" and parent is None and _is_score(facts, found), "合计行该数等于总得分，疑为得分而非分值"
    yield mark == "weight" and parent is None and _holds_bonus(facts, found), "所列各项含加分项，不计入满分"
    yield (
        mark == "score" and parent is None and of_another_rating(facts, found.total),
        "该总分所在一句另指其他年度、其他项目或其他主体的评分",
    )
    yield mark == "score" and parent is None and _raised(facts, found), "总分另含加分或扣分项，不等于各项得分之和"
    yield (
        parent is None and (_rescaled(facts) if mark == "weight" else _converted(facts, found)),
        "总分为折算成百分制的得分，不等于各项之和",
    )
    yield mark == "score" and parent is None and weighed(facts), "总分由各分项评分加权得出，不等于各项得分之和"
    yield _told_of_a_part(found), "该句所述与某一下级指标相同，可能说的是下级指标"
    yield not facts.execution_apart and _far_off(found), "相差过大，疑有指标未读出，或读入了合计以外的行"
    yield _twice(found), "各项之和恰为合计的两倍，疑上级指标与下级指标列为同级"
    yield misnested(facts, found), "某一指标可能应归入相邻的上级，层级不能确定"
    yield _overfull(facts, found), "前几项下级指标的权重、得分已与上级相符，其后各项可能属于另一组"
    read = known_whole(facts, found) or (
        parent is None and voice.name in facts.read_whole and facts.tree.all_told(voice, parent)
    )
    yield (
        not (read or (parent is None and facts.execution_apart)),
        "下级指标可能未全部读出（权重、得分均不能相互印证），不下结论",
    )


def _lacks_execution(facts: Facts, found: Sum) -> bool:
    """Whether a self-evaluation lacks just the 10 points of the execution rate, which forms print among their funds."""
    if found.parent is not None or facts.report.kind not in _FORMS or facts.execution_rows:
        return False
    weights = [found.voice.get("weight", index) for index, _ in found.parts]
    told = sum((one.number.value for one in weights if one is not None and one.number is not None), Decimal(0))
    gap = found.total.number.value - _whole(found) if found.total.number is not None else Decimal(0)
    return facts.full_marks - told == _EXECUTION and 0 <= gap <= _EXECUTION


def _lacks_row(facts: Facts, found: Sum) -> bool:
    """Whether the weights lack something of the full marks, and the scores no more than that: a row was lost."""
    whole = None if found.parent is None else facts.report.indicators[found.parent]
    gaps: list[Decimal] = []
    for mark, stated in (("weight", facts.total_weights[:1]), ("score", facts.totals[:1])):
        total = facts.chosen(whole, mark) if whole is not None else next(iter(stated), None)
        total = found.total if mark == found.mark else total
        parts = facts.tree.cover(found.voice, mark, found.parent)
        if total is None or total.number is None or parts is None:
            return False
        gaps.append(total.number.value - sum((one.number.value for _, one in parts if one.number), Decimal(0)))
    return 0 < gaps[1] <= gaps[0]


def _is_score(facts: Facts, found: Sum) -> bool:
    """Whether the full marks of a total row are the total score, which stands alone in it and lost its column."""
    scores = {mention.number.value for mention in facts.totals if mention.number is not None}
    return found.total.number is not None and found.total.number.value in scores - {HUNDRED}


def _holds_bonus(facts: Facts, found: Sum) -> bool:
    """Whether points to be gained beside the full marks (加分项) are among the parts."""
    names = (facts.report.indicators[index] for index, _ in found.parts)
    return any(_BONUS.search(name) for one in names for name in (one.name, *one.path))


def _raised(facts: Facts, found: Sum) -> bool:
    """Whether points beside the indicators (加分项) make up what the total is more or less than their sum."""
    return found.total.number is not None and explained(facts, found.total.number.value - _whole(found))


def _rescaled(facts: Facts) -> bool:
    """Whether the report says that points were converted to a hundred (`换算为百分制`), items left out before that."""
    return any(CONVERTED.search(sentence.text) for sentence in facts.saying("百分制"))


def _converted(facts: Facts, found: Sum) -> bool:
    """Whether the parts are points of another full mark and the total what they come to of a hundred (折算).

    A thousand, or what is left where indicators do not apply (`79.17÷85×100`).
    """
    weights = [facts.chosen(facts.report.indicators[index], "weight") for index, _ in found.parts]
    full = sum((mention.number.value for mention in weights if mention and mention.number), Decimal(0))
    total = found.total.number
    if total is None or full in (0, HUNDRED):
        return False
    rescaled = half_up(_whole(found) / full * HUNDRED, total.digits) == total.value
    return rescaled or total.value <= HUNDRED < full == _THOUSAND


def _whole(found: Sum) -> Decimal:
    """What the parts make."""
    return sum((mention.number.value for _, mention in found.parts if mention.number), Decimal(0))


def _told_of_a_part(found: Sum) -> bool:
    """Whether a sentence gives the parent just the mark of one of several parts (`效益指标。…覆盖率80%，得6.4分`)."""
    values = [mention.number.value for _, mention in found.parts if mention.number is not None]
    total = found.total.number
    told = found.total.table is None and total is not None and len(values) > 1
    return bool(told and total and total.value in values)


def _far_off(found: Sum) -> bool:
    """Whether a sum misses its total by more than slips of the pen do: a row was lost, or one read that is no part."""
    total = found.total.number
    gap = Decimal(0) if total is None else abs(total.value - _whole(found))
    return total is not None and gap > _FAR and gap > _SHARE * total.value


def _twice(found: Sum) -> bool:
    """Whether the parts make exactly twice the total: groups and their members read as one level."""
    return len(found.parts) > 3 and found.total.number is not None and _whole(found) == 2 * found.total.number.value


def _overfull(facts: Facts, found: Sum) -> bool:
    """Whether the first of a group's members make up its weight and its score alike: the name of the next was lost."""
    if found.parent is None:
        return False
    parent, voice = facts.report.indicators[found.parent], found.voice
    for count in range(2, len(found.parts)):
        first = [index for index, _ in found.parts[:count]]
        if all(_made_up(parent, mark, [voice.get(mark, index) for index in first]) for mark in ("weight", "score")):
            return True
    return False


def _made_up(parent: Indicator, mark: str, members: Sequence[Mention | None]) -> bool:
    """Whether these members make what is told of the group anywhere."""
    numbers = [one.number.value for one in members if one is not None and one.number is not None]
    whole = {one.number.value for one in parent.all(mark) if one.number is not None}
    return len(numbers) == len(members) and sum(numbers, Decimal(0)) in whole


def misnested(facts: Facts, found: Sum) -> bool:
    """Whether an indicator read beside a parent makes up just what that parent's children lack."""
    tree, voice = facts.tree, found.voice
    parents = tree.indicators if found.parent is None else (facts.report.indicators[found.parent],)
    for parent in parents:
        own = found.total if found.parent is not None else voice.get(found.mark, parent.index)
        parts = tree.cover(voice, found.mark, parent.index)
        if own is None or own.number is None or parts is None:
            continue
        gap = own.number.value - sum((m.number.value for _, m in parts if m.number), Decimal(0))
        siblings = [one for one in tree.children.get(parent.parent, []) if one is not parent]
        beside = [tree.cover(voice, found.mark, one.index) or () for one in siblings]
        values = [sum((m.number.value for _, m in below if m.number), Decimal(0)) for below in beside]
        values += [m.number.value for one in siblings if (m := voice.get(found.mark, one.index)) and m.number]
        if gap > 0 and gap in values:
            return True
    return False


def _repeats_leaf(found: Sum) -> bool:
    """The parent's column repeats a leaf's weight in the same row: 40 under one heading printed as 4, 4, 3 …"""
    value = found.total.number.value if found.total.number else None
    row = found.total.group
    return len(found.parts) > 1 and any(
        mention.number is not None
        and mention.number.value == value
        and (mention.group == row or _same_row(mention, found.total))
        for _, mention in found.parts
    )


def _same_row(one: Mention, other: Mention) -> bool:
    cell, there = one.span.cell, other.span.cell
    return cell is not None and there is not None and (cell.table, cell.row) == (there.table, there.row)


def _relative(found: Sum) -> bool:
    total = found.total.number
    return _whole(found) in (HUNDRED, Decimal(1)) and total is not None and total.value != HUNDRED
