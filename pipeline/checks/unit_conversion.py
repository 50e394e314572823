"""Check: an amount told in two units is one amount, and no unit is off by a factor (单位换算)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractors.frozen import replace
from normalizers.records import FundingLine
from normalizers.units import money_unit
from pipeline.checks.amount_restated import same_facts
from pipeline.checks.comparable import Funds
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import groups, interval, operand, place, text
from pipeline.checks.money_slipped import slipped_points
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import half_up
from pipeline.checks.unit_slipped import slipped_units
from pipeline.checks.wording import quote

RULE = "unit-conversion"
_LEAST = 2  # significant digits of a print that is not another's by chance
_PARTS = 3  # amounts that a list of parts has at least
_SURE = 5  # significant digits that two amounts share only where they are one
_NAME = 4  # characters of a row's name that no sentence tells by chance
_TEN_THOUSAND = 10_000
_WAN = "万元"
_PRICED = re.compile(r"标准|单价|[人户亩生床次件日月]均|每|平均|/")
_OPERATION = re.compile(r"\s*[÷×+/*＋－×xX-]")
_FORMULA_FAR = 12  # characters behind an amount that show an operation
_SAME = re.compile(r"[^，。；]{0,2}[(（]?\s*(?:即|合|折合|也即|约合|相当于|，即)\s*")


def _test(facts: Facts) -> Iterator[Relation]:
    funds = facts.funds
    yield from slipped_units(facts, RULE)
    yield from slipped_points(facts, RULE)
    for lines in groups(facts):
        for one, other in pairwise(lines):
            if _told_as_same(funds, one, other):
                yield _converted(one, other)
    slipped = list(_slipped_unit(facts))
    yield from slipped or _slipped_part(facts)
    for same in same_facts(facts):
        for other in same[1:]:
            if _same_print(same[0], other):
                yield _off_by_unit(funds, same[0], other)


def _slipped_unit(facts: Facts) -> Iterator[Relation]:
    """An amount in 元 whose very digits, too many to agree by chance, the report prints elsewhere in 万元.

    Fewer digits do where the other amounts of its paragraph are in 万元.
    """
    by_value: dict[Decimal, list[FundingLine]] = {}
    for line in facts.funds.lines:
        if line.yuan is not None and not line.number.bound and money_unit(line.number.unit) == _WAN:
            by_value.setdefault(line.number.value, []).append(line)
    for line in facts.funds.lines:
        if line.table is None and line.number.unit == "元" and line.number.value in by_value:
            digits = len(line.number.value.normalize().as_tuple().digits)
            beside = [one for one in facts.funds.beside(line) if one is not line]
            priced = line.role == "subsidy_rate" or _PRICED.search(line.span.quote.partition(line.number.printed)[0])
            among = not priced and len(beside) > 1 and all(money_unit(one.number.unit) == _WAN for one in beside)
            others = [one for one in by_value[line.number.value] if one.group != line.group]
            named = not priced and any(_named_alike(one, line) for one in others)
            if others and (digits >= _SURE or (digits > _LEAST and line.number.digits and (among or named))):
                yield _told_off(others[0], line)


def _named_alike(one: FundingLine, other: FundingLine) -> bool:
    """Whether a row's whole name stands in what a sentence calls its amount (运营补助, 发放运营补助)."""
    return one.table is not None and len(one.item) >= _NAME and one.item in other.span.quote


def _slipped_part(facts: Facts) -> Iterator[Relation]:
    """One part in 元 among parts in 万元 that make up an amount of the paragraph only if it is in 万元, too."""
    for lines in facts.funds.by_group.values():
        odd = [line for line in lines if line.number.unit == "元" and line.table is None]
        if len(odd) != 1 or len(lines) < _PARTS or odd[0].number.bound or not odd[0].number.value:
            continue
        at = lines.index(odd[0])
        around = [line for line in facts.funds.beside(odd[0]) if line.number.unit == _WAN and not line.number.percent]
        wholes = {line.number.value for line in around}
        for first in range(max(at - _PARTS, 0), at + 1):
            for last in range(max(at, first + 1), min(first + 2 * _PARTS, len(lines))):
                run = lines[first : last + 1]
                alike = all(line is odd[0] or line.number.unit == _WAN for line in run)
                if alike and sum(line.number.value for line in run) in wholes:
                    yield _told_off(next(line for line in run if line is not odd[0]), odd[0], among=True)
                    return


