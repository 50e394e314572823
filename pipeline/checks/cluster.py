"""Failed relations gathered by cause (按成因归并): one cluster a disputed fact, sums joined to what explains them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, product

from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.support import STATING, conflicts, place_of
from pipeline.checks.tolerance import HUNDRED, half_up

_MARKS = (".weight", ".score", ".score_rate", ".deduction")
_SIDE_ROLES = ("threshold", "witness")
_MOST_CONFLICTS = 6  # conflicting addends tried together; more are not searched


@dataclass(slots=True)
class Cluster:
    """Failed relations with one cause: indices into the report's relations, and the topics they speak of.

    attached: those of `relations` that are sums which fail only because of the others.
    """

    relations: list[int] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    attached: set[int] = field(default_factory=set)


def topic(key: str) -> str:
    """What a fact's key is about: weight, score and rate of one indicator are one topic."""
    if key.startswith("i") and key.endswith(_MARKS):
        return key.partition(".")[0] + ".marks"
    return "total.score" if key == "total.score_rate" else key


def topics_of(relation: Relation) -> set[str]:
    """The topics of a relation's operands, grade limits and witnesses left out."""
    return {topic(operand.key) for operand in relation.operands if operand.role not in _SIDE_ROLES}


def clusters(relations: tuple[Relation, ...], rules: Mapping[str, Check]) -> list[Cluster]:
    """The failed relations of one report in clusters, in order of their first relation."""
    failed = [index for index, relation in enumerate(relations) if relation.verdict == "inconsistent"]
    by_fold: dict[str, list[int]] = {"fact": [], "dependent": [], "alone": []}
    for index in failed:
        by_fold[rules[relations[index].rule].fold].append(index)
    found = _joined(relations, by_fold["fact"])
    _attach(relations, by_fold["dependent"], found)
    found.extend(_alone(relations, by_fold["alone"]))
    return sorted(found, key=lambda cluster: min(cluster.relations))


def _joined(relations: tuple[Relation, ...], failed: list[int]) -> list[Cluster]:
    """Relations that share a topic, or whose amounts stand in one sentence, joined."""
    found: list[Cluster] = []
    for index in failed:
        marks = topics_of(relations[index]) | _sentences(relations[index])
        touched = [cluster for cluster in found if cluster.topics & marks]
        merged = Cluster([index], set(marks))
        for cluster in touched:
            merged.relations.extend(cluster.relations)
            merged.topics |= cluster.topics
            found.remove(cluster)
        merged.relations.sort()
        found.append(merged)
    return found


def _sentences(relation: Relation) -> set[str]:
    """The sentence or row in which the odd amount stands: amounts copied wrongly together have one cause."""
    return {
        f"@{place_of(operand.span)}"
        for operand in relation.right
        if operand.key.startswith("money.") and operand.role == "restated"
    }


def _alone(relations: tuple[Relation, ...], failed: list[int]) -> Iterator[Cluster]:
    """One cluster for each rule and fact."""
    by_fact: dict[tuple[str, str], Cluster] = {}
    for index in failed:
        relation = relations[index]
        key = relation.right[0].key if relation.right else relation.left[0].key
        cluster = by_fact.setdefault((relation.rule, key), Cluster())
        cluster.relations.append(index)
        cluster.topics.add(key)
    yield from by_fact.values()


def _attach(relations: tuple[Relation, ...], failed: list[int], found: list[Cluster]) -> None:
    """Put each failed sum to the cluster that explains it; those that nothing explains form clusters of their own."""
    if not failed:
        return
    alternatives = {key: value for cluster in found for key, value in _alternatives(relations, cluster).items()}
    own: list[Cluster] = []
    for index in sorted(failed, key=lambda number: (len(relations[number].operands), number)):
        relation = relations[index]
        cause = explanation(relation, alternatives)
        home = next((c for c in found if cause & c.topics), None) or next(
            (c for c in own if _same_gap(relations, c, relation)), None
        )
        if home is None:
            home = Cluster()
            own.append(home)
        home.relations.append(index)
        if home in own:
            home.topics |= topics_of(relation)
        else:
            home.attached.add(index)
    for cluster in (*found, *own):
        cluster.relations.sort()
    found.extend(own)


def _same_gap(relations: tuple[Relation, ...], cluster: Cluster, relation: Relation) -> bool:
    """Two sums that fail by the same amount over shared addends have one cause."""
    if not topics_of(relation) & cluster.topics or relation.difference is None:
        return False
    gaps = {abs(gap) for index in cluster.relations if (gap := relations[index].difference) is not None}
    return abs(relation.difference) in gaps


def _alternatives(relations: tuple[Relation, ...], cluster: Cluster) -> dict[str, set[Decimal]]:
    """What the facts of a cluster are also said, or implied, to be: key -> values."""
    values: dict[str, set[Decimal]] = {}
    operands: list[Operand] = []
    for index in cluster.relations:
        relation = relations[index]
        operands.extend(relation.operands)
        for key, value in implied(relation):
            values.setdefault(key, set()).add(value)
    for key, stated in conflicts(operands).items():
        values.setdefault(key, set()).update(stated)
    return values


def implied(relation: Relation) -> Iterator[tuple[str, Decimal]]:
    """The scores and weights that a failed relation about one indicator implies: (key, value)."""
    stated = {o.key.rpartition(".")[2]: o for o in relation.operands if o.role in STATING and o.value is not None}
    score, weight, rate = (stated.get(mark) for mark in ("score", "weight", "score_rate"))
    if relation.rule == "score-rate" and score and weight and rate:
        share = (rate.value or Decimal(0)) / HUNDRED
        points, full = score.value or Decimal(0), weight.value or Decimal(0)
        yield score.key, half_up(full * share, max(-int(points.as_tuple().exponent), 2)).normalize()
        if share:
            yield weight.key, half_up(points / share * 2, 0) / 2  # weights are whole or half points
    elif relation.rule in ("full-mark", "deduction") and score and relation.difference is not None:
        yield score.key, (score.value or Decimal(0)) - relation.difference


def explanation(relation: Relation, alternatives: Mapping[str, Iterable[Decimal]]) -> set[str]:
    """The topics of the conflicting addends which, taken at another stated value, make a failed sum hold."""
    if relation.difference is None:
        return set()
    total = relation.right[0].key if relation.right else ""
    shifts: list[tuple[str, list[Decimal]]] = []
    for operand in relation.operands:
        if operand.value is None or operand.key not in alternatives:
            continue
        others = [value - operand.value for value in alternatives[operand.key] if value != operand.value]
        sign = -1 if operand.key == total else 1
        if others:
            shifts.append((operand.key, [sign * other for other in others]))
    shifts = shifts[:_MOST_CONFLICTS]
    for size in range(1, len(shifts) + 1):
        for chosen in combinations(shifts, size):
            for taken in product(*(values for _, values in chosen)):
                if sum(taken, Decimal(0)) == relation.difference:
                    return {topic(key) for key, _ in chosen}
    return set()
