"""The door of archives (解压): a file in, its members as numbered files out, whatever the archive tries."""

import errno
import shutil
import tempfile
import zipfile
import zlib
from lzma import LZMAError
from pathlib import Path
from tarfile import TarError
from typing import cast

from extractors.errors import DocumentRefused
from pipeline.archives import formats
from pipeline.archives.model import ArchiveKind, Unpacked, damaged
from pipeline.archives.sink import Sink
from pipeline.options import ArchiveLimits

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SUFFIXES = (".gz", ".bz2", ".xz", ".tgz", ".tbz", ".txz")


def unpack(path: Path, kind: ArchiveKind, source: str, folder: Path, limits: ArchiveLimits) -> Unpacked:
    """Unpack the archive at `path` into `folder`, which appears whole or not at all.

    source: what the archive is called, for the name of a single compressed file. Raises OSError where the disk is full.
    """
    if folder.is_dir():
        shutil.rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder.parent))
    try:
        unpacked = _into(path, kind, source, draft, limits)
        draft.rename(folder)
        return unpacked
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _into(path: Path, kind: ArchiveKind, source: str, folder: Path, limits: ArchiveLimits) -> Unpacked:
    """Unpack, and say what stopped it."""
    sink = Sink(folder, path.stat().st_size, limits)
    fault = None
    try:
        _take(path, kind, source, sink)
    except DocumentRefused as refusal:
        return Unpacked((), refusal)
    except OSError as error:
        if error.errno in _FULL:
            raise
        fault = damaged()
    except (zipfile.BadZipFile, TarError, EOFError, LZMAError, zlib.error, ValueError, NotImplementedError):
        fault = damaged()
    except Exception as error:
        if not _of_library(error):
            raise
        fault = damaged()
    return Unpacked(tuple(sink.members), fault)


def _of_library(error: Exception) -> bool:
    """Whether an error comes from a package that reads archives, which are written in haste: py7zr raises KeyError."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "") if trace is not None else ""
    return cast(str, module).partition(".")[0] in {"py7zr", "rarfile", "zipfile", "tarfile", "_compression", "gzip"}


def _take(path: Path, kind: ArchiveKind, source: str, sink: Sink) -> None:
    """Read the archive by its kind."""
    if kind == "zip":
        formats.unzip(path, sink)
    elif kind == "tar":
        with path.open("rb") as file:
            formats.untar(file, sink)
    elif kind == "7z":
        formats.unpack_7z(path, sink)
    elif kind == "rar":
        formats.unpack_rar(path, sink)
    else:
        formats.decompress(path, kind, _stem(source), sink)


def _stem(source: str) -> str:
    """The name of the one file in a compressed stream."""
    name = source.rpartition("/")[2]
    suffix = next((suffix for suffix in _SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(suffix)] or "content"
