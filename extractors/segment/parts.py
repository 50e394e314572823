"""Where one report of a file ends and the next begins (报告分界)."""

import re
from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.headings import Label, label_of, looks_closed, ordinal
from extractors.segment.model import TableGrid
from extractors.segment.tables.find import FoundTable
from extractors.vocabulary import plain

_OUTER = ("part", "chapter", "cn")
_TITLE = re.compile(
    r".{0,60}(?:评价报告|自评报告|分析报告|绩效报告|评估报告|工作报告|自评情况报告|评价情况的?报告|自评情况|自评表|评价表)\s*(?:[（(《].{1,16}[)）》])?\s*"
)
_TITLE_TAIL = re.compile(r"\s*(?:绩效)?(?:评价|自评)?(?:情况)?(?:的)?报告\s*(?:[（(].{1,16}[)）])?\s*")
_FORM_NAME = (
    "项目名称",
    "专项名称",
    "资金名称",
    "政策名称",
    "部门名称",
    "单位名称",
    "部门(单位)名称",
    "项目(政策)名称",
)
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
            if names and forms[index] not in names:
                starts.append(_front_start(lines, dropped, in_table, index, starts[-1]))
                seen, narrative, names = 0, 0, set()
            names.add(forms[index])
        if dropped[index] or in_table[index]:
            continue
        label = label_of(line.text)
        if label is None or label.style != outer:
            continue
        number = ordinal(label)
        if number == 1 and (seen >= 2 or (names and not narrative)):
            start = _title_above(lines, dropped, in_table, index, starts[-1])
            if start is not None and not _same_project(lines, start, index, names if not narrative else set()):
                starts.append(start)
                seen, narrative, names = 0, 0, set()
        seen = max(seen, number or 0)
        narrative += 1
    return starts


def _same_project(lines: Sequence[Line], start: int, end: int, names: set[str]) -> bool:
    """Whether the title names the project of the form that stands above it."""
    title = plain("".join(line.text for line in lines[start:end]))[:400]
    return any(len(name) >= 4 and name in title for name in names)


def form_name(grid: TableGrid) -> str:
    """The project that a form (自评表) is filled in for, as compared (plain), or ''."""
    for cell in grid.cells:
        if cell.row > 3:
            break
        if plain(cell.text).rstrip("：:").lstrip("*") in _FORM_NAME:
            return next(
                (
                    plain(other.text)
                    for other in grid.cells
                    if other.row == cell.row and other.column > cell.column and other.text
                ),
                "",
            )
    return ""


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
    return None if title is None else _front_start(lines, dropped, in_table, title, floor)


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
