"""Lines as parts of a text (上下行): whether a line runs on into the next, and what the language may expect there."""

import re
from collections.abc import Sequence

from extractors.frozen import frozen
from extractors.repair.symbols import BREAK, symbols

_SENTENCE_ENDS = "。；：！？"
_PROSE_WIDTH = 18  # characters; shorter lines do not tell how wide the text is set
_FULL = 0.9  # share of the common width from which a line counts as full
_INDENT = 2.0  # characters by which a paragraph's first line is set in
_CELL_WIDTH = 7.0  # characters; lines of narrower cells do not tell how wide their column is
_RAGGED = 1.0  # characters by which the full lines of a cell differ
_RUNS_ON = 0.85  # share of full lines that run on
_RUNS_ON_INTO_HEADING = 0.1  # of those where the next line begins with a number such as headings have
_RUNS_ON_BEHIND_END = 0.2  # of those that end a sentence, as read so far
_HEADING = re.compile(
    r"第?[一二三四五六七八九十]{1,3}[、章节]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、）](?!\d)"
)
_BEHIND, _AHEAD = 4, 2  # symbols taken from the line before and the line after


@frozen
class Surroundings:
    """What stands before and after a line. left: symbols; right: what may follow, with its share."""

    left: str
    right: tuple[tuple[float, str], ...]


def surroundings(texts: Sequence[str], known: bool) -> list[Surroundings]:
    """For each line. texts: the lines as read so far; known: whether their order can be trusted yet."""
    is_full = _is_full(texts)
    plain = [symbols(text) for text in texts]
    return [
        Surroundings(
            plain[place - 1][-_BEHIND:] if place and _goes_on(texts[place - 1], is_full[place - 1]) else BREAK,
            _right(texts[place], texts[place + 1], is_full[place], known)
            if place + 1 < len(texts)
            else ((1.0, BREAK),),
        )
        for place in range(len(texts))
    ]


def _goes_on(text: str, is_full: bool) -> bool:
    """Whether a line's paragraph goes on in the next."""
    return is_full and text[-1:] not in _SENTENCE_ENDS


def _is_full(texts: Sequence[str]) -> list[bool]:
    """For each line whether it is as wide as lines are set, or as its cell."""
    widths = [_width(text) for text in texts]
    wide = sorted(width for width in widths if width >= _PROSE_WIDTH)
    full = wide[len(wide) * 3 // 4] * _FULL if wide else float("inf")
    found: list[bool] = []
    for place, width in enumerate(widths):
        is_first = not place or not _goes_on(texts[place - 1], found[-1])
        found.append(width + (_INDENT if is_first else 0.0) >= full or _fills_cell(widths, place))
    return found


def _fills_cell(widths: Sequence[float], place: int) -> bool:
    """Whether a line is as wide as one beside it, and none beside it is wider: so are lines of a table's cell."""
    width = widths[place]
    beside = [*widths[max(0, place - 1) : place], *widths[place + 1 : place + 2]]
    return (
        _CELL_WIDTH <= width < _PROSE_WIDTH
        and max(beside, default=0.0) <= width + _RAGGED
        and any(abs(width - other) <= _RAGGED for other in beside)
    )


def _right(text: str, after: str, is_full: bool, known: bool) -> tuple[tuple[float, str], ...]:
    """The beginning of the line after, or a break, or either. text, after: the line and the next, as read."""
    if not is_full:
        return ((1.0, BREAK),)
    if not known:
        return ()
    share = _RUNS_ON_INTO_HEADING if _HEADING.match(after) else _RUNS_ON
    if text[-1:] in _SENTENCE_ENDS:
        share = min(share, _RUNS_ON_BEHIND_END)
    begins = symbols(after)[:_AHEAD]
    return (share, begins), (1 - share, BREAK + begins)


def _width(text: str) -> float:
    """In Chinese characters; Latin ones take half the room."""
    return sum(0.5 if ord(character) < 128 else 1.0 for character in text if not character.isspace())
