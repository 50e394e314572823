"""A page as a picture to be read (页面图像): rendered within bounds, seals taken off, straightened."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.readers.pdf.limits import MAX_IMAGE_PIXELS, MAX_PIXELS, MIN_DPI, SCAN_DPI
from extractors.readers.pdf.ocr.engine import Image

if TYPE_CHECKING:
    import pymupdf

_POINTS = 72.0
_STEEPEST, _STEP = 4.0, 0.25  # degrees of skew that are looked for
_LEAST = 0.12  # degrees that are worth straightening
_SEAL = (0.75, 2.4)  # inches across
_GREY = 130  # of 255; what is darker beside a seal's ink is print
_ROUND = 0.72  # shorter side of a seal's box to its longer one


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered page (页面图像). image: RGB. dpi: its resolution. skew: degrees clockwise it leant before."""

    image: Image
    dpi: float
    skew: float = 0.0

    @property
    def scale(self) -> float:
        """Points for a pixel."""
        return _POINTS / self.dpi


def fits(pdf_page: pymupdf.Page) -> bool:
    """Whether the page can be rendered at a readable size, and its images unpacked, within the bounds."""
    if affordable_dpi(pdf_page) < MIN_DPI:
        return False
    return all(info["width"] * info["height"] <= MAX_IMAGE_PIXELS for info in pdf_page.get_image_info())


def affordable_dpi(pdf_page: pymupdf.Page) -> float:
    """The resolution that text is read at, less where the page would have too many pixels."""
    area = float(pdf_page.rect.width * pdf_page.rect.height) / _POINTS**2
    return min(float(SCAN_DPI), math.sqrt(MAX_PIXELS / max(area, 1e-6)))


def render(pdf_page: pymupdf.Page) -> Picture:
    """The page as a viewer shows it. Ask `fits` before."""
    import numpy as np
    import pymupdf

    dpi = affordable_dpi(pdf_page)
    zoom = pymupdf.Matrix(dpi / _POINTS, dpi / _POINTS)
    pixmap = pdf_page.get_pixmap(matrix=zoom, colorspace=pymupdf.csRGB, alpha=False)
    pixels = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width, 3)
    return Picture(pixels.copy(), dpi)


def prepared(picture: Picture) -> Picture:
    """The picture without seals, straightened."""
    return straightened(without_seals(picture))


def without_seals(picture: Picture) -> Picture:
    """Round red seals made white; what is printed below them stays, for black takes the red out of red."""
    import cv2
    import numpy as np

    image = picture.image
    red, other = image[:, :, 0].astype(np.int16), image[:, :, 1:].max(axis=2).astype(np.int16)
    mask = ((red > 110) & (red - other > 45)).astype(np.uint8)
    if int(mask.sum()) < 400:
        return picture
    reach = max(int(picture.dpi / 12), 3)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    cleaned = image.copy()
    for left, top, width, height, _ in stats[1:].tolist():
        shorter, longer = sorted((width / picture.dpi, height / picture.dpi))
        if _SEAL[0] <= shorter and longer <= _SEAL[1] and shorter >= _ROUND * longer:
            rows = slice(max(top - reach, 0), top + height + reach)
            columns = slice(max(left - reach, 0), left + width + reach)
            _bleach(cleaned[rows, columns], mask[rows, columns], reach)
    return Picture(cleaned, picture.dpi, picture.skew)


def _bleach(region: Image, mask: Any, reach: int) -> None:
    """Make the ink of a seal white, in place: seen through a red glass it has no contrast to paper.

    mask: where the ink is. reach: pixels; at its edges, where the scan mixed it with the paper, grey becomes white.
    """
    import cv2
    import numpy as np

    red = region[:, :, 0].astype(np.float32)
    ink = float(np.percentile(red[mask > 0], 20)) if mask.any() else 255.0
    light = np.clip(red * (255.0 / max(ink, 120.0)), 0, 255).astype(np.uint8)
    near = cv2.dilate(mask, np.ones((reach // 2 | 1, reach // 2 | 1), np.uint8))
    light[(near > 0) & (light > _GREY)] = 255
    region[:, :, :] = light[:, :, None]


def straightened(picture: Picture) -> Picture:
    """The picture turned so that its lines run level."""
    import cv2

    skew = _skew(picture.image)
    if abs(skew) < _LEAST:
        return picture
    height, width = picture.image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    turned = cv2.warpAffine(picture.image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return Picture(turned, picture.dpi, skew)


def _skew(image: Image) -> float:
    """Degrees clockwise by which the lines lean: where the rows of a small copy differ most."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    factor = min(700.0 / max(grey.shape), 1.0)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = 255 - cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 21, 15)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, matrix, (width, height)).sum(axis=1, dtype=np.float64)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    steps = int(_STEEPEST / _STEP)
    rough = max((step * _STEP for step in range(-steps, steps + 1)), key=sharpness)
    return max((rough + fine * _STEP / 5 for fine in range(-4, 5)), key=lambda angle: (sharpness(angle), -abs(angle)))
