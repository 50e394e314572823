"""The smallest set of stated values whose change makes all relations hold (最小改动集), as Fellegi and Holt ask for.

An exact search in place of a solver of floats: the cheapest set is taken up first, the first conflict that is left is
met by adding one more value to it, and whether none is left is decided on intervals of exact decimals.
Inside, stated values are numbered and a set of them is an int with a bit for each: a report's searches look at the
same sets again and again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Protocol

from extractors.frozen import frozen
from pipeline.checks.laws import Law, law_of
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds
from pipeline.checks.support import Node
from pipeline.checks.tolerance import Interval

Parts = Mapping[Node, Sequence[tuple[Relation, Operand]]]  # where each stated value takes part
_MOST_STEPS = 120  # sets looked at in one search; where more are needed no answer comes for many more
_MOST_IN_ALL = 800  # in all searches of one report
_ROUNDS = 3  # of narrowing freed values by each other


@frozen
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


@frozen
class Slot:
    """A freed value in a law (自由位). blamed: set of the printed values of the law; others: its other freed values.

    allowed: what may be printed there where no other value of the law is freed; None for anything.
    """

    position: int
    number: int
    blamed: int
    others: tuple[int, ...]
    allowed: Interval | None


class Form(Protocol):
    """What gives one value of a law by the others (算式)."""

    def implied(self, position: int, others: Sequence[Interval | None]) -> Interval | None:
        """What may be printed at `position`, given what may be at the others; None where nothing follows."""


@frozen
class Freed:
    """A law some of whose values are freed (约束的自由部分). Of a sum, form, numbers and printed are of those alone."""

    form: Form
    numbers: tuple[int, ...]
    printed: tuple[Interval | None, ...]
    slots: tuple[Slot, ...]

    def allowed(self, slot: Slot, domains: Mapping[int, Interval]) -> Interval | None:
        """What may be printed at `slot`, the other freed values being what is left of them; None for anything."""
        for other in slot.others:
            if other not in domains:
                return None
        return self.form.implied(slot.position, list(map(domains.get, self.numbers, self.printed)))


@dataclass(frozen=True, slots=True, eq=False)
class Bond:
    """A law with the number of the stated value at each of its positions, and the set of them (约束).

    printed: the values as printed; of a sum, whose values are taken off the whole, none.
    """

    law: Law
    numbers: tuple[int, ...]
    members: int
    printed: tuple[Interval | None, ...]
    known: dict[int, Freed] = field(default_factory=dict)

    def freed(self, free: int) -> Freed:
        """The law with these of its values freed; to be worked out once, then `known` by the set of them."""
        form: Form = self.law
        numbers, printed = self.numbers, self.printed
        places = sorted(map(numbers.index, _numbers(free)))  # few of many
        freed = tuple([numbers[position] for position in places])
        if self.law.whole is not None:
            form, numbers, printed = self.law.among(places), freed, (None,) * len(freed)
            places = list(range(len(freed)))
        blamed = self.members & ~free
        slots = []
        for place, number in zip(places, freed, strict=True):
            others = tuple([other for other in freed if other != number])
            slots.append(Slot(place, number, blamed, others, None if others else form.implied(place, printed)))
        made = self.known[free] = Freed(form, numbers, printed, tuple(slots))
        return made


@frozen
class Failure:
    """A failed relation (不成立的关系): the set of its stated values, of its claims in words, and its law if any."""

    members: int
    claims: int
    bond: Bond | None


class Net:
    """The relations of a report as a net of laws between stated values (算式网)."""

    def __init__(self, parts: Parts, cost: Callable[[Node], int]) -> None:
        """Take where each value takes part, and what changing a value costs."""
        self._parts, self._cost = parts, cost
        self._costs: dict[int, int] = {}
        self._bonds: dict[int, Bond | None] = {}
        self._made: dict[int, dict[Bond, None]] = {}
        self._nodes = sorted(parts, key=lambda node: (node[0], str(node[1])), reverse=True)
        self._numbers = {node: number for number, node in enumerate(self._nodes)}

    def members(self, nodes: Iterable[Node]) -> int:
        """Stated values as a set of numbers; the first in order of keys has the highest number."""
        found = 0
        for node in nodes:
            found |= 1 << self._numbers[node]
        return found

    def node(self, number: int) -> Node:
        """The stated value of a number."""
        return self._nodes[number]

    def cost(self, number: int) -> int:
        """What changing a value costs."""
        if number not in self._costs:
            self._costs[number] = self._cost(self._nodes[number])
        return self._costs[number]

    def failure(self, relation: Relation) -> Failure:
        """A failed relation in numbers."""
        claims = self.members(node_of(operand) for operand in relation.operands if operand.role == "claim")
        return Failure(self.members(map(node_of, relation.operands)), claims, self._bond(relation))

    def _bond(self, relation: Relation) -> Bond | None:
        """The law of a relation between stated values, worked out once; None where it has none."""
        if id(relation) not in self._bonds:
            law = law_of(relation)
            self._bonds[id(relation)] = None if law is None else self._bound(law)
        return self._bonds[id(relation)]

    def _bound(self, law: Law) -> Bond:
        nodes = tuple(map(node_of, law.operands))
        printed = law.printed() if law.whole is None else ()
        return Bond(law, tuple(map(self._numbers.__getitem__, nodes)), self.members(nodes), printed)

    def touching(self, number: int) -> dict[Bond, None]:
        """The laws that hold as printed and that a change of this value may break, in order; equal ones once."""
        known = self._made.get(number)
        if known is None:
            found: dict[object, Bond] = {}
            for relation, _ in self._parts[self._nodes[number]]:
                bond = self._bond(relation) if holds(relation) else None
                if bond is not None:
                    found.setdefault((bond.numbers, bond.law.halves, bond.law.shape), bond)
            known = self._made[number] = dict.fromkeys(found.values())
        return known


class Conflicts:
    """What failed relations, and those that hold, ask of sets of freed values (冲突); each set is looked at once."""

    def __init__(self, net: Net, failed: Sequence[Failure]) -> None:
        """Take the net of laws and the failed relations."""
        self._net, self._failed = net, failed
        self._known: dict[int, tuple[int | None, Mapping[int, Interval]]] = {}
        self._choices: dict[int, tuple[int, int, int]] = {}
        self._ways: dict[int, list[tuple[int, int, int]]] = {}

    def of(self, free: int) -> tuple[int | None, Mapping[int, Interval]]:
        """Values of which at least one more must change; None where the freed ones can take values that fit: which."""
        known = self._known.get(free)
        if known is None:
            known = self._known[free] = self._look(free)
        return known

    def _look(self, free: int) -> tuple[int | None, Mapping[int, Interval]]:
        for failure in self._failed:
            if not failure.members & free:
                return failure.members, {}
        bonds = {failure.bond: None for failure in self._failed if failure.bond and not failure.claims & free}
        for number in _numbers(free):
            bonds |= self._net.touching(number)
        return _narrow(bonds, free)

    def all(self) -> int:
        """The failed relations as a set of their places."""
        return (1 << len(self._failed)) - 1

    def ways(self, members: int) -> list[tuple[int, int, int]]:
        """Each of these values as a set, what changing it costs, and the failed relations that it takes no part in."""
        known = self._ways.get(members)
        if known is None:
            made = self._choices.get
            known = self._ways[members] = [made(number) or self._choice(number) for number in _numbers(members)]
        return known

    def _choice(self, number: int) -> tuple[int, int, int]:
        unmet = sum(1 << at for at, one in enumerate(self._failed) if not one.members >> number & 1)
        choice = self._choices[number] = (1 << number, self._net.cost(number), unmet)
        return choice

    def least(self, failed: int, fixed: int) -> int | None:
        """What mending these relations costs at least with `fixed` values left as printed; None where that mends none.

        Of relations that share no value each needs a change of its own, and costs what its cheapest value costs.
        """
        known = 0
        total = 0
        for place in _numbers(failed):
            members = self._failed[place].members & ~fixed
            if not members:
                return None
            if not members & known:
                known |= members
                total += min([cost for _, cost, _ in self.ways(members)])
        return total


class Constraints:
    """What the searches of one report share; made only where something failed.

    net: its laws. steps: sets that all searches may still look at.
    """

    def __init__(self, parts: Parts, cost: Callable[[Node], int]) -> None:
        """Take where each value takes part, and what changing it costs; each search names the relations that fail."""
        self.net = Net(parts, cost)
        self.steps = _MOST_IN_ALL
        self._looked: dict[tuple[int, ...], Conflicts] = {}

    def conflicts(self, failed: Sequence[Relation]) -> Conflicts:
        """What these failed relations ask of sets of values; one for all searches that ask it."""
        named = tuple(map(id, failed))
        if named not in self._looked:
            self._looked[named] = Conflicts(self.net, tuple(map(self.net.failure, failed)))
        return self._looked[named]


def smallest(
    failed: Sequence[Relation],
    constraints: Constraints,
    *,
    kept: frozenset[Node] = frozenset(),
    freed: frozenset[Node] = frozenset(),
    most: int | None = None,
) -> Repair | None:
    """The cheapest repair of the failed relations that leaves `kept` as printed; None where there is none.

    freed: values that change anyway; they cost nothing and are no part of the answer. Of equally cheap repairs the
    smaller, then the first in order of keys. Raises OutOfStepsError, also where any repair costs more than `most`.
    Sets are taken up by what they cost and what the relations that they leave untouched will cost at least.
    """
    conflicts, net = constraints.conflicts(failed), constraints.net
    fixed, anyway = net.members(kept), net.members(freed)
    untouched = conflicts.all()
    for _, _, unmet in conflicts.ways(anyway):
        untouched &= unmet
    bounds = {untouched: conflicts.least(untouched, fixed)}
    # Each: what any repair with these values costs at least; how many they are; their set, of those of one size the
    # greatest number first; what they cost; the failed relations that have none of them.
    queue = [(bounds[untouched] or 0, anyway.bit_count(), -anyway, 0, untouched)]
    met = {anyway}
    looked = 0
    while queue:
        least, size, negative, spent, untouched = heappop(queue)
        free = -negative
        looked += 1
        constraints.steps -= 1
        if looked > _MOST_STEPS or constraints.steps < 0 or (most is not None and least > most):
            raise OutOfStepsError(least)
        conflict, domains = conflicts.of(free)
        if conflict is None:
            nodes = frozenset(map(net.node, _numbers(free & ~anyway)))
            return Repair(spent, nodes, {net.node(number): domain for number, domain in domains.items()})
        for one, cost, unmet in conflicts.ways(conflict):
            more = free | one
            if one & fixed or more in met:
                continue
            met.add(more)
            left = untouched & unmet
            if left not in bounds:
                bounds[left] = conflicts.least(left, fixed)
            ahead = bounds[left]
            if ahead is not None:
                heappush(queue, (spent + cost + ahead, size + 1, -more, spent + cost, left))
    return None


def _numbers(members: int) -> list[int]:
    """The numbers in a set, in order of the values' keys."""
    found = []
    while members:
        number = members.bit_length() - 1
        found.append(number)
        members ^= 1 << number
    return found


