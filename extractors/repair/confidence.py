"""How sure a repair is (可信度): the measured share of such repairs that are exact."""

from math import exp

from extractors.repair.passes import ReadLine

_MOST_MARGIN = 7.0  # nats; from there on no repair is surer
_STEEPNESS = 0.55  # for each nat; set between a real garbled text and simulated ones, see the README of the corpus


def confidence(item: ReadLine) -> float:
    """0..1, from how much better the best reading is than the next."""
    return round(1 / (1 + exp(-_STEEPNESS * min(item.margin, _MOST_MARGIN))), 3)
