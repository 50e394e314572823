"""Where one report of a file ends and the next begins (报告分界)."""

import re
from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.headings import Label, label_of, looks_closed, ordinal
from extractors.segment.model import TableGrid
from extractors.segment.tables.find import FoundTable
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import plain

_OUTER = ("part", "chapter", "cn")
_TITLE = re.compile(
    r".{0,60}(?:评价报告|自评报告|分析报告|绩效报告|评估报告|工作报告|自评情况报告|评价情况的?报告|自评情况|自评表|评价表)\s*(?:[（(《].{1,16}[)）》])?\s*"
)
_TITLE_TAIL = re.compile(r"\s*(?:绩效)?(?:评价|自评)?(?:情况)?(?:的)?报告\s*(?:[（(].{1,16}[)）])?\s*")
# What a survey behind a report is headed by, with its chapters numbered anew (满意度调查分析报告).
_SURVEY = re.compile(
    r"(?:附\s*[件录表]\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?)?[^，。]{0,20}(?:满意度|问卷|社会|公众)[^，。评]{0,8}(?:调查|分析)[^，。评]{0,10}报告"
)
_FORM_NAME = (
    "项目名称",
    "专项名称",
    "资金名称",
    "政策名称",
    "部门名称",
    "单位名称",
    "部门(单位)名称",
    "项目(政策)名称",
    "专项(项目)名称",
    "项目(专项)名称",
    "项目(资金)名称",
)
_FORM_LABEL = re.compile(
    r"(?:主管(?:预算)?(?:部门|单位).{0,4}|(?:项目)?实施单位|预算单位|年度资金总额|资金总额|项目资金.{0,6}|预算执行情况|年度预算数?|(?:项目)?年度(?:总体)?目标|(?:年度)?绩效指标|预期目标)(?:\(.{1,6}\))?"
)
_FORM_ROWS = 12
_TITLE_TEXT = 400
_MAX_FRONT_LINE = 60
_MAX_INTRO_LINES = 60
_MAX_FRONT_LINES = 80
_MAX_TITLE_GAP = 7  # lines from one line of a title to the next, blank ones between them included
_FIELD = re.compile(r".{2,20}[:：]")


def boundaries(
    lines: Sequence[Line], dropped: Sequence[bool], in_table: Sequence[bool], tables: Sequence[FoundTable]
) -> list[int]:
    """Indices (0-based) of the lines that begin a report; the first is 0.

    dropped, in_table: parallel to `lines`: lines without content (contents, page marks), lines of tables.
    """
    starts = [0]
    outer = _outer_style(lines, dropped, in_table)
    forms = {table.start: name for table in tables if (name := form_name(table.grid))}
    seen, names, narrative = 0, set[str](), 0
    for index, line in enumerate(lines):
        if index in forms:
            own = forms[index]
            foreign = (
                narrative and not names and _of_several(forms, index) and not _named(lines, starts[-1], index, own)
            )
            if (names and own not in names) or foreign:
                starts.append(_front_start(lines, dropped, in_table, index, starts[-1]))
                seen, narrative, names = 0, 0, set()
            names.add(own)
        if dropped[index] or in_table[index]:
            continue
        label = label_of(line.text)
        if label is None or label.style != outer:
            continue
        number = ordinal(label)
        if number == 1 and (seen >= 2 or (names and not narrative)):
            start = _title_above(lines, dropped, in_table, index, starts[-1])
            same = start is not None and not narrative and any(_named(lines, start, index, name) for name in names)
            if start is not None and not same:
                starts.append(start)
                seen, narrative, names = 0, 0, set()
        seen = max(seen, number or 0)
        narrative += 1
    return starts


def _of_several(forms: dict[int, str], index: int) -> bool:
    """Whether the form at `index` is followed by one of another project: a collection behind a report."""
    following = next((name for start, name in forms.items() if start > index), None)
    return following is not None and following != forms[index]


def _named(lines: Sequence[Line], start: int, end: int, name: str) -> bool:
    """Whether the lines at the top of a report, its title above all, name the project of a form."""
    title = plain("".join(line.text for line in lines[start : min(end, start + _MAX_FRONT_LINES)]))[:_TITLE_TEXT]
    return len(name) >= 4 and name in title


