"""Bodies that prose and forms name (单位): who commissioned, evaluated, was evaluated, supervises."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.folded import fold
from extractors.pages import Line
from extractors.rows.front import BODY_END, DATE, Fields, is_body, label_of, signed
from extractors.rows.model import Printed
from extractors.rows.text import Squeezed, cell_printed, cell_text, tidy
from extractors.segment.model import Cell, TableGrid

_NAME = rf"[\u4e00-\u9fff]{{2,24}}?{BODY_END}"
_FIRM = r"[\u4e00-\u9fff()]{3,28}?(?:公司|事务所(?:\([^()]{2,8}\))?|研究院|研究所|评价中心|咨询中心|学院|大学|协会)"
_SHORT = r"(?:\((?:以下|下)?简?称?[^()]{0,20}\))?"
# `name` is the body; each pattern is tried on every paragraph that holds one of its key words.
_PROSE: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("commissioning_body", ("委托",), re.compile(rf"(?:受|接受)(?P<name>{_NAME})的?委托")),
    ("commissioning_body", ("委托",), re.compile(rf"(?:^|[，。,;；、])(?:由)?(?P<name>{_NAME}){_SHORT}委托{_FIRM}")),
    (
        "evaluator",
        ("委托",),
        re.compile(rf"(?:局|委|厅|办|政府|部|中心|处){_SHORT}委托(?:第三方机构|第三方)?(?P<name>{_FIRM})"),
    ),
    ("evaluator", ("委托",), re.compile(rf"委托[，,](?P<name>{_FIRM}){_SHORT}(?:于|对|组|承|派)")),
    (
        "supervising_body",
        ("主管单位", "主管部门"),
        re.compile(
            rf"(?:^|[，。,;；、])(?P<name>{_NAME}){_SHORT}[:，,]?(?:作为|是|为|系)[^，。,;；]{{0,12}}?主管(?:单位|部门)"
        ),
    ),
    (
        "evaluated_body",
        ("负责资金", "负责项目", "负责本项目"),
        re.compile(
            rf"(?:下属单位|下属|由|^|[，。,;；、])(?P<name>[\u4e00-\u9fff]{{4,24}}?{BODY_END}){_SHORT}"
            r"负责(?:资金的?具体使用|资金使用管理|项目的?具体实施|项目的?组织实施|本?项目的?实施)"
        ),
    ),
    (
        "evaluated_body",
        ("实施的",),
        re.compile(
            rf"对(?!本|该|上述|各|有关|相关)(?P<name>[\u4e00-\u9fff]{{4,24}}?{BODY_END})(?:负责|组织|具体)*实施的"
        ),
    ),
    # Only a sentence that opens a paragraph says it of the project; bodies of towns carry out parts of it.
    (
        "evaluated_body",
        ("组织实施",),
        re.compile(
            rf"^(?:[本该]?项目)?(?:是)?由?(?!本|该|上述|有关|相关)(?P<name>(?:(?![由各])[\u4e00-\u9fff]){{4,24}}?{BODY_END}){_SHORT}"
            r"(?:负责|具体|牵头)*组织实施(?=的?(?:(?:19|20)\d\d|[\u4e00-\u9fff]{2,30}(?:项目|工程|资金)|[，。,]))"
        ),
    ),
    (
        "evaluator",
        ("对本项目", "对该项目"),
        re.compile(rf"(?:^|[，。,;；、])(?P<name>{_NAME})对(?:本|该)项目(?:开展|进行|实施)[^，。,;；]{{0,12}}评价"),
    ),
)
_SHORT_NAME = re.compile(
    rf"(?P<full>[\u4e00-\u9fff]{{4,30}}{BODY_END})\((?:以下|下)?简称(?:为|:)?[“\"](?P<short>[^”\"()]{{2,12}})[”\"]"
)
_LEAD_KEYS = re.compile(r"根据|按照|依据|会同|纳入|下属单位|下属|其中|同时|本次|目前")


def from_prose(text: Squeezed, shorts: dict[str, Printed]) -> Fields:
    """Bodies that a paragraph names in their part; a short name stands for the full one that defined it."""
    fields: Fields = []
    printed_text = text.text
    for name, words, pattern in _PROSE:
        for word in words:
            if word in printed_text:
                break
        else:
            continue
        for match in pattern.finditer(printed_text):
            start, end = _trimmed(text.text, *match.span("name"))
            if end - start < 3:
                continue
            printed = text.printed(start, end, max(0, start - 12), min(len(text.text), end + 24))
            fields.append((name, shorts.get(printed.text, printed)))
    return fields


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without what leads up to it (`根据要求由某市财政局` is 某市财政局)."""
    for lead in _LEAD_KEYS.finditer(text, start, end):
        start = lead.end()
    return start, end


