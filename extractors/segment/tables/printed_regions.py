"""Where a table without rules stands on a page (无框线表格的范围): rows of pieces, and what fits between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.captions import is_caption
from extractors.segment.tables.heads import is_head
from extractors.segment.tables.pieces import PlacedPiece, pieces_of, words_of
from extractors.segment.tables.printed_columns import PrintedColumn, pieces_by_column
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import plain

_MOST_GAP = 3.2  # of the size; a wider blank between two lines ends a table
_WIDE = 0.62  # of the type area; a piece so wide is prose
_FEWEST_ROWS = 2
_NEARLY = 0.9
_SHORT = 4  # characters


@dataclass(slots=True)
class Region:
    """The pieces of a table on one page (表格区域). start, end: indices of its lines, half open.

    head: how many of its lines, from the top, stand above the first line with a figure.
    """

    rows: list[list[PlacedPiece]]
    start: int
    end: int
    head: int
    _words: dict[int, list[PlacedPiece]] = field(default_factory=dict)

    @property
    def page(self) -> int:
        """The page it stands on, 1-based."""
        return self.rows[0][0].line.page or 0

    @property
    def words(self) -> list[list[PlacedPiece]]:
        """The words of each line below the head."""
        return [self._words_of(row) for row in self.rows[self.head :]]

    @property
    def head_words(self) -> list[PlacedPiece]:
        """The words of the head."""
        return [word for row in self.rows[: self.head] for word in self._words_of(row)]

    def _words_of(self, row: Sequence[PlacedPiece]) -> list[PlacedPiece]:
        """The words of one line; they are looked up once."""
        index = row[0].index
        if index not in self._words:
            self._words[index] = words_of(row[0].line, index)
        return self._words[index]

    def body(self, columns: Sequence[PrintedColumn]) -> list[PlacedPiece]:
        """The pieces of all lines below the head, none of which reaches from one column into the next."""
        return [piece for words in self.words for piece in pieces_by_column(words, columns)]

    def head_pieces(self, columns: Sequence[PrintedColumn]) -> list[PlacedPiece]:
        """The pieces of the head; those cut that are no name of a column by themselves."""
        return [piece for row in self.rows[: self.head] for whole in row for piece in self._cut(whole, columns)]

    def _cut(self, whole: PlacedPiece, columns: Sequence[PrintedColumn]) -> list[PlacedPiece]:
        """A piece of the head, cut between columns unless it names one."""
        if head_role(whole.text):
            return [whole]
        ends = whole.at + len(whole.text)
        return pieces_by_column([w for w in self._words_of([whole]) if whole.at <= w.at < ends], columns)

    @property
    def texts(self) -> list[list[str]]:
        """What its lines print, for comparing."""
        return [[plain(piece.text) for piece in row] for row in self.rows]

    @property
    def heads(self) -> int:
        """How many pieces above the body name columns."""
        return sum(is_head(piece.text) for row in self.rows[: self.head] for piece in row)


def find_regions(lines: Sequence[Line], free: Sequence[bool]) -> list[Region]:
    """All regions, page by page. free: parallel to `lines`; framed lines are never part of one."""
    regions: list[Region] = []
    for start, end, width in _stretches(lines, free):
        placed = [pieces_of(lines[index], index) for index in range(start, end)]
        regions.extend(_regions_of(placed, start, width))
    return regions


def _stretches(lines: Sequence[Line], free: Sequence[bool]) -> Iterator[tuple[int, int, float]]:
    """(start, end, width of the type area) of unframed, unclaimed, printed lines of one page and direction."""
    start = 0
    while start < len(lines):
        line = lines[start]
        end = start + 1
        if free[start] and line.box is not None and line.framed is None and line.chars:
            while end < len(lines) and free[end] and _beside(line, lines[end]):
                end += 1
            boxes = [line.box for line in lines[start:end] if line.box is not None]
            turned = line.turn % 180
            low, high = (1, 3) if turned else (0, 2)
            yield start, end, max(box[high] for box in boxes) - min(box[low] for box in boxes)
        start = end


def _beside(first: Line, line: Line) -> bool:
    """Whether a line may belong to the same table as the first."""
    return line.page == first.page and line.turn == first.turn and line.framed is None and bool(line.chars)


def _regions_of(placed: Sequence[list[PlacedPiece]], offset: int, width: float) -> Iterator[Region]:
    """The regions among these lines. offset: index of the first of them in the document."""
    at = 0
    while at < len(placed):
        if not _is_seed(placed[at]):
            at += 1
            continue
        end = at + 1
        last_seed = at
        while end < len(placed) and _may_belong(placed[end - 1], placed[end], width):
            if _is_seed(placed[end]):
                last_seed = end
            end += 1
        start, end = _head_start(placed, at, width), _tail_end(placed, last_seed, end)
        rows = [list(row) for row in placed[start:end]]
        region = Region(rows, offset + start, offset + end, _head_lines(rows))
        if _is_table(region):
            yield region
        at = end


def _head_lines(rows: Sequence[list[PlacedPiece]]) -> int:
    """How many lines from the top are the head: above the widest step on the way to the first line with a figure.

    The first row of the body may begin above its figures, for these stand at its middle.
    """
    first = next((index for index, row in enumerate(rows) if any(piece.is_figure for piece in row)), len(rows))
    steps = [rows[index][0].top - rows[index - 1][0].top for index in range(1, min(first + 1, len(rows)))]
    if first == len(rows):
        return first
    if not steps:
        return 0
    widest = max(steps)
    return max(index for index, step in enumerate(steps, start=1) if step >= _NEARLY * widest)


def _is_seed(row: Sequence[PlacedPiece]) -> bool:
    """Whether a line is a row by itself: three pieces, or two with a figure."""
    return len(row) >= 3 or (len(row) == 2 and any(piece.is_figure for piece in row))


def _may_belong(above: Sequence[PlacedPiece], row: Sequence[PlacedPiece], width: float) -> bool:
    """Whether a line may go on with a table: near, and no prose, heading or caption."""
    if not above or not row:
        return False
    size = row[0].bottom - row[0].top
    if row[0].top - above[0].bottom > _MOST_GAP * size or row[0].top < above[0].top - size:
        return False
    return _is_seed(row) or not _is_prose(row, width)


def _is_prose(row: Sequence[PlacedPiece], width: float) -> bool:
    """Whether a line is a sentence, a heading, a caption or a page mark."""
    text = row[0].text
    if len(row) > 1:
        return any(piece.x1 - piece.x0 > _WIDE * width for piece in row)
    if row[0].x1 - row[0].x0 > _WIDE * width or is_page_mark(text):
        return True
    return is_caption(text) or (label_of(text) is not None and not looks_closed(text) and len(text) > 4)


def _head_start(placed: Sequence[list[PlacedPiece]], seed: int, width: float) -> int:
    """The index of the first line of the head above the first seed: lines that hold nothing but heads."""
    start = seed
    while start > 0 and _may_belong(placed[start - 1], placed[start], width):
        row = placed[start - 1]
        if not row or _is_prose(row, width) or not all(map(_may_be_head, row)):
            break
        start -= 1
    return start


def _may_be_head(piece: PlacedPiece) -> bool:
    """Whether a piece names a column, or may be part of a name broken over lines."""
    return is_head(piece.text) or (len(piece.text) <= _SHORT and not looks_closed(piece.text))


def _tail_end(placed: Sequence[list[PlacedPiece]], last_seed: int, end: int) -> int:
    """The index behind the last line: what goes on in lines that follow the last row at the distance of one cell."""
    stop = last_seed + 1
    while stop < end:
        above, row = placed[stop - 1], placed[stop]
        if row[0].top - above[0].top > 1.7 * (row[0].bottom - row[0].top):
            break
        stop += 1
    return stop


def _is_table(region: Region) -> bool:
    """Whether the region can be a table: heads over figures, a line of heads, or three rows of two figures each."""
    figures = [sum(piece.is_figure for piece in row) for row in region.rows]
    rows = sum(count > 0 for count in figures)
    if region.heads >= 2 and (rows >= _FEWEST_ROWS or region.heads > 2):
        return True
    return sum(count >= 2 for count in figures) > _FEWEST_ROWS
