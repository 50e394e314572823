"""Numbers that a narrow cell broke over two lines (断行的数): put together again."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.pages import CELL_PADDING, Line
from extractors.readers.pdf.packed import PackedChars

_OPEN = re.compile(r"[-−－]?[0-9][0-9,，.]*")
_REST = re.compile(r"[0-9,，.]*[%％]?")
_WHOLE = re.compile(r"[-−－]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[%％]?")


def mended(lines: list[Line]) -> list[Line]:
    """The lines of one cell, with numbers whole.

    A line that is nothing but digits goes on in the next one if the cell has no room for another digit, the rest is
    shorter, and both together make a number with a point or a percent sign, or the rest is no number of its own; and
    digit by digit where the cell has room for one only.
    """
    whole: list[Line] = []
    for line in lines:
        if whole and _belongs(whole[-1], line):
            whole[-1] = _joined(whole[-1], line)
        else:
            whole.append(line)
    return whole


def _belongs(before: Line, after: Line) -> bool:
    """Whether `after` is the rest of the number in `before`."""
    first, rest = before.text.strip(), after.text.strip()
    if not _OPEN.fullmatch(first) or not _REST.fullmatch(rest) or not _WHOLE.fullmatch(first + rest):
        return False
    digit = after.length / len(rest)
    if before.room is None or before.room - CELL_PADDING >= digit:
        return False
    if len(rest) == 1 and before.length < 1.5 * digit and first != "0":
        return True  # a column with room for one digit
    if after.length >= before.length - 0.5 * digit:
        return False
    return rest[-1] in "%％" or "." in first + rest or not _WHOLE.fullmatch(first) or not rest.strip("0")


def _joined(before: Line, after: Line) -> Line:
    """Both lines as one."""
    chars = PackedChars.joined(before.chars, after.chars)
    boxes = [box for box in (before.box, after.box) if box is not None]
    around = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return replace(before, text=before.text + after.text, chars=chars, box=around)
