"""Clusters made into findings (疑点): words, witnesses, likelier side, effect, evidence in order of place."""

import hashlib
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.cluster import Cluster, clusters, topic, topics_of
from pipeline.checks.effect import Outlook, admissible, counted_score, outlook
from pipeline.checks.facts import Facts
from pipeline.checks.localize import Candidate, Localizer, Location
from pipeline.checks.model import Check, Effect, Finding, Operand, Relation, Severity
from pipeline.checks.registry import BY_RULE, CHECKS
from pipeline.checks.support import Support
from pipeline.checks.telling import judgement, subject_of
from pipeline.checks.tolerance import written

_SEVERITIES: tuple[Severity, ...] = ("decisive", "error", "warning", "info")
_PREFERENCE = {check.rule: number for number, check in enumerate(CHECKS)}
_DOUBT = 0.9  # below this confidence of repaired or recognised text, our reading is doubted first
_WEIGHED = ("growth-rate", "component-sum")  # rules that stand alone and yet have two sides
_FORMULAS = 3  # formulas shown in one finding
_TITLES = 2  # titles of other failures named in one message


def fold(facts: Facts, relations: tuple[Relation, ...], rules: dict[str, Check] | None = None) -> tuple[Finding, ...]:
    """The findings of one report, gravest first, then by place."""
    gathered = clusters(relations, rules or BY_RULE)
    weighed = [cluster for cluster in gathered if _weighed(_failed(relations, cluster)[0])]
    localizer = Localizer(relations, Support(relations), weighed)
    stands = outlook(facts)
    causes = localizer.joined(gathered, lambda operand: subject_of(facts, operand))
    found = [_finding(facts, relations, cluster, localizer, stands) for cluster in causes]
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[int, tuple[int, int], int]:
    first = finding.evidence[0].span if finding.evidence else None
    place = (first.page or 0, first.line or 0) if first else (0, 0)
    return _SEVERITIES.index(finding.severity), place, finding.relations[0]


def _finding(
    facts: Facts, relations: tuple[Relation, ...], cluster: Cluster, localizer: Localizer, stands: Outlook | None
) -> Finding:
    failed = _failed(relations, cluster)
    main = failed[0]
    evidence = in_order(_evidence(failed))
    location, localization = Location((), None), None
    if _weighed(main):
        location, localization = localizer.locate(cluster, lambda operand: subject_of(facts, operand))
    effect, grave = _effect(facts, location, failed, stands)
    reported, expected, difference = _sides(main, location)
    return Finding(
        finding_id=_identity(facts, main, evidence),
        rule=main.rule,
        severity="decisive" if grave else main.severity,
        title=main.title,
        message=_message(main, failed, _joined(relations, cluster, main), judgement(location, localization), effect),
        formula="；".join(_formulas(failed)),
        reported=reported,
        expected=expected,
        expected_low=None if main.low is None else written(main.low),
        expected_high=None if main.high is None else written(main.high),
        difference=None if difference is None else written(difference),
        likelier_wrong=_index(evidence, location.wrong),
        witnesses=tuple((one.text, len(one.witnesses)) for one in location.candidates),
        effect=effect,
        suspect="reading" if any(doubtful(operand) for operand in evidence) else "report",
        relations=tuple(cluster.relations),
        evidence=evidence,
        localization=localization,
    )


def _failed(relations: tuple[Relation, ...], cluster: Cluster) -> list[Relation]:
    """The relations of a cluster, the one that names its finding first."""
    return sorted((relations[index] for index in cluster.relations), key=_weight)


def _weighed(main: Relation) -> bool:
    """Whether weighing values says anything: not of wording, of a target and its quotations, or of a unit."""
    if main.rule == "unit-conversion":  # one caption may be wrong for a whole table
        return False
    numeric = BY_RULE[main.rule].fold != "alone" or main.rule in _WEIGHED
    return numeric and not any(operand.key.endswith(".target") for operand in main.operands)


def _weight(relation: Relation) -> tuple[int, int]:
    return _SEVERITIES.index(relation.severity), _PREFERENCE.get(relation.rule, len(_PREFERENCE))


def _sides(main: Relation, location: Location) -> tuple[str, str, Decimal | None]:
    """Reported and expected value; turned round where the reference itself is likelier wrong."""
    wrong, right = location.wrong, location.right
    restated = main.right and main.right[0].role == "restated"
    if restated and wrong is not None and right is not None and wrong.text == main.computed:
        return main.computed, main.reported, None if main.difference is None else -main.difference
    return main.reported, main.computed, main.difference


def _formulas(failed: list[Relation]) -> list[str]:
    return list(dict.fromkeys(relation.formula for relation in failed if relation.formula))[:_FORMULAS]


