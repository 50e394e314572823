"""Check: what was to be done before a day and is told as done in time was done before it (完成时限)."""

import re
from collections.abc import Iterator

from extractors.frozen import frozen, replace
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.target_met import full_marks
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import place, quote, where

RULE = "deadline-met"
_PART = r"(?P<part>底|末|上旬|中旬|下旬|(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号])?"
_MONTH = rf"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>1[0-2]|0?[1-9])\s*月(?:份)?\s*{_PART}"
_BEFORE = re.compile(rf"{_MONTH}\s*(?:之|以)?前")
_DONE = re.compile(
    rf"(?:^|[，,；;])\s*(?:项目|工程|任务)?(?:均|已|全部|全面)?于\s*{_MONTH}\s*(?:已|全部|全面|顺利)?完成(?=$|[，,；;])"
)
_GENERAL = re.compile(
    r"确保|保证|项目|工程|任务|按时|按期|按质|保质|保量|如期|及时|全部|全面|完成|实施|建设|工作|目标|时效|指标|年度"
    r"|[^\u4e00-\u9fff]|年|月份?|前|底|末|日|之|以|在|于"
)
_IN_TIME = re.compile(r"如期|按时|按期|及时|已?完成$")
_ENDS = {"上旬": 10, "中旬": 20, "下旬": 31, "底": 31, "末": 31}
_STARTS = {"上旬": 1, "中旬": 11, "下旬": 21, "底": 21, "末": 21}


@frozen
class Day:
    """A day as told: (month, day), the day being 0 for the time before a month begins (时点)."""

    month: int
    day: int
    year: int | None

    def after(self, other: "Day") -> bool:
        """Whether it lies behind another of the same year."""
        return (self.month, self.day) > (other.month, other.day)


def _test(facts: Facts) -> Iterator[Relation]:
    done = [
        (sentence, match)
        for sentence in facts.saying("月")
        if "完成" in sentence.text
        for match in _DONE.finditer(sentence.text)
        if match["year"] is None or int(match["year"]) in facts.report.fiscal_year
    ]
    for indicator in facts.report.indicators if done else ():
        for target in indicator.all("target"):
            match = _BEFORE.search(target.text)
            if match is not None and not _GENERAL.sub("", target.text):
                for sentence, told in done:
                    yield _judged(facts, indicator, target, match, sentence, told)


def _limit(match: re.Match[str]) -> Day:
    """The last day in time: the day before the one named; without a day, before the month."""
    part, year = match["part"] or "", int(match["year"]) if match["year"] else None
    last = _ENDS.get(part, int(match["day"]) if match["day"] else 0)
    return Day(int(match["month"]), last, year)


def _reached(match: re.Match[str]) -> Day:
    """The first day on which it may have been done."""
    part = match["part"] or ""
    first = _STARTS.get(part, int(match["day"]) if match["day"] else 1)
    return Day(int(match["month"]), first, int(match["year"]) if match["year"] else None)


def _judged(
    facts: Facts,
    indicator: Indicator,
    target: Mention,
    wanted: re.Match[str],
    sentence: Sentence,
    told: re.Match[str],
) -> Relation:
    limit, day = _limit(wanted), _reached(told)
    late = day.after(limit)
    span = sentence.span(told.start("month"), told.end())
    key = f"i{indicator.index}.deadline"
    claims = [m for m in indicator.all("actual") if _IN_TIME.search(m.text.strip())]
    relation = Relation(
        RULE,
        "inconsistent" if late else "consistent",
        (Operand(key, "target", target.text.strip(), None, target.span),),
        (Operand(f"{key}.done", "reported", told[0].strip("，,；; "), None, span),),
        formula=f"{told[0].strip('，,；; ')} {'晚于' if late else '不晚于'} {wanted[0]}",
        reported=told[0].strip("，,；; "),
        computed=wanted[0],
        severity="warning",
    )
    if not late:
        return relation
    if day.year is not None and limit.year is not None and day.year != limit.year:
        return undecided(relation, "两处年度不同")
    if not claims and full_marks(facts, indicator) is not True:
        return undecided(relation, "未称如期完成，也未得满分")
    extra = [Operand(key, "witness", mention.text.strip(), None, mention.span) for mention in claims]
    same = "（如该时限含当月，则相符）" if day.month == limit.month and limit.day == 0 else ""
    return replace(
        relation,
        left=(*relation.left, *extra),
        title=f"时限为“{wanted[0]}”，实际“{told[0].strip('，,；; ')}”，仍称如期完成或得满分",
        message=f"{place(target)}时限为“{quote(target.span, target.text)}”，{where(span)}称“{quote(span, told[0])}”，"
        f"晚于时限{same}，与如期完成的评价不符。",
    )


CHECK = Check(
    rule=RULE,
    name="完成时限",
    what="A project that was to be finished before a day, and is told as finished in time, was finished before it.",
    why="Points for being in time are given against a date that another passage tells.",
    formula="day done ≤ last day before the limit",
    tolerance="12月底前 ends with the month, 12月前 with the month before; targets of a part of the work are left out",
    severity="warning",
    source="财预〔2020〕10号附2（完成及时性）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("年度 2023；自评表 时效 目标 项目11月底前完成 实际 如期完成；文 推进有序，于2023年11月中旬完成。",),
    disagrees=("年度 2023；自评表 时效 目标 项目10月底前完成 实际 如期完成；文 推进有序，于2023年11月中旬完成。",),
    false_alarms=("a step of the work with a limit of its own", "another year's work"),
)
