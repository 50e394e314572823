"""Results as bytes in long files (结果段): appended by one worker each, found again by file, offset and length."""

import contextlib
import os
import tempfile
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

from pipeline.state.elsewhere import AHEAD, Elsewhere, address_of

_FULL = 256 * 1024 * 1024  # bytes after which a new file is begun, so that whole files become free
_OPEN = 64  # files held open for reading


class Place(NamedTuple):
    """Where a result stands (结果位置). segment: file name. check: CRC-32 of the stored bytes."""

    segment: str
    offset: int
    length: int
    check: int


class DamagedError(Exception):
    """Stored bytes that are not what was written, as after a loss of power."""


class SegmentWriter:
    """Appends results of one stage into files of its own (写结果段).

    prefix: of the files' names. What is not yet noted elsewhere when its writer dies is left as waste.
    """

    def __init__(self, folder: Path, prefix: str) -> None:
        self._folder = folder
        self._prefix = prefix
        self._file: BinaryIO | None = None
        self._name = ""

    def append(self, content: bytes) -> Place:
        """Store `content`, compressed. Raises OSError where the disk is full."""
        packed = zlib.compress(content, 1)
        file = self._current()
        offset = file.tell()
        try:
            file.write(packed)
            file.flush()
        except OSError:
            with contextlib.suppress(OSError):
                self.close()  # what follows half a result goes elsewhere
            raise
        return Place(self._name, offset, len(packed), zlib.crc32(packed))

    def _current(self) -> BinaryIO:
        """The file to append to."""
        if self._file is None or self._file.tell() >= _FULL:
            self.close()
            handle, path = tempfile.mkstemp(prefix=f"{self._prefix}-", suffix=".seg", dir=self._folder)
            self._file, self._name = os.fdopen(handle, "wb"), Path(path).name
        return self._file

    def close(self) -> None:
        """Close the file that is open."""
        if self._file is not None:
            file, self._file = self._file, None
            file.close()


class SegmentReader:
    """Finds results again (读结果段). folder: where they are, or an address; a folder may name an address, too."""

    def __init__(self, folder: Path | str) -> None:
        self._folder = Path(folder)
        self._elsewhere: Elsewhere | None = None
        if isinstance(folder, str):
            self._elsewhere = Elsewhere(folder, 0)
        elif (address := address_of(folder)) is not None:
            self._elsewhere = Elsewhere(address, AHEAD)
        self._files: OrderedDict[str, BinaryIO] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def load(self, place: Place) -> bytes:
        """The content stored at `place`. Raises DamagedError; OSError where an address cannot be reached."""
        packed = self._read(place)
        if zlib.crc32(packed) != place.check:
            raise DamagedError(place.segment)
        return zlib.decompress(packed)

    def _read(self, place: Place) -> bytes:
        """The stored bytes. Raises DamagedError where they are gone."""
        if self._elsewhere is not None and not (self._folder / place.segment).is_file():
            try:
                return self._elsewhere.read(place.segment, place.offset, place.length)
            except FileNotFoundError as error:
                raise DamagedError(place.segment) from error
        try:
            file = self._open(place.segment)
            file.seek(place.offset)
            return file.read(place.length)
        except OSError as error:
            raise DamagedError(place.segment) from error

    def _open(self, name: str) -> BinaryIO:
        """The open file of this name."""
        if name not in self._files:
            self._files[name] = (self._folder / name).open("rb")
            if len(self._files) > _OPEN:
                self._files.popitem(last=False)[1].close()
        self._files.move_to_end(name)
        return self._files[name]
