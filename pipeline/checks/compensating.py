"""Check: a telling whose total is right does not hide parts that are wrong (相互抵消的差错)."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import Mention
from pipeline.checks.effect import counted_score
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.tolerance import written
from pipeline.checks.tree import Parts
from pipeline.checks.wording import where

RULE = "compensating-errors"


def _test(facts: Facts) -> Iterator[Relation]:
    total = next((mention for mention in facts.totals), None)
    if total is None or total.number is None or facts.hundred_scale:
        return
    for voice in facts.tree.voices:
        parts = facts.tree.cover(voice, "score", None, lowest=True)
        if parts is None or sum(m.number.value for _, m in parts if m.number) != total.number.value:
            continue
        off = [(index, mention, gap) for index, mention in parts if (gap := _gap(facts, index, mention))]
        if len(off) != 1:  # where one score differs and the total holds, it is the other place that is off
            yield _relation(facts, total, off, parts)


def _gap(facts: Facts, index: int, mention: Mention) -> Decimal:
    """How far this telling's score is from the one that enters the total; 0 where that is not known."""
    counted = counted_score(facts, index)
    return Decimal(0) if counted is None or mention.number is None else mention.number.value - counted


def _relation(facts: Facts, total: Mention, off: list[tuple[int, Mention, Decimal]], parts: Parts) -> Relation:
    stated = [(f"i{index}.score", mention) for index, mention, _ in off] or [
        (f"i{index}.score", mention) for index, mention in parts
    ]
    steps = " ".join(f"{'+' if gap > 0 else '−'} {written(abs(gap))}" for _, _, gap in off)
    relation = Relation(
        RULE,
        "inconsistent" if off else "consistent",
        tuple(Operand.of(key, "operand", mention) for key, mention in stated),
        (Operand.of("total.compensated", "reported", total),),
        formula=f"{steps or '无差异'} = 0",
        reported=total.text.strip(),
        computed=total.text.strip(),
        severity="warning",
    )
    if not off:
        return relation
    listed = "、".join(
        f"“{facts.report.indicators[index].name}”{where(mention.span)}相差 {written(gap)} 分"
        for index, mention, gap in off
    )
    return replace(
        relation,
        title=f"{len(off)} 项得分与计入总分的数值不同，但差额相互抵消，总分仍相符",
        message=f"{listed}与计入总分的得分不同，差额合计为 0，仅核对总分不能发现。",
    )


CHECK = Check(
    rule=RULE,
    name="相互抵消的差错",
    what="Where one telling's scores add up to the total, they are the scores that entered it.",
    why="Errors that cancel out are invisible to whoever checks the total only.",
    formula="Σ (score here − score counted) = 0 with every difference 0",
    tolerance="equality",
    severity="warning",
    source="财预〔2020〕10号第十六条（总分由各项指标得分汇总形成）",
    test=_test,
    fold="alone",
    agrees=("评分表 甲 权重 50 得分 45；评分表 乙 权重 50 得分 46；评分表 合计 得分 91",),
    disagrees=(
        "评分表 甲 权重 50 得分 45；评分表 乙 权重 50 得分 46；评分表 合计 得分 91；正文 甲 得分 44；正文 乙 得分 47",
    ),
    false_alarms=("a telling that prints scores out of a hundred",),
)
