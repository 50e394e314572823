"""What stands side by side on a printed line (行内文字块): stretches parted by gaps wider than any blank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.pages import Char, Line
from extractors.provenance import Box
from extractors.readers.pdf.packed import PackedChars, reach
from extractors.segment.tables.draft import kind_of

_GAP = 0.63  # of the size; blanks inside a cell's text are narrower
_NARROW_GAP = 0.08  # of the size; characters of one word stand no further apart, whatever parts them from the next cell
_OPENING, _CLOSING = (
    "（《“【〔",
    "）》”】〕，。；：、",
)  # these leave half of their width blank, which may stand out of the cell
_QUOTES, _QUOTE_GAP = "“”‘’·", 1.1  # narrow in some fonts, though they move the pen by a full character; of the size
_HALF_BLANK = 0.4  # of the size
FIGURES = ("number", "rate", "dash")


@dataclass(slots=True)
class PlacedPiece:
    """A stretch of a line with its place in upright reading (文字块); points.

    index: of its line in the document. at: offset (0-based) in the line where it begins.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    line: Line
    index: int
    at: int = 0

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, a rate or a dash in place of one."""
        return kind_of(self.text) in FIGURES


def pieces_of(line: Line, index: int) -> list[PlacedPiece]:
    """The pieces of a line that has a place, from left to right."""
    if line.box is None:
        return []
    text = line.text
    if " " not in text:
        return [_piece(line, index, 0, len(text))] if text else []
    return [_piece(line, index, start, end) for start, end in _stretches(line)]


def words_of(line: Line, index: int) -> list[PlacedPiece]:
    """The pieces of a line, parted also where a gap is narrower than a blank, but can be seen; or texts overlap."""
    if line.box is None or not line.chars:
        return pieces_of(line, index)
    text, (boxes, sizes) = line.text, _boxes_and_sizes(line)
    cuts: list[int] = []
    last: int | None = None
    level = line.turn == 0  # as nearly always
    for offset, character in enumerate(text):
        if character == " ":
            continue
        if last is None:
            cuts.append(offset)
        else:
            gap = boxes[offset][0] - boxes[last][2] if level else _gap(boxes[last], boxes[offset], line)
            if not -(least := _NARROW_GAP * sizes[last]) <= gap <= least:  # apart, or over each other
                quoted = character in _QUOTES or text[last] in _QUOTES
                if not quoted or abs(gap) > _QUOTE_GAP * sizes[last]:
                    cuts.append(offset)
        last = offset
    ends = [*cuts[1:], len(text)]
    words = [_piece(line, index, start, len(text[:end].rstrip())) for start, end in zip(cuts, ends, strict=True)]
    for word in words:
        half = _HALF_BLANK * min(_size(line, word.at), word.x1 - word.x0)
        word.x0 += half if word.text[0] in _OPENING else 0.0
        word.x1 -= half if word.text[-1] in _CLOSING else 0.0
    return words


def _boxes_and_sizes(line: Line) -> tuple[Sequence[Box], Sequence[float]]:
    """Box and size of each character of a line."""
    chars = line.chars
    if isinstance(chars, PackedChars):
        return chars.boxes(), chars.sizes(len(chars))
    return [char.box for char in chars], [char.size for char in chars]


def is_blank_between(before: PlacedPiece, after: PlacedPiece) -> bool:
    """Whether the gap between two words of one line is wider than any blank within a cell's text."""
    return after.x0 - before.x1 >= _GAP * _size(before.line, before.at)


def joined(words: Sequence[PlacedPiece]) -> PlacedPiece:
    """Words of one line that stand side by side as one piece."""
    first, last = words[0], words[-1]
    if len(words) == 1:
        return first
    whole = _piece(first.line, first.index, first.at, last.at + len(last.text))
    whole.top, whole.bottom = first.top, last.bottom  # whatever height its leading gives it
    return whole


def size_of(piece: PlacedPiece) -> float:
    """The size in which a piece begins, in points."""
    return _size(piece.line, piece.at) if piece.line.chars else piece.bottom - piece.top


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
    return _gap(before.box, after.box, line) >= _GAP * before.size


def _size(line: Line, offset: int) -> float:
    """The size of a character of a line."""
    chars = line.chars
    return chars.size_at(offset) if isinstance(chars, PackedChars) else chars[offset].size


def _gap(before: Box, after: Box, line: Line) -> float:
    """How far apart two characters of a line stand, in points; negative where they overlap."""
    if line.turn in (180, 270):
        return before[0] - after[2] if line.turn == 180 else before[1] - after[3]
    return after[1] - before[3] if line.turn == 90 else after[0] - before[2]


def _piece(line: Line, index: int, start: int, end: int) -> PlacedPiece:
    """One stretch (offsets, half open) with its place in upright reading."""
    text = line.text[start:end]
    first, last = reach(line.chars, start, end)
    if line.turn == 90:
        return PlacedPiece(text, first[1], last[3], -first[2], -first[0], line, index, start)
    if line.turn == 270:
        return PlacedPiece(text, -first[3], -last[1], first[0], first[2], line, index, start)
    if line.turn == 180:
        return PlacedPiece(text, -first[2], -last[0], -first[3], -first[1], line, index, start)
    return PlacedPiece(text, first[0], last[2], first[1], first[3], line, index, start)
