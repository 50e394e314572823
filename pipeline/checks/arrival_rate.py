"""Check: the arrival rate is what arrived divided by what was budgeted (资金到位率)."""

from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.rates import Ratio, tested

RATIO = Ratio("arrival-rate", "arrival_rate", "arrived", ("budget_adjusted", "budget_original"))


def _test(facts: Facts) -> Iterator[Relation]:
    return tested(facts, RATIO)


CHECK = Check(
    rule=RATIO.rule,
    name="资金到位率复算",
    what="The arrival rate is the money arrived divided by the money budgeted.",
    why="The rate scores points of its own.",
    formula="arrived ÷ budget × 100 % = arrival rate",
    tolerance="half-up at the printed digits, else the intervals of both amounts and of the rate must meet",
    severity="error",
    source="财预〔2020〕10号附2（资金到位率=实际到位资金÷预算资金×100%）",
    test=_test,
    agrees=("资金 s1 budget_original 2.8亿元；资金 s1 arrived 2.6亿元；资金 s1 arrival_rate 92.86%",),
    disagrees=("资金 s1 budget_original 2.80亿元；资金 s1 arrived 2.60亿元；资金 s1 arrival_rate 98.2%",),
    false_alarms=("an average over several bodies", "money of several years against one year's budget"),
)
