"""Addresses in place of paths (远程地址): what fsspec reaches, such as s3://bucket/reports, read and written."""

import contextlib
import errno
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.options import BadUsage

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_SECRET = re.compile(r"://[^/@]*:[^/@]*@")
# Objects there appear whole or not at all; elsewhere a file is written under another name and moved.
_WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "az", "oss"}
_BUFFER = 1024 * 1024


def is_address(text: str) -> bool:
    """Whether this is an address and no path of this machine."""
    return _ADDRESS.match(text) is not None


def only_here(address: str) -> bool:
    """Whether only this process sees what is at `address`."""
    return address.startswith("memory://")


def takes_whole(address: str) -> bool:
    """Whether objects there appear whole or not at all, and folders need not be made."""
    return address.partition("://")[0] in _WHOLE


def filesystem(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it. Raises BadUsage where it cannot be reached that way.

    Credentials come from where the system's own tools have them (environment, configuration, role), never from here.
    """
    if _SECRET.search(address):
        raise BadUsage("地址里不要写密码。请把凭据放在环境变量或该存储自己的配置文件里。")
    import fsspec

    protocol = address.partition("://")[0]
    try:
        system, path = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise BadUsage(f"没有安装读写 {protocol}:// 的组件。请执行 pip install 'jihe[cluster]'。") from error
    except Exception as error:  # of as many kinds as there are file systems; their texts may tell secrets
        raise BadUsage(f"不能使用 {protocol}:// 地址（{type(error).__name__}）。请检查地址。") from error
    return system, str(path)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """What a remote file system raises, as an OSError that tells its kind only: its text may hold secrets."""
    try:
        yield
    except (FileNotFoundError, PermissionError) as error:
        raise type(error)(error.errno or errno.ENOENT, "remote file") from None
    except BadUsage:
        raise
    except Exception as error:
        raise OSError(errno.EIO, f"{type(error).__name__}") from None


class _Stream(io.RawIOBase):
    """A remote file as Python's own buffers want it (远程文件流)."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as there is anything. Raises OSError."""
        with told():
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """The present place."""
        return int(self._file.tell())

    def close(self) -> None:
        """Close both."""
        self._file.close()
        super().close()


def open_remote(address: str) -> io.BufferedReader:
    """The file at `address`, open for reading. Raises OSError."""
    with told():
        system, path = filesystem(address)
        return io.BufferedReader(_Stream(system.open(path, "rb")), _BUFFER)


@contextlib.contextmanager
def at_hand(path: str, folder: Path) -> Iterator[Path]:
    """The file at a path or an address as one of this machine; a copy in `folder` is removed behind it."""
    if not is_address(path):
        yield Path(path)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".partial-") as copy:
        with open_remote(path) as file:
            shutil.copyfileobj(file, copy)
        copy.flush()
        yield Path(copy.name)


def listed(address: str) -> Iterator[tuple[str, str, str | None]]:
    """Every file at or below `address`, folder by folder: (path below it, address, stamp). Raises BadUsage, OSError."""
    system, root = filesystem(address)
    with told():
        there = system.info(root) if system.exists(root) else None
    if there is None:
        raise BadUsage(f"没有这个地址：{address}。请检查地址、网络和凭据。")
    if there["type"] == "file":
        yield root.rstrip("/").rpartition("/")[2], address, _stamp(there)
        return
    folders = [root.rstrip("/")]
    while folders:
        folder = folders.pop()
        with told():
            entries = system.ls(folder, detail=True)
        for entry in entries:
            name = entry["name"].rstrip("/")
            if name == folder:  # some stores list a folder among its own files
                continue
            if entry["type"] == "directory":
                folders.append(name)
            else:
                yield name[len(root.rstrip("/")) :].lstrip("/"), str(system.unstrip_protocol(name)), _stamp(entry)


def _stamp(entry: dict[str, Any]) -> str | None:
    """What changes when a remote file does, its size third; None where nothing tells."""
    when = next((entry[key] for key in ("LastModified", "mtime", "last_modified", "created") if key in entry), "")
    mark = str(entry.get("ETag", entry.get("etag", "")))
    if not mark and not when:
        return None
    return f"remote:{mark.replace(':', '')}:{entry['size']}:{when}"


def publish(out: Path, address: str, names: list[str]) -> None:
    """Copy files below `out` to `address`, each whole or not at all; files there of the same name are replaced.

    Raises BadUsage, OSError.
    """
    system, root = filesystem(address)
    whole = takes_whole(address)
    with told():
        for name in names:
            target = f"{root.rstrip('/')}/{name}"
            parent, _, last = target.rpartition("/")
            if not whole:
                system.makedirs(parent, exist_ok=True)
            draft = target if whole else f"{parent}/.partial-{last}"
            system.put_file(str(out / name), draft)
            if not whole:
                system.mv(draft, target)


def present(address: str, sizes: dict[str, int]) -> set[str]:
    """Which of these files lie at `address` with these sizes: name below it → bytes."""
    return {
        name for name, _, stamp in _listed_or_none(address) if stamp and sizes.get(name) == int(stamp.split(":")[2])
    }


def _listed_or_none(address: str) -> Iterator[tuple[str, str, str | None]]:
    """The files at an address; none where it is not there yet."""
    system, root = filesystem(address)
    with told():
        there = system.exists(root)
    if there:
        yield from listed(address)
