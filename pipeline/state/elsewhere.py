"""Results at an address (异地结果段): where nodes that share no disk put them, and how they are found again."""

from collections import OrderedDict
from collections.abc import Collection
from pathlib import Path

from pipeline.remote import filesystem, takes_whole, told

AHEAD = 8 * 1024 * 1024  # bytes read at once where results are wanted in their order
_WINDOWS = 4  # stretches held


def settle(folder: Path, address: str) -> None:
    """Note that segments of the folder `folder` may lie at `address`."""
    _note(folder).write_text(address, encoding="utf-8")


def address_of(folder: Path) -> str | None:
    """Where segments of this folder may lie, too."""
    note = _note(folder)
    return note.read_text(encoding="utf-8") if note.is_file() else None


def _note(folder: Path) -> Path:
    """The file that says so, beside the folder."""
    return folder.with_suffix(".address")


def put(address: str, name: str, content: bytes) -> None:
    """Store one object, which appears whole or not at all. Raises OSError."""
    with told():
        system, root = filesystem(address)
        if not takes_whole(address):
            system.makedirs(root, exist_ok=True)
        system.pipe_file(f"{root}/{name}", content)


def remove(address: str) -> None:
    """Remove everything below an address. Raises OSError."""
    with told():
        system, root = filesystem(address)
        system.rm(root, recursive=True)


def sweep(folder: Path, used: Collection[str]) -> None:
    """Remove the segments at the folder's address, if it has one, that are not `used`. Raises OSError."""
    address = address_of(folder)
    if address is None:
        return
    with told():
        system, root = filesystem(address)
        entries = system.ls(root, detail=False) if system.exists(root) else []
        for path in entries:
            if path.rpartition("/")[2] not in used:
                system.rm_file(path)


class Elsewhere:
    """Reads segments at an address (读异地结果段). ahead: bytes read at once at least."""

    def __init__(self, address: str, ahead: int) -> None:
        self._address = address
        self._ahead = ahead
        self._windows: OrderedDict[str, tuple[int, bytes]] = OrderedDict()

    def read(self, segment: str, offset: int, length: int) -> bytes:
        """The stored bytes at a place. Raises FileNotFoundError, OSError."""
        first, window = self._windows.get(segment, (0, b""))
        if not first <= offset <= offset + length <= first + len(window):
            first, window = offset, self._fetch(segment, offset, length)
            self._windows[segment] = first, window
            if len(self._windows) > _WINDOWS:
                self._windows.popitem(last=False)
        self._windows.move_to_end(segment)
        return window[offset - first : offset - first + length]

    def _fetch(self, segment: str, offset: int, length: int) -> bytes:
        """A stretch of a segment."""
        with told():
            system, root = filesystem(self._address)
            end = offset + max(length, self._ahead)
            content: bytes = system.cat_file(f"{root}/{segment}", start=offset, end=end)
            return content
