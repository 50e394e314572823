"""Growth divided by the later value (增长率误以现值为基数), where a row or paragraph prints both values."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.growth_by import CHANGE, DOWN, UNSURE
from pipeline.checks.model import Operand, Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, Interval, fit, last_place, quotient, written
from pipeline.checks.wording import quote, where

_CHANGED = re.compile(CHANGE)
_NUMBER = re.compile(r"(?<![\d,.])\d[\d,]*(?:\.\d+)?")
_LEAST = 3  # significant digits of the values, which are not hit by chance
_SAID = 20  # characters before the change that may say it is none to compute


def wrongly_based(facts: Facts, rule: str, sentences: Sequence[Sentence]) -> Iterator[Relation]:
    """`2023年比上年增加23.07万元，增长9.71%` where the paragraph tells 214.60万元 and 237.67万元."""
    for sentence in sentences:
        for match in _CHANGED.finditer(sentence.text):
            if (match["way"] in DOWN) == (match["way2"] in DOWN) and not _unsure(sentence, match):
                yield from _of_later(facts, rule, sentence, match)


def _unsure(sentence: Sentence, match: re.Match[str]) -> bool:
    return bool(UNSURE.search(sentence.text, max(match.start() - _SAID, 0), match.end()))


def _of_later(facts: Facts, rule: str, sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    """The relation with the pair of values of which the later one gives the rate, and none printed is its base."""
    change, rate = printed_digits(match["change"]), printed_digits(match["rate"])
    step = -change.value if match["way"] in DOWN else change.value  # later − earlier
    if not change.value or not rate.digits:
        return
    # Most numbers are far from what gives the rate, and sooner left out than divided by.
    changed, step_of_rate = Interval.printed(change).scaled(HUNDRED), last_place(rate.digits)
    low, high = rate.value - step_of_rate, rate.value + step_of_rate
    near = (value for value in facts.printed if low * value <= changed.high and changed.low <= high * value)
    fitting = [value for value in near if _gives(change, rate, value)]
    if not fitting or any(value + step in facts.printed for value in fitting):
        return
    later = [value for value in fitting if value - step in facts.printed and not _gives(change, rate, value - step)]
    pairs = [pair for value in later if (pair := _pair(facts, sentence, value - step, value)) is not None]
    if len(pairs) == 1:
        yield _relation(rule, sentence, match, pairs[0])


def _gives(change: ReportedNumber, rate: ReportedNumber, base: Decimal) -> bool:
    """Whether a change divided by this value is the rate told."""
    if len(base.normalize().as_tuple().digits) < _LEAST or base <= 0:
        return False
    possible = Interval.printed(change).scaled(HUNDRED).divide(Interval.exact(base))
    return fit(rate, quotient(change.value * HUNDRED, base), possible) != "differs"


def _pair(facts: Facts, sentence: Sentence, earlier: Decimal, later: Decimal) -> tuple[Operand, Operand] | None:
    """Both values where one row of a table, or the sentence's own paragraph, prints them in this order."""
    paragraph = replace(sentence, text=sentence.flow.text, start=0, end=len(sentence.flow.text))
    told = [here(paragraph, one.span()) for one in _NUMBER.finditer(paragraph.text)]
    for values in [told, *_rows(facts)]:
        numbers = [one.value for one in values]
        if earlier in numbers and later in numbers and numbers.index(earlier) < numbers.index(later):
            return values[numbers.index(earlier)], values[numbers.index(later)]
    return None


def _rows(facts: Facts) -> Iterator[list[Operand]]:
    """The numbers of each row of each table."""
    for grid in facts.tables:
        rows: dict[int, list[Operand]] = {}
        for cell in grid.cells:
            number = parse(cell.text) if len(cell.text) <= _SAID else None
            if number is not None and not number.percent:
                key = f"{grid.table_id}r{cell.row}c{cell.column}"
                one = Operand(key, "operand", cell.text, number.value, grid.span(cell))
                rows.setdefault(cell.row, []).append(one)
        yield from rows.values()


def _relation(rule: str, sentence: Sentence, match: re.Match[str], pair: tuple[Operand, Operand]) -> Relation:
    earlier, later = pair
    right = replace(here(sentence, (match.start("rate"), match.end())), role="reported")
    change = printed_digits(match["change"])
    computed = written(quotient(change.value * HUNDRED, earlier.value or Decimal(1)), 2) + "%"
    return contradicted(
        rule,
        pair,
        right,
        formula=f"{match['change']} ÷ {earlier.text} = {computed}",
        computed=computed,
        title=f"文中增长率 {right.text} 误以现值为基数（应为 {computed}）",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，差额与 {earlier.text}、{later.text} 两数相符，"
        f"而该率系除以后一数 {later.text} 所得；以前一数为基数应为 {computed}。",
    )
