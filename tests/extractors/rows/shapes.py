"""The shapes in which converters print one and the same drawn table (转换形态).

A drawing is as in grids.py: cells between `|`, `^` merged with the cell above, `<` with the cell at its left.
"""

import unicodedata
from collections.abc import Callable

Drawing = list[list[str]]


def drawn(lines: list[str]) -> Drawing:
    """The cells of a drawing; every row as wide as the widest."""
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def _own(text: str) -> str:
    return "" if text in ("^", "<") else text


def _owner(drawing: Drawing, row: int, column: int) -> tuple[int, int]:
    while drawing[row][column] in ("^", "<"):
        row, column = (row, column - 1) if drawing[row][column] == "<" else (row - 1, column)
    return row, column


def tabs(drawing: Drawing) -> str:
    """Cells parted by tabs, merged positions blank."""
    return "\n".join("\t".join(map(_own, row)) for row in drawing)


def tabs_filled(drawing: Drawing) -> str:
    """Cells parted by tabs, merged cells repeated at every position."""
    rows = []
    for row, cells in enumerate(drawing):
        owners = [_owner(drawing, row, column) for column in range(len(cells))]
        rows.append("\t".join(drawing[up][left] for up, left in owners))
    return "\n".join(rows)


def tabs_once(drawing: Drawing) -> str:
    """Cells parted by tabs, a cell merged across printed once, so that rows have fewer cells."""
    return "\n".join("\t".join(_own(text) for text in row if text != "<") for row in drawing)


def pipes(drawing: Drawing) -> str:
    """A Markdown table."""
    rows = ["| " + " | ".join(map(_own, row)) + " |" for row in drawing]
    return "\n".join([rows[0], "|" + "---|" * len(drawing[0]), *rows[1:]])


def html(drawing: Drawing) -> str:
    """A web page's table with its spans."""
    rows = []
    for row, cells in enumerate(drawing):
        tags = []
        for column, text in enumerate(cells):
            if text in ("^", "<"):
                continue
            places = [
                (down, across)
                for down, line in enumerate(drawing)
                for across in range(len(line))
                if _owner(drawing, down, across) == (row, column)
            ]
            down, across = max(places)[0] - row + 1, max(place[1] for place in places) - column + 1
            tags.append(f'<td rowspan="{down}" colspan="{across}">{text}</td>')
        rows.append(f"<tr>{''.join(tags)}</tr>")
    return "\n".join(["<table>", *rows, "</table>"])


def stacked(drawing: Drawing) -> str:
    """One cell on each line, blank cells not printed."""
    return "\n".join(text for row in drawing for text in map(_own, row) if text)


def stacked_spaced(drawing: Drawing) -> str:
    """One cell on each line, a blank line behind each."""
    return "\n\n".join(text for row in drawing for text in map(_own, row) if text)


def words(drawing: Drawing) -> str:
    """A row on each line, its cells parted by one blank, blank cells not printed."""
    return "\n".join(" ".join(text for text in map(_own, row) if text) for row in drawing)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def aligned(drawing: Drawing) -> str:
    """Columns lined up with blanks, as a page's layout is printed."""
    across = len(drawing[0])
    widths = [
        max((_width(row[c]) for row in drawing if row[c] not in ("^", "<") and row[c + 1 : c + 2] != ["<"]), default=0)
        for c in range(across)
    ]
    rows = []
    for row in drawing:
        line = ""
        for column, text in enumerate(map(_own, row)):
            if text:
                line += " " * max(sum(widths[:column]) + 2 * column - _width(line), 1 if line else 0) + text
        rows.append(line)
    return "\n".join(rows)


SHAPES: dict[str, Callable[[Drawing], str]] = {
    "tabs": tabs,
    "tabs_filled": tabs_filled,
    "tabs_once": tabs_once,
    "pipes": pipes,
    "html": html,
    "stacked": stacked,
    "stacked_spaced": stacked_spaced,
    "words": words,
    "aligned": aligned,
}
