"""Check: a number told once is no misprint of the one that other places tell of the same thing (复述笔误)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.checks.digits_exchanged import are_siblings, roles_of, years_of
from pipeline.checks.facts import Facts
from pipeline.checks.figures import Figure
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.orphans import Told, around, explains_amount, explains_rate
from pipeline.checks.shared_words import shares
from pipeline.checks.slip import is_exchange, is_misprint
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import last_clause
from pipeline.checks.wording import quote, where

RULE = "misprinted-again"
_MOST = 1500  # numbers compared; a report with more is a list of records
_CROWD = 8  # numbers that differ from one by a digit in one place; more of them are a list
# Digits of a number, zeros at its end left out -> characters in a row that both contexts share, by whether they tell
# the same stage of money or work: chosen so that over a thousand honest reports one such pair is expected by chance.
_WORDS = {True: {3: 6, 4: 5, 5: 2}, False: {5: 3}}
_EXCHANGED_WORDS = {True: {3: 3, 4: 2, 5: 2}, False: {5: 3}}  # where two neighbouring digits are exchanged
_LONG, _LONG_WORDS = 6, 2
_EXCHANGED_ONLY = 3
_EXACT = ("元", "%")
_PLANNED = 5  # digits of a count that one planned does not share all but one with the one reached (28.5 km, 27.5 km)
_TWICE = 4  # digits of a number for which one character less is enough where the other is printed twice
# The end of what a number is called, long enough to name it; where all other numbers so called are one, it is that one.
_CALLED = 3
_IS = re.compile(r"(?:[（(][^（()）]*[)）])?(?:约?为|达到?了?|是|共计?|合计|总计|累计|有|的|了|仅|[:：]|\s)*$")
_HAN = re.compile(r"[\u4e00-\u9fff]+$")
_NO_NAME = re.compile(r"[（(][^（()）]*[)）]|[^\u4e00-\u9fff|]")
_STAGES = ("预算", "计划", "目标", "到位", "下达", "支出", "收入", "结余", "结转", "应")
_VAGUE = re.compile(r"[约近超余]\s?$|平均|分别|依次|目标|计划|≥|≤|不低于|不超过")


def _test(facts: Facts) -> Iterator[Relation]:
    alike: dict[tuple[str, int, str], list[Figure]] = {}  # by unit, scale and what their digits have in common
    called: dict[tuple[str, str], set[Figure]] = {}
    long = _shaped_alike([one for one in facts.figures[:_MOST] if not one.bound], facts.printed)
    keys = {bare: _keys(bare) for bare in {one.bare for one in long}}
    for one in long:
        for key in keys[one.bare]:
            alike.setdefault((one.unit, one.power, key), []).append(one)
    told = {id(paragraph.flow): numbers for paragraph, numbers in facts.told}
    for one in long:
        if not _is_lone(one, facts.printed):
            continue
        others = _others(one, keys[one.bare], alike)
        if not others or _VAGUE.search(_name(one)):  # words are worked out for few numbers
            continue
        if not called:
            called = _by_name([known for known in facts.figures[:_MOST] if not known.bound and _digits(known) > 1])
        others = [other for other in others if not (_other_year(one, other) or _VAGUE.search(_name(other)))]
        others = [other for other in others if not are_siblings(one, other) and not _told_of(other, one, facts.printed)]
        meant = [other for other in others if _same_thing(one, other, facts.printed) or _so_called(one, other, called)]
        if len({other.value for other in meant}) == 1 and not _explained(one, told):
            yield _relation(one, meant[0])


def _shaped_alike(figures: list[Figure], printed: Mapping[Decimal, int]) -> list[Figure]:
    """The longer numbers beside which another of the same unit, as many digits and as many decimals is printed.

    Those of one unit and so on are left out where none of them is told once, in running text.
    """
    shapes: dict[tuple[str, int, int], list[Figure]] = {}
    found = []
    for one in figures:
        if _digits(one) >= _EXCHANGED_ONLY:
            same = shapes.setdefault((one.unit, one.power, len(one.bare)), [])
            same.append(one)
            found.append((one, same))
    wanted = {
        id(same)
        for same in shapes.values()
        if len({one.bare for one in same}) > 1 and any(_is_lone(one, printed) for one in same)
    }
    return [one for one, same in found if id(same) in wanted]


def _is_lone(one: Figure, printed: Mapping[Decimal, int]) -> bool:
    """Whether a number of running text is printed once."""
    return not one.tabled and printed[one.shown] == 1


def _by_name(figures: list[Figure]) -> dict[tuple[str, str], set[Figure]]:
    """(unit, end of a name) -> the numbers so called, in text and tables."""
    found: dict[tuple[str, str], set[Figure]] = {}
    for one in figures:
        for name in _names(one):
            if len(name) >= _CALLED:
                found.setdefault((one.unit, name[-_CALLED:]), set()).add(one)
    return found


def _names(one: Figure) -> list[str]:
    """What a number is called: the words right before it, or the row's and the column's."""
    if one.tabled:
        return _NO_NAME.sub("", one.tight).split("|")
    name = _HAN.search(_IS.sub("", one.before))
    return [] if name is None else [name[0]]


def _told_of(one: Figure, other: Figure, printed: Mapping[Decimal, int]) -> bool:
    """Whether the finding of two numbers that are each printed once is told of the later one."""
    if one.tabled or printed[one.shown] > 1:
        return False
    mine, theirs = one.span, other.span
    return ((mine.page or 0), (mine.line or 0)) > ((theirs.page or 0), (theirs.line or 0))


def _so_called(one: Figure, other: Figure, called: Mapping[tuple[str, str], set[Figure]]) -> bool:
    """Whether all other numbers that are called as one is, have the value of the other: several, or a long one."""
    for name in _names(one):
        same = called.get((one.unit, name[-_CALLED:]), set()) - {one}
        if other in same and {known.value for known in same} == {other.value}:
            long = min(_digits(one), _digits(other)) > _EXCHANGED_ONLY
            return (long or len(same) > 1) and not (
                years_of(one) and years_of(other) and years_of(one) != years_of(other)
            )
    return False


def _digits(one: Figure) -> int:
    """How many digits it shows, the zeros at its end left out."""
    return len(one.bare.rstrip("0"))


def _keys(bare: str) -> tuple[str, ...]:
    """What digits have in common with those that differ by one, or by two exchanged."""
    return (*[f"{bare[:at]}_{bare[at + 1 :]}" for at in range(len(bare) - 1)], "".join(sorted(bare)))


def _others(one: Figure, keys: tuple[str, ...], alike: Mapping[tuple[str, int, str], list[Figure]]) -> list[Figure]:
    """The numbers that it may be a misprint of, told in other places. keys: of its digits."""
    found = {}
    for key in keys:
        known = alike[one.unit, one.power, key]
        for other in known if len(known) <= _CROWD else ():
            if other.value != one.value and other.place[:2] != one.place[:2] and _misprint(one, other):
                found[id(other)] = other
    return list(found.values())


def _misprint(one: Figure, other: Figure) -> bool:
    left, right = one.bare, other.bare
    if left[:-1] == right[:-1] or not is_misprint(left, right):
        return False
    return sorted(left) == sorted(right) or one.unit in _EXACT or min(_digits(one), _digits(other)) >= _PLANNED


def _same_thing(one: Figure, other: Figure, printed: Mapping[Decimal, int]) -> bool:
    """Whether the words around both tell one thing; the fewer digits, the more of them must be shared."""
    exchanged = is_exchange(one.value / one.step, other.value / one.step, 0, _EXCHANGED_ONLY)
    if one.unit == "%" and printed[other.shown] == 1 and not exchanged:
        return False  # rates are near each other: 101.25 % of one target, 101.95 % of the next
    digits = (max if exchanged else min)(_digits(one), _digits(other))
    roles = roles_of(one) == roles_of(other) or _one_stage(one, other)
    words = _EXCHANGED_WORDS if exchanged else _WORDS
    least = _LONG_WORDS if digits >= _LONG else words[roles].get(digits)
    if least is None:
        return False
    if exchanged:
        return shares(one.tight, other.tight, least + (one.unit == "%"))
    return shares(one.tight, other.tight, least - (digits == _TWICE and printed[other.shown] > 1))


def _one_stage(one: Figure, other: Figure) -> bool:
    """Whether a sentence's own clause and the head of a column call both by one stage of money or work."""
    if not other.tabled:
        return False
    clause, head = last_clause(_name(one), "，,；;："), other.tight.rpartition("|")[2]
    stages = [{word for word in _STAGES if word in text} for text in (clause, head)]
    return stages[0] == stages[1] and len(stages[0]) == 1


