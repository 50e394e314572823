"""Which files a corpus holds (发现文件): each once, one at a time, without leaving the corpus."""

import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from extractors.errors import DocumentRefused
from extractors.frozen import frozen
from pipeline.remote import listed

_SPECIAL = (
    (stat.S_ISFIFO, "命名管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "字符设备"),
    (stat.S_ISBLK, "块设备"),
)


_SETTLED = 1_000_000_000  # nanoseconds; file systems tell times no finer than their clock ticks


@frozen
class InputFile:
    """One entry of the corpus (输入文件).

    source: path below the corpus, `/`-separated, always valid Unicode. path: as the system knows it.
    refusal: why it will not be opened, or None. stamp: identity, size and times, which change when the file does; None
    where they cannot be relied on.
    """

    source: str
    path: str
    refusal: DocumentRefused | None = None
    stamp: str | None = None


def printable(name: str) -> str:
    """`name` as valid Unicode: bytes that are no UTF-8 become `\\xff`, and then a backslash is doubled."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    return name


def stamp_of(status: os.stat_result) -> str | None:
    """What changes when a file does; None where it changed so lately that another change might not show."""
    if time.time_ns() - status.st_ctime_ns < _SETTLED:
        return None
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def discover(corpus: Path | str, *skipped: Path) -> Iterator[InputFile]:
    """Every file below `corpus`, or `corpus` itself, in no order; the folders `skipped` are left out.

    corpus: a path, or an address as text.

    Holds the names of folders yet to be listed, never those of files: a corpus may have millions.
    """
    if isinstance(corpus, str):
        yield from (InputFile(printable(source), address, stamp=stamp) for source, address, stamp in listed(corpus))
        return
    if not corpus.is_dir():
        yield InputFile(printable(corpus.name), os.path.realpath(corpus), stamp=stamp_of(corpus.stat()))
        return
    left_out = {_identity(folder.stat()) for folder in skipped if folder.is_dir()}
    yield from _walk(os.fspath(corpus), left_out)


def _walk(root: str, left_out: set[tuple[int, int]]) -> Iterator[InputFile]:
    """All entries that are no folder, and the folders that cannot be listed."""
    home = os.path.realpath(root)
    folders = [(root, "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    found = _entry(entry, prefix + printable(entry.name), home, left_out)
                    if isinstance(found, InputFile):
                        yield found
                    elif found is not None:
                        folders.append(found)
        except OSError as error:
            yield InputFile(prefix, folder, _unlistable(error))


def _entry(
    entry: os.DirEntry[str], source: str, home: str, left_out: set[tuple[int, int]]
) -> InputFile | tuple[str, str] | None:
    """What one entry is: an input, a folder with its prefix, or one of the folders left out."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return InputFile(source, entry.path, unreadable(error))
    if not stat.S_ISDIR(status.st_mode):
        return InputFile(source, entry.path, _refusal(entry.path, status, home), stamp_of(status))
    return None if _identity(status) in left_out else (entry.path, source + "/")


def _identity(status: os.stat_result) -> tuple[int, int]:
    """What tells one file from all others on this machine."""
    return status.st_dev, status.st_ino


def _refusal(path: str, status: os.stat_result, home: str) -> DocumentRefused | None:
    """Why an entry will not be opened, or None for a plain file."""
    if stat.S_ISLNK(status.st_mode):
        return _link_refusal(path, home)
    for test, name in _SPECIAL:
        if test(status.st_mode):
            return DocumentRefused("special-file", f"这是{name}，不是普通文件，未打开。")
    return None


def _link_refusal(path: str, home: str) -> DocumentRefused:
    """Links are never followed: what they lead to inside the corpus is read under its own name."""
    try:
        target = os.path.realpath(path, strict=True)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return DocumentRefused("link-circular", "符号链接绕成了圈，未打开。请改放文件本身。")
        return DocumentRefused("link-broken", "符号链接指向的文件不存在，未打开。请补上文件或删除链接。")
    if target != home and not target.startswith(home.rstrip(os.sep) + os.sep):
        return DocumentRefused("link-outside", "符号链接指向语料文件夹之外，未打开。请把文件复制进来。")
    if (os.path.realpath(Path(path).parent) + os.sep).startswith(target.rstrip(os.sep) + os.sep):
        return DocumentRefused("link-circular", "符号链接指回自己所在的文件夹，绕成了圈，未打开。请删除该链接。")
    return DocumentRefused("link-inside", "符号链接指向语料内的另一处，那里的文件已按其本名处理，此处不再重复。")


def _unlistable(error: OSError) -> DocumentRefused:
    """A folder that cannot be listed."""
    if error.errno == errno.ENAMETOOLONG:
        return DocumentRefused("path-too-long", "文件夹层数过深，路径超出系统上限，未进入。请缩短路径。", failed=True)
    return DocumentRefused("folder-unreadable", "文件夹无法列出，其中的文件未处理。请检查权限。", failed=True)


def unreadable(error: OSError) -> DocumentRefused:
    """What an OSError at opening or reading a file means to its reader."""
    if isinstance(error, FileNotFoundError):
        return DocumentRefused("vanished", "文件在处理前消失了。请放回后重新运行。", failed=True)
    if isinstance(error, PermissionError):
        return DocumentRefused("permission-denied", "没有读取权限。请修改文件权限后重新运行。", failed=True)
    if error.errno == errno.ENAMETOOLONG:
        return DocumentRefused("path-too-long", "路径超出系统上限，无法打开。请缩短文件名或路径。", failed=True)
    return DocumentRefused("read-error", "读取文件时系统报错。请检查磁盘或网络盘后重新运行。", failed=True)
