"""What stands side by side on a printed line (行内文字块): stretches parted by gaps wider than any blank."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.pages import Char, Line
from extractors.readers.pdf.packed import box_at
from extractors.segment.tables.draft import kind_of

_GAP = 0.63  # of the size; blanks inside a cell's text are narrower
FIGURES = ("number", "rate", "dash")


@dataclass(slots=True)
class PlacedPiece:
    """A stretch of a line with its place in upright reading (文字块); points. index: of its line in the document."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    line: Line
    index: int

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, a rate or a dash in place of one."""
        return kind_of(self.text) in FIGURES

    def overlaps(self, start: float, end: float) -> bool:
        """Whether it shares a stretch of the line with start:end."""
        return self.x0 < end and self.x1 > start


def pieces_of(line: Line, index: int) -> list[PlacedPiece]:
    """The pieces of a line that has a place, from left to right."""
    if line.box is None:
        return []
    text = line.text
    if " " not in text:
        return [_piece(line, index, 0, len(text))] if text else []
    return [_piece(line, index, start, end) for start, end in _stretches(line)]


def _stretches(line: Line) -> Iterator[tuple[int, int]]:
    """Offsets (half open) of the stretches of text between wide gaps."""
    start: int | None = None
    last = 0
    for offset, character in enumerate(line.text):
        if character == " ":
            continue
        if start is None:
            start = offset
        elif offset - last > 1 and _is_wide(line.chars[last], line.chars[offset], line):
            yield start, last + 1
            start = offset
        last = offset
    if start is not None:
        yield start, last + 1


def _is_wide(before: Char, after: Char, line: Line) -> bool:
    """Whether the gap between two characters parts two cells."""
    gap = after.box[1] - before.box[3] if line.turn == 90 else after.box[0] - before.box[2]
    if line.turn in (180, 270):
        gap = before.box[0] - after.box[2] if line.turn == 180 else before.box[1] - after.box[3]
    return gap >= _GAP * before.size


def _piece(line: Line, index: int, start: int, end: int) -> PlacedPiece:
    """One stretch (offsets, half open) with its place in upright reading."""
    text = line.text[start:end]
    first, last = box_at(line.chars, start), box_at(line.chars, end - 1)
    if line.turn == 90:
        return PlacedPiece(text, first[1], last[3], -first[2], -first[0], line, index)
    if line.turn == 270:
        return PlacedPiece(text, -first[3], -last[1], first[0], first[2], line, index)
    if line.turn == 180:
        return PlacedPiece(text, -first[2], -last[0], -first[3], -first[1], line, index)
    return PlacedPiece(text, first[0], last[2], first[1], first[3], line, index)
