"""The size that running text is printed in (正文字号), against which titles and running heads are told."""

from collections import Counter
from collections.abc import Sequence

from extractors.pages import Line, Page
from extractors.readers.pdf.packed import PackedChars

_LONG = 20  # characters; such lines are running text
_COLUMN_GAP = "  "


def body_size(pages: Sequence[Page]) -> float:
    """The usual size of characters in long lines outside tables, else in any line; 12 points without lines."""
    long: Counter[float] = Counter()
    every: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if line.framed is not None or not (length := len(line.chars)):
                continue
            size = round(2 * size_in(line, length // 2)) / 2
            every[size] += len(line.text)
            if len(line.text) >= _LONG and _COLUMN_GAP not in line.text:
                long[size] += len(line.text)
    counted = long or every
    return max(counted, key=lambda size: (counted[size], size), default=12.0)


def size_in(line: Line, index: int) -> float:
    """The size of one character of a line (0-based), in points."""
    chars = line.chars
    return chars.size_at(index) if isinstance(chars, PackedChars) else chars[index].size
