"""Archives made for tests: the good, the odd and the hostile."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path


def zip_of(members: dict[str, bytes], gbk: bool = False) -> bytes:
    """A zip; gbk: names as Chinese Windows writes them, without saying so."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(_GbkInfo(name) if gbk else name, content)
    return buffer.getvalue()


class _GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - of zipfile
        return self.filename.encode("gbk"), self.flag_bits


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    """A tar; mode: as `tarfile.open` wants it, with its compression."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def tar_with_links() -> bytes:
    """A tar with a link that leads outside, one that leads nowhere, a pipe, and a plain file."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind, target in (
            ("soft", tarfile.SYMTYPE, "../../secret"),
            ("hard", tarfile.LNKTYPE, "/etc/passwd"),
            ("pipe", tarfile.FIFOTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    return buffer.getvalue()


def seven_zip_of(members: dict[str, bytes], folder: Path, password: str | None = None) -> bytes:
    """A 7z."""
    import py7zr

    path = folder / "made.7z"
    with py7zr.SevenZipFile(path, "w", password=password) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return path.read_bytes()


def encrypted_zip() -> bytes:
    """A zip whose one member claims to be encrypted, and one that is not."""
    data = bytearray(zip_of({"a.txt": b"secret", "b.txt": b"open"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb_zip(size: int = 64 * 2**20) -> bytes:
    """A zip of some kilobytes that unfolds to `size` bytes."""
    return zip_of({"zeros.txt": b"0" * size})


def compressed(content: bytes, kind: str) -> bytes:
    """One file as a compressed stream."""
    return {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[kind](content)


def stored_rar(name: str, content: bytes, method: int = 0x30) -> bytes:
    """A RAR of version 3 with one member, stored; another method only claims to be packed."""
    raw = name.encode()

    def block(kind: int, flags: int, body: bytes) -> bytes:
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head

    size, check, day = len(content), zlib.crc32(content), 0x21 << 16
    fields = struct.pack("<IIBIIBBHI", size, size, 3, check, day, 29, method, len(raw), 0o100644)
    member = block(0x74, 0x8000, fields + raw) + content
    return b"Rar!\x1a\x07\x00" + block(0x73, 0, b"\0" * 6) + member + block(0x7B, 0x4000, b"")
