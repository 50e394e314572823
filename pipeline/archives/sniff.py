"""Whether a file is an archive (识别压缩包), judged by its bytes, never by its name."""

from typing import BinaryIO

from pipeline.archives.model import ArchiveKind

HEAD = 64 * 1024  # bytes at the beginning that suffice to tell
_MAGIC: tuple[tuple[bytes, int, ArchiveKind], ...] = (
    (b"PK\x03\x04", 0, "zip"),
    (b"PK\x05\x06", 0, "zip"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7z"),
    (b"Rar!\x1a\x07", 0, "rar"),
    (b"\x1f\x8b\x08", 0, "gzip"),
    (b"BZh", 0, "bzip2"),
    (b"\xfd7zXZ\x00", 0, "xz"),
    (b"ustar", 257, "tar"),
)
# Documents that are zip files by build: read, or refused with their own remedy, as what they are.
_DOCUMENTS = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"OFD.xml", b"mimetypeapplication/")
_BZIP2_DIGITS = b"123456789"


def sniff(head: bytes, tail: bytes = b"") -> ArchiveKind | None:
    """The kind of archive that a file is; None for everything else.

    head, tail: its first and last bytes, up to `HEAD` of each.
    """
    for magic, offset, kind in _MAGIC:
        if head.startswith(magic, offset):
            if kind == "zip" and any(mark in part for mark in _DOCUMENTS for part in (head, tail)):
                return None
            if kind == "bzip2" and head[3:4] not in _BZIP2_DIGITS:  # a text may begin with BZh
                return None
            return kind
    return None


def sniff_file(file: BinaryIO, size: int) -> ArchiveKind | None:
    """The kind of archive that an open file is; its position is moved."""
    file.seek(0)
    head = file.read(HEAD)
    if not head.startswith(b"PK"):
        return sniff(head)
    file.seek(max(size - HEAD, 0))
    return sniff(head, file.read(HEAD))
