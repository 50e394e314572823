"""The engines by name (引擎一览): loaded when the first page needs one, and kept for the next."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from extractors.errors import DocumentRefused
from extractors.readers.pdf.ocr.engine import OcrEngine
from extractors.readers.pdf.ocr.models import no_engine
from extractors.readers.settings import EngineName


@lru_cache(maxsize=2)
def load_engine(name: EngineName, models: Path | None, threads: int) -> OcrEngine:
    """The engine, ready to read, on so many processor cores, 0 for all.

    Raises DocumentRefused where it or its models are not installed.
    """
    try:
        threads = threads or _available_cores()
        _bound_threads(threads)
        if name == "rapid":
            from extractors.readers.pdf.ocr.rapid import RapidEngine

            return RapidEngine(models, threads)
        from extractors.readers.pdf.ocr.paddle import PaddleEngine

        return PaddleEngine(models, threads)
    except DocumentRefused:
        raise
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise no_engine(name) from error


def _available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _bound_threads(threads: int) -> None:
    """Keep image processing to so many cores; a library asked before keeps what it took."""
    import cv2

    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    cv2.setNumThreads(threads)
