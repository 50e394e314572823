"""From drawn paths to rulings (框线): lines and thin rectangles, dashes joined, doubles taken as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractors.provenance import Box

_THIN = 3.0  # points; a filled rectangle no thicker is a rule
_STRAIGHT = 0.6  # points a line may lean
_WHITE = 0.96
_DASH_GAP = 4.5
_SAME_PLACE = 2.6  # points between the strokes of a double rule

Segment = tuple[float, float, float]  # place across, start, end


def segments(drawings: Iterable[Mapping[str, Any]]) -> tuple[list[Segment], list[Segment]]:
    """Horizontal and vertical pieces of rules among the page's paths (PyMuPDF's get_cdrawings)."""
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    for path in drawings:
        if not _visible(path):
            continue
        for box in _straight_parts(path):
            x0, y0, x1, y1 = box
            if x1 - x0 >= y1 - y0:
                horizontal.append(((y0 + y1) / 2, x0, x1))
            else:
                vertical.append(((x0 + x1) / 2, y0, y1))
    return horizontal, vertical


def _visible(path: Mapping[str, Any]) -> bool:
    """Whether the path prints: neither white nor transparent."""
    kind = path["type"]
    color = path.get("color") if "s" in kind else path.get("fill")
    opacity = path.get("stroke_opacity") if "s" in kind else path.get("fill_opacity")
    return bool(color) and min(color) < _WHITE and (opacity is None or opacity > 0.05)  # type: ignore[arg-type]


def _straight_parts(path: Mapping[str, Any]) -> Iterator[Box]:
    """The straight horizontal and vertical strokes of a path; of filled shapes the thin ones only."""
    stroked = "s" in path["type"]
    for item in path["items"]:
        kind = item[0]
        if kind == "l":
            (x0, y0), (x1, y1) = item[1], item[2]
            if stroked and (abs(x0 - x1) < _STRAIGHT or abs(y0 - y1) < _STRAIGHT):
                yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        elif kind == "re":
            yield from _rectangle(item[1], stroked)
        elif kind == "qu":
            corners = item[1]
            xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
            if (max(xs) - min(xs)) * (max(ys) - min(ys)) > 0:
                yield from _rectangle((min(xs), min(ys), max(xs), max(ys)), stroked)
    if not stroked and path["items"][0][0] == "l":  # a thin bar drawn as a closed polygon
        yield from _rectangle(path["rect"], stroked=False)


def _rectangle(box: Box, stroked: bool) -> Iterator[Box]:
    """A thin rectangle is one rule; of a larger one the four edges, if they are stroked."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) <= _THIN:
        yield (x0, y0, x1, y1)
    elif stroked:
        yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))


def joined(pieces: Iterable[Segment]) -> list[Segment]:
    """Pieces in one place joined to whole rules, sorted by place; gaps of a dash are closed."""
    rows: list[list[Segment]] = []
    for piece in sorted(pieces):
        if rows and piece[0] - rows[-1][0][0] <= _SAME_PLACE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    rules: list[Segment] = []
    for row in rows:
        place = sum(piece[0] for piece in row) / len(row)
        row.sort(key=lambda piece: piece[1])
        start, end = row[0][1], row[0][2]
        for _, begin, stop in row[1:]:
            if begin - end > _DASH_GAP:
                rules.append((place, start, end))
                start, end = begin, stop
            else:
                end = max(end, stop)
        rules.append((place, start, end))
    return rules
