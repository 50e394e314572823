"""A grade scale printed as a table (等级标准表): grades down a column or along a row, limits beside or below them."""

import re
from collections.abc import Iterator

from extractors.rows.bands import ranges
from extractors.rows.columns import Dense
from extractors.rows.grade_words import WORD
from extractors.rows.model import Printed, Statement
from extractors.rows.text import cell_printed, squeeze
from extractors.segment.model import Cell, TableGrid

_GRADE = re.compile(rf"^[“\"]?(?:{WORD})[”\"]?(?:等级|等次|级|档|等)?$")
_MOST_ROWS = 12  # a scale is a small table
_LEAST = 3  # grades of a scale
_LONG = 99  # characters; no cell that is a grade and nothing else has so many


def read_table_bands(grid: TableGrid, dense: Dense) -> list[Statement]:
    """The bands of a small table that pairs grades with limits; nothing unless it pairs three."""
    if grid.n_rows > _MOST_ROWS or grid.n_columns > _MOST_ROWS:
        return []
    if sum(1 for cell in grid.cells if len(cell.flow.text) < _LONG and _GRADE.match(cell.bare)) < _LEAST:
        return []
    for pairs in (_by_row(dense), _by_column(dense)):
        bands = [band for grade, limits in pairs if (band := _band(grid, grade, limits)) is not None]
        if len({cell_text_of(band) for band in bands}) >= _LEAST:
            return bands
    return []


def cell_text_of(band: Statement) -> str:
    """The grade that a band names."""
    return band.values[0][1].text


def _by_row(dense: Dense) -> Iterator[tuple[Cell, Cell]]:
    """Each grade with every other cell of its row."""
    for row in dense:
        grades = [cell for cell in row if cell is not None and _GRADE.match(cell.bare)]
        if len(grades) == 1:
            yield from ((grades[0], cell) for cell in row if cell is not None and cell is not grades[0])


def _by_column(dense: Dense) -> Iterator[tuple[Cell, Cell]]:
    """Each grade of a row of grades with the cells below it."""
    for number, row in enumerate(dense):
        grades = [(index, cell) for index, cell in enumerate(row) if cell and _GRADE.match(cell.bare)]
        if len(grades) >= 3:
            for index, grade in grades:
                yield from ((grade, cell) for below in dense[number + 1 :] if (cell := below[index]) is not None)


def _band(grid: TableGrid, grade: Cell, cell: Cell) -> Statement | None:
    """The band that a grade and a cell with limits make, None if the cell states none."""
    text = squeeze(cell.flow, grid.place(cell))
    found = next(iter(ranges(text.text)), None)
    if found is None or text.text.startswith("%", found[0].end()):
        return None
    match, limits = found
    values: list[tuple[str, Printed]] = [("grade", cell_printed(grid, grade))]
    for name, span in (("low", limits.low), ("high", limits.high)):
        if span is not None:
            values.append((name, text.printed(*span, 0, len(text.text))))
    return Statement(
        kind="grade-band",
        values=tuple(values),
        span=text.place(*match.span()),
        role=limits.role,
        cell_row=(grid.table_id, cell.row),
    )
