"""The title of a report (报告标题): the line that ends it, where its block begins, and what it names."""

import re
from collections.abc import Callable, Sequence

from extractors.pages import Line
from extractors.remembered import Remembered
from extractors.segment.headings import label_of, looks_closed, ordinal
from extractors.vocabulary import plain

_KIND = r"(?:评价|自评|复核|审核|核查|评估|考评)"
_NOTE = r"(?:[（(《][^（）()]{1,16}[)）》])*"
_TITLE = re.compile(
    rf".{{0,60}}(?:{_KIND}(?:情况|结果)?的?(?:分析)?报告|(?:分析|绩效|工作)报告|{_KIND}(?:情况|结果)的?(?:公开|公示|说明|函)?"
    rf"|{_KIND}公开|(?:自评|评价)表){_NOTE}"
)
_TAIL = re.compile(rf"(?:财政)?(?:项目)?(?:支出)?(?:重点)?(?:绩效)?{_KIND}?(?:情况|结果)?的?报告{_NOTE}")
_LAST = frozenset("告开示明函况果的表)）》")  # what these two end with
# What every title says, whatever it is about: without it the rest names the project or the body.
_COMMON = re.compile(
    rf"(?:财政|部门|项目|支出|专项|资金|重点|绩效|单位|整体|年度|{_KIND}|情况|结果|的|报告|表|公开|说明)+$"
)
# What a survey behind a report is headed by, with its chapters numbered anew (满意度调查分析报告).
_SURVEY = re.compile(
    r"(?:附\s*[件录表]\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?)?[^，。]{0,20}(?:满意度|问卷|社会|公众)[^，。评]{0,8}(?:调查|分析)[^，。评]{0,10}报告"
)
_FORM = re.compile(rf"表{_NOTE}$")
_DATE = re.compile(r"(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})\s*年.{0,12}[日月]\s*")
_BARE = re.compile(r"[\d.\-—\s]{1,8}")
_FIELD = re.compile(r".{2,20}[:：]")
_NUMBERED = re.compile(r"\s*(\d{1,2})(?=[\u4e00-\u9fff])")
_MAX_LINE = 60
_MAX_GAP = 7  # lines from one line of a title to the next, blank ones between them included
_MIN_SUBJECT = 3  # Chinese characters
_MAX_INTRO_LINES = 60
_NEAR = 3  # lines
_RUNS_ON = 24  # characters; a longer line with a comma and no full stop goes on in the next
CHAPTERS = ("part", "chapter", "cn")
NUMBERED = (*CHAPTERS, "num", "section", "cn-paren")
# The first line of a title in two: a place, a year and a project, nothing else.
_NAME_LINE = re.compile(r"[\u4e00-\u9fff\d—\-年（）()“”、]{8,50}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether the line ends the title of a report, alone or with the line above it."""
    text = lines[index].text
    if not ("评" in text or "告" in text or "核" in text):  # one of these is in every title
        return False
    text = text.strip()
    if len(text) > _MAX_LINE or "。" in text or "，" in text or text.endswith(("：", ":")):
        return False
    bare = plain(text)
    if bare[-1:] not in _LAST:
        return False
    label = label_of(text)
    if label is not None and label.style != "annex":
        return False
    return _reads_as_title(bare) and not _SURVEY.fullmatch(text) and not _heads_chapter(lines, index)


def _heads_chapter(lines: Sequence[Line], index: int) -> bool:
    """Whether a line's number, from which the blank behind it was lost, numbers the next: 4绩效情况, 4.1结果."""
    number = _NUMBERED.match(lines[index].text)
    if number is None:
        return False
    below = next((text for line in lines[index + 1 : index + 1 + _NEAR] if (text := line.text.strip())), "")
    return re.match(rf"{number[1]}[.．]1(?!\d)", below) is not None


def _names_report(bare: str) -> bool:
    return bool(_TITLE.fullmatch(bare) or _TAIL.fullmatch(bare))


_reads_as_title: Callable[[str], bool] = Remembered(_names_report, _MAX_LINE, 1024).__getitem__
"""Whether a line, as compared (plain), is worded as the title of a report or the end of one."""


def barriers(lines: Sequence[Line]) -> list[bool]:
    """Parallel to `lines`: whether a line is of a title with a text of its own below, which no table runs across."""
    found = [False] * len(lines)
    for index, line in enumerate(lines):
        text = line.text
        if not ("评" in text or "告" in text or "核" in text):  # as nearly every line; is_title() asks again
            continue
        if is_title(lines, index) and not is_form_title(lines, index) and opens(lines, found, index, CHAPTERS):
            found[index] = True
            above = _line_above(lines, index)
            if above is not None and not subject([line]) and _NAME_LINE.fullmatch(lines[above].text.strip()):
                found[above] = True
    return found


def _line_above(lines: Sequence[Line], index: int) -> int | None:
    """The next line with text above `index`, close to it."""
    near = range(index - 1, max(index - _NEAR, 0) - 1, -1)
    return next((position for position in near if lines[position].text.strip()), None)


def opens(lines: Sequence[Line], skipped: Sequence[bool], index: int, styles: tuple[str, ...] = NUMBERED) -> bool:
    """Whether a text with a numbering of its own begins below the line at `index`: the next number is a first one.

    skipped: parallel to `lines`: those that are no text, as rows of tables. A title behind skipped lines ends it.
    """
    if _runs_on(lines, index):
        return False
    seen, passed = 0, False
    for position in range(index + 1, len(lines)):
        text = lines[position].text
        passed = passed or skipped[position]
        if skipped[position] or not text.strip():
            continue
        if passed and is_title(lines, position):
            return False
        label = label_of(text)
        if label is not None and label.style in styles:
            return ordinal(label) == 1
        seen += 1
        if seen > _MAX_INTRO_LINES:
            break
    return False


def _runs_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above goes on in this one: a sentence that quotes a title, broken by the page's width."""
    above = lines[index - 1].text.strip() if index else ""
    return len(above) > _RUNS_ON and not looks_closed(above) and ("，" in above or "《" in above)


def is_form_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line heads a form (自评表), not a text."""
    return bool(_FORM.search(plain(lines[index].text)))


def front_start(
    lines: Sequence[Line], dropped: Sequence[bool], in_table: Sequence[bool], index: int, floor: int
) -> int:
    """The first line (index) of the title page whose last title line is at `index`; behind `floor`.

    dropped, in_table: parallel to `lines`. Lines close above a title belong to it; further up, over fields, dates
    and contents, only another title does: a date or a signature without a title above it closes the report before.
    """
    start = index
    position = index - 1
    while position > floor and index - position <= _MAX_LINE and not in_table[position]:
        text = lines[position].text.strip()
        if not text or dropped[position]:
            position -= 1
            continue
        label = label_of(text)
        if not _is_front(text) or (label is not None and label.style != "annex"):
            break
        field = label is None and _FIELD.match(text)
        close = start - position <= _MAX_GAP and not _ends_report(text) and not field
        if close or (label is None and is_title(lines, position) and not is_form_title(lines, position)):
            start = position
            if label is not None:  # an annex begins with the line that calls it one
                break
        position -= 1
    return start


def subject(lines: Sequence[Line]) -> str:
    """What the lines of a title name (评价对象), as compared (plain): the words of every title are left away."""
    name = _COMMON.sub("", plain("".join(line.text for line in lines)))
    return name if len(_CHINESE.findall(name)) >= _MIN_SUBJECT else ""


def _is_front(text: str) -> bool:
    """Whether a line may stand on a title page: short, no sentence."""
    return len(text) <= _MAX_LINE and not looks_closed(text)


def _ends_report(text: str) -> bool:
    """Whether a line rather closes the report above than opens the next: a date, a bare number."""
    return bool(_DATE.fullmatch(text)) or bool(_BARE.fullmatch(text))
