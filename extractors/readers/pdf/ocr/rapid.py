"""RapidOCR behind the protocol (RapidOCR 引擎): loads in a tenth of PaddleOCR's time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractors.readers.pdf.ocr.ctc import batches, decode
from extractors.readers.pdf.ocr.engine import Image, Quad, ReadText, as_quad
from extractors.readers.pdf.ocr.models import bundled_files

_HEIGHT = 48  # pixels of a line as the recogniser sees it
_MOST, _BUDGET = 32, 4_000  # lines, and pixels of width, that are read at once
_NARROWEST = 64  # pixels that a short line is filled up to
_LONGEST_SIDE = 1600  # pixels; a larger page is made smaller to find its lines


class RapidEngine:
    """RapidOCR 引擎, with the models that it carries or those of the owner."""

    def __init__(self, models: Path | None = None, threads: int = 1) -> None:
        """`models`: folder with `det/inference.onnx` and `rec/inference.onnx`, or None."""
        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        detection, recognition = bundled_files()
        if models is not None:
            detection, recognition = models / "det" / "inference.onnx", models / "rec" / "inference.onnx"
        ocr: Any = RapidOCR(
            params={
                "Det.model_path": str(detection),
                "Rec.model_path": str(recognition),
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "Global.use_cls": False,
                "Det.limit_side_len": _LONGEST_SIDE,
                "Det.limit_type": "max",
            }
        )
        self._detector: Any = ocr._load_det_model()
        self._recogniser: Any = ocr._load_rec_model()

    def detect(self, image: Image) -> list[Quad]:
        """As the protocol says; RapidOCR takes BGR."""
        boxes = self._detector(image[:, :, ::-1]).boxes
        if boxes is None:
            return []
        return [as_quad(box) for box in boxes]

    def recognise(self, crops: Sequence[Image]) -> list[ReadText]:
        """As the protocol says."""
        import numpy as np

        widths = [crop.shape[1] * _HEIGHT / crop.shape[0] for crop in crops]
        read: list[ReadText] = [ReadText("", (), ())] * len(crops)
        for batch in batches(widths, _MOST, _BUDGET):
            ratio = max(float(_NARROWEST), *(widths[index] for index in batch)) / _HEIGHT
            inputs = [self._recogniser.resize_norm_img(crops[index][:, :, ::-1], ratio) for index in batch]
            outputs = self._recogniser.session(np.stack(inputs).astype(np.float32))
            for index, output in zip(batch, outputs, strict=True):
                step = ratio * _HEIGHT / output.shape[0] * crops[index].shape[0] / _HEIGHT
                characters = self._recogniser.postprocess_op.character
                read[index] = decode(output, characters, step, crops[index].shape[1])
        return read
