"""Statements of prose laid upon the indicator trees (陈述归入指标), new indicators made where only prose names them."""

from dataclasses import dataclass

from extractors.rows.model import ReportRows, Statement
from normalizers.forest import Forest
from normalizers.link import Link, Trails, by_name, link
from normalizers.numbers import parse
from normalizers.outline import adopt, new_indicator
from normalizers.partial import partial_scores
from normalizers.places import place_of
from normalizers.records import Mention

_FIELDS = ("weight", "score", "score_rate", "deduction", "target", "actual", "completion")


@dataclass(frozen=True, slots=True)
class LinkedStatement:
    """A statement with the indicator it speaks of, or None."""

    statement: Statement
    link: Link


def lay(rows: ReportRows, forest: Forest) -> tuple[LinkedStatement, ...]:
    """Link every statement; what it states of an indicator becomes mentions of that indicator."""
    made = {}
    for number, statement in enumerate(rows.statements):
        owner = link(statement, forest).owner if statement.kind == "score-claim" else None
        if owner is not None:
            adopt(owner, statement, forest)
        elif statement.kind == "score-claim":
            node = new_indicator(statement, forest)
            if node is not None:
                made[number] = node
    partial = partial_scores(rows.statements, lambda name: by_name(name, forest.main, (), None) is not None)
    trails = Trails(forest.main)
    linked = []
    for number, statement in enumerate(rows.statements):
        found = Link(made[number], "正文列出") if number in made else link(statement, forest, trails)
        if number in partial:
            found = Link(None)
        if found.owner is not None:
            found.owner.mentions.extend(_mentions(statement, found.reason, f"s{number}"))
        linked.append(LinkedStatement(statement, found))
    return tuple(linked)


def _mentions(statement: Statement, reason: str, group: str) -> list[Mention]:
    place = place_of(statement)
    if statement.kind == "full-mark":
        return [Mention("score", "满分", None, statement.span, place, reason, group=group)]
    if statement.kind not in ("score-claim", "deduction", "target-quoted", "actual-quoted"):
        return []
    return [
        Mention(name, value.text, parse(value.text, value.unit), value.span, place, reason, group=group)
        for name, value in statement.values
        if name in _FIELDS
    ]
