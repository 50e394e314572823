"""The size that running text is printed in (正文字号), against which titles and running heads are told."""

from collections import Counter
from collections.abc import Sequence

from extractors.pages import Line, Page
from extractors.readers.pdf.packed import PackedChars

_LONG = 20  # characters; such lines are running text
_COLUMN_GAP = "  "


class BodySizes:
    """How many characters of the lines outside tables have which size, long lines apart (字号统计)."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """All lines of these pages count."""
        self._long: Counter[float] = Counter()
        self._every: Counter[float] = Counter()
        for page in pages:
            for line in page.lines:
                if line.framed is None:
                    self._count(line, 1)

    def leave_out(self, line: Line) -> None:
        """This line, which stands outside tables, no longer counts."""
        self._count(line, -1)

    def _count(self, line: Line, sign: int) -> None:
        """Add the characters of a line, or take them away."""
        if not (length := len(line.chars)):
            return
        size, printed = size_in(line, length // 2), sign * len(line.text)
        self._every[size] += printed
        if len(line.text) >= _LONG and _COLUMN_GAP not in line.text:
            self._long[size] += printed

    def usual(self) -> float:
        """The usual size of characters in long lines, else in any line; 12 points without lines."""
        counted = _to_half_points(self._long) or _to_half_points(self._every)
        return max(counted, key=lambda size: (counted[size], size), default=12.0)


def _to_half_points(counts: Counter[float]) -> dict[float, int]:
    """The counts of sizes as they are told apart, those that are none left out."""
    rounded: Counter[float] = Counter()
    for size, count in counts.items():
        rounded[round(2 * size) / 2] += count
    return {size: count for size, count in rounded.items() if count}


def size_in(line: Line, index: int) -> float:
    """The size of one character of a line (0-based), in points."""
    chars = line.chars
    return chars.size_at(index) if isinstance(chars, PackedChars) else chars[index].size
