"""Whether two amounts speak of the same money (资金口径): shared numbers, dates, sources and headings decide."""

import re
from collections.abc import Callable, Sequence

from extractors.frozen import replace
from extractors.provenance import SourceSpan
from normalizers.funding import BASIC_SPENDING, PROJECT_SPENDING
from normalizers.names import key
from normalizers.records import EvaluationReport, FundingLine
from pipeline.checks.texts import Sentence

# Words that single out a part of the money, or another stage of it; both statements must have them, or none.
_QUALIFIERS = re.compile(
    r"中央|省级|市级|县级|区级|乡镇|街道|自筹|配套|上级|结转|结余|上年|往年|历年|累计|首批|第[一二三四五六]批|[一二三]期"
    r"|合同|中标|采购|招标|控制价|概算|估算|总投资|审定|送审|决算|结算|预付|进度款|尾款|质保|首付|利息|子项目|上半年|下半年|季度|(?<=截至)(?:[1-9]|1[01])月|(?<=年)(?:[1-9]|1[01])月底"
)
RATES = ("execution_rate", "arrival_rate")
_DATES = re.compile(r"(?:(?:19|20)\d\d\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*年")
_NO_PURPOSE = re.compile(
    r"^(?:[一二两三四五六七八九十\d]*个|各)?子?项目(?:合计|共计)?|(?:实际)?(?:合计|共计|支出|下达|安排|到位|预算)+$"
)
_NO_TIME = re.compile(
    r"^(?:截[至止]|至|到)\s*(?:(?:19|20)\d\d\s*年)?(?:度|\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日|份?底|末)?(?:止|为止)?[，,]?"
)
_NO_RATE = re.compile(
    r"^(?:完成|占|为|达|实际|但是|其|项目|预算|资金)*(?:全年|年初|年度|总)?(?:预算|资金|支出|执行)*[数额率]?的?[\d.]*$"
)
# What names neither a purpose nor a part of the year: `2022年累计支出`.
_GENERAL = re.compile(
    r"(?:19|20)\d\d年?度?|累计|实际|年初|全年|年度|当年|预算|安排|支出|下达|到位|资金|批复|拨付|使用|总额|金额|合计|共计|数|总"
)
_OVERALL = re.compile(r"(?:本?部门|本?单位)?整体(?:支出)?")  # the whole, in a report on a body's overall expenditure
_SPENT_SO_FAR = re.compile(r"累计(?=(?:已|实际|共|完成)*(?:支出|拨付|支付|使用|执行|列支))")
_PART_OF = re.compile(r"(?:其中|包括|包含|由)[:：]?")
_NO_PART = re.compile(r"安排|下达|到位(?!资金)|支出(?!资金)|拨付|收回|执行|调整|结余|结转|截至|[\d。；;]")
_PART_LONG = 16  # characters of the name of a part, its separator included
_FAR = 400  # characters before an amount that may tell its year and its clause
_SHARED = ("budget_original", "budget_adjusted", "arrived", "spent", "recovered")


