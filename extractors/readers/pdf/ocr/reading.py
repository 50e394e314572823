"""A page by its image (图像读取): grid, lines, characters, each with its confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, cast

from extractors.pages import Frame, Lean, Turn
from extractors.readers.pdf.born_digital import Layout, lay_out_plane
from extractors.readers.pdf.frames import find_frames
from extractors.readers.pdf.ocr.crops import Crop, crops_of
from extractors.readers.pdf.ocr.engine import Image, OcrEngine, Quad, ReadText
from extractors.readers.pdf.ocr.grid import Ink, ink_of
from extractors.readers.pdf.ocr.picture import Picture, prepared
from extractors.readers.pdf.plane import Glyph, Plane, Run

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNSURE = 0.80  # mean confidence below which the page may stand on its head
_PROBES = 5  # lines that are read both ways up
_FULL = 0.92  # of the distance between Chinese characters that their ink fills
_DIGIT_HEIGHT = 0.72  # of the size that digits and Latin letters rise
_NARROW = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_MIN_CONFIDENCE = 0.30  # a line read with less is a stain or a picture


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
    for crop, text in zip(reading.crops, reading.texts, strict=True):
        if text.text.strip() and text.confidence >= _MIN_CONFIDENCE:
            plane.runs.append(_run(crop, text, picture))
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


def _run(crop: Crop, text: ReadText, picture: Picture) -> Run:
    """The characters of one line as a run, in points."""
    scale = picture.scale
    left, top, right, bottom = (edge * scale for edge in crop.box)
    size = _size(text, bottom - top, scale)
    glyphs: list[Glyph] = []
    sure: list[float] = []
    blank = False
    edges = _edges(text, crop, scale, left, right, size)
    for character, confidence, (x0, x1) in zip(widened(text.text), text.confidences, edges, strict=True):
        if character.isspace():
            blank = True
            continue
        glyphs.append((x0, x1, character, blank))
        sure.append(confidence)
        blank = False
    baseline = (top + bottom) / 2 + 0.3 * size
    return Run(glyphs[0][0], glyphs[-1][1], baseline, size, glyphs, sure)


def widened(text: str) -> str:
    """Punctuation beside Chinese characters as Chinese print has it; the recogniser takes one for the other."""
    if not any(character in _NARROW for character in text):
        return text
    around = f" {text} "
    return "".join(
        _NARROW[character] if character in _NARROW and _is_chinese(around[i] + around[i + 2]) else character
        for i, character in enumerate(text)
    )


def _is_chinese(neighbours: str) -> bool:
    """Whether one of them is a Chinese character or mark."""
    return any(_is_wide(character) or character in "，。；：、（）《》“”％" for character in neighbours)


def _size(text: ReadText, height: float, scale: float) -> float:
    """The size of a line's characters in points: the distance of Chinese ones, else by their height."""
    places = [place * scale for place in text.places]
    wide = [
        after - before
        for before, after, a, b in zip(places, places[1:], text.text, text.text[1:], strict=False)
        if _is_wide(a) and _is_wide(b)
    ]
    if len(wide) >= 3:
        return median(wide)
    return height / (_FULL if any(map(_is_wide, text.text)) else _DIGIT_HEIGHT)


def _is_wide(character: str) -> bool:
    """Whether the character is as wide as it is high."""
    return "\u4e00" <= character <= "\u9fff"


def _edges(
    text: ReadText, crop: Crop, scale: float, left: float, right: float, size: float
) -> list[tuple[float, float]]:
    """Left and right edge of each character: around its middle, no further than half way to its neighbours."""
    middles = [(crop.left_edge + place) * scale for place in text.places]
    edges = []
    for index, (middle, character) in enumerate(zip(middles, text.text, strict=True)):
        half = size / (2 if _is_wide(character) or character >= "\u3000" else 4)
        before = (middles[index - 1] + middle) / 2 if index else left
        behind = (middle + middles[index + 1]) / 2 if index + 1 < len(middles) else right
        x0, x1 = max(middle - half, min(before, middle)), min(middle + half, max(behind, middle))
        edges.append((x0, max(x1, x0 + 0.1)))
    return edges
