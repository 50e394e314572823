"""Check: the budget execution rate is what was spent divided by budget or arrived money (预算执行率)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.rates import Ratio, tested

RATIO = Ratio("execution-rate", "execution_rate", "spent", ("budget_adjusted", "arrived", "budget_original"))


def _test(facts: Facts) -> Iterator[Relation]:
    return tested(facts, RATIO)


CHECK = Check(
    rule=RATIO.rule,
    name="预算执行率复算",
    what="The execution rate is the money spent divided by the base this report uses: adjusted, arrived or budget.",
    why="The rate scores points of its own and is the first number an auditor looks at.",
    formula="spent ÷ budget (or arrived) × 100 % = execution rate",
    tolerance="half-up at the printed digits, else the intervals of both amounts and of the rate must meet",
    severity="error",
    source="财预〔2020〕10号附2（预算执行率=实际支出资金÷实际到位资金×100%）",
    test=_test,
    agrees=(
        "资金 s1 budget_original 900万元；资金 s1 spent 750.5万元；资金 s1 execution_rate 83.39%",
        "资金 s1 budget_original 500万元；资金 s1 arrived 400万元；资金 s1 spent 300万元；资金 s1 execution_rate 75%",
    ),
    disagrees=("资金 s1 arrived 400.00万元；资金 s1 spent 300.00万元；资金 s1 execution_rate 85%",),
    false_alarms=(
        "a bureau's rate beside the project's",
        "several payments in one sentence",
        "money recovered counted as used",
    ),
)
