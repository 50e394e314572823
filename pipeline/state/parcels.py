"""Results of one task in one file (结果包): written whole or not at all, under a name that no other file has."""

import os
import uuid
import zlib
from pathlib import Path

from pipeline.remote import is_address
from pipeline.state.elsewhere import put
from pipeline.state.segments import Place


class Parcel:
    """Collects results in memory until they are stored (结果包). prefix: of the file's name."""

    def __init__(self, prefix: str) -> None:
        self.name = f"{prefix}-{uuid.uuid4().hex}.seg"
        self.size = 0
        self._parts: list[bytes] = []

    def add(self, content: bytes) -> Place:
        """Where `content` will stand, compressed, once the parcel is stored."""
        packed = zlib.compress(content, 1)
        place = Place(self.name, self.size, len(packed), zlib.crc32(packed))
        self._parts.append(packed)
        self.size += len(packed)
        return place

    def store(self, folder: str) -> None:
        """Write the file into `folder`, a path or an address. Raises OSError where that cannot be."""
        if is_address(folder):
            put(folder, self.name, b"".join(self._parts))
            return
        draft = Path(folder) / f".{self.name}"
        try:
            with draft.open("wb") as file:
                file.writelines(self._parts)
                file.flush()
                os.fsync(file.fileno())  # other machines read it next
            draft.replace(draft.with_name(self.name))
        except OSError:
            draft.unlink(missing_ok=True)
            raise
