"""A report's own grade scale (等级标准): `得分≥90为优`, `80（含）-90分为良`, `优（90-100分）` … in every style."""

import re
from collections.abc import Callable
from decimal import Decimal

from extractors.frozen import frozen
from extractors.rows.context import Context
from extractors.rows.grade_words import LETTER, WORD
from extractors.rows.model import Printed, Statement
from extractors.rows.text import Squeezed

_NUMBER = r"\d{1,3}(?:\.\d+)?"
_IN = r"\(不?含(?:\d+(?:\.\d+)?)?分?\)"
_VARIABLE = r"(?:[\u4e00-\u9fff]{0,8}(?:得分|分值|分数|总分|评分)|[A-Z])"
_CMP = r"[≥≧≤≦<>]=?"
_SIGN = re.compile("[≥≧≤≦<>]")
_GRADES = rf"{LETTER}|{WORD}"
_NOT_WORD = r"(?![秀好良质化率势惠于市央心型])"
_BETWEEN = re.compile(
    rf"(?P<left>{_NUMBER})\s?分?(?P<first>{_CMP})\s?{_VARIABLE}\s?(?P<second>{_CMP})\s?(?P<right>{_NUMBER})\s?分?"
)
_COMPARED = re.compile(
    rf"(?:{_VARIABLE}\s?|(?<=[(:]))(?P<first>{_CMP})\s?(?P<left>{_NUMBER})\s?分?"
    rf"(?:[,，、且]{{1,2}}(?:{_VARIABLE})?(?P<second>{_CMP})\s?(?P<right>{_NUMBER})\s?分?)?"
)
_FROM_TO = re.compile(
    rf"(?P<open>[(\[])?(?P<left>{_NUMBER})\s?分?(?P<left_in>{_IN})?\s?(?:-|~|～|—|–|至|到|,|，)+\s?"
    rf"(?P<right>{_NUMBER})\s?分?(?P<right_in>{_IN})?分?(?P<close>[)\]])?(?P<below>及?以下|以内)?"
)
_ONE_SIDED = re.compile(
    rf"(?P<left>{_NUMBER})\s?分?(?P<in>{_IN})?分?(?P<too>及|或)?(?P<side>以上|以下|以内)(?P<in_behind>{_IN})?"
)
_BEHIND = re.compile(
    r"分?(?:\([^()]{1,12}\))?(?:之间)?(?:的|者|时)?[,，:]?"
    r"(?:对应|评价|评定|绩效|结果|等级|等次|级别|判定|认定|确定|评为|定为|为|是|属于|属|则|:|—|-)*"
    rf"[“\"'‘「]?(?P<grade>(?:{_GRADES}){_NOT_WORD})"
)
_AHEAD = re.compile(
    rf"(?P<grade>{_GRADES})[”\"'’」]?(?:等级|等次|级|档|等)?(?:为|:|是|\(|\[|=|—|-)*"
    r"(?:[\u4e00-\u9fff]{0,6}(?:得分|分值|分数)(?:为|在|:|区间)*)?$"
)
_PREFILTER = re.compile(r"优|良|合格|及格|[AB][+级等档(（:：]")


@frozen
class Limits:
    """A band's limits as spans of the text, None = open, and whether each belongs to it."""

    low: tuple[int, int] | None
    high: tuple[int, int] | None
    low_in: bool = True
    high_in: bool = False

    @property
    def role(self) -> str:
        """The words for ends that depart from [low, high): `low-excluded`, `high-included`."""
        flags = (("low-excluded", not self.low_in), ("high-included", self.high_in))
        return " ".join(word for word, holds in flags if holds)


def read_bands(text: Squeezed, context: Context) -> tuple[list[Statement], tuple[int, int]]:
    """The bands of a grade scale and where they stand; nothing unless two different grades have limits."""
    if not _PREFILTER.search(text.text):
        return [], (0, 0)
    statements: list[Statement] = []
    first = done = 0
    for match, limits in ranges(text.text):
        if match.start() < done or text.text.startswith("%", match.end()):
            continue
        grade, end = _grade(text.text, match, done)
        if grade is not None:
            first = first if statements else min(match.start(), grade[0])
            statements.append(_statement(text, match, grade, limits, context))
            done = end
    if len({statement.values[0][1].text for statement in statements}) < 2:
        return [], (0, 0)
    return statements, (first, done)


