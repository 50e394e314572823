"""Whether a document's character order is lost (乱序检测): a cheap look first, then what the readings say.

A clean document must be let go at once, also one with blanks beside numbers or between the cells of a table. Lost
order leaves marks that no typesetter makes: lines that begin with a full stop, marks with a blank before them.
"""

import re
from collections.abc import Sequence

from extractors.pages import Document, Line

_HAN = "\u4e00-\u9fff"
# A mark that closes something at the start of a line, or one blank behind Chinese and before such a mark.
_STRAY_MARK = re.compile(rf"^ ?[，。；：、》）][ {_HAN}]|[{_HAN}] [，。；：、》）]", re.MULTILINE)
MOST_LINES = 6_000  # that are read again, about a minute's work; a file of many reports is better cut up
_LEAST_LINES = 5
_LEAST_SHARE = 0.05  # of the lines, that bear a stray mark
_LEAST_CHANGED = 0.1  # of the lines, that were read in another order than printed


def is_suspect(document: Document) -> bool:
    """Whether it is worth reading the document's lines again; needs no model and about a millisecond."""
    lines = [line.text for line in document.lines if line.box is None and may_be_disordered(line)]
    stray = sum(_STRAY_MARK.search(line) is not None for line in lines)
    return stray >= max(_LEAST_LINES, _LEAST_SHARE * len(lines))


def may_be_disordered(line: Line) -> bool:
    """Whether only the text of the line is known: geometry would tell the order."""
    return line.origin == "text" and not line.chars and not line.text.isspace() and line.text != ""


def is_disordered(changed: Sequence[bool]) -> bool:
    """The document after its lines were read: whether enough of them were printed in another order."""
    return sum(changed) >= max(_LEAST_LINES, _LEAST_CHANGED * len(changed))