def _other_year(one: Figure, other: Figure) -> bool:
    """Whether both are told with years that differ."""
    years, others = years_of(one), years_of(other)
    return bool(years and others) and years != others


def _name(one: Figure) -> str:
    """The words right before a number of the text; row and head of one in a table."""
    return one.tight if one.tabled else one.tight.partition("|")[0]


def _explained(one: Figure, told: Mapping[int, tuple[Told, ...]]) -> bool:
    """Whether the numbers beside it give it."""
    numbers = told.get(int(str(one.place[1])), ()) if one.place[0] == "text" else ()
    mine = next((number for number in numbers if number.digits == one.digits), None)
    if mine is None:
        return False
    near = around(mine, numbers)
    return explains_rate(mine, near) if one.unit == "%" else explains_amount(mine, near)


def _relation(one: Figure, other: Figure) -> Relation:
    return contradicted(
        RULE,
        (Operand.of_figure(other, "reported"),),
        Operand.of_figure(one, "restated", other.key),
        formula=f"{other.text} ≠ {one.text}",
        computed=other.text,
        difference=one.value - other.value,
        title=f"数字前后不一致：{one.text} 与 {other.text}，疑为笔误",
        message=f"{where(one.span)}“{quote(one.span, one.text)}”与{where(other.span)}“{quote(other.span, other.text)}”"
        f"表述的对象相同，两数仅有一位数字之差或两位互换；前一数在报告中别处未见。",
    )


CHECK = Check(
    rule=RULE,
    name="复述笔误",
    what="A number that no other place prints and nothing beside gives is no misprint of one told of the same thing.",
    why="A slip of the pen is near the right number; a number of another thing seldom is.",
    formula="one number = the other",
    tolerance="fails only where one digit differs or two are exchanged, the last one alone left out; the fewer the "
    "digits, the more words both must share",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=("题 一、 成效；文 沿线绿化带补植支出862.51万元。；题 二、 问题；文 绿化带补植支出862.51万元。",),
    disagrees=("题 一、 成效；文 沿线绿化带补植支出862.51万元。；题 二、 问题；文 绿化带补植支出832.51万元。",),
    false_alarms=("numbers of other years, stages, rows or groups", "planned and actual values"),
)
