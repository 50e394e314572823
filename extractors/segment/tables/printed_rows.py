"""Which lines of a column make the cell of which row (列内各行的归属): cells stand level with their row's figures."""

import re
from collections.abc import Callable, Sequence
from itertools import islice, pairwise

from extractors.frozen import replace
from extractors.remembered import Remembered
from extractors.segment.headings import looks_closed
from extractors.segment.tables.pieces import PlacedPiece
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_STEP = 1.9  # of the size; lines of one cell stand no further apart
_NAME_STEP = 2.5  # of the size; the same for names, whose characters may be spread out
_UNUSUAL = 5.0  # points that speak against cells at the top of their rows
_APART, _RUNS_ON, _EMPTY, _TORN = 60.0, 4.0, 1.5, 3.0  # points that speak against a way to share the lines out
_TWO_LINES = 1.5  # times the height of one
_BEYOND = float("inf")

_LONG = 6  # characters; a shorter line may be a name, which is full without going on
_MOST_LINES = 6  # of a name
_LONGEST_NAME = 40  # characters of a name that is remembered
_NAMES = frozenset(map(plain, (*LEVEL1, *LEVEL2, *LEVEL3, *TOTAL_LABELS, *SUBTOTAL_LABELS)))
_WHOLE = re.compile(r"[-−+＋]?[0-9]+(?:\.[0-9]+)?[%％]?")
_DATE = re.compile(r"20\d\d([-./])\d{1,2}\1\d{1,2}")
_POINTS = re.compile(r"[(（]\d{1,3}(?:\.\d+)?分?[)）]$")
_BROKEN = re.compile(r"-?[0-9,]+\.[0-9]?")
_DECIMALS = re.compile(r"-?[0-9,]+\.([0-9]{2,4})[%％]?")
_DIGITS = re.compile(r"[-−+＋]?[0-9.]+[%％]?")
_BEGUN_DATE = re.compile(r"20\d\d([-./])(?:\d{1,2}\1)?")

_Ways = dict[int, tuple[float, tuple[int, ...]]]  # by lines shared out so far: what speaks against, where rows end


def shared_out(
    lines: Sequence[PlacedPiece], middles: Sequence[float], begins: bool, ends: bool, setting: str = ""
) -> tuple[list[list[PlacedPiece]], bool] | None:
    """The lines of one column for each row, or None where they cannot be shared out.

    lines: from top to bottom. middles: heights of the rows' figures, ascending. begins, ends: whether the table does
    so on this page. setting: `top` or `middle` where it is known how cells are set, else as suits the column better.
    The first share goes on with the last row of the page before, the last one begins the first row of the next page;
    the shares of the rows stand between them. With them whether, unasked, cells were taken to stand at the top.
    """
    full = max([line.x1 for line in lines], default=0.0)
    cuts = [_cut(lines, stop, full) for stop in range(len(lines) + 1)]
    best = _shared(lines, middles, begins, ends, cuts, top=setting == "top")
    if best is None:
        return None
    at_top = None
    if not setting and best[0] > _UNUSUAL:  # else nothing can speak for the other way
        at_top = _shared(lines, middles, begins, ends, cuts, top=True, most=best[0])
        at_top = at_top if at_top is not None and best[0] > at_top[0] + _UNUSUAL else None
    _, stops = at_top or best
    shares = [list(lines[start:stop]) for start, stop in zip((0, *stops[:-1]), stops, strict=True)]
    return shares, at_top is not None


def _shared(
    lines: Sequence[PlacedPiece],
    middles: Sequence[float],
    begins: bool,
    ends: bool,
    cuts: Sequence[float],
    *,
    top: bool,
    most: float = _BEYOND,
) -> tuple[float, tuple[int, ...]] | None:
    """The best way to share the lines out; where each share stops (0-based, half open). cuts: as for _with_row().

    most: what may speak against it; more can only be added to a way with every row, so worse ones are left early.
    """
    heights = [line.middle for line in lines]
    tops = _first_lines(lines)
    above = sum(height < middles[0] for height in heights)
    ways: _Ways = {0: (0.0, (0,))}
    if not begins:
        ways |= {count: (_TORN + cuts[count], (count,)) for count in range(1, above + 1)}
    for row, middle in enumerate(middles):
        low = middles[row - 1] if row else -_BEYOND
        high = middles[row + 1] if row + 1 < len(middles) else _BEYOND
        broken = _BEYOND if row < len(middles) - 1 else _UNUSUAL if ends else 0.0
        ways = _with_row(ways, lines, heights, tops, cuts, (low, middle, high), top=top, broken=broken)
        if most < _BEYOND:
            ways = {stop: way for stop, way in ways.items() if way[0] <= most}
    finished = [
        (cost + (_TORN if start < len(lines) else 0.0), (*stops, len(lines)))
        for start, (cost, stops) in ways.items()
        if start == len(lines) or (not ends and heights[start] > middles[-1])
    ]
    return min(finished, default=None)


