"""Tables of one report put together into indicator trees (指标体系): one scored tree, others apart."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.rows.model import IndicatorRow, TableRole
from normalizers.dates import years
from normalizers.names import key
from normalizers.numbers import parse
from normalizers.records import Mention, MentionPlace
from normalizers.tree import Node, Tree
from normalizers.years import by_year

_ORDER: tuple[TableRole, ...] = ("scoring", "form", "summary", "group", "annex", "target")
_WHOLE = 100
# A scoring rule that a lost column put where names stand (`有制度2分，有效执行2分`, `每低10%扣1分`).
_RULE = re.compile(r"[得计扣加减]\s?\d|每[^，,]{0,8}[扣减加]|^[≤≥<>＜＞]|\d\s?分[，,；;、]")
_MOSTLY = 0.75  # least share where each makes up a whole rating
_SHARED = 0.5  # least share of a table's deepest names that must be known for it to restate a tree


@dataclass(eq=False, slots=True)
class Forest:
    """The trees of one report, the scored one first; `by_place`: (table_id, row, level) -> node.

    closing: (table_id, row) of total and subtotal rows.
    """

    trees: list[Tree] = field(default_factory=list)
    by_place: dict[tuple[str, int, int], Node] = field(default_factory=dict)
    closing: set[tuple[str, int]] = field(default_factory=set)

    @property
    def main(self) -> Tree:
        """The scored tree; made empty where no table holds one."""
        if not self.trees:
            self.trees.append(Tree())
        return self.trees[0]

    def fell(self) -> None:
        """Let go of the trees: parents and children hold each other, and with them all that a report states."""
        for tree in self.trees:
            for node in tree.nodes():
                node.parent = None

    def put_behind(self, trees: list[Tree]) -> None:
        """Trees of other ratings, behind the report's own."""
        self.trees = [self.main, *self.trees[1:], *trees]

    def owner_of_row(self, table: str, row: int) -> Node | None:
        """The deepest indicator that a table's row prints (a continued row belongs to the one above)."""
        for above in range(row, max(row - 3, -1), -1):
            for level in (4, 3, 2, 1):
                node = self.by_place.get((table, above, level))
                if node is not None:
                    return node
            if (table, above) in self.closing:
                return None
        return None


def grow(rows: tuple[IndicatorRow, ...], evaluated: tuple[int, ...] = ()) -> Forest:
    """The trees that the indicator rows of a report form; every printed field kept as a mention.

    evaluated: the fiscal years of the report, if it names them; targets of another year stand apart.
    """
    forest = Forest()
    tables: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        if row.row_role == "indicator" and not _RULE.search(row.name.text):
            tables.setdefault(row.table_id, []).append(row)
        else:
            forest.closing.add((row.table_id, row.row))
    ordered = sorted(tables.values(), key=lambda own: (own[0].apart, _ORDER.index(own[0].table_role)))
    for own in ordered:
        for year, of_year in by_year(own):
            _plant(forest, of_year, year, evaluated)
    return forest


def _plant(forest: Forest, rows: list[IndicatorRow], year: str, evaluated: tuple[int, ...]) -> None:
    """The rows that one table prints of one year, put into the tree they belong to."""
    tree = _tree_for(forest, rows, year, evaluated)
    found = tree.merge(rows)
    tree.tables.append(rows[0].table_id)
    for place, node in found.items():
        forest.by_place.setdefault(place, node)  # a text in a row of two years is told of the first
    for row in rows:
        found[row.table_id, row.row, row.level].mentions.extend(_mentions(row))


def _tree_for(forest: Forest, rows: list[IndicatorRow], year: str, evaluated: tuple[int, ...]) -> Tree:
    """The tree that this table restates or completes, else a new one; never one that states another year.

    The forms attached to a report make a tree of their own, behind the report's.
    """
    if rows[0].apart and not forest.trees:
        forest.trees.append(Tree())
    apart = bool(evaluated) and rows[0].table_role == "target" and not set(years(year)) <= set(evaluated)
    for tree in forest.trees:
        if tree.apart != rows[0].apart:
            continue
        if (year and tree.year not in ("", year)) or (apart and tree.year != year):
            continue
        if rows[0].apart or _restates(tree, rows) or (tree is forest.main and _completes(tree, rows)):
            tree.year = tree.year or year
            return tree
    forest.trees.append(Tree(year=year, apart=rows[0].apart))
    return forest.trees[-1]


def _restates(tree: Tree, rows: list[IndicatorRow]) -> bool:
    deepest = max(row.level for row in rows)
    names = {key(row.name.text) for row in rows if row.level == deepest}
    known = {key(name) for node in tree.at(deepest) for name in node.names}
    if deepest == 1 and rows[0].table_role == "target":
        return False
    shared = len(names & known)
    if _MOSTLY * len(names) > shared and _is_whole(tree) and _own_weight(rows) == _WHOLE:
        return False  # two projects rated with many of the same words
    return bool(names) and shared >= _SHARED * len(names)


def _completes(tree: Tree, rows: list[IndicatorRow]) -> bool:
    """A group table of a new level-1 indicator, or the details of one known by its summary only."""
    if rows[0].table_role == "target":
        return False
    tops = {key(row.path[0] if row.path else row.name.text) for row in rows}
    known = {key(name): root for root in tree.roots for name in root.names}
    touched = [known[top] for top in tops if top in known]
    if not touched:
        return rows[0].table_role in ("group", "annex", "summary") and not (_is_whole(tree) or _too_much(tree, rows))
    if len(touched) < _SHARED * len(tops) and _is_whole(tree) and _too_much(tree, rows):
        return False  # the ratings of several projects each have their 预算执行率
    return all(not root.children for root in touched)


def _too_much(tree: Tree, rows: list[IndicatorRow]) -> bool:
    """Whether tree and table have weights of up to 100 each, and together more: two ratings."""
    own = _own_weight(rows)
    told = sum((value for value in _weights(tree) if value is not None), Decimal(0))
    return max(own, told) <= _WHOLE < own + told


def _own_weight(rows: list[IndicatorRow]) -> Decimal:
    """What the weights of a table's lowest indicators come to."""
    deepest = max(row.level for row in rows)
    printed = (value for row in rows if row.level == deepest for name, value in row.fields if name == "weight")
    return sum((number.value for value in printed if (number := parse(value.text, value.unit))), Decimal(0))


def _is_whole(tree: Tree) -> bool:
    """Whether the weights that tables print in a tree come to 100 already: what else is scored is another rating."""
    weights = _weights(tree)
    return None not in weights and sum(value for value in weights if value is not None) == _WHOLE


def _weights(tree: Tree) -> list[Decimal | None]:
    """What tables print as the weight of each of the lowest indicators."""
    return [
        next((m.number.value for m in node.mentions if m.field == "weight" and m.number), None)
        for node in tree.nodes()
        if not node.children
    ]


def _mentions(row: IndicatorRow) -> list[Mention]:
    place: MentionPlace = row.table_role
    table, group = row.table_id, f"{row.table_id}r{row.row}"
    return [
        Mention(
            name, value.text, parse(value.sign + value.text, value.unit), value.span, place, "同一表行", table, group
        )
        for name, value in row.fields
    ]
