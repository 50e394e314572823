"""The indicator trees while they are put together (指标树): nodes, and how a table's rows find theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.provenance import SourceSpan
from extractors.rows.model import IndicatorRow
from normalizers.names import bare, key, likeness
from normalizers.numbers import parse
from normalizers.records import Mention

ALIKE = 0.75  # least likeness of two names of one indicator under the same parent


@dataclass(eq=False, slots=True)
class Node:
    """An indicator being assembled; `places` are the (table_id, row) that print it; `year` as IndicatorRow's."""

    level: int
    name: str
    span: SourceSpan
    parent: "Node | None"
    names: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    places: set[tuple[str, int]] = field(default_factory=set)
    year: str = ""
    keys: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Remember what its names share with other prints of them."""
        self.keys.update(map(key, self.names))

    @property
    def path(self) -> tuple[str, ...]:
        """Names of its ancestors, level 1 first."""
        return () if self.parent is None else (*self.parent.path, self.parent.name)

    def add_name(self, name: str) -> None:
        """Remember one more print of its name."""
        if name not in self.names:
            self.names.append(name)
            self.keys.add(key(name))

    def bears(self, name: str) -> bool:
        """Whether one of its names is a print of `name`: as alike as can be."""
        return key(name) in self.keys

    def alike(self, name: str) -> float:
        """How alike `name` is to the closest of its names."""
        if len(self.names) == 1:
            return likeness(self.names[0], name)
        return max(likeness(known, name) for known in self.names)


@dataclass(eq=False, slots=True)
class Tree:
    """One tree of indicators; `tables` are those merged into it, `year` the one year they state, '' if none does.

    apart: of a rating other than the report's. beside: identity of a heading -> titles of those beside it.
    trails: identity of a heading -> its path and what that names, as link.trail_of, until the tree changes.
    changes: how often the tree has been changed.
    """

    roots: list[Node] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    year: str = ""
    _listed: list[Node] | None = None  # what `nodes` gives, until the tree changes
    apart: bool = False
    beside: dict[int, tuple[str, ...]] = field(default_factory=dict)
    trails: dict[int, tuple[object, tuple[Node | None, ...]]] = field(default_factory=dict)
    _bearing: dict[str, list[Node]] | None = None  # what `bearing` looks up, until the tree changes
    changes: int = 0

    def nodes(self) -> list[Node]:
        """Every node, parents before children, in order of print; not to be changed."""
        if self._listed is None:
            self._listed = below(self.roots)
        return self._listed

    def bearing(self, wanted: str) -> list[Node]:
        """The nodes with a name of this key, in order of print; not to be changed."""
        if self._bearing is None:
            self._bearing = {}
            for node in self.nodes():
                for own in node.keys:
                    self._bearing.setdefault(own, []).append(node)
        return self._bearing.get(wanted, [])

    def at(self, level: int) -> list[Node]:
        """The nodes of one level."""
        return [node for node in self.nodes() if node.level == level]

    def add(self, parent: Node | None, level: int, name: str, span: SourceSpan) -> Node:
        """A new node below `parent`, or a new root."""
        self._changed()
        node = Node(level, bare(name), span, parent, [bare(name)])
        (self.roots if parent is None else parent.children).append(node)
        return node

    def hang(self, root: Node, parent: Node) -> None:
        """Put a root below `parent`."""
        self._changed()
        self.roots.remove(root)
        root.parent = parent
        parent.children.append(root)

    def _changed(self) -> None:
        """Forget what was known of the tree as it was."""
        self.trails.clear()
        self._listed = self._bearing = None
        self.changes += 1

    def merge(self, rows: Iterable[IndicatorRow]) -> dict[tuple[str, int, int], Node]:
        """Find or make the node of each row of one table; (table_id, row, level) -> node."""
        self._changed()
        ordered = sorted(rows, key=lambda row: (row.level, row.row))
        placed: dict[tuple[str, ...], Node] = {}
        found: dict[tuple[str, int, int], Node] = {}
        deepest = max((row.level for row in ordered), default=0)
        for level in range(1, deepest + 1):
            here = [row for row in ordered if row.level == level]
            for parent, siblings in _by_parent(here, placed):
                for row, node in _align(self, parent, siblings, merged=level < max(deepest, 3)):
                    node.add_name(bare(row.name.text))
                    node.places.add((row.table_id, row.row))
                    node.year = node.year or row.year
                    placed[_way((*row.path, row.name.text))] = node
                    found[row.table_id, row.row, level] = node
        return found


def below(nodes: Sequence[Node]) -> list[Node]:
    """These nodes and all below them, parents before children, in order of print."""
    found = []
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        found.append(node)
        stack.extend(reversed(node.children))
    return found


def _way(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(key, path))


def _by_parent(
    rows: list[IndicatorRow], placed: dict[tuple[str, ...], Node]
) -> list[tuple[Node | None, list[IndicatorRow]]]:
    """The rows of one level, grouped by the node their path leads to, in order of print."""
    groups: dict[int, tuple[Node | None, list[IndicatorRow]]] = {}
    for row in rows:
        way = _way(row.path)
        parent = placed.get(way)
        while parent is None and way:  # a level that the table leaves out
            way = way[:-1]
            parent = placed.get(way)
        groups.setdefault(id(parent), (parent, []))[1].append(row)
    return list(groups.values())


def _align(
    tree: Tree, parent: Node | None, rows: list[IndicatorRow], *, merged: bool
) -> list[tuple[IndicatorRow, Node]]:
    """Pair sibling rows with the children of `parent`: by equal name, by like name, by position; else new nodes.

    merged: names of this level stand over those of the next; one printed again on the next page is the same.
    """
    level = rows[0].level
    children = _candidates(tree, parent, level)
    free = list(children)
    pairs: list[tuple[IndicatorRow, Node | None]] = []
    for row in rows:
        wanted = key(row.name.text)
        node = next((child for child in free if wanted in child.keys), None)
        if node is None and merged:
            node = next((seen for other, seen in pairs if seen and key(other.name.text) == wanted), None)
        if node in free:
            free.remove(node)
        pairs.append((row, node))
    pairs = _by_likeness(pairs, free)
    if parent is not None or len(rows) > 1:  # one group of two tables each: nothing beside it says that they are one
        pairs = _by_position(pairs, free, children)
    return [(row, node or _elsewhere(tree, parent, row)) for row, node in pairs]


def _candidates(tree: Tree, parent: Node | None, level: int) -> list[Node]:
    if parent is None:
        known = tree.at(level)
        return [node for node in known if node.parent is None] or known
    return [node for node in below(parent.children) if node.level == level]


def _by_likeness(
    pairs: list[tuple[IndicatorRow, Node | None]], free: list[Node]
) -> list[tuple[IndicatorRow, Node | None]]:
    if not free:
        return pairs
    done: list[tuple[IndicatorRow, Node | None]] = []
    for row, known in pairs:
        best = max(free, key=lambda child: child.alike(row.name.text), default=None) if known is None else None
        if best is not None and best.alike(row.name.text) >= ALIKE:
            free.remove(best)
            done.append((row, best))
        else:
            done.append((row, known))
    return done


def _by_position(
    pairs: list[tuple[IndicatorRow, Node | None]], free: list[Node], children: list[Node]
) -> list[tuple[IndicatorRow, Node | None]]:
    """A single name left over on each side, between the same neighbours, with the same weight, is one indicator."""
    if len(free) != 1 or len(pairs) != len(children):
        return pairs
    left = [index for index, (_, node) in enumerate(pairs) if node is None]
    if len(left) != 1:
        return pairs
    index = left[0]
    row = pairs[index][0]
    if children.index(free[0]) == index and _same_weight(row, free[0]):
        pairs[index] = (row, free[0])
    return pairs


def _same_weight(row: IndicatorRow, node: Node) -> bool:
    printed = next((parse(value.text) for name, value in row.fields if name == "weight"), None)
    known = [mention.number.value for mention in node.mentions if mention.field == "weight" and mention.number]
    return printed is not None and printed.value in known


def _elsewhere(tree: Tree, parent: Node | None, row: IndicatorRow) -> Node:
    """The only node of this level with exactly this name, where the table leaves levels out; else a new node."""
    if parent is None:
        wanted = key(row.name.text)
        same = [node for node in tree.nodes() if node.level == row.level and wanted in node.keys]
        if len(same) == 1:
            return same[0]
    return tree.add(parent, row.level, row.name.text, row.name.span)