def _with_row(
    ways: _Ways,
    lines: Sequence[PlacedPiece],
    heights: Sequence[float],
    tops: Sequence[float],
    cuts: Sequence[float],
    place: tuple[float, float, float],
    *,
    top: bool,
    broken: float,
) -> _Ways:
    """The ways with one row more: with an empty cell, or with the next lines for as long as they may be its cell.

    heights: middles of the lines. tops: the same of their first lines. cuts: what speaks against a cell that ends
    before each line. place: heights of the row before, of this row and of the next one. broken: what speaks against
    the page breaking the cell, so that the rest stands at its top although cells are centred.
    """
    low, middle, high = place
    after: _Ways = {}
    for start, (cost, stops) in ways.items():
        first = heights[start] if start < len(lines) else _BEYOND
        if first <= low:  # a line that no row will have: this way leads nowhere
            continue
        known = after.get(start)
        if known is None or cost + _EMPTY < known[0]:
            after[start] = (cost + _EMPTY, (*stops, start))
        if first >= high:
            continue
        farthest = _STEP * (lines[start].bottom - lines[start].top)
        apart, at_top, before = 0.0, abs(tops[start] - middle), first
        for stop, height in enumerate(islice(heights, start, None), start=start + 1):
            if height >= high:
                break
            if height - before > farthest:
                apart += _APART
            off = at_top
            if not top and (off := abs((first + height) / 2 - middle)) > at_top + broken:
                off = at_top + broken
            against = cost + (apart + off) + cuts[stop]
            known = after.get(stop)
            if known is None or against < known[0]:
                after[stop] = (against, (*stops, stop))
            before = height
    return after


def _first_lines(pieces: Sequence[PlacedPiece]) -> list[float]:
    """The middle of each piece's first line; some are numbers that were broken over two."""
    line = min((piece.bottom - piece.top for piece in pieces), default=0.0)
    return [piece.top + line / 2 if piece.bottom - piece.top > _TWO_LINES * line else piece.middle for piece in pieces]


def _cut(lines: Sequence[PlacedPiece], stop: int, full: float) -> float:
    """What speaks against a cell that ends before line `stop`: a full line without an end goes on."""
    if not 0 < stop < len(lines):
        return 0.0
    before = lines[stop - 1]
    runs_on = full - before.x1 < before.bottom - before.top and not looks_closed(before.text)
    runs_on = runs_on and len(before.text) >= _LONG
    return _RUNS_ON if runs_on else 0.0


def _bare_name(text: str) -> str:
    return _POINTS.sub("", plain(text)).rstrip("：:")


bare_name: Callable[[str], str] = Remembered(_bare_name, _LONGEST_NAME, 4096).__getitem__
"""A name as it is compared: without the points that a cell prints behind it, `产出数量（13分）`."""


def standard_names(lines: Sequence[PlacedPiece]) -> list[list[PlacedPiece]] | None:
    """The lines of a column as the fewest names of the standard framework, or None where others stand among them."""
    ways: list[tuple[int, int] | None] = [(0, 0)]  # how many names, and where the last one begins
    for stop in range(1, len(lines) + 1):
        found: tuple[int, int] | None = None
        for start in range(max(stop - _MOST_LINES, 0), stop):
            before = ways[start]
            if (
                before is None
                or _torn_apart(lines[start:stop])
                or bare_name("".join(line.text for line in lines[start:stop])) not in _NAMES
            ):
                continue
            found = min(found or (len(lines) + 1, 0), (before[0] + 1, start))
        ways.append(found)
    names: list[list[PlacedPiece]] = []
    stop = len(lines)
    while stop and (way := ways[stop]) is not None:
        names.insert(0, list(lines[way[1] : stop]))
        stop = way[1]
    return None if stop else names


def _torn_apart(lines: Sequence[PlacedPiece]) -> bool:
    """Whether lines stand too far apart to make one name: 履职 and 效益, each at the middle of its own rows."""
    return any(
        below.middle - above.middle > _NAME_STEP * (above.bottom - above.top) for above, below in pairwise(lines)
    )


