"""What speaks for each printed value (佐证): places that state it and relations that hold with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from extractors.provenance import SourceSpan
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds

Node = tuple[str, Decimal | None]  # a fact's key and one value stated for it; None for a claim in words
Parts = list[tuple[Relation, Operand]]  # the relations that a stated value takes part in, and as what

STATING = ("reported", "restated", "operand")  # roles of operands that state their fact
# Rules whose agreement is one and the same kind of witness; sums of a column and of its total are not independent.
_KINDS = {
    "score-sum": "合计",
    "score-total": "合计",
    "weight-sum": "合计",
    "weight-total": "合计",
    "amount-total": "合计",
    "component-sum": "合计",
    "budget-equation": "等式",
    "score-rate": "得分率",
    "execution-rate": "执行率",
    "arrival-rate": "到位率",
    "deduction": "扣分",
    "full-mark": "满分表述",
    "stated-share": "比例",
    "execution-score": "执行率得分",
    "growth-rate": "增长率",
    "completion-rate": "完成率",
}


class Support:
    """The witnesses of every value that a report states, gathered from its relations."""

    def __init__(self, relations: Sequence[Relation]) -> None:
        """Take all relations, failed ones too: a place that states a value speaks for it."""
        self._relations = relations

    @cached_property
    def stated(self) -> dict[str, list[tuple[Decimal | None, Parts]]]:
        """The values stated for each fact, and where each takes part, in order of relations.

        Gathered when first asked for: a report without failures never asks. The values of a fact, of which there are
        one or two, are compared one by one: the hash of a decimal takes longer.
        """
        found: dict[str, list[tuple[Decimal | None, Parts]]] = {}
        for relation in self._relations:
            for side in (relation.left, relation.right):
                for operand in side:
                    value = operand.value
                    known = found.get(operand.key)
                    if known is None:
                        found[operand.key] = [(value, [(relation, operand)])]
                        continue
                    for stated, parts in known:
                        if stated is value or stated == value:
                            parts.append((relation, operand))
                            break
                    else:
                        known.append((value, [(relation, operand)]))
        return found

    def parts(self, node: Node) -> Parts:
        """Where one stated value takes part, in order of relations."""
        key, value = node
        for stated, parts in self.stated.get(key, ()):
            if stated is value or stated == value:
                return parts
        return []

    def of(self, key: str, value: Decimal) -> frozenset[str]:
        """The independent witnesses for `value`: one for each place and each kind of relation."""
        witnesses: set[str] = set()
        spans: dict[int, SourceSpan] = {}  # most relations of a value take it from one and the same mention
        for relation, operand in self.parts((key, value)):
            if operand.role in STATING:
                spans[id(operand.span)] = operand.span
            kind = _KINDS.get(relation.rule)
            if kind == "合计" and len(relation.left) < 2:
                kind = None  # one addend says nothing that its total does not
            if kind is not None and holds(relation):
                witnesses.add(kind)
        return frozenset(witnesses.union(map(place_of, spans.values())))


def place_of(span: SourceSpan) -> str:
    """A place as one witness: a table row, a line, a page position."""
    if span.cell is not None:
        return f"{span.cell.table}r{span.cell.row}"
    if span.line is not None:
        return f"l{span.line}"
    return f"p{span.page}b{span.bbox[1] if span.bbox else 0:.0f}"


def conflicts(operands: Iterable[Operand]) -> dict[str, tuple[Decimal, ...]]:
    """Keys that these operands state with more than one value -> the values, ascending."""
    stated: dict[str, set[Decimal]] = defaultdict(set)
    for operand in operands:
        if operand.value is not None and operand.role in STATING:
            stated[operand.key].add(operand.value)
    return {key: tuple(sorted(values)) for key, values in sorted(stated.items()) if len(values) > 1}
