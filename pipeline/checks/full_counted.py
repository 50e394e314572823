"""How many of the indicators had full marks (满分指标个数), where the sentence tells of how many: against the table."""

import re
from collections.abc import Iterator
from decimal import Decimal

from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

_N = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
# 13项三级指标中，有7项未得满分
_COUNTED = re.compile(
    rf"(?P<all>{_N})\s?[项个](?:三级|四级|末级|绩效|具体)?(?:绩效|评价)?指标(?:中|里)?[，,]\s?(?:共|其中)?有?\s?(?P<count>{_N})\s?[项个]"
    r"(?:三级|绩效)?(?:指标)?(?P<what>未得满分|未达满分|未获满分|没有得满分|得分未满|(?:均|全部)?(?:得|获得|为|达到)满分|存在扣分|有?扣分|失分)"
)
_FULL = re.compile(r"^(?:均|全部)?(?:得|获得|为|达到)满分")
_LEAST = 5  # indicators of a tree whose number tells that it is meant


def full_counted(facts: Facts, rule: str) -> Iterator[Relation]:
    """The count told against the table's, where the table has as many indicators as the sentence says."""
    for sentence in facts.saying("满", "扣分", "失分"):
        for match in _COUNTED.finditer(sentence.text) if sentence.cell is None and "指标" in sentence.text else ():
            marks = _marks(facts, _number(match["all"]))
            short = [operand for operand, lost in marks if lost]
            found = len(marks) - len(short) if _FULL.search(match["what"]) else len(short)
            if marks and found != _number(match["count"]):
                yield _relation(rule, sentence, match, short or [operand for operand, _ in marks], found)


def _marks(facts: Facts, wanted: int) -> list[tuple[Operand, bool]]:
    """Score of each lowest indicator, and whether it is short of the weight; none unless they are as many."""
    leaves = list(facts.tree.leaves)
    others = [one for one in leaves if one.index not in facts.execution_rows]
    taken = leaves if len(leaves) == wanted else others if len(others) == wanted else []
    marks = []
    for one in taken if wanted >= _LEAST else ():
        weights, scores = ({m.number.value for m in facts.marks(one, name) if m.number} for name in ("weight", "score"))
        score = facts.chosen(one, "score")
        if len(weights) != 1 or len(scores) != 1 or score is None:
            return []
        marks.append((Operand.of(f"i{one.index}.score", "operand", score), scores.pop() < weights.pop()))
    return marks


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_integer(text) or 0


def _relation(rule: str, sentence: Sentence, match: re.Match[str], cells: list[Operand], found: int) -> Relation:
    right = here(sentence, match.span("count"), "reported")
    shown = "得满分" if _FULL.search(match["what"]) else "得分低于分值"
    return contradicted(
        rule,
        tuple(cells),
        right,
        formula=f"{shown}的指标 {found} 项 ≠ {match['count']}",
        computed=str(found),
        difference=Decimal(_number(match["count"]) - found),
        title=f"指标个数 {match['count']} 与评分表不符（应为 {found}）",
        message=f"{where(right.span)}“{quote(right.span, match['count'])}”，表中{shown}的指标为 {found} 项。",
    )
