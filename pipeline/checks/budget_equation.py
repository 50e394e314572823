"""Check: budget less money recovered is what was allotted (预算 − 收回 = 下达)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import of_role, operand, place, text
from pipeline.checks.rates import wholes
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote

RULE = "budget-equation"
_ADDED = re.compile(r"追加|调增|增加|补充下达|新增")


def _test(facts: Facts) -> Iterator[Relation]:
    for taken in (line for line in facts.funds.lines if line.role == "recovered" and line.yuan is not None):
        near = tuple(line for line in facts.funds.beside(taken) if facts.funds.current(line))
        here = tuple(line for line in near if line.group == taken.group)
        whole = tuple(line for line in wholes(facts, near) if line.subject == "")
        budgets = _distinct(here, "budget_original") or _distinct(whole, "budget_original")
        given = _distinct(here, "budget_adjusted") or _distinct(whole, "budget_adjusted")
        arrived, spent = _distinct(near, "arrived"), _distinct(near, "spent")
        if budgets and given:
            ways = [_equation(budget, taken, one) for budget in budgets for one in given if _covers(budget, one)]
            if not ways:
                continue
            best = min(ways, key=lambda relation: abs(relation.difference or Decimal(0)))
            clear = len(ways) == 1 and len(_distinct(near, "recovered")) == 1
            added = any(_ADDED.search(line.span.quote) for line in near)
            failed = best.verdict == "inconsistent"
            reason = "年中另有追加或调增" if added else "" if clear else "同一段列有多笔金额，对应关系不能确定"
            yield undecided(best, reason) if failed and reason else best
        elif len(spent) == 1 and arrived:
            yield _used(spent[0], taken, arrived[0])


def _covers(budget: FundingLine, given: FundingLine) -> bool:
    """Whether a budget may be what the given money was left of; a smaller one is that of a part (县本级预算)."""
    return (budget.yuan or Decimal(0)) >= (given.yuan or Decimal(0))


def _distinct(lines: tuple[FundingLine, ...], role: str) -> list[FundingLine]:
    """The amounts of one role, each value once."""
    return list({line.yuan: line for line in reversed(of_role(lines, role))}.values())[::-1]


def _used(spent: FundingLine, taken: FundingLine, arrived: FundingLine) -> Relation:
    """Arrived money spent or taken back without rest; where a rest is left, nothing is said about it."""
    total = (spent.yuan or Decimal(0)) + (taken.yuan or Decimal(0))
    unit = (arrived.yuan or Decimal(1)) / (arrived.number.value or Decimal(1))
    relation = Relation(
        RULE,
        "consistent",
        (operand(spent, "operand"), operand(taken, "operand")),
        (operand(arrived, "reported"),),
        formula=f"{text(spent)} + {text(taken)} = {written(total / unit)}{arrived.number.unit}",
        reported=text(arrived),
        computed=written(total / unit) + arrived.number.unit,
    )
    return relation if total == arrived.yuan else undecided(relation, "是否有结余未说明，不能判断")


def _equation(budget: FundingLine, taken: FundingLine, given: FundingLine) -> Relation:
    left = (budget.yuan or Decimal(0)) - (taken.yuan or Decimal(0))
    gap = (given.yuan or Decimal(0)) - left
    unit = (given.yuan or Decimal(1)) / (given.number.value or Decimal(1))
    computed = written(left / unit) + given.number.unit
    relation = Relation(
        RULE,
        "inconsistent" if gap else "consistent",
        (operand(budget, "operand"), operand(taken, "operand")),
        (operand(given, "reported"),),
        formula=f"{text(budget)} − {text(taken)} = {computed}",
        reported=text(given),
        computed=computed,
        difference=gap,
    )
    if not gap:
        return relation
    return replace(
        relation,
        title=f"预算减收回不等于下达：应为 {computed}，列示 {text(given)}",
        message=f"{place(given)}“{quote(given.span, given.number.printed)}”：{relation.formula}，"
        f"报告所列下达数为 {text(given)}，相差 {written(abs(gap) / unit)}{given.number.unit}。",
    )


CHECK = Check(
    rule=RULE,
    name="预算调整等式",
    what="In one statement the budget less the money recovered is the money allotted.",
    why="The allotted money is the base of every later rate.",
    formula="budget − recovered = allotted",
    tolerance="equality",
    severity="error",
    source="财预〔2020〕10号附2（预算资金、实际到位资金的解释）",
    test=_test,
    agrees=("资金 s1 budget_original 900.00万元；资金 s1 recovered 120.5万元；资金 s1 budget_adjusted 779.50万元",),
    disagrees=("资金 s1 budget_original 900.00万元；资金 s1 recovered 120.5万元；资金 s1 budget_adjusted 789.50万元",),
    false_alarms=("money recovered from what had been allotted before", "several budgets in one sentence"),
)
