"""Where single lines of text stand (行图块): cell by cell inside a grid, by the engine's detection elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.pages import Frame
from extractors.readers.pdf.cell_finder import CellFinder
from extractors.readers.pdf.ocr.engine import Image, Quad
from extractors.readers.pdf.ocr.grid import Mask

_INSIDE = 1.2  # points by which a cell's text keeps off its rules
_LOWEST = 3.0  # points; lower ink is no text
_TALL = 1.75  # times the usual line; two lines that touch
_MARGIN = 0.12  # of a line's height that is cut out around it
_GAP = 1.0  # points between two lines of one cell

PixelBox = tuple[int, int, int, int]  # left, top, right, bottom; half open


@dataclass(frozen=True, slots=True)
class Crop:
    """One line of text to be read (行图块). box: pixels. cell: which cell of the page it stands in, None outside."""

    box: PixelBox
    cell: int | None

    def cut(self, image: Image) -> Image:
        """The pixels, with a margin around the ink."""
        _, top, right, bottom = self.box
        margin = max(int((bottom - top) * _MARGIN), 2)
        height = image.shape[0]
        rows, columns = slice(max(top - margin, 0), min(bottom + margin, height)), slice(self.left_edge, right + margin)
        return image[rows, columns]

    @property
    def left_edge(self) -> int:
        """x of the first pixel that is cut out, in the picture."""
        return max(self.box[0] - max(int((self.box[3] - self.box[1]) * _MARGIN), 2), 0)


def crops_of(letters: Mask, quads: Sequence[Quad], frames: Sequence[Frame], scale: float) -> list[Crop]:
    """All lines of a straight picture. letters: its ink without rules. scale: points for a pixel."""
    finders = [CellFinder(frame) for frame in frames]
    boxes = [_around(quad) for quad in quads]
    outside = [box for box in boxes if not _is_inside(box, finders, scale)]
    crops = [Crop(tight, cell=None) for box in outside if (tight := _tight(letters, box)) is not None]
    usual = median(bottom - top for _, top, _, bottom in (crop.box for crop in crops)) if crops else 0.0
    for number, cell in enumerate(cell for frame in frames for cell in frame.cells):
        x0, top, x1, bottom = ((edge + inset) / scale for edge, inset in zip(cell.box, _INSET, strict=True))
        area = (int(x0), int(top), int(x1), int(bottom))
        crops.extend(Crop(box, number) for box in _lines_in(letters, area, usual, boxes, scale))
    return crops


_INSET = (_INSIDE, _INSIDE, -_INSIDE, -_INSIDE)


def _around(quad: Quad) -> PixelBox:
    """The box around the corners of a quad."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return (max(int(min(xs)), 0), max(int(min(ys)), 0), int(max(xs)) + 1, int(max(ys)) + 1)


def _is_inside(box: PixelBox, finders: Sequence[CellFinder], scale: float) -> bool:
    """Whether the middle of a box lies in a grid."""
    x, y = (box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale
    return any(finder.covers(x, y) for finder in finders)


def _tight(letters: Mask, box: PixelBox) -> PixelBox | None:
    """The box shrunk to the ink in it; None where there is none."""
    left, top, right, bottom = box
    part = letters[top:bottom, left:right]
    columns, rows = part.max(axis=0, initial=0).nonzero()[0], part.max(axis=1, initial=0).nonzero()[0]
    if len(columns) == 0 or len(rows) == 0:
        return None
    return (left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)


def _lines_in(
    letters: Mask, area: PixelBox, usual: float, boxes: Sequence[PixelBox], scale: float
) -> Iterator[PixelBox]:
    """The lines of one cell from top to bottom; where they touch, the engine's boxes part them."""
    left, top, right, bottom = area
    if right - left < 2 or bottom - top < 2:
        return
    for first, last in _bands(letters[top:bottom, left:right].max(axis=1).tolist(), _GAP / scale):
        if (last - first) * scale < _LOWEST and (last - first) < 0.25 * usual:
            continue
        band = (left, top + first, right, top + last)
        parts = [band]
        if usual and last - first > _TALL * usual:
            parts = [part for box in boxes if (part := _common(box, band)) is not None] or [band]
        for part in parts:
            tight = _tight(letters, part)
            if tight is not None:
                yield tight


def _bands(filled: Sequence[int], gap: float) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of stretches that are filled, smaller gaps closed."""
    start: int | None = None
    end = 0
    for index, value in enumerate(filled):
        if not value:
            continue
        if start is not None and index - end > gap:
            yield start, end
            start = None
        if start is None:
            start = index
        end = index + 1
    if start is not None:
        yield start, end


def _common(box: PixelBox, band: PixelBox) -> PixelBox | None:
    """What two boxes share, if that is most of the first one's height."""
    left, top, right, bottom = max(box[0], band[0]), max(box[1], band[1]), min(box[2], band[2]), min(box[3], band[3])
    if right - left < 3 or bottom - top < 0.6 * (box[3] - box[1]):
        return None
    return (left, top, right, bottom)
