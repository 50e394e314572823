"""Grades in sentences (等级陈述): `评价等级为“优”`, never the grade of something else."""

import re

from extractors.rows.context import Context
from extractors.rows.facts import Fact
from extractors.rows.grade_words import LETTER
from extractors.rows.model import Statement
from extractors.rows.text import Squeezed

_FOLLOWS = re.compile(r"^(?:[”\"'’」』]|[,，。；;)\]!\n]|\((?![\d≥>])|等|级|档|次|$)")
_LISTED = re.compile(r"^[”\"'’」』]?[、/]")
_OF_OTHERS = re.compile(r"[”\"'’」』]?(?:等级|等次|级别|等|级|档)?(?:的|者)")  # `评定为良好等次的乡镇3个`
_OTHER = re.compile(
    r"水质|空气|质量|信用|服务质量|环境|满意度|考核|验收|风险|资质|安全|上年|去年|子项目|景区|工程|产品|企业"
)
_DISTANT = re.compile(
    r"(?:距离?|离|接近|相差|差|未达到?|低于)(?:评价|绩效)?(?:等级|等次)?[“\"]?$"
)  # `距“优”等次0.14分`
# The clause before a grade tells how many of several things got it: `1个街道评价等级为“优”`, `各街道自评等级均为“优”`.
_OF_SEVERAL = re.compile(
    r"(?:(?<![第\d])(?:\d+|[一二两三四五六七八九十]+)[个家所项户]|各)(?!指标)[^，,。；;、]{1,10}?(?:评价|自评|评定|考核|绩效)?"
    r"(?:结果|等级|等次)[均都]?[为是获评]{0,2}[“\"]?$"
)
_NEAR = 8  # characters before a grade that say how far off it is
_LISTED_SCORE = re.compile(r"\d\s?分[，,]")  # `…满意度指标10分，等级为优`
_LETTER = re.compile(LETTER)
_QUOTES = ("”", '"', "’", "」", "』")
_SCALE = 24  # characters within which a scale names its best grade
_STOPS = "。；;！!？?\n"


def read_grades(text: Squeezed, facts: list[Fact], claims: list[Statement], context: Context) -> list[Statement]:
    """The report's grade wherever the text states it, as `total` statements with the value `grade`.

    A weak word (`等级`, `评为`) counts only in a sentence that states the total too; a grade in a list of grades or
    of something named otherwise does not count.
    """
    statements: list[Statement] = []
    for fact in facts:
        if fact.kind != "grade" or (context.reviewed and "自评" in fact.word):
            continue  # the spender's own, beside that of the review
        if _states_grade(text.text, fact, claims, text):
            low = _sentence_start(text.text, fact.start)
            statements.append(
                Statement(
                    kind="total",
                    values=(("grade", text.printed(*fact.span, fact.start, fact.end)),),
                    span=text.place(fact.start, fact.end, low, fact.end),
                    path=context.path,
                    cell_row=context.cell_row,
                    annex=context.annex,
                )
            )
    return statements


def _states_grade(text: str, fact: Fact, claims: list[Statement], source: Squeezed) -> bool:
    """Whether a grade is the report's own and no item of a scale."""
    behind = text[fact.span[1] : fact.span[1] + 3]
    if (
        _LISTED.match(behind)
        or _OF_OTHERS.match(text, fact.span[1])
        or not (_FOLLOWS.match(behind) or _before_scale(text, fact))
    ):
        return False
    low = _sentence_start(text, fact.start)
    far = _DISTANT.search(text, max(fact.span[0] - _NEAR, 0), fact.span[0])
    if far or _OF_SEVERAL.search(text, low, fact.span[0]):
        return False
    totals = [claim.values[0][1].text for claim in claims if claim.kind == "total"]
    if any(text.endswith((f"{total}，", f"{total},"), low, fact.start) for total in totals):
        return True  # right behind the total, whatever that is called
    if _OTHER.search(_LISTED_SCORE.split(text[max(low, fact.start - 12) : fact.start])[-1]):
        return False
    if fact.tag == "GRADEWORD":
        return True
    sentence = source.place(low, fact.end).quote
    return any(total in sentence for total in totals)


def _before_scale(text: str, fact: Fact) -> bool:
    """Whether a bracket behind a grade tells the scale, where its name stands again (`为优秀（90分以上为优秀，…`)."""
    start, end = fact.span
    behind = end + (text[end : end + 1] in _QUOTES)  # `“优”（90分以上为优，…）`
    named = _LETTER.fullmatch(text, start, end) is not None  # `等级A(优良)`
    return text.startswith("(", behind) and (named or text.find(text[start:end], behind, behind + _SCALE) > 0)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence that holds text[at] begins."""
    return max(text.rfind(stop, 0, at) for stop in _STOPS) + 1
