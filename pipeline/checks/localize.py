"""Which printed value is likelier wrong (疑误定位): the smallest change that mends all; likelier, never sure."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property

from extractors.frozen import frozen, replace
from pipeline.checks.cluster import Cluster
from pipeline.checks.laws import fitting
from pipeline.checks.model import Change, Localization, Operand, Relation, Way
from pipeline.checks.net import node_of
from pipeline.checks.smallest import Constraints, OutOfStepsError, Repair, smallest
from pipeline.checks.support import STATING, Node, Support, conflicts, place_of

_ORDER = (".score", ".weight", ".score_rate")


@frozen
class Candidate:
    """One value stated for one fact, with what speaks for it (候选值)."""

    key: str
    value: Decimal
    text: str
    witnesses: frozenset[str]


@frozen
class Location:
    """The candidates of one finding, best supported first; `wrong` is the least supported, None where tied."""

    candidates: tuple[Candidate, ...]
    wrong: Candidate | None

    @property
    def right(self) -> Candidate | None:
        """The best supported other value of the fact that is likelier wrong, or None."""
        wrong = self.wrong
        if wrong is None:
            return None
        return next((one for one in self.candidates if one.key == wrong.key and one.value != wrong.value), None)


def locate(failed: Sequence[Relation], support: Support) -> Location:
    """Count the witnesses of the disputed fact's values; without a dispute, of those that every failed relation uses.

    One value that takes part in all failed relations explains them best.
    """
    operands = [operand for relation in failed for operand in relation.operands]
    disputed = conflicts(operands)
    if disputed:
        key = min(disputed, key=_rank)
        candidates = _candidates([one for one in operands if one.key == key and one.role in STATING], support)
    else:
        candidates = _candidates(_shared(failed), support)
        if len(candidates) == 1 and len(failed) > 1:
            return Location(candidates, candidates[0])
    if len(candidates) < 2:
        return Location(candidates, None)
    last, before = candidates[-1], candidates[-2]
    tied = len(last.witnesses) == len(before.witnesses)
    return Location(candidates, None if tied else last)


def _shared(failed: Sequence[Relation]) -> list[Operand]:
    """The stated values that take part in every failed relation."""
    stated = [{(o.key, o.value) for o in relation.operands if o.role in STATING} for relation in failed]
    common = set.intersection(*stated) if stated else set()
    return [o for o in failed[0].operands if (o.key, o.value) in common and o.value is not None]


def _rank(key: str) -> tuple[int, str]:
    return next((rank for rank, end in enumerate(_ORDER) if key.endswith(end)), len(_ORDER)), key


def _candidates(stated: list[Operand], support: Support) -> tuple[Candidate, ...]:
    found: dict[tuple[str, Decimal], Candidate] = {}
    for operand in stated:
        if operand.value is not None:
            witnesses = support.of(operand.key, operand.value)
            found.setdefault(
                (operand.key, operand.value),
                Candidate(operand.key, operand.value, operand.text.strip(), witnesses),
            )
    return tuple(sorted(found.values(), key=lambda one: (-len(one.witnesses), one.key, one.value)))


_MOST_WAYS = 4  # alternatives named
_FAR = 2  # times as dear as the best: other ways are not looked for beyond
_DIGITS = 100  # cost of one place whose text is certain


class Places:
    """The places that print each stated value (印处); of its own, so that what searches by cost holds no Localizer."""

    def __init__(self, support: Support) -> None:
        """`support`: knows where each value takes part."""
        self._support = support
        self._costs: dict[Node, int] = {}

    def of(self, node: Node) -> tuple[Operand, ...]:
        """What prints a value, once for each place, in order of relations."""
        spans: dict[int, Operand] = {}  # most relations of a value take it from one and the same mention
        for _, operand in self._support.parts(node):
            spans.setdefault(id(operand.span), operand)
        found: dict[str, Operand] = {}
        for operand in spans.values():
            found.setdefault(place_of(operand.span), operand)
        return tuple(found.values())

    def cost(self, node: Node) -> int:
        """Places that print a value, in hundredths, doubtful text counted for less."""
        known = self._costs.get(node)
        if known is None:
            certain = [max(int(_DIGITS * (one.span.confidence or 1)), 1) for one in self.of(node)]
            known = self._costs[node] = sum(certain) or _DIGITS
        return known


class Localizer:
    """Finds the likelier error of each cluster of failed relations (疑误定位).

    In the manner of Fellegi and Holt: the smallest set of stated values, each weighed by the places that print it,
    whose change makes every relation of the component hold, those included that hold as printed.
    """

    def __init__(self, relations: tuple[Relation, ...], support: Support, clusters: Sequence[Cluster]) -> None:
        """Take all relations of a report, and the clusters of failed ones that are to be weighed."""
        self._relations, self._support, self._places = relations, support, Places(support)
        self._components = _components(relations, clusters)
        self._located: dict[tuple[int, ...], tuple[Location, Localization]] = {}
        self._repairs: dict[tuple[int, ...], Repair | None] = {}

    @cached_property
    def _disputed(self) -> frozenset[Node]:
        """Every value that takes part in a failed relation."""
        failed = [self._relations[index] for index in self._components]
        return frozenset(node_of(operand) for relation in failed for operand in relation.operands)

    @cached_property
    def _constraints(self) -> Constraints:
        return Constraints(self._support, self._places.cost)

    def locate(self, cluster: Cluster, subject: Callable[[Operand], str]) -> tuple[Location, Localization]:
        """Which value of this cluster is likelier wrong, and what that rests on. subject: names what is stated.

        What the other clusters of its component change anyway is taken as changed: each answers for its own facts.
        """
        indices = tuple(cluster.relations)
        if indices not in self._located:
            self._located[indices] = self._locate(cluster, subject)
        return self._located[indices]

    def _locate(self, cluster: Cluster, subject: Callable[[Operand], str]) -> tuple[Location, Localization]:
        counted = locate([self._relations[index] for index in cluster.relations], self._support)
        best, failed = self._best(tuple(cluster.relations))
        if best is None:
            return counted, Localization("witness-count")
        own = [self._relations[index] for index in cluster.relations if index not in cluster.attached]
        here = {node_of(operand) for relation in own for operand in relation.operands}
        elsewhere = frozenset(node for node in best.nodes - here if node in self._disputed)
        mine = self._smallest(failed, freed=elsewhere)[0] if elsewhere else best
        if mine is None or not mine.nodes:
            return replace(counted, wrong=None), Localization("witness-count")
        others, certain = self._others(mine, failed, elsewhere)
        near = sum(_near(one.cost, mine.cost) for one in others)
        wrong = _named([node for node in certain if node in here], counted)
        location = replace(counted, wrong=wrong if wrong is None else self._candidate(wrong))
        ways = tuple(self._way(one, subject) for one in others[:_MOST_WAYS])
        return location, Localization("smallest-change", self._way(mine, subject), ways, min(near, len(ways)))

    def joined(self, gathered: Sequence[Cluster], subject: Callable[[Operand], str]) -> list[Cluster]:
        """The clusters, those of which one and the same value is likelier wrong made into one: they have one cause."""
        parts: dict[object, list[Cluster]] = {}
        for number, cluster in enumerate(gathered):
            weighed = cluster.relations[0] in self._components
            wrong = self.locate(cluster, subject)[0].wrong if weighed else None
            parts.setdefault(number if wrong is None else (wrong.key, wrong.value), []).append(cluster)
        return [one[0] if len(one) == 1 else _union(one) for one in parts.values()]

    def _best(self, indices: tuple[int, ...]) -> tuple[Repair | None, tuple[Relation, ...]]:
        """The smallest repair of the component of a cluster, or else of the cluster alone; None where given up."""
        for chosen in dict.fromkeys((self._components[indices[0]], indices)):
            failed = tuple(self._relations[index] for index in chosen)
            if chosen not in self._repairs:
                self._repairs[chosen] = self._smallest(failed)[0]
            if self._repairs[chosen] is not None:
                return self._repairs[chosen], failed
        return None, ()

    def _smallest(
        self,
        failed: Sequence[Relation],
        kept: frozenset[Node] = frozenset(),
        freed: frozenset[Node] = frozenset(),
        most: int | None = None,
    ) -> tuple[Repair | None, int | None]:
        """The smallest repair, and what any costs at least; None, None where nothing mends the relations."""
        try:
            found = smallest(failed, self._constraints, kept=kept, freed=freed, most=most)
        except OutOfStepsError as given_up:
            return None, given_up.least
        return found, None if found is None else found.cost

    def _others(
        self, mine: Repair, failed: Sequence[Relation], freed: frozenset[Node]
    ) -> tuple[list[Repair], list[Node]]:
        """Repairs that leave one of my values as printed, and the values without which no repair is nearly as cheap.

        Each of my values is kept in turn; then, while that gives ways nearly as cheap, one value of each way.
        """
        found: list[Repair] = []
        certain: list[Node] = []
        for node in sorted(mine.nodes, key=str):
            other, least = self._smallest(failed, frozenset({node}), freed, _FAR * mine.cost)
            if least is None or not _near(least, mine.cost):
                certain.append(node)
            if other is not None and other not in found:
                found.append(other)
        kept = mine.nodes - set(certain)
        while kept and found and len(found) < _MOST_WAYS:
            kept |= frozenset(sorted(found[-1].nodes - mine.nodes, key=str)[:1])
            other, _ = self._smallest(failed, kept, freed, _FAR * mine.cost)
            if other is None or other in found or not _near(other.cost, mine.cost):
                break
            found.append(other)
        return sorted(found, key=lambda one: (one.cost, len(one.nodes))), certain

    def _way(self, repair: Repair, subject: Callable[[Operand], str]) -> Way:
        changes = []
        for node in sorted(repair.nodes, key=lambda node: (self._places.cost(node), str(node))):
            operands = self._places.of(node)
            allowed = repair.domains.get(node)
            if operands:
                fits = "" if allowed is None or node[1] is None else fitting(operands[0], allowed)
                changes.append(Change(subject(operands[0]), operands, fits))
        return Way(sum(len(change.operands) for change in changes), tuple(changes))

    def _candidate(self, node: Node) -> Candidate:
        key, value = node
        text = self._places.of(node)[0].text.strip()
        return Candidate(key, value or Decimal(0), text, self._support.of(key, value or Decimal(0)))


def _near(other: int, best: int) -> bool:
    """Whether a way is as cheap as the best or nearly so: at most half as dear again."""
    return other * 2 <= best * 3


def _components(relations: tuple[Relation, ...], clusters: Sequence[Cluster]) -> dict[int, tuple[int, ...]]:
    """Each failed relation with all those that it is connected with by values that take part in failed ones."""
    parts: list[tuple[set[Node], list[int]]] = []
    for cluster in clusters:
        nodes = {node_of(operand) for index in cluster.relations for operand in relations[index].operands}
        members = list(cluster.relations)
        for part in [part for part in parts if part[0] & nodes]:
            parts.remove(part)
            nodes |= part[0]
            members += part[1]
        parts.append((nodes, members))
    return {index: tuple(sorted(members)) for _, members in parts for index in members}


def _union(clusters: Sequence[Cluster]) -> Cluster:
    """Several clusters as one."""
    return Cluster(
        sorted(index for cluster in clusters for index in cluster.relations),
        set[str]().union(*(cluster.topics for cluster in clusters)),
        set[int]().union(*(cluster.attached for cluster in clusters)),
    )


def _named(certain: Sequence[Node], counted: Location) -> Node | None:
    """The value to be called likelier wrong: of the disputed fact before others; a claim in words is never named."""
    stated = [node for node in certain if node[1] is not None]
    disputed = [one.key for one in counted.candidates]
    return min(stated, key=lambda node: (node[0] not in disputed, _rank(node[0]), str(node)), default=None)
