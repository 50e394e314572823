"""Indicator names in table cells (指标名称): the weight in brackets split off, placeholders and numbering removed."""

import re
from collections.abc import Callable
from functools import lru_cache

from extractors.folded import fold
from extractors.frozen import frozen
from extractors.printed import WEIGHT_AND_SCORE
from extractors.remembered import Remembered
from extractors.rows.model import Printed
from extractors.rows.text import cell_printed, part_printed
from extractors.segment.model import Cell, TableGrid
from extractors.vocabulary import GRADE_LABELS, LEVEL1, LEVEL2, LEVEL3, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_BRACKETED_WEIGHT = re.compile(
    r"\s*[(\[]\s*(?:(?:权重|分值|满分|共|计)\s*[:为]?\s*)?(\d{1,3}(?:\.\d+)?)\s*(分|%)?\s*[)\]]\s*$"
)
_CUT_OFF = re.compile(r"(?<=[\u4e00-\u9fff])\((\d{1,3}(?:\.\d+)?)\s*$")  # 产出（35: no page shows the line below
_WEIGHT_BEHIND = re.compile(r"[-—\s,，:]\s*(\d{1,3}(?:\.\d+)?)\s*分\s*$|(?<=[^\d\s.])(\d{1,3}(?:\.\d+)?)\s*分\s*$")
_LABEL = re.compile(
    r"^\s*(?:[A-Z]\d{1,3}(?:-\d+)?[.、．]?(?=\s*[^\x00-\xff])|[A-Z][.、．]|\d{1,2}(?:[-.]\d{1,2})*[.、．](?!\d)"
    r"|\d{1,2}(?:\.\d{1,2}){1,2}\s*(?=[\u4e00-\u9fff])"
    r"|[(（][\d一二三四五六七八九十]+[)）]|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳]|[·•●◆■○▪])\s*"
)
_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s*[一二三四五六七八九十]{1,3}[、.．]",
        r"\s*\([一二三四五六七八九十]{1,3}\)",
        r"\s*\d{1,2}[、.．](?!\d)",
        r"\s*\(\d{1,2}\)",
        r"\s*[①-⑳]",
        r"\s*[A-Z](?![A-Z\d])",
        r"\s*[A-Z]\d(?!\d|-\d)",
        r"\s*[A-Z]\d(?:\d|-\d)(?!\d)",
        r"\s*\d{1,2}\.\d{1,2}(?![\d.])",
        r"\s*\d{1,2}\.\d{1,2}\.\d{1,2}(?!\d)",
        r"\s*\d{1,2}\s*(?=[\u4e00-\u9fff])",
    )
)
_CODED = {5: 1, 6: 2, 7: 3}  # places in _NUMBERS of A, A1, A11, whose level the code itself tells
_CODE = re.compile(r"[A-F]\s*(?=(?P<rest>[\u4e00-\u9fff]+))")
_PLACEHOLDER = re.compile(r"^\s*指标\s*[\dN一二三四五六七八九十]{1,2}\s*[:.、]?\s*")
_EMPTY_NAME = re.compile(r"^[\s\-—–/\\…·.。*×无]*$")
_WORDS = re.compile(r"(?![指无])[\u4e00-\u9fff]+")  # nothing to split off or to leave out
_NUMERIC_NAME = re.compile(r"^\s*[≥≤>＞<＜=]?\s*[-+]?\d[\d,.]*\s*%?\s*$")

_TOTALS = frozenset(plain(label) for label in TOTAL_LABELS) | {"合计分", "总评分", "总分值", "最终得分", "共计"}
_NOTE = re.compile(
    r"^(?:偏差.*(?:原因|分析)|未完成原因|主要问题|存在问题|改进措施|(?:其他)?需要说明|(?:填表|填报|联系|评价|负责)人(?:员|签字)?"
    r"|填[表报](?:日期|时间)|联系电话|单位负责人)|^(?:说明|备注|注|附注)(?=:|$)"
)
_SUBTOTALS = frozenset(plain(label) for label in SUBTOTAL_LABELS) | {"小结", "小计分"}
_GRADES = frozenset(plain(label) for label in GRADE_LABELS) | {"评价级别", "评级", "综合评价等级", "绩效评价等级"}
_SHORT = 48  # characters
_SUFFIX = re.compile(r"(?:类)?(?:指标)$|类$|情况$")


