"""What stands side by side on a printed line (行内文字块): stretches parted by gaps wider than any blank."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.frozen import replace
from extractors.pages import Line
from extractors.provenance import Box
from extractors.readers.pdf.packed import PackedChars, reach
from extractors.segment.tables.draft import kind_of

_WORD = re.compile("[^ ]+")
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

    index: of its line in the document. at: offset (0-based) in the line where it begins. ends: the boxes of its first
    and its last character on the page, if known. middle: its height on the page. is_figure: whether it is a number, a
    rate or a dash in place of one.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    line: Line
    index: int
    at: int = 0
    ends: tuple[Box, Box] | None = None
    middle: float = field(init=False)
    is_figure: bool = field(init=False)

    def __post_init__(self) -> None:
        """What is asked of each piece again and again."""
        self.middle = (self.top + self.bottom) / 2
        self.is_figure = kind_of(self.text) in FIGURES


def pieces_of(line: Line, index: int) -> list[PlacedPiece]:
    """The pieces of a line that has a place, from left to right."""
    if line.box is None:
        return []
    text = line.text
    if " " not in text:
        return [_piece(line, index, 0, len(text))] if text else []
    boxes, sizes = _boxes_and_sizes(line)
    return [
        _placed(line, index, start, end, boxes[start], boxes[end - 1]) for start, end in _stretches(line, boxes, sizes)
    ]


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
    words = []
    for start, limit in zip(cuts, ends, strict=True):
        end = start + len(text[start:limit].rstrip())
        words.append(_placed(line, index, start, end, boxes[start], boxes[end - 1]))
    for word in words:
        half = _HALF_BLANK * min(sizes[word.at], word.x1 - word.x0)
        word.x0 += half if word.text[0] in _OPENING else 0.0
        word.x1 -= half if word.text[-1] in _CLOSING else 0.0
    return words


def _boxes_and_sizes(line: Line) -> tuple[Sequence[Box], Sequence[float]]:
    """Box and size of each character of a line."""
    chars = line.chars
    if isinstance(chars, PackedChars):
        return chars.boxes(), chars.sizes(len(chars))
    return [char.box for char in chars], [char.size for char in chars]


def own_line(piece: PlacedPiece) -> Line:
    """A piece as a line of its own (文字块成行), in its own box; the whole line where its text cannot be told there."""
    line, start, end = piece.line, piece.at, piece.at + len(piece.text)
    if not line.chars or line.raw is not None or line.text[start:end] != piece.text or line.text == piece.text:
        return line
    first, last = piece.ends or reach(line.chars, start, end)
    box = min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
    return replace(line, text=piece.text, box=box, chars=line.chars[start:end] if line.origin == "ocr" else ())


def is_blank_between(before: PlacedPiece, after: PlacedPiece) -> bool:
    """Whether the gap between two words of one line is wider than any blank within a cell's text."""
    return after.x0 - before.x1 >= _GAP * _size(before.line, before.at)


def joined(words: Sequence[PlacedPiece]) -> PlacedPiece:
    """Words of one line that stand side by side as one piece."""
    first, last = words[0], words[-1]
    if len(words) == 1:
        return first
    end = last.at + len(last.text)
    if first.ends is None or last.ends is None:
        whole = _piece(first.line, first.index, first.at, end)
    else:
        whole = _placed(first.line, first.index, first.at, end, first.ends[0], last.ends[1])
    whole.top, whole.bottom = first.top, last.bottom  # whatever height its leading gives it
    return whole


def size_of(piece: PlacedPiece) -> float:
    """The size in which a piece begins, in points."""
    return _size(piece.line, piece.at) if piece.line.chars else piece.bottom - piece.top


def _stretches(line: Line, boxes: Sequence[Box], sizes: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Offsets (half open) of the stretches of text between wide gaps. boxes, sizes: of its characters."""
    start: int | None = None
    end = 0
    for word in _WORD.finditer(line.text):
        if start is None:
            start = word.start()
        elif _gap(boxes[end - 1], boxes[word.start()], line) >= _GAP * sizes[end - 1]:  # which parts two cells
            yield start, end
            start = word.start()
        end = word.end()
    if start is not None:
        yield start, end


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
    return _placed(line, index, start, end, *reach(line.chars, start, end))


def _placed(line: Line, index: int, start: int, end: int, first: Box, last: Box) -> PlacedPiece:
    """The same, where the boxes of its first and its last character are known."""
    text, ends = line.text[start:end], (first, last)
    if not line.turn:  # as nearly always
        return PlacedPiece(text, first[0], last[2], first[1], first[3], line, index, start, ends)
    if line.turn == 90:
        return PlacedPiece(text, first[1], last[3], -first[2], -first[0], line, index, start, ends)
    if line.turn == 270:
        return PlacedPiece(text, -first[3], -last[1], first[0], first[2], line, index, start, ends)
    return PlacedPiece(text, -first[2], -last[0], -first[3], -first[1], line, index, start, ends)
