"""Sets blocks as text (排版): the table layouts that converters of Word, WPS, HTML and PDF files leave behind."""

import unicodedata
from collections.abc import Iterator

from corpus.generate.blocks import Block, Grid, Paragraph
from corpus.generate.habits import Habit
from corpus.generate.pen import unmarked
from corpus.render.blocks import LEFT, UP, table

_HASHES = ("##", "###", "####", "#####")


def set_text(blocks: list[Block], habit: Habit) -> str:
    """The whole report as text, lines ended by line feeds."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            lines += ["", *_grid(block, habit), ""]
        else:
            lines += _paragraph(block, habit)
    return "\n".join(lines) + "\n"


def _paragraph(block: Paragraph, habit: Habit) -> Iterator[str]:
    if block.role == "title":
        yield f"# {block.text}" if habit.markdown else block.text
    elif block.role == "heading":
        yield f"{_HASHES[block.depth]} {block.text}" if habit.markdown else habit.indent + block.text
    elif block.role == "sign":
        yield block.text if habit.markdown else "　" * 16 + block.text
    else:
        yield habit.indent + block.text if block.role == "body" else block.text
    if habit.blank_lines or habit.markdown:
        yield ""


def _grid(grid: Grid, habit: Habit) -> Iterator[str]:
    """The lines of one table."""
    if habit.layout in ("pipe", "pipe-bare"):
        yield from _pipes(grid, habit)
    elif habit.layout == "tab":
        yield from ("\t".join(_shown(row)) for row in grid.rows)
    elif habit.layout in ("html", "html-line"):
        yield from _html(grid, one_line=habit.layout == "html-line")
    elif habit.layout == "aligned":
        yield from _aligned(grid)
    else:
        yield from _cells(grid, tabbed=habit.layout == "cells-tab")


def _shown(row: tuple[str, ...]) -> list[str]:
    """A row's texts; what is merged away is blank."""
    return ["" if text in (LEFT, UP) else text for text in row]


def _pipes(grid: Grid, habit: Habit) -> Iterator[str]:
    """A Markdown table; `pipe-bare` has no outer strokes."""
    edge = "| " if habit.layout == "pipe" else ""
    for number, row in enumerate(grid.rows):
        yield f"{edge}{' | '.join(_shown(row))}{edge[::-1]}"
        if number == 0:
            yield f"{edge}{' | '.join('---' for _ in row)}{edge[::-1]}"


def _html(grid: Grid, one_line: bool) -> Iterator[str]:
    """An HTML table with spans."""
    by_row: dict[int, list[str]] = {row: [] for row in range(len(grid.rows))}
    for cell in table([list(row) for row in grid.rows], grid.header_rows).cells:
        spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
            f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        )
        by_row[cell.row].append(f"<td{spans}>{cell.text}</td>")
    rows = [f"<tr>{''.join(cells)}</tr>" for cells in by_row.values()]
    if one_line:
        yield f"<table>{''.join(rows)}</table>"
    else:
        yield from ("<table>", *rows, "</table>")


def _cells(grid: Grid, tabbed: bool) -> Iterator[str]:
    """One cell a line. Tabbed, as Word's text export: rows parted by blank lines, cells merged upwards are empty.

    Bare, as a browser's text: what is merged away leaves nothing.
    """
    for row in grid.rows:
        if tabbed:
            yield ""
            yield from (f"\t{'' if text == UP else text or '　'}" for text in row if text != LEFT)
        else:
            yield from (text or "　" for text in row if text not in (LEFT, UP))


def _width(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in unmarked(text))


def _aligned(grid: Grid) -> Iterator[str]:
    """Columns aligned by blanks, as `pdftotext -layout` leaves them."""
    shown = [_shown(row) for row in grid.rows]
    widths = [max(_width(row[column]) for row in shown) for column in range(len(shown[0]))]
    for row in shown:
        cells = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
