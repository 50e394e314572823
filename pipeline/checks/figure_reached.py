"""Where a number reaches the bound that another sentence tells with the same words (限值与实际); told if it holds."""

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.checks.facts import Facts
from pipeline.checks.figures import Figure
from pipeline.checks.model import Operand, Relation
from pipeline.checks.shared_words import shares

_SHARED = 4  # characters in a row that both must share
_TAIL = 3  # characters at the end of a noun that name the thing
_TIMES = 5  # a number more than so many times the bound counts something else
_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]")
_NEAREST, _MOST = 4, 200  # numbers told against one bound; relations of one report


def reached(facts: Facts, rule: str) -> Iterator[Relation]:
    """Relations, all holding, between bounds (不低于、以上) and the numbers told with the same words.

    A smaller number may be another year's or a part's; whether a target was missed is for `target-met` to judge.
    """
    bounded = {one.unit for one in facts.figures if one.bound == ">="}
    units: dict[str, list[Figure]] = {}
    for one in facts.figures if bounded else ():
        if one.unit and one.unit in bounded and one.value > 1:
            units.setdefault(one.unit, []).append(one)
    found = (pair for known in units.values() for pair in _pairs(known))
    yield from (_relation(rule, bound, told) for bound, told in islice(found, _MOST))


def _pairs(known: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each bound with the plain numbers at or above it that are told with the same words."""
    bounds = [one for one in known if one.bound == ">="]
    plain = [one for one in known if not one.bound][:_MOST]
    for bound in bounds[:_MOST]:
        most, noun = bound.value * _TIMES, _NOT_CHINESE.split(bound.tight.partition("|")[0])[-1]
        fitting = (
            told
            for told in plain
            if bound.value <= told.value <= most
            and told.place != bound.place
            and (shares(bound.tight, told.tight, _SHARED) or _same_noun(noun, told))
        )
        yield from ((bound, told) for told in islice(fitting, _NEAREST))


def _same_noun(before: str, told: Figure) -> bool:
    """Whether the nouns before the bound and behind the number end alike and share a word: 村级, 农村服务站."""
    tail = before[-_TAIL:]
    if len(tail) < _TAIL or tail not in told.tight:
        return False
    behind = _NOT_CHINESE.split(told.tight.partition("|")[2])[0]
    return behind.endswith(tail) and shares(before[:-_TAIL], behind[:-_TAIL], 2)


def _relation(rule: str, bound: Figure, told: Figure) -> Relation:
    return Relation(
        rule,
        "consistent",
        (Operand.of_figure(bound, "threshold"),),
        (Operand.of_figure(told, "reported"),),
        formula=f"{told.text} ≥ {bound.text}",
        reported=told.text,
        computed=bound.text,
    )
