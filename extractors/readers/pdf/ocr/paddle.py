"""PaddleOCR behind the protocol (PaddleOCR 引擎), run by onnxruntime: Paddle's own framework is not needed."""

from __future__ import annotations

import importlib.metadata
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extractors.readers.pdf.ocr.ctc import batches, decode
from extractors.readers.pdf.ocr.engine import Image, Quad, ReadText, as_quad
from extractors.readers.pdf.ocr.models import model_folders

_HEIGHT = 48  # pixels of a line as the recogniser sees it
_MOST, _BUDGET = 32, 4_000  # lines, and pixels of width, that are read at once
_NARROWEST = 64  # pixels that a short line is filled up to
_LONGEST_SIDE = 1600  # pixels; a larger page is made smaller to find its lines


class PaddleEngine:
    """PaddleOCR 引擎, with the models that come along or those of the owner."""

    def __init__(self, models: Path | None = None, threads: int = 1) -> None:
        """`models`: folder with `det` and `rec`, each holding `inference.onnx` and `inference.yml`, or None."""
        pipeline: Any = open_paddle(models, threads).paddlex_pipeline
        pipeline = getattr(pipeline, "_pipeline", pipeline)
        self._detector: Any = pipeline.text_det_model
        self._recogniser: Any = pipeline.text_rec_model
        resize = self._recogniser.pre_tfs["ReisizeNorm"]
        resize.rec_image_shape = [*resize.rec_image_shape[:2], _NARROWEST]

    def detect(self, image: Image) -> list[Quad]:
        """As the protocol says; PaddleOCR takes BGR."""
        found = next(iter(self._detector([image[:, :, ::-1]], limit_side_len=_LONGEST_SIDE, limit_type="max")))
        return [as_quad(box) for box in found["dt_polys"]]

    def recognise(self, crops: Sequence[Image]) -> list[ReadText]:
        """As the protocol says."""
        widths = [crop.shape[1] * _HEIGHT / crop.shape[0] for crop in crops]
        read: list[ReadText] = [ReadText("", (), ())] * len(crops)
        steps, characters = self._recogniser.pre_tfs, self._recogniser.post_op.character
        for batch in batches(widths, _MOST, _BUDGET):
            inputs = steps["ReisizeNorm"](imgs=[crops[index][:, :, ::-1] for index in batch])
            joined = steps["ToBatch"](imgs=inputs)
            outputs = self._recogniser.runner(x=joined)[0]
            padded = joined[0].shape[-1]
            for index, output in zip(batch, outputs, strict=True):
                step = padded / output.shape[0] * crops[index].shape[0] / _HEIGHT
                read[index] = decode(output, characters, step, crops[index].shape[1])
        return read


def open_paddle(models: Path | None, threads: int) -> Any:
    """PaddleOCR itself. models, threads: as for PaddleEngine."""
    folders = model_folders(models)
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
    with _headless_opencv_counts(), _quiet():
        from paddleocr import PaddleOCR

        return PaddleOCR(
            engine="onnxruntime",
            engine_config={"enable_cpu_mem_arena": False, "intra_op_num_threads": threads},
            text_detection_model_name=folders.detection_name,
            text_recognition_model_name=folders.recognition_name,
            text_detection_model_dir=str(folders.detection),
            text_recognition_model_dir=str(folders.recognition),
            text_det_limit_side_len=_LONGEST_SIDE,
            text_det_limit_type="max",
            use_doc_orientation_classify=False,
            use_doc_unwarping=False,
            use_textline_orientation=False,
        )


@contextmanager
def _headless_opencv_counts() -> Iterator[None]:
    """Let the headless OpenCV pass for the one with windows, which PaddleX asks for by the name of its package.

    Both hold the same module `cv2`; the one with windows needs a graphics library that servers lack.
    """
    version = importlib.metadata.version

    def known(name: str) -> str:
        return version("opencv-python-headless") if name == "opencv-contrib-python" else version(name)

    importlib.metadata.version = known  # type: ignore[assignment]
    try:
        yield
    finally:
        importlib.metadata.version = version


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' start-up messages off the terminal."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
