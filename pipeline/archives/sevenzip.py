"""What py7zr writes into (7z 解压落盘): a sink's files instead of paths."""

import contextlib
from typing import BinaryIO

from py7zr.io import Py7zIO, WriterFactory

from pipeline.archives.sink import Sink


class _Writer(Py7zIO):
    """One member being written."""

    def __init__(self, sink: Sink, name: str) -> None:
        self._sink = sink
        self._stack = contextlib.ExitStack()
        self._file: BinaryIO | None = self._stack.enter_context(sink.place(name))
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        """Append."""
        self._sink.count(len(s))
        self._size += len(s)
        if self._file is not None:
            self._file.write(s)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        """Nothing: what was written is not read back here."""
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stays at its end; py7zr rewinds what it has written."""
        return 0

    def flush(self) -> None:
        """Nothing to do."""

    def size(self) -> int:
        """Bytes written."""
        return self._size

    def close(self) -> None:
        """Note the member."""
        self._stack.close()


class Numbered(WriterFactory):
    """Gives a writer for each expected member (成员写入器); py7zr asks for them one after another."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._names: dict[str, str] = {}
        self._open: _Writer | None = None

    def expect(self, number: str, name: str) -> None:
        """The member of this number bears this name."""
        self._names[number] = name

    @property
    def expected(self) -> list[str]:
        """The numbers of all members to be written."""
        return list(self._names)

    def create(self, filename: str) -> Py7zIO:
        """A writer; filename: the number as the last part of a path."""
        self.finish()
        self._open = _Writer(self._sink, self._names[filename.rpartition("/")[2]])
        return self._open

    def finish(self) -> None:
        """Close the writer that is open."""
        if self._open is not None:
            self._open.close()
        self._open = None