def _told_as_same(funds: Funds, one: FundingLine, other: FundingLine) -> bool:
    """`1.2 亿元，即 12,000 万元`: two prints of one amount beside each other."""
    sentence = funds.sentence(one)
    if sentence is None or one.yuan is None or other.yuan is None:
        return False
    if one.number.unit == other.number.unit and not _slipped(one, other):
        return False
    start = sentence.text.find(one.number.printed) + len(one.number.printed)
    end = sentence.text.find(other.number.printed, start)
    between = sentence.text[start:end].replace(one.number.unit, "", 1) if 0 <= start < end else ""
    behind = sentence.text[end + len(other.number.printed) :][:_FORMULA_FAR].lstrip().removeprefix(other.number.unit)
    formula = bool(_OPERATION.match(behind))  # `人均1,525.45元（436.28万元÷2,860人次）`
    return bool(_SAME.fullmatch(between)) or (bool(re.fullmatch(r"\s*[(（]\s*", between)) and not formula)


def _slipped(one: FundingLine, other: FundingLine) -> bool:
    """`29,344.20万元（2.93万元）`: the amount in brackets is the other in ten thousands, whose unit was not changed."""
    value = half_up(one.number.value / _TEN_THOUSAND, other.number.digits)
    return other.number.value > 0 and value == other.number.value


def _converted(one: FundingLine, other: FundingLine) -> Relation:
    same, meets = one.yuan == other.yuan, interval(one).meets(interval(other))
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if meets else "inconsistent",
        (operand(one, "operand"),),
        (operand(other, "reported"),),
        formula=f"{text(one)} {'=' if same else '≈' if meets else '≠'} {text(other)}",
        reported=text(other),
        computed=text(one),
    )
    if meets or same:
        return relation
    return replace(
        relation,
        title=f"同一金额两种单位换算不符：{text(one)} 与 {text(other)}",
        message=f"{place(one)}“{quote(one.span, one.number.printed)}”与“{quote(other.span, other.number.printed)}”"
        "应为同一金额，换算后不相等。",
    )


def _same_print(one: FundingLine, other: FundingLine) -> bool:
    """The very same number in another unit: 1,386.20 元 beside 1,386.20 万元."""
    units = {money_unit(one.number.unit), money_unit(other.number.unit)}
    digits = one.number.value.normalize().as_tuple().digits
    return one.number.value == other.number.value and len(units) == 2 and len(digits) > _LEAST


def _off_by_unit(funds: Funds, one: FundingLine, other: FundingLine) -> Relation:
    failed = _told_off(one, other)
    reason = funds.differ_in_kind(one, other)
    return undecided(failed, reason) if reason else failed


def _told_off(one: FundingLine, other: FundingLine, *, among: bool = False) -> Relation:
    """The failed relation of one number printed in two units; among: of a part in another unit than the others."""
    relation = Relation(
        RULE,
        "inconsistent",
        (operand(one, "reported"),),
        (operand(other, "restated"),),
        formula=f"{text(one)} ≠ {text(other)}",
        reported=text(other),
        computed=text(one),
    )
    if among:
        return replace(
            relation,
            title=f"分项计量单位有误：{text(other)}",
            message=f"{place(other)}为 {text(other)}，同列其他各项以万元计，按万元相加恰为所列合计，该项单位有误。",
        )
    return replace(
        relation,
        title=f"同一数值计量单位不同：{text(one)} 与 {text(other)}",
        message=f"{place(one)}为 {text(one)}，{place(other)}为 {text(other)}，数值相同而单位不同，其中一处单位有误。",
    )


CHECK = Check(
    rule=RULE,
    name="单位换算",
    what="Two prints of one amount in different units convert into each other; one number, of money or of another "
    "quantity, does not bear two units.",
    why="A table whose caption says 元 over amounts in 万元 is wrong by a factor of ten thousand.",
    formula="amount × unit = amount × unit",
    tolerance="equality, or the coarser print is the finer one rounded",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    agrees=(
        "文 预算1.2亿元，即12,000万元；资金 s1 budget_original 1.2亿元 项=预算 处=1；"
        "资金 s1 budget_original 12,000万元 项=预算 处=1",
    ),
    disagrees=(
        "文 甲园多领12,400元，乙园多领8,700元，两园合计多领21.10万元。",
        "文 支出生活补贴16.38万元，培训费210.60万元，设备费38.20万元。文中发放补贴163,800万元。",
        "文 全年处置垃圾48,365吨，达标率100%。；文 处置费按每吨80元、全年处置48,365万吨结算。",
        "资金 s1 spent 1,386.20万元 项=支出；资金 t1r1 spent 1,386.20元 项=合计 行=total",
        "文 年末结余29,344.20万元（2.93万元）；资金 s1 saved 29,344.20万元 项=结余 处=1；"
        "资金 s1 saved 2.93万元 项=结余 处=1",
    ),
    false_alarms=("small round numbers that occur in both units",),
)
