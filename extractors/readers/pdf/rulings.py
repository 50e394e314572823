"""From drawn paths to rulings (框线): lines and thin rectangles, dashes joined, doubles taken as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from operator import itemgetter
from typing import Any

from extractors.provenance import Box
from extractors.readers.pdf.limits import MAX_PATHS

_THIN = 3.0  # points; a filled rectangle no thicker is a rule
_STRAIGHT = 0.6  # points a line may lean
_WHITE, _FAINT = 0.96, 0.05  # of the lightest colour, and opacity
_PAPER = 0.99  # of the lightest colour; the ground of a cell is seldom darker than a rule may be
_CLEAR = 12  # of 255; an opacity as little as _FAINT
_DASH_GAP = 4.5
_DOT = 2.0  # points; a shape no larger either way is a dot, and rules may be made of them
_SHORTEST = 8.0  # points; of a rule made of dots
_SAME_PLACE = 2.6  # points between the strokes of a double rule

Path = Mapping[str, Any]  # one of those of get_cdrawings
Vector = Mapping[str, Any]  # a box without its path: a block of type 3 among those of get_text("rawdict")
Segment = tuple[float, float, float]  # place across, start, end
_BY_START = itemgetter(1)


class Strokes:
    """The pieces of rules among a page's vectors or paths (笔画); paths come one by one, for none is kept.

    horizontal, vertical: as found so far. count: of the paths, filled and stroked ones counted once, or of vectors.
    shades: filled rectangles too thick for a rule, which may be the ground of cells.
    """

    def __init__(self) -> None:
        """Nothing is drawn yet."""
        self.horizontal: list[Segment] = []
        self.vertical: list[Segment] = []
        self.shades: list[Box] = []
        self.count = 0
        self._dots: list[Box] = []
        self._filled: Path | None = None  # the last path, filled; if its stroke follows they are one

    @classmethod
    def of_vectors(cls, vectors: Sequence[Vector]) -> Strokes | None:
        """The pieces of rules among vectors (矢量), or None where their boxes do not tell: then the paths must.

        Boxes (points) tell of filled rectangles, and of level and upright lines, which they surround by the pen's width
        on all sides.
        """
        if len(vectors) > MAX_PATHS:
            return None
        strokes = cls()
        strokes.count = len(vectors)
        for vector in vectors:
            color = vector["color"]
            if vector["alpha"] <= _CLEAR or (color and _lightness(color) > _PAPER):
                continue
            x0, y0, x1, y1 = box = vector["bbox"]
            wide, high = x1 - x0, y1 - y0
            thick = wide > _THIN and high > _THIN
            if not vector["isrect"] or (thick and vector["stroked"]):
                return None
            if thick:
                if wide >= _SHORTEST and high >= _SHORTEST:
                    strokes.shades.append(box)
            elif color and _lightness(color) >= _WHITE:
                continue
            elif not vector["stroked"]:
                strokes._bar(box)
            elif wide >= high:
                pen = high / 2
                strokes.horizontal.append((y0 + pen, x0 + pen, x1 - pen))
            else:
                pen = wide / 2
                strokes.vertical.append((x0 + pen, y0 + pen, y1 - pen))
        return strokes

    def take(self, path: Path) -> None:
        """One more path, as PyMuPDF's get_cdrawings hands it out."""
        kind, filled = path["type"], self._filled
        if filled is not None:
            self._filled = None
            if kind == "s" and path["items"] == filled["items"]:
                self._add({**path, **filled, "type": "fs"})
                return
            self._add(filled)
        self.count += 1
        if kind == "f":
            self._filled = path
            return
        self._add(path)

    def end(self) -> None:
        """There are no more paths."""
        if self._filled is not None:
            self._add(self._filled)
            self._filled = None
        if self._dots:
            self.horizontal += _dotted([((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in self._dots])
            self.vertical += _dotted([((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in self._dots])
            self._dots = []

    def _add(self, path: Path) -> None:
        """The pieces of one path."""
        if self.count > MAX_PATHS:
            return
        kind, items = path["type"], path["items"]
        if kind != "s" and "f" in kind and (box := _shade(path)):
            self.shades.append(box)
        if stroked := "s" in kind:
            color, opacity = path.get("color"), path.get("stroke_opacity")
        else:
            color, opacity = path.get("fill"), path.get("fill_opacity")
        if not color or (color[0] >= _WHITE and min(color) >= _WHITE) or (opacity is not None and opacity <= _FAINT):
            return  # white or transparent
        bar = len(items) == 1 and items[0][0] == "re"
        for box in _rectangle(items[0][1], stroked) if bar else _straight_parts(path, stroked):
            if stroked:
                self._rule(box)
            else:
                self._bar(box)

    def _bar(self, box: Box) -> None:
        """A filled rectangle so thin that it is a rule, or a dot that rules may be made of."""
        x0, y0, x1, y1 = box
        if x1 - x0 <= _DOT and y1 - y0 <= _DOT:
            self._dots.append(box)
        else:
            self._rule(box)

    def _rule(self, box: Box) -> None:
        """A piece of a rule, level or upright, whichever way its box is longer."""
        x0, y0, x1, y1 = box
        if x1 - x0 >= y1 - y0:
            self.horizontal.append(((y0 + y1) / 2, x0, x1))
        else:
            self.vertical.append(((x0 + x1) / 2, y0, y1))


def _lightness(color: int) -> float:
    """The darkest of red, green and blue, 0..1; color: as in 0xRRGGBB."""
    return min(color >> 16, color >> 8 & 0xFF, color & 0xFF) / 255


def _shade(path: Path) -> Box | None:
    """The box of a filled rectangle with any colour to be seen, if it is too thick for a rule."""
    x0, y0, x1, y1 = path["rect"]
    if x1 - x0 < _SHORTEST or y1 - y0 < _SHORTEST or len(path["items"]) > 5:
        return None
    color, opacity = path.get("fill"), path.get("fill_opacity")
    if not color or min(color) > _PAPER or (opacity is not None and opacity <= _FAINT):
        return None
    if path["items"][0][0] in ("re", "qu"):
        return (x0, y0, x1, y1) if len(path["items"]) == 1 else None
    corners = {(round(x), round(y)) for kind, *points in path["items"] if kind == "l" for x, y in points}
    return (x0, y0, x1, y1) if len(corners) == 4 and len({x for x, _ in corners}) == 2 else None


def _straight_parts(path: Path, stroked: bool) -> list[Box]:
    """The straight horizontal and vertical strokes of a path; of filled shapes the thin ones only."""
    items = path["items"]
    parts: list[Box] = []
    for item in items:
        kind = item[0]
        if kind == "l":
            (x0, y0), (x1, y1) = item[1], item[2]
            if stroked and (abs(x0 - x1) < _STRAIGHT or abs(y0 - y1) < _STRAIGHT):
                left, right = (x0, x1) if x0 < x1 else (x1, x0)
                parts.append((left, y0, right, y1) if y0 < y1 else (left, y1, right, y0))
        elif kind == "re":
            parts += _rectangle(item[1], stroked)
        elif kind == "qu":
            corners = item[1]
            xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
            if (max(xs) - min(xs)) * (max(ys) - min(ys)) > 0:
                parts += _rectangle((min(xs), min(ys), max(xs), max(ys)), stroked)
    if not stroked and items and items[0][0] == "l":  # a thin bar drawn as a closed polygon
        parts += _rectangle(path["rect"], stroked=False)
    return parts


def _rectangle(box: Box, stroked: bool) -> tuple[Box, ...]:
    """A thin rectangle is one rule; of a larger one the four edges, if they are stroked."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) <= _THIN:
        return (box,)
    return ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)) if stroked else ()


def _dotted(dots: list[Segment]) -> list[Segment]:
    """The rules that dots make, in one direction."""
    return [rule for rule in joined(dots) if rule[2] - rule[1] >= _SHORTEST]


def joined(pieces: Iterable[Segment]) -> list[Segment]:
    """Pieces in one place joined to whole rules, sorted by place; gaps of a dash are closed."""
    rows: list[list[Segment]] = []
    row: list[Segment] = []
    first = -inf
    for piece in sorted(pieces):
        if piece[0] - first <= _SAME_PLACE:
            row.append(piece)
        else:
            row, first = [piece], piece[0]
            rows.append(row)
    rules: list[Segment] = []
    for row in rows:
        place = sum([piece[0] for piece in row]) / len(row)
        row.sort(key=_BY_START)
        _, start, end = row[0]
        for _, begin, stop in row[1:]:
            if begin - end > _DASH_GAP:
                rules.append((place, start, end))
                start, end = begin, stop
            elif stop > end:
                end = stop
        rules.append((place, start, end))
    return rules
