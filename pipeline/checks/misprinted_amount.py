"""Check: an amount printed once is no misprint of what the amounts beside it leave or make (金额笔误)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.orphans import Told, around, explains_amount, misprints, operand, sentence_of
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import half_up, written
from pipeline.checks.wording import plus, quote, where

RULE = "misprinted-amount"
_DIGITS, _LONG = 4, 5  # of a number that is not like another by chance; that may follow from another sentence's
_REST = re.compile(
    r"结余|结转|节余|结存|剩余|缺口|差额|差异|相差|未|尚|余|节约|节省|节支|净|增加|减少|增长|下降|追加|调[增减]|核[增减]|审减|压减|收回|超|欠"
)
_TOTAL = re.compile(r"合计|共|总|全年|调整后|小计|累计|两[年项]|可用")
_VAGUE = re.compile(r"[约近超余]\s?$|[日月年人户亩次均]均|平均|每|≥|≤|不低于|不超过|以上")
_OF_WHICH = re.compile(r"其中|具体|包括|分别|构成|来源|[：:（(]")
_SPENT = re.compile(r"支出|使用|支付|执行|拨付|列支|兑付")
_WHOLE = re.compile(r"预算|到位|安排|下达|收入|可用|合同")
_MOST = 7  # numbers of a list with its total
_TOTALS = 3  # amounts of the sentences before that may be the total of a sentence's
_NONE = ("", "%", "分")  # what no sum is made of: bare numbers, rates, scores
_NEAR, _BEHIND = 4, 2  # numbers before one, and behind it in its sentence, of which it may be made
_LEAST = 3  # numbers of a list with its total


@frozen
class Made:
    """How an amount would follow: plus these, minus those (可得之数)."""

    plus: tuple[Told, ...]
    minus: tuple[Told, ...]
    value: Decimal


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph, told in facts.told:
        for one in told if len(told) > 2 else ():
            if one.unit in _NONE or len(one.digits) < _DIGITS:
                continue
            if len(one.bare.strip("0")) >= _DIGITS and facts.printed[one.printed] == 1:
                yield from _of_amount(paragraph, told, one)


def _of_amount(paragraph: Sentence, told: Sequence[Told], one: Told) -> Iterator[Relation]:
    """The relation with the amounts that would give this one, were it printed rightly."""
    if _VAGUE.search(one.name):
        return
    same = [other for other in told if other.unit == one.unit and not _VAGUE.search(other.name)]
    made = ways(paragraph.text, same, one)
    slipped = [way for way in made if misprints(one, way.value)]
    if len({way.value for way in slipped}) != 1 or any(way.value == one.printed for way in made):
        return
    if not explains_amount(one, around(one, told)):  # this takes long, and few amounts get here
        yield _relation(paragraph, one, slipped[0])


def ways(text: str, same: list[Told], one: Told) -> list[Made]:
    """What the amounts around one leave or make together, in its own scale and with its decimals."""
    at = next(at for at, other in enumerate(same) if other is one)
    start, end = sentence_of(text, one.start)
    sentence = [other for other in same if start <= other.start < end]
    earlier = [other for other in same if other.start < start]
    before = [other for other in same[max(at - _NEAR, 0) : at] if other.start >= start or len(one.bare) >= _LONG]
    found = [way for listed in _lists(text, sentence) if one in listed for way in _listed(listed, one)]
    if len(one.bare) >= _LONG and len(sentence) > 1:
        found += [way for total in earlier[-_TOTALS:] for way in _listed([total, *sentence], one)]
    if _REST.search(one.name):
        found += _differences([*before, *(other for other in same[at + 1 : at + 1 + _BEHIND] if other.start < end)])
        found += _left(same[:at])
    if _TOTAL.search(one.name):
        found += _sums(before)
    near = same[max(at - _BEHIND, 0) : at] + same[at + 1 : at + 1 + _BEHIND]
    found += _around_rest([other for other in near if start <= other.start < end])
    return [made for made in (_scaled(way, one) for way in found) if made.value > 0]


def _lists(text: str, sentence: Sequence[Told]) -> Iterator[Sequence[Told]]:
    """The stretches of a sentence's amounts that are told as a total with its parts."""
    for at, one in enumerate(sentence[:-2]):
        if _OF_WHICH.search(text, one.end, sentence[at + 1].start):
            yield from (sentence[at:end] for end in range(at + _LEAST, min(at + _MOST, len(sentence)) + 1))
    for at, one in enumerate(sentence):
        if _TOTAL.search(one.name):
            yield from (sentence[start : at + 1] for start in range(max(at + 1 - _MOST, 0), at - 1))


