"""Makes a scan of a printed page (扫描): image, skew, noise, seal, JPEG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from corpus.render.style import Scan
from extractors.readers.pdf.opening import with_true_colours

if TYPE_CHECKING:
    import pymupdf
    from PIL import Image

_SEAL_RED = (212, 36, 44)


def scan_page(pdf: pymupdf.Document, number: int, scan: Scan) -> bytes:
    """The page (`number`, 0-based) as a JPEG, the way a scanner gives it."""
    from PIL import Image

    with_true_colours()  # whatever was read before
    pixmap = pdf[number].get_pixmap(dpi=scan.dpi)
    image = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)
    if scan.seal:
        _stamp(image, scan.dpi)
    if scan.skew:
        image = image.rotate(-scan.skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if scan.turned:
        image = image.rotate(-scan.turned, expand=True)
    if scan.noise:
        image = _noisy(image, scan.noise, seed=number)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=scan.quality, dpi=(scan.dpi, scan.dpi))
    return buffer.getvalue()


def replace_by_scan(pdf: pymupdf.Document, number: int, scan: Scan) -> None:
    """Put the scan of the page (0-based) in its place; the page keeps its size unless the sheet lay sideways."""
    image = scan_page(pdf, number, scan)
    width, height = pdf[number].rect.width, pdf[number].rect.height
    if scan.turned % 180:
        width, height = height, width
    pdf.delete_page(number)
    page = pdf.new_page(number, width=width, height=height)
    page.insert_image(page.rect, stream=image)


def _stamp(image: Image.Image, dpi: int) -> None:
    """Print a round red seal over the text in the lower right of the upper half, as inks mix."""
    from PIL import Image, ImageChops, ImageDraw

    seal = Image.new("RGB", image.size, (255, 255, 255))
    draw = ImageDraw.Draw(seal)
    radius = int(0.8 * dpi)
    x, y = int(image.width * 0.62), int(image.height * 0.42)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_SEAL_RED, width=max(dpi // 28, 2))
    inner = radius // 4
    draw.regular_polygon((x, y, inner), 5, fill=_SEAL_RED)
    for step in range(12):
        angle = step * 30
        draw.arc(
            (x - radius * 3 // 4, y - radius * 3 // 4, x + radius * 3 // 4, y + radius * 3 // 4),
            angle,
            angle + 14,
            fill=_SEAL_RED,
            width=max(dpi // 16, 2),
        )
    image.paste(ImageChops.multiply(image, seal))


def _noisy(image: Image.Image, deviation: float, seed: int) -> Image.Image:
    """Grey noise, the same for the same seed."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(seed)
    pixels = np.asarray(image).astype(np.float32)
    grey = random.normal(0.0, deviation, pixels.shape[:2])[..., None]
    return Image.fromarray(np.clip(pixels + grey, 0, 255).astype(np.uint8))
