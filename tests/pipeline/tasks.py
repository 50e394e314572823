"""Tasks for workers that misbehave on request: the file's name says how."""

import os
import time

from extractors.errors import DocumentRefused
from pipeline.discover import InputFile
from pipeline.options import Limits
from pipeline.work import Yield, out_of_memory, refused


def misbehave(file: InputFile, limits: Limits) -> Yield:
    """Hang, swell, crash or answer, as `file.source` begins."""
    if file.source.startswith("hang"):
        time.sleep(60)
    if file.source.startswith("crash"):
        os._exit(7)
    if file.source.startswith("swell"):
        try:
            bytearray(limits.memory * 4)
        except MemoryError:
            return refused(file.source, out_of_memory(limits))
    if file.source.startswith("slow"):
        time.sleep(0.3)
    if file.source.startswith("large"):
        return Yield(file.source, {"tables": b"x" * 3_000_000}, "read", "ok")
    return refused(file.source, DocumentRefused("seen", "看过了。"))
