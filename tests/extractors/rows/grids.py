"""Tables drawn as text: cells between `|`, `^` merged with the cell above, `<` with the cell at its left."""

from extractors.pages import Line
from extractors.provenance import SourceSpan
from extractors.segment.model import Cell, Flow, Fragment, ReportPart, Section, TableGrid


def grid(rows: list[str], caption: str = "", unit: str = "", table_id: str = "t1", first_line: int = 1) -> TableGrid:
    """The table that `rows` draw; row n stands on line first_line + n."""
    texts = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max(map(len, texts))
    texts = [row + [""] * (width - len(row)) for row in texts]
    cells = [
        _cell(texts, row, column, first_line)
        for row in range(len(texts))
        for column in range(width)
        if texts[row][column] not in ("^", "<")
    ]
    place = SourceSpan("", line=first_line)
    fragment = Fragment(place, place, (0, len(texts)), "")
    return TableGrid(table_id, "tabs", caption, unit, 0, len(texts), width, tuple(cells), (fragment,))


def _cell(texts: list[list[str]], row: int, column: int, first_line: int) -> Cell:
    """The cell drawn at this place with its span; a merged block is a `^` column under `<` rows or either alone."""
    down = across = 1
    while column + across < len(texts[row]) and texts[row][column + across] == "<":
        across += 1
    while row + down < len(texts) and texts[row + down][column] == "^":
        down += 1
    text = texts[row][column]
    line = Line(text, number=first_line + row)
    flow = Flow(text, (0,), (line,)) if text else Flow("", (), ())
    return Cell(flow, row, column, down, across)


def part(*tables: TableGrid, annex: bool = False) -> ReportPart:
    """A report that holds nothing but these tables."""
    return ReportPart(1, "report", (), (Section(None, (), tables, annex),), ())
