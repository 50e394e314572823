"""The relations of a report as laws between its stated values (算式网).

Stated values are numbered, and a set of them is an int with a bit for each: searches look at the same sets again and
again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from extractors.frozen import frozen
from pipeline.checks.laws import Law, law_of
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds
from pipeline.checks.support import Node, Parts, Support
from pipeline.checks.tolerance import Interval


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
        if free and not free & (free - 1):
            slot = self._alone(free.bit_length() - 1)
            made = self.known[free] = Freed(form, numbers, printed, (slot,))
            return made
        places = sorted(map(numbers.index, numbers_in(free)))  # few of many
        freed = tuple([numbers[position] for position in places])
        if self.law.whole is not None:
            form, numbers, printed = self.law.among(places), freed, (None,) * len(freed)
            places = list(range(len(freed)))
        blamed = self.members & ~free
        slots = []
        for place, number in zip(places, freed, strict=True):
            slots.append(Slot(place, number, blamed, tuple([other for other in freed if other != number]), None))
        made = self.known[free] = Freed(form, numbers, printed, tuple(slots))
        return made

    def _alone(self, number: int) -> Slot:
        """One value freed, the others being as printed."""
        law, place = self.law, self.numbers.index(number)
        allowed = law.implied(place, self.printed) if law.whole is None else law.alone(place)
        return Slot(place, number, self.members & ~(1 << number), (), allowed)


@frozen
class Failure:
    """A failed relation (不成立的关系): the set of its stated values, of its claims in words, and its law if any."""

    members: int
    claims: int
    bond: Bond | None


class Net:
    """The relations of a report as a net of laws between stated values (算式网)."""

    def __init__(self, support: Support, cost: Callable[[Node], int]) -> None:
        """Take where each value takes part, and what changing a value costs."""
        self._cost = cost
        self._costs: dict[int, int] = {}
        self._bonds: dict[int, Bond | None] = {}
        self._touching: dict[int, tuple[list[Bond], Iterator[tuple[Relation, Operand]]]] = {}
        self._alike: dict[tuple[int, ...], list[Bond]] = {}
        self._nodes: list[Node] = []
        self._parts: list[Parts] = []
        self._numbers: dict[str, list[tuple[Decimal | None, int]]] = {}
        for key in sorted(support.stated, reverse=True):
            stated = support.stated[key]
            if len(stated) > 1:
                stated = sorted(stated, key=lambda one: str(one[0]), reverse=True)
            numbered = self._numbers[key] = []
            for value, parts in stated:
                numbered.append((value, len(self._nodes)))
                self._nodes.append((key, value))
                self._parts.append(parts)

    def members(self, nodes: Iterable[Node]) -> int:
        """Stated values as a set of numbers; the first in order of keys has the highest number."""
        found = 0
        for node in nodes:
            found |= 1 << self._number(node)
        return found

    def _number(self, node: Node) -> int:
        key, value = node
        known = self._numbers[key]
        return known[0][1] if len(known) == 1 else next(number for stated, number in known if stated == value)

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
        known = id(relation)
        if known not in self._bonds:
            law = law_of(relation)
            bond = None if law is None else self._bound(law)
            self._bonds[known] = self._first(bond) if bond is not None and holds(relation) else bond
        return self._bonds[known]

    def _first(self, bond: Bond) -> Bond:
        """The first bond that says the same of the same values as this one, of those that hold."""
        law = bond.law
        alike = self._alike.setdefault(bond.numbers, [])
        for known in alike:
            if known.law.halves == law.halves and known.law.shape == law.shape:
                return known
        alike.append(bond)
        return bond

    def _bound(self, law: Law) -> Bond:
        numbers = tuple([self._number((one.key, one.value)) for one in law.operands])
        members = 0
        for number in numbers:
            members |= 1 << number
        return Bond(law, numbers, members, law.printed() if law.whole is None else ())

    def touching(self, number: int) -> Iterator[Bond]:
        """The laws that hold as printed and that a change of this value may break, in order, worked out when asked."""
        if number not in self._touching:  # no generator is kept: its frame would hold this net, which holds it
            self._touching[number] = [], iter(self._parts[number])
        known, ahead = self._touching[number]
        yield from known
        for relation, _ in ahead:
            bond = self._bond(relation) if holds(relation) else None
            if bond is not None:
                known.append(bond)
                yield bond


def numbers_in(members: int) -> list[int]:
    """The numbers in a set, in order of the values' keys."""
    found = []
    while members:
        number = members.bit_length() - 1
        found.append(number)
        members ^= 1 << number
    return found
