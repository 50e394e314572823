"""Where a table without rules stands on a page (无框线表格的范围): rows of pieces, and what fits between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise, takewhile

from extractors.pages import Line
from extractors.segment.headings import looks_closed
from extractors.segment.tables.heads import is_form_label, is_head
from extractors.segment.tables.leading import Words, leadings_of, spread
from extractors.segment.tables.pieces import PlacedPiece, pieces_of
from extractors.segment.tables.printed_columns import PrintedColumn, pieces_by_column
from extractors.segment.tables.printed_head import goes_on_below, whole_heads
from extractors.segment.tables.printed_lines import (
    has_end,
    is_larger,
    is_line_of_words,
    is_next_line,
    is_prose,
    is_seed,
    may_be_head,
    may_belong,
    size_of_figures,
)
from extractors.segment.tables.roles import head_role
from extractors.segment.tables.tight_rows import may_seed, part_tight_rows
from extractors.vocabulary import plain

_FEWEST_ROWS = 2
_NEARLY = 0.9
_HALF_ROW, _LONGEST_OVER = 1.3, 12  # of the size; characters of a head over others
_MOST_HEAD_LINES = 4
_AIMS = re.compile(r"(?:年初|年度|总体)?(?:预期|设定|绩效|总体)?目标|(?:年度|全年|目标|总体)?(?:实际)?完成情况")
_MOST_TORN_LINES = 8
_LONGEST_HEADS = 60  # characters of heads that only words part


@dataclass(slots=True)
class Region:
    """The pieces of a table on one page (表格区域). start, end: indices of its lines, half open.

    head: how many of its lines, from the top, stand above the first line with a figure. loose: it is a table only
    if it goes on with that of the page before.
    """

    rows: list[list[PlacedPiece]]
    start: int
    end: int
    head: int
    _words: Words = field(default_factory=Words)
    loose: bool = False

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
        """The words of one line."""
        return self._words.of(row)

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
    def texts(self) -> list[str]:
        """What its lines print, for comparing, however they are parted into pieces."""
        return [plain("".join(piece.text for piece in row)) for row in self.rows]

    @property
    def head_print(self) -> list[str]:
        """The characters of its head, for comparing; pages may round heights to lines in different ways."""
        return sorted("".join(self.texts[: self.head]))

    @property
    def heads(self) -> int:
        """How many pieces above the body name columns; names broken over lines count where few stand in one."""
        found = sum(is_head(piece.text) for row in self.rows[: self.head] for piece in row)
        return found if found > 2 or self.head < 2 else max(found, self._broken_heads)

    @property
    def _broken_heads(self) -> int:
        """How many names of columns there are if lines below each other are joined: `单价（万` over `元）`."""
        whole = whole_heads([piece for row in self.rows[: self.head] for piece in row])
        return sum(is_head(piece.text) for piece in whole)


def find_regions(lines: Sequence[Line], free: Sequence[bool]) -> list[Region]:
    """All regions, page by page. free: parallel to `lines`; framed lines are never part of one."""
    if not any(" " in line.text for line in compress(lines, free)):  # nothing stands beside anything
        return []
    stretches = [
        (start, end) for start, end in _stretches(lines, free) if any(" " in line.text for line in lines[start:end])
    ]
    if not any(may_seed(lines[start:end]) for start, end in stretches):  # as in most files
        return []
    regions: list[Region] = []
    found = [
        (start, _width(lines[start:end]), [pieces_of(lines[index], index) for index in range(start, end)])
        for start, end in stretches
    ]
    leadings = leadings_of([[row for row in own if row and not is_prose(row, width)] for _, width, own in found])
    for (start, width, own), leading in zip(found, leadings, strict=True):
        placed = [spread(row, leading) for row in own]
        on_top = not any(
            line.page == lines[start].page and line.text.strip()
            for line in lines[max(start - _MOST_HEAD_LINES, 0) : start]
        )
        regions.extend(_regions_of(placed, start, width, leading, on_top))
    kept: list[Region] = []
    for before, region, after in zip([None, *regions], regions, [*regions, None][1:], strict=False):
        if not _is_table(region) and not _is_piece(before, region, after):
            region.loose = True
            if before is None or not _may_go_on(before, region):
                continue
        kept.append(region)
    return kept


def _may_go_on(before: Region, region: Region) -> bool:
    """Whether some rows may be the end of a table without heads of its own, which the page before breaks off."""
    return region.page == before.page + 1 and len(region.rows) >= _FEWEST_ROWS and _is_table(before)


def _is_piece(before: Region | None, region: Region, after: Region | None) -> bool:
    """Whether a row or two are the beginning or the end of a table of the neighbouring page, which prints its heads."""
    if before is not None and region.page == before.page + 1 and _same_heads(before, region):
        return True
    return after is not None and after.page == region.page + 1 and _same_heads(after, region)


def _same_heads(whole: Region, piece: Region) -> bool:
    """Whether a table's heads, or the first of them, stand above a piece as well."""
    pairs = zip(whole.texts[: whole.head], piece.texts, strict=False)
    depth = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return depth > 0 and any(map(is_line_of_words, piece.rows[:depth])) and _is_table(whole)


