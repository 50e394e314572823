"""Check: the score of the budget's execution follows from the execution rate (执行率得分)."""

from collections.abc import Iterator

from extractors.frozen import replace
from normalizers.records import FundingLine, Indicator, Mention, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.money import operand, place, text
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.score_rate import as_percent
from pipeline.checks.tolerance import HUNDRED, Interval, fit, quotient, written
from pipeline.checks.wording import place as place_of_mention

RULE = "execution-score"


def _test(facts: Facts) -> Iterator[Relation]:
    rates = [line for line in facts.funds.lines if line.role == "execution_rate" and not line.number.bound]
    for indicator in facts.report.indicators:
        if "执行率" in indicator.name or indicator.index in facts.execution_rows:
            yield from _scored(facts, indicator, rates)


def _scored(facts: Facts, indicator: Indicator, rates: list[FundingLine]) -> Iterator[Relation]:
    """The score against the project's own rates; only a form's row must follow from them."""
    weight, score = facts.chosen(indicator, "weight"), facts.chosen(indicator, "score")
    if weight is None or score is None or weight.number is None or score.number is None:
        return
    general = [line for line in rates if line.row_role in ("", "total") and line.subject == ""]
    chosen = general if indicator.index in facts.execution_rows and facts.report.kind == "self_evaluation" else rates
    for rate in chosen:
        relation = _relation(indicator, (weight, score), rate, weight.number, score.number)
        if holds(relation):
            yield relation
        elif indicator.index in facts.execution_rows and facts.report.kind == "self_evaluation":
            own = rate.row_role == "total" and (rate.table == score.table or not _has_own_rate(chosen, score))
            reason = "" if own else "该比率的口径可能与自评表不同"
            if not reason and _follows_from_its_row(indicator, weight.number, score.number):
                reason = "得分与该行所列实际值相符"
            yield undecided(relation, reason) if reason else relation


def _follows_from_its_row(indicator: Indicator, weight: ReportedNumber, score: ReportedNumber) -> bool:
    """Whether the rate that the indicator's own row prints gives the score: that of one project among several."""
    actual = indicator.get("actual")
    rate = None if actual is None else actual.number
    if rate is None or not rate.percent:
        return False
    exact = quotient(weight.value * min(rate.value, HUNDRED), HUNDRED)
    return fit(score, exact, Interval.printed(rate).scaled(weight.value / HUNDRED)) in ("exact", "half-up", "interval")


def _has_own_rate(rates: list[FundingLine], score: Mention) -> bool:
    """Whether the table that prints the score prints a rate of its own, from which the score is to follow."""
    return score.table is not None and any(rate.table == score.table for rate in rates)


def _relation(
    indicator: Indicator,
    marks: tuple[Mention, Mention],
    rate: FundingLine,
    weight: ReportedNumber,
    score: ReportedNumber,
) -> Relation:
    share = as_percent(rate.number)
    full = min(share.value, HUNDRED)
    exact = quotient(weight.value * full, HUNDRED)
    possible = Interval.printed(share).scaled(weight.value / HUNDRED)
    how = fit(score, exact, possible)
    relation = Relation(
        RULE,
        verdict_of(how),
        (Operand.of(f"i{indicator.index}.weight", "operand", marks[0]), operand(rate, "operand")),
        (Operand.of(f"i{indicator.index}.score", "reported", marks[1]),),
        formula=f"{written(weight.value)} × {text(rate)} = {written(exact, max(score.digits, 2))}",
        reported=marks[1].text.strip(),
        computed=written(exact, max(score.digits, 2)),
        low=possible.low,
        high=possible.high,
        difference=score.value - exact,
        severity="warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"预算执行率得分 {relation.reported} 与执行率 {text(rate)} 不符（应为 {relation.computed}）",
        message=f"{place(rate)}执行率为 {text(rate)}，分值 {written(weight.value)}，{relation.formula}，"
        f"而{place_of_mention(marks[1])}得分为 {relation.reported}。",
    )


CHECK = Check(
    rule=RULE,
    name="执行率得分",
    what="In a self-evaluation form the score of the execution row is the rate times its weight, at most the weight.",
    why="The row is the only one whose score the form itself fixes.",
    formula="weight × min(rate, 100 %) = score",
    tolerance="half-up at the printed digits, else the interval of the rate",
    severity="warning",
    source="财预〔2020〕10号第十三条（预算执行率 10%）、附1",
    test=_test,
    agrees=(
        "类别 self_evaluation；自评表 预算执行率 权重 10 得分 8.5；资金 t1r1 execution_rate 85% 行=total",
        "评分表 过程/预算执行率 权重 5 得分 4.25；资金 s1 execution_rate 85%",
    ),
    disagrees=("类别 self_evaluation；自评表 预算执行率 权重 10 得分 10；资金 t1r1 execution_rate 85% 行=total",),
    false_alarms=("banded scoring of the rate in external evaluations", "rates of another body or date"),
)
