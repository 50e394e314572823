"""Weights told of the first level in one list (一级指标权重分别为…), against the scored tree."""

import re
from collections.abc import Iterator
from decimal import Decimal

from normalizers.names import bare
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

_N = r"\d{1,2}(?:\.\d{1,2})?"
_NAME = r"[“\"]?[\u4e00-\u9fff]{2,6}?[”\"]?"
_TOLD = re.compile(
    rf"(?P<names>{_NAME}(?:[、和及与]{_NAME}){{2,4}})\s?(?:等)?(?:[三四五3-5]\s?[个项大]\S{{0,2}}?(?:一级)?(?:指标|方面|部分|维度))?"
    r"[^，。；\d]{0,6}[，,]?(?:其?(?:权重|分值|满分))(?:依次|分别)为\s?"
    rf"(?P<weights>{_N}\s?[分%％]?(?:[、和及与]\s?{_N}\s?[分%％]?){{2,4}})"
)
_SIGNS = re.compile(r"[、和及与]")
_WORDS = re.compile(r"[“”\"]|指标|类|维度|情况")
_LEAD = re.compile(r"^.*(?:由|从|包括|分为|设置了?|设|含|按)")
_OTHER = re.compile(r"原|调整前|参考|建议|自评|财预|办法|规定")
_LEAST = 3  # first-level indicators


def weights_told(facts: Facts, rule: str) -> Iterator[Relation]:
    """Every list of weights that adds up as the tree does and differs from it in some."""
    told = facts.saying("分别为", "依次为")
    tops = _tops(facts) if told else {}
    for sentence in told if len(tops) >= _LEAST else ():
        match = _TOLD.search(sentence.text) if sentence.cell is None else None
        if match is None or _OTHER.search(sentence.text, 0, match.end()):
            continue
        names = [_plain(_LEAD.sub("", one)) for one in _SIGNS.split(match["names"])]
        weights = re.findall(_N, match["weights"])
        if len(names) == len(weights) == len(tops) and all(name in tops for name in names):
            yield from _compared(
                rule, sentence, match, [(tops[name], text) for name, text in zip(names, weights, strict=True)]
            )


def _tops(facts: Facts) -> dict[str, Operand]:
    """The first level's indicators whose every print has one weight."""
    found: dict[str, list[Operand]] = {}
    for one in facts.report.indicators:
        if one.level == 1 and one.scope == 0:
            marks = facts.marks(one, "weight")
            found.setdefault(_plain(bare(one.name)), []).extend(
                Operand.of(f"i{one.index}.weight", "operand", mark) for mark in marks
            )
    return {name: marks[0] for name, marks in found.items() if len({mark.value for mark in marks}) == 1}


def _plain(name: str) -> str:
    return _WORDS.sub("", name)


def _compared(
    rule: str, sentence: Sentence, match: re.Match[str], pairs: list[tuple[Operand, str]]
) -> Iterator[Relation]:
    """The relation where the list adds up to the tree's total, so that it is meant to be these weights."""
    told = [printed_digits(text).value for _, text in pairs]
    own = [operand.value or Decimal(0) for operand, _ in pairs]
    if sum(told) == sum(own) and told != own:
        right = here(sentence, match.span("weights"), "reported")
        computed = "、".join(written(value) for value in own)
        yield contradicted(
            rule,
            tuple(operand for operand, _ in pairs),
            right,
            formula=f"{right.text} ≠ {computed}",
            computed=computed,
            title=f"一级指标权重与评分表不符：{right.text}（评分表为 {computed}）",
            message=f"{where(right.span)}“{quote(right.span, right.text)}”，评分表依次为 {computed}。",
        )
