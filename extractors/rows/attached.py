"""Self-evaluation forms attached to another's report (附带的自评表): their scores are not the report's."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.frozen import replace
from extractors.rows.model import IndicatorRow, Statement
from extractors.segment.model import Paragraph, ReportPart, Section, TableGrid

_FORM = re.compile(r"自评(?:得分|评分|打分|情况|结果|指标)?表|自评得分情况")
_SPENDER = re.compile(r"自评|自我评价")
_LONGEST = 80  # characters of a line that announces a table
_TOTALS = ("total", "self-total")


def attached_tables(part: ReportPart, rows: Sequence[IndicatorRow], statements: Iterable[Statement]) -> frozenset[str]:
    """Ids of the tables that are such forms.

    Only in a report whose front does not speak of 自评, whose text states a total of its own, and where that is not
    the total of the form: else the form is where the report scores.
    """
    announced = {grid.table_id for section in part.sections for grid in _announced(section)}
    if not announced or any(_SPENDER.search(line.text) for line in part.front):
        return frozenset()
    stated = {
        _bare(value.text)
        for one in statements
        if one.kind in _TOTALS and one.cell_row is None and not _SPENDER.search(one.span.quote)
        for name, value in one.values
        if name == "score"
    }
    own = [row for row in rows if row.table_id in announced and row.row_role == "total"]
    totals = {_bare(value.text) for row in own for name, value in row.fields if name == "score"}
    return frozenset(announced) if stated and totals and not stated & totals else frozenset()


def set_apart(rows: Iterable[IndicatorRow], tables: frozenset[str]) -> list[IndicatorRow]:
    """The rows, those of attached forms marked, their total rows among them, which are none of the report's."""
    return [replace(row, apart=True) if row.table_id in tables else row for row in rows]


def spenders(statements: Iterable[Statement], tables: frozenset[str]) -> list[Statement]:
    """The statements, totals in the cells of attached forms told as the spender's own."""
    return [
        replace(one, kind="self-total")
        if one.kind == "total" and one.cell_row is not None and one.cell_row[0] in tables
        else one
        for one in statements
    ]


def _announced(section: Section) -> Iterator[TableGrid]:
    """The tables of a section that its headings, their captions or the lines above them call a form of 自评."""
    above: Paragraph | None = None
    for block in section.blocks:
        if isinstance(block, Paragraph):
            above = block
        elif _FORM.search(block.caption) or _announces(above) or any(_FORM.search(one.title) for one in section.path):
            yield block


def _announces(above: Paragraph | None) -> bool:
    """Whether a line above a table calls it such a form."""
    return above is not None and len(above.flow.text) <= _LONGEST and _FORM.search(above.flow.text) is not None


def _bare(points: str) -> str:
    """A score without its unit and the zeros that add nothing."""
    figure = points.strip().rstrip("分").strip()
    return figure.rstrip("0").rstrip(".") if "." in figure else figure
