"""Check: the shares of a survey's answers add up to the whole (问卷占比)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import HUNDRED, written
from pipeline.checks.wording import quote, where

RULE = "survey-sum"
_ANSWER = re.compile(
    r"(?P<answer>非常满意|十分满意|很满意|比较满意|较满意|基本满意|不太满意|较不满意|非常不满意|很不满意|不满意|不了解|一般|满意)"
    r"[^，。；、%％\d]{0,8}?(?P<share>\d+(?:\.\d+)?)\s*[%％]"
)
_CUMULATED = re.compile(
    r"以上|合计|累计|总体|(?:和|及|与)(?:比较|较|基本)?满意|满意[率度]|口径|[两三]项"
)  # 满意和基本满意合计96%
_LEAST = 2


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("满意"):
        if "%" in sentence.text or "％" in sentence.text:
            answers = list(_ANSWER.finditer(sentence.text))
            distinct = {match["answer"] for match in answers}
            if len(answers) >= _LEAST and len(distinct) == len(answers):
                yield _summed(sentence, answers)


def _summed(sentence: Sentence, answers: list[re.Match[str]]) -> Relation:
    shares = [Decimal(match["share"]) for match in answers]
    total = sum(shares, Decimal(0))
    digits = max(len(match["share"].partition(".")[2]) for match in answers)
    slack = Decimal(len(shares)) * Decimal(5).scaleb(-digits - 1)
    spans = [sentence.span(match.start(), match.end()) for match in answers]
    at = f"{spans[0].page}.{spans[0].line}.{answers[0].start()}"
    operands = [
        Operand(f"text.share.{at}", "operand", match["share"] + "%", share, span)
        for match, share, span in zip(answers, shares, spans, strict=True)
    ]
    verdict = "consistent" if total == HUNDRED else "rounding" if abs(total - HUNDRED) <= slack else "inconsistent"
    relation = Relation(
        RULE,
        "consistent" if verdict == "consistent" else "rounding" if verdict == "rounding" else "inconsistent",
        tuple(operands[:-1]),
        (replace(operands[-1], key=f"text.shares.{at}", role="reported"),),
        formula=f"{' + '.join(match['share'] + '%' for match in answers)} = {written(total)}%",
        reported=f"{written(total)}%",
        computed="100%",
        low=HUNDRED - slack,
        high=HUNDRED + slack,
        difference=total - HUNDRED,
        severity="warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    if _CUMULATED.search(sentence.text[max(answers[0].start() - 8, 0) : answers[-1].end()]):
        return undecided(relation, "含累计占比，不能相加")
    if total < HUNDRED:
        return undecided(relation, "各选项可能未全部列出")
    return replace(
        relation,
        title=f"问卷各选项占比之和为 {written(total)}%",
        message=f"{where(spans[0])}“{quote(spans[0], answers[0]['share'])}”等各项占比相加，{relation.formula}。",
    )


CHECK = Check(
    rule=RULE,
    name="问卷占比",
    what="The shares of all answers to one question add up to 100 %, never to more.",
    why="Shares above the whole were not counted from one survey.",
    formula="Σ shares = 100 %",
    tolerance="half a unit of the last digit for each share; a smaller sum is undecided",
    severity="warning",
    source="财预〔2020〕10号附2（满意度的解释：一般采取社会调查的方式）",
    test=_test,
    fold="alone",
    agrees=("文 非常满意的占62.17%，满意的占37.83%。", "文 满意占33.33%，一般占33.33%，不满意占33.33%。"),
    disagrees=("文 非常满意的占72.17%，满意的占37.83%。",),
    false_alarms=("answers to several questions in one sentence", "answers left out", "cumulated shares"),
)