@frozen
class NameCell:
    """What a name cell says. name: None for an empty cell or an unfilled placeholder.

    placeholder: the cell began with `指标1：`. weight: split off brackets (`（20分）`), in its own place. score: too
    (`（20分，得18分）`).
    """

    name: Printed | None
    weight: Printed | None = None
    placeholder: bool = False
    score: Printed | None = None


_BRACKETS = re.compile(r"\([^()]*\)")
_BRACKET_BEHIND = re.compile(r"\([^()]*\)$")


def _levels() -> dict[str, int]:
    """Standard names and the level they have in the framework; names of two levels are left out."""
    levels: dict[str, int] = {}
    doubtful: set[str] = set()
    for level, names in ((1, LEVEL1), (2, LEVEL2), (3, LEVEL3)):
        for name in map(plain, names):
            if levels.setdefault(name, level) != level:
                doubtful.add(name)
    return {name: level for name, level in levels.items() if name not in doubtful}


STANDARD_LEVEL = _levels()
_LEVEL_NAMES = {
    level: frozenset(plain(name) for name in names) for level, names in ((1, LEVEL1), (2, LEVEL2), (3, LEVEL3))
}
_NAMES = frozenset[str]().union(*_LEVEL_NAMES.values())


def without_label(name: str) -> str:
    """A name without numbering and bracketed weight in front of and behind it."""
    text = fold(name)
    label = _LABEL.match(text)
    text = text[label.end() :] if label and label.end() < len(text) else text
    coded = _CODE.match(text)
    text = text[coded.end() :] if coded and coded["rest"] in _LEVEL_NAMES[1] else text
    bare = plain(text)
    return _BRACKET_BEHIND.sub("", bare) if bare.endswith(")") else bare


def is_standard(name: str, level: int) -> bool:
    """Whether the framework has an indicator of this name at this level (1..3)."""
    return plain(name) in _LEVEL_NAMES[level]


def is_of_framework(name: str) -> bool:
    """Whether the framework has an indicator of this name at any level."""
    return plain(name) in _NAMES


def bracketed_weight(text: str) -> str:
    """The points in brackets behind a name, `目标设定（8分，得7分）` → 8, or ''."""
    found = WEIGHT_AND_SCORE.search(text) or _BRACKETED_WEIGHT.search(text)
    return found.group(1) if found and not found.group().rstrip(" )]").endswith("%") else ""


def names_group(head: str) -> bool:
    """Whether a column head is itself an indicator of level 1 or 2 (`产出指标`) that its rows belong to."""
    return any(is_standard(name, level) for name in (head, f"{head}指标") for level in (1, 2))


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """A name for comparing: without blanks, brackets behind it, and `指标` or `类` at its end."""
    text = plain(name)
    text = (_BRACKET_BEHIND.sub("", text) if text.endswith(")") else text) or text
    return _SUFFIX.sub("", text) or text


def _row_label(text: str) -> str:
    bare = plain(text)
    label = (_BRACKETS.sub("", bare) if "(" in bare else bare).strip(":")
    if label in _TOTALS:
        return "total"
    if label in _SUBTOTALS or ((label.endswith("小计") or "(小计)" in bare) and len(label) <= 12):
        return "subtotal"
    if label in _GRADES:
        return "grade"
    if _NOTE.match(label):
        return "note"
    if label.endswith(("合计", "总计")) and len(label) <= 12:
        return "total" if label.startswith(("总", "评价", "得分", "指标")) else "subtotal"
    return ""


