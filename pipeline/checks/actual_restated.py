"""Check: two tables that print one indicator's actual value print the same (表间实际值)."""

from collections.abc import Iterator
from itertools import combinations

from extractors.frozen import replace
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.quantities import number_in, same_unit, unit_of
from pipeline.checks.relate import holds, restated, undecided
from pipeline.checks.tolerance import restates

RULE = "actual-restated"
_ENOUGH = 2  # other indicators on which two tables agree: then they state one state of things
Pair = tuple[str, str]


def _test(facts: Facts) -> Iterator[Relation]:
    found: list[tuple[Pair, Relation]] = []
    for indicator in facts.report.indicators if "actual" in facts.fields else ():
        values = _by_table(indicator)
        for one, other in combinations(sorted(values), 2):
            relation = _compared(indicator, values[one], values[other])
            if relation is not None:
                found.append(((one, other), relation))
    for tables, relation in found:
        agreeing = sum(pair == tables and holds(other) for pair, other in found)
        if relation.verdict == "inconsistent" and agreeing < _ENOUGH:
            yield undecided(relation, "两表其余指标不能相互印证，可能为不同时点或不同范围")
        else:
            yield relation


def _by_table(indicator: Indicator) -> dict[str, Mention]:
    """Table -> the one actual value that it prints of the indicator; tables that print several are left out."""
    found: dict[str, list[Mention]] = {}
    for mention in indicator.all("actual"):
        if mention.table is not None and mention.span.cell is not None:
            found.setdefault(mention.table, []).append(mention)
    return {table: mentions[0] for table, mentions in found.items() if len({m.text for m in mentions}) == 1}


def _compared(indicator: Indicator, one: Mention, other: Mention) -> Relation | None:
    """The two values, where both are plain quantities of one unit."""
    left, right = number_in(one), number_in(other)
    if left is None or right is None or left.bound or right.bound:
        return None
    if same_unit(unit_of(left, indicator.name), unit_of(right, indicator.name)) is not True:
        return None
    key = f"i{indicator.index}.actual"
    relation = restated(RULE, key, one, other, how=restates(left, right), subject=f"“{indicator.name}”")
    return replace(relation, difference=right.value - left.value, severity="warning")


CHECK = Check(
    rule=RULE,
    name="表间实际值",
    what="Two tables that print an indicator's actual value print the same.",
    why="Form and annex are filled from one source; where they differ, one was not updated.",
    formula="actual here = actual there",
    tolerance="half-up to the shorter print; one unit; the tables must agree on two other indicators",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    agrees=("自评表 修渠里程 目标 ≥30公里 实际 32公里；附表 修渠里程 目标 ≥30公里 实际 32公里",),
    disagrees=(
        "自评表 修渠里程 目标 ≥30公里 实际 32公里；自评表 建桥数 目标 ≥4座 实际 5座；"
        "自评表 受益户数 目标 ≥90户 实际 96户；附表 修渠里程 目标 ≥30公里 实际 23公里；"
        "附表 建桥数 目标 ≥4座 实际 5座；附表 受益户数 目标 ≥90户 实际 96户",
    ),
    false_alarms=("tables of different years or of a part of the project", "a target's table with interim values"),
)
