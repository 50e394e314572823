"""Statements of prose laid upon the indicator trees (陈述归入指标), new indicators made where only prose names them."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from extractors.frozen import frozen, replace
from extractors.rows.model import ReportRows, Statement
from extractors.segment.model import Heading
from normalizers.forest import Forest
from normalizers.link import Link, by_name, link, trail_of
from normalizers.listed import listed
from normalizers.names import key
from normalizers.numbers import parse
from normalizers.outline import adopt, new_indicator
from normalizers.partial import partial_scores
from normalizers.places import place_of
from normalizers.records import Mention
from normalizers.subprojects import of_projects
from normalizers.tree import Node, Tree

_NONE = Link(None)
_FIELDS = ("weight", "score", "score_rate", "deduction", "target", "actual", "completion")


@frozen
class LinkedStatement:
    """A statement with the indicator it speaks of, or None. of_project: of a rating of one project among several."""

    statement: Statement
    link: Link
    of_project: bool = False


def lay(rows: ReportRows, forest: Forest) -> tuple[LinkedStatement, ...]:
    """Link every statement; what it states of an indicator becomes mentions of that indicator.

    What a report says of single projects that it rates one by one is laid upon a tree of each project's own.
    """
    placed: dict[int, LinkedStatement] = {}
    trees: list[Tree] = []
    for indices in of_projects(rows.statements):
        told = replace(rows, statements=tuple(rows.statements[index] for index in indices))
        own = Forest()
        entries = [replace(entry, of_project=True) for entry in _laid(told, own)]
        placed |= zip(indices, entries, strict=True)
        trees += [tree for tree in own.trees if tree.roots]
    rest = [index for index in range(len(rows.statements)) if index not in placed]
    told = replace(rows, statements=tuple(rows.statements[index] for index in rest)) if placed else rows
    placed |= zip(rest, _laid(told, forest), strict=True)
    if trees:
        forest.put_behind(trees)
    return tuple(placed[index] for index in range(len(rows.statements)))


def _laid(rows: ReportRows, forest: Forest) -> tuple[LinkedStatement, ...]:
    """The statements of one rating upon its trees."""
    made = {}
    first: dict[int, tuple[int, Link]] = {}  # the link of each score, and how the tree stood
    forest.main.beside = _beside(rows)
    entries = listed(rows.statements, _full_marks(rows.statements, forest))
    for number, statement in enumerate(rows.statements):
        if statement.kind != "score-claim":
            continue
        found = link(statement, forest)
        first[number] = forest.main.changes, found
        owner = found.owner
        if owner is not None and number in entries and _below_its_heading(statement, owner):
            owner = None
        if owner is not None:
            adopt(owner, statement, forest)
        else:
            node = new_indicator(statement, forest, entry=number in entries)
            if node is not None:
                made[number] = node
    partial = partial_scores(rows.statements, lambda name: by_name(name, forest.main, (), None) is not None)
    partial -= made.keys() & entries
    linked = []
    for number, statement in enumerate(rows.statements):
        changes, found = first.get(number, (-1, _NONE))
        if number in made:
            found = Link(made[number], "正文列出")
        elif changes != forest.main.changes:
            found = link(statement, forest)
        if number in partial:
            found = _NONE
        if found.owner is not None:
            found.owner.mentions.extend(_mentions(statement, found.reason, f"s{number}"))
        linked.append(LinkedStatement(statement, found))
    return tuple(linked)


def _beside(rows: ReportRows) -> dict[int, tuple[str, ...]]:
    """Identity of each heading -> the titles of the others below the same heading."""
    below: dict[int, list[Heading]] = {}
    for section in rows.part.sections:
        if section.path:
            below.setdefault(id(section.path[-2]) if len(section.path) > 1 else 0, []).append(section.path[-1])
    found: dict[int, tuple[str, ...]] = {}
    for siblings in below.values():
        titles = tuple(dict.fromkeys(heading.title for heading in siblings))
        found |= {id(heading): titles for heading in siblings}
    return found


def _below_its_heading(statement: Statement, owner: Node) -> bool:
    """Whether an entry of a list was linked to the heading that it stands below (`居民满意度` below `满意度`)."""
    return statement.subject is not None and owner.alike(statement.subject.text) < 1.0


def _full_marks(statements: Sequence[Statement], forest: Forest) -> Callable[[tuple[Heading, ...]], set[Decimal]]:
    """What the report gives as the weight of the indicator that a path of headings names: headings, text and tables."""
    told: dict[int, set[Decimal]] = {}
    for statement in statements:
        weight = statement.value("weight") if statement.kind == "score-claim" and statement.path else None
        number = parse(weight.text, weight.unit) if weight is not None and statement.cell_row is None else None
        if number is not None and _of_heading(statement):
            told.setdefault(id(statement.path[-1]), set()).add(number.value)

    def full_marks(path: tuple[Heading, ...]) -> set[Decimal]:
        node = trail_of(path, forest.main)[-1]
        printed = [] if node is None else [m.number.value for m in node.mentions if m.field == "weight" and m.number]
        return told.get(id(path[-1]), set()) | set(printed)

    return full_marks


def _of_heading(statement: Statement) -> bool:
    """Whether a claim is that of the heading it stands in or below (`该部分共15分`, `决策指标满分15分`)."""
    return statement.subject is None or key(statement.subject.text) == key(statement.path[-1].title)


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
