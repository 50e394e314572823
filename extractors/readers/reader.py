"""The protocol of a reader (读取器): one kind of file in, one Document out."""

from typing import Protocol

from extractors.pages import Document
from extractors.readers.settings import ReadingSettings


class Reader(Protocol):
    """读取器: reads one kind of file. Readers hold no state and are listed by hand in `read.READERS`.

    max_bytes: of the largest file it reads.
    """

    max_bytes: int

    def recognises(self, source: str, data: bytes) -> bool:
        """Whether `data` is of this reader's kind, judged by its bytes; `source` is only a hint."""
        ...

    def read(self, source: str, data: bytes, settings: ReadingSettings) -> Document:
        """Read the whole file, as far as `settings` concern its kind. Raises DocumentRefused if it cannot be read."""
        ...
