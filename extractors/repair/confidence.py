"""How sure a repair is (可信度): the measured share of such repairs that are exact."""

from math import exp

from extractors.repair.passes import ReadLine

_MOST_MARGIN = 6.0  # nats; from there on no repair is surer


def confidence(item: ReadLine) -> float:
    """0..1, from how much better the best reading is than the next."""
    return round(1 / (1 + exp(-0.8 * min(item.margin, _MOST_MARGIN))), 3)
