"""Growth told behind two values and their difference, whatever the periods are called (两期数、差额与增长率)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from normalizers.records import ReportedNumber
from pipeline.checks.growth_by import CHANGE, DOWN, UNSURE, divided
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds, undecided
from pipeline.checks.slip import is_misprint
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, Interval, fit, half_up, quotient, written

_CHANGED = re.compile(CHANGE.replace("(?P<way>", "(?P<way>新增|净增|", 1))
_NUMBER = re.compile(r"(?<![\d,.])\d[\d,]*(?:\.\d+)?")
_TEXTS = 60  # characters before the difference in which both values stand
_LARGE = 100  # a value, in units of its last digit, from which its difference to another is not hit by chance


def grown_between(sentences: Sequence[Sentence], rule: str) -> Iterator[Relation]:
    """`甲期1,246件，乙期为809件，减少437件，下降35.07%`: the difference confirms which two values are compared."""
    for sentence in sentences:
        for match in _CHANGED.finditer(sentence.text):
            pair = _pair(sentence.text, match)
            if pair is not None and (match["way"] in DOWN) == (match["way2"] in DOWN):
                yield _grown(rule, sentence, match, pair)


def _pair(text: str, match: re.Match[str]) -> tuple[re.Match[str], re.Match[str]] | None:
    """The last two values of the unit before the difference, if it is theirs: the earlier one and the later one."""
    low = max(match.start() - _TEXTS, 0)
    found = [one for one in _NUMBER.finditer(text, low, match.start()) if _has_unit(text, one, match["unit2"])]
    pair = next(reversed(list(pairwise(found))), None)
    if pair is None:
        return None
    values = [printed_digits(one[0]) for one in pair]
    change = printed_digits(match["change"]).value
    coarse = max(value.value.scaleb(value.digits) for value in values) < _LARGE
    if coarse or not change or abs(values[0].value - values[1].value) != change:
        return None
    small, large = sorted(pair, key=lambda one: printed_digits(one[0]).value)
    return (large, small) if match["way"] in DOWN else (small, large)


def _has_unit(text: str, number: re.Match[str], unit: str) -> bool:
    return text[number.end() :].lstrip().startswith(unit)


def _grown(rule: str, sentence: Sentence, match: re.Match[str], pair: tuple[re.Match[str], re.Match[str]]) -> Relation:
    earlier, later = (printed_digits(one[0]) for one in pair)
    change, rate = printed_digits(match["change"]), printed_digits(match["rate"])
    point = quotient(change.value * HUNDRED, earlier.value)
    relation = _relation(rule, sentence, match, pair[0], point)
    if holds(relation):
        return relation
    # Only what is told of the later value, or one misprint away, is surely meant to be this growth.
    of_later = fit(rate, quotient(change.value * HUNDRED, later.value), _possible(change, later)) != "differs"
    misprint = is_misprint(match["rate"], written(half_up(point, rate.digits), rate.digits))
    sure = (of_later or misprint) and not UNSURE.search(sentence.text[max(match.start() - _TEXTS, 0) : match.end()])
    return relation if sure else undecided(relation, "增长率可能另有口径")


def _possible(change: ReportedNumber, base: ReportedNumber) -> Interval | None:
    return Interval.printed(change).scaled(HUNDRED).divide(Interval.printed(base))


def _relation(rule: str, sentence: Sentence, match: re.Match[str], base: re.Match[str], point: Decimal) -> Relation:
    rate, change = printed_digits(match["rate"]), printed_digits(match["change"])
    possible = _possible(change, printed_digits(base[0]))
    unit = match["unit2"]
    parts = [
        (base.start(), base.end(), base[0] + unit, "operand"),
        (match.start("change"), match.end("unit2"), match["change"] + unit, "operand"),
        (match.start("rate"), match.end(), match["rate"] + "%", "reported"),
    ]
    operands = []
    for start, end, text, role in parts:
        span = sentence.span(start, end)
        at = f"text.growth.{span.page}.{span.line}.{start}"
        operands.append(Operand(at, role, text, printed_digits(text.rstrip("%").removesuffix(unit)).value, span))
    return divided(
        rule,
        operands,
        rate,
        (point, possible),
        base=operands[0].text,
        against="所列两期数",
        because="差额与同句两期数相符，以前一期数复算",
    )
