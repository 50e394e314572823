"""From lines as read to runs of characters (识别成字串): stains left out, places and sizes in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from extractors.readers.pdf.ocr.crops import Crop
from extractors.readers.pdf.ocr.engine import ReadText
from extractors.readers.pdf.ocr.wording import as_printed, is_chinese, with_document_numbers, with_quotes_in_turn
from extractors.readers.pdf.plane import Glyph, Run

_FULL = 0.92  # of the distance between Chinese characters that their ink fills
_DIGIT_HEIGHT = 0.72  # of the size that digits and Latin letters rise
_MIN_CONFIDENCE = 0.30  # a line read with less is a stain or a picture
_LOW = 0.55  # of the usual height of a line in cells; no digit is lower
_BAR = 0.2  # of its height; what is narrower is a piece of a rule
_BARS = frozenset("|丨Il1!｜[]〡")
_SLIM = frozenset(".,:;'!|()[]/- iljtfrI")


def runs_of(crops: Sequence[Crop], texts: Sequence[ReadText], scale: float) -> Iterator[Run]:
    """The runs of a page, stains left out. texts: what each crop says. scale: points for a pixel."""
    heights = [crop.box[3] - crop.box[1] for crop in crops if crop.cell is not None]
    usual = median(heights) if heights else 0.0
    paragraphs: dict[int | None, list[tuple[Crop, ReadText, str | None]]] = {}
    for crop, text in zip(crops, texts, strict=True):
        if text.text.strip() and text.confidence >= _MIN_CONFIDENCE and not _is_stain(crop, text, usual):
            words = with_document_numbers(text.text)
            raw = text.text if words != text.text else None
            paragraphs.setdefault(crop.cell, []).append((crop, as_printed(replace(text, text=words)), raw))
    for lines in paragraphs.values():
        lines.sort(key=lambda line: (line[0].box[1], line[0].box[0]))
        turned = with_quotes_in_turn([text.text for _, text, _ in lines])
        for (crop, text, raw), words in zip(lines, turned, strict=True):
            run = _run(crop, replace(text, text=words), scale)
            run.raw = raw
            yield run


def _is_stain(crop: Crop, text: ReadText, usual: float) -> bool:
    """Whether a cell holds no print but what a rule or a seal left. usual: height of a line in cells, in pixels."""
    left, top, right, bottom = crop.box
    if crop.cell is None:
        return False
    if bottom - top < _LOW * usual and any(map(str.isalnum, text.text)):
        return True
    return right - left < _BAR * (bottom - top) and set(text.text.strip()) <= _BARS


def _run(crop: Crop, text: ReadText, scale: float) -> Run:
    """The characters of one line as a run, in points."""
    left, top, right, bottom = (edge * scale for edge in crop.box)
    size = _size(text, bottom - top, scale)
    glyphs: list[Glyph] = []
    sure: list[float] = []
    blank = False
    edges = _edges(text, crop, scale, left, right, size)
    for character, confidence, (x0, x1) in zip(text.text, text.confidences, edges, strict=True):
        if character.isspace():
            blank = True
            continue
        glyphs.append((x0, x1, character, blank))
        sure.append(confidence)
        blank = False
    baseline = (top + bottom) / 2 + 0.3 * size
    return Run(glyphs[0][0], glyphs[-1][1], baseline, size, glyphs, sure)


def _size(text: ReadText, height: float, scale: float) -> float:
    """The size of a line's characters in points: the distance of Chinese ones, else by their height."""
    places = [place * scale for place in text.places]
    wide = [
        after - before
        for before, after, a, b in zip(places, places[1:], text.text, text.text[1:], strict=False)
        if is_chinese(a) and is_chinese(b)
    ]
    if len(wide) >= 3:
        return median(wide)
    return height / (_FULL if any(map(is_chinese, text.text)) else _DIGIT_HEIGHT)


def _edges(
    text: ReadText, crop: Crop, scale: float, left: float, right: float, size: float
) -> list[tuple[float, float]]:
    """Left and right edge of each character: around its middle, no further than half way to its neighbours."""
    middles = [(crop.left_edge + place) * scale for place in text.places]
    edges = []
    for index, (middle, character) in enumerate(zip(middles, text.text, strict=True)):
        half = size / (4 if (character.isalnum() and character < "\u3000") or character in _SLIM else 2)
        before = (middles[index - 1] + middle) / 2 if index else left
        behind = (middle + middles[index + 1]) / 2 if index + 1 < len(middles) else right
        x0, x1 = max(middle - half, min(before, middle)), min(middle + half, max(behind, middle))
        edges.append((x0, max(x1, x0 + 0.1)))
    return edges
