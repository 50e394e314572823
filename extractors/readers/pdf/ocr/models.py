"""Where the OCR models lie (识别模型): those that come along with rapidocr, or a folder of the owner's."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import DocumentRefused

_DET_NAME, _REC_NAME = "PP-OCRv6_small_det", "PP-OCRv6_small_rec"
_DET_FILE, _REC_FILE = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


@dataclass(frozen=True, slots=True)
class ModelFolders:
    """Folders with `inference.onnx` and `inference.yml` (模型文件夹), and the names of the models in them."""

    detection: Path
    recognition: Path
    detection_name: str = _DET_NAME
    recognition_name: str = _REC_NAME


def bundled_files() -> tuple[Path, Path]:
    """The detection and recognition models that rapidocr carries. Raises DocumentRefused without them."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise no_engine("rapidocr")
    folder = Path(spec.origin).parent / "models"
    files = folder / _DET_FILE, folder / _REC_FILE
    if not all(file.is_file() for file in files):
        raise no_engine("rapidocr")
    return files


def no_engine(name: str) -> DocumentRefused:
    """The refusal where an engine or its models are missing."""
    return DocumentRefused("ocr-unavailable", f"文字识别组件 {name} 或其模型缺失，无法读取扫描件；请重新安装依赖。")


def model_folders(own: Path | None) -> ModelFolders:
    """The folders that PaddleOCR reads. own: the owner's folder with `det` and `rec`, or None for the bundled models.

    For the bundled ones a folder is made beside other temporary files: links to the models, and the descriptions
    that PaddleOCR wants beside them.
    """
    if own is not None:
        return _described(own / "det", own / "rec")
    detection, recognition = bundled_files()
    root = Path(tempfile.gettempdir()) / f"jihe-ocr-{os.getuid() if hasattr(os, 'getuid') else 0}"
    folders = ModelFolders(root / _DET_NAME, root / _REC_NAME)
    if not (_is_made(folders.detection, detection) and _is_made(folders.recognition, recognition)):
        _make(folders.detection, detection, _detection_description())
        _make(folders.recognition, recognition, _recognition_description(recognition))
    return folders


def _described(detection: Path, recognition: Path) -> ModelFolders:
    """The owner's models with the names that their descriptions give."""
    import yaml

    names = []
    for folder in (detection, recognition):
        try:
            description = yaml.safe_load((folder / "inference.yml").read_text(encoding="utf-8"))
            names.append(str(description["Global"]["model_name"]))
        except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise no_engine(f"（{folder.name}/inference.yml）") from error
    return ModelFolders(detection, recognition, *names)


def _is_made(folder: Path, model: Path) -> bool:
    """Whether the folder is complete and leads to this very model."""
    link = folder / "inference.onnx"
    return (folder / "inference.yml").is_file() and link.is_symlink() and link.readlink() == model


def _make(folder: Path, model: Path, description: dict[str, object]) -> None:
    """Make the folder as a whole: others may do the same at this moment."""
    import yaml

    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as draft:
        new = Path(draft)
        (new / "inference.onnx").symlink_to(model)
        text = yaml.safe_dump(description, allow_unicode=True)
        (new / "inference.yml").write_text(text, encoding="utf-8")
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in ("inference.onnx", "inference.yml"):
            (new / name).replace(folder / name)


def _detection_description() -> dict[str, object]:
    """How PaddleOCR prepares a page for the bundled detection model."""
    normalise = {
        "mean": [0.485, 0.456, 0.406],
        "std": [0.229, 0.224, 0.225],
        "scale": "1./255.",
        "order": "hwc",
    }
    steps: list[object] = [
        {"DetResizeForTest": {"resize_long": 960}},
        {"NormalizeImage": normalise},
        {"ToCHWImage": None},
        {"KeepKeys": {"keep_keys": ["image", "shape", "polys", "ignore_tags"]}},
    ]
    return {
        "Global": {"model_name": _DET_NAME},
        "PreProcess": {"transform_ops": steps},
        "PostProcess": {
            "name": "DBPostProcess",
            "thresh": 0.3,
            "box_thresh": 0.6,
            "max_candidates": 1000,
            "unclip_ratio": 1.5,
        },
    }


def _recognition_description(model: Path) -> dict[str, object]:
    """How PaddleOCR prepares a line for the bundled recogniser, whose characters stand in the model's metadata."""
    import onnxruntime

    metadata = onnxruntime.InferenceSession(str(model)).get_modelmeta().custom_metadata_map
    steps: list[object] = [
        {"RecResizeImg": {"image_shape": [3, 48, 320]}},
        {"KeepKeys": {"keep_keys": ["image", "label_ctc"]}},
    ]
    return {
        "Global": {"model_name": _REC_NAME},
        "PreProcess": {"transform_ops": steps},
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": metadata["character"].split("\n")},
    }