def _around_rest(near: Sequence[Told]) -> Iterator[Made]:
    """What a difference told beside makes of another amount: `预算30.00万元，支出28.40万元，减少1.60万元`."""
    for rest in near:
        for other in near if _REST.search(rest.name) else ():
            if other is not rest:
                yield Made((other, rest), (), other.value + rest.value)
                if other.value > rest.value:
                    yield Made((other,), (rest,), other.value - rest.value)


def _left(before: Sequence[Told]) -> Iterator[Made]:
    """What is left of the money told last, less what was told last as spent."""
    spent = next((one for one in reversed(before) if _SPENT.search(one.name)), None)
    whole = next((one for one in reversed(before) if one is not spent and _WHOLE.search(one.name)), None)
    if spent is not None and whole is not None and whole.value > spent.value:
        yield Made((whole,), (spent,), whole.value - spent.value)


def _scaled(way: Made, one: Told) -> Made:
    """A way in the scale and with the decimals of an amount; 0 where it has more of them."""
    value = way.value / one.scale
    shown = half_up(value, one.decimals)
    return replace(way, value=shown if shown == value else Decimal(0))


def _differences(near: Sequence[Told]) -> Iterator[Made]:
    for one in near:
        for other in near:
            if one.value > other.value:
                yield Made((one,), (other,), one.value - other.value)


def _sums(before: Sequence[Told]) -> Iterator[Made]:
    """The amounts right before a total, two or more of them."""
    for count in range(2, len(before) + 1):
        yield Made(tuple(before[-count:]), (), sum((one.value for one in before[-count:]), Decimal(0)))


def _listed(listed: Sequence[Told], one: Told) -> Iterator[Made]:
    """The first of the amounts told in a row is all others together, or the last is."""
    if len(listed) < _LEAST:
        return
    for total, parts in ((listed[0], listed[1:]), (listed[-1], listed[:-1])):
        if total is one:
            yield Made(tuple(parts), (), sum((part.value for part in parts), Decimal(0)))
        else:
            others = tuple(part for part in parts if part is not one)
            yield Made((total,), others, total.value - sum((part.value for part in others), Decimal(0)))


def _relation(paragraph: Sentence, one: Told, way: Made) -> Relation:
    right = operand(paragraph, one, "reported")
    left = tuple(operand(paragraph, other) for other in (*way.plus, *way.minus))
    texts = [item.text for item in left]
    computed = written(way.value, one.decimals)
    minus = "".join(f" − {text}" for text in texts[len(way.plus) :])
    formula = f"{plus(texts[: len(way.plus)])}{minus} = {computed}"
    return contradicted(
        RULE,
        left,
        right,
        formula=formula,
        computed=computed,
        difference=one.printed - way.value,
        title=f"数字 {right.text} 疑为 {computed} 之误",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，按同一段所列数字计算，{formula}，"
        f"与所列数字仅有一位之差或两位互换；该数在报告中别处未见，与同段其他数字也不相符。",
    )


CHECK = Check(
    rule=RULE,
    name="金额笔误",
    what="An amount that nothing in its paragraph gives and no other place prints is no misprint of what the amounts "
    "beside it leave or make.",
    why="A slip of the pen is near the right number; a number of another thing seldom is.",
    formula="amount − amount, amount + amount, or total − the other parts = amount",
    tolerance="fails only where, of four digits or more, one differs or two are exchanged, the last one alone left out",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=(
        "文 运营成本426.35万元，票款收入318.20万元，缺口108.15万元。",
        "文 支出214.80万元，其中培训106.80万元（人均500元）、展会78.00万元、宣传30.00万元。",
    ),
    disagrees=("文 运营成本426.35万元，票款收入318.20万元，缺口106.15万元。",),
    false_alarms=("amounts of other years or projects", "amounts whose operands another paragraph tells"),
)
