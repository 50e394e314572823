"""Which lines of a column make the cell of which row (列内各行的归属): cells stand level with their row's figures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.segment.headings import looks_closed
from extractors.segment.tables.pieces import PlacedPiece
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_STEP = 1.9  # of the size; lines of one cell stand no further apart
_NAME_STEP = 2.5  # of the size; the same for names, whose characters may be spread out
_UNUSUAL = 5.0  # points that speak against cells at the top of their rows
_APART, _RUNS_ON, _EMPTY, _TORN = 60.0, 4.0, 1.5, 3.0  # points that speak against a way to share the lines out
_BEYOND = float("inf")

_LONG = 6  # characters; a shorter line may be a name, which is full without going on
_MOST_LINES = 6  # of a name
_NAMES = frozenset(map(plain, (*LEVEL1, *LEVEL2, *LEVEL3, *TOTAL_LABELS, *SUBTOTAL_LABELS)))
_WHOLE = re.compile(r"[0-9]+(?:\.[0-9]+)?[%％]?")
_POINTS = re.compile(r"[(（]\d{1,3}(?:\.\d+)?分?[)）]$")
_DIGITS = re.compile(r"[0-9.]+[%％]?")

_Ways = dict[int, tuple[float, tuple[int, ...]]]  # by lines shared out so far: what speaks against, where rows end


def shared_out(
    lines: Sequence[PlacedPiece], middles: Sequence[float], begins: bool, ends: bool, setting: str = ""
) -> list[list[PlacedPiece]] | None:
    """The lines of one column for each row, or None where they cannot be shared out.

    lines: from top to bottom. middles: heights of the rows' figures, ascending. begins, ends: whether the table does
    so on this page. setting: `top` or `middle` where it is known how cells are set, else as suits the column better.
    The first share goes on with the last row of the page before, the last one begins the first row of the next page;
    the shares of the rows stand between them.
    """
    full = max((line.x1 for line in lines), default=0.0)
    centred = _shared(lines, middles, begins, ends, full, top=False)
    at_top = _shared(lines, middles, begins, ends, full, top=True)
    if centred is None or at_top is None:
        return None
    likelier = "middle" if centred[0] <= at_top[0] + _UNUSUAL else "top"
    stops = centred[1] if (setting or likelier) == "middle" else at_top[1]
    return [list(lines[start:stop]) for start, stop in zip((0, *stops[:-1]), stops, strict=True)]


def _shared(
    lines: Sequence[PlacedPiece], middles: Sequence[float], begins: bool, ends: bool, full: float, *, top: bool
) -> tuple[float, tuple[int, ...]] | None:
    """The best way to share the lines out; where each share stops (0-based, half open)."""
    above = sum(line.middle < middles[0] for line in lines)
    ways: _Ways = {0: (0.0, (0,))}
    if not begins:
        ways |= {count: (_TORN + _cut(lines, count, full), (count,)) for count in range(1, above + 1)}
    for row, middle in enumerate(middles):
        low = middles[row - 1] if row else -_BEYOND
        high = middles[row + 1] if row + 1 < len(middles) else _BEYOND
        broken = _BEYOND if row < len(middles) - 1 else _UNUSUAL if ends else 0.0
        ways = _with_row(ways, lines, (low, middle, high), full, top=top, broken=broken)
    finished = [
        (cost + (_TORN if start < len(lines) else 0.0), (*stops, len(lines)))
        for start, (cost, stops) in ways.items()
        if start == len(lines) or (not ends and lines[start].middle > middles[-1])
    ]
    return min(finished, default=None)


def _with_row(
    ways: _Ways,
    lines: Sequence[PlacedPiece],
    place: tuple[float, float, float],
    full: float,
    *,
    top: bool,
    broken: float,
) -> _Ways:
    """The ways with one row more. place: heights of the row before, of this row and of the next one."""
    low, middle, high = place
    after: _Ways = {}
    for start, (cost, stops) in ways.items():
        for stop in range(start, len(lines) + 1):
            if stop > start and not (lines[start].middle > low and lines[stop - 1].middle < high):
                break
            against = cost + _against(lines[start:stop], middle, top=top, broken=broken)
            against += _cut(lines, stop, full) if stop > start else 0.0
            if stop not in after or against < after[stop][0]:
                after[stop] = (against, (*stops, stop))
    return after


def _against(own: Sequence[PlacedPiece], middle: float, *, top: bool, broken: float) -> float:
    """What speaks against these lines being the cell of the row at `middle`.

    broken: what speaks against the page breaking it, so that the rest stands at its top although cells are centred.
    """
    if not own:
        return _EMPTY
    size = own[0].bottom - own[0].top
    apart = sum(_APART for one, other in pairwise(own) if other.middle - one.middle > _STEP * size)
    at_top = abs(own[0].middle - middle)
    centred = abs((own[0].middle + own[-1].middle) / 2 - middle)
    off = at_top if top else min(at_top + broken, centred)
    return apart + off


def _cut(lines: Sequence[PlacedPiece], stop: int, full: float) -> float:
    """What speaks against a cell that ends before line `stop`: a full line without an end goes on."""
    if not 0 < stop < len(lines):
        return 0.0
    before = lines[stop - 1]
    runs_on = full - before.x1 < before.bottom - before.top and not looks_closed(before.text)
    runs_on = runs_on and len(before.text) >= _LONG
    return _RUNS_ON if runs_on else 0.0


def bare_name(text: str) -> str:
    """A name as it is compared: without the points that a cell prints behind it, `产出数量（13分）`."""
    return _POINTS.sub("", plain(text)).rstrip("：:")


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

    Such are `100` over `%` and `89.` over `70%`, and where 合 stands over 计 those broken on the same two heights.
    """
    pieces = list(body)
    for upper in [piece for piece in body if _DIGITS.fullmatch(piece.text)]:
        rest = next((piece for piece in pieces if _stands_below(upper, piece)), None)
        if rest is not None and (rest.text in ("%", "％") or (upper.text.endswith(".") and _is_rest(upper, rest))):
            pieces = _with_joined(pieces, upper, rest)
    for label in [piece for piece in body if len(piece.text) == 1 and piece.text in _BEGIN_TOTALS]:
        below = next((piece for piece in body if _stands_below(label, piece)), None)
        if below is None or label.text + below.text not in (*TOTAL_LABELS, *SUBTOTAL_LABELS):
            continue
        for upper in [piece for piece in pieces if _is_level(piece, label) and _DIGITS.fullmatch(piece.text)]:
            rest = next((p for p in pieces if _is_level(p, below) and _stands_below(upper, p)), None)
            if rest is not None and _is_rest(upper, rest):
                pieces = _with_joined(pieces, upper, rest)
    return pieces


def _is_rest(upper: PlacedPiece, rest: PlacedPiece) -> bool:
    """Whether two pieces make one number."""
    return _WHOLE.fullmatch(upper.text + rest.text) is not None


def _with_joined(pieces: Sequence[PlacedPiece], upper: PlacedPiece, rest: PlacedPiece) -> list[PlacedPiece]:
    """The pieces, two of them as one."""
    number = replace(upper, text=upper.text + rest.text, bottom=rest.bottom)
    return [number if piece is upper else piece for piece in pieces if piece is not rest]


_BEGIN_TOTALS = frozenset(label[0] for label in (*TOTAL_LABELS, *SUBTOTAL_LABELS) if len(label) == 2)


def _is_level(piece: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether two pieces stand on one height."""
    return abs(piece.middle - other.middle) <= 0.2 * (other.bottom - other.top)


def _stands_below(piece: PlacedPiece, other: PlacedPiece) -> bool:
    """Whether a piece stands in the line right below another, at the middle of it."""
    size = piece.bottom - piece.top
    return 0.5 * size < other.top - piece.top <= 1.6 * size and abs(piece.x0 + piece.x1 - other.x0 - other.x1) < size
