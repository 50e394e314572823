"""Which printed value is likelier wrong (疑误定位), by witnesses counted; stated as likelier, never corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks.model import Operand, Relation
from pipeline.checks.support import STATING, Support, conflicts

_ORDER = (".score", ".weight", ".score_rate")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value stated for one fact, with what speaks for it (候选值)."""

    key: str
    value: Decimal
    text: str
    witnesses: frozenset[str]


@dataclass(frozen=True, slots=True)
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
    """Weigh the values of the disputed fact; without a dispute, the values that every failed relation uses.

    In the manner of Fellegi and Holt: one value whose change would mend all failed relations explains them best.
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
