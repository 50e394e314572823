"""Where members are put (解压落盘): numbered files in one folder, counted while they are written."""

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from extractors.errors import DocumentRefused
from pipeline.archives.model import Member, bomb
from pipeline.archives.names import leads_outside, settled
from pipeline.archives.sniff import sniff_file
from pipeline.options import MEBIBYTE, ArchiveLimits

_CHUNK = 256 * 1024


class Sink:
    """Takes members one after another (解压容器).

    folder: exists and is empty; no name from an archive ever becomes a name in it. packed: size of the archive.
    """

    def __init__(self, folder: Path, packed: int, limits: ArchiveLimits) -> None:
        self.members: list[Member] = []
        self._folder = folder
        self._limits = limits
        self._most = min(limits.unpacked, max(limits.free, packed * limits.ratio))
        self._taken = 0
        self._names: dict[str, int] = {}

    def count(self, size: int) -> None:
        """Account for bytes unfolded. Raises DocumentRefused where they are too many."""
        self._taken += size
        if self._taken <= self._most:
            return
        if self._most == self._limits.unpacked:
            raise bomb(f"解压后超过 {self._limits.unpacked // MEBIBYTE} MiB")
        raise bomb(f"解压后超过 {max(self._limits.free // MEBIBYTE, 1)} MiB 且为原大小的 {self._limits.ratio} 倍以上")

    def refuse(self, name: str, refusal: DocumentRefused) -> None:
        """Note a member that is not unpacked."""
        self._add(Member(self._unique(name), refusal=refusal))

    @contextlib.contextmanager
    def place(self, name: str) -> Iterator[BinaryIO | None]:
        """A file to write a member into, noted when the context is left in peace; None where its name is refused."""
        if leads_outside(name):
            self.refuse(name, DocumentRefused("archive-unsafe-path", "成员路径指向压缩包之外，未解压。请人工查看。"))
            yield None
            return
        position = len(self.members)
        path = self._folder / str(position)
        with path.open("w+b") as file:
            try:
                yield file
            except BaseException:
                path.unlink(missing_ok=True)
                raise
            size = file.tell()
            kind = sniff_file(file, size)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._add(Member(self._unique(name), position, digest, kind))

    def take(self, name: str, source: BinaryIO, counted: bool = False) -> None:
        """Write a member from an open stream; counted: whether the stream itself accounts for its bytes."""
        with self.place(name) as file:
            while file is not None and (chunk := source.read(_CHUNK)):
                if not counted:
                    self.count(len(chunk))
                file.write(chunk)

    def _add(self, member: Member) -> None:
        """One more member. Raises DocumentRefused where they are too many."""
        if len(self.members) >= self._limits.members:
            raise bomb(f"压缩包内超过 {self._limits.members} 个文件")
        self.members.append(member)

    def _unique(self, name: str) -> str:
        """A name that no earlier member bears."""
        name = settled(name)
        count = self._names.get(name, 0)
        self._names[name] = count + 1
        return self._unique(f"{name}#{count + 1}") if count else name
