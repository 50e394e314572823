"""What a stage's result depends on (阶段版本): its code and data, what stands below it, and its options."""

import hashlib
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from extractors.readers.settings import ReadingSettings

Stage = Literal["read", "understand", "judge", "write"]
STAGES: tuple[Stage, ...] = ("read", "understand", "judge", "write")
_ROOT = Path(__file__).resolve().parents[2]
# Whole folders and not import graphs: the architecture test holds the walls between them.
_CODE: Mapping[Stage, tuple[str, ...]] = {
    "read": ("extractors/*.py", "extractors/readers/**/*"),
    "understand": ("extractors/repair/**/*", "extractors/segment/**/*", "extractors/rows/**/*", "normalizers/**/*"),
    "judge": (
        "pipeline/checks/**/*",
        "pipeline/across/signatures.py",
        *(f"pipeline/writers/{name}.py" for name in ("convert", "convert_findings", "judgements", "ledger")),
        *(f"pipeline/writers/{name}.py" for name in ("observations", "places", "records", "values")),
        "pipeline/process.py",
        "pipeline/results.py",
        "pipeline/intake.py",
        "pipeline/work.py",
    ),
    "write": ("pipeline/**/*",),
}
_PACKAGES: Mapping[Stage, tuple[str, ...]] = {
    "read": ("pymupdf", "paddleocr", "paddlex", "rapidocr", "onnxruntime", "opencv-python-headless", "pillow", "numpy"),
    "understand": ("jieba", "rapidfuzz", "numpy"),
    "judge": (),
    "write": ("jinja2", "pyarrow", "sqlalchemy"),
}
_IGNORED = {".md", ".pyc"}


def stage_tags(settings: ReadingSettings) -> dict[Stage, str]:
    """Stage → what identifies its results: two results with one tag, of one content, are equal."""
    tags: dict[Stage, str] = {}
    below = hashlib.sha256(f"{platform.python_version()} {_options(settings)}".encode())
    for stage in STAGES:
        for path in sorted(files_of(stage)):
            below.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
            below.update(hashlib.sha256(path.read_bytes()).digest())
        for package in _PACKAGES[stage]:
            below.update(f"{package} {_version(package)}\0".encode())
        tags[stage] = below.copy().hexdigest()[:24]
    return tags


def files_of(stage: Stage) -> Iterator[Path]:
    """Code and data of one stage."""
    for pattern in _CODE[stage]:
        for path in _ROOT.glob(pattern):
            if path.is_file() and path.suffix not in _IGNORED:
                yield path


def _version(package: str) -> str:
    """The installed version of a package, or a dash."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _options(settings: ReadingSettings) -> str:
    """The reading options, with the state of the owner's own models."""
    models = sorted(settings.models.rglob("*")) if settings.models is not None else []
    stats = [(path.name, status.st_size, status.st_mtime_ns) for path in models if (status := path.stat())]
    return f"{settings!r} {stats}"
