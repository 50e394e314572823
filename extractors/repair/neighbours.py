"""Lines as parts of a text (上下行): whether a line runs on into the next, and what the language may expect there."""

import re
from collections.abc import Sequence

from extractors.frozen import frozen
from extractors.repair.symbols import BREAK, symbols

_SENTENCE_ENDS = "。；：！？"
_PROSE_WIDTH = 18  # characters; shorter lines do not tell how wide the text is set
_FULL = 0.9  # share of the common width from which a line counts as full
_RUNS_ON = 0.85  # share of full lines that run on
_RUNS_ON_INTO_HEADING = 0.1  # of those where the next line begins with a number such as headings have
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
    widths = [_width(text) for text in texts]
    wide = sorted(width for width in widths if width >= _PROSE_WIDTH)
    full = wide[len(wide) * 3 // 4] * _FULL if wide else float("inf")
    plain = [symbols(text) for text in texts]
    return [
        Surroundings(
            _left(plain[place - 1], widths[place - 1] >= full) if place else BREAK,
            _right(texts[place + 1], widths[place] >= full, known) if place + 1 < len(texts) else ((1.0, BREAK),),
        )
        for place in range(len(texts))
    ]


def _left(before: str, is_full: bool) -> str:
    """The end of the line before, or a break where its paragraph ended with it."""
    return before[-_BEHIND:] if is_full and before[-1:] not in _SENTENCE_ENDS else BREAK


def _right(after: str, is_full: bool, known: bool) -> tuple[tuple[float, str], ...]:
    """The beginning of the line after, or a break, or either. after: the line as read."""
    if not is_full:
        return ((1.0, BREAK),)
    if not known:
        return ()
    share = _RUNS_ON_INTO_HEADING if _HEADING.match(after) else _RUNS_ON
    begins = symbols(after)[:_AHEAD]
    return (share, begins), (1 - share, BREAK + begins)


def _width(text: str) -> float:
    """In Chinese characters; Latin ones take half the room."""
    return sum(0.5 if ord(character) < 128 else 1.0 for character in text if not character.isspace())
