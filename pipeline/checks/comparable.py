"""Whether two amounts speak of the same money (资金口径): shared numbers, dates, sources and headings decide."""

import re
from dataclasses import dataclass
from functools import cached_property

from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.texts import Sentence

# Words that single out a part of the money, or another stage of it; both statements must have them, or none.
_QUALIFIERS = re.compile(
    r"中央|省级|市级|县级|区级|乡镇|街道|自筹|配套|上级|结转|结余|上年|往年|历年|累计|首批|第[一二三四五六]批|[一二三]期"
    r"|合同|中标|采购|招标|控制价|概算|估算|总投资|审定|送审|决算|结算|预付|进度款|尾款|质保|首付|利息|子项目|上半年|下半年|季度"
)
_DATES = re.compile(r"(?:(?:19|20)\d\d\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*年")
_SHARED = ("budget_original", "budget_adjusted", "arrived", "spent", "recovered")


@dataclass(frozen=True)
class Funds:
    """The report's amounts with the sentences and groups they stand in."""

    facts: Facts

    @cached_property
    def by_group(self) -> dict[str, list[FundingLine]]:
        """Group -> its amounts."""
        found: dict[str, list[FundingLine]] = {}
        for line in self.facts.report.funding:
            found.setdefault(line.group, []).append(line)
        return found

    def sentence(self, line: FundingLine) -> Sentence | None:
        """The sentence that prints the amount; None in a cell of its own."""
        return next(
            (one for one in self.facts.sentences_at(line.span) if line.number.printed in one.text),
            None,
        )

    def year(self, line: FundingLine) -> int | None:
        """The year that its sentence names last before the amount, else the year of the record."""
        sentence = self.sentence(line)
        before = "" if sentence is None else sentence.text[: sentence.text.find(line.number.printed)]
        named = _YEARS.findall(before)
        return int(named[-1]) if named else line.year

    def share_an_amount(self, one: FundingLine, other: FundingLine) -> bool:
        """Whether the rows or sentences of both print another equal amount: then they tell of the same money."""
        if one.group == other.group:
            return False
        here, there = self.by_group[one.group], self.by_group[other.group]
        return any(
            a.yuan is not None and a.yuan == b.yuan and a.subject == b.subject and not {a, b} & {one, other}
            for a in here
            for b in there
            if a.role in _SHARED and b.role in _SHARED and (a.role == b.role or a.table or b.table)
        )

    def differ_in_kind(self, one: FundingLine, other: FundingLine) -> str:
        """Why two amounts may be different money, Chinese; '' if nothing says so."""
        years = self.facts.report.fiscal_year
        stated = [year for line in (one, other) if (year := self.year(line)) is not None]
        if len(set(stated)) > 1 or any(years and year not in years for year in stated):
            return "两处所指年度不同"
        here, there = self.sentence(one), self.sentence(other)
        mine, theirs = _clause(here, one), _clause(there, other)
        if set(_QUALIFIERS.findall(mine)) != set(_QUALIFIERS.findall(theirs)):
            return "两处资金的来源、范围或阶段表述不同"
        dates, others = set(_DATES.findall(mine)), set(_DATES.findall(theirs))
        if dates and others and dates != others:
            return "两处截止时间不同"
        if here is not None and there is not None and _siblings(here, there):
            return "两处分属并列章节，可能是不同子项目"
        return ""


def _clause(sentence: Sentence | None, line: FundingLine) -> str:
    """The clause before the amount: from the last comma but one up to the amount."""
    if sentence is None:
        return line.item
    at = sentence.text.find(line.number.printed)
    before = re.split(r"[，,]", sentence.text[: max(at, 0)])
    return "，".join(before[-2:])


def _siblings(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences stand below different headings of one level and one parent."""
    mine, theirs = one.section.path, other.section.path
    return len(mine) == len(theirs) > 0 and mine[:-1] == theirs[:-1] and mine[-1] is not theirs[-1]
