"""The smallest set of stated values whose change makes all relations hold (最小改动集), as Fellegi and Holt ask for.

An exact search in place of a solver of floats: the cheapest set is taken up first, the first conflict that is left is
met by adding one more value to it, and whether none is left is decided on intervals of exact decimals.
Inside, stated values are numbered and a set of them is an int with a bit for each: a report's searches look at the
same sets again and again.
"""

import heapq
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

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
class Slot:
    """A freed value in a law (自由位). blamed: set of the printed values of the law; others: its other freed values.

    allowed: what may be printed there where no other value of the law is freed; None for anything.
    """

    position: int
    number: int
    blamed: int
    others: tuple[int, ...]
    allowed: Interval | None


@dataclass(frozen=True, slots=True)
class Freed:
    """A law some of whose values are freed (约束的自由部分). law, numbers: without what is printed, where it can be."""

    law: Law
    numbers: tuple[int, ...]
    printed: tuple[Interval | None, ...]
    slots: tuple[Slot, ...]

    def allowed(self, slot: Slot, domains: Mapping[int, Interval]) -> Interval | None:
        """What may be printed at `slot`, the freed values being what is left of them; None for anything."""
        if not slot.others:
            return slot.allowed
        if any(other not in domains for other in slot.others):
            return None
        known = [domains.get(*pair) for pair in zip(self.numbers, self.printed, strict=True)]
        return self.law.printable(slot.position, known)


@dataclass(frozen=True, slots=True, eq=False)
class Bond:
    """A law with the number of the stated value at each of its positions, and the set of them (约束)."""

    law: Law
    numbers: tuple[int, ...]
    members: int
    _freed: dict[int, Freed] = field(default_factory=dict)

    def freed(self, free: int) -> Freed:
        """The law with these of its values freed; worked out once."""
        here = free & self.members
        if here not in self._freed:
            self._freed[here] = self._make(here)
        return self._freed[here]

    def _make(self, free: int) -> Freed:
        numbers = [number for number in self.numbers if free >> number & 1]
        law = self.law.freed([bool(free >> number & 1) for number in self.numbers])
        kept = self.numbers if law is self.law else tuple(numbers)
        printed = law.printed()
        slots = []
        for position, number in enumerate(kept):
            if free >> number & 1:
                others = tuple(other for other in numbers if other != number)
                allowed = None if others else law.printable(position, printed)
                slots.append(Slot(position, number, self.members & ~free, others, allowed))
        return Freed(law, kept, printed, tuple(slots))


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed relation (不成立的关系): the set of its stated values, of its claims in words, and its law if any."""

    members: int
    claims: int
    bond: Bond | None


class Constraints:
    """The relations of a report as a net of laws between stated values; made only where something failed.

    steps: sets that all searches may still look at.
    """

    def __init__(self, relations: Sequence[Relation]) -> None:
        """Take all relations; those that fail are named in each search."""
        self.steps = _MOST_IN_ALL
        self._touching: dict[Node, list[Relation]] = defaultdict(list)
        self._bonds: dict[int, Bond | None] = {}
        self._made: dict[int, tuple[Bond, ...]] = {}
        self._looked: dict[tuple[int, ...], Conflicts] = {}
        nodes: dict[Node, None] = {}
        for relation in relations:
            stated = dict.fromkeys(map(node_of, relation.operands))
            nodes.update(stated)
            if holds(relation):
                for node in stated:
                    self._touching[node].append(relation)
        self._nodes = sorted(nodes, key=lambda node: (node[0], str(node[1])))
        self._numbers = {node: number for number, node in enumerate(self._nodes)}

    def conflicts(self, failed: Sequence[Relation]) -> "Conflicts":
        """What these failed relations ask of sets of values; one for all searches that ask it."""
        named = tuple(map(id, failed))
        if named not in self._looked:
            self._looked[named] = Conflicts(self, tuple(map(self._failure, failed)))
        return self._looked[named]

    def members(self, nodes: Iterable[Node]) -> int:
        """Stated values as a set of numbers; the numbers run as the values' keys."""
        found = 0
        for node in nodes:
            found |= 1 << self._numbers[node]
        return found

    def node(self, number: int) -> Node:
        """The stated value of a number."""
        return self._nodes[number]

    def _failure(self, relation: Relation) -> Failure:
        claims = self.members(node_of(operand) for operand in relation.operands if operand.role == "claim")
        return Failure(self.members(map(node_of, relation.operands)), claims, self._bond(relation))

    def _bond(self, relation: Relation) -> Bond | None:
        """The law of a relation between stated values, worked out once; None where it has none."""
        if id(relation) not in self._bonds:
            law = law_of(relation)
            nodes = () if law is None else tuple(map(node_of, law.operands))
            numbers = tuple(self._numbers[node] for node in nodes)
            self._bonds[id(relation)] = None if law is None else Bond(law, numbers, self.members(nodes))
        return self._bonds[id(relation)]

    def touching(self, number: int) -> tuple[Bond, ...]:
        """The laws that hold as printed and that a change of this value may break; equal ones once."""
        if number not in self._made:
            found: dict[object, Bond] = {}
            for relation in self._touching.get(self._nodes[number], ()):
                bond = self._bond(relation)
                if bond is not None:
                    found.setdefault((bond.numbers, bond.law.halves, bond.law.shape), bond)
            self._made[number] = tuple(found.values())
        return self._made[number]


