"""Check: a number told again in other words, another unit or shorter is the same number (数字复述)."""

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.figure_reached import reached
from pipeline.checks.figures import Figure, alike
from pipeline.checks.mentions import couples
from pipeline.checks.model import Check, Operand, Relation, Verdict
from pipeline.checks.tolerance import cut, half_up
from pipeline.checks.wording import quote, where

RULE = "figure-restated"
_MOST = 600  # relations of one report
_FIGURES_CUT = 4  # digits that a number cut off must show to be told from another one
_FINE, _NEAREST = 3, 8  # digits of a number that may be told shorter; places that it is compared with
_TRIVIAL = (Decimal(0), Decimal(1), Decimal(100))


@frozen
class Told:
    """Two numbers linked, the finer first, and how they agree (复述)."""

    one: Figure
    other: Figure
    verdict: Verdict


def _test(facts: Facts) -> Iterator[Relation]:
    found = [one for one in facts.figures if one.weight > 1 or one.value not in _TRIVIAL]
    units: dict[str, list[Figure]] = {}
    for one in found:
        units.setdefault(one.unit, []).append(one)
    yield from map(_relation, islice(_linked(units), _MOST))
    yield from reached(facts, RULE)


def _linked(units: dict[str, list[Figure]]) -> Iterator[Told]:
    """Links of each unit; numbers without a unit may belong to any."""
    bare = units.get("", [])
    values, powers = _by_value(bare), _by_power(bare)
    digits = _by_digits(bare, values) if any(one.tabled for one in bare) else {}
    for unit, known in units.items():
        yield from _equal(_by_value(known) if unit else values, values if unit else {}, unit)
        yield from _rounded(known, bare if unit else [], powers if unit else {}, unit)
        yield from _same_print(known, digits if unit else {}, plain=digits is values)


def _by_digits(bare: list[Figure], values: dict[Decimal, list[Figure]]) -> dict[Decimal, list[Figure]]:
    """The numbers without a unit by what their digits print: by their value, unless a 万 stands behind one."""
    if all(one.shown is one.value for one in bare):
        return values
    digits: dict[Decimal, list[Figure]] = {}
    for one in bare:
        digits.setdefault(one.shown, []).append(one)
    return digits


def _by_power(figures: list[Figure]) -> dict[int, list[Figure]]:
    """Those that another may be told shorter by, by the power of ten that the step of their last digit is, in order."""
    found: dict[int, list[Figure]] = {}
    for one in figures:
        if one.weight > 1:
            found.setdefault(one.power, []).append(one)
    return found


def _by_value(figures: list[Figure]) -> dict[Decimal, list[Figure]]:
    """The numbers by their value, in order."""
    same: dict[Decimal, list[Figure]] = {}
    for one in figures:
        same.setdefault(one.value, []).append(one)
    return same


def _equal(known: dict[Decimal, list[Figure]], bare: dict[Decimal, list[Figure]], unit: str) -> Iterator[Told]:
    """The same value, told in two places, of which one names the unit. bare: numbers without; both by value."""
    for value, group in known.items():
        same = [*group, *bare[value]] if value in bare else group
        for one, other in couples(same) if len(same) > 1 else ():
            if unit in (one.unit, other.unit) and _may_link(one, other):
                yield Told(one, other, "consistent")


def _may_link(one: Figure, other: Figure) -> bool:
    return one.place != other.place and alike(one, other)


def _same_print(known: list[Figure], digits: dict[Decimal, list[Figure]], *, plain: bool) -> Iterator[Told]:
    """The same digits, once without a unit: `574.21亿元` and a cell that prints 574.21.

    digits: those without. plain: whether no 万 stands behind any of these, so that one must stand behind the other.
    """
    for one in known if digits else ():
        if plain and one.shown is one.value:
            continue
        for other in digits.get(one.shown, [])[:_NEAREST]:
            if one.value != other.value and other.tabled and _may_link(one, other):
                yield Told(one, other, "consistent")


