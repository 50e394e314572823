"""Check: the printed score rate is the score divided by the weight (得分率)."""

import re
from collections.abc import Iterator

from extractors.frozen import replace
from normalizers.numbers import parse
from normalizers.records import Mention, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.prints import Print
from pipeline.checks.relate import operands, undecided, verdict_of
from pipeline.checks.tolerance import HUNDRED, Interval, fit, quotient, written
from pipeline.checks.wording import place, quote

RULE = "score-rate"
_WEIGHT = re.compile(r"分值|权重|满分|标准分")


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator in facts.report.indicators:
        usual = facts.chosen(indicator, "weight")
        for row in facts.prints[indicator.index]:
            yield from _rated(facts, row, indicator.name, usual)
    for row in facts.total_rows:
        yield from _rated(facts, row, "总分", row.weight)


def _rated(facts: Facts, row: Print, subject: str, usual: Mention | None) -> Iterator[Relation]:
    """The relation of one print; a weight that it leaves out is taken from where the indicator's weight is given."""
    weight = row.weight or usual
    if row.rate is None or row.score is None or weight is None:
        return
    rate, score, full = row.rate.number, row.score.number, weight.number
    if rate is None or score is None or full is None or full.value <= 0:
        return
    row = row if row.weight is not None else replace(row, weight=weight)
    relation = _relation(row, as_percent(rate), score, full, subject)
    if relation.verdict == "inconsistent" and facts.hundred_scale:
        relation = undecided(relation, "得分按百分制填写，得分率口径不明")
    elif relation.verdict == "inconsistent" and _of_another_weight(facts, row, as_percent(rate), score):
        relation = undecided(relation, "同行另有一列分值（如参评分值），得分率按其计算")
    yield relation


def _of_another_weight(facts: Facts, row: Print, rate: ReportedNumber, score: ReportedNumber) -> bool:
    """Whether the row prints a second weight (参评分值, where an indicator did not apply) of which the rate is."""
    place = None if row.rate is None else row.rate.span.cell
    grid = next((g for g in facts.tables if place and g.table_id == place.table), None)
    if grid is None or place is None:
        return False
    heads = {cell.column: cell.text for cell in grid.cells if cell.row < grid.header_rows and _WEIGHT.search(cell.text)}
    cells = [cell for cell in grid.cells if cell.row == place.row and cell.column in heads]
    weights = [number.value for cell in cells if (number := parse(cell.text)) is not None and number.value > 0]
    return len(weights) > 1 and any(
        fit(rate, quotient(score.value * HUNDRED, weight)) in ("exact", "half-up") for weight in weights
    )


def as_percent(rate: ReportedNumber) -> ReportedNumber:
    """A rate as a percentage: `0.897` without sign is 89.7 %."""
    if rate.percent or rate.value > 1 or rate.digits < 2:
        return rate
    return ReportedNumber(rate.printed, rate.value * HUNDRED, rate.digits - 2, "%")


def _relation(row: Print, rate: ReportedNumber, score: ReportedNumber, full: ReportedNumber, subject: str) -> Relation:
    exact = quotient(score.value * HUNDRED, full.value)
    possible = Interval.score(score).scaled(HUNDRED).divide(Interval.exact(full.value))
    how = fit(rate, exact, possible)
    computed = written(exact, max(rate.digits, 2)) + "%"
    relation = Relation(
        RULE,
        verdict_of(how),
        operands(row, "weight", "score"),
        operands(row, "score_rate", role="reported"),
        formula=f"{written(score.value)} ÷ {written(full.value)} = {computed}",
        reported=_printed(row),
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=rate.value - exact,
        severity="info" if how == "truncation" else "error",
    )
    return relation if relation.verdict != "inconsistent" else _worded(relation, row, subject, how == "truncation")


def _printed(row: Print) -> str:
    return row.rate.text.strip() if row.rate else ""


def _worded(relation: Relation, row: Print, subject: str, cut_off: bool) -> Relation:
    if row.rate is None:
        return relation
    tail = "，系截断而非四舍五入" if cut_off else ""
    right: Operand = relation.right[0]
    return replace(
        relation,
        title=f"{subject}得分率 {relation.reported} 与得分、权重不符（应为 {relation.computed}）",
        message=f"{place(row.rate)}“{quote(right.span, right.text)}”：{relation.formula}，"
        f"报告所列得分率为 {relation.reported}{tail}。",
    )


CHECK = Check(
    rule=RULE,
    name="得分率复算",
    what="Every printed score rate equals the score divided by the weight printed with it, at every level.",
    why="A rate that does not follow from its row shows which of the three numbers was changed without the others.",
    formula="score ÷ weight × 100 % = score rate",
    tolerance="half-up at the printed digits, else the intervals of score and rate must meet; the weight is exact",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实、结果客观）",
    test=_test,
    agrees=(
        "评分表 决策 权重 20 得分 18 得分率 90.00%",
        "评分表 过程 权重 18 得分 14.50 得分率 80.56%",
        "评分表 满意度 权重 6.00 得分 5.67 得分率 94.47%",
        "评分表 资金分配合理性 权重 8.00 得分 5.00 得分率 63%",
    ),
    disagrees=(
        "正文 过程 权重 25 得分 21.37 得分率 85.40%",
        "正文 材料成本 权重 6 得分 4 得分率 66.66%",
        "评分表 资金分配合理性 权重 8.00 得分 5.00 得分率 62%",
    ),
    false_alarms=(
        "a score rounded to two decimals whose rate was taken from the unrounded score",
        "scores given out of a hundred and weighted afterwards",
        "a second column of weights, of those indicators that applied (参评分值)",
    ),
)
