"""Rows of stroke tables printed over several lines without rules between (竖线表的折行), as antiword writes them.

A cell breaks where it is full; a line of which every filled cell stands below a full one goes on with the row above.
"""

from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.flow import join, squeeze
from extractors.segment.model import Flow
from extractors.segment.tables.draft import DraftCell, DraftRow, concat, kind_of
from extractors.segment.tables.spaced_words import display_width

_FIGURES = ("number", "rate")
_ROOM = 1  # display columns left where the next Chinese character did not fit any more


def wrapped_rows(block: Sequence[Line]) -> list[list[Line]]:
    """The lines of each row. Where cells are padded in front, as people write them, every line is a row."""
    cells = [_cells(line.text) for line in block]
    if not _set_tight(cells):
        return [[line] for line in block]
    rows: list[list[Line]] = []
    for index, line in enumerate(block):
        if rows and _goes_on(cells[index - 1], cells[index]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def wrapped_row(lines: Sequence[Line]) -> DraftRow:
    """One row of several lines; where a cell broke because it was full to the last place, no blank stood there."""
    columns: list[list[tuple[str, Line]]] = [[] for _ in _cells(lines[0].text)]
    for line in lines:
        for column, cell in zip(columns, _cells(line.text), strict=True):
            column.append((cell, line))
    return DraftRow([DraftCell(_joined(cells)) for cells in columns], lines[0], lines[-1])


def _joined(cells: Sequence[tuple[str, Line]]) -> Flow:
    """The text of one cell from its lines."""
    flow = Flow("", (), ())
    full = False
    for cell, line in cells:
        text = squeeze(cell)
        if not text:
            continue
        if full:
            flow = Flow(flow.text + text, (*flow.starts, len(flow.text)), (*flow.lines, line))
        else:
            flow = concat(flow, join([(text, line)]))
        full = not cell.endswith(" ")
    return flow


def _cells(text: str) -> list[str]:
    """The cells between the strokes of a line, blanks kept; none where strokes do not close it on both sides."""
    bare = text.strip()
    return bare.split("|")[1:-1] if bare.startswith("|") and bare.endswith("|") else []


def _set_tight(cells: Sequence[Sequence[str]]) -> bool:
    """Whether texts stand directly behind their strokes and are padded behind, nine in ten of them."""
    filled = [cell for row in cells for cell in row if cell.strip()]
    padded = [cell for cell in filled if cell.endswith(" ")]
    return bool(padded) and sum(1 for cell in filled if cell[0] != " ") * 10 >= len(filled) * 9


def _goes_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a line's filled cells all go on with full cells of the same width above them; figures never do."""
    filled = [column for column, cell in enumerate(below) if cell.strip()]
    if not filled or len(filled) == len(below) or len(above) != len(below):
        return False
    return all(
        kind_of(below[column]) not in _FIGURES
        and display_width(above[column]) == display_width(below[column])
        and display_width(above[column].rstrip()) >= display_width(above[column]) - _ROOM
        and bool(above[column].strip())
        for column in filled
    )
