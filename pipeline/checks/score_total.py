"""Check: scores add up to the report's total score (总分)."""

from collections.abc import Iterator

from normalizers.records import Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.prints import row_print
from pipeline.checks.relate import added
from pipeline.checks.sums import judged, up_to_total, without_execution

RULE = "score-total"


def _test(facts: Facts) -> Iterator[Relation]:
    for found in up_to_total(facts, "score", facts.totals):
        yield judged(facts, without_execution(facts, found) if facts.execution_apart else found, RULE)
    yield from _apart(facts)


def _apart(facts: Facts) -> Iterator[Relation]:
    """The tables of other ratings (forms of single projects), each by itself, where its weights make up its own."""
    closing = (row for row in facts.report.rows.indicators if row.row_role == "total")
    for row in (row for row in closing if row.table_id in facts.tables_apart):
        total = row_print(row, None)
        weights, scores = (_lowest(facts, row.table_id, mark) for mark in ("weight", "score"))
        if total is None or total.weight is None or total.score is None or total.weight.number is None:
            continue
        if total.score.number is None or total.score.number.percent:
            continue
        whole = sum(mention.number.value for _, mention in weights if mention.number is not None)
        if len(scores) == len(weights) and whole == total.weight.number.value:
            yield added(RULE, scores, f"{row.table_id}.score", total.score, subject="该表各项得分")


def _lowest(facts: Facts, table: str, mark: str) -> list[tuple[str, Mention]]:
    """What a table prints of a mark for each of its lowest indicators, with the key of the fact."""
    parents = {one.parent for one in facts.report.indicators}
    return [
        (f"i{one.index}.{mark}", mention)
        for one in facts.report.indicators
        if one.index not in parents
        for mention in one.mentions
        if mention.table == table and mention.field == mark and mention.number and not mention.number.percent
    ]


CHECK = Check(
    rule=RULE,
    name="总分复算",
    what="The scores of the first level, and those of the lowest level, add up to the total of table and report.",
    why="The total decides the grade.",
    formula="Σ scores = total score",
    tolerance="equality; a total printed with fewer decimals may be the rounded sum",
    severity="error",
    source="财预〔2020〕10号第十六条（总分由各项指标得分汇总形成）",
    test=_test,
    fold="dependent",
    agrees=(
        "评分表 决策 权重 20 得分 18；评分表 产出 权重 80 得分 70.5；评分表 合计 权重 100 得分 88.5",
        "评分表 决策 权重 20 得分 18.04；评分表 产出 权重 80 得分 70.5；正文 总分 得分 88.5",
    ),
    disagrees=("评分表 决策 权重 20 得分 18；评分表 产出 权重 80 得分 70.5；评分表 合计 权重 100 得分 89.5",),
    false_alarms=(
        "the score that the spender gave itself, quoted in an external evaluation",
        "a total of another rating (contract review, satisfaction survey)",
    ),
)