def _stretches(lines: Sequence[Line], free: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Unframed, unclaimed, printed lines of one page and direction, half open."""
    end = 0
    for start in compress(range(len(lines)), free):
        if start < end:
            continue
        line = lines[start]
        if line.box is not None and line.framed is None and line.chars:
            end = start + 1
            while end < len(lines) and free[end] and _beside(line, lines[end]):
                end += 1
            yield start, end


def _beside(first: Line, line: Line) -> bool:
    """Whether a line may belong to the same table as the first."""
    return line.page == first.page and line.turn == first.turn and line.framed is None and bool(line.chars)


def _width(lines: Sequence[Line]) -> float:
    """The width of the type area, by the lines of a page."""
    boxes = [line.box for line in lines if line.box is not None]
    low, high = (1, 3) if lines[0].turn % 180 else (0, 2)
    return max([box[high] for box in boxes]) - min([box[low] for box in boxes])


def _regions_of(
    placed: list[list[PlacedPiece]], offset: int, width: float, leading: float, on_top: bool
) -> Iterator[Region]:
    """The regions among these lines. offset: index of the first of them in the document. on_top: of their page.

    leading: of the cells, times the usual one.
    """
    at = 0
    words = Words(leading)
    part_tight_rows(placed, words, width)
    first_seed = True
    while at < len(placed):
        if not is_seed(placed[at]):
            at += 1
            continue
        end = at + 1
        last_seed = at
        size = size_of_figures(placed[at])
        while end < len(placed) and may_belong(placed[end - 1], placed[end], width):
            if size and is_larger(placed[end], size):
                break
            if is_seed(placed[end]):
                last_seed = end
                size = max(size, size_of_figures(placed[end]))
            end += 1
        start, end = _head_start(placed, at, width), _tail_end(placed, last_seed, end)
        top = next(index for index, row in enumerate(placed) if row)
        goes_on = on_top and first_seed and _goes_on_with_page_before(placed[top : at + 1], width)
        start = top if goes_on else start
        for first, last in pairwise((start, *_new_heads(placed, start, end, words), end)):
            rows = [list(row) for row in placed[first:last]]
            head = 0 if goes_on and first == top else _head_lines(rows)
            yield Region(rows, offset + first, offset + last, head, words)
        at, first_seed = end, False


def _new_heads(placed: Sequence[list[PlacedPiece]], start: int, end: int, words: Words) -> Iterator[int]:
    """Indices of the lines, behind the first, at which another table begins: heads of columns below other rows."""
    seen: int | None = None  # the last line above that belongs to no head
    for index in range(start, end):
        row = placed[index]
        if any(piece.is_figure for piece in row):
            seen = index
        elif seen is not None and _ends_heads(placed, max(seen + 1, index + 1 - _MOST_HEAD_LINES), index, end, words):
            steps = {at: placed[at][0].top - placed[at - 1][0].top for at in range(seen + 1, index + 1)}
            widest = max(steps.values())
            yield max(at for at, step in steps.items() if step >= _NEARLY * widest)
            seen = None
        elif any(is_form_label(piece.text) for piece in row):
            seen = index


def _ends_heads(placed: Sequence[list[PlacedPiece]], first: int, last: int, end: int, words: Words) -> bool:
    """Whether lines end with three heads of columns or more, or with the two of a form's aims (预期目标、完成情况)."""
    if last + 1 < end and not any(piece.is_figure for piece in placed[last + 1]) and len(placed[last + 1]) > 1:
        return _is_head_line(placed[last : last + 1], words)
    return _is_head_line(placed[last : last + 1], words) or _is_head_line(placed[first : last + 1], words)


def _is_head_line(rows: Sequence[Sequence[PlacedPiece]], words: Words) -> bool:
    """Whether lines hold three heads of columns or more."""
    pieces = [piece for row in rows for piece in row]
    if sum(len(piece.text) for piece in pieces) > _LONGEST_HEADS:
        return False
    if len(pieces) == 2 and all(_AIMS.fullmatch(plain(piece.text)) for piece in pieces):
        return True
    found = [word for row in rows for word in words.of(row)]
    whole = whole_heads(found) if len(found) > 2 else ()
    heads = sum(head_role(head.text) is not None for head in whole)
    return heads > 2 and 2 * heads >= len(whole)


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
    ends = [index for index, step in enumerate(steps, start=1) if step >= _NEARLY * widest]
    end = next((end for end in ends if _heads_end(rows, end, ends[-1])), ends[-1])
    return end + 1 if end < first and _completes_heads(rows, end) else end


def _completes_heads(rows: Sequence[list[PlacedPiece]], end: int) -> bool:
    """Whether the line at `end` (0-based) holds nothing but the last lines of heads begun above: 一级指 over 标."""
    above = [piece for row in rows[:end] for piece in row]
    whole = whole_heads([*above, *rows[end]])
    alone = {id(piece) for piece in whole}
    joined = sum(id(piece) not in alone for piece in rows[end])
    heads = sum(head_role(piece.text) is not None for piece in whole)
    below = all(any(goes_on_below(other, piece) for other in above) for piece in rows[end])
    return heads > 2 and below and 2 * joined >= len(rows[end])


def _heads_end(rows: Sequence[list[PlacedPiece]], end: int, last: int) -> bool:
    """Whether all heads stand in the lines before `end`; rows without figures follow, up to `last`."""
    above = whole_heads([piece for row in rows[:end] for piece in row])
    below = whole_heads([piece for row in rows[end:last] for piece in row])
    return sum(is_head(piece.text) for piece in above) > 2 and not any(head_role(piece.text) for piece in below)


def _head_start(placed: Sequence[list[PlacedPiece]], seed: int, width: float) -> int:
    """The index of the first line of the head above the first seed: lines that hold nothing but heads."""
    start = seed
    while start > 0 and may_belong(placed[start - 1], placed[start], width):
        row = placed[start - 1]
        if not row or is_prose(row, width):
            break
        if not all(map(may_be_head, row)) and not _is_over_heads(row, placed[start : seed + _MOST_HEAD_LINES]):
            break
        start -= 1
    return start


def _is_over_heads(row: Sequence[PlacedPiece], below: Sequence[Sequence[PlacedPiece]]) -> bool:
    """Whether each piece stands over two heads or more, half a row above those beside it: `其中（万元）`.

    So does the upper half of a head broken over two lines.
    """
    size = row[0].bottom - row[0].top
    step = below[0][0].top - row[0].top
    if len(below) < 2 or step > _HALF_ROW * size:
        return False
    if step < _NEARLY * size:
        return all(len(piece.text) <= _LONGEST_OVER for piece in row)  # nothing but cells stands beside cells
    heads = takewhile(lambda line: not any(piece.is_figure for piece in line), below[1:])
    deeper = [piece.x0 + piece.x1 for line in heads for piece in line]
    for piece in row:
        beside = any(other.x0 < piece.x1 and other.x1 > piece.x0 for other in below[0])
        inside = min(deeper, default=0.0) < piece.x0 + piece.x1 < max(deeper, default=0.0)
        if beside or not inside or len(piece.text) > _LONGEST_OVER or looks_closed(piece.text):
            return False
    return True


def _goes_on_with_page_before(placed: Sequence[list[PlacedPiece]], width: float) -> bool:
    """Whether the lines of a page above its first row of figures are the beginning of that row."""
    heads = sum(head_role(piece.text) is not None for row in placed[:-1] for piece in row)
    if len(placed) > _MOST_TORN_LINES or heads > 1 or not any(piece.is_figure for piece in placed[-1]):
        return False
    return all(
        above and may_belong(above, row, width) and not is_prose(above, width) and not has_end(above)
        for above, row in pairwise(placed)
    )


def _tail_end(placed: Sequence[list[PlacedPiece]], last_seed: int, end: int) -> int:
    """The index behind the last line: what goes on in lines that follow the last row at the distance of one cell."""
    stop = last_seed + 1
    while stop < end:
        if not is_next_line(placed[stop - 1], placed[stop]):
            break
        stop += 1
    return stop


def _is_table(region: Region) -> bool:
    """Whether the region can be a table: heads over figures, a line of heads, or three rows of two figures each."""
    figures = [sum(piece.is_figure for piece in row) for row in region.rows]
    rows = sum(count > 0 for count in figures)
    if region.head > _MOST_TORN_LINES and rows < _FEWEST_ROWS:
        return False  # a blank form
    if region.heads >= 2 and (rows >= _FEWEST_ROWS or region.heads > 2):
        return True
    return sum(count >= 2 for count in figures) > _FEWEST_ROWS
