"""Does a line go on with the one before (换行与另起)? By the margins where lines have a place, else by their words."""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain, compress, pairwise

from extractors.frozen import frozen
from extractors.pages import Line, Turn
from extractors.provenance import Box
from extractors.readers.pdf.packed import PackedChars, reach
from extractors.readers.pdf.plane import turned_back
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.paragraphs import is_note, rest_of_date
from extractors.segment.text_wrapping import TextWrapping

_INDENT = 1.3  # of the size; how far a first line is set in at least
_ROOM = 0.6  # of the size; blank that may be left at the end of a full line beside the next word
_LOOSE = 1.45  # a gap between lines so much wider than the usual begins a paragraph
_SAME_SIZE = 0.12  # of the size; lines of one paragraph differ by no more
_LONG = 12  # characters; margins are seen in lines as long as this
_ENOUGH = 3  # such lines that a page needs to have margins of its own
_SAME_END = 9.0  # points; full lines end no further apart
_TELLING = 9  # characters at its beginning that tell a line's size
_LONGEST_WORD = 14  # characters of a number or Latin word that would not fit and went to the next line
_COLUMN_GAP = "  "  # two blanks: the reader saw something else begin, so the line is a row and no prose


@frozen
class _Measure:
    """The type area of one page (版心). left, right: points. gap: usual blank between two lines, in points."""

    left: float
    right: float
    gap: float


class Wrapping:
    """How the lines of one report are broken (断行): asked line by line whether the next one goes on."""

    def __init__(self, lines: Sequence[Line], taken: Sequence[bool] = (), before: "Wrapping | None" = None) -> None:
        """`lines`: of one report, in order. taken: parallel to them, lines of tables; left out where not yet known.

        before: what was asked of these lines before; its answers hold where the type area is the same without tables.
        """
        prose = [line for line, other in zip(lines, taken, strict=True) if not other] if taken else list(lines)
        self._prose = prose
        if before is not None and len(lines) == len(before._prose) and _only_framed(lines, taken):
            measures = before._measures
        else:
            measures = _all_measures(prose)
        self._measures: dict[Turn, dict[int, _Measure]] = measures
        # By the identity of the second line: both, which are kept with it, and whether it goes on with the first.
        self._told: dict[int, tuple[Line, Line, bool]] = {}
        if before is not None and before._measures == self._measures:
            self._told = before._told

    @cached_property
    def _text(self) -> TextWrapping:
        """How the words say it; asked only where the margins give no answer."""
        return TextWrapping([line for line in self._prose if line.framed is None])

    def continues(self, before: Line, after: Line) -> bool:
        """Whether `after` goes on with the paragraph that `before` belongs to."""
        told = self._told.get(id(after))
        if told is not None and told[0] is before:
            return told[2]
        printed = self.printed(before, after)
        return self._text.continues(before, after) if printed is None else printed

    def keep(self, before: Line, after: Line, goes_on: bool) -> None:
        """Remember an answer of the margins."""
        self._told[id(after)] = before, after, goes_on

    def printed(self, before: Line, after: Line) -> bool | None:
        """The answer of the margins, or None where they give none."""
        page, next_page, turn = before.page or 0, after.page or 0, before.turn
        measures = self._measures.get(turn, {})
        measure = measures.get(page)
        next_measure = measure if next_page == page else measures.get(next_page)
        if measure is None or next_measure is None or turn != after.turn:
            return None
        box, next_box, text = before.box, after.box, after.text
        if box is None or next_box is None or is_note(text) or _has_columns(text) or _has_columns(before.text):
            return bool(rest_of_date(before.text, text))
        if turn:
            box, next_box = _upright(box, turn), _upright(next_box, turn)
        size = _usual_size(before)
        if page == next_page and next_box[1] - box[3] > _LOOSE * measure.gap + 0.2 * size:
            return False
        if _begins_anew(after, next_box, next_measure, size):
            return False
        left, room = measure.right - box[2], _ROOM * size
        if left > room and left > _first_word(after) + room:  # it would still have fitted into the line before
            return None if before.text.rstrip().endswith(("，", "、")) else False
        return not (label_of(text) and looks_closed(before.text))


def counted(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Wrapping | None]:
    """The lines, those of a paged source numbered the way a text file would: by paragraphs and rows of tables.

    What stands in one paragraph or one row then shares a number, as it shares a line in a text. With them what was
    asked to find that, if anything.
    """
    if all(line.page is None for line in lines):
        return tuple(lines), None
    wrapping = Wrapping(lines)
    numbered: list[Line] = []
    row: tuple[int, int] | None = None
    body: Line | None = None
    number = last = 0  # of the line before, and of the body
    for line in lines:
        if line.framed is not None:
            frame, cell = line.framed
            here = (id(frame), frame.cells[cell].row)
            number += here != row
            row, body = here, None
            numbered.append(line.numbered(number))
            continue
        row, above = None, body
        printed = None if above is None else wrapping.printed(above, line)
        if above is not None and (wrapping.continues(above, line) if printed is None else printed):
            number = last
            body = made = line.numbered(number)
        else:
            number += 1
            made = line.numbered(number)
            if not is_note(line.text):  # which goes on with nothing
                body, last = made, number
        if above is not None and printed is not None:
            wrapping.keep(above, made, printed)
        numbered.append(made)
    return tuple(numbered), wrapping


