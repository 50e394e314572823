"""Check: what the table of contents announces is what the headings say (目录与标题)."""

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from extractors.pages import Line
from extractors.segment.model import Heading
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import where

RULE = "contents-heading"
_ENTRY = re.compile(
    r"^\s*(?P<label>第?[一二三四五六七八九十]{1,3}[、章节]|[（(][一二三四五六七八九十]{1,3}[)）]|附[件表]\s*\d{0,2}(?:-\d)?\s*[:：]?)"
    r"\s*(?P<title>[^\t….·]{3,60}?)[\s….·_-]{1,80}\d{1,3}\s*-?\s*$"
)
_OPENING = frozenset("第一二三四五六七八九十（(附")  # one of these begins every entry
_ANNEX = re.compile(r"^\s*(?P<label>附[件表]\s*\d{1,2}(?:-\d)?\s*[:：])\s*(?P<title>\S{3,60})\s*$")
_LEAST = 4  # entries that make a table of contents
_FAR = 400  # lines from the top that it stands within
_ALIKE_ANNEX = 45  # likeness of two titles of one annex, which bear its number besides
_ALIKE = 60  # likeness of two titles that are one (0..100)


def _test(facts: Facts) -> Iterator[Relation]:
    part = facts.report.rows.part
    entries = [
        (line, match)
        for line in part.lines[:_FAR]
        if line.text.lstrip()[:1] in _OPENING
        and line.text[-6:].strip("- ")[-1:].isdigit()
        and (match := _ENTRY.match(line.text))
    ]
    if len(entries) < _LEAST:
        return
    inside = {(line.page, line.number) for line, _ in entries}
    headings = [
        section.heading
        for section in part.sections
        if section.heading is not None
        and section.heading.flow.lines
        and (section.heading.flow.lines[0].page, section.heading.flow.lines[0].number) not in inside
    ]
    yield from _compared(entries, headings)
    yield from _annexes(entries, [line for line in part.lines if (line.page, line.number) not in inside])


def _compared(entries: list[tuple[Line, re.Match[str]]], headings: list[Heading]) -> Iterator[Relation]:
    """Each entry with the first heading behind the last one met that bears its label and is alike."""
    at = 0
    for line, match in entries:
        title = _plain(match["title"])
        for number in range(at, len(headings)):
            printed = _plain(headings[number].title)
            if _plain(headings[number].label) != _plain(match["label"]):
                continue
            if fuzz.ratio(title, printed) >= _ALIKE or printed.startswith(title) or title.startswith(printed[:20]):
                yield _relation(line, match["title"].strip(), headings[number])
                at = number + 1
                break


def _annexes(entries: list[tuple[Line, re.Match[str]]], lines: list[Line]) -> Iterator[Relation]:
    """The entries of annexes with the lines of a list of annexes that the report prints besides its headings."""
    listed = [(line, match) for line in lines if (match := _ANNEX.match(line.text))]
    for entry, match in entries:
        for line, other in listed:
            title, printed = _plain(match["title"]), _plain(other["title"])
            same = _plain(match["label"]) == _plain(other["label"])
            if same and title != printed and fuzz.ratio(title, printed) >= _ALIKE_ANNEX and title[-1:] == printed[-1:]:
                left = Operand("text.contents", "operand", match["title"].strip(), None, entry.span(entry.text.strip()))
                right = Operand("text.contents", "operand", other["title"].strip(), None, line.span(line.text.strip()))
                yield _differs(left, right)


def _plain(text: str) -> str:
    return re.sub(r"[\s:,、.()*“”\"]", "", unicodedata.normalize("NFKC", text))


def _relation(line: Line, title: str, heading: Heading) -> Relation:
    left = Operand("text.contents", "operand", title, None, line.span(line.text.strip()))
    span = heading.flow.span(0, len(heading.flow.text))
    right = Operand("text.contents", "reported", heading.title, None, span)
    mine, theirs = _plain(title), _plain(heading.title)
    if mine == theirs or theirs.startswith(mine) or mine.startswith(theirs):
        return Relation(RULE, "consistent", (left,), (right,), f"{title} = {heading.title}", heading.title, title)
    return _differs(left, right)


def _differs(left: Operand, right: Operand) -> Relation:
    """The relation of an entry with a title that has other words."""
    return spotted(
        RULE,
        f"text.contents.{right.span.page}.{right.span.line}",
        [left, right],
        title=f"目录与正文标题不一致：“{left.text}”与“{right.text}”",
        message=f"{where(left.span)}目录为“{left.text}”，{where(right.span)}标题为“{right.text}”。",
        reported=right.text,
        severity="info",
    )


CHECK = Check(
    rule=RULE,
    name="目录与标题",
    what="An entry of the table of contents has the words of the heading that it announces.",
    why="A heading changed after the contents were made shows a report put together in haste.",
    formula="entry = heading",
    tolerance="signs and blanks apart; an entry may break off where its line ends",
    severity="info",
    source="财预〔2020〕10号第二十五条（内容完整）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("题 一、 概况；文 甲。",),
    disagrees=(
        "文 一、项目概况	1；文 二、评价结论	2；文 三、评价工作实施	3；文 四、意见建议	4；题 一、 项目概况；"
        "文 甲。；题 三、 评价工作的实施；文 乙。",
    ),
    false_alarms=("entries broken over two lines",),
)
