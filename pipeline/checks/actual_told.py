"""Where the analysis of an indicator tells its actual value again (实际值复述)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.once import exact
from pipeline.checks.relate import verdict_of
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import Fit, half_up

_NUMBER = re.compile(r"[0-9](?<![0-9.,][0-9])[0-9,]{0,20}(?:\.[0-9]{1,6})?")
_TARGET = re.compile(r"(?:目标|指标值|计划|预期)[^，。；]{0,14}$")
_LEAST = 2  # significant digits; 5 or 100 stands in any text
_MOST = 4  # places told of one indicator


def told_again(facts: Facts, rule: str) -> Iterator[Relation]:
    """Relations, all holding, between actual values of tables and the sentences about their indicators."""
    for indicator, actual, number in facts.actuals:
        if number is None or number.bound or actual.span.cell is None or indicator.index not in facts.spoken:
            continue
        if _is_telling(number.value):
            yield from _told_again(facts, rule, indicator, (actual, number.value))


def _told_again(facts: Facts, rule: str, indicator: Indicator, stated: tuple[Mention, Decimal]) -> Iterator[Relation]:
    """The places of the indicator's analysis that print its actual value, exactly or rounded shorter."""
    actual, value = stated
    told = 0
    for sentence in facts.spoken.get(indicator.index, ()):
        for match in _NUMBER.finditer(sentence.text):
            other = exact(match[0].replace(",", ""))
            how = _fit(value, other)
            if how is not None and told < _MOST and not _TARGET.search(sentence.text[: match.start()]):
                told += 1
                yield replace(_relation(indicator, actual, sentence, match, how), rule=rule)


def _is_telling(value: Decimal) -> bool:
    """Whether a number shows digits enough to be known again."""
    return len(value.normalize().as_tuple().digits) >= _LEAST


def _fit(value: Decimal, other: Decimal) -> Fit | None:
    """`exact`, `half-up`, or None where the number is another."""
    if value == other:
        return "exact"
    exponent = -int(other.as_tuple().exponent)
    finer = -int(value.as_tuple().exponent) > exponent
    shorter = len(other.normalize().as_tuple().digits) > _LEAST
    return "half-up" if finer and shorter and half_up(value, exponent) == other else None


def _relation(indicator: Indicator, actual: Mention, sentence: Sentence, match: re.Match[str], how: Fit) -> Relation:
    span = sentence.span(match.start(), match.end())
    number = Decimal(match[0].replace(",", ""))
    return Relation(
        "",
        verdict_of(how),
        (Operand.of(f"i{indicator.index}.actual", "reported", actual),),
        (Operand(f"i{indicator.index}.actual", "restated", match[0], number, span),),
        formula=f"{actual.text.strip()} {'=' if how == 'exact' else '≈'} {match[0]}",
        reported=match[0],
        computed=actual.text.strip(),
    )
