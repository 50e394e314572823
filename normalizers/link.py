"""Which indicator a statement of prose speaks of (归属): by its table row, its name, or its heading."""

import re
from decimal import Decimal

from extractors.frozen import frozen
from extractors.rows.model import Statement
from extractors.segment.model import Heading
from extractors.vocabulary import LEVEL2, LEVEL3
from normalizers.forest import Forest
from normalizers.names import bare, key
from normalizers.numbers import parse
from normalizers.places import place_of
from normalizers.tree import Node, Tree, below

CLOSE = 0.8  # least likeness of a heading and an indicator below the same parent
_EXECUTION = re.compile(r"(?:预算|资金).{0,8}执行")  # `资金足额执行到位` is how lists call 预算执行率
_EXECUTIONS = frozenset(  # what a form calls its level-1 indicator of the execution rate
    ("预算执行", "预算执行率", "预算资金执行", "预算资金执行率", "资金执行", "资金执行率", "预算执行进度", "执行率")
)
_BELOW = {key(name) for name in LEVEL2 + LEVEL3}  # `产出数量` below the heading 产出 is not 产出
_SUMS_UP = re.compile(r"综上|综合|合计|共计|小计|总计|总体|总分|汇总|累计|共得|因此|最终|[该本此][类部项]")
_IN_TABLES = ("scoring", "form", "summary", "group", "annex")
_STOP = re.compile(r"[。；;！？!?]")
_LEVELS = {"一级": 1, "二级": 2, "三级": 3}


@frozen
class Link:
    """An owner and the reason for it, in Chinese; owner None = not linked."""

    owner: Node | None
    reason: str = ""


Trail = tuple[Node | None, ...]


def link(statement: Statement, forest: Forest) -> Link:
    """The indicator that `statement` speaks of, with the reason."""
    if statement.cell_row is not None:
        owner = forest.owner_of_row(*statement.cell_row)
        if owner is not None and _subject_allows(statement, owner):
            return Link(owner, "同一表行")
    role = statement.role
    level = next((number for word, number in _LEVELS.items() if word in role), None) if role else None
    trail = trail_of(statement.path, forest.main)
    if statement.subject is not None:
        owner = by_name(statement.subject.text, forest.main, trail, level)
        if owner is not None:
            return Link(owner, "名称相同")
        if not _speaks_of_heading(statement):
            return Link(None)
    return _by_heading(statement, trail, level)


def _subject_allows(statement: Statement, owner: Node) -> bool:
    """A comment may name another indicator than its row's; then the row does not decide."""
    return statement.subject is None or owner.alike(statement.subject.text) >= CLOSE


def _speaks_of_heading(statement: Statement) -> bool:
    if statement.subject is None or not statement.path:
        return True
    if _STOP.search(statement.subject.text):
        return False  # words that a paragraph begins with, `经济效益指标。农机总动力`, stand for something untold
    title, name = key(statement.path[-1].title), key(statement.subject.text)
    aspect, found, _ = statement.subject.text.partition("方面")
    if found and key(aspect) not in title:
        return False  # `绩效目标合理性方面，项目数、` below 绩效目标 speaks of something else than the heading
    return name in title or (title in name and name not in _BELOW)


def trail_of(path: tuple[Heading, ...], tree: Tree) -> Trail:
    """For each heading, the indicator it names, below the indicator of the headings above it; None if it names none.

    Worked out once for each heading (标题所指) for as long as the tree stays.
    """
    if not path:
        return ()
    known = tree.trails.get(id(path[-1]))
    if known is None or known[0] != path:
        known = tree.trails[id(path[-1])] = path, _trail(path, tree)
    return known[1]


def _trail(path: tuple[Heading, ...], tree: Tree) -> Trail:
    """What each heading of a path names, the last below what those above it name."""
    *outer, heading = path
    trail = trail_of(tuple(outer), tree)
    node = _named(heading.title, tree, next((above for above in reversed(trail) if above is not None), None))
    if node is not None and not node.bears(heading.title) and _has_own(node, heading, tree):
        node = None
    return (*trail, node)


