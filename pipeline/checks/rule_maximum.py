"""Check: a scoring rule of bands can give the weight as its maximum, and can give the score (评分细则)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractors.frozen import frozen, replace
from extractors.provenance import SourceSpan
from extractors.segment.model import Cell, TableGrid
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.tolerance import written
from pipeline.checks.wording import place, quote, where

RULE = "rule-maximum"
_GIVES = re.compile(r"[得计记]\s*(?:(?P<points>\d+(?:\.\d+)?)\s*分|(?P<full>满分))")
_BAND = re.compile(
    r"[≥≤＞＜><]|以上|以下|以内|之间|低于|高于|\d\s?[%％]?(?:[（(]含[)）])?\s?[-—~～至]\s?\d"
    r"|(?<![A-Za-z\d])(?:优|良|中|差)(?:秀|好|等)?的"
)
_OTHER_WAYS = re.compile(r"比例|扣|每|酌情|加权|乘以|×|线性|插值|按.{0,6}计算|满分\s*[×*]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEAST = 3  # bands


@frozen
class Bands:
    """A rule that gives fixed points for each band (分档计分): the points, and where they are printed.

    joined: each band begins where the better one ends.
    """

    points: tuple[Decimal, ...]
    spans: tuple[SourceSpan, ...]
    joined: bool

    def operands(self, indicator: Indicator) -> tuple[Operand, ...]:
        """One operand for each band."""
        return tuple(
            Operand(f"i{indicator.index}.rule", "threshold", written(value), value, span)
            for value, span in zip(self.points, self.spans, strict=True)
        )


def _test(facts: Facts) -> Iterator[Relation]:
    stated = "rule" in facts.fields or "definition" in facts.fields
    cells = {
        (grid.table_id, cell.row, cell.column): (grid, cell)
        for grid in (facts.tables if stated else ())
        for cell in grid.cells
        if cell.flow.text.count("分") >= _LEAST  # each band gives points
    }
    for indicator in facts.report.indicators if cells else ():
        for mention in indicator.all("rule", "definition"):
            at = mention.span.cell
            found = cells.get((at.table, at.row, at.column)) if at is not None else None
            weight = facts.chosen(indicator, "weight")
            full = None if weight is None or weight.number is None else weight.number.value
            bands = None if found is None else banded(*found, full)
            if bands is not None:
                yield from _against(facts, indicator, bands, mention)


def banded(grid: TableGrid, cell: Cell, full: Decimal | None = None) -> Bands | None:
    """The bands of a rule cell, or None where the rule scores in another way too. full: what 满分 stands for."""
    text = cell.flow.text
    matches = list(_GIVES.finditer(text))
    named = any(match["full"] for match in matches)
    if len(matches) < _LEAST or _OTHER_WAYS.search(text) or (named and full is None):
        return None
    starts = [0, *(match.end() for match in matches[:-1])]
    clauses = [text[start : match.start()] for start, match in zip(starts, matches, strict=True)]
    points = tuple(Decimal(match["points"] or 0) if not match["full"] else full or Decimal(0) for match in matches)
    falling = all(one > two for one, two in pairwise(points))
    if not falling or not all(_BAND.search(clause) for clause in clauses):
        return None
    spans = tuple(cell.flow.span(m.start(), m.end(), 12, grid.place(cell)) for m in matches)
    limits = [[Decimal(number) for number in _NUMBER.findall(clause)] for clause in clauses]
    joined = all(one and two and min(one) == max(two) for one, two in pairwise(limits))
    return Bands(points, spans, joined)


def _against(facts: Facts, indicator: Indicator, bands: Bands, rule: Mention) -> Iterator[Relation]:
    """The weight and the score of the rule's own table against what the rule can give."""
    here = [m for m in indicator.mentions if m.table == rule.table and m.number is not None]
    weight = next((m for m in here if m.field == "weight"), None) or facts.chosen(indicator, "weight")
    score = next((m for m in here if m.field == "score"), None) or facts.chosen(indicator, "score")
    if weight is not None and weight.number is not None:
        yield _maximum(indicator, bands, weight)
        if bands.joined:
            yield _without_gap(indicator, bands, weight)
    if score is not None and score.number is not None:
        yield _possible(indicator, bands, score)


def _maximum(indicator: Indicator, bands: Bands, weight: Mention) -> Relation:
    most = max(bands.points)
    value = weight.number.value if weight.number else most
    relation = Relation(
        RULE,
        "consistent" if most == value else "inconsistent",
        bands.operands(indicator),
        (Operand.of(f"i{indicator.index}.weight", "operand", weight),),
        formula=f"max({'、'.join(written(p) for p in bands.points)}) = {written(most)}",
        reported=weight.text.strip(),
        computed=written(most),
        difference=value - most,
    )
    if most == value:
        return relation
    return replace(
        relation,
        title=f"“{indicator.name}”权重 {written(value)} 与评分细则最高分 {written(most)} 不符",
        message=f"{where(bands.spans[0])}评分细则最高可得 {written(most)} 分，而{place(weight)}"
        f"“{quote(weight.span, weight.text)}”权重为 {written(value)} 分。",
    )


def _without_gap(indicator: Indicator, bands: Bands, weight: Mention) -> Relation:
    """Every value falls into one band."""
    return Relation(
        RULE,
        "consistent",
        bands.operands(indicator),
        (Operand.of(f"i{indicator.index}.weight", "threshold", weight),),
        formula=f"{len(bands.points)} 档首尾相接",
        reported="连续",
        computed="连续",
    )


def _possible(indicator: Indicator, bands: Bands, score: Mention) -> Relation:
    value = score.number.value if score.number else Decimal(0)
    possible = value in bands.points or value == 0
    listed = "、".join(written(p) for p in bands.points)
    relation = Relation(
        RULE,
        "consistent" if possible else "inconsistent",
        bands.operands(indicator),
        (Operand.of(f"i{indicator.index}.score", "operand", score),),
        formula=f"{written(value)} {'∈' if possible else '∉'} {{{listed}}}",
        reported=score.text.strip(),
        computed=listed,
    )
    if possible:
        return relation
    return replace(
        relation,
        title=f"“{indicator.name}”得分 {written(value)} 不是评分细则可能给出的分值",
        message=f"{where(bands.spans[0])}评分细则只能得 {listed} 分，而{place(score)}得分为 {written(value)} 分。",
    )


CHECK = Check(
    rule=RULE,
    name="评分细则",
    what="A rule that gives fixed points by bands can give the indicator's weight, and the score is one of its points.",
    why="A weight changed after the rule was written leaves scores that no rule gives.",
    formula="max of the rule's points = weight; score ∈ points",
    tolerance="equality; rules that deduct, add up or score in proportion are left alone",
    severity="error",
    source="财预〔2020〕10号第十六条（分档计分）；财预〔2021〕101号（评分细则）",
    test=_test,
    agrees=("细则表 满意度 权重 5 得分 4 细则 满意度≥95%得5分，90%≤满意度＜95%得4分，＜90%得2分",),
    disagrees=("细则表 满意度 权重 8 得分 7.2 细则 满意度≥95%得5分，90%≤满意度＜95%得4分，＜90%得2分",),
    false_alarms=("rules that deduct points, score in proportion or add points of several items",),
)