class Funds:
    """The report's amounts, each with the sentence that prints it, the year it is told of, and a plain purpose.

    lines: as the report's, with `group` narrowed to the sentence, `year` as the sentence names it last before the
    amount, and `subject` without words that name no purpose.
    """

    def __init__(self, report: EvaluationReport, sentences_at: Callable[[SourceSpan], list[Sentence]]) -> None:
        """Find every amount's sentence; amounts of one line are met in the order of print."""
        self.years = report.fiscal_year
        self._overall = report.kind == "overall_expenditure"
        self._of_projects = {
            grid.table_id
            for grid in report.rows.part.tables
            if self._overall and PROJECT_SPENDING in grid.caption and BASIC_SPENDING not in grid.caption
        }
        # A body's whole spending is told in two parts: 项目支出 is one of them wherever it is told.
        self._in_parts = self._overall and any(BASIC_SPENDING in line.text for line in report.rows.part.lines)
        self._sentences: dict[int, Sentence] = {}
        self.by_group: dict[str, list[FundingLine]] = {}
        reached: dict[tuple[object, ...], tuple[int, int]] = {}
        lines = []
        for known in _named_rows(report.funding):
            line = self._placed(known, sentences_at(known.span), reached) if _told(known) else self._plain(known)
            lines.append(line)
            self.by_group.setdefault(line.group, []).append(line)
        self.lines = tuple(lines)
        self._by_flow: dict[int, list[FundingLine]] = {}
        for line in lines:
            sentence = self.sentence(line)
            if sentence is not None:
                self._by_flow.setdefault(id(sentence.flow), []).append(line)

    def _placed(
        self, line: FundingLine, sentences: list[Sentence], reached: dict[tuple[object, ...], tuple[int, int]]
    ) -> FundingLine:
        """The amount with the first sentence, from where its line was read up to, that prints it."""
        where = (line.span.passage, line.span.cell, line.role in RATES)  # each kind in order of print
        number, offset = reached.get(where, (0, 0))
        for index in (*range(number, len(sentences)), *range(number)):
            start = offset if index == number else 0
            at = sentences[index].text.find(line.number.printed, start)
            if at >= 0:
                reached[where] = (index, at + len(line.number.printed))
                named = _YEARS.findall(sentences[index].text, max(at - _FAR, 0), at)
                year = int(named[-1]) if named else line.year
                group = f"{line.group}.{index}"
                part = self._is_part(line, group, sentences[index])
                placed = replace(
                    line, subject=PROJECT_SPENDING if part else self._subject(line), group=group, year=year
                )
                self._sentences[id(placed)] = sentences[index]
                return placed
        return self._plain(line)

    def _is_part(self, line: FundingLine, group: str, sentence: Sentence) -> bool:
        """Whether an amount is told of 项目支出 beside 基本支出, or is the rate of such an amount right before it."""
        if PROJECT_SPENDING in line.item:
            return self._in_parts or BASIC_SPENDING in sentence.flow.text
        before = self.by_group.get(group, [])
        return self._in_parts and line.role in RATES and bool(before) and before[-1].subject == PROJECT_SPENDING

    def _plain(self, line: FundingLine) -> FundingLine:
        """The amount with a plain purpose."""
        subject = self._subject(line)
        return line if subject == line.subject else replace(line, subject=subject)

    def _subject(self, line: FundingLine) -> str:
        """The purpose, leaving out what money is called anyway (支出, 资金, 三个子项目合计)."""
        if line.subject == PROJECT_SPENDING:
            return line.subject  # told beside 基本支出: a part of a body's spending
        if line.subject == "":
            return PROJECT_SPENDING if line.table in self._of_projects else ""
        subject = _NO_PURPOSE.sub("", _NO_TIME.sub("", line.subject))
        if len(_GENERAL.sub("", _OVERALL.sub("", subject) if self._overall else subject)) <= 1:
            subject = ""
        if line.role in RATES:
            subject = _NO_RATE.sub("", subject)
        return subject if len(subject) > 1 else ""

    def sentence(self, line: FundingLine) -> Sentence | None:
        """The sentence that prints the amount; None in a cell of its own."""
        return self._sentences.get(id(line))

    def current(self, line: FundingLine) -> bool:
        """Whether an amount is told of a year evaluated, or of none."""
        return line.year is None or not self.years or line.year in self.years

    def parts(self, lines: Sequence[FundingLine]) -> list[FundingLine]:
        """The amounts of one sentence, in order, that stand behind 其中 as parts of the one before it."""
        sentence = self.sentence(lines[0]) if lines else None
        if sentence is None:
            return []
        found: list[FundingLine] = []
        at, listed = 0, False
        for line in lines:
            start = sentence.text.find(line.number.printed, at)
            if start < 0:
                continue  # told in another sentence of the same line
            between = sentence.text[at:start]
            opened = list(_PART_OF.finditer(between)) if at else []
            name = between[opened[-1].end() :] if opened else between.lstrip(" 元万亿千")
            listed = (bool(opened) or listed) and len(name) <= _PART_LONG and not _NO_PART.search(name)
            if listed:
                found.append(line)
            at = max(start, at) + len(line.number.printed)
        return found

    def beside(self, line: FundingLine) -> list[FundingLine]:
        """The amounts of the whole paragraph, cell or row that prints this one, itself among them."""
        sentence = self.sentence(line)
        if sentence is None:
            return self.by_group[line.group]
        return self._by_flow.get(id(sentence.flow), [])

    def share_an_amount(self, one: FundingLine, other: FundingLine) -> bool:
        """Whether the rows or sentences of both print another equal amount: then they tell of the same money.

        Where a paragraph prints several amounts of that kind (支出7,000万元，其中项目支出4,000万元), an equal one among
        them says nothing of the others.
        """
        here, there = self.beside(one), self.beside(other)
        if here is there or one.group == other.group:
            return False
        return any(
            a.yuan is not None
            and a.yuan == b.yuan
            and a.subject == b.subject
            and a not in (one, other)
            and b not in (one, other)
            and _alone(a, here)
            and _alone(b, there)
            for a in here
            for b in there
            if a.role in _SHARED and b.role in _SHARED and (a.role == b.role or a.table or b.table)
        )

    def differ_in_kind(self, one: FundingLine, other: FundingLine) -> str:
        """Why two amounts may be different money, Chinese; '' if nothing says so."""
        stated = {line.year for line in (one, other) if line.year is not None}
        if len(stated) > 1 or not (self.current(one) and self.current(other)):
            return "两处所指年度不同"
        if len(self.years) > 1 and (one.year is None) != (other.year is None):
            return "报告评价多个年度，一处为其中一年的数"
        here, there = self.sentence(one), self.sentence(other)
        mine, theirs = _clause(here, one), _clause(there, other)
        if _qualifiers(mine) != _qualifiers(theirs):
            return "两处资金的来源、范围或阶段表述不同"
        dates, others = set(_DATES.findall(mine)), set(_DATES.findall(theirs))
        if dates and others and dates != others:
            return "两处截止时间不同"
        if here is not None and there is not None and _siblings(here, there):
            return "两处分属并列章节，可能是不同子项目"
        return ""