def form_name(grid: TableGrid) -> str:
    """The project that a form (自评表) is filled in for, as compared (plain), or ''.

    A form has the field in front of one of its first rows, its value beside it, and other fields of a form below;
    a list of projects has 项目名称 as a column's head.
    """
    if grid.header_rows:
        return ""
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.row >= _FORM_ROWS:
            break
        if cell.text:
            rows.setdefault(cell.row, []).append(plain(cell.text).rstrip("：:").lstrip("*"))
    labels = sum(1 for texts in rows.values() for text in texts if _FORM_LABEL.fullmatch(text))
    if labels < 2:
        return ""
    named = (texts for row, texts in rows.items() if row <= 3 and texts[0] in _FORM_NAME)
    return next((texts[1] for texts in named if len(texts) > 1 and head_role(texts[1]) is None), "")


def _outer_style(lines: Sequence[Line], dropped: Sequence[bool], in_table: Sequence[bool]) -> str:
    """The outermost numbering that the file uses more than once."""
    counts = dict.fromkeys((*_OUTER, "num"), 0)
    for index, line in enumerate(lines):
        if not dropped[index] and not in_table[index]:
            label = label_of(line.text)
            if label is not None and label.style in counts:
                counts[label.style] += 1
    return next((style for style, count in counts.items() if count >= 2), "cn")


def _is_front(text: str) -> bool:
    """Whether a line may stand on a title page: short, no sentence."""
    return len(text) <= _MAX_FRONT_LINE and not looks_closed(text)


def _title_above(
    lines: Sequence[Line], dropped: Sequence[bool], in_table: Sequence[bool], index: int, floor: int
) -> int | None:
    """Index of the first line of the title block above the heading at `index`, or None where no title stands there."""
    title: int | None = None
    position = index - 1
    intro = 0
    while position > floor and title is None and intro <= _MAX_INTRO_LINES and not in_table[position]:
        text = lines[position].text.strip()
        if text and not dropped[position]:
            label = label_of(text)
            if is_title(lines, position):
                title = position
                break
            if label is not None and not _may_precede(label):
                return None
            intro += 1
        position -= 1
    if title is None or _SURVEY.fullmatch(lines[title].text.strip()):
        return None
    return _front_start(lines, dropped, in_table, title, floor)


def _may_precede(label: Label) -> bool:
    """Whether a numbered line may stand between a title and the first heading."""
    return label.style in ("annex", "num2")


def is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether the line ends the title of a report, alone or with the line above it."""
    text = lines[index].text.strip()
    label = label_of(text)
    if (label is not None and label.style != "annex") or len(text) > _MAX_FRONT_LINE:
        return False
    if "。" in text or "，" in text or text.endswith(("：", ":")):
        return False
    return bool(_TITLE.fullmatch(text)) or bool(_TITLE_TAIL.fullmatch(text))


def _front_start(
    lines: Sequence[Line], dropped: Sequence[bool], in_table: Sequence[bool], index: int, floor: int
) -> int:
    """The first line of the title page whose last title line is at `index`.

    Lines close above a title belong to it; further up, over fields, dates and contents, only another title does:
    a date or a signature without a title above it closes the report before.
    """
    start = index
    position = index - 1
    while position > floor and index - position <= _MAX_FRONT_LINES and not in_table[position]:
        text = lines[position].text.strip()
        if not text or dropped[position]:
            position -= 1
            continue
        label = label_of(text)
        if not _is_front(text) or (label is not None and label.style != "annex"):
            break
        close = start - position <= _MAX_TITLE_GAP and not _ends_report(text) and not _FIELD.match(text)
        if close or (label is None and is_title(lines, position)):
            start = position
        position -= 1
    return start


_DATE = re.compile(r"(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})\s*年.{0,12}[日月]\s*")
_BARE = re.compile(r"[\d.\-—\s]{1,8}")


def _ends_report(text: str) -> bool:
    """Whether a line rather closes the report above than opens the next: a date, a bare number."""
    return bool(_DATE.fullmatch(text)) or bool(_BARE.fullmatch(text))
