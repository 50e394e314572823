"""What a repair of character order did to one line (文字修复), so that it can be replayed and shown."""

from typing import Literal

from extractors.frozen import frozen
from extractors.provenance import Box

RepairMethod = Literal["geometry", "language-model"]


@frozen
class TextRepair:
    """文字修复: one line whose characters were put in order; nothing is added, dropped or altered.

    line: 1-based line of a text source, or None; page, box: place in a paged source, or None.
    order: 0-based indices into the non-blank characters of `raw`, in repaired order; replaying it over `raw`
    gives the non-blank characters of `repaired`.
    confidence: 0..1, the measured share of such repairs that are exact. alternatives: other readings, best first.
    """

    raw: str
    repaired: str
    order: tuple[int, ...]
    confidence: float
    method: RepairMethod
    line: int | None = None
    page: int | None = None
    box: Box | None = None
    alternatives: tuple[str, ...] = ()


def replay(plan: TextRepair) -> str:
    """The non-blank characters of the repaired line, made again from `raw` and `order`."""
    characters = [character for character in plan.raw if not character.isspace()]
    return "".join(characters[index] for index in plan.order)
