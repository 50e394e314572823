"""Statements of prose laid upon the indicator trees (陈述归入指标), new indicators made where only prose names them."""

import re
from dataclasses import dataclass

from extractors.rows.model import ReportRows, Statement
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3
from normalizers.forest import Forest
from normalizers.link import Link, link, trail_of
from normalizers.names import bare, key
from normalizers.numbers import parse
from normalizers.records import Mention, MentionPlace
from normalizers.tree import Node

_KNOWN = {key(name) for name in LEVEL1 + LEVEL2 + LEVEL3}
_LOOKS_LIKE_INDICATOR = re.compile(r"(?:指标|率|性|度|效益|质量|数量|时效|成本)$")
_CLAIM_BEHIND = re.compile(r"[(（].*$", re.DOTALL)
_TAIL = re.compile(r"(?:得分|完成|评价)?(?:情况)?(?:分析)?$")
_FIELDS = ("weight", "score", "score_rate", "deduction", "target", "actual", "completion")


@dataclass(frozen=True, slots=True)
class LinkedStatement:
    """A statement with the indicator it speaks of, or None."""

    statement: Statement
    link: Link


def lay(rows: ReportRows, forest: Forest) -> tuple[LinkedStatement, ...]:
    """Link every statement; what it states of an indicator becomes mentions of that indicator."""
    linked = []
    for number, statement in enumerate(rows.statements):
        found = link(statement, forest)
        if found.owner is None and statement.kind == "score-claim":
            found = _new_indicator(statement, forest)
        if found.owner is not None:
            found.owner.mentions.extend(_mentions(statement, found.reason, f"s{number}"))
        linked.append(LinkedStatement(statement, found))
    return tuple(linked)


def place_of(statement: Statement) -> MentionPlace:
    """Where a statement stands: in a heading, in a table cell's text, or in running prose."""
    if statement.cell_row is not None:
        return "cell-text"
    heading = statement.path[-1] if statement.path else None
    in_heading = heading is not None and any(
        line.number == statement.span.line and line.page == statement.span.page for line in heading.flow.lines
    )
    if heading is not None and in_heading and statement.span.quote in heading.flow.text:
        return "heading"
    return "prose"


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


def _new_indicator(statement: Statement, forest: Forest) -> Link:
    """An indicator that no table prints: a heading or list item that states weight and score under its name."""
    if statement.value("weight") is None or statement.value("score") is None or statement.cell_row is not None:
        return Link(None)
    printed = statement.subject.text if statement.subject else (statement.path[-1].title if statement.path else "")
    name = _TAIL.sub("", _CLAIM_BEHIND.sub("", bare(printed)))
    if not name or not (key(name) in _KNOWN or _LOOKS_LIKE_INDICATOR.search(name)) or len(name) > 20:
        return Link(None)
    if place_of(statement) != "heading" and statement.subject is None:
        return Link(None)
    parent = next((node for node in reversed(trail_of(statement.path[:-1], forest.main)) if node is not None), None)
    node = _add(forest, parent, name, statement)
    return Link(node, "正文列出")


def _add(forest: Forest, parent: Node | None, name: str, statement: Statement) -> Node:
    level = 1 if parent is None else min(parent.level + 1, 3)
    return forest.main.add(parent, level, name, statement.span)
