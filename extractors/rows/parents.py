"""Measures printed in a parent's column on several rows (上级指标列逐行重复): the parent's own, or its leaves'."""

from extractors.rows.model import Printed
from extractors.rows.node import Node
from extractors.vocabulary import plain


def printed_once(node: "Node", role: str, nodes: "list[Node]") -> Printed | None:
    """The one value that a parent's column states though it is printed on several rows, else None.

    Filled down (15, 15, 15 beside leaves 5, 5, 5) it is the parent's; printed anew for each leaf (4, 4, 3 beside
    4, 4, 3) it is the leaves' own and says nothing of the parent.
    """
    values = node.values[role]
    texts = {_number(printed) for _, printed in values}
    if len(texts) != 1:
        return None
    rows = {row for row, _ in values}
    own = [other.values.get(role, []) for other in nodes if other.row in rows and other.level > node.level]
    leaves = [_number(found[0][1]) for found in own if len(found) == 1]
    return None if leaves and all(leaf in texts for leaf in leaves) else values[0][1]


def _number(printed: Printed) -> str:
    """A number's digits for comparing: without unit and trailing zeros."""
    text = plain(printed.text).rstrip("分%")
    return text.rstrip("0").rstrip(".") if "." in text else text
