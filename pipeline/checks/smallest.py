"""The smallest set of stated values whose change makes all relations hold (最小改动集), as Fellegi and Holt ask for.

An exact search in place of a solver of floats: the cheapest set is taken up first, the first conflict that is left is
met by adding one more value to it, and whether none is left is decided on intervals of exact decimals.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from pipeline.checks.laws import Law, law_of
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds
from pipeline.checks.tolerance import Interval

Node = tuple[str, Decimal | None]  # a fact's key and one value stated for it; None for a claim in words
_MOST_STEPS = 200  # sets looked at in one search
_MOST_IN_ALL = 800  # in all searches of one report
_ROUNDS = 3  # of narrowing freed values by each other


@dataclass(frozen=True, slots=True)
class Repair:
    """Stated values that would have to change (改动集).

    cost: of all places that print them. domains: what may be printed instead, of those that the others narrow.
    """

    cost: int
    nodes: frozenset[Node]
    domains: Mapping[Node, Interval] = field(default_factory=dict, compare=False)


class OutOfStepsError(Exception):
    """The search was given up: there are too many ways. least: what any repair costs at least."""

    def __init__(self, least: int) -> None:
        super().__init__(least)
        self.least = least


def node_of(operand: Operand) -> Node:
    """The stated value that an operand prints."""
    return operand.key, operand.value


@dataclass(frozen=True, slots=True)
class Bond:
    """A law with the stated value at each of its positions (约束)."""

    law: Law
    nodes: tuple[Node, ...]
    alone: dict[int, Interval | None] = field(default_factory=dict)

    def printable(self, position: int, free: frozenset[Node], domains: Mapping[Node, Interval]) -> Interval | None:
        """What may be printed at `position`, the freed values being what is left of them; None for anything."""
        others = [node for number, node in enumerate(self.nodes) if number != position and node in free]
        if any(node not in domains for node in others):
            return None
        if others:
            return self.law.printable(position, [_known(node, free, domains) for node in self.nodes])
        if position not in self.alone:
            self.alone[position] = self.law.printable(position, [_printed(node) for node in self.nodes])
        return self.alone[position]


class Constraints:
    """The relations of a report as a net of laws between stated values; made only where something failed.

    steps: sets that all searches may still look at.
    """

    def __init__(self, relations: Sequence[Relation]) -> None:
        """Take every relation that holds; those that fail are named in each search."""
        self._touching: dict[Node, list[Relation]] = defaultdict(list)
        self.steps = _MOST_IN_ALL
        self._bonds: dict[int, Bond | None] = {}
        self._made: dict[Node, tuple[Bond, ...]] = {}
        self._nodes: dict[int, tuple[frozenset[Node], frozenset[Node]]] = {}
        for relation in relations:
            if holds(relation):
                for node in {node_of(operand) for operand in relation.operands}:
                    self._touching[node].append(relation)

    def nodes(self, relation: Relation) -> tuple[frozenset[Node], frozenset[Node]]:
        """The stated values of a relation, and those of them that are claims in words."""
        if id(relation) not in self._nodes:
            claims = frozenset(node_of(operand) for operand in relation.operands if operand.role == "claim")
            self._nodes[id(relation)] = frozenset(map(node_of, relation.operands)), claims
        return self._nodes[id(relation)]

    def bond(self, relation: Relation) -> Bond | None:
        """The law of a relation between stated values, worked out once; None where it has none."""
        if id(relation) not in self._bonds:
            law = law_of(relation)
            self._bonds[id(relation)] = None if law is None else Bond(law, tuple(map(node_of, law.operands)))
        return self._bonds[id(relation)]

    def touching(self, node: Node) -> tuple[Bond, ...]:
        """The laws that hold as printed and that a change of this value may break; equal ones once."""
        if node not in self._made:
            found: dict[object, Bond] = {}
            for relation in self._touching.get(node, ()):
                bond = self.bond(relation)
                if bond is not None:
                    found.setdefault((bond.nodes, bond.law.halves, bond.law.shape), bond)
            self._made[node] = tuple(found.values())
        return self._made[node]


def smallest(
    failed: Sequence[Relation],
    constraints: Constraints,
    cost: Callable[[Node], int],
    *,
    kept: frozenset[Node] = frozenset(),
    freed: frozenset[Node] = frozenset(),
    most: int | None = None,
) -> Repair | None:
    """The cheapest repair of the failed relations that leaves `kept` as printed; None where there is none.

    freed: values that change anyway; they cost nothing and are no part of the answer. Of equally cheap repairs the
    smaller, then the first in order of keys. Raises OutOfStepsError, also where any repair costs more than `most`.
    """
    queue: list[tuple[int, int, tuple[tuple[str, str], ...], frozenset[Node]]] = [(0, 0, (), freed)]
    seen: set[frozenset[Node]] = set()
    while queue:
        spent, _, _, free = heapq.heappop(queue)
        if free in seen:
            continue
        seen.add(free)
        constraints.steps -= 1
        if len(seen) > _MOST_STEPS or constraints.steps < 0 or (most is not None and spent > most):
            raise OutOfStepsError(spent)
        conflict, domains = _conflict(failed, constraints, free)
        if conflict is None:
            return Repair(spent, free - freed, domains)
        for node in conflict - free - kept:
            more = free | {node}
            heapq.heappush(queue, (spent + cost(node), len(more), _order(more), more))
    return None


def _order(nodes: Iterable[Node]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(map(_rank, nodes)))


@lru_cache(maxsize=16_384)
def _rank(node: Node) -> tuple[str, str]:
    return node[0], str(node[1])


def _conflict(
    failed: Sequence[Relation], constraints: Constraints, free: frozenset[Node]
) -> tuple[frozenset[Node] | None, Mapping[Node, Interval]]:
    """Values of which at least one more must change; None where the freed ones can take values that fit: which."""
    bonds: dict[int, Bond] = {}
    for relation in failed:
        nodes, claims = constraints.nodes(relation)
        if nodes.isdisjoint(free):
            return nodes, {}
        bond = constraints.bond(relation)
        if bond is not None and claims.isdisjoint(free):
            bonds[id(bond)] = bond
    for node in sorted(free, key=_rank):
        bonds.update((id(bond), bond) for bond in constraints.touching(node))
    return _narrow(tuple(bonds.values()), free)


def _narrow(bonds: Sequence[Bond], free: frozenset[Node]) -> tuple[frozenset[Node] | None, Mapping[Node, Interval]]:
    """Narrow each freed value by every law; where nothing is left for one, the printed values that left nothing."""
    domains: dict[Node, Interval] = {}
    causes: dict[Node, frozenset[Node]] = defaultdict(frozenset)
    for _ in range(_ROUNDS):
        before = dict(domains)
        for bond in bonds:
            for position, node in enumerate(bond.nodes):
                allowed = bond.printable(position, free, domains) if node in free else None
                if allowed is None:
                    continue
                causes[node] |= _blamed(bond.nodes, node, free, causes)
                here = domains.get(node)
                if here is not None and not here.meets(allowed):
                    return causes[node], {}
                domains[node] = allowed if here is None else _common(here, allowed)
        if len(free) == 1 or domains == before:
            break
    return None, domains


def _printed(node: Node) -> Interval | None:
    return None if node[1] is None else Interval.exact(node[1])


def _known(node: Node, free: frozenset[Node], domains: Mapping[Node, Interval]) -> Interval | None:
    """What a value may be: as printed, or what is left of a freed one; None where that may be anything."""
    return domains.get(node) if node in free else _printed(node)


def _blamed(
    nodes: Sequence[Node], node: Node, free: frozenset[Node], causes: Mapping[Node, frozenset[Node]]
) -> frozenset[Node]:
    """The printed values behind what a law leaves for `node`."""
    found: set[Node] = set()
    for other in nodes:
        if other != node:
            found |= causes.get(other, frozenset()) if other in free else {other}
    return frozenset(found)


def _common(one: Interval, other: Interval) -> Interval:
    return Interval(max(one.low, other.low), min(one.high, other.high))
