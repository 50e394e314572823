"""The bytes of one file (读入字节): never more than allowed, never from anything but a plain file."""

import os
import stat

from extractors.errors import DocumentRefused
from pipeline.discover import unreadable
from pipeline.options import MEBIBYTE, Limits

_PDF_MARK = b"%PDF-"
_PDF_MARK_WITHIN = 1024  # bytes; where PDF viewers look for the mark

# Neither wait for a pipe's other end nor follow a link that took the file's place after discovery.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: str, limits: Limits) -> bytes:
    """All bytes of the plain file at `path`.

    Raises DocumentRefused: too large, not a plain file any more, or the system cannot read it.
    """
    try:
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise DocumentRefused("special-file", "不是普通文件，未读取。")
            head = file.read(_PDF_MARK_WITHIN)
            limit = limits.pdf_bytes if _PDF_MARK in head else limits.text_bytes
            _check_size(status.st_size, limit)
            data = head + file.read(limit + 1 - len(head))
            _check_size(len(data), limit)
            return data
    except OSError as error:
        raise unreadable(error) from error


def _check_size(size: int, limit: int) -> None:
    """Refuse what is larger than a report can be."""
    if size > limit:
        raise DocumentRefused(
            "file-too-large",
            f"文件超过 {limit // MEBIBYTE} MiB 的上限，不像一份报告，未读取。若确是报告，请拆分后再处理。",
        )
