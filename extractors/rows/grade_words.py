"""Grades that the word patterns do not see (字母等级、评定语): `评价级别为B级`, `评价等级A（优良）`, `评定为优秀`."""

import re

from extractors.rows.facts import Fact
from extractors.rows.text import Squeezed

LETTER = r"(?:A{1,3}|[B-E])(?:\+{1,2}|-(?!\d))?(?![A-Za-z0-9])(?:级|等(?!级)|档)?"
WORD = r"优秀|良好|优良|中等|一般|基本合格|不合格|合格|不及格|及格|较差|较好|优|良|中|低|差|好"
_AFTER = r"(?=[”\"'’」』]?(?:[,，。；;(（)）\n]|等级|等次|档|$))"
_LETTERED = re.compile(
    r"(?P<own>(?:评价|自评|评定|绩效|综合|审核|复核)+(?:结果)?)?(?:等级|等次|级别|档次|评级)(?:评定|确定|认定)?[为是:]{0,2}[“\"]?"
    rf"(?P<grade>{LETTER}){_AFTER}"
)
_RATED = re.compile(rf"(?<!被)(?:评定|评价结果|审核等级|复核等级)(?:等级|等次)?[为是][“\"]?(?P<grade>{WORD}){_AFTER}")
_SCORED = re.compile(rf"(?<=分)[，,]为(?P<quote>[“\"])(?P<grade>{WORD})[”\"](?:档|等|级){_AFTER}")
# Begins with a set, to which the scanner leaps.
_TELLS = re.compile(
    r"[级次评审复分](?:(?<=[级次])\S{0,5}[A-E]|(?<=评)(?:定|价结果)|(?<=[审复])核等级|(?<=分)[，,]为[“\"])"
)


def with_told_grades(text: Squeezed, facts: list[Fact]) -> list[Fact]:
    """The facts and, where the patterns found none, the grades told in letters or as a rating given, by place."""
    if not _TELLS.search(text.text):
        return facts
    known = [fact.span for fact in facts if fact.kind == "grade"]
    added = []
    for pattern in (_LETTERED, _RATED, _SCORED):
        for match in pattern.finditer(text.text):
            low, high = match.span("grade")
            if any(start < high and low < end for start, end in known):
                continue
            tag = "GRADEWORD" if pattern is _LETTERED and match["own"] else "GRADEWEAK"
            added.append(Fact("grade", "grade", match.group(), tag, match.start(), high, (low, high)))
            known.append((low, high))
    return sorted([*facts, *added], key=lambda fact: fact.start) if added else facts
