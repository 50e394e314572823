"""How the language model's file keeps strings and frequencies (存储形式), written and read."""

from math import exp, log
from typing import Any

import numpy as np

LEVELS = 12  # steps per nat in which frequencies are kept
NONE = 255  # step of a frequency that is zero
FREQUENCIES = (*(exp(-step / LEVELS) for step in range(NONE)), 0.0)  # of each step


def pack_strings(strings: list[str]) -> Any:
    """An array of bytes: UTF-8, separated by blanks; no string may hold one."""
    return np.frombuffer(" ".join(strings).encode("utf-8"), dtype=np.uint8)


def strings(array: Any) -> list[str]:
    """The strings of `pack_strings`."""
    text: str = array.tobytes().decode("utf-8")
    return text.split(" ")


def pack_frequencies(frequencies: list[float]) -> Any:
    """An array of steps, one byte each; at most 1/24 nat off, the smallest kept is exp(-21)."""
    steps = [NONE if value <= 0 else min(NONE - 1, max(0, round(-LEVELS * log(value)))) for value in frequencies]
    return np.array(steps, dtype=np.uint8)
