"""Check: a counted thing told twice has one number (数量前后一致)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz import fuzz

from extractors.frozen import replace
from pipeline.checks.actual_told import told_again
from pipeline.checks.counted import SCALES, Quantity, alike, quantities
from pipeline.checks.facts import Facts
from pipeline.checks.mentions import couples
from pipeline.checks.model import Check, Relation
from pipeline.checks.quantities import number_in
from pipeline.checks.relate import undecided
from pipeline.checks.slip import is_misprint
from pipeline.checks.texts import printed_digits
from pipeline.checks.tolerance import half_up, written
from pipeline.checks.wording import quote, where

RULE = "quantity-restated"
_NUMBER = re.compile(r"\d[\d,.]*")
_ONE_FORM = 80  # likeness of two passages without their numbers, of a hundred
_MOST = 400  # quantities compared; a report with more is a list of records


def _test(facts: Facts) -> Iterator[Relation]:
    yield from told_again(facts, RULE)
    found = list(quantities(facts, _MOST))[:_MOST]
    for same in _groups(found):
        values = {one.value for one in same if not one.bound}
        whole = _whole(same)
        for one, other in couples(same):
            relation = _compared(one, other)
            if relation.verdict == "inconsistent":
                reason = "各部分之和等于总数，为部分与总体" if whole else _excuse(facts, one, other, len(values))
                reason = reason or ("同一表行另列有相符的数" if _row_tells_both(same, one, other) else "")
                relation = undecided(relation, reason) if reason else relation
            yield relation


def _whole(same: list[Quantity]) -> bool:
    """Whether the largest number is the sum of the others, told in other passages: parts and their whole."""
    ordered = sorted(same, key=lambda one: one.value)
    parts = {(one.place, one.value): one.value for one in ordered[:-1] if one.value != ordered[-1].value}
    return len(parts) > 1 and sum(parts.values()) == ordered[-1].value


def _row_tells_both(same: list[Quantity], one: Quantity, other: Quantity) -> bool:
    """Whether a table's row that prints one of the two prints the other, too: what was aimed at, and what was done."""
    rows: dict[tuple[str, int], set[Decimal]] = {}
    for quantity in same:
        if quantity.span.cell is not None:
            rows.setdefault((quantity.span.cell.table, quantity.span.cell.row), set()).add(quantity.value)
    return any({one.value, other.value} <= values for values in rows.values())


def _groups(found: list[Quantity]) -> list[list[Quantity]]:
    """Quantities with the same unit and labels that name one thing, two or more."""
    groups: list[list[Quantity]] = []
    by_unit: dict[str, list[list[Quantity]]] = {}
    for one in found:
        known = by_unit.setdefault(one.unit, [])
        home = next((group for group in known if _same_thing(group[0], one)), None)
        if home is None:
            home = []
            known.append(home)
            groups.append(home)
        home.append(one)
    return [group for group in groups if len(group) > 1]


def _same_thing(one: Quantity, other: Quantity) -> bool:
    return one.modifiers == other.modifiers and alike(one.label, other.label)


def _compared(one: Quantity, other: Quantity) -> Relation:
    bounded, plain = (one, other) if one.bound == ">=" else (other, one)
    if bounded.bound == ">=":
        fits = plain.bound == ">=" or plain.value >= bounded.value
        how = "consistent" if fits else "inconsistent"
    elif one.value == other.value:
        how = "consistent"
    else:
        how = "rounding" if _rounds(one, other) else "inconsistent"
    relation = Relation(
        RULE,
        "consistent" if how == "consistent" else "rounding" if how == "rounding" else "inconsistent",
        (one.operand("reported"),),
        (replace(other.operand("restated"), key=one.operand("reported").key),),
        formula=f"{one.text} {'=' if how == 'consistent' else '≈' if how == 'rounding' else '≠'} {other.text}",
        reported=other.text,
        computed=one.text,
        difference=other.value - one.value,
        severity="warning" if one.actual and other.actual and is_misprint(one.text, other.text) else "info",
    )
    if how != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"“{one.label.replace('…', '')}”数量前后不一致：{one.text} 与 {other.text}",
        message=f"{where(one.span)}“{quote(one.span, one.text)}”与{where(other.span)}“{quote(other.span, other.text)}”"
        f"措辞相同而数量不同，相差 {_apart(one, other)}，请核实是否同一事项。",
    )