row_label: Callable[[str], str] = Remembered(_row_label, _SHORT, 8192).__getitem__
"""What the first cell of a row says it is: `total`, `subtotal`, `grade`, `note`, or '' for anything else."""


def read_name(grid: TableGrid, cell: Cell, level: int = 3) -> NameCell:
    """The indicator that a cell in the column of this level names; its place is where the name begins."""
    text = fold(cell.flow.text)
    if _WORDS.fullmatch(text):  # as most names
        return NameCell(cell_printed(grid, cell))
    start, end = 0, len(text)
    placeholder = _PLACEHOLDER.match(text)
    if placeholder:
        start = placeholder.end()
    else:
        label = _LABEL.match(text)
        if label and label.end() < end:
            start = label.end()
    weight = score = None
    coded = _CODE.match(text, start)
    if coded and coded["rest"] in _LEVEL_NAMES[1]:
        start = coded.end()
    found, tail = None, text.rstrip()
    if tail.endswith((")", "]")):
        found = _BRACKETED_WEIGHT.search(text, start) or WEIGHT_AND_SCORE.search(text, start)
    elif level < 3:
        found = _WEIGHT_BEHIND.search(text, start) if tail.endswith("分") else None
        found = found or _CUT_OFF.search(text, start)
    if found and found.start() > start and (level < 3 or not found.group().rstrip(" )]").endswith("%")):
        end = found.start()
        weight = _weight(grid, cell, found)
        score = part_printed(grid, cell, *found.span(2), "分") if found.re is WEIGHT_AND_SCORE else None
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " \t\n:,，、;；":
        end -= 1
    if _EMPTY_NAME.match(text[start:end]):
        return NameCell(None, None, placeholder is not None)
    if start == 0 and weight is None:
        return NameCell(cell_printed(grid, cell), None)
    return NameCell(part_printed(grid, cell, start, end), weight, placeholder is not None, score)


def _weight(grid: TableGrid, cell: Cell, found: re.Match[str]) -> Printed:
    """The bracketed weight with its sign, quoting the whole cell."""
    start, end = found.span(1) if found.group(1) else found.span(2)
    sign = found.group(2) or "" if found.re is _BRACKETED_WEIGHT else "分"
    return part_printed(grid, cell, start, end + 1 if sign == "%" else end, sign)


def levels_of_list(names: list[str], *, scored: bool) -> list[int]:
    """Levels (1..3) of the names in a table's single name column.

    Standard names have the framework's level. Where all known names are of level 1 the others are too; in a list
    of mixed levels, or of targets without scores, unknown names are level 3.
    """
    numbered = _levels_by_number(names)
    if numbered:
        return numbered
    bare = [without_label(name) for name in names]
    known = [STANDARD_LEVEL.get(name) for name in bare]
    mixed = any(level is not None and level > 1 for level in known)
    unknown = 3 if mixed or not scored else 1
    levels: list[int] = []
    for name, level in zip(bare, known, strict=True):
        possible = [other for other in (1, 2, 3) if is_standard(name, other)]
        levels.append(level or (min(possible) if possible and not mixed else max(possible, default=unknown)))
    return levels


def _levels_by_number(names: list[str]) -> list[int]:
    """Levels by numbering habit (`一、`, `（一）`, `1.`), outermost first; [] unless every name has one."""
    habits = [next((index for index, habit in enumerate(_NUMBERS) if habit.match(fold(name))), -1) for name in names]
    order = list(dict.fromkeys(habits))
    if -1 in habits or not 2 <= len(order) <= 3:
        return []
    if all(habit in _CODED for habit in order):
        return [_CODED[habit] for habit in habits]
    return [order.index(habit) + 1 for habit in habits]


looks_numeric: Callable[[str], bool] = Remembered(
    lambda text: _NUMERIC_NAME.match(fold(text)) is not None, _SHORT, 8192
).__getitem__
"""Whether a cell holds a bare number or percentage, and so cannot be a name."""
