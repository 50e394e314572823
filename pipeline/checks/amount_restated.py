"""Check: an amount of the project's money is the same wherever it is told (金额前后一致), in whatever unit."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.funding import BASIC_SPENDING, PROJECT_SPENDING
from normalizers.records import FundingLine
from pipeline.checks.comparable import Funds
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import ROLES, apart, interval, operand, place, text
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import HUNDRED
from pipeline.checks.wording import quote

RULE = "amount-restated"
_KINDS = (BASIC_SPENDING, PROJECT_SPENDING)
_ROLES = ("budget_original", "budget_adjusted", "recovered", "arrived", "spent", "contract")
_LONG = 5  # characters of a print that is not like another by chance
_EXCHANGED = 2  # digits at the wrong place where two are swapped
_MOST = 12  # amounts compared each with each where they differ; the rest with the first only
_SEVERAL = 3  # times that an amount is another, from where on they are hardly one


def _test(facts: Facts) -> Iterator[Relation]:
    funds = facts.funds
    for lines in same_facts(facts):
        for one, other in _pairs(lines):
            if one.group != other.group and not _of_one_table(one, other):
                yield from _compared(funds, one, other)
    yield from _of_one_rate(funds)


def _of_one_table(one: FundingLine, other: FundingLine) -> bool:
    """Whether two amounts stand in rows of one table, one of them in a row of its parts."""
    return one.table is not None and one.table == other.table and "item" in (one.row_role, other.row_role)


def _of_one_rate(funds: Funds) -> Iterator[Relation]:
    """Spending told twice beside one and the same execution rate, which no two sums of money share by chance."""
    told: dict[Decimal, FundingLine] = {}
    for lines in funds.by_group.values():
        rates = {line.number.value for line in lines if line.role == "execution_rate"}
        spent = [line for line in lines if line.role == "spent" and line.yuan is not None and not line.number.bound]
        rate = next(iter(rates), HUNDRED)
        if len(rates) != 1 or rate == rate.to_integral_value() or not spent or not funds.current(spent[0]):
            continue
        if len({line.yuan for line in spent}) > 1 or spent[0].subject or spent[0].table or spent[0].row_role:
            continue
        first = told.setdefault(rate, spent[0])
        relation = _relation(first, spent[0])
        if relation.verdict == "inconsistent" and not funds.differ_in_kind(first, spent[0]):
            yield relation


def _pairs(lines: list[FundingLine]) -> Iterator[tuple[FundingLine, FundingLine]]:
    """Each with the first; of those that differ, each with each, where they are not too many."""
    for number, other in enumerate(lines[1:], start=1):
        yield lines[0], other
        if number <= _MOST:
            yield from ((one, other) for one in lines[1:number] if one.yuan != other.yuan)


def same_facts(facts: Facts) -> Iterator[list[FundingLine]]:
    """Amounts of one role for one purpose, in order; parts of a table and unnamed amounts are left out."""
    found: dict[tuple[str, str, str], list[FundingLine]] = {}
    for line in facts.funds.lines:
        named = bool(line.item.strip()) and line.row_role in ("", "item", "total")
        # The rows of a department's two kinds of spending are parts of its total, though their names name no purpose.
        kind = line.item.strip() if line.table is not None and line.item.strip() in _KINDS else ""
        if named and line.role in _ROLES and line.yuan is not None and not line.number.bound:
            found.setdefault((line.role, line.subject, kind), []).append(line)
    return iter(found.values())


def _compared(funds: Funds, one: FundingLine, other: FundingLine) -> Iterator[Relation]:
    relation = _relation(one, other)
    if relation.verdict != "inconsistent":
        yield relation
        return
    reason = funds.differ_in_kind(one, other)
    if not reason and one.table is None and one.span.passage == other.span.passage:
        reason = "同一段落内并列的金额，可能分属不同对象"
    if not reason and (_is_adjusted(funds, one) or _is_adjusted(funds, other)):
        reason = "其中一处与所列调整后预算相同，两处可能分别为年初预算与调整后预算"
    if not reason and (_agrees_beside(funds, one, other) or _agrees_beside(funds, other, one)):
        reason = "同一段落内另有相符的金额，此处可能只说其中一部分"
    if not reason and _unlike(one, other):
        reason = "两数相差悬殊，可能不是同一笔资金"
    if not reason and not misprint(one, other) and not tells_of_same(funds, one, other):
        reason = "两处没有其他相同金额相互印证，不能确定为同一笔资金"
    yield undecided(relation, reason) if reason else relation


def _unlike(one: FundingLine, other: FundingLine) -> bool:
    """Whether one amount is several times the other, and not for its point or unit: whole and part are told, or
    two things, not one wrongly (到位3,162万元，少到位88万元)."""
    small, large = sorted(line.yuan or Decimal(0) for line in (one, other))
    return (
        small > 0 and large >= _SEVERAL * small and small.normalize().as_tuple()[1] != large.normalize().as_tuple()[1]
    )


def _is_adjusted(funds: Funds, line: FundingLine) -> bool:
    """Whether an amount told merely as the budget (项目预算) is told elsewhere as the adjusted one."""
    return line.role == "budget_original" and any(
        same.role == "budget_adjusted" and (same.yuan, same.subject) == (line.yuan, line.subject)
        for same in funds.lines
    )


def _agrees_beside(funds: Funds, one: FundingLine, other: FundingLine) -> bool:
    """Whether the paragraph that prints the other amount also prints the first one, in the same role."""
    if other.table is not None:
        return False
    return any((line.role, line.yuan) == (one.role, one.yuan) for line in funds.beside(other))


def tells_of_same(funds: Funds, one: FundingLine, other: FundingLine) -> bool:
    """Whether amounts equal to these two stand in rows or sentences that tell of the same money."""

    def equals(line: FundingLine) -> list[FundingLine]:
        return [
            same for same in funds.lines if (same.role, same.subject, same.yuan) == (line.role, line.subject, line.yuan)
        ]

    return any(funds.share_an_amount(a, b) for a in equals(one) for b in equals(other))


def misprint(one: FundingLine, other: FundingLine) -> bool:
    """Whether one print looks like the other with digits swapped or one digit wrong, in the same unit."""
    left, right = (line.number.printed.replace(",", "").replace("，", "") for line in (one, other))
    if len(left) != len(right) or len(left) < _LONG or one.number.unit != other.number.unit:
        return False
    wrong = [at for at, (mine, theirs) in enumerate(zip(left, right, strict=True)) if mine != theirs]
    if len(wrong) == 1 or (len(wrong) == _EXCHANGED and sorted(left) == sorted(right)):
        return True
    # Neighbours exchanged, in more than one place (8,523.32 and 8,532.23).
    return (
        bool(wrong)
        and len(wrong) % 2 == 0
        and all(
            behind == before + 1 and left[before] == right[behind] and left[behind] == right[before]
            for before, behind in zip(wrong[::2], wrong[1::2], strict=True)
        )
    )


def _rounds(one: FundingLine, other: FundingLine) -> bool:
    """Whether the finer print of two may be what the coarser one was rounded from."""
    spans = interval(one), interval(other)
    widths = [span.high - span.low for span in spans]
    finer, coarse = (one, spans[1]) if widths[0] <= widths[1] else (other, spans[0])
    return finer.yuan is not None and spans[0].meets(spans[1]) and coarse.holds(finer.yuan)


def _relation(one: FundingLine, other: FundingLine) -> Relation:
    same = one.yuan == other.yuan
    rounds = not same and _rounds(one, other)
    gap = None if one.yuan is None or other.yuan is None else other.yuan - one.yuan
    relation = Relation(
        RULE,
        "consistent" if same else "rounding" if rounds else "inconsistent",
        (operand(one, "reported"),),
        (operand(other, "restated"),),
        formula=f"{text(one)} {'=' if same else '≈' if rounds else '≠'} {text(other)}",
        reported=text(other),
        computed=text(one),
        difference=gap,
    )
    if same or rounds or gap is None:
        return relation
    name = ROLES.get(one.role, "金额")
    return replace(
        relation,
        title=f"{name}前后不一致：{text(one)} 与 {text(other)}",
        message=f"{place(one)}“{quote(one.span, one.number.printed)}”与{place(other)}"
        f"“{quote(other.span, other.number.printed)}”对{name}的表述不一致，相差 {apart(one, other)}。",
    )


CHECK = Check(
    rule=RULE,
    name="金额前后一致",
    what="Budget, allotted, arrived, spent and recovered money is the same in every sentence and table that tells it.",
    why="Two figures for one sum of money mean that one passage was not updated.",
    formula="one amount = the other",
    tolerance="equality in 元; an amount printed in a larger unit may be the other rounded",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    agrees=(
        "资金 s1 budget_original 2.8亿元 项=预算安排；资金 s2 budget_original 28,000万元 项=预算安排",
        "资金 s1 spent 701.62万元 项=实际支出；资金 s2 spent 701.6万元 项=实际支出",
    ),
    disagrees=(
        "资金 s1 budget_original 900万元 项=预算安排；资金 s1 spent 750万元 项=实际支出；"
        "资金 s2 budget_original 900万元 项=预算安排；资金 s2 spent 735万元 项=实际支出",
    ),
    false_alarms=(
        "budget, control price, tender and contract price of one purchase",
        "money of different sources, years, batches or dates",
        "sub-projects told in the same words below headings of their own",
    ),
)