def with_whole_numbers(body: Sequence[PlacedPiece]) -> list[PlacedPiece]:
    """The pieces of a table; numbers joined that a narrow column broke over two lines.

    Such are `100` over `%` and `89.` over `70%`, and where 合 stands over 计 those broken on the same two heights;
    and dates, `2024-02-` over `26`.
    """
    pieces = list(body)
    for upper in [piece for piece in body if _BEGUN_DATE.fullmatch(piece.text)]:
        rest = _right_below(upper, pieces) or _right_below(upper, pieces, flush=True)
        if rest is not None and _DATE.fullmatch(upper.text + rest.text):
            pieces = _with_joined(pieces, upper, rest)
    signs = any(piece.text in ("%", "％") for piece in body)
    for upper in [piece for piece in body if (signs or piece.text.endswith(".")) and _DIGITS.fullmatch(piece.text)]:
        rest = _right_below(upper, pieces)
        if rest is not None and (rest.text in ("%", "％") or (upper.text.endswith(".") and _is_rest(upper, rest))):
            pieces = _with_joined(pieces, upper, rest)
    for label in [piece for piece in body if len(piece.text) == 1 and piece.text in _BEGIN_TOTALS]:
        below = _right_below(label, body)
        if below is None or label.text + below.text not in (*TOTAL_LABELS, *SUBTOTAL_LABELS):
            continue
        for upper in [piece for piece in pieces if _is_level(piece, label) and _DIGITS.fullmatch(piece.text)]:
            rest = _right_below(upper, [piece for piece in pieces if _is_level(piece, below)])
            if rest is not None and _is_rest(upper, rest):
                pieces = _with_joined(pieces, upper, rest)
    return pieces


def _is_rest(upper: PlacedPiece, rest: PlacedPiece) -> bool:
    """Whether two pieces make one number."""
    return _WHOLE.fullmatch(upper.text + rest.text) is not None


def _with_joined(pieces: Sequence[PlacedPiece], upper: PlacedPiece, rest: PlacedPiece) -> list[PlacedPiece]:
    """The pieces, two of them as one."""
    number = replace(upper, text=upper.text + rest.text, bottom=rest.bottom, ends=None)
    return [number if piece is upper else piece for piece in pieces if piece is not rest]


def with_whole_decimals(own: Sequence[PlacedPiece]) -> list[PlacedPiece]:
    """The pieces of one column, sorted; numbers joined that it had no room for: `2,059.9` over `8`, `96.1` over `5%`.

    Only where all its numbers have equally many decimals then.
    """
    whole: list[PlacedPiece] = []
    for piece in own:
        upper = whole[-1] if whole else None
        if (
            upper is not None
            and _BROKEN.fullmatch(upper.text)
            and _right_below(upper, [piece]) is not None
            and _DECIMALS.fullmatch(upper.text + piece.text)
        ):
            whole[-1] = replace(upper, text=upper.text + piece.text, bottom=piece.bottom, ends=None)
        else:
            whole.append(piece)
    if len(whole) == len(own):
        return list(own)
    decimals = {len(found[1]) for piece in whole if (found := _DECIMALS.fullmatch(piece.text))}
    numbers = sum(piece.is_figure and piece.text[-1] in "0123456789%％" for piece in whole)
    return whole if len(decimals) == 1 and numbers == sum(map(_has_decimals, whole)) else list(own)


def _has_decimals(piece: PlacedPiece) -> bool:
    """Whether a piece is a number with decimals."""
    return _DECIMALS.fullmatch(piece.text) is not None


_BEGIN_TOTALS = frozenset(label[0] for label in (*TOTAL_LABELS, *SUBTOTAL_LABELS) if len(label) == 2)


def _is_level(piece: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether two pieces stand on one height."""
    return abs(piece.middle - other.middle) <= 0.2 * (other.bottom - other.top)


def _right_below(piece: PlacedPiece, others: Sequence[PlacedPiece], *, flush: bool = False) -> PlacedPiece | None:
    """The first of the others that stands in the line right below a piece, at the middle of it; flush: at its left."""
    top, size, ends = piece.top, piece.bottom - piece.top, piece.x0 + piece.x1
    least, most = 0.5 * size, 1.6 * size
    for one in others:
        if least < one.top - top <= most and (
            abs(one.x0 - piece.x0) < 0.5 * size if flush else abs(ends - one.x0 - one.x1) < size
        ):
            return one
    return None
