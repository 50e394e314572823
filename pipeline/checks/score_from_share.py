"""Check: a score said to be given as a share of the weight is that share (按比例给分)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import Indicator, Mention, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, fit, written
from pipeline.checks.wording import quote, where

RULE = "score-from-share"
_PERCENT = re.compile(r"(?<![\d.])(?P<share>\d{1,2}(?:\.\d{1,4})?)\s?[%％]")
_JUDGED = re.compile(
    r"(?:按|按照)(?:权重的|满分的|分值的)?(?:比例)?\s?(?P<share>\d{1,2}(?:\.\d{1,4})?)\s?[%％]的?(?:比例)?(?:计分|得分|给分|计算得分)"
)
_RATE = re.compile(r"得分率[为是：:]?\s*$")
_MOST = 4  # places of a score held against one share


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator in facts.report.indicators:
        told = facts.spoken.get(indicator.index)
        if not told:
            continue
        weight, score = facts.chosen(indicator, "weight"), facts.chosen(indicator, "score")
        if weight is None or score is None or weight.number is None or score.number is None:
            continue
        if 0 < score.number.value < weight.number.value:
            yield from _of_indicator(facts, indicator, weight, weight.number.value, told)


def _of_indicator(
    facts: Facts, indicator: Indicator, weight: Mention, full: Decimal, told: Sequence[Sentence]
) -> Iterator[Relation]:
    for sentence in told:
        if "%" not in sentence.text and "％" not in sentence.text:
            continue
        judged = _JUDGED.search(sentence.text)
        for match in _PERCENT.finditer(sentence.text):
            if _RATE.search(sentence.text[max(match.start() - 6, 0) : match.start()]):
                continue
            said = judged is not None and judged.start("share") == match.start("share")
            for score in facts.marks(indicator, "score")[:_MOST]:
                if score.number is not None and (said or _follows(score.number, full, match)):
                    yield _relation(indicator, (weight, score), (full, score.number), sentence, match)


def _follows(score: ReportedNumber, full: Decimal, match: re.Match[str]) -> bool:
    """Whether a score is that share of the full marks."""
    return fit(score, full * Decimal(match["share"]) / HUNDRED) in ("exact", "half-up")


def _relation(
    indicator: Indicator,
    marks: tuple[Mention, Mention],
    values: tuple[Decimal, ReportedNumber],
    sentence: Sentence,
    match: re.Match[str],
) -> Relation:
    (weight, score), (full, number) = marks, values
    share = Decimal(match["share"])
    exact = full * share / HUNDRED
    how = fit(number, exact)
    span = sentence.span(match.start(), match.end())
    relation = Relation(
        RULE,
        "consistent" if how == "exact" else "rounding" if how == "half-up" else "inconsistent",
        (
            Operand.of(f"i{indicator.index}.weight", "operand", weight),
            Operand(f"i{indicator.index}.share", "operand", match[0], share, span),
        ),
        (Operand.of(f"i{indicator.index}.score", "reported", score),),
        formula=f"{written(full)} × {match[0]} = {written(exact)}",
        reported=score.text.strip(),
        computed=written(exact),
        difference=number.value - exact,
        severity="warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"“{indicator.name}”得分 {score.text.strip()} 与所称比例不符（应为 {written(exact)}）",
        message=f"{where(span)}“{quote(span, match[0])}”，{relation.formula}，"
        f"而{where(score.span)}得分为 {score.text.strip()}。",
    )


CHECK = Check(
    rule=RULE,
    name="按比例给分",
    what="Where the text gives a share, and the score is that share of the weight, the two are told together.",
    why="A score that follows from a rate can be recomputed; one said to follow from it must.",
    formula="weight × share = score",
    tolerance="half-up at the printed digits; only a share said to give the score (按 80% 计分) can fail",
    severity="warning",
    source="财预〔2020〕10号第十六条（按照完成值与指标值的比例记分）",
    test=_test,
    agrees=("评分表 里程 权重 12 得分 11.94；说明文 里程 执行率为99.50%。",),
    disagrees=("评分表 里程 权重 10 得分 9；说明文 里程 专家组意见为按80%计分。",),
    false_alarms=("a rate that is only one of several reasons for a score",),
)
