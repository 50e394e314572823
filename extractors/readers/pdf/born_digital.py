"""A page by its text layer (文本层读取): characters and rulings to lines in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.frozen import frozen, replace
from extractors.pages import Frame, FrameCell, Line, Ruling
from extractors.provenance import Box
from extractors.readers.pdf.assemble import line_of
from extractors.readers.pdf.cell_finder import CellFinder
from extractors.readers.pdf.cellwise import rules_of_cells
from extractors.readers.pdf.frames import find_frames
from extractors.readers.pdf.glyphs import PageGlyphs
from extractors.readers.pdf.lines import gathered
from extractors.readers.pdf.mend import mended
from extractors.readers.pdf.placing import by_cell
from extractors.readers.pdf.plane import Plane, Run
from extractors.readers.pdf.rowless import with_ruled_rows
from extractors.readers.pdf.rulings import Segment, Strokes, joined
from extractors.readers.pdf.shades import rules_of_shades


@frozen
class Layout:
    """What stands on a page (版面): lines in reading order, rulings, frames; boxes as a viewer shows the page."""

    lines: tuple[Line, ...]
    rulings: tuple[Ruling, ...]
    frames: tuple[Frame, ...]


def lay_out(glyphs: PageGlyphs, strokes: Strokes, written: Plane, page: int) -> Layout:
    """The layout of one page. written: an empty plane of the page as written (`drawn` 0). page: 1-based."""
    horizontal, vertical = joined(strokes.horizontal), joined(strokes.vertical)
    planes = glyphs.planes or [written]
    frames = find_frames(horizontal, vertical)
    if len(planes) == 1 and planes[0].drawn == 0:
        frames = _completed(horizontal, vertical, frames, strokes, planes[0].runs, written)
    if len(strokes.vertical) > len(vertical):
        frames = with_ruled_rows(frames, strokes.vertical)
    owners = [_owner(frame, planes, written) for frame in frames]
    lines: list[Line] = []
    shown: list[Frame] = []
    guests = _guests(planes, frames, owners, written) if len(planes) > 1 else {}
    for plane in _from_top(planes):
        own = [_turned(frame, plane) for frame, owner in zip(frames, owners, strict=True) if owner is plane]
        visible = [_on_page(frame, plane) for frame in own]
        shown.extend(visible)
        lines.extend(_lines(plane, own, visible, page, guests))
    boxes = [(start, place, end, place) for place, start, end in horizontal]
    boxes += [(place, start, place, end) for place, start, end in vertical]
    if written.turn:
        boxes = [written.on_page(box) for box in boxes]
    return Layout(tuple(lines), tuple(map(Ruling, boxes)), tuple(shown))


def _completed(
    horizontal: list[Segment],
    vertical: list[Segment],
    frames: list[Frame],
    strokes: Strokes,
    runs: Sequence[Run],
    written: Plane,
) -> list[Frame]:
    """The grids, with those whose rules nobody drew: the pieces of other rules or the grounds of cells tell them."""
    if horizontal:
        across, upright = rules_of_cells(strokes.horizontal, horizontal, frames, runs, written.height)
        if upright:
            horizontal, vertical = joined([*horizontal, *across]), joined([*vertical, *upright])
            frames = find_frames(horizontal, vertical)
    if strokes.shades:
        area = written.width * written.height
        across, upright = rules_of_shades(strokes.shades, horizontal, frames, runs, area)
        if across:
            frames = find_frames(joined([*horizontal, *across]), joined([*vertical, *upright]))
    return frames


def lay_out_plane(
    plane: Plane, frames: Sequence[Frame], horizontal: Sequence[Segment], vertical: Sequence[Segment], page: int
) -> Layout:
    """The layout of a page all of whose text runs in one direction; everything in its upright coordinates."""
    own = [replace(frame, turn=plane.turn) for frame in frames]
    visible = [_on_page(frame, plane) for frame in own]
    boxes = [(start, place, end, place) for place, start, end in horizontal]
    boxes += [(place, start, place, end) for place, start, end in vertical]
    rulings = tuple(Ruling(plane.on_page(box)) for box in boxes)
    return Layout(tuple(_lines(plane, own, visible, page)), rulings, tuple(visible))


def _from_top(planes: Sequence[Plane]) -> list[Plane]:
    """The planes in the order in which their text begins on the page."""
    if len(planes) == 1:
        return list(planes)
    return sorted(planes, key=lambda plane: min((_height(plane, run) for run in plane.runs), default=0.0))


def _height(plane: Plane, run: Run) -> float:
    """How far from the upper edge of the page a run of this plane begins, in points."""
    return plane.on_page((run.x0, run.baseline, run.x0, run.baseline))[1]


def _owner(frame: Frame, planes: Sequence[Plane], written: Plane) -> Plane:
    """The plane most of whose characters stand in the frame; the fullest plane for an empty one."""
    if len(planes) == 1:
        return planes[0]
    inside = []
    for plane in planes:
        x0, top, x1, bottom = plane.upright(frame.box)
        inside.append(
            sum(len(run.glyphs) for run in plane.runs if x0 <= run.x0 <= x1 and top <= run.baseline <= bottom)
        )
    return planes[inside.index(max(inside))]


Guests = dict[Box, list[tuple[Plane, list[Run]]]]


def _guests(planes: Sequence[Plane], frames: Sequence[Frame], owners: Sequence[Plane], written: Plane) -> Guests:
    """Text that runs in another direction than the rest of its frame, as names set upright in narrow cells do.

    By the box of the frame on the page; it is taken out of its plane.
    """
    guests: Guests = {}
    for frame, owner in zip(frames, owners, strict=True):
        for plane in planes:
            if plane is owner:
                continue
            x0, top, x1, bottom = plane.upright(frame.box)
            inside = [x0 <= (run.x0 + run.x1) / 2 <= x1 and top <= run.baseline <= bottom for run in plane.runs]
            if any(inside):
                found = [run for run, within in zip(plane.runs, inside, strict=True) if within]
                plane.runs = [run for run, within in zip(plane.runs, inside, strict=True) if not within]
                guests.setdefault(written.on_page(frame.box), []).append((plane, found))
    return guests


def _guest_lines(guests: Guests, frame: Frame, page: int) -> Iterator[tuple[int, Line]]:
    """The lines that run in another direction than their frame, each with its cell. frame: as shown on the page."""
    for plane, runs in guests.get(frame.box, ()):
        cells: dict[int, list[Run]] = {}
        for run in runs:
            box = plane.on_page((run.x0, run.baseline - 0.35 * run.size, run.x1, run.baseline - 0.35 * run.size))
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            places = (i for i, cell in enumerate(frame.cells) if _holds(cell.box, x, y))
            if (cell := next(places, None)) is not None:
                cells.setdefault(cell, []).append(run)
        for cell, own in cells.items():
            yield from ((cell, line_of(row, plane, page, (frame, cell))) for row in gathered(own))


def _holds(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _turned(frame: Frame, plane: Plane) -> Frame:
    """The frame in the plane's upright coordinates, rows and columns counted there."""
    if plane.drawn == 0:
        return frame if plane.turn == frame.turn else replace(frame, turn=plane.turn)
    boxes = [plane.upright(cell.box) for cell in frame.cells]
    xs = sorted({x for box in boxes for x in (box[0], box[2])})
    ys = sorted({y for box in boxes for y in (box[1], box[3])})
    column_at, row_at = {x: i for i, x in enumerate(xs)}, {y: i for i, y in enumerate(ys)}
    cells = [
        FrameCell(row_at[y0], column_at[x0], row_at[y1] - row_at[y0], column_at[x1] - column_at[x0], (x0, y0, x1, y1))
        for x0, y0, x1, y1 in boxes
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Frame(plane.upright(frame.box), len(ys) - 1, len(xs) - 1, tuple(cells), plane.turn, tuple(xs))


def _on_page(frame: Frame, plane: Plane) -> Frame:
    """An upright frame with its boxes as a viewer shows them."""
    if plane.turn == 0:
        return frame
    cells = tuple(replace(cell, box=plane.on_page(cell.box)) for cell in frame.cells)
    return replace(frame, box=plane.on_page(frame.box), cells=cells)


def _lines(
    plane: Plane, upright: Sequence[Frame], shown: Sequence[Frame], page: int, guests: Guests | None = None
) -> Iterator[Line]:
    """The plane's lines from top to bottom; a frame comes as a whole, cell by cell."""
    groups, outside = by_cell(plane.runs, [CellFinder(frame) for frame in upright])
    units: list[tuple[float, float, list[Line]]] = []
    for runs in gathered(outside):
        top = min([run.baseline - 0.8 * run.size for run in runs])
        units.append((top, runs[0].x0, [line_of(runs, plane, page, None)]))
    framed: dict[int, list[Line]] = {}
    for frame, cell in sorted(groups):
        place, runs, lines = (shown[frame], cell), groups[frame, cell], framed.setdefault(frame, [])
        if len(runs) == 1:  # as in most cells
            lines.append(line_of(runs, plane, page, place))
        else:
            lines += mended([line_of(row, plane, page, place) for row in gathered(runs)])
    for number, visible in enumerate(shown if guests else ()):
        for cell, line in _guest_lines(guests or {}, visible, page):
            _insert(framed.setdefault(number, []), cell, line)
    units.extend((upright[frame].box[1], upright[frame].box[0], lines) for frame, lines in framed.items())
    units.sort(key=lambda unit: unit[:2])
    for _, _, lines in units:
        yield from lines


def _insert(lines: list[Line], cell: int, line: Line) -> None:
    """Put a line of this cell behind those of the cells before it."""
    at = next((i for i, other in enumerate(lines) if other.framed and other.framed[1] > cell), len(lines))
    lines.insert(at, line)
