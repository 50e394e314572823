"""Self-evaluation forms (自评表): which project a form is filled in for."""

import re

from extractors.segment.model import TableGrid
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import plain

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
_FUNDS = re.compile(r"(?:年度)?资金总额:?")
_FORM_ROWS = 12


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


def has_funds(grid: TableGrid) -> bool:
    """Whether a table begins with the total of a form's funds (年度资金总额)."""
    first = next((plain(cell.text) for cell in grid.cells if cell.row == grid.header_rows and cell.text), "")
    return _FUNDS.fullmatch(first) is not None
