"""Does a line of plain text go on with the one before (纯文本断行): by how full and how set in lines are."""

from collections import Counter
from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.paragraphs import continues, usual_width

_LONG = 12  # characters of a line that shows how text is set in
_SET_IN = 2  # columns that the first line of a paragraph is set in at least
_MOST_SET_IN = 12
_STANDING = 0.7  # of a full line; a heading that ends before it stands alone
_FULL = 0.8


class TextWrapping:
    """How the lines of a plain text are broken (纯文本断行方式).

    width: characters of a full line where the text is hard-wrapped, else 0. margin: columns that a paragraph's
    further lines are set in, None where the text does not show it. headed: styles of numbers that head sections
    with a line of their own, as told by their short lines.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        """`lines`: of one report, in order."""
        self.width = usual_width(lines)
        self.margin = _margin(lines) if self.width else None
        self.headed = _headed(lines, self.width) if self.width else frozenset[str]()

    def continues(self, before: Line, after: Line) -> bool:
        """Whether `after` goes on with the sentence that `before` left open."""
        if self.margin is not None and _set_in(after.text) >= self.margin + _SET_IN and before.text.strip():
            return False
        return continues(before.text, after.text, self.width) and not self._heads(before.text, after.text)

    def _heads(self, before: str, after: str) -> bool:
        """Whether `before` is a heading on a line of its own although it is nearly full.

        Others of its style stand alone, and the line below is full or ends a sentence: no heading's second half.
        """
        label = label_of(before) if self.headed else None
        if label is None or label.style not in self.headed or any(mark in before for mark in "。；："):
            return False
        return len(after.strip()) >= _FULL * self.width or looks_closed(after)


def _set_in(text: str) -> int:
    """How many columns a line is set in; a Chinese blank takes two."""
    lead = text[: len(text) - len(text.lstrip(" \u3000"))]
    return len(lead) + lead.count("\u3000")


def _margin(lines: Sequence[Line]) -> int | None:
    """The columns that most long lines are set in, if a good part of the others is set in further."""
    counted = Counter(_set_in(line.text) for line in lines if len(line.text.strip()) >= _LONG and "\t" not in line.text)
    if not counted:
        return None
    usual = max(counted, key=lambda columns: (counted[columns], -columns))
    further = sum(count for columns, count in counted.items() if usual + _SET_IN <= columns <= usual + _MOST_SET_IN)
    return usual if further * 12 >= counted.total() else None


def _headed(lines: Sequence[Line], width: int) -> frozenset[str]:
    """Styles of numbers most of whose open lines end early: headings on lines of their own."""
    short: Counter[str] = Counter()
    full: Counter[str] = Counter()
    for line in lines:
        text = line.text.strip()
        label = label_of(text) if len(text) <= 2 * width else None
        if label is None or looks_closed(text) or any(mark in text for mark in "。；："):
            continue
        (short if len(text) < _STANDING * width else full)[label.style] += 1
    return frozenset(style for style, count in short.items() if count >= 3 and count >= 2 * full[style])
