"""Scores of what an indicator is made of (分项得分), told one by one before the indicator's own: they are nobody's."""

from decimal import Decimal

from extractors.frozen import replace
from extractors.rows.model import Printed, Statement
from extractors.rows.text import Squeezed, points

Placed = tuple[int, Statement]
_LEAST = 3  # scores told of one name: two parts and what they make
_UNNAMED = 12  # characters of a sentence that stand for what it speaks of


def without_parts(text: Squeezed, placed: list[Placed]) -> list[Placed]:
    """The statements; of several scores told of one name in one line the last is its own if the others add up to it.

    `平台上线，得2分；专员未到位，得1分。故该指标扣1分，得3分`: 2 and 1 are of parts that have no name.
    """
    told: dict[tuple[int, str, str], list[int]] = {}
    for index, (at, statement) in enumerate(placed):
        if statement.kind == "score-claim" and statement.value("score") is not None:
            name = statement.subject.text if statement.subject else ""
            told.setdefault((text.text.rfind("\n", 0, at), name, statement.role), []).append(index)
    done = list(placed)
    for indices in told.values():
        scores = [points_of(placed[index][1]) for index in indices]
        if len(scores) >= _LEAST and sum(scores[:-1], Decimal(0)) == scores[-1]:
            for index in indices[:-1]:
                at, statement = placed[index]
                done[index] = (at, replace(statement, subject=words(text, at), role=""))
    return done


def words(text: Squeezed, at: int) -> Printed:
    """The words that a statement begins with, which name no indicator."""
    return text.printed(at, min(at + _UNNAMED, len(text.text)), at, min(at + _UNNAMED, len(text.text)))


def points_of(statement: Statement) -> Decimal:
    """The points of a statement's score; 0 where they cannot be read."""
    printed = statement.value("score")
    return (points(printed.text) if printed is not None else None) or Decimal(0)
