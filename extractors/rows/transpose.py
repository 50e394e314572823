"""Tables whose indicators stand side by side (横排表): turned, read as usual, and every place turned back."""

from extractors.frozen import replace
from extractors.provenance import CellPlace, SourceSpan
from extractors.rows.columns import row_cells
from extractors.rows.heads import read_head
from extractors.rows.model import IndicatorRow, Printed
from extractors.rows.names import is_standard, looks_numeric, row_label, without_label
from extractors.rows.text import cell_text
from extractors.segment.model import Cell, TableGrid

_NAMES = ("indicator", "level1", "level2", "level3")
_LEAST = 2  # names


def stands_sideways(grid: TableGrid, dense: list[list[Cell | None]]) -> bool:
    """Whether the first row names level-1 indicators and the first column says 分值, 得分.

    Or any indicators, where its first cell says 指标 and numbers alone stand behind both 分值 and 得分.
    """
    if not dense or grid.n_rows < 2 or grid.n_columns < 3:
        return False
    if _heads_both_ways(dense):
        return True
    if not any(read_head(cell_text(row[0])).role in ("score", "weight") for row in dense[1:]):
        return False
    tops = [cell.bare for cell in row_cells(dense[0])[1:]]
    named = sum(1 for text in tops if any(is_standard(without_label(text), level) for level in (1, 2)))
    others = [text for text in tops if text and not row_label(text)]
    return named >= 2 and named * 2 >= len(others)


def _heads_both_ways(dense: list[list[Cell | None]]) -> bool:
    """Whether the corner heads a row of names and the cells below it head rows of weights and scores."""
    if read_head(cell_text(dense[0][0])).role not in _NAMES:
        return False
    names = [cell.bare for cell in row_cells(dense[0])[1:]]
    if len(names) < _LEAST or any(not name or looks_numeric(name) or read_head(name).role for name in names):
        return False
    rows = {read_head(cell_text(row[0])).role: row_cells(row)[1:] for row in dense[1:]}
    return {"weight", "score"} <= rows.keys() and all(
        looks_numeric(cell.bare) for role in ("weight", "score") for cell in rows[role]
    )


def turned(grid: TableGrid) -> TableGrid:
    """The grid with rows and columns exchanged, its header the former first column."""
    cells = tuple(
        sorted(
            (
                replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
                for cell in grid.cells
            ),
            key=lambda cell: (cell.row, cell.column),
        )
    )
    return replace(grid, header_rows=1, n_rows=grid.n_columns, n_columns=grid.n_rows, cells=cells, repeated_headers=())


def turned_back(row: IndicatorRow) -> IndicatorRow:
    """A row read from a turned grid with the places of its cells as they were printed.

    Its number stays that of the turned grid: all names were printed in one row, which would make them one indicator.
    """
    fields = tuple((name, printed_back(printed)) for name, printed in row.fields)
    return replace(row, name=printed_back(row.name), fields=fields)


def printed_back(printed: Printed) -> Printed:
    """A value with its cell's place exchanged."""
    return replace(printed, span=_span(printed.span))


def _span(span: SourceSpan) -> SourceSpan:
    """A place with row and column exchanged."""
    if span.cell is None:
        return span
    return replace(span, cell=CellPlace(span.cell.table, span.cell.column, span.cell.row))
