"""Rulings in a picture (图像中的框线), and where ink stands between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.readers.pdf.ocr.picture import Picture
from extractors.readers.pdf.rulings import Segment, joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[Any]
else:
    Mask = Any

_LONG_ACROSS, _LONG_DOWN = 40.0, 15.0  # points; longer than strokes of characters that touch a rule
_BROKEN = 1.8  # points; shorter gaps in a rule come from the scanner
_THICKEST = 4.0  # points
_NEAR = 4  # pixels between rules that touch
_SPECK = 5  # pixels; smaller spots are dust


@dataclass(frozen=True, slots=True)
class Ink:
    """What is dark in a picture (墨迹). letters: mask without rulings and dust. rules in points."""

    letters: Mask
    horizontal: list[Segment]
    vertical: list[Segment]


def ink_of(picture: Picture) -> Ink:
    """Rulings and the rest of the ink."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture.image, cv2.COLOR_RGB2GRAY)
    block = int(picture.dpi / 5) | 1
    dark = 255 - cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, 18)
    gap = int(_BROKEN / picture.scale) | 1
    across = _opened(_closed(dark, gap, 3), int(_LONG_ACROSS / picture.scale), 1)
    down = _opened(_closed(dark, 3, gap), 1, int(_LONG_DOWN / picture.scale))
    down = _without_strokes(down, across, int(_LONG_ACROSS / picture.scale))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    letters = cv2.bitwise_and(dark, cv2.bitwise_not(rules))
    return Ink(
        _without_dust(letters),
        joined(_segments(across, picture.scale, level=True)),
        joined(_segments(down, picture.scale, level=False)),
    )


def _closed(dark: Mask, width: int, height: int) -> Mask:
    """The mask with gaps closed that are smaller than the given size."""
    import cv2
    import numpy as np

    closed: Mask = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8))
    return closed


def _opened(dark: Mask, width: int, height: int) -> Mask:
    """What is as long as the given size in one direction."""
    import cv2
    import numpy as np

    opened: Mask = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(height, 1), max(width, 1)), np.uint8))
    return opened


def _without_strokes(down: Mask, across: Mask, long: int) -> Mask:
    """Upright rules without those that are short and touch no level one: strokes of large characters.

    long: pixels; what is as long is a rule, alone or not.
    """
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(down)
    kept = down.copy()
    for label, (left, top, width, height, _) in enumerate(stats.tolist()):
        if label == 0 or height >= long:
            continue
        rows, columns = (
            slice(max(top - _NEAR, 0), top + height + _NEAR),
            slice(max(left - _NEAR, 0), left + width + _NEAR),
        )
        if not across[rows, columns].any():
            kept[rows, columns][labels[rows, columns] == label] = 0
    return kept


def _segments(mask: Mask, scale: float, *, level: bool) -> list[Segment]:
    """The pieces of rules in a mask, in points; thick areas are no rules."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    segments = []
    for left, top, width, height, _ in stats[1:].tolist():
        thick = (height if level else width) * scale
        if thick > _THICKEST:
            continue
        if level:
            segments.append(((top + height / 2) * scale, left * scale, (left + width) * scale))
        else:
            segments.append(((left + width / 2) * scale, top * scale, (top + height) * scale))
    return segments


def _without_dust(mask: Mask) -> Mask:
    """The mask without spots too small for a dot."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    keep = stats[:, cv2.CC_STAT_AREA] > _SPECK
    keep[0] = False
    cleaned: Mask = np.where(keep[labels], 255, 0).astype(np.uint8)
    return cleaned
