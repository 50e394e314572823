"""One finding told in full (疑点详解): formulas, intervals, witnesses, alternatives, effect, where to look."""

from collections.abc import Iterator, Sequence

from pipeline.checks.model import Finding, Operand, Relation
from pipeline.checks.registry import BY_RULE
from pipeline.checks.tolerance import written
from pipeline.checks.wording import cited

_SEVERITIES = {"decisive": "影响结论", "error": "错误", "warning": "提示", "info": "备查"}
_ROLES = {
    "reported": "报告所列",
    "restated": "另一处表述",
    "operand": "参与计算",
    "witness": "佐证",
    "target": "目标值",
    "threshold": "标准",
    "claim": "满分表述",
}


def explain(finding: Finding, relations: Sequence[Relation]) -> str:
    """The whole finding as Chinese text; `relations` are all of its report, which `finding.relations` index."""
    return "\n".join(_told(finding, [relations[index] for index in finding.relations]))


def _told(finding: Finding, failed: list[Relation]) -> Iterator[str]:
    rule = BY_RULE[finding.rule]
    yield f"【{_SEVERITIES[finding.severity]}】{finding.title}"
    yield f"编号 {finding.finding_id}，规则 {finding.rule}（{rule.name}），依据：{rule.source}"
    yield ""
    yield finding.message
    yield ""
    yield "一、复算"
    yield from _recomputed(failed)
    yield "二、原文位置"
    yield from (f"  {number + 1}. {_place(operand)}" for number, operand in enumerate(finding.evidence))
    yield "三、哪一处较可能有误"
    yield from _likelier(finding)
    yield "四、对总分和等级的影响"
    yield f"  {_effect(finding)}"
    if finding.suspect == "reading":
        yield "五、须先核对原件"
        yield from (f"  {line}" for line in _doubts(finding))


def _recomputed(failed: list[Relation]) -> Iterator[str]:
    for relation in failed:
        interval = ""
        if relation.low is not None and relation.high is not None:
            interval = f"，按印刷位数可能的范围为 {written(relation.low, 4)} 至 {written(relation.high, 4)}"
        gap = f"，相差 {written(relation.difference)}" if relation.difference else ""
        reason = f"（{relation.reason}）" if relation.reason else ""
        name = BY_RULE[relation.rule].name
        yield f"  · {name}：{relation.formula}；报告所列 {relation.reported or '—'}{gap}{interval}{reason}"


def _place(operand: Operand) -> str:
    return f"{_ROLES.get(operand.role, operand.role)} {operand.text.strip()}：{cited(operand)}"


def _likelier(finding: Finding) -> Iterator[str]:
    for text, count in finding.witnesses:
        yield f"  {text}：{count} 处佐证"
    if finding.likelier_wrong is None:
        yield "  佐证相当或不足，不能判断哪一处较可能有误，须查原始资料。"
        return
    wrong = finding.evidence[finding.likelier_wrong]
    yield f"  较可能有误的是 {wrong.text.strip()}（{cited(wrong)}）；此为推断，以原始资料为准。"


def _effect(finding: Finding) -> str:
    effect = finding.effect
    if effect is None:
        return "该处不直接计入总分，或无法推算影响。"
    grade = f"，等级为“{effect.grade}”" if effect.grade else ""
    change = "，等级因此改变" if effect.grade_changes else "，等级不变"
    return f"若取另一数值，总分为 {effect.total}{grade}{change}。"


def _doubts(finding: Finding) -> Iterator[str]:
    for operand in finding.evidence:
        confidence = operand.span.confidence
        if operand.span.origin != "text" and confidence is not None:
            how = "识别" if operand.span.origin == "ocr" else "修复"
            yield f"{cited(operand)}为{how}所得文字（可信度 {confidence:.2f}），请先核对原件“{operand.text.strip()}”。"
