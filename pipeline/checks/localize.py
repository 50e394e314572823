"""Which printed value is likelier wrong (疑误定位), by witnesses counted; stated as likelier, never corrected."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks.model import Operand
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
        """The best supported value of the fact that is likelier wrong, or None."""
        if self.wrong is None:
            return None
        return next((one for one in self.candidates if one.key == self.wrong.key), None)


def locate(operands: tuple[Operand, ...], support: Support) -> Location:
    """Weigh the values of the conflicting fact; without a conflict, the facts of the failed relation themselves."""
    disputed = conflicts(operands)
    if disputed:
        key = min(disputed, key=_rank)
        stated = [operand for operand in operands if operand.key == key and operand.role in STATING]
    else:
        stated = [o for o in operands if o.value is not None and o.role in STATING]
    candidates = _candidates(stated, support)
    if len(candidates) < 2:
        return Location(candidates, None)
    last, before = candidates[-1], candidates[-2]
    tied = len(last.witnesses) == len(before.witnesses)
    return Location(candidates, None if tied else last)


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
