"""Joining hard-wrapped lines into paragraphs (段落拼接): page breaks and converters cut sentences in two."""

import re
from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_bare_number, is_page_mark

_LAST_BLANK = "\u3000"  # all marks and blanks come before the Chinese characters
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_NOTE = re.compile(r"\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s*\S")
_OPENING = re.compile(
    r"[\s\u3000]*(?:[一二三四五六七八九十]是|其[一二三四五中]|首先|其次|再次|最后|第[一二三四五六]，|注[:：]|备注|说明[:：]|单位[:：])"
)
_FIELD = re.compile(r"[\s\u3000]*[\u4e00-\u9fff（）()、/\s]{2,20}[:：]")
_FILLED_FIELD = re.compile(_FIELD.pattern + r"\s*\S")
_DATE_LINE = re.compile(r"[\s\u3000]*(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})\s*年.{0,12}[日月]\s*")
_TORN_DATE = re.compile(r"\S\s*[12]\d{3}(?:\s*年(?:\s*\d{1,2}(?:\s*月\s*\d{0,2})?)?)?$")
_REST_OF_DATE = re.compile(r"\s*(?:(?:年?\s*\d{0,2}\s*月)?\s*\d{0,2}\s*日|年?\s*\d{0,2}\s*月)")
_WHOLE_DATE = re.compile(r"\S\s*[12]\d{3}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
_LONGEST_DATE = 32  # characters, blanks and all
_WITHIN_DATE = frozenset("年月0123456789")
_TITLE = re.compile(r"[^，；：]*(?:评价|自评|评估)(?:情况)?(?:的)?(?:报告|表)(?:\s*[（(].{1,12}[)）])?")
_POINTS = re.compile(r"[（(][^（()）]*\d\s*(?:分[^（()）]*|/\s*\d{1,3}(?:\.\d{1,2})?)[)）]$")
_SCORED = re.compile(r"得分?\s*[:：为]?\s*\d{1,3}(?:\.\d{1,2})?\s*分$")
_MAX_ALONE = 60
_MIN_WIDTH = 15


def is_note(text: str) -> bool:
    """Whether the line begins a footnote: a raised mark, then words."""
    if text[:1] > _LAST_BLANK:  # as nearly always: it begins with a Chinese character
        return False
    return text.lstrip()[:1] in _RAISED and bool(_RAISED_NOTE.match(text))


def usual_width(lines: Sequence[Line]) -> int:
    """How many characters a full line holds where a text is hard-wrapped; 0 where it is not.

    A text is hard-wrapped when many lines end in the middle of a sentence at nearly the same length.
    """
    open_ends = sorted(
        len(line.text.strip())
        for line in lines
        if "\t" not in line.text and len(line.text.strip()) >= _MIN_WIDTH and not looks_closed(line.text)
    )
    if len(open_ends) < 8:
        return 0
    width = open_ends[len(open_ends) * 3 // 4]
    near = sum(1 for length in open_ends if width * 0.8 <= length <= width * 1.15)
    longer = sum(1 for line in lines if "\t" not in line.text and len(line.text.strip()) > width * 1.5)
    return width if width <= 120 and near * 2 >= len(open_ends) and longer < near else 0  # else they are headings


def continues(before: str, after: str, width: int) -> bool:
    """Whether the line `after` goes on with the sentence that `before` left open.

    width: of a full line where the text is hard-wrapped, else 0.
    """
    if not before.strip() or looks_closed(before) or not after.strip():
        return False
    if label_of(after) or is_note(after) or _OPENING.match(after) or _DATE_LINE.fullmatch(after):
        return False
    left, right = before.strip(), after.strip()
    if left.endswith(("，", "、", ",", "（", "(", "《", "“")) or right[0] in "，。；、）)》”%％：,;":
        return True
    if left.endswith(("：", ":")) or _stands_alone(left):
        return False
    if rest_of_date(left, right):
        return True
    return _full(left, right, width) if width else _open_sentence(left, right)


def rest_of_date(before: str, after: str) -> str:
    """What of `after` ends a date that `before` breaks off in, '' for nothing: 填报日期：2023年11月, and 8日 below."""
    before = before.rstrip()
    if before[-1:] not in _WITHIN_DATE or not (rest := _REST_OF_DATE.match(after)):
        return ""
    torn = _TORN_DATE.search(before[-_LONGEST_DATE:])
    return rest[0].strip() if torn and _WHOLE_DATE.fullmatch(torn[0] + rest[0]) else ""


def _full(left: str, right: str, width: int) -> bool:
    """Whether a line of a hard-wrapped text is so full that the next belongs to it; a field begins anew."""
    if _FILLED_FIELD.match(right) and len(right) < width * 0.8:
        return False
    return len(left) >= width * 0.8 or (len(left) >= width * 0.72 and not _heading_like(left))


def _open_sentence(left: str, right: str) -> bool:
    """Whether a line of a text that is not hard-wrapped is a sentence that a page break cut."""
    return not _FIELD.match(right) and not _heading_like(left) and (len(left) >= 40 or "，" in left or "。" in left)


def _stands_alone(text: str) -> bool:
    """Whether an open line is complete in itself: a report's title, a heading that ends in its points."""
    if "。" in text or len(text) > _MAX_ALONE:
        return False
    return bool(_TITLE.fullmatch(text)) or (
        label_of(text) is not None and bool(_POINTS.search(text) or _SCORED.search(text))
    )


def _heading_like(text: str) -> bool:
    """Whether an open line is a numbered heading and no numbered sentence."""
    return label_of(text) is not None and "。" not in text and len(text) <= 45


def skippable(text: str, before: str, after: str) -> bool:
    """Whether a line between two halves of a paragraph is a page mark: unmistakable, or a bare number there."""
    return not text.strip() or is_page_mark(text) or (is_bare_number(text) and not looks_closed(before) and bool(after))