def _message(
    main: Relation, failed: list[Relation], joined: list[Relation], likelier: str, effect: Effect | None
) -> str:
    parts = [main.message]
    others = len(failed) - 1
    if others > 0:
        also = dict.fromkeys(one.title for one in joined)
        told = "，包括：" + "；".join(list(also)[:_TITLES]) if also else ""
        parts.append(f"与之相关的另有 {others} 项核对不符{told}。")
    parts.append(likelier)
    if effect is not None and effect.grade_changes:
        parts.append(f"若取另一数值，总分为 {effect.total}，等级变为“{effect.grade}”。")
    return "".join(parts)


def _joined(relations: tuple[Relation, ...], cluster: Cluster, main: Relation) -> list[Relation]:
    """The failed sums of a cluster that no disputed value explains: they joined it by their common cause."""
    if _sum(main):
        return []
    own = (relations[index] for index in cluster.relations if index not in cluster.attached)
    return [relation for relation in own if _sum(relation)]


def _sum(relation: Relation) -> bool:
    return BY_RULE[relation.rule].fold == "dependent"


def _effect(
    facts: Facts, location: Location, failed: list[Relation], stands: Outlook | None
) -> tuple[Effect | None, bool]:
    """The effect of the likelier value (or, undecided, of the gravest), and whether any admissible value flips."""
    if stands is None:
        return None, False
    changes = _changes(facts, location)
    if not changes:
        return None, False
    effects = {value: stands.shifted(change) for value, change in changes}
    grave = any(effect.grade_changes for effect in effects.values())
    right = location.right
    if right is not None and right.value in effects and not grave:
        return effects[right.value], False
    chosen = next((effect for effect in effects.values() if effect.grade_changes), None)
    return chosen or next(iter(effects.values())), grave


def _changes(facts: Facts, location: Location) -> list[tuple[Decimal, Decimal]]:
    """(value, change of the total) for every admissible candidate of a disputed score that enters the total."""
    changes = []
    for one in location.candidates:
        owner, _, mark = one.key.partition(".")
        if mark != "score" or owner == "total":
            continue
        index = int(owner[1:])
        counted = counted_score(facts, index)
        disputed = sum(other.key == one.key for other in location.candidates) > 1
        if counted is not None and disputed and admissible(facts, index, one.value):
            changes.append((one.value, one.value - counted))
    return changes


def _evidence(failed: list[Relation]) -> list[Operand]:
    """The operands of all folded relations; of a sum that fails only by the dispute, its total and disputed addends."""
    disputes = [relation for relation in failed if BY_RULE[relation.rule].fold != "dependent"]
    disputed = {key for relation in disputes for key in topics_of(relation)}
    kept: list[Operand] = []
    for relation in failed:
        consequence = bool(disputes) and BY_RULE[relation.rule].fold == "dependent"
        left = [one for one in relation.left if not consequence or topic(one.key) in disputed]
        kept.extend((*left, *relation.right))
    return kept


def in_order(operands: list[Operand]) -> tuple[Operand, ...]:
    """Each operand once, sorted by page, line and cell."""
    unique: dict[tuple[object, ...], Operand] = {}
    for operand in operands:
        span = operand.span
        unique.setdefault((span.page, span.line, span.bbox, span.cell, operand.key, operand.text), operand)
    return tuple(sorted(unique.values(), key=_place))


def _place(operand: Operand) -> tuple[int, int, float, int, int]:
    span = operand.span
    cell = (span.cell.row, span.cell.column) if span.cell else (0, 0)
    return span.page or 0, span.line or 0, span.bbox[1] if span.bbox else 0.0, *cell


def _index(evidence: tuple[Operand, ...], wrong: Candidate | None) -> int | None:
    if wrong is None:
        return None
    return next(
        (n for n, operand in enumerate(evidence) if (operand.key, operand.value) == (wrong.key, wrong.value)), None
    )


def doubtful(operand: Operand) -> bool:
    """Whether our own reading of this operand is in doubt."""
    confidence = operand.span.confidence
    return operand.span.origin != "text" and confidence is not None and confidence < _DOUBT


def _identity(facts: Facts, main: Relation, evidence: tuple[Operand, ...]) -> str:
    """Stable over runs: from report, rule and places."""
    places = sorted(f"{_place(operand)}{operand.key}" for operand in evidence)
    text = "|".join([facts.report.report_id, main.rule, *places])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def blocked(relations: tuple[Relation, ...], findings: tuple[Finding, ...]) -> tuple[Relation, ...]:
    """The relations, those folded as consequences saying by which conflict they fail (blocked by)."""
    named = list(relations)
    for finding in findings:
        for index in finding.relations:
            relation = relations[index]
            if BY_RULE[relation.rule].fold == "dependent" and relation.rule != finding.rule:
                named[index] = replace(relation, reason=f"受疑点 {finding.finding_id} 所列冲突影响")
    return tuple(named)
