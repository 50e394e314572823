"""The engines by name (引擎一览): loaded when the first page needs one, and kept for the next."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from extractors.errors import DocumentRefused
from extractors.readers.pdf.ocr.engine import OcrEngine
from extractors.readers.pdf.ocr.models import no_engine
from extractors.readers.settings import EngineName


@lru_cache(maxsize=2)
def load_engine(name: EngineName, models: Path | None) -> OcrEngine:
    """The engine, ready to read. Raises DocumentRefused where it or its models are not installed."""
    try:
        if name == "rapid":
            from extractors.readers.pdf.ocr.rapid import RapidEngine

            return RapidEngine(models)
        from extractors.readers.pdf.ocr.paddle import PaddleEngine

        return PaddleEngine(models)
    except DocumentRefused:
        raise
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise no_engine(name) from error
