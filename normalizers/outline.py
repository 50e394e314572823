"""Indicators that only prose prints (正文列示的指标): headings and list items that state weights make the tree."""

import re
from decimal import Decimal

from extractors.rows.model import Statement
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3
from normalizers.forest import Forest
from normalizers.link import trail_of
from normalizers.listed import entry_name, is_leaf
from normalizers.names import bare, key
from normalizers.numbers import parse
from normalizers.places import place_of
from normalizers.tree import Node, Tree

_KNOWN = {key(name) for name in LEVEL1 + LEVEL2 + LEVEL3}
_GROUP_KEYS = {key(name) for name in LEVEL1}
_EXECUTION = ("预算执行率", "预算执行", "预算资金执行率", "资金执行率")
_WHOLE = Decimal(100)
_TOPS = {name.removesuffix("指标") for name in LEVEL1}
_GROUPS = {name.removesuffix("指标") for name in LEVEL2} - {"绩效目标"}  # also a chapter of reports
_ONLY_GROUPS = {key(name) for name in LEVEL2} - {key(name) for name in LEVEL1}
_LOOKS_LIKE_INDICATOR = re.compile(
    r"(?:指标|率|性|度|效益|质量|数量|时效|成本|人数|户数|件数|次数|场次|面积|里程|金额)$"
)
_POINTS = re.compile(r"[(（]\s*\d{1,3}(?:\.\d+)?\s*分\s*[)）]")
# The bracket behind a name, not one within it (`接入部门（镇街）数`).
_CLAIM_BEHIND = re.compile(r"[(（](?=[^()（）]*(?:\d|$|[)）]\s*$)).*$", re.DOTALL)
_PATH = re.compile(r"\s*(?:—+|-{1,2}>?|→|/)\s*")  # `产出指标——数量指标`
_TAIL = re.compile(r"(?:得分|完成|评价)?(?:情况)?(?:分析)?$")
_QUOTED = re.compile(r"^(?P<group>.{2,12}指标)\s*[“\"「『《](?P<name>[^”\"」』》]{2,40})[”\"」』》]$")
# `该指标` below such a heading speaks of something the heading does not name.
_NO_INDICATOR = re.compile(r"(?:说明|结论|问题|建议|原因|措施|概况|附件|报告|标准|指标)$")
_MAX_NAME = 24  # characters
_STOP = re.compile(r"[。；;！!？?]")  # what goes beyond a sentence is no name
_THIS = ("该", "本", "此")


def new_indicator(statement: Statement, forest: Forest, *, entry: bool = False) -> Node | None:
    """The indicator that a claim without an owner makes, or None: a claim of its own weight under its own name.

    entry: the list that the claim stands in vouches for its name.

    `数量指标“面积”：…该指标分值10分` makes two levels; `（1）政策合规性（6分）` one below the heading it stands under.
    """
    if statement.value("weight") is None or statement.cell_row is not None:
        return None
    parent = next((node for node in reversed(trail_of(statement.path[:-1], forest.main)) if node is not None), None)
    orphan = _orphan(statement, forest.main) if parent is not None else None
    if parent is not None and orphan is not None and parent is not orphan:
        forest.main.hang(orphan, parent)
        return orphan
    headings = statement.path if statement.subject is not None else ()
    above = next((node for node in reversed(trail_of(headings, forest.main)) if node is not None), parent)
    if not _may_grow(forest, above if entry else parent) or (headings and is_leaf(_PATH.split(headings[-1].title)[-1])):
        return _missing_group(statement, forest)
    quoted = _QUOTED.match(bare(statement.path[-1].title)) if statement.path and statement.subject is None else None
    if quoted is not None:
        group = _child(forest, parent, quoted["group"], statement, level=2)
        return _child(forest, group, quoted["name"], statement, level=3)
    name = _name_of(statement, bool(forest.main.tables), above) or (entry_name(statement) if entry else None)
    if name is None:
        return None
    parent = _below_headings(forest, parent, name, statement)
    top = 2 if key(name) in _ONLY_GROUPS else 1  # a report that was cut may print `产出时效` without 产出
    level = top if parent is None else min(parent.level + 1, 3)
    if statement.value("target") is not None and key(name) not in _KNOWN:
        level = 3
    return forest.main.add(parent, level, name, statement.span)


def _missing_group(statement: Statement, forest: Forest) -> Node | None:
    """The level-1 group that tables leave out and with which their weights come to just 100."""
    weight = statement.value("weight")
    own = None if weight is None else parse(weight.text, weight.unit)
    if statement.subject is None or statement.value("score") is None or own is None or not own.value:
        return None
    name = _TAIL.sub("", _CLAIM_BEHIND.sub("", bare(statement.subject.text)))
    leaves = [_table_weight(node) for node in forest.main.nodes() if not node.children]
    whole = None not in leaves and sum(value for value in leaves if value is not None) + own.value == _WHOLE
    if not whole or (key(name) not in _GROUP_KEYS and name not in _EXECUTION):
        return None
    return forest.main.add(None, 1, name, statement.span)


