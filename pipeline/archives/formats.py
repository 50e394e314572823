"""One function for each kind of archive (各种压缩格式): its members into a sink, in the archive's order."""

import bz2
import gzip
import io
import lzma
import shutil
import stat
import tarfile
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, cast

from extractors.errors import DocumentRefused
from pipeline.archives.model import ArchiveKind, damaged, encrypted
from pipeline.archives.names import decoded
from pipeline.archives.sink import Sink

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_BLOCK = 512  # of tar
_LINK = DocumentRefused("archive-link", "压缩包内的链接，未跟随。")
_SPECIAL = DocumentRefused("archive-special", "压缩包内的设备或管道，不是普通文件，未解压。")
_RAR_TOOLS = ("unrar", "unar", "7z", "7zz", "bsdtar")


def unzip(path: Path, sink: Sink) -> None:
    """ZIP; names are what their flag says, or else UTF-8 or GB 18030."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.orig_filename if info.flag_bits & _UTF8_FLAG else decoded(info.orig_filename.encode("cp437"))
            if info.is_dir():
                continue
            if info.flag_bits & _ENCRYPTED_FLAG:
                sink.refuse(name, encrypted())
            elif stat.S_ISLNK(info.external_attr >> 16):
                sink.refuse(name, _LINK)
            else:
                _take_zipped(archive, info, name, sink)


def _take_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, sink: Sink) -> None:
    """One member; a broken one costs only itself."""
    try:
        with archive.open(info) as source:
            sink.take(name, cast(BinaryIO, source))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, lzma.LZMAError, ValueError):
        sink.refuse(name, damaged("压缩包内的该文件"))


class _Counted(io.RawIOBase):
    """A stream that accounts for what is read from it: tar's padding and headers are unfolded bytes too."""

    def __init__(self, source: BinaryIO, sink: Sink) -> None:
        self._source = source
        self._sink = sink

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes, accounted for."""
        data = self._source.read(size)
        self._sink.count(len(data))
        return data


def untar(source: BinaryIO, sink: Sink) -> None:
    """TAR from an unpacked stream."""
    counted = cast(BinaryIO, _Counted(source, sink))
    with tarfile.open(fileobj=counted, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        for info in archive:
            name = decoded(info.name.encode("utf-8", "surrogateescape"))
            if info.isdir():
                continue
            if info.issym() or info.islnk():
                sink.refuse(name, _LINK)
            elif not info.isfile():
                sink.refuse(name, _SPECIAL)
            else:
                member = archive.extractfile(info)
                assert member is not None, "a plain file has content"  # noqa: S101
                sink.take(name, cast(BinaryIO, member), counted=True)


def decompress(path: Path, kind: ArchiveKind, stem: str, sink: Sink) -> None:
    """A compressed stream: a tar inside, or one file, which then is called `stem`."""
    openers: dict[str, Any] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}
    with openers[kind](path, "rb") as stream:
        head = stream.read(_BLOCK)
        stream.seek(0)
        if head[257:262] == b"ustar":
            untar(stream, sink)
        else:
            sink.take(stem, stream)


def unpack_7z(path: Path, sink: Sink) -> None:
    """7z by way of py7zr, which is given numbers for names and files of ours to write to."""
    import py7zr
    from py7zr.exceptions import PasswordRequired

    try:
        with path.open("rb") as packed, py7zr.SevenZipFile(packed) as archive:
            if archive.password_protected:
                raise encrypted()
            _take_7z(archive, sink)
    except PasswordRequired as error:
        raise encrypted() from error


def _take_7z(archive: Any, sink: Sink) -> None:
    """All members, in order."""
    from pipeline.archives.sevenzip import Numbered

    writers = Numbered(sink)
    for number, info in enumerate(archive.files):
        name = info.filename
        if info.is_directory:
            continue
        if info.is_symlink or info.is_junction:
            sink.refuse(name, _LINK)
        elif info.is_socket:
            sink.refuse(name, _SPECIAL)
        else:
            writers.expect(str(number), name)
    for number, record in enumerate(archive.header.files_info.files):
        record["filename"] = str(number)  # so that no name from the archive reaches the file system
    archive.extract(targets=writers.expected, factory=writers)
    writers.finish()


def unpack_rar(path: Path, sink: Sink) -> None:
    """RAR by way of rarfile, which needs a tool for all but stored members."""
    import rarfile

    with rarfile.RarFile(path) as archive:
        if archive.needs_password():
            raise encrypted()
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.is_symlink():
                sink.refuse(info.filename, _LINK)
            elif not info.is_file():
                sink.refuse(info.filename, _SPECIAL)
            else:
                if info.compress_type != rarfile.RAR_M0 and not any(map(shutil.which, _RAR_TOOLS)):
                    raise DocumentRefused(
                        "archive-rar-tool", "这台机器没有解压 RAR 的工具。请安装 unrar、unar 或 7-Zip，或改存为 ZIP。"
                    )
                with archive.open(info) as source:
                    sink.take(info.filename, source)