def _apart(one: Quantity, other: Quantity) -> str:
    """The difference in the scale that the first is told in: `25.79亿元`."""
    scale, factor = next(((word, size) for word, size in SCALES.items() if word and word in one.text), ("", Decimal(1)))
    return f"{written(abs(other.value - one.value) / factor)}{scale}{one.unit}"


def _rounds(one: Quantity, other: Quantity) -> bool:
    """Whether the coarser print is the finer one rounded."""
    fine, coarse = sorted((one, other), key=lambda quantity: quantity.step)
    if fine.step == coarse.step:
        return False
    return half_up(fine.value / coarse.step, 0) * coarse.step == coarse.value


def _excuse(facts: Facts, one: Quantity, other: Quantity, values: int) -> str:
    """Why two numbers may count different things, Chinese; '' if nothing says so."""
    years = facts.report.fiscal_year
    stated = {year for quantity in (one, other) if (year := quantity.year) is not None}
    excuses = (
        ("~" in (one.bound, other.bound), "约数，不作比较"),
        (len(stated) > 1 or any(years and year not in years for year in stated), "两处所指年度不同"),
        (not all(q.actual for q in (one, other) if q.bound == ">="), "一处为“以上”表述，可能是目标"),
        (_is_target(facts, one, other) or _is_target(facts, other, one), "另一处与该指标的目标值相同，可能是目标"),
        (_parallel(facts, one, other), "两处句式相同而多个数值不同，可能为不同对象"),
        (one.place == other.place, "同一段落或同一行内并列，可能为不同对象"),
        (values > 2, "同类数量有多个数值，可能为不同对象"),
    )
    return next((reason for applies, reason in excuses if applies), "")


def _is_target(facts: Facts, actual: Quantity, other: Quantity) -> bool:
    """Whether the other number is the target of the row that prints this one as reached."""
    for indicator in facts.report.indicators:
        target, reached = indicator.get("target"), indicator.get("actual")
        if target is not None and reached is not None and reached.span == actual.span:
            wanted, printed = number_in(target), _NUMBER.search(other.text)
            return bool(wanted and printed and wanted.value == printed_digits(printed[0].rstrip(".,")).value)
    return False


def _parallel(facts: Facts, one: Quantity, other: Quantity) -> bool:
    """Whether the two are told in one form of words in which other numbers differ too: of two towns, two phases."""
    texts = [" ".join(sentence.text for sentence in facts.sentences_at(q.span)) for q in (one, other)]
    numbers = [_NUMBER.findall(text) for text in texts]
    alike = fuzz.ratio(*(_NUMBER.sub("", text) for text in texts)) >= _ONE_FORM
    return alike and sum(mine != theirs for mine, theirs in zip(*numbers, strict=False)) > 1


CHECK = Check(
    rule=RULE,
    name="数量前后一致",
    what="A counted thing that two passages tell in the same words has the same number in both.",
    why="A result told with two numbers was not measured, or one passage is last year's.",
    formula="one number = the other",
    tolerance="equality; the coarser print may be the finer one rounded; 以上 is satisfied by a larger number; a hint "
    "only, unless both are told as reached and one digit differs or two are exchanged",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    agrees=(
        "题 一、 概况；文 全市登记电商企业和个体商户2.45万家。；题 二、 效益；文 现有登记电商企业和个体商户24500家。",
        "题 一、 概况；文 建成农村服务站点1000个以上。；题 二、 效益；文 建成农村服务站点1419个。",
    ),
    disagrees=(
        "题 一、 概况；文 全市登记电商企业和个体商户2.5万家。；题 二、 效益；文 现有登记电商企业和个体商户2.4万家。",
    ),
    false_alarms=(
        "numbers of different years, of a target, of a part",
        "lists that tell the same of several places",
    ),
)
