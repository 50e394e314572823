"""Check: weights follow the regulation's pattern: 10/50/30/10 in forms, 产出 and 效益 at least 60 % (权重结构)."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.tolerance import HUNDRED, written

RULE = "template-weights"
_FORM = (("执行", Decimal(10)), ("产出", Decimal(50)), ("效益", Decimal(30)), ("满意", Decimal(10)))
_RESULTS = ("产出", "效益", "效果", "绩效", "满意")
_LEAST = Decimal(60)  # per cent


def _test(facts: Facts) -> Iterator[Relation]:
    roots = [
        (one, weight) for one in facts.tree.indicators if one.level == 1 and (weight := facts.chosen(one, "weight"))
    ]
    if len(roots) < 2 or facts.hundred_scale or facts.full_marks <= 0:
        return
    if facts.report.kind == "self_evaluation":
        yield from _execution_share(facts, roots)
        if len(roots) == len(_FORM):
            yield _pattern(roots)
    elif facts.report.kind == "external_evaluation":
        yield _result_share(facts, roots)


def _execution_share(facts: Facts, roots: list[tuple[Indicator, Mention]]) -> Iterator[Relation]:
    """The row of the execution rate weighs a tenth of the form; more than half is no weighting at all."""
    total = next((mention for mention in facts.total_weights if mention.number), None)
    for one, weight in roots:
        if one.index in facts.execution_rows and weight.number is not None and total is not None:
            share = weight.number.value / facts.full_marks * HUNDRED
            if share > 50:
                yield _odd_execution(one, weight, total, share)


def _odd_execution(one: Indicator, weight: Mention, total: Mention, share: Decimal) -> Relation:
    return Relation(
        RULE,
        "inconsistent",
        (Operand.of(f"i{one.index}.weight", "operand", weight),),
        (Operand.of("total.weight", "threshold", total),),
        formula=f"{weight.text.strip()} ÷ {total.text.strip()} = {written(share)}%",
        reported=weight.text.strip(),
        computed="10",
        title=f"自评表预算执行率分值为 {weight.text.strip()}，不合标准分值结构",
        message=f"自评表预算执行率一行分值为 {weight.text.strip()}（总分 {total.text.strip()}）；"
        "按财预〔2020〕10号第十三条，预算执行率 10 分、产出 50 分、效益 30 分、满意度 10 分。",
        severity="warning",
    )


def _pattern(roots: list[tuple[Indicator, Mention]]) -> Relation:
    wanted = dict(_FORM)
    values = {
        word: weight.number.value
        for one, weight in roots
        for word in wanted
        if word in one.name and weight.number is not None
    }
    same = values == wanted
    relation = Relation(
        RULE,
        "consistent" if same else "indeterminate",
        tuple(Operand.of(f"i{one.index}.weight", "operand", weight) for one, weight in roots),
        (),
        formula="预算执行率 10、产出 50、效益 30、满意度 10",
        reported="、".join(f"{one.name} {weight.text.strip()}" for one, weight in roots),
        computed="10/50/30/10",
        severity="info",
    )
    return relation if same else replace(relation, reason="如有特殊情况，一级指标权重可作适当调整")


def _result_share(facts: Facts, roots: list[tuple[Indicator, Mention]]) -> Relation:
    results = [(one, weight) for one, weight in roots if any(word in one.name for word in _RESULTS)]
    total = next((mention for mention in facts.total_weights if mention.number), None)
    share = sum((w.number.value for _, w in results if w.number), Decimal(0)) / facts.full_marks * HUNDRED
    enough = share >= _LEAST
    return Relation(
        RULE,
        "consistent" if enough else "indeterminate",
        tuple(Operand.of(f"i{one.index}.weight", "operand", weight) for one, weight in results),
        () if total is None else (Operand.of("total.weight", "threshold", total),),
        formula=f"产出、效益权重合计 {written(share)}% {'≥' if enough else '<'} 60%",
        reported=f"{written(share)}%",
        computed="60%",
        reason="" if enough else "产出、效益权重低于 60%；文件规定为“原则上”，须结合实施阶段判断",
        severity="info",
    )


CHECK = Check(
    rule=RULE,
    name="权重结构",
    what="Forms weigh execution 10, output 50, benefit 30, satisfaction 10; evaluations output and benefit 60 %.",
    why="The regulation binds what the total may reward.",
    formula="10 + 50 + 30 + 10; (output + benefit) ÷ total ≥ 60 %",
    tolerance="deviations are undecided, as the regulation says 原则上; an execution row above half the total is told",
    severity="warning",
    source="财预〔2020〕10号第十三条、第十四条",
    test=_test,
    fold="alone",
    agrees=(
        "类别 self_evaluation；自评表 预算执行率 权重 10；自评表 产出指标 权重 50；自评表 效益指标 权重 30；"
        "自评表 满意度指标 权重 10",
        "评分表 决策 权重 15；评分表 过程 权重 25；评分表 产出 权重 30；评分表 效益 权重 30；评分表 合计 权重 100",
    ),
    disagrees=("类别 self_evaluation；自评表 预算执行率 权重 100；自评表 产出指标 权重 100；自评表 合计 权重 100",),
    false_alarms=("local forms with other weights",),
)
