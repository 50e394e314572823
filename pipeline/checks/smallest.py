"""The smallest set of stated values whose change makes all relations hold (最小改动集), as Fellegi and Holt ask for.

An exact search in place of a solver of floats: the cheapest set is taken up first, the first conflict that is left is
met by adding one more value to it, and whether none is left is decided on intervals of exact decimals.
Inside, a set of stated values is an int (net.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from heapq import heappop, heappush

from extractors.frozen import frozen
from pipeline.checks.model import Relation
from pipeline.checks.net import Bond, Failure, Net, numbers_in
from pipeline.checks.support import Node, Support
from pipeline.checks.tolerance import Interval

_MOST_STEPS = 120  # sets looked at in one search; where more are needed no answer comes for many more
_MOST_IN_ALL = 800  # in all searches of one report
_NO_LIMIT = 10**9  # of what a repair costs
_ROUNDS = 3  # of narrowing freed values by each other
# A set that waits: what any repair with it costs at least; how many values it has; itself, of those of one size the
# greatest number first; what it costs; the failed relations that have none of it; the set that its last value was put
# to; what may be put to that at the same cost instead, once this is taken up.
_Waiting = tuple[int, int, int, int, int, int, int]


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


class Conflicts:
    """What failed relations, and those that hold, ask of sets of freed values (冲突); each set is looked at once."""

    def __init__(self, net: Net, failed: Sequence[Failure]) -> None:
        """Take the net of laws and the failed relations."""
        self._net, self._failed = net, failed
        self._known: dict[int, tuple[int | None, Mapping[int, Interval]]] = {}
        self._sorted = 0  # the values that `_alike` holds
        self._alike: dict[tuple[int, int], int] = {}  # by cost, and by the failed relations that they take no part in

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
        return _narrow(self._bonds(free), free)

    def _bonds(self, free: int) -> Iterator[Bond]:
        """The laws that speak of these values, each once, worked out when asked for: mostly few leave nothing."""
        given = {failure.bond: None for failure in self._failed if failure.bond and not failure.claims & free}
        yield from tuple(given)
        for number in numbers_in(free):
            for bond in self._net.touching(number):
                if bond not in given:
                    given[bond] = None
                    yield bond

    def untouched(self, members: int) -> int:
        """The failed relations, as a set of their places, that have none of these values."""
        return sum([1 << at for at, one in enumerate(self._failed) if not one.members & members])

    def ways(self, members: int) -> list[tuple[int, int, int]]:
        """These values, those of one cost and in the same failed relations together, as a change of any is as good.

        Each: what changing one of them costs, the failed relations that they take no part in, and their set.
        """
        if new := members & ~self._sorted:
            self._sorted |= new
            for number in numbers_in(new):
                kind = self._net.cost(number), self.untouched(1 << number)
                self._alike[kind] = self._alike.get(kind, 0) | 1 << number
        return [(cost, unmet, here) for (cost, unmet), alike in self._alike.items() if (here := alike & members)]

    def least(self, failed: int, fixed: int) -> int | None:
        """What mending these relations costs at least with `fixed` values left as printed; None where that mends none.

        Of relations that share no value each needs a change of its own, and costs what its cheapest value costs.
        """
        known = 0
        total = 0
        for place in numbers_in(failed):
            members = self._failed[place].members & ~fixed
            if not members:
                return None
            if not members & known:
                known |= members
                total += min([cost for cost, _, _ in self.ways(members)])
        return total


class Constraints:
    """What the searches of one report share; made only where something failed.

    net: its laws. steps: sets that all searches may still look at.
    """

    def __init__(self, support: Support, cost: Callable[[Node], int]) -> None:
        """Take where each value takes part, and what changing it costs; each search names the relations that fail."""
        self.net = Net(support, cost)
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
    untouched = conflicts.untouched(anyway)
    bounds = {untouched: conflicts.least(untouched, fixed)}
    queue: list[_Waiting] = [(bounds[untouched] or 0, anyway.bit_count(), -anyway, 0, untouched, 0, 0)]
    met = set[int]()
    looked = 0
    limit = _NO_LIMIT if most is None else most
    dearer = False  # whether a set was left out because any repair with it costs more
    while queue:
        least, size, negative, spent, untouched, above, others = heappop(queue)
        if others:
            _put(queue, least, size, above, spent, untouched, others)
        if negative in met:
            continue
        met.add(negative)
        free = -negative
        looked += 1
        constraints.steps -= 1
        if looked > _MOST_STEPS or constraints.steps < 0 or least > limit:
            raise OutOfStepsError(least)
        conflict, domains = conflicts.of(free)
        if conflict is None:
            return _repair(net, spent, free & ~anyway, domains)
        for cost, unmet, values in conflicts.ways(conflict & ~fixed):
            paid = spent + cost
            if dearer and paid > limit:
                continue
            left = untouched & unmet
            if left not in bounds:
                bounds[left] = conflicts.least(left, fixed)
            ahead = bounds[left]
            if ahead is None:
                continue
            total = paid + ahead
            if total > limit:
                dearer = True
                continue
            _put(queue, total, size + 1, negative, paid, left, values)  # none of a conflict is freed
    if dearer:
        constraints.steps -= 1
        raise OutOfStepsError(limit + 1)
    return None


def _put(queue: list[_Waiting], least: int, size: int, above: int, spent: int, untouched: int, others: int) -> None:
    """Queue the set `above` with the first of these others; the next follows when that is taken up."""
    first = 1 << (others.bit_length() - 1)
    heappush(queue, (least, size, above - first, spent, untouched, above, others ^ first))


def _repair(net: Net, cost: int, members: int, domains: Mapping[int, Interval]) -> Repair:
    nodes = frozenset(map(net.node, numbers_in(members)))
    return Repair(cost, nodes, {net.node(number): domain for number, domain in domains.items()})


def _narrow(bonds: Iterable[Bond], free: int) -> tuple[int | None, Mapping[int, Interval]]:
    """Narrow each freed value by every law; where nothing is left for one, the printed values that left nothing."""
    domains: dict[int, Interval] = {}
    causes: dict[int, int] = defaultdict(int)
    unknown = free  # the values that may still be anything
    for _ in range(_ROUNDS):
        changed = False
        laws: list[Bond] = []  # of several freed values: they may say more once others are narrowed
        for bond in bonds:
            here = free & bond.members
            if here & (here - 1):
                laws.append(bond)
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
        if not changed or not laws:
            break
        bonds = laws
    return None, domains


def _common(one: Interval, other: Interval) -> Interval | None:
    """What two intervals share: the first itself where it lies within the other; None where they share nothing."""
    if other.low <= one.low and one.high <= other.high:
        return one
    return Interval(max(one.low, other.low), min(one.high, other.high)) if one.meets(other) else None
