"""A term told in years against its first and last day (期限与起止日期)."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.wording import quote, where

_DAY = r"(?P<{0}y>(?:19|20)\d\d)\s?年\s?(?P<{0}m>\d{{1,2}})\s?月\s?(?P<{0}d>\d{{1,2}})\s?日"
# 服务期三年，自2022年7月1日至2025年6月30日
_TERM = re.compile(
    r"(?:服务|合同|委托|租赁|承包|运营|运维|管护|履约|履行|采购|有效|建设|实施)(?:期限?|周期)(?:为|共|是|[:：])?\s?"
    r"(?P<years>[一二两三四五六七八九十]|\d{1,2})\s?年[，,（(]\s?(?:即|从|自)?(?:即|从|自)?\s?"
    + _DAY.format("a")
    + r"起?\s?(?:至|到|—{1,2}|–|-)\s?"
    + _DAY.format("b")
)
_TOLD = re.compile(r"期限?(?:为|共|是|[:：])?\s?[一二两三四五六七八九十\d]")  # in every term, and sooner looked for
_SLACK = 31  # days: the first and the last day are told loosely


def service_terms(facts: Facts, rule: str) -> Iterator[Relation]:
    """Every term of years told with its days that do not lie so many years apart."""
    for sentence in facts.saying("期") if _TOLD.search(facts.all_text.sentences) else ():
        for match in _TERM.finditer(sentence.text) if sentence.cell is None else ():
            first, last = _day(match, "a"), _day(match, "b")
            years = int(match["years"]) if match["years"].isdecimal() else chinese_integer(match["years"]) or 0
            if first is None or last is None or not years or last <= first:
                continue
            off = abs(Decimal((last - first).days) - Decimal("365.25") * years)
            if off > _SLACK:
                start = match.start("by")
                right = here(sentence, (start, match.end()), "reported")
                left = here(sentence, (match.start(), match.start("ay")))
                yield contradicted(
                    rule,
                    (left,),
                    right,
                    formula=f"{last.isoformat()} − {first.isoformat()} ≠ {years} 年",
                    computed=f"{first.year + years}年",
                    title=f"期限 {years} 年与起止日期不符",
                    message=f"{where(right.span)}“{quote(right.span, right.text)}”："
                    f"{first.isoformat()} 至 {last.isoformat()} 不是 {years} 年。",
                )


def _day(match: re.Match[str], name: str) -> date | None:
    try:
        return date(int(match[f"{name}y"]), int(match[f"{name}m"]), int(match[f"{name}d"]))
    except ValueError:
        return None
