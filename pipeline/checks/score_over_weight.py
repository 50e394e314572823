"""Check: a score lies between nothing and its weight (得分范围)."""

from collections import Counter
from collections.abc import Iterator, Mapping

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.prints import Print
from pipeline.checks.relate import undecided
from pipeline.checks.tolerance import written
from pipeline.checks.wording import place, quote

RULE = "score-over-weight"
_SHIFTED = 3  # scores above their weights in one table: its columns were read wrong


def _test(facts: Facts) -> Iterator[Relation]:
    found = [
        (indicator.name, row, relation)
        for indicator in facts.report.indicators
        for row in facts.prints[indicator.index]
        if (relation := _ranged(row, indicator.name)) is not None
    ]
    failed = Counter(_table(row) for _, row, relation in found if relation.verdict == "inconsistent")
    for name, row, relation in found:
        reason = _doubt(facts, name, row, failed) if relation.verdict == "inconsistent" else ""
        yield undecided(relation, reason) if reason else relation


def _table(row: Print) -> str | None:
    """The table that prints a score, None in prose."""
    return row.score.table if row.score else None


def _doubt(facts: Facts, name: str, row: Print, failed: Mapping[str | None, int]) -> str:
    """Why a score above its weight may be none, Chinese; '' if nothing says so."""
    if facts.hundred_scale or "加分" in name or "扣分" in name or (row.weight and row.weight.text.startswith("-")):
        return "得分按百分制填写或为加减分项，不适用"
    if row.score and row.weight and row.score.text.strip()[-1:] in "%％" and row.weight.text.strip()[-1:] not in "%％":
        return "所列为百分比，可能是得分率而非得分"
    if _table(row) is not None and failed[_table(row)] >= _SHIFTED:
        return "该表有多行得分高于权重，疑列错位而误读"
    return ""


def _ranged(row: Print, subject: str) -> Relation | None:
    if row.weight is None or row.score is None or row.weight.number is None or row.score.number is None:
        return None
    weight, score = row.weight.number.value, row.score.number.value
    inside, limit = 0 <= score <= weight, written(weight)
    relation = Relation(
        RULE,
        "consistent" if inside else "inconsistent",
        (Operand.of(row.key("weight"), "operand", row.weight),),
        (Operand.of(row.key("score"), "reported", row.score),),
        formula=f"0 ≤ {written(score)} ≤ {limit}",
        reported=row.score.text.strip(),
        computed=f"0–{limit}",
    )
    if inside:
        return relation
    side = f"高于权重 {limit}" if score > 0 else "为负数"
    return replace(
        relation,
        difference=score - weight if score > 0 else score,
        title=f"{subject}得分 {relation.reported} {side}",
        message=f"{place(row.score)}“{quote(row.score.span, row.score.text)}”：{subject}的得分{side}。",
    )


CHECK = Check(
    rule=RULE,
    name="得分范围",
    what="No score is negative or above the weight printed beside it.",
    why="A score above its weight inflates the total.",
    formula="0 ≤ score ≤ weight",
    tolerance="equality",
    severity="error",
    source="财预〔2020〕10号第十六条（完成指标值的，记该指标所赋全部分值）",
    test=_test,
    agrees=("评分表 决策 权重 20 得分 20", "评分表 决策 权重 20 得分 0"),
    disagrees=("评分表 决策 权重 20 得分 21",),
    false_alarms=("bonus or penalty items (加分项、扣分项)", "scores given out of a hundred and weighted afterwards"),
)
