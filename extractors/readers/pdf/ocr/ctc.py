"""From a recogniser's probabilities to characters (CTC 解码), each with its confidence and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.readers.pdf.ocr.engine import ReadText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLANK = 0


def decode(probabilities: NDArray[np.float32], characters: Sequence[str], step: float, width: float) -> ReadText:
    """The text of one crop.

    probabilities: steps × classes, class 0 being the blank between characters. characters: by class. step: pixels
    of the crop that one step covers. width: of the crop, in pixels; what lies behind is padding.
    """
    best = probabilities.argmax(axis=1).tolist()
    certain = probabilities.max(axis=1).tolist()
    text: list[str] = []
    confidences: list[float] = []
    places: list[float] = []
    index = 0
    while index < len(best):
        end = index + 1
        while end < len(best) and best[end] == best[index]:
            end += 1
        if best[index] != _BLANK and (index + 0.5) * step <= width + step:
            text.append(characters[best[index]])
            confidences.append(max(certain[index:end]))
            places.append((index + end) / 2 * step)
        index = end
    kept = [k for k, character in enumerate(text) if len(character) == 1]
    return ReadText("".join(text[k] for k in kept), tuple(confidences[k] for k in kept), tuple(places[k] for k in kept))


def batches(widths: Sequence[float], most: int, budget: float) -> list[list[int]]:
    """Indices of crops in batches of similar width, widest last. widths: at the recogniser's height.

    most: crops of one batch. budget: pixels of width that one batch may have together, padding included.
    """
    order = sorted(range(len(widths)), key=lambda index: widths[index])
    found: list[list[int]] = []
    for index in order:
        fits = bool(found) and len(found[-1]) < most and (len(found[-1]) + 1) * widths[index] <= budget
        narrow = bool(found) and widths[index] <= 1.35 * widths[found[-1][0]] + 32
        if fits and narrow:
            found[-1].append(index)
        else:
            found.append([index])
    return found
