"""Another project rated in the stead of the report's own (残留的项目名称): `乙河治理工程综合评价得分92.07分`."""

import re
from collections.abc import Iterator

from normalizers.records import Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import quote, where

_RATED = re.compile(
    r"(?:^|[，,：:]|认为|评价)(?P<name>[\u4e00-\u9fff]{5,30}?(?:项目|工程|专项资金))(?:的)?(?:绩效评价)?(?:综合|最终|总体)?(?:评价|绩效)?(?:总)?得分"
    r"(?:为|是)?\s?(?P<score>\d{2,3}(?:\.\d{1,4})?)\s?分"
)
_TAIL = 4  # characters that both names end with at least
_FEW = 2  # times that the report names its own project at least


def other_rated(facts: Facts, rule: str) -> Iterator[Relation]:
    """The report's own total told of a project whose name is the own one but for its beginning, and stands but here."""
    own = facts.report.field_mention("project")
    totals = {mention.number.value for mention in facts.totals if mention.number is not None}
    if own is None or len(totals) != 1:
        return
    name = "".join(own.text.split())
    for sentence in facts.saying("得分"):
        match = _RATED.search("".join(sentence.text.split())) if sentence.cell is None else None
        if (
            match is not None
            and match["score"] in {str(total) for total in totals}
            and _another(match["name"], name, facts.all_text.condensed)
        ):
            at = sentence.text.find(match["name"])
            if at >= 0:
                span = sentence.span(at, at + len(match["name"]))
                yield _relation(rule, own, Operand("text.name", "reported", match["name"], None, span))


def _another(told: str, own: str, text: str) -> bool:
    """Whether the name told is not the own one, ends as it does, and begins as nothing else in the report."""
    shared = next((size for size in range(min(len(told), len(own)), 0, -1) if told[-size:] == own[-size:]), 0)
    core = told[: len(told) - shared]
    kept = own[: len(own) - shared]
    return (
        shared >= _TAIL
        and len(core) >= 2
        and len(kept) >= 2
        and not (core in own or kept in told)
        and text.count(core) == 1
        and text.count(own[-(shared + 2) :]) >= _FEW
    )


def _relation(rule: str, own: Mention, right: Operand) -> Relation:
    return spotted(
        rule,
        f"text.leftover.{right.span.page}.{right.span.line}",
        [Operand.of("text.own", "operand", own), right],
        title=f"疑为模板残留的名称：“{right.text}”",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，本报告所评价的为“{own.text}”"
        f"（{where(own.span)}），"
        "该名称全文别处未提及，所称得分却为本报告总分，疑为套用其他报告未改。",
        reported=right.text,
        severity="warning",
    )
