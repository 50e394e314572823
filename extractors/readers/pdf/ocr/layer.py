"""Is a text layer over a picture of the page what the picture says (文字层核对)? A few lines are read to find out."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pages import Line
from extractors.readers.pdf.ocr.engine import Image, OcrEngine
from extractors.readers.pdf.ocr.picture import Picture

_SAMPLE = 8  # lines that are compared
_LEAST = 6  # characters of a line worth comparing
_ALIKE = 0.90  # mean similarity of text that is the same, misreadings of ours allowed for
_LONGEST = 4000  # characters of a page that are compared
_WRONG_NUMBERS = 0.25  # share of lines whose digits differ, above which a layer is not believed
_MARGIN = 0.15  # of a line's height that is cut out around it


def differs(picture: Picture, lines: Sequence[Line], engine: OcrEngine) -> bool:
    """Whether the picture says something else than the lines of the text layer; False where too few can be compared."""
    from rapidfuzz.fuzz import ratio

    sample = _sample(lines)
    crops = [_cut(picture, line) for line in sample]
    pairs = [
        (_bare(line.text), _bare(read.text))
        for line, read in zip(sample, engine.recognise(crops), strict=True)
        if read.text
    ]
    if not sample:
        return False
    alike = sum(ratio(written, read) for written, read in pairs) / 100 / len(sample)
    wrong = sum(_digits(written) != _digits(read) for written, read in pairs) / len(sample)
    return alike < _ALIKE or wrong > _WRONG_NUMBERS


def is_unlike(hidden: str, lines: Sequence[Line]) -> bool:
    """Whether the hidden text of a page is not what was read from its picture; no text is no claim."""
    from rapidfuzz.fuzz import ratio

    own = _bare("".join(line.text for line in lines))
    return bool(hidden) and ratio(_bare(hidden)[:_LONGEST], own[:_LONGEST]) / 100 < _ALIKE


def _sample(lines: Sequence[Line]) -> list[Line]:
    """Some upright lines from all over the page."""
    fit = [line for line in lines if line.box and not line.turn and len(_bare(line.text)) >= _LEAST]
    step = max(len(fit) / _SAMPLE, 1.0)
    return [fit[int(number * step)] for number in range(min(_SAMPLE, len(fit)))]


def _cut(picture: Picture, line: Line) -> Image:
    """What the picture shows where the line stands."""
    x0, top, x1, bottom = line.box or (0.0, 0.0, 1.0, 1.0)
    margin = _MARGIN * (bottom - top)
    edges = (x0 - margin, top - margin, x1 + margin, bottom + margin)
    left, upper, right, lower = (max(int(edge / picture.scale), 0) for edge in edges)
    height, width = picture.image.shape[:2]
    left, upper = min(left, width - 2), min(upper, height - 2)
    return picture.image[upper : max(lower, upper + 2), left : max(right, left + 2)]


def _bare(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())


def _digits(text: str) -> str:
    """The digits of a text."""
    return "".join(character for character in text if character.isdigit() and character.isascii())