class Conflicts:
    """What failed relations, and those that hold, ask of sets of freed values (冲突); each set is looked at once."""

    def __init__(self, constraints: Constraints, failed: Sequence[Failure]) -> None:
        """Take the net of laws and the failed relations."""
        self._constraints, self._failed = constraints, failed
        self._known: dict[int, tuple[int | None, Mapping[int, Interval]]] = {}

    def of(self, free: int) -> tuple[int | None, Mapping[int, Interval]]:
        """Values of which at least one more must change; None where the freed ones can take values that fit: which."""
        if free not in self._known:
            self._known[free] = self._look(free)
        return self._known[free]

    def _look(self, free: int) -> tuple[int | None, Mapping[int, Interval]]:
        for failure in self._failed:
            if not failure.members & free:
                return failure.members, {}
        bonds = {failure.bond: None for failure in self._failed if failure.bond and not failure.claims & free}
        for number in _numbers(free):
            bonds.update(dict.fromkeys(self._constraints.touching(number)))
        return _narrow([bond.freed(free) for bond in bonds], free)


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
    conflicts, fixed, anyway = constraints.conflicts(failed), constraints.members(kept), constraints.members(freed)
    queue: list[tuple[int, int, tuple[int, ...], int]] = [(0, 0, tuple(_numbers(anyway)), anyway)]
    met = {anyway}
    looked = 0
    while queue:
        spent, _, order, free = heapq.heappop(queue)
        looked += 1
        constraints.steps -= 1
        if looked > _MOST_STEPS or constraints.steps < 0 or (most is not None and spent > most):
            raise OutOfStepsError(spent)
        conflict, domains = conflicts.of(free)
        if conflict is None:
            nodes = frozenset(map(constraints.node, _numbers(free & ~anyway)))
            return Repair(spent, nodes, {constraints.node(number): domain for number, domain in domains.items()})
        for number in _numbers(conflict & ~free & ~fixed):
            more = free | 1 << number
            if more not in met:
                met.add(more)
                at = bisect(order, number)
                longer = (*order[:at], number, *order[at:])
                heapq.heappush(queue, (spent + cost(constraints.node(number)), len(longer), longer, more))
    return None


def _numbers(members: int) -> Iterator[int]:
    """The numbers in a set, ascending."""
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest


def _narrow(bonds: Sequence[Freed], free: int) -> tuple[int | None, Mapping[int, Interval]]:
    """Narrow each freed value by every law; where nothing is left for one, the printed values that left nothing."""
    domains: dict[int, Interval] = {}
    causes: dict[int, int] = defaultdict(int)
    for _ in range(_ROUNDS):
        before = dict(domains)
        for bond in bonds:
            for slot in bond.slots:
                allowed, number = bond.allowed(slot, domains), slot.number
                if allowed is None:
                    continue
                causes[number] |= slot.blamed
                for other in slot.others:
                    causes[number] |= causes[other]
                here = domains.get(number)
                if here is not None and not here.meets(allowed):
                    return causes[number], {}
                domains[number] = allowed if here is None else _common(here, allowed)
        if not free & (free - 1) or domains == before:
            break
    return None, domains


def _common(one: Interval, other: Interval) -> Interval:
    return Interval(max(one.low, other.low), min(one.high, other.high))