def _named_rows(lines: Sequence[FundingLine]) -> list[FundingLine]:
    """The amounts; a row of a table with a total row speaks of its own money, however general its name (市财政资金)."""
    totals = {(line.table, line.role) for line in lines if line.row_role == "total"}
    return [
        replace(line, subject=key(line.item))
        if line.row_role == "item" and line.subject == "" and (line.table, line.role) in totals
        else line
        for line in lines
    ]


def _alone(line: FundingLine, lines: Sequence[FundingLine]) -> bool:
    """Whether no other amount among the lines is of the same role and subject with another value."""
    return all(
        other.yuan in (line.yuan, None) for other in lines if (other.role, other.subject) == (line.role, line.subject)
    )


def _told(line: FundingLine) -> bool:
    return line.table is None


def _qualifiers(clause: str) -> set[str]:
    """Words that single out a part of the money; 累计支出 by the end of a year is that year's spending."""
    return set(_QUALIFIERS.findall(_SPENT_SO_FAR.sub("", clause)))


def _clause(sentence: Sentence | None, line: FundingLine) -> str:
    """The clause before the amount: from the last comma but one up to the amount."""
    if sentence is None:
        return line.item
    at = sentence.text.find(line.number.printed)
    before = re.split(r"[，,]", sentence.text[max(at - _FAR, 0) : max(at, 0)])
    return "，".join(before[-2:])


def _siblings(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences stand below different headings of one level and one parent."""
    mine, theirs = one.section.path, other.section.path
    return len(mine) == len(theirs) > 0 and mine[:-1] == theirs[:-1] and mine[-1] is not theirs[-1]