def _begins_anew(after: Line, box: Box, measure: _Measure, before: float) -> bool:
    """Whether the look of `after`, which has this box, says that it begins a paragraph: other size, or set in.

    before: the size of the line before.
    """
    size = _usual_size(after)
    if abs(before - size) > _SAME_SIZE * before:
        return True
    return box[0] - measure.left > _INDENT * size and not _centred(box, measure, size)


def _all_measures(lines: Sequence[Line]) -> dict[Turn, dict[int, _Measure]]:
    """The type area of each page by the direction of its text: scanned sheets may lie sideways."""
    return {turn: _measures(lines, turn) for turn in {line.turn for line in lines}}


def _measures(lines: Sequence[Line], turn: Turn) -> dict[int, _Measure]:
    """The type area of each page (1-based) whose lines have a place; only a wider page has a right edge of its own.

    Rows of tables without rules may reach over the type area, so the edge is where most long lines end.
    turn: of the lines that count; the area is that of the page seen upright for them.
    """
    pages: dict[int, list[Box]] = {}
    long: dict[int, list[Box]] = {}
    page: int | None = None
    for line in lines:
        box, text = line.box, line.text
        if line.framed is None and line.page is not None and box is not None and line.turn == turn:
            if line.page != page:
                page = line.page
                all_of_page, long_of_page = pages.setdefault(page, []), long.setdefault(page, [])
            box = _upright(box, turn) if turn else box
            all_of_page.append(box)
            if len(text) >= _LONG and not (_COLUMN_GAP in text and _has_columns(text)):  # it shows the margins
                long_of_page.append(box)
    ends = {page: sorted([box[2] for box in own]) for page, own in long.items()}
    usual = _usual_end(sorted(chain.from_iterable(ends.values())))
    starts = sorted([box[0] for own in long.values() for box in own])
    left = starts[len(starts) // 10] if starts else 0.0
    gaps = sorted([gap for own in pages.values() for gap in _gaps(own)])
    gap = gaps[len(gaps) // 2] if gaps else 0.0
    measures = {}
    for page, own in pages.items():
        shown = ends.get(page, ())
        right = max(usual, _usual_end(shown)) if len(shown) >= _ENOUGH else usual
        right = right or max([box[2] for box in own])
        measures[page] = _Measure(min(left, *[box[0] for box in own]), right, gap)
    return measures


def _only_framed(lines: Sequence[Line], taken: Sequence[bool]) -> bool:
    """Whether all lines that are taken stand in frames, which tell nothing of the type area."""
    return all(line.framed is not None for line in compress(lines, taken))


def _upright(box: Box, turn: Turn) -> Box:
    """A box of turned text, seen upright; measured from another corner of the page, for only distances are asked."""
    return turned_back(box, turn, 0.0, 0.0)


def _has_columns(text: str) -> bool:
    """Whether something else begins within the line."""
    return _COLUMN_GAP in text and _COLUMN_GAP in text.strip()


def _usual_end(ends: Sequence[float]) -> float:
    """Where most long lines end; the one further right of two places that are equally frequent. 0 without lines.

    ends: of the long lines, ascending.
    """
    most = start = 0
    best = 0.0
    for index, end in enumerate(ends):
        while end - ends[start] > _SAME_END:
            start += 1
        if index - start + 1 >= most:
            most, best = index - start + 1, end
    return best


def _gaps(boxes: Sequence[Box]) -> list[float]:
    """The blanks between lines that follow each other, in points."""
    return [gap for a, b in pairwise(boxes) if 0 < (gap := b[1] - a[3]) < 30]


def _usual_size(line: Line) -> float:
    """The usual size of the line's characters, in points."""
    chars = line.chars
    if isinstance(chars, PackedChars):  # whose boxes stay unmade
        size = chars.size
        if size is not None and line.text:
            return size
        sizes = sorted(chars.sizes(_TELLING))
    else:
        sizes = sorted(char.size for char in chars[:_TELLING])
    return sizes[len(sizes) // 2] if sizes else 12.0


def _first_word(line: Line) -> float:
    """The width of what could not be parted from the line's first character, in points."""
    text = line.text
    end = 1
    while end < min(len(text), _LONGEST_WORD) and _clings(text[end - 1], text[end]):
        end += 1
    if not line.chars:
        return 0.0
    first, last = reach(line.chars, 0, end)
    if line.turn:
        first, last = _upright(first, line.turn), _upright(last, line.turn)
    return last[2] - first[0]


def _clings(before: str, after: str) -> bool:
    """Whether a line is never broken between these two characters."""
    if after in "，。；：、！？）》”’％%〕】」』),.;:":
        return True
    if before in "（《“‘”’〔【「『(" or after in "“‘":  # browsers keep a quotation at the words around it …
        return True
    if after in "（《" and before.isascii() and before.isalnum():  # … and a bracket at the number before it
        return True
    if before in "，。；：、":  # some office programs begin no line with a number right behind them
        return after.isdecimal()
    return (before.isascii() or before in "≥≤≧≦＞＜±") and after.isascii() and before != " " and after != " "


def _centred(box: Box, measure: _Measure, size: float) -> bool:
    """Whether a line with this box stands in the middle of the type area."""
    before, behind = box[0] - measure.left, measure.right - box[2]
    return before > 3 * size and abs(before - behind) < 1.5 * size
