"""What is typeset (版块): paragraphs of running text and tables with merged cells."""

from dataclasses import dataclass
from typing import Literal

TextRole = Literal["title", "heading", "body", "caption", "note", "blank", "break"]
LEFT, UP = "←", "↑"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading or caption (文字块); wrapped to the measure when it is set. A break begins a page."""

    text: str
    role: TextRole = "body"


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell (单元格); row, column: 0-based, top left of its span."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table (表格块). cells: sorted by (row, column), covering every position once. header_rows: from the top."""

    cells: tuple[TableCell, ...]
    n_rows: int
    n_columns: int
    header_rows: int = 1


Block = TextBlock | TableBlock


def table(rows: list[list[str]], header_rows: int = 1) -> TableBlock:
    """A table from rows of equal length; `←` is merged with the cell to its left, `↑` with the one above.

    Raises KeyError where a merge has no cell to join.
    """
    home: dict[tuple[int, int], tuple[int, int]] = {}
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            home[r, c] = home[r, c - 1] if text == LEFT else home[r - 1, c] if text == UP else (r, c)
    cells = []
    for row, column in sorted(set(home.values())):
        covered = [place for place, owner in home.items() if owner == (row, column)]
        row_span = max(r for r, _ in covered) - row + 1
        column_span = max(c for _, c in covered) - column + 1
        cells.append(TableCell(rows[row][column], row, column, row_span, column_span))
    return TableBlock(tuple(cells), len(rows), len(rows[0]), header_rows)
