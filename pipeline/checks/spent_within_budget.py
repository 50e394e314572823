"""Check: money spent and money recovered together are no more than the budget (支出与收回)."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import FundingLine
from pipeline.checks.comparable import Funds
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import in_unit, of_role, operand, place, text
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import written

RULE = "spent-within-budget"
_OTHERS = 2  # times the budget: what a table of several projects sums up
_MOST = 40  # amounts of one role; a report with more lists records
_NEAR = 100  # amounts of one paragraph that are looked at


def _test(facts: Facts) -> Iterator[Relation]:
    funds = facts.funds
    spents = [line for line in funds.lines if _whole(line) and line.role == "spent"][:_MOST]
    totals = [spent for spent in spents if spent.row_role == "total"]
    budgets = [line for line in funds.lines if line.role == "budget_original" and _whole(line)][:_MOST]
    for budget in budgets:
        near = tuple(line for line in funds.beside(budget)[:_NEAR] if funds.current(line))
        beside = {id(line) for line in near}
        yield from (_ordered(budget, spent) for spent in totals if id(spent) not in beside)
        taken = of_role(near, "recovered")
        if len(taken) == 1 and len(of_role(near, "budget_original")) == 1:
            yield from (_within(funds, budget, taken[0], spent) for spent in spents if id(spent) not in beside)


def _ordered(budget: FundingLine, spent: FundingLine) -> Relation:
    """What was spent against the budget; more than the budget may be money of other sources."""
    one, limit = spent.yuan or Decimal(0), budget.yuan or Decimal(0)
    relation = Relation(
        RULE,
        "consistent",
        (operand(budget, "operand"),),
        (operand(spent, "reported"),),
        formula=f"{text(spent)} ≤ {text(budget)}",
        reported=text(spent),
        computed=f"≤ {text(budget)}",
    )
    return relation if one <= limit else undecided(relation, "支出大于该处预算数，可能含其他来源或调整后的预算")


def _whole(line: FundingLine) -> bool:
    """Whether an amount is that of the whole project: told of it, or the total row of its form."""
    return line.yuan is not None and line.subject == "" and bool(line.item) and line.row_role in ("", "total")


def _within(funds: Funds, budget: FundingLine, taken: FundingLine, spent: FundingLine) -> Relation:
    one, two, limit = (line.yuan or Decimal(0) for line in (spent, taken, budget))
    relation = Relation(
        RULE,
        "consistent" if one + two <= limit else "inconsistent",
        (operand(budget, "operand"), operand(taken, "operand")),
        (operand(spent, "reported"),),
        formula=f"{text(spent)} + {text(taken)} {'≤' if one + two <= limit else '>'} {text(budget)}",
        reported=text(spent),
        computed=f"≤ {written(limit - two)}元",
        difference=max(one + two - limit, Decimal(0)),
    )
    if one + two <= limit:
        return relation
    reason = funds.differ_in_kind(spent, taken) if spent.table is None else ""
    if one > _OTHERS * limit:
        reason = "支出数远大于该预算，应为多个项目的合计"
    if reason:
        return undecided(relation, reason)
    return replace(
        relation,
        title=f"支出 {text(spent)} 与收回 {text(taken)} 之和超过预算 {text(budget)}",
        message=f"{place(taken)}称预算 {text(budget)}中收回 {text(taken)}，而{place(spent)}列支出 {text(spent)}，"
        f"两者之和为 {in_unit(one + two, budget)}，比预算多 {in_unit(one + two - limit, budget)}。",
    )


CHECK = Check(
    rule=RULE,
    name="支出与收回",
    what="What a form counts as spent and what the text says was taken back do not exceed the budget.",
    why="Recovered money told as executed turns half an execution into a full one.",
    formula="spent + recovered ≤ budget",
    tolerance="equality allowed",
    severity="error",
    source="财预〔2020〕10号附1（全年执行数）、第二十五条（数据真实）",
    test=_test,
    agrees=(
        "资金 s1 budget_original 900万元 项=预算；资金 s1 recovered 200万元 项=收回；"
        "资金 t1r1 spent 700万元 项=资金总额 行=total",
    ),
    disagrees=(
        "资金 s1 budget_original 300万元 项=预算；资金 s1 recovered 120万元 项=收回；"
        "资金 t1r1 spent 300万元 项=资金总额 行=total",
    ),
    false_alarms=("money recovered from another year's or another project's budget",),
)
