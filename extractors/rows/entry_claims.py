"""What is told of the entries of a scored list (条目得分): weight, score and deductions under the entry's own name."""

import re
from decimal import Decimal

from extractors.frozen import replace
from extractors.rows.context import Context
from extractors.rows.entries import Entry, entries
from extractors.rows.model import Printed, Statement
from extractors.rows.part_scores import words
from extractors.rows.text import Squeezed, points

Placed = tuple[int, Statement]
_FINAL = re.compile(r"小计|综上|综合|合计|共计|共得|总计|最终|实得|因此|故|该指标|本指标|该项|本项")
_POINT = re.compile(r"[①-⑳]")
# The score stands at once behind the weight: `（5分），得4分`, `5分，得4分`, `（权重5分，得分4分）`.
_AT_ONCE = re.compile(
    r"[)，,。；;:、]{0,2}(?:该指标|本指标|该项)?(?:自评|评价|实际|实|最终|综合|评定)?(?:得分|得|评分)?[为是:]?\d"
)


def with_entries(text: Squeezed, placed: list[Placed], context: Context) -> list[Placed]:
    """The statements of a paragraph, those of its entries told of the entries' names; others as they are."""
    found = () if context.heading or context.rules or context.cell_row is not None else entries(text.text)
    gone: set[int] = set()
    for entry in found:
        inside = [index for index, (at, _) in enumerate(placed) if entry.low <= at < entry.reach]
        head = next((index for index in inside if _weighs(text, placed[index][1], entry)), None)
        if head is not None:
            told = _told(text, entry, placed, inside, head, context)
            gone |= {index for index, statement in told.items() if statement is None}
            placed = [(at, told.get(index) or one) for index, (at, one) in enumerate(placed)]
    return [one for index, one in enumerate(placed) if index not in gone]


def _weighs(text: Squeezed, statement: Statement, entry: Entry) -> bool:
    """Whether a statement gives the weight at the entry's head."""
    weight = statement.value("weight")
    return weight is not None and statement.kind == "score-claim" and weight.text == text.text[slice(*entry.weight)]


def _told(
    text: Squeezed, entry: Entry, placed: list[Placed], inside: list[int], head: int, context: Context
) -> dict[int, Statement | None]:
    """Index -> statement, of all that an entry tells: its score joins its weight, its parts' scores are nobody's.

    None for the statement that only gave the score.
    """
    name = text.printed(*entry.name, entry.low, entry.end)
    claim = replace(placed[head][1], subject=name, role="", item=entry.code)
    scores = [index for index in inside if index == head or _open(placed[index][1], name, context)]
    scores = [index for index in scores if _scores(placed[index][1])]
    final = _final(text, entry, placed, scores, head)
    own = None if final is None else placed[final][1].value("score")
    if final != head:
        kept = tuple(value for value in claim.values if value[0] != "score")
        claim = replace(claim, values=kept + (() if final is None else placed[final][1].values))
    told: dict[int, Statement | None] = {head: claim}
    alone = len({_points(placed[index][1].value("score")) for index in scores}) < 2
    for index in inside:
        at, statement = placed[index]
        if index == final and index != head:
            told[index] = None
        if index in (head, final) or not _unnamed(statement, name):
            continue
        if _scores(statement) and _FINAL.search(statement.span.quote):
            continue  # it sums up what stands before: `备件8分，得7分，共得17分`
        if _scores(statement):
            score = statement.value("score")
            agrees = own is not None and score is not None and score.text == own.text
            told[index] = replace(statement, subject=name if agrees else words(text, at), role="")
        elif statement.kind in ("deduction", "full-mark", "no-deduction", "no-mark"):
            told[index] = replace(statement, subject=name if alone else words(text, at), role="")
    return told


def _unnamed(statement: Statement, name: Printed) -> bool:
    """Whether a statement names nobody but the entry (`政策宣传（5分）` labels its paragraph)."""
    return statement.subject is None or statement.subject.text.startswith(name.text)


def _open(statement: Statement, name: Printed, context: Context) -> bool:
    """Whether a statement may speak of the entry: it names no other indicator."""
    return _unnamed(statement, name) or not (statement.subject and context.names_indicator(statement.subject.text))


def _final(text: Squeezed, entry: Entry, placed: list[Placed], scores: list[int], head: int) -> int | None:
    """The statement that gives the entry's score: at once behind its weight, the only one, or the last where words or
    arithmetic say so; None where none does."""
    if not scores or _AT_ONCE.match(text.text, entry.weight[1]):
        return head if head in scores else None
    last = scores[-1]
    found = placed[last][1]
    if last != head and found.value("weight") is not None:
        return None
    weighed = any(placed[index][1].value("weight") is not None for index in scores if index != head)
    alone = len({_points(placed[index][1].value("score")) for index in scores}) == 1
    if alone and not weighed and not _POINT.search(text.text, entry.end, entry.reach):
        return last
    final = _FINAL.search(found.span.quote) and last != head
    return last if final or _left(text, entry, placed, head, last) else None


def _left(text: Squeezed, entry: Entry, placed: list[Placed], head: int, last: int) -> bool:
    """Whether the last score is what deductions leave of the weight or of the score before, or what the parts make."""
    own = _points(placed[last][1].value("score"))
    taken, parts = Decimal(0), Decimal(0)
    for _, statement in reversed(placed[head:last]):
        deduction, score = _points(statement.value("deduction")), _points(statement.value("score"))
        if statement.kind == "deduction" and deduction is not None:
            taken += deduction
        elif score is not None:
            if taken and own == score - taken:
                return True
            parts += score
    weight = points(text.text[slice(*entry.weight)])
    return own == parts or (bool(taken) and weight is not None and own == weight - taken)


def _points(printed: Printed | None) -> Decimal | None:
    """The points of a value."""
    return None if printed is None else points(printed.text)


def _scores(statement: Statement) -> bool:
    """Whether a statement gives somebody's score."""
    return statement.kind == "score-claim" and statement.value("score") is not None
