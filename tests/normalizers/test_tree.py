"""The list of a tree's nodes is kept up while nodes are added, in order of print."""

from extractors.provenance import SourceSpan
from normalizers.tree import Tree, below

PLACE = SourceSpan("产出")


def test_nodes_added_stand_where_a_fresh_look_puts_them() -> None:
    """Below the last of its parent, whether that has children of its own, none, or the list was not asked for yet."""
    tree = Tree()
    first = tree.add(None, 1, "产出", PLACE)
    assert tree.nodes() == [first]
    second = tree.add(None, 1, "效益", PLACE)
    deep = tree.add(first, 2, "产出数量", PLACE)
    for parent, level, name in (
        (deep, 3, "清渠里程"),
        (first, 2, "产出质量"),
        (second, 2, "社会效益"),
        (deep, 3, "站点"),
    ):
        before = tree.nodes()
        kept = list(before)
        tree.add(parent, level, name, PLACE)
        assert tree.nodes() == below(tree.roots)
        assert before == kept
    assert [node.name for node in tree.nodes()][:3] == ["产出", "产出数量", "清渠里程"]
