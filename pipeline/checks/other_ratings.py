"""Tellings that differ from another in most of what both tell (另一口径): another rating, not a row of errors."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from normalizers.records import Indicator, Mention
from pipeline.checks.prints import Print
from pipeline.checks.tolerance import restates

_MARKS = ("weight", "score")
_LEAST = 3  # marks in which two tellings differ before they are held to be two ratings
_REASON = "同一处所列多项均与另一处不符，疑为另一口径（分项目、分年度或另一次评分）"

Source = tuple[str, int]  # a table, the headings, or a line of running text


def other_ratings(
    indicators: Sequence[Indicator], prints: Mapping[int, Sequence[Print]]
) -> Iterator[tuple[Print, str]]:
    """(print, Chinese reason) of every telling that is another rating than the one whose marks were chosen.

    Whoever errs does so here and there; where three marks or more differ, and more differ than agree, the two
    tellings rate two things: parts of the project, years, the spender's own rating.
    """
    told = _by_source(indicators, prints)
    found: dict[Source, None] = {}
    for one, other in combinations(told, 2):
        both = told[one].keys() & told[other].keys()
        if len(both) >= _LEAST and any(_differ(told[one], told[other], both, mark) for mark in _MARKS):
            found[min((one, other), key=lambda source: (_counted(indicators, told[source]), source))] = None
    for source in found:
        yield from ((row, _REASON) for row in told[source].values())


def table_of(row: Print) -> str | None:
    """The table that a print stands in, None for running text."""
    return next((m.table for m in (row.weight, row.score, row.rate) if m is not None), None)


def _by_source(
    indicators: Sequence[Indicator], prints: Mapping[int, Sequence[Print]]
) -> dict[Source, dict[int, Print]]:
    """Source -> index of each indicator of the scored tree -> the first print there; sources of several only."""
    told: dict[Source, dict[int, Print]] = {}
    for one in indicators:
        for row in prints[one.index] if one.scope == 0 else ():
            source = _source(row)
            if source is not None:
                told.setdefault(source, {}).setdefault(one.index, row)
    return {source: own for source, own in told.items() if len(own) >= _LEAST}


def _source(row: Print) -> Source | None:
    """Where a print stands; None for a comment in a cell, which speaks of its row."""
    mark = row.score if row.weight is None else row.weight
    if mark is None or mark.place == "cell-text":
        return None
    if mark.table is not None:
        return mark.table, -1
    page, line = mark.span.passage
    return ("heading", -1) if mark.place == "heading" else (f"p{page or 0}", line or 0)


def _counted(indicators: Sequence[Indicator], own: Mapping[int, Print]) -> int:
    """How many marks of a telling are the ones chosen for their indicators."""
    chosen = {id(mention) for one in indicators for name, mention in one.chosen if name in _MARKS}
    return sum(id(row.get(mark)) in chosen for row in own.values() for mark in _MARKS)


def _differ(one: Mapping[int, Print], other: Mapping[int, Print], both: set[int], mark: str) -> bool:
    """Whether two tellings differ in three or more of one mark, and in more than they agree in."""
    stated = [(one[index].get(mark), other[index].get(mark)) for index in both]
    alike = [_alike(mine, theirs) for mine, theirs in stated if mine is not None and theirs is not None]
    return alike.count(False) >= _LEAST and alike.count(False) > alike.count(True)


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two marks agree, rounding allowed; what is no number differs from nothing."""
    return one.number is None or other.number is None or restates(one.number, other.number) != "differs"
