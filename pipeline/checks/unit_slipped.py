"""The very digits of a quantity printed once with 吨 and once with 万吨 (数量单位误差万倍), units of money left out."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractors.frozen import frozen
from extractors.provenance import SourceSpan
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import SHORT_CELL, printed_digits
from pipeline.checks.wording import where

# Units of one kind; those in a row are names of the same one.
_KINDS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("吨",), ("公斤", "千克")),
    (("公里", "千米"), ("米",)),
    (("平方公里",), ("公顷",), ("亩",), ("平方米", "㎡", "平米")),
    (("立方米", "方", "m³"),),
    (("人次",),), (("人",),), (("户",),), (("株",),), (("只",),), (("头",),), (("千瓦时", "度"),), (("件",),),
)  # fmt: skip
_OF_UNIT = {
    name: (kind, names[0]) for kind, units in enumerate(_KINDS) for names in units for name in names
}  # unit -> its kind, its first name
_HEADS = frozenset([name[0] for name in _OF_UNIT])
_UNITS = "|".join(sorted(_OF_UNIT, key=len, reverse=True))
_REST = rf"(?<![\d,.]\d)[\d,]{{0,15}}+(?:\.\d{{1,4}}+)?+)\s?(?P<scale>[万亿]?)(?P<unit>{_UNITS})"
_QUANTITY = re.compile(rf"(?P<value>\d{_REST}")
_DIGITS = 4  # digits that two quantities do not share by chance
_LONG = re.compile(rf"(?P<value>\d(?=[\d,.]{{3}}){_REST}")  # a print of so many characters: most end here


@frozen
class _Quantity:
    """A number with its unit (数量). unit: the first of its unit's names, with 万 and the like before it."""

    value: Decimal
    kind: int
    unit: str
    text: str
    span: SourceSpan

    @property
    def operand(self) -> Operand:
        """The operand it gives."""
        at = f"text.quantity.{self.span.page}.{self.span.line}.{self.text}"
        return Operand(at, "operand", self.text, self.value, self.span)


def slipped_units(facts: Facts, rule: str) -> Iterator[Relation]:
    """Every quantity whose digits are printed with another unit of its kind; the rarer of the two is reported."""
    if not _in_two_units(facts):
        return
    found: dict[tuple[Decimal, int], list[_Quantity]] = {}
    for one in _quantities(facts):
        found.setdefault((one.value, one.kind), []).append(one)
    for told in found.values():
        units = {one.unit: [other for other in told if other.unit == one.unit] for one in told}
        if len(units) == 2:
            right, wrong = sorted(units.values(), key=len, reverse=True)
            yield from (_relation(rule, right[0], one) for one in wrong[:1])


def _in_two_units(facts: Facts) -> bool:
    """Whether any number that is long enough stands with two units of one kind anywhere; in few reports one does."""
    texts = (facts.all_text.sentences, facts.all_text.tables)
    units: dict[tuple[Decimal, int], str] = {}
    for text in texts if _may_name_two("\n".join(texts)) else ():
        for value, scale, name in _LONG.findall(text):
            kind, first = _OF_UNIT[name]
            unit = scale + first
            if units.setdefault((printed_digits(value).value, kind), unit) != unit:
                return True
    return False


def _may_name_two(text: str) -> bool:
    """Whether a text may print two units of one kind: it has several, or one stands behind a long number and 万."""
    for scale in "万亿":
        for before, behind in pairwise(text.split(scale)):
            if behind[:1] in _HEADS and before.rstrip()[-_DIGITS:].replace(",", "").replace(".", "").isdecimal():
                return True
    return any(sum(any(name in text for name in names) for names in units) > 1 for units in _KINDS if len(units) > 1)


def _quantities(facts: Facts) -> Iterator[_Quantity]:
    """The quantities of sentences and of short cells that print too many digits to agree by chance."""
    for sentence in facts.numbered:
        for match in _QUANTITY.finditer(sentence.text):
            if _telling(match):
                yield _quantity(match, sentence.span(*match.span()))
    for grid in facts.tables:
        for cell in grid.cells:
            whole = _QUANTITY.search(cell.text) if len(cell.text) < SHORT_CELL else None
            if whole is not None and _telling(whole):
                yield _quantity(whole, grid.span(cell))


def _telling(match: re.Match[str]) -> bool:
    return len(printed_digits(match["value"]).value.normalize().as_tuple().digits) >= _DIGITS


def _quantity(match: re.Match[str], span: SourceSpan) -> _Quantity:
    kind, unit = _OF_UNIT[match["unit"]]
    return _Quantity(printed_digits(match["value"]).value, kind, match["scale"] + unit, match[0], span)


def _relation(rule: str, right: _Quantity, wrong: _Quantity) -> Relation:
    left, reported = right.operand, wrong.operand
    return contradicted(
        rule,
        (left,),
        reported,
        formula=f"{left.text} ≠ {reported.text}",
        computed=left.text,
        title=f"同一数值计量单位不同：{left.text} 与 {reported.text}",
        message=f"{where(left.span)}为 {left.text}，{where(reported.span)}为 {reported.text}，"
        "数值相同而单位不同，其中一处单位有误。",
    )