def _named(title: str, tree: Tree, above: Node | None) -> Node | None:
    wanted = key(title)
    if above is None:
        exact = tree.bearing(wanted)
        if exact:
            return min(exact, key=lambda node: node.level)
        rates = [node for node in tree.nodes() if "执行率" in node.name] if _EXECUTION.search(title) else []
        return rates[0] if len(rates) == 1 and rates[0].level == 1 else None
    nodes = below(above.children)
    same = next((node for node in nodes if wanted in node.keys), None)
    if same is not None:
        return same
    best = max(nodes, key=lambda node: node.alike(title), default=None)
    return best if best is not None and best.alike(title) >= CLOSE else None


def _has_own(node: Node, heading: Heading, tree: Tree) -> bool:
    """Whether a heading beside one that is merely like the indicator's name bears that name (普高/中职资助人数)."""
    return any(node.bears(title) for title in tree.beside.get(id(heading), ()))


def by_name(name: str, tree: Tree, trail: tuple[Node | None, ...], level: int | None) -> Node | None:
    """The indicator called `name`: the one nearest to the headings, else the only one; None where two would do."""
    plain, wanted = bare(name), key(name)
    named = [node for node in tree.bearing(key(plain)) if plain in node.names and level in (None, node.level)]
    exact = named or [node for node in tree.bearing(wanted) if level in (None, node.level)]
    if not exact and wanted in _EXECUTIONS and level in (None, 1):
        exact = [node for node in tree.nodes() if node.level == 1 and key(node.name) in _EXECUTIONS]
    if len(exact) == 1:
        return exact[0]
    anchors = [node for node in trail if node is not None]
    for anchor in reversed(anchors):
        if anchor in exact:
            return anchor
        near = [node for node in below(anchor.children) if node in exact]
        if len(near) == 1:
            return near[0]
    highest = [node for node in exact if node.level == min(other.level for other in exact)]
    return highest[0] if len(highest) == 1 else None


def _by_heading(statement: Statement, trail: tuple[Node | None, ...], level: int | None) -> Link:
    """The innermost heading must name an indicator itself; a level hint may look further up."""
    if not trail:
        return Link(None)
    if level is not None:
        owner = next((node for node in reversed(trail) if node is not None and node.level == level), None)
        return Link(owner, "标题之下" if owner else "")
    if trail[-1] is None or _is_of_a_member(statement, trail[-1]):
        return Link(None)
    return Link(trail[-1], "同一标题")


def _is_of_a_member(statement: Statement, owner: Node) -> bool:
    """Whether a bare score below a group's heading (`效益指标。…覆盖率80%，得6.4分`) may be that of one of its members.

    It is the group's where words sum up, or where it is what the group or its members together are printed to have.
    """
    if statement.kind != "score-claim" or statement.role or statement.subject is not None:
        return False
    score = statement.value("score")
    if score is None or statement.value("weight") is not None or _SUMS_UP.search(statement.span.quote):
        return False
    if place_of(statement) == "heading" or _right_behind(statement):
        return False
    members = [child for child in below(owner.children) if _scores_of(child)]
    if not members:
        return False
    number = parse(score.text, score.unit)
    known = _scores_of(owner)
    leaves = [_scores_of(child) for child in members if not child.children]
    together = sum((next(iter(values)) for values in leaves if len(values) == 1), Decimal(0))
    return number is None or (number.value not in known and number.value != together)


def _right_behind(statement: Statement) -> bool:
    """Whether the claim stands at once behind its heading's title, on the same line (`1.产出指标。得48分`)."""
    heading = statement.path[-1]
    line = heading.flow.lines[-1] if heading.flow.lines else None
    if line is None or line.number != statement.span.line:
        return False
    return line.text.partition(heading.title)[2].lstrip(" 　：:。.，,）)").startswith(statement.span.quote)


def _scores_of(node: Node) -> set[Decimal]:
    """The scores that tables print of an indicator."""
    return {m.number.value for m in node.mentions if m.field == "score" and m.number and m.place in _IN_TABLES}
