"""Sets a table (排表): column widths, row heights, breaks over pages, rules around cells."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.render.blocks import TableBlock, TableCell
from corpus.render.measure import width, wrap
from corpus.render.sheet import PlacedRule, PlacedText, Sheet
from corpus.render.style import Style

SIZE = 10.0
PADDING = 4.0
_LOWER = 0.35  # of the size; how far the baseline stands below the middle of a line
LONG_TEXT = 12  # characters; longer cells are set flush left
_NARROWEST, _WIDEST, _WIDEST_FIGURE = 26.0, 190.0, 70.0
_FIGURE = re.compile(r"[0-9.,%]+")


@dataclass(frozen=True, slots=True)
class _Strip:
    """A row, or the part of it that stands on one page. top, bottom: points from the top."""

    row: int
    top: float
    bottom: float


class TableSetter:
    """Sets one table onto sheets (排表器)."""

    def __init__(self, block: TableBlock, style: Style, left: float, measure: float) -> None:
        """`left`: x of the table's left edge; `measure`: width available, in points."""
        self.block, self.style, self.leading = block, style, style.leading
        self.edges = _column_edges(block, left, measure)
        self.lines = {cell: self._wrapped(cell) for cell in block.cells}
        self.heights = self._row_heights()
        self.set_lines = dict.fromkeys(block.cells, 0)

    def set(self, sheet: Sheet, y: float, bottom: float, next_sheet: Callable[[], tuple[Sheet, float]]) -> float:
        """Set the table from `y` on; ask for sheets as they fill. Returns where the table ends on the last one.

        bottom: the lowest line of a page that may be used. next_sheet: gives a new sheet and its first free y.
        """
        strips: list[_Strip] = []
        for row, height in enumerate(self.heights):
            rest, fresh = height, False
            while y + rest > bottom:
                rows_left = int((bottom - y - 2 * PADDING) / self.leading)
                # A row longer than a page is torn in every style.
                if fresh or (self.style.torn_rows and rows_left >= 1 and row >= self.block.header_rows):
                    torn = rows_left * self.leading + 2 * PADDING
                    strips.append(_Strip(row, y, y + torn))
                    rest = max(rest - rows_left * self.leading, self.leading + 2 * PADDING)
                self._draw(sheet, strips)
                sheet, y = next_sheet()
                strips, fresh = [], True
                if self.style.repeat_header and row >= self.block.header_rows:
                    y = self._repeat_header(sheet, y)
            strips.append(_Strip(row, y, y + rest))
            y += rest
        self._draw(sheet, strips)
        return y

    def _wrapped(self, cell: TableCell) -> list[str]:
        """The cell's text in lines; an empty cell has none."""
        measure = self.edges[cell.column + cell.column_span] - self.edges[cell.column] - 2 * PADDING
        return wrap(cell.text, measure, SIZE) if cell.text else []

    def _row_heights(self) -> list[float]:
        """Heights that hold every cell; what a spanning cell lacks goes to its last row."""
        heights = [self.leading + 2 * PADDING] * self.block.n_rows
        for cell in sorted(self.block.cells, key=lambda cell: cell.row_span):
            need = len(self.lines[cell]) * self.leading + 2 * PADDING
            have = sum(heights[cell.row : cell.row + cell.row_span])
            heights[cell.row + cell.row_span - 1] += max(need - have, 0.0)
        return heights

    def _repeat_header(self, sheet: Sheet, y: float) -> float:
        """Set the header rows again on top of a page; returns where they end."""
        strips = []
        for row in range(self.block.header_rows):
            strips.append(_Strip(row, y, y + self.heights[row]))
            y += self.heights[row]
        for cell in self.block.cells:
            if cell.row < self.block.header_rows:
                self.set_lines[cell] = 0
        self._draw(sheet, strips)
        return y

    def _draw(self, sheet: Sheet, strips: list[_Strip]) -> None:
        """Put text and rules of these strips on the sheet."""
        if not strips:
            return
        for cell in self.block.cells:
            mine = [strip for strip in strips if cell.row <= strip.row < cell.row + cell.row_span]
            if mine:
                self._draw_cell(sheet, cell, mine[0].top, mine[-1].bottom, self._ends(cell, strips))

    def _ends(self, cell: TableCell, strips: list[_Strip]) -> bool:
        """Whether the cell ends on this page."""
        last = cell.row + cell.row_span - 1
        return any(strip.row > last for strip in strips) or strips[-1].row == last

    def _draw_cell(self, sheet: Sheet, cell: TableCell, top: float, bottom: float, ends: bool) -> None:
        """One cell's part on one page: as many of its lines as fit, and its border."""
        left, right = self.edges[cell.column], self.edges[cell.column + cell.column_span]
        capacity = int((bottom - top - 2 * PADDING) / self.leading + 0.01)
        done = self.set_lines[cell]
        lines = self.lines[cell][done : done + capacity]
        self.set_lines[cell] = done + len(lines)
        whole = ends and done == 0 and len(lines) == len(self.lines[cell])
        y = top + ((bottom - top - len(lines) * self.leading) / 2 if whole else PADDING)
        for line in lines:
            room = right - left - width(line, SIZE)
            x = left + (PADDING if len(cell.text) > LONG_TEXT else room / 2)
            sheet.texts.append(PlacedText(line, x, y + self.leading / 2 + SIZE * _LOWER, SIZE))
            y += self.leading
        sheet.rules.extend(self._border(left, top, right, bottom))

    def _border(self, left: float, top: float, right: float, bottom: float) -> list[PlacedRule]:
        """The rules around a cell, without the outermost verticals in the open style; or its ground."""
        if self.style.rules == "none" and self.block.header_rows:  # nobody prints a form without rules
            return []
        if self.style.rules == "grounds":
            return [PlacedRule(left, top, right, bottom)]
        rules = [PlacedRule(left, top, right, top), PlacedRule(left, bottom, right, bottom)]
        for x in (left, right):
            if self.style.rules != "open" or x not in (self.edges[0], self.edges[-1]):
                rules.append(PlacedRule(x, top, x, bottom))
        return rules


def _column_edges(block: TableBlock, left: float, measure: float) -> list[float]:
    """x of the column edges: wide enough for their text where there is room, else shrunk in proportion.

    No column is so narrow that a number would be broken, unless the table would not fit at all.
    """
    narrowest, natural = [_NARROWEST] * block.n_columns, [_NARROWEST] * block.n_columns
    for cell in block.cells:
        if cell.column_span == 1:
            natural[cell.column] = max(natural[cell.column], width(cell.text, SIZE) + 2 * PADDING + 0.5)
            figures = max((width(figure, SIZE) for figure in _FIGURE.findall(cell.text)), default=0.0)
            narrowest[cell.column] = max(narrowest[cell.column], min(figures + 2 * PADDING + 0.5, _WIDEST_FIGURE))
    if sum(narrowest) > measure:
        narrowest = [measure / block.n_columns] * block.n_columns
    natural = [max(min(wide, _WIDEST), narrow) for wide, narrow in zip(natural, narrowest, strict=True)]
    spare = sum(natural) - sum(narrowest)
    share = min((measure - sum(narrowest)) / spare, 1.0) if spare > 0 else 0.0
    edges = [left]
    for wide, narrow in zip(natural, narrowest, strict=True):
        edges.append(edges[-1] + narrow + (wide - narrow) * share)
    return edges