def _table_weight(node: Node) -> Decimal | None:
    """The weight that tables print of an indicator, None where they print none or several."""
    weights = {m.number.value for m in node.mentions if m.field == "weight" and m.number and m.place != "prose"}
    return next(iter(weights)) if len(weights) == 1 else None


def adopt(node: Node, statement: Statement, forest: Forest) -> None:
    """Hang an indicator that its table prints without levels below the one whose heading its statement stands under."""
    if node.parent is not None or node.level == 1 or node.children or node not in forest.main.roots:
        return
    trail = trail_of(statement.path, forest.main)
    parent = next((above for above in reversed(trail) if above is not None and above is not node), None)
    if parent is not None and parent.level < node.level and not (parent.parent is None and parent.level > 1):
        forest.main.hang(node, parent)


def _orphan(statement: Statement, tree: Tree) -> Node | None:
    """The one indicator of the claim's very name that its table prints without levels above."""
    named = statement.subject.text if statement.subject else statement.path[-1].title if statement.path else ""
    name = _TAIL.sub("", _CLAIM_BEHIND.sub("", bare(named)))
    found = [node for node in tree.roots if node.level > 1 and not node.children and node.bears(name)]
    return found[0] if name and len(found) == 1 else None


def _below_headings(forest: Forest, parent: Node | None, name: str, statement: Statement) -> Node | None:
    """The parent of an indicator among the headings above it: the innermost that names another indicator.

    Above a line that states target or actual value the framework's own headings (`1、数量指标`) are its groups, also
    where nothing states their weight.
    """
    headings = statement.path if statement.subject is not None else statement.path[:-1]
    trail = trail_of(headings, forest.main)
    answered = statement.value("target") is not None or statement.value("actual") is not None
    titles = [
        (title, node)
        for heading, node in zip(headings, trail, strict=True)
        for title in _PATH.split(_CLAIM_BEHIND.sub("", bare(heading.title)))
    ]
    for title, node in titles:
        group = title.removesuffix("分析").removesuffix("指标")
        if key(title) == key(name):
            continue
        if node is not None:
            parent = node
        elif answered and parent is None and group in _TOPS:
            parent = _child(forest, None, title, statement, level=1)
        elif answered and (parent is None or parent.level == 1) and group in _GROUPS:
            parent = _child(forest, parent, title, statement, level=2)
    return parent


def _may_grow(forest: Forest, parent: Node | None) -> bool:
    """Prose completes a tree that tables left open; it adds nothing beside what they print."""
    if not forest.main.tables:
        return True
    if parent is None:
        flat = any(root.level > 1 for root in forest.main.roots)  # a table of the lowest level alone
        return flat or all(not root.children for root in forest.main.roots) or _is_form(forest)
    return not any(child.places for child in parent.children)


def _is_form(forest: Forest) -> bool:
    """Whether the scored rows of the tables lack their scores, as in forms whose numbers stand in the text."""
    return not any(m.field == "score" and m.place != "form" for node in forest.main.nodes() for m in node.mentions)


def _name_of(statement: Statement, beside_tables: bool, parent: Node | None) -> str | None:
    """The name that the claim gives its indicator, or None where it is not the name of one.

    Below an indicator's heading any name that stands with its weight and score is one (`档案管理6分，得5分`).
    """
    named = statement.subject is not None
    headed = not named and (place_of(statement) == "heading" or _runs_on(statement))
    if not named and not (headed or statement.role.startswith(_THIS)):
        return None
    printed = statement.subject.text if statement.subject else (statement.path[-1].title if statement.path else "")
    if not named and len(_POINTS.findall(printed)) > 1:  # the names of several, run together
        return None
    name = _TAIL.sub("", _CLAIM_BEHIND.sub("", bare(printed)))
    if named and f"{name}指标" in bare(statement.span.quote):
        name = f"{name}指标"
    scored = statement.value("score") is not None
    known = key(name) in _KNOWN or bool(_LOOKS_LIKE_INDICATOR.search(name))
    sure = headed and (scored or not beside_tables)
    below = parent is not None and not parent.places
    told = scored and (statement.role.startswith(_THIS) or (named and below)) and not _NO_INDICATOR.search(name)
    if name.startswith(_THIS):
        return None
    if not name or len(name) > _MAX_NAME or _STOP.search(name) or not (known or sure or told) or (named and not scored):
        return None
    return name


def _runs_on(statement: Statement) -> bool:
    """Whether a claim naming nobody stands in its numbered heading's own line (`（1）立项依据充分性：分值3分`)."""
    heading = statement.path[-1] if statement.path else None
    if heading is None or not heading.label or statement.role or statement.span.line is None:
        return False
    last = heading.flow.lines[-1]
    return (last.page, last.number) == statement.span.passage


def _child(forest: Forest, parent: Node | None, name: str, statement: Statement, level: int) -> Node:
    """The child of that name, made if it is not there yet."""
    siblings = forest.main.roots if parent is None else parent.children
    same = next((node for node in siblings if node.level == level and node.bears(name)), None)
    return same or forest.main.add(parent, level, name, statement.span)
