"""The title page (扉页): what stands before a report's first heading and first sentence, line by line."""

import re
from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.model import TableGrid
from extractors.segment.noise import is_bare_number
from extractors.vocabulary import plain

_MAX_LINES = 40
_MAX_LENGTH = 90
_MAX_OPENING = 24
_MAX_CARD = 40  # cells
_CARD_FIELD = re.compile(
    r"索引号|(?:信息|文件)(?:索引|名称|标题)|标题|(?:发文|文件)?(?:编号|文号|字号)|发文字号|(?:发文|发布|公开)(?:机关|机构|单位)|(?:发文|成文|发布|生成|公开)日期"
    r"|公开(?:形式|方式|时限|范围|类别)|(?:主题|组配|体裁|服务对象)分类|主题词|有效性|关键词"
)


def front_lines(lines: Sequence[Line], taken: Sequence[bool], stop: int) -> tuple[Line, ...]:
    """The lines of the title page.

    taken: parallel to `lines`, lines of tables, contents and page marks. stop: index of the first table's first row.
    """
    front: list[Line] = []
    for line, skip in zip(lines[:stop], taken[:stop], strict=True):
        text = line.text.strip()
        if not text or skip or is_bare_number(text):
            continue
        label = label_of(text)
        if (label is not None and label.style not in ("annex", "num2")) or _is_prose(text):
            break
        front.append(line)
        if len(front) == _MAX_LINES:
            break
    return tuple(front)


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence, or opens one."""
    opens = len(text) > _MAX_OPENING and ("，" in text or text.endswith(("：", ":")))
    return len(text) > _MAX_LENGTH or looks_closed(text) or opens


def is_card(grid: TableGrid) -> bool:
    """Whether a table is the index card (信息公开目录) that a government site prints above the report itself."""
    if len(grid.cells) > _MAX_CARD:
        return False
    fields = (plain(cell.text[:_MAX_OPENING]).rstrip("：:") for cell in grid.cells)
    return sum(1 for field in fields if _CARD_FIELD.fullmatch(field)) >= 3