def ranges(text: str) -> list[tuple[re.Match[str], Limits]]:
    """Everything that states limits, by place; of several readings of one place the longest comes first."""
    styles = _STYLES if _SIGN.search(text) else _WORDED
    found = [(match, limits(match)) for pattern, limits in styles for match in pattern.finditer(text)]
    return sorted(found, key=lambda item: (item[0].start(), -item[0].end()))


def _grade(text: str, match: re.Match[str], done: int) -> tuple[tuple[int, int] | None, int]:
    """The grade named directly before the limits, else behind them, as a span; and where the band ends."""
    ahead = _AHEAD.search(text, max(done, match.start() - 20), match.start())
    behind = _BEHIND.match(text, match.end())
    # `等级“良好”（90分以上为优秀，…`: what stands before the bracket is the grade given, not the name of a band.
    given = ahead is not None and behind is not None and "(" in ahead.group() and behind["grade"] != behind.group()
    if ahead and not given:
        return ahead.span("grade"), match.end()
    if behind:
        return behind.span("grade"), behind.end()
    return None, match.end()


def _between(match: re.Match[str]) -> Limits:
    """`90>得分≥80` and `80≤得分<90`."""
    left, right = match.span("left"), match.span("right")
    if match["first"][0] in "<≤≦":
        return Limits(left, right, match["first"] != "<", match["second"] != "<")
    return Limits(right, left, match["second"] != ">", match["first"] != ">")


def _compared(match: re.Match[str]) -> Limits:
    """`得分≥90`, `得分<60`, `得分≥80，<90`."""
    one, two = match.span("left"), match.span("right") if match["right"] else None
    if match["first"][0] in "<≤≦":
        return Limits(two, one, match["second"] != ">", match["first"] != "<")
    return Limits(one, two, match["first"] != ">", match["second"] not in (None, "<"))


def _from_to(match: re.Match[str]) -> Limits:
    """`80（含）-90分`, `100-90`, `[80,90)`: ends belong to it as brackets and 含 say, the lower one by default."""
    ends = [(match.span(side), match[f"{side}_in"] or "") for side in ("left", "right")]
    if Decimal(match["left"]) > Decimal(match["right"]):
        ends.reverse()
    (low, low_mark), (high, high_mark) = ends
    if match["open"] and match["close"] and match["open"] + match["close"] != "()":
        return Limits(low, high, match["open"] == "[", match["close"] == "]")
    included = ("含" in high_mark and "不含" not in high_mark) or match["below"] == "及以下"
    return Limits(low, high, "不含" not in low_mark, included)


def _one_sided(match: re.Match[str]) -> Limits:
    """`90分以上`, `60分（不含）以下`, `60分及以下`."""
    marks = (match["in"] or "") + (match["in_behind"] or "")
    if match["side"] == "以上":
        return Limits(match.span("left"), None, "不含" not in marks, False)
    included = bool(match["too"]) or ("含" in marks and "不含" not in marks)
    return Limits(None, match.span("left"), True, included)


_STYLES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Limits]], ...] = (
    (_BETWEEN, _between),
    (_COMPARED, _compared),
    (_FROM_TO, _from_to),
    (_ONE_SIDED, _one_sided),
)
_WORDED = _STYLES[2:]  # the styles that need no sign of comparison


def _statement(
    text: Squeezed, match: re.Match[str], grade: tuple[int, int], limits: Limits, context: Context
) -> Statement:
    """One band. role: `low-excluded`, `high-included` where that departs from [low, high)."""
    low, high = min(grade[0], match.start()), max(grade[1], match.end())
    values: list[tuple[str, Printed]] = [("grade", text.printed(*grade, low, high))]
    for name, span in (("low", limits.low), ("high", limits.high)):
        if span is not None:
            values.append((name, text.printed(*span, low, high)))
    return Statement(
        kind="grade-band",
        values=tuple(values),
        span=text.place(low, high),
        role=limits.role,
        path=context.path,
        cell_row=context.cell_row,
        annex=context.annex,
    )
