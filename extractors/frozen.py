"""The decorator of the small values that stages hand on (值对象): frozen, with slots, and quick to make."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Made = TypeVar("_Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[_Made]) -> type[_Made]:
    """`@dataclass(frozen=True, slots=True)`, with the type checker alone to see that nothing is set again.

    Python's own frozen classes set every field by a call, which took a tenth of the time of a report.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)