def short_names(text: Squeezed) -> dict[str, Printed]:
    """Short name -> the full name, where the text defines it (`某市商务局（以下简称“市商务局”）`)."""
    found: dict[str, Printed] = {}
    if "简称" not in text.text:
        return found
    for match in _SHORT_NAME.finditer(text.text):
        start, end = _trimmed(text.text, *match.span("full"))
        printed = text.printed(start, end, start, match.end())
        found.setdefault(match["short"], printed)
    return found


_DATE_BEGINS = frozenset("12１２二〇○零一三四五六七八九")
_LAST_ROW = 13  # 0-based; a form names its project and bodies above
_NO_BODY = re.compile(r"[\d.%()-]+|(?:年度|项目|全年|本年)?(?:资金|预算)(?:总额|合计|总计)")  # numbers, labels of money


def from_form(grid: TableGrid) -> Fields:
    """`项目名称 | 某项目` in a form: the cell behind each label, unless that is a label too, or both head columns."""
    fields: Fields = []
    again = grid.repeated_headers
    filled = [cell for cell in grid.cells if cell.row <= _LAST_ROW and cell.row not in again and cell.text]
    for label, value in pairwise(filled):
        if label.row != value.row:
            continue
        name = label_of(text) if len(text := label.text) <= 20 else ""
        asked = name and name not in ("report_date", "fiscal_year") and _is_value(value)
        if asked and not _heads_columns(grid, filled, label, value):
            fields.append((name, cell_printed(grid, value)))
    return fields


def _heads_columns(grid: TableGrid, filled: Sequence[Cell], label: Cell, value: Cell) -> bool:
    """Whether a label stands in a table's head (`项目名称 | 预算数 | 支出数`): what follows its value is no label, and
    the row is known for a head, or a number stands below."""
    below = (cell for cell in filled if cell.row == label.row + 1 and cell.column == value.column)
    if label.row >= grid.header_rows and not any(cell_text(cell)[:1].isdecimal() for cell in below):
        return False
    behind = [cell for cell in filled if cell.row == label.row and cell.column > value.column]
    return bool(behind) and not label_of(behind[0].text) and cell_text(behind[0]) != cell_text(value)


def _is_value(cell: Cell) -> bool:
    """Whether a form cell is filled with something that is no label and no number."""
    text = cell_text(cell)
    return 2 <= len(text) <= 60 and not label_of(text) and not _NO_BODY.fullmatch(text)


def from_signature(lines: Sequence[Line]) -> Fields:
    """Body and date that sign a report: a line with a body's name, a line with a date below it; the last such pair."""
    filled = [line for line in lines if line.text.strip()]
    for at in range(len(filled) - 1, 0, -1):
        upper, lower = filled[at - 1], filled[at]
        if _is_date(lower.text) and is_body(upper.text):
            return [
                ("report_date", Printed(tidy(lower.text), lower.span())),
                ("evaluator", Printed(tidy(upper.text), upper.span())),
            ]
    for line in filled[-3:]:
        if found := signed(line):
            return found
    last = [line for line in filled[-3:] if _is_date(line.text)]
    return [("report_date", Printed(tidy(line.text), line.span())) for line in last[-1:]]


def _is_date(text: str) -> bool:
    """Whether a line is nothing but a date; most do not begin like one."""
    text = text.strip()
    return text[:1] in _DATE_BEGINS and DATE.fullmatch(fold(text).strip()) is not None
