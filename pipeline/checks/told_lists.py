"""Lists in running text against the total told before or behind them (文中列举与合计): money and counts alike."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from extractors.frozen import replace
from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Relation
from pipeline.checks.relate import holds, undecided
from pipeline.checks.slip import is_exchange, is_slip
from pipeline.checks.texts import Sentence
from pipeline.checks.told_items import Item, runs
from pipeline.checks.told_parts import divides, exceeds_rounding, is_whole, operand, overfill
from pipeline.checks.tolerance import written
from pipeline.checks.wording import plus, quote, where

_CLOSING = re.compile(
    r"^(?:以上|上述|前述|这)?(?:(?P<count>[两二三四五六七八九十])(?:大?[项个类者批部笔年包段级家]|部分|个?季度)(?P<noun>[\u4e00-\u9fff]{0,8}?))?"
    r"(?:各项|资金|费用|支出|金额|总额)?(?:合计|共计|总计|累计)(?:为|是|达|共)?[\u4e00-\u9fff]{0,6}$"
)
_SUMMED = re.compile("合计|共计|总计|累计")  # in every name of a total that closes a list
_YEARLY = re.compile(
    r"^(?:20\d\d年)?(?:全年|全年度|年度)(?:合计|共计|总计|累计|共|完成|实际|实现)?[\u4e00-\u9fff]{0,6}$"
)
_OF_WHICH = re.compile(r"^(?:其中|包括|包含|分别为|分别是)[:：]?")
_OPENED = re.compile(
    r"\s?[（(，,]?\s?(?:其中|包括|包含|分别为|分别是)[:：]?[^，,、；;。]{0,24}|[\u4e00-\u9fff]{1,12}中[，,]?[\u4e00-\u9fff]{1,6}"
)
# `18个项目尚未开工，其中…的8个、…的6个、…的4个。`: a list that closes the sentence.
_CLAUSE_OPENED = re.compile(r"[\u4e00-\u9fff（）()]{1,18}[，,]\s?其中[:：]?[^，,、；;。\d]{0,24}")
_FAR_OPENED = re.compile(r"其中[:：，,]?$")
_MADE_OF = re.compile(r"支出(?:构成|组成|明细)(?:为|是|如下)?[:：]$")
_SPENT = re.compile(r"^(?:实际|累计|全年|共)?支出(?:资金)?(?:共计|合计|为)?$")
_COUNTED_UP = re.compile(r"[\u4e00-\u9fff]{1,16}[，,]?(?:共计|合计|总计|一共|共)")
_BEFORE = 12  # characters before a list that may say it is not all
_MOST = 6  # numbers before a list that may be its total
# What shows that a list is not closed, or goes up and down.
_LOOSE = re.compile(
    r"其中|包括|等|[减扣退]|收回|结余|剩余|差额|另有?|不含|除|超|约|截[至止]|累计|已|尚|未|每|平均|折旧|净值|原值"
)
_FLOW = re.compile(
    r"到位|支出|安排|预算|下达|支付|完成|实际|计划|目标|结转|批复|中标|合同|概算|决算|审定|送审|应|上年|去年"
)
_OVERLAP = re.compile(r"部分[^，。；]{0,12}(?:同时|兼|重复|交叉)|重复|交叉|兼任|多选|可同时|同时符合")
_NO_TOTAL = re.compile(r"[月日年人户亩次周班车校]均|平均|[少缺差欠超]")  # `两项合计少到位168万元`, `月均502吨，其中…`
_FEW = 2
_EXCHANGED = 3  # digits of a total that is another with two exchanged, not by chance
_SHARE = 20  # times that a gap worth a look goes into the total at least
_LITTLE = 5  # times that the excess of parts goes into the smallest of them


def told_lists(facts: Facts, rule: str) -> Iterator[Relation]:
    """The lists of every paragraph against the totals told with them."""
    for paragraph, listed in facts.lists:
        told = list(listed)
        for run in runs(paragraph.text, told):
            if not any(one.vague for one in run):
                yield from _closed(rule, paragraph, run)
                yield from _opened(rule, paragraph, told, run)
                yield from _totalled(rule, paragraph, told, run)
        if _SUMMED.search(paragraph.text):
            yield from _named(rule, paragraph, told)


def _closed(rule: str, paragraph: Sentence, run: list[Item]) -> Iterator[Relation]:
    """A run whose item is called the total of those before it."""
    for number, total in enumerate(run[_FEW:], start=_FEW):
        match = _CLOSING.match(total.name) or _YEARLY.match(total.name)
        before = run[:number]
        if match is None:
            continue
        found = next((before[first:] for first in range(number - 1) if _adds(before[first:], total)), None)
        if found is not None:
            yield _relation(rule, paragraph, found, total)
            continue
        count = chinese_integer(match.groupdict().get("count") or "")
        relation = _relation(rule, paragraph, before[-count:] if count and count <= number else before, total)
        loose = _LOOSE.search(paragraph.text, before[0].start, total.start - len(total.name)) or _LOOSE.search(
            before[0].name
        )
        closed = _CLOSING.match(total.name) and not loose and _alike(before) and count in (None, number)
        sure = (
            closed or (divides(paragraph.text, before, total) and not loose) or (not loose and _slipped(before, total))
        )
        yield relation if sure else undecided(relation, "所列各项是否为合计的全部组成不能确定")


def _totalled(rule: str, paragraph: Sentence, told: list[Item], run: list[Item]) -> Iterator[Relation]:
    """`16所甲、2所乙和3所丙共21所`: a list whose names stand behind its numbers, and the number right behind it."""
    index = told.index(run[-1]) + 1
    if index == len(told) or told[index].unit != run[0].unit or told[index].vague:
        return
    total, text = told[index], paragraph.text
    if not _COUNTED_UP.fullmatch(text, run[-1].end, total.start):
        return
    loose = _LOOSE.search(text, max(run[0].start - _BEFORE, 0), total.start)
    relation = _relation(rule, paragraph, run, total)
    if holds(relation) or not loose:
        yield relation


def _opened(rule: str, paragraph: Sentence, told: list[Item], run: list[Item]) -> Iterator[Relation]:
    """A run behind 其中 or the like, against the number before it."""
    found = _whole_of(paragraph.text, told, run)
    if found is None:
        yield from _clause_opened(rule, paragraph, told, run)
        yield from _far_opened(rule, paragraph, told, run)
        return
    total, parts = found
    end = next(
        (n for n, one in enumerate(parts) if n and (_OF_WHICH.match(one.name) or _CLOSING.match(one.name))), None
    )
    parts = parts[:end]
    if len(parts) < _FEW or total.vague:
        return
    divided = divides(paragraph.text, parts, total)
    ways = [parts[:length] for length in range(len(parts), len(parts) - 1 if divided else 1, -1)]
    adding = next((way for way in ways if _adds(way, total)), None)
    if adding is not None:
        yield _relation(rule, paragraph, adding, total)
        return
    listed = _in_one_list(paragraph.text, parts)
    if overfill(listed, total) and not _OVERLAP.search(paragraph.text):
        yield _relation(rule, paragraph, listed, total)
        return
    relation = _relation(rule, paragraph, parts, total)
    whole = divided and not _OVERLAP.search(paragraph.text)
    sure = whole or (end is None and not _flows(parts) and (_slipped(parts, total) or _exceeds(parts, total)))
    if sure:
        yield relation
    elif end is None and _nearly_all(parts, total) and not _OVERLAP.search(paragraph.text) and not _flows(parts):
        yield _to_look_at(relation)
    else:
        yield undecided(relation, "其中所列各项可能不是全部，或并非同一层次")


def _nearly_all(parts: list[Item], total: Item) -> bool:
    """Whether the parts miss their total by so little that a part left out is unlikelier than a wrong number."""
    gap = total.value - sum((one.value for one in parts), Decimal(0))
    return len(parts) > _FEW and 0 < gap * _SHARE <= total.value and gap < max(one.value for one in parts)


def _to_look_at(relation: Relation) -> Relation:
    """The failed relation as a hint: the list may leave something out."""
    return replace(
        relation,
        severity="info",
        title=f"其中各项之和 {relation.computed} 与总数 {relation.reported} 接近而不等",
        message=f"{relation.message}如各项已列全，则其中一数有误。",
    )


def _in_one_list(text: str, parts: list[Item]) -> list[Item]:
    """The parts up to the first that another sign than 、 parts from the one before it; all, where the first is."""
    pairs = list(pairwise(parts))
    if "、" not in text[pairs[0][0].end : pairs[0][1].start]:
        return parts
    return parts[: 1 + sum(1 for _ in takewhile(lambda two: "、" in text[two[0].end : two[1].start], pairs))]


def _whole_of(text: str, told: list[Item], run: list[Item]) -> tuple[Item, list[Item]] | None:
    """The number that a run is told to divide, and the run without it."""
    first = next((number for number, one in enumerate(run) if _OF_WHICH.match(one.name)), None)
    if first:
        return run[first - 1], run[first:]
    index = told.index(run[0])
    if index and told[index - 1].unit == run[0].unit and _OPENED.fullmatch(text, told[index - 1].end, run[0].start):
        return told[index - 1], run
    listed = text.startswith("、", run[0].end)  # `优秀的3家、合格的8家、不合格的1家`: one of them
    if len(run) > _FEW and not listed and divides(text, run[1:], run[0]) and not is_whole(text, run):
        return run[0], run[1:]
    return None


def _clause_opened(rule: str, paragraph: Sentence, told: list[Item], run: list[Item]) -> Iterator[Relation]:
    """A list behind 其中 that closes the sentence, against the number of the clause before it."""
    at = told.index(run[0])
    total, text = told[at - 1] if at else run[0], paragraph.text
    closes = text.startswith("。", run[-1].end) and len(run) > _FEW and not total.vague
    if not closes or total.unit != run[0].unit or not _CLAUSE_OPENED.fullmatch(text, total.end, run[0].start):
        return
    added = sum((one.value for one in run), Decimal(0))
    classes = all(one.name.endswith("的") for one in run) and total.value - added == 1
    digits = max(one.digits for one in (*run, total))
    exchanged = is_exchange(total.value / total.scale, added / total.scale, digits, _EXCHANGED)
    if added == total.value or ((classes or exchanged) and not _OVERLAP.search(text)):
        yield _relation(rule, paragraph, run, total)


def _far_opened(rule: str, paragraph: Sentence, told: list[Item], run: list[Item]) -> Iterator[Relation]:
    """A list that a sentence of its own opens with 其中, against the numbers told before it."""
    name = run[0].name
    opening = paragraph.text[max(run[0].start - len(name) - 8, 0) : run[0].start - len(name)]
    made_of = bool(_MADE_OF.search(opening))
    if len(run) <= _FEW or not (
        made_of or _FAR_OPENED.search(opening) or (opening.endswith("。") and _OF_WHICH.match(name))
    ):
        return
    before = [one for one in told[: told.index(run[0])][-_MOST:] if one.unit == run[0].unit and not one.vague]
    adding = next((one for one in before if _adds(run, one)), None)
    slipped = [one for one in before if _slipped(run, one)]
    spent = [one for one in before if _SPENT.search(one.name)]
    if adding is not None:
        yield _relation(rule, paragraph, run, adding)
    elif len(slipped) == 1 and not _flows(run):
        yield _relation(rule, paragraph, run, slipped[0])
    elif made_of and len(spent) == 1 and not _flows(run) and exceeds_rounding(run, spent[0]):
        yield _relation(rule, paragraph, run, spent[0])


def _exceeds(parts: Sequence[Item], total: Item) -> bool:
    """Whether amounts are a little more than their whole: so little that none is counted twice."""
    gap = sum((one.value for one in parts), Decimal(0)) - total.value
    money = total.unit.endswith("元") and len(parts) > _FEW
    return money and 0 < gap * _LITTLE <= min(one.value for one in parts)


def _named(rule: str, paragraph: Sentence, told: list[Item]) -> Iterator[Relation]:
    """`两包中标价合计578万元`: so many numbers of that name before it add up to it."""
    for number, total in enumerate(told):
        match = _CLOSING.match(total.name)
        noun = match["noun"] if match else ""
        count = chinese_integer(match["count"] or "") if match and len(noun or "") >= _FEW else None
        parts = [one for one in told[:number] if count and one.name.endswith(noun) and one.unit == total.unit]
        if count and len(parts) == count and not any(one.vague for one in (*parts, total)):
            yield _relation(rule, paragraph, parts, total)


def _adds(parts: Sequence[Item], total: Item) -> bool:
    return sum((one.value for one in parts), Decimal(0)) == total.value


def _alike(parts: Sequence[Item]) -> bool:
    """Whether the names of parts are plain names, or end alike (省级到位, 县级到位)."""
    if "分别" in parts[0].name and not any(one.name for one in parts[1:]):
        return True
    plain = all(one.name and not _FLOW.search(one.name) for one in parts)
    return plain or (len({one.name[-2:] for one in parts}) == 1 and len(parts[0].name) > _FEW)


def _flows(parts: Sequence[Item]) -> bool:
    """Whether parts are told with different stages of money or work."""
    return len({match[0] if (match := _FLOW.search(one.name)) else "" for one in parts}) > 1


def _slipped(parts: Sequence[Item], total: Item) -> bool:
    """Whether the sum holds with one digit of one part, or of the total, printed otherwise."""
    digits = max(one.digits for one in (*parts, total))
    scale = total.scale
    gap = total.value - sum((one.value for one in parts), Decimal(0))
    if is_slip(total.value / scale, (total.value - gap) / scale, digits):
        return True
    ways = [(one.value / scale, (one.value + gap) / scale) for one in parts if one.value + gap > 0]
    return any(is_slip(stated, fitting, digits) for stated, fitting in ways)


def _relation(rule: str, paragraph: Sentence, parts: Sequence[Item], total: Item) -> Relation:
    computed = sum((one.value for one in parts), Decimal(0))
    shown = written(computed / total.scale) + total.unit
    texts = [paragraph.text[one.start : one.end].strip() for one in parts]
    right = operand(paragraph, total, "reported")
    same = computed == total.value
    relation = Relation(
        rule,
        "consistent" if same else "inconsistent",
        tuple(operand(paragraph, one) for one in parts),
        (right,),
        formula=f"{plus(texts)} = {shown}",
        reported=right.text,
        computed=shown,
        difference=total.value - computed,
        severity="warning",
    )
    if holds(relation):
        return relation
    if _NO_TOTAL.search(total.name):
        return undecided(relation, "所列为平均数或差额，不是合计")
    return replace(
        relation,
        title=f"文中合计不符：列示 {right.text}，逐项相加为 {shown}",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，所列各项相加，{relation.formula}，"
        f"相差 {written(abs(total.value - computed) / total.scale)}{total.unit}。",
    )
