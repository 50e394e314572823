"""Text without converters' blanks, each character knowing where it was printed (去空白文本)."""

import re
from decimal import Decimal

from extractors.folded import fold
from extractors.frozen import frozen
from extractors.provenance import CellPlace, SourceSpan
from extractors.rows.model import Printed
from extractors.segment.model import Cell, Flow, TableGrid

_NUMERIC = frozenset("0123456789.%")
_POINTS = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_BLANKS = re.compile(r"\s\s*")  # begins with a set: the scanner leaps to it
_BLANK_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\xff])\s+|\s+(?=[^\x00-\xff])")


def tidy(text: str) -> str:
    """`text` as a name: blanks beside Chinese characters removed, others made one."""
    words = text.split()
    if len(words) == 1:
        return words[0]
    return "" if not words else _BLANKS.sub(" ", _BLANK_BETWEEN_HAN.sub("", text.strip()))


@frozen
class Squeezed:
    """A flow without blanks (except between two numbers) and folded, for matching patterns (去空白文本).

    text: what patterns match. index: for each character its offset in flow.text (0-based).
    """

    text: str
    index: tuple[int, ...] | range
    flow: Flow
    cell: CellPlace | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the flow of text[start:end] (not empty)."""
        return self.index[start], self.index[end - 1] + 1

    def place(self, start: int, end: int, low: int | None = None, high: int | None = None) -> SourceSpan:
        """The place of text[start:end]: the line in which it begins, quoting text[low:high] around it."""
        index, flow = self.index, self.flow
        begin, stop = index[start], index[end - 1] + 1
        first = begin if low is None or low >= start else index[low]
        last = stop if high is None or high <= end else index[high - 1] + 1
        quote, lines = flow.text[first:last].strip(), flow.lines
        if len(lines) == 1 and lines[0].origin != "ocr":  # as of most texts
            return lines[0].span(quote, self.cell)
        return flow.span(begin, stop, 0, self.cell, quote)

    def printed(self, start: int, end: int, low: int, high: int, unit: str = "") -> Printed:
        """text[start:end] as printed (blanks between Chinese characters dropped), quoting text[low:high]."""
        words = self.flow.text[self.index[start] : self.index[end - 1] + 1]
        return Printed(tidy(words), self.place(start, end, low, high), unit)


def squeeze(flow: Flow, cell: CellPlace | None = None) -> Squeezed:
    """The flow ready for patterns; a blank between two numbers stays as one blank."""
    text = fold(flow.text)
    words = text.split(None, 1)
    if len(words) == 1 and len(words[0]) == len(text):  # no blank at all, as of most texts
        return Squeezed(text, range(len(text)), flow, cell)
    pieces: list[str] = []
    index: list[int] = []
    at = 0
    for blank in _BLANKS.finditer(text):
        start, end = blank.span()
        pieces.append(text[at:start])
        index.extend(range(at, start))
        if start > 0 and end < len(text) and text[start - 1] in _NUMERIC and text[end] in _NUMERIC:
            pieces.append(" ")
            index.append(start)
        at = end
    if not pieces:
        return Squeezed(text, range(len(text)), flow, cell)
    pieces.append(text[at:])
    index.extend(range(at, len(text)))
    return Squeezed("".join(pieces), tuple(index), flow, cell)


def behind_last(stop: re.Pattern[str], text: str, low: int, at: int) -> int:
    """Where the stretch right before text[at] begins that holds no stop (a single character); not before `low`."""
    found = stop.search(text[low:at][::-1])
    return low if found is None else at - found.start()


def points(text: str) -> Decimal | None:
    """The first number of points that `text` prints (`8.5分`), None where it prints none."""
    found = _POINTS.search(text)
    return Decimal(found[0]) if found else None


def cell_text(cell: Cell | None) -> str:
    """A cell's text folded and without any blank, '' for no cell."""
    return "" if cell is None else cell.bare


def cell_printed(grid: TableGrid, cell: Cell, unit: str = "") -> Printed:
    """A whole cell as a printed value."""
    text = cell.text
    return Printed(text if len(text) == len(cell.bare) else tidy(text), grid.span(cell), unit)


def part_printed(grid: TableGrid, cell: Cell, start: int, end: int, unit: str = "") -> Printed:
    """flow.text[start:end] of a cell as a printed value, quoting the whole cell."""
    place = cell.flow.span(start, end, cell=grid.place(cell))
    quoted = SourceSpan(
        cell.text, place.page, place.line, place.bbox, place.raw, place.cell, place.origin, place.confidence,
        place.begins,
    )  # fmt: skip
    return Printed(tidy(cell.flow.text[start:end]), quoted, unit)
