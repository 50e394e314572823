"""Captions and units of tables (表题与单位): the line above that names the table, `单位：万元` beside it."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft
from extractors.segment.tables.heads import header_depth

_OTHER_UNITS = (
    "主管",
    "实施",
    "填报",
    "预算",
    "项目",
    "编制",
    "评价",
    "委托",
    "建设",
    "所属",
    "部门",
    "事业",
    "企业",
    "用款",
    "责任",
    "牵头",
    "配合",
)
_NOT_BODY = "".join(f"(?<!{word})" for word in _OTHER_UNITS)  # 主管单位 is a body, not a unit
_UNIT = re.compile(
    rf"{_NOT_BODY}单位\s*[:：]\s*(?:人民币)?\s*"
    r"([\u4e00-\u9fff%㎡]{1,4}(?:[、/][\u4e00-\u9fff%㎡]{1,4}){0,3})(?![\u4e00-\u9fff])"
)
_UNIT_ONLY = re.compile(rf"\s*[（(【\[]?\s*(?:金额|计量|货币|数量)?\s*{_UNIT.pattern}\s*[)）】\]]?\s*")
_BODY = re.compile(r".*(?:[局厅部委院司处室所站校会镇乡县市]|中心)$")
_NUMBERED = re.compile(r"\s*(?:附\s*)?[表图]\s*[\d一二三四五六七八九十]{1,3}(?:\s*[-—–.．]\s*\d{1,3})*")
_NAMED = re.compile(
    r".{2,60}(?:表|一览|明细|统计|汇总|清单|情况|得分|名单|对比|分布|台账)\s*(?:[（(][^（）()]{1,40}[）)])?\s*"
)
_FIELD = re.compile(
    r"(?:评价|被评价|填报|填表|编制|项目|预算|主管|实施)(?:对象|单位|部门|机构|名称|日期|时间|人)\s*(?:[（(].{1,6}[)）])?\s*[:：]|（?\s*(?:20\d\d|\s+)\s*年度?\s*）?$"
)
_BELOW = re.compile(r"(?::|Table:)\s+(\S.{0,68})")  # as pandoc writes it; Chinese prose has no `: ` in front
_NO_BLANKS = partial(re.compile(r"\s+").sub, "")
_MAX_CAPTION = 70
_LOOK_BACK = 8
_MAX_TITLE_ROWS = 3


def find_caption(lines: Sequence[Line], free: Sequence[bool], draft: Draft) -> list[int]:
    """Set the draft's caption and unit from the lines above it; hands back the indices of the lines it used."""
    used = _caption_below(lines, free, draft)
    index = draft.start - 1
    while index >= max(draft.start - _LOOK_BACK, 0) and free[index]:
        text = lines[index].text.strip()
        if not text or is_page_mark(text):
            index -= 1
            continue
        if not draft.unit and is_unit_line(text):
            draft.unit = unit_in(text)
            used.append(index)
            index -= 1
            continue
        if _FIELD.match(text) and len(text) <= _MAX_CAPTION and not looks_closed(text):
            index -= 1
            continue
        if is_caption(text):
            draft.caption = draft.caption or text
            draft.unit = draft.unit or unit_in(text)
            if label_of(text) is None or _NUMBERED.match(text):
                used.append(index)
        break
    return used


def take_head_before(lines: Sequence[Line], draft: Draft, end: int) -> None:
    """Let the draft begin with its head at the foot of the page before, where nothing else of the table stands.

    end: the index behind the table before.
    """
    page, index = lines[draft.start].page, draft.start - 1
    if page is None or index < 0 or (lines[index].page == page and lines[index].text.strip()):  # as nearly always
        return
    head = Counter(_NO_BLANKS("".join(text for row in draft.rows[: draft.header_rows] for text in row.texts)))
    found: Counter[str] = Counter()
    while index >= max(draft.start - _LOOK_BACK, end) and found.total() < head.total():
        line = lines[index]
        if line.page == page and line.text.strip():
            return
        found.update(_NO_BLANKS(line.text))
        if head and found == head:
            draft.start = index
        index -= 1


def _caption_below(lines: Sequence[Line], free: Sequence[bool], draft: Draft) -> list[int]:
    """Take the caption that pandoc prints below a table, behind a blank line and a colon: `: 表2 得分情况`."""
    for index in range(draft.end, min(draft.end + 2, len(lines))):
        text = lines[index].text.strip()
        match = _BELOW.fullmatch(text)
        if match is not None and free[index]:
            draft.caption = draft.caption or match.group(1)
            draft.unit = draft.unit or unit_in(text)
            return [index]
        if text:
            break
    return []


def take_title_rows(lines: Sequence[Line], draft: Draft) -> None:
    """Take the rows at the table's top that hold one text over all columns out of it.

    A title is its caption, a unit its unit; another text, a field such as `评价对象：…`, is prose above the table
    again, where a header follows.
    """
    taken = 0
    while taken < min(len(draft.rows) - 2, _MAX_TITLE_ROWS) and draft.width > 2:
        row, below = draft.rows[taken : taken + 2]
        texts = [text for text in row.texts if text]
        if len(texts) != 1:
            break
        if is_unit_line(texts[0]):
            draft.unit = draft.unit or unit_in(texts[0])
        elif not draft.caption and is_caption(texts[0]):
            draft.caption = texts[0]
            draft.unit = draft.unit or unit_in(texts[0])
        else:
            at = _index_of(lines, draft, below.first)
            empty = texts[0].endswith(("：", ":"))  # a field without its value is a row of a card or form
            if taken or empty or at is None or row.last is below.first or not header_depth(draft.rows[1:], draft.width):
                break
            draft.start = at
        taken += 1
    del draft.rows[:taken]
    draft.header_rows = max(draft.header_rows - taken, 0)
    draft.repeated = {row - taken for row in draft.repeated if row >= taken}
    draft.breaks = [(max(row - taken, 0), reason) for row, reason in draft.breaks]


def _index_of(lines: Sequence[Line], draft: Draft, line: Line) -> int | None:
    """The index of a line of the draft, or None where it is only a part of one."""
    return next((index for index in range(draft.start, draft.end) if lines[index] is line), None)


def unit_in(text: str) -> str:
    """The unit that `单位：万元` names in the text, or ''."""
    match = _UNIT.search(text)
    return match.group(1) if match and not _BODY.match(match.group(1)) else ""


def is_unit_line(text: str) -> bool:
    """Whether a line states a table's unit and nothing else: `单位：万元`."""
    return bool(_UNIT_ONLY.fullmatch(text)) and bool(unit_in(text))


def is_caption(text: str) -> bool:
    """Whether a line names a table: numbered 表 1-1, or a short line without a sentence's punctuation."""
    if len(text) > _MAX_CAPTION or text.endswith(("。", "；", "：", ":", "，", "、", ";")):
        return False
    if _NUMBERED.match(text):
        return True
    label = label_of(text)
    if label is not None:
        return label.style == "annex" and bool(_NAMED.fullmatch(text))
    return not any(mark in text for mark in "。，；") and bool(_NAMED.fullmatch(text))