def _narrow(bonds: Iterable[Bond], free: int) -> tuple[int | None, Mapping[int, Interval]]:
    """Narrow each freed value by every law; where nothing is left for one, the printed values that left nothing."""
    domains: dict[int, Interval] = {}
    causes: dict[int, int] = defaultdict(int)
    laws = [(bond, free & bond.members) for bond in bonds]
    unknown = free  # the values that may still be anything
    for _ in range(_ROUNDS):
        changed = False
        for bond, here in laws:
            if (loose := here & unknown) & (loose - 1):
                continue  # of two such values a law says nothing
            law = bond.known.get(here) or bond.freed(here)
            for slot in law.slots:
                number, others = slot.number, slot.others
                allowed = law.allowed(slot, domains) if others else slot.allowed
                if allowed is None:
                    continue
                cause = causes[number] | slot.blamed
                for other in others:
                    cause |= causes[other]
                causes[number] = cause
                known = domains.get(number)
                left = allowed if known is None else _common(known, allowed)
                if left is None:
                    return causes[number], {}
                if left is not known:
                    domains[number] = left
                    changed = True
                    unknown &= ~(1 << number)
        laws = [(bond, here) for bond, here in laws if here & (here - 1)]  # the others have said all they have to say
        if not changed or not laws:
            break
    return None, domains


def _common(one: Interval, other: Interval) -> Interval | None:
    """What two intervals share: the first itself where it lies within the other; None where they share nothing."""
    if other.low <= one.low and one.high <= other.high:
        return one
    return Interval(max(one.low, other.low), min(one.high, other.high)) if one.meets(other) else None
