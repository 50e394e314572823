"""What the caller may choose about reading (读取设置)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

EngineName = Literal["paddle", "rapid"]


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """读取设置.

    passwords: tried on encrypted PDFs, after the empty one. engine: which OCR reads pages without usable text.
    models: folder with the owner's own OCR models (`det`, `rec`), or None for those that come along.
    ocr_seconds: after so long, the pages of a file that are still to be read from their image are left unread.
    threads: how many processor cores one engine may use, 0 for all. page_read: called after each page that was read
    from its image, so that whoever holds the clock knows that work goes on.
    """

    passwords: tuple[str, ...] = ()
    engine: EngineName = "paddle"
    models: Path | None = None
    ocr_seconds: float = 1800.0
    threads: int = 0
    page_read: Callable[[], None] | None = None


DEFAULT = ReadingSettings()
