"""A page by its image (图像读取): grid, lines, characters, each with its confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from extractors.pages import Frame, Lean, Turn
from extractors.readers.pdf.born_digital import Layout, lay_out_plane
from extractors.readers.pdf.frames import find_frames
from extractors.readers.pdf.ocr.crops import Crop, crops_of
from extractors.readers.pdf.ocr.engine import Image, OcrEngine, Quad, ReadText
from extractors.readers.pdf.ocr.grid import Ink, ink_of
from extractors.readers.pdf.ocr.picture import Picture, prepared
from extractors.readers.pdf.ocr.runs import runs_of
from extractors.readers.pdf.plane import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNSURE = 0.80  # mean confidence below which the page may stand on its head
_PROBES = 5  # lines that are read both ways up


@dataclass(frozen=True, slots=True)
class _Reading:
    """A straight picture as read (识读结果). turn: degrees clockwise by which its text lay before."""

    turn: int
    picture: Picture
    ink: Ink
    frames: list[Frame]
    crops: list[Crop]
    texts: list[ReadText]


def read_picture(picture: Picture, engine: OcrEngine, page: int) -> Layout:
    """The layout of a page from its picture. page: 1-based."""
    reading = _upright_reading(prepared(picture), engine)
    picture, ink = reading.picture, reading.ink
    height, width = picture.image.shape[:2]
    turn = cast(Turn, reading.turn)
    plane = Plane(turn, turn, width * picture.scale, height * picture.scale)
    if picture.skew:
        middle = plane.on_page((plane.width / 2, plane.height / 2, plane.width / 2, plane.height / 2))
        plane.lean = Lean(picture.skew, middle[0], middle[1])
    plane.runs.extend(runs_of(reading.crops, reading.texts, picture.scale))
    return lay_out_plane(plane, reading.frames, ink.horizontal, ink.vertical, page)


def _upright_reading(picture: Picture, engine: OcrEngine) -> _Reading:
    """The picture read with its text upright: turned where its lines run down, or where they cannot be read."""
    quads = engine.detect(picture.image)
    turn = 0
    if _runs_down(quads):
        turn, picture = 90, _turned_back(picture)
        quads = engine.detect(picture.image)
        if _stands_on_head(picture, quads, engine):
            return _read(270, _turned_back(_turned_back(picture)), engine, None)
    reading = _read(turn, picture, engine, quads)
    longest = sorted(reading.texts, key=lambda text: len(text.text), reverse=True)[:_PROBES]
    if longest and _sureness(longest) < _UNSURE and _stands_on_head(picture, quads, engine):
        return _read(turn + 180, _turned_back(_turned_back(picture)), engine, None)
    return reading


def _read(turn: int, picture: Picture, engine: OcrEngine, quads: Sequence[Quad] | None) -> _Reading:
    """Everything in a picture whose text is upright. quads: where its lines are, if that is known."""
    quads = engine.detect(picture.image) if quads is None else quads
    ink = ink_of(picture)
    frames = find_frames(ink.horizontal, ink.vertical)
    crops = crops_of(ink.letters, quads, frames, picture.scale)
    texts = engine.recognise([crop.cut(picture.image) for crop in crops])
    return _Reading(turn, picture, ink, frames, crops, texts)


def _stands_on_head(picture: Picture, quads: Sequence[Quad], engine: OcrEngine) -> bool:
    """Whether the longest lines are read with more confidence upside down."""
    longest = sorted(quads, key=_length, reverse=True)[:_PROBES]
    crops = [crop for crop in (_bounds(picture.image, quad) for quad in longest) if min(crop.shape[:2]) > 3]
    if not crops:
        return False
    return _sureness(engine.recognise([crop[::-1, ::-1] for crop in crops])) > _sureness(engine.recognise(crops))


def _runs_down(quads: Sequence[Quad]) -> bool:
    """Whether most of the text runs from top to bottom of the picture, or the other way."""
    down = across = 0.0
    for quad in quads:
        (x0, y0), (x1, y1), (x2, y2), _ = quad
        width, height = abs(x1 - x0) + abs(x1 - x2), abs(y2 - y1) + abs(y1 - y0)
        if height > 1.6 * width:
            down += height
        elif width > 1.6 * height:
            across += width
    return down > 1.5 * across


def _length(quad: Quad) -> float:
    """The longer side of a quad, in pixels."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _bounds(image: Image, quad: Quad) -> Image:
    """What stands in the box around a quad."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return image[max(int(min(ys)), 0) : int(max(ys)) + 1, max(int(min(xs)), 0) : int(max(xs)) + 1]


def _sureness(texts: Sequence[ReadText]) -> float:
    """The mean confidence of some lines."""
    return sum(text.confidence for text in texts) / max(len(texts), 1)


def _turned_back(picture: Picture) -> Picture:
    """The picture turned by 90 degrees against the clock."""
    turned: NDArray = picture.image.swapaxes(0, 1)[::-1].copy()  # type: ignore[type-arg]
    return Picture(turned, picture.dpi, picture.skew)
