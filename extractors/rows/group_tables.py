"""Small tables of one group each (分组得分表): their total row is the group's own, its name stands in it or above."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractors.folded import fold
from extractors.rows.indicators import TableReading
from extractors.rows.model import Printed
from extractors.rows.names import is_standard, row_label, stem
from extractors.rows.node import Node
from extractors.segment.model import Flow
from extractors.vocabulary import plain

_POINTS = re.compile(r"\d{1,4}(?:\.\d+)?")
_WHOLE = Decimal(100)
_HALF = Decimal(60)  # a total up to this is surely of a part; above it may be the whole's, misprinted
_TAIL = re.compile(r"(?:得分|评分|评价|完成|扣分)?(?:情况|明细|结果)?(?:分析|说明|汇总|统计|一览)?表?$")
_NUMBER = re.compile(
    r"\s*(?:(?:附?表\s*)?(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?(?:[-－—.．]\d{1,3}){0,2}[、.．:：]?|[①-⑳])|[A-H][.、]?)?\s*"
)
_NAME = re.compile(r"[^(（,，:：。；;\s]{2,16}")
_GENERIC = re.compile(r"^(?:绩效|评价|各项|各类|具体|主要|[一二三]级)*指标(?:体系)?$")


def settle_group(
    reading: TableReading, titles: Sequence[Flow], levels: Mapping[str, int], *, beside_others: bool
) -> None:
    """Make the total row of a table that covers a part of the whole its group's subtotal, never the report's total.

    Where the table names no group, the first of the titles above it that does is its name.
    levels: level of names (plain) in the tables of the whole. beside_others: other tables cover other parts.
    """
    if len(reading.totals) != 1 or not reading.nodes:
        return
    row, _, total = reading.totals[0]
    most = _weight(total) or sum((_weight(node) or Decimal(0) for node in reading.nodes), Decimal(0))
    if row < max(node.row for node in reading.nodes) or not 0 < most < _WHOLE:
        return
    if not (beside_others or most <= _HALF) and row_label(total.name.text) != "subtotal":
        return
    reading.totals[0] = (row, "subtotal", total)
    first, *others = reading.nodes
    flat = len({node.level for node in reading.nodes}) == 1
    if first.level == 1 and others and all(node.path[:1] == (plain(first.name.text),) for node in others):
        total.path = (plain(first.name.text),)
        first.values = total.values | first.values
    elif flat or all(node.level > 1 for node in reading.nodes):
        names = (_named_in(total, title) for title in titles)
        _put_below(next((name for name in names if name is not None), None), reading, levels if flat else {})


def _put_below(name: Printed | None, reading: TableReading, levels: Mapping[str, int]) -> None:
    """Put the indicators of a table below the group of that name, which has the values of its total row.

    levels: of a table whose indicators are all of one level, what other tables tell of it.
    """
    known = [levels.get(plain(node.name.text)) for node in reading.nodes]
    for node, level in zip(reading.nodes, known, strict=True):
        if name is None:
            node.level = level if level is not None and None not in known else node.level
        else:
            node.level = level or max(node.level, 2)
            node.path = (plain(name.text), *node.path)
    if name is not None:
        row, _, total = reading.totals.pop()
        reading.nodes.insert(0, Node(1, name, (), row, values=dict(total.values)))


def _weight(node: Node) -> Decimal | None:
    """The weight that a row prints, None where it prints none."""
    found = _POINTS.search(node.values["weight"][0][1].text) if "weight" in node.values else None
    return Decimal(found[0]) if found else None


def _named_in(total: Node, title: Flow) -> Printed | None:
    """The group that a title names (`（一）决策类指标（20分）`): by its words, or by the weight it states."""
    label = _NUMBER.match(title.text)
    start = label.end() if label else 0
    found = _NAME.match(title.text, start)
    if found is None:
        return None
    text = _TAIL.sub("", found[0]) or found[0]
    weight = _weight(total)
    stated = weight is not None and f"{weight.normalize():f}分" in plain(fold(title.text))
    own = stem(text)
    telling = text.endswith(("指标", "类")) or any(is_standard(one, 1) for one in (text, own, f"{own}指标"))
    if _GENERIC.match(text) or not (telling or stated):
        return None
    return Printed(text, title.span(start, start + len(text)))
