"""The scope of an evaluation (评价范围、评价时段) told of the year before the one evaluated (评价范围年度残留)."""

import re
from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import quote, where

_PERIOD = re.compile(
    r"评价(?:时段|期间|时间段|期)(?:为|是|[:：])\s?(?P<year>(?:19|20)\d\d)年1月1日(?:至|到|—|-)(?:(?P=year)年)?12月31日"
)
_RANGE = re.compile(
    r"评价(?:范围|对象)(?:为|是|[:：])[^，。；\d]{0,12}(?P<year>(?:19|20)\d\d)年度(?!至|到|—|-|、|和|及|以来)"
)
_OBJECT = re.compile(r"评价(?:对象|范围)(?:为|是|[:：])[^。；\d]{0,20}(?P<year>(?:19|20)\d\d)年度")
_OFTEN = 3  # times that a report names the year evaluated (年度) at least


def scopes(facts: Facts, rule: str) -> Iterator[Relation]:
    """`评价对象为2023年度…项目，评价时段为2022年1月1日至12月31日`, or a scope of a year named nowhere else."""
    years = facts.report.fiscal_year
    for sentence in facts.saying("评价时段", "评价期", "评价时间段", "评价范围", "评价对象") if len(years) == 1 else ():
        year = years[0]
        match = _PERIOD.search(sentence.text)
        told = _OBJECT.search(sentence.text) if match is not None else None
        if match is None or told is None or int(told["year"]) != year:
            match, told = _RANGE.search(sentence.text), None
        if match is None or int(match["year"]) != year - 1 or sentence.cell is not None:
            continue
        if told is None and (str(year) in sentence.text or not _nowhere_else(facts, year)):
            continue
        right = Operand("text.scope", "operand", match[0], None, sentence.span(*match.span()))
        left = right if told is None else Operand("text.object", "operand", told[0], None, sentence.span(*told.span()))
        yield spotted(
            rule,
            f"text.scope.{right.span.page}.{right.span.line}",
            [left, right],
            title=f"评价范围所称年度为 {match['year']} 年，评价年度为 {year} 年",
            message=f"{where(right.span)}“{quote(right.span, match[0])}”，而所评价的为 {year} 年度，"
            "疑为上一年度文本未更新。",
            reported=match["year"],
            severity="warning",
        )


def _nowhere_else(facts: Facts, year: int) -> bool:
    """Whether the year before stands as 年度 but once in the report, and the year evaluated often."""
    text = facts.all_text.condensed
    return text.count(f"{year - 1}年度") == 1 and text.count(f"{year}年度") >= _OFTEN
