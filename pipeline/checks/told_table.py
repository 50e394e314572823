"""Check: what a paragraph tells of the table it refers to is that table's total row (正文引用表格合计)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from extractors.segment.model import TableGrid
from pipeline.checks.facts import Facts
from pipeline.checks.figures import SCALES
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.model import Check, Relation, Verdict
from pipeline.checks.texts import Sentence
from pipeline.checks.told_items import Item
from pipeline.checks.told_parts import operand
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

RULE = "told-table"
_LABEL = re.compile(r"表\s?(?P<number>\d{1,2}(?:[-—–.]\d{1,2})?)(?![\d.])")
_BELOW = re.compile(r"(?:见|如)下表|下表(?:所示|列示)?|情况表?如下")
_MONEY = re.compile(r"(?P<scale>[万亿千百]{0,2})元")
_COMMON = re.compile(r"[（(][^（()）]*[)）]|实际|年度|本年|当年|全年|金额|数额|总额|合计|累计|情况|资金|[数额的]|\s")
_PART = re.compile(r"其中|(?:19|20)\d\d|平均|每|同比|上年|增|减|余|近|约|超")
_SIGNIFICANT = 3  # digits of a number that is not another's by chance
_OFF = 10  # by a tenth at most what is told may miss its total and still mean it


@frozen
class Total:
    """One number of a total row (合计数). value: in base units. words: two characters of its head, each."""

    figure: Figure
    value: Decimal
    money: bool
    words: frozenset[str]


def _test(facts: Facts) -> Iterator[Relation]:
    for paragraph, listed in facts.lists if facts.number_grids else ():
        if "表" in paragraph.text:
            for grid in referred(facts, paragraph):
                yield from _told(paragraph, listed, grid)


def referred(facts: Facts, paragraph: Sentence) -> Iterator[NumberGrid]:
    """The tables that a paragraph names by their number, or as the one below."""
    numbers = {match["number"] for match in _LABEL.finditer(paragraph.text)}
    below = _below(paragraph) if _BELOW.search(paragraph.text) else None
    for grid in facts.number_grids:
        label = _LABEL.search(grid.grid.caption)
        if (label is not None and label["number"] in numbers) or (below is not None and grid.grid is below):
            yield grid


def _below(paragraph: Sentence) -> TableGrid | None:
    """The table right below a paragraph."""
    blocks = paragraph.section.blocks
    at = next((at for at, block in enumerate(blocks) if getattr(block, "flow", None) is paragraph.flow), len(blocks))
    return next((block for block in blocks[at + 1 : at + 3] if isinstance(block, TableGrid)), None)


def _totals(grid: NumberGrid) -> list[Total]:
    """The numbers of the last total row with their units; rates left out."""
    rows = [row for row in range(len(grid.rows)) if grid.is_total(row)]
    found = []
    for column, figure in enumerate(grid.rows[rows[-1]] if len(rows) == 1 else ()):
        if figure is None or figure.number.percent or grid.is_rate(column):
            continue
        unit = _MONEY.search(f"{grid.heads[column]}|{grid.grid.unit}|{grid.grid.caption}")
        counts = figure.counted or unit is None
        scale = Decimal(1) if counts or unit is None else SCALES[unit["scale"]]
        words = words_of(grid.heads[column])
        found.append(Total(figure, figure.value * scale, not counts, words))
    return found


def words_of(head: str) -> frozenset[str]:
    """Every two characters of a head in a row, but those that any head may have."""
    bare = _COMMON.sub("", head)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


def _told(paragraph: Sentence, listed: tuple[Item, ...], grid: NumberGrid) -> Iterator[Relation]:
    """The totals told; one told otherwise beside another told right, under its column's name, is wrong."""
    totals = _totals(grid)
    right = [(one, total) for total in totals for one in listed if _equals(one, total)]
    anchors = [(one, total) for one, total in right if len(str(total.figure.value).replace(".", "")) >= _SIGNIFICANT]
    for one, total in anchors:
        yield _relation(paragraph, one, total, "consistent")
    if not anchors:
        return
    known = {id(total) for _, total in right}
    printed = {abs(figure.value) for row in grid.rows for figure in row if figure is not None}
    for total in totals:
        if id(total) in known or not total.words or not total.money:
            continue
        means = [one for one in listed if _means(one, total) and one.value / one.scale not in printed]
        if len(means) == 1 and sum(1 for other in totals if _means(means[0], other)) == 1:
            yield _failed(_relation(paragraph, means[0], total, "inconsistent"), paragraph, means[0])


def _equals(one: Item, total: Total) -> bool:
    """Whether an item tells a total: the same value, or the total rounded to the item's digits."""
    return one.unit.endswith("元") == total.money and one.possible.holds(total.value)


def _means(one: Item, total: Total) -> bool:
    """Whether an item can only tell this total: named like its column, not far off, no part and no rounding."""
    near = abs(one.value - total.value) * _OFF <= total.value
    named = any(word in one.name for word in total.words)
    return one.unit.endswith("元") and near and named and not one.vague and not _PART.search(one.name)


def _relation(paragraph: Sentence, one: Item, total: Total, verdict: Verdict) -> Relation:
    told = operand(paragraph, one)
    return Relation(
        RULE,
        verdict,
        (total.figure.operand("operand"),),
        (replace(told, role="reported"),),
        formula=f"{total.figure.cell.text} {'=' if verdict == 'consistent' else '≠'} {told.text}",
        reported=told.text,
        computed=total.figure.cell.text,
        difference=one.value - total.value,
        severity="warning",
    )


def _failed(relation: Relation, paragraph: Sentence, one: Item) -> Relation:
    """The relation in words."""
    span, place = relation.right[0].span, relation.left[0].span
    gap = written(abs(relation.difference or Decimal(0)) / one.scale, one.digits)
    return replace(
        relation,
        title=f"正文所述 {relation.reported} 与所引表格合计 {relation.computed} 不符",
        message=f"{where(span)}“{quote(span, relation.reported)}”，"
        f"所引表格（{where(place)}）合计为 {relation.computed}，相差 {gap}；同段其他数字与该表合计相符。",
    )


CHECK = Check(
    rule=RULE,
    name="正文引用表格合计",
    what="A paragraph that refers to a table tells the numbers of its total row.",
    why="Text written from an earlier table keeps its old totals.",
    formula="number told under a column's name = the column's total",
    tolerance="rounding of what is told; fails only beside another total told right, and where it is off by a tenth "
    "at most",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 累计安排资金890.00万元，累计支出821.79万元，见下表。；表 t9 年度 | 预算安排（万元） | 实际支出（万元）；"
        "表 t9 2022 | 440.00 | 401.79；表 t9 2023 | 450.00 | 420.00；表 t9 合计 | 890.00 | 821.79",
    ),
    disagrees=(
        "文 累计安排资金890.00万元，累计支出812.79万元，见下表。；表 t9 年度 | 预算安排（万元） | 实际支出（万元）；"
        "表 t9 2022 | 440.00 | 401.79；表 t9 2023 | 450.00 | 420.00；表 t9 合计 | 890.00 | 821.79",
    ),
    false_alarms=("a part told under the whole's name", "a table of other years than the paragraph tells"),
)
