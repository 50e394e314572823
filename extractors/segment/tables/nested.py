"""Levels told by weights (按分值推定层级): groups stand above their rows and weigh what these weigh together."""

from collections.abc import Sequence
from decimal import Decimal

_DEPTHS = (2, 3)
_LEAST_GROUPS = 2


def nested_levels(weights: Sequence[Decimal | None], whole: Decimal) -> list[int]:
    """1 for each group and 2 for the rows that make it up, 3 for those of these; [] unless the weights say so.

    whole: what the groups weigh together. All weights together are as many times the whole as there are levels.
    """
    known = [weight for weight in weights if weight is not None and weight > 0]
    if len(known) < len(weights) or not whole:
        return []
    depth = sum(known) / whole
    if depth not in _DEPTHS:
        return []
    levels: list[int] = []
    while len(levels) < len(known):
        group = _group(known, len(levels), int(depth))
        if len(group) < 2:
            return []
        levels += [int(depth) - left + 1 for left in group]
    return levels if levels.count(1) >= _LEAST_GROUPS else []


def _group(weights: Sequence[Decimal], at: int, depth: int) -> list[int]:
    """For the group that begins at `at` and its rows, how many levels each has from its own down; [] if none fits."""
    own = [depth]
    if depth == 1:
        return own
    rest = weights[at]
    while rest > 0 and at + len(own) < len(weights):
        child = at + len(own)
        inner = _group(weights, child, depth - 1)
        if not inner:
            return []
        rest -= weights[child]
        own += inner
    return own if rest == 0 else []