def _rounded(known: list[Figure], bare: list[Figure], by_power: dict[int, list[Figure]], unit: str) -> Iterator[Told]:
    """A number told again with fewer digits: rounded half up, or cut off where the rounding gives another.

    One of the two names the unit: a number without is compared with the last digits of those that do alone.
    by_power: the numbers without a unit, which `bare` are.
    """
    printed = _by_power(known)
    named = sorted(printed)
    for power, more in by_power.items():
        printed[power] = [*printed[power], *more] if power in printed else more
    powers = sorted(printed)  # of all that may be finer, too, as these show more digits
    finer = [one for one in known if one.weight >= _FINE and one.power < powers[-1]]
    if named:
        finer += [one for one in bare if one.weight >= _FINE and one.power < named[-1]]
    values: dict[int, list[Decimal]] = {}
    places: dict[int, dict[Decimal, list[Figure]]] = {}
    for one in finer:
        for power in powers if one.unit == unit else named:
            if power <= one.power:
                continue
            if power not in values:
                values[power] = sorted([other.value for other in printed[power]])
            if _any_within(values[power], one.value, printed[power][0].step):
                if power not in places:
                    places[power] = _by_value(printed[power])
                shorter = _shorter(one, -power, places[power])
                yield from (told for told in shorter if unit in (told.one.unit, told.other.unit))


def _any_within(values: list[Decimal], value: Decimal, step: Decimal) -> bool:
    """Whether one of the values, ascending, is as near as a step: another is neither it rounded nor cut off."""
    at = bisect_left(values, value - step)
    return at < len(values) and values[at] <= value + step


def _shorter(one: Figure, digits: int, printed: dict[Decimal, list[Figure]]) -> Iterator[Told]:
    """The prints of a number among those with so many decimals, which are given by their value."""
    up, down = half_up(one.value, digits), cut(one.value, digits)
    right = printed.get(up, [])[:_NEAREST] if up != one.value else []
    right = [other for other in right if _may_link(one, other)]
    yield from (Told(one, other, "rounding") for other in right)
    for other in printed.get(down, [])[:_NEAREST] if down != up else []:
        if not other.bound and other.weight >= _FIGURES_CUT and _may_link(one, other):
            yield Told(one, other, "inconsistent")
            yield from (Told(again, other, "inconsistent") for again in right[:2] if again.place != other.place)


def _relation(told: Told) -> Relation:
    one, other = told.one, told.other
    sign = {"consistent": "=", "rounding": "≈"}.get(told.verdict, "≠")
    relation = Relation(
        RULE,
        told.verdict,
        (Operand.of_figure(one, "reported"),),
        (Operand.of_figure(other, "restated", one.key),),
        formula=f"{one.text} {sign} {other.text}",
        reported=other.text,
        computed=one.text,
        difference=other.value - one.value,
        severity="info",
    )
    if told.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"数字复述末位不一：{one.text} 与 {other.text}",
        message=f"{where(one.span)}“{quote(one.span, one.text)}”，"
        f"{where(other.span)}“{quote(other.span, other.text)}”，后者系截断，而非四舍五入。",
    )


CHECK = Check(
    rule=RULE,
    name="数字复述",
    what="A number told again beside the same words is the same number, in whatever unit or rounded shorter.",
    why="An auditor sees which figures stand in several places, and where one of them was cut off.",
    formula="one number = the other, rounded to the digits of the shorter",
    tolerance="equality, or half-up to the shorter print; the fewer the digits, the more words both must share",
    severity="info",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=(
        "题 一、 概况；文 清渠里程52,746,318件。；题 二、 成效；文 全年清渠里程5,275万件。",
        "文 年内建成渔村快递网点30个以上。；文 全县已有渔村快递网点41个。",
        "文 当年特色渔获网上销售28.45亿元。；文 第二段称特色渔获网上销售28.45亿元。",
    ),
    disagrees=("题 一、 概况；文 服务清渠单据83,417,865件。；题 二、 成效；文 提供清渠单据8,341万件。",),
    false_alarms=("numbers that are equal by chance", "a number of another thing that differs in its last digit"),
)
