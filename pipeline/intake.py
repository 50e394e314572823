"""The bytes of one file (读入字节): never more than allowed, never from anything but a plain file."""

import hashlib
import os
import stat
from io import BufferedReader

from extractors.errors import DocumentRefused
from extractors.frozen import frozen
from pipeline.archives.model import ArchiveKind
from pipeline.archives.sniff import sniff_file
from pipeline.discover import unreadable
from pipeline.options import MEBIBYTE, Limits
from pipeline.remote import is_address, open_remote

_PDF_MARK = b"%PDF-"
_PDF_MARK_WITHIN = 1024  # bytes; where PDF viewers look for the mark

# Neither wait for a pipe's other end nor follow a link that took the file's place after discovery.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: str, limits: Limits) -> bytes:
    """All bytes of the plain file at `path`.

    Raises DocumentRefused: too large, not a plain file any more, or the system cannot read it.
    """
    try:
        with _open(path) as file:
            head = file.read(_PDF_MARK_WITHIN)
            limit = _limit(head, limits)
            _check_size(_size(file, path), limit)
            data = head + file.read(limit + 1 - len(head))
            _check_size(len(data), limit)
            return data
    except OSError as error:
        raise unreadable(error) from error


@frozen
class Identity:
    """What a file is by its bytes (文件标识). sha256: None where it was not read. archive: its kind, if it is one."""

    sha256: str | None
    archive: ArchiveKind | None = None
    refusal: DocumentRefused | None = None


def identify(path: str, limits: Limits) -> Identity:
    """Digest the plain file at `path` and tell whether it is an archive, for which no limit of size holds."""
    try:
        with _open(path) as file:
            size = _size(file, path)
            archive = sniff_file(file, size)
            file.seek(0)
            if archive is None:
                _check_size(size, _limit(file.read(_PDF_MARK_WITHIN), limits))
                file.seek(0)
            return Identity(hashlib.file_digest(file, "sha256").hexdigest(), archive)
    except DocumentRefused as refusal:
        return Identity(None, refusal=refusal)
    except OSError as error:
        return Identity(None, refusal=unreadable(error))


def _open(path: str) -> BufferedReader:
    """The plain file at `path`, or at an address, open for reading.

    Raises OSError; DocumentRefused where it is no plain file.
    """
    if is_address(path):
        return open_remote(path)
    file = os.fdopen(os.open(path, _FLAGS), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise DocumentRefused("special-file", "不是普通文件，未读取。")
    return file


def _size(file: BufferedReader, path: str) -> int:
    """Bytes of an open file; the place in it stays."""
    if not is_address(path):
        return os.fstat(file.fileno()).st_size
    place = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(place)
    return size


def _limit(head: bytes, limits: Limits) -> int:
    """How large a file that begins so may be."""
    return limits.pdf_bytes if _PDF_MARK in head else limits.text_bytes


def _check_size(size: int, limit: int) -> None:
    """Refuse what is larger than a report can be."""
    if size > limit:
        raise DocumentRefused(
            "file-too-large",
            f"文件超过 {limit // MEBIBYTE} MiB 的上限，不像一份报告，未读取。若确是报告，请拆分后再处理。",
        )
