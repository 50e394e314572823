"""Check: where full marks are claimed the score is the weight (得满分)."""

import re
from collections.abc import Iterator

from extractors.frozen import replace
from extractors.vocabulary import is_outer
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.prints import Print
from pipeline.checks.relate import operands, undecided
from pipeline.checks.tolerance import written
from pipeline.checks.wording import place, quote

RULE = "full-mark"
_TAKEN = re.compile(r"(?<!不)扣(?:除|减)?\s?\d")
_NOT = (
    "未得满分",
    "不得满分",
    "未能得满分",
    "可得满分",
    "方可",
    "才能",
    "则得满分",
    "的得满分",
    "的，得满分",
    "得满分；",
)


_LEAF = 3  # the level of indicators that have no parts


def _test(facts: Facts) -> Iterator[Relation]:
    spared = _not_deducted(facts)
    for indicator in facts.report.indicators:
        rows = facts.prints[indicator.index]
        claims = [row.claim for row in rows if row.claim is not None] + spared.get(indicator.index, [])
        usual = facts.chosen(indicator, "weight") if claims else None
        for claim in claims:
            for row in rows:
                weight = row.weight or usual
                if row.score is not None and weight is not None:
                    relation = _full(indicator, claim, row if row.weight else replace(row, weight=weight))
                    outer = indicator.index in facts.tree.children or (
                        indicator.level < _LEAF and is_outer(indicator.name)
                    )
                    parent = relation.verdict == "inconsistent" and outer
                    yield undecided(relation, "“得满分”所指的下级指标不明") if parent else relation


def _not_deducted(facts: Facts) -> dict[int | None, list[Mention]]:
    """Index of an indicator -> where `不扣分` claims as much as `得满分`."""
    found: dict[int | None, list[Mention]] = {}
    for claim in facts.report.claims:
        if claim.kind == "no-deduction" and claim.values and not _of_a_part(facts, claim.values[0][1]):
            found.setdefault(claim.owner, []).append(claim.values[0][1])
    return found


def _of_a_part(facts: Facts, claim: Mention) -> bool:
    """Whether the sentence takes points off elsewhere: nothing off for one of several (`甲扣1分；乙达标，不扣分`)."""
    return claim.table is None and any(_TAKEN.search(one.text) for one in facts.sentences_at(claim.span))


def _full(indicator: Indicator, claim: Mention, row: Print) -> Relation:
    score = row.score.number.value if row.score and row.score.number else None
    weight = row.weight.number.value if row.weight and row.weight.number else None
    verdict = "consistent" if score is not None and score == weight else "inconsistent"
    relation = Relation(
        RULE,
        "consistent" if verdict == "consistent" else "inconsistent",
        (Operand.of(row.key("score"), "claim", claim), *operands(row, "weight")),
        operands(row, "score", "score_rate", role="reported"),
        formula=f"满分 = {_text(row.weight)}",
        reported=_text(row.score),
        computed=_text(row.weight),
        difference=None if score is None or weight is None else score - weight,
    )
    if relation.verdict == "consistent" or row.score is None or weight is None:
        return relation
    if any(word in claim.span.quote for word in _NOT):
        return undecided(relation, "“得满分”一句可能是评分细则")
    return replace(
        relation,
        title=f"“{indicator.name}”称得满分，得分却为 {relation.reported}（满分 {written(weight)}）",
        message=f"{place(claim)}“{quote(claim.span, claim.text)}”，而{place(row.score)}"
        f"“{quote(row.score.span, row.score.text)}”得分为 {relation.reported}，满分应为 {written(weight)}。",
    )


def _text(mention: Mention | None) -> str:
    return mention.text.strip() if mention else ""


CHECK = Check(
    rule=RULE,
    name="满分表述",
    what="An indicator said to get full marks has a score equal to its weight wherever its score is printed.",
    why="The claim is a third witness when prose and table differ.",
    formula="score = weight",
    tolerance="equality",
    severity="error",
    source="财预〔2020〕10号第十六条（完成指标值的，记该指标所赋全部分值）",
    test=_test,
    agrees=("评分表 面积 权重 3 得分 3；正文 面积 满分",),
    disagrees=("评分表 面积 权重 3 得分 3；正文 面积 满分；正文 面积 权重 3 得分 2",),
    false_alarms=("a scoring rule (达到目标值的得满分)",),
)
