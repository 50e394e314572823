"""A raw line taken apart (拆行): what no character crosses, and the stretches between in which order may be lost.

Measured: a blank inside a stretch marks characters missing there (a hole) and no blank means that the next
character truly follows or that the writer went back to the left; numbers, Latin letters and some marks never move.
"""

import re
from itertools import pairwise

from extractors.frozen import frozen
from extractors.repair.symbols import symbol

# ASCII is set in the Latin font, except the slash, which Chinese fonts hold too; so are these wide marks.
_BARRIER = re.compile(r"[!-.0-~“”〕×÷≤≥≈±①-⑳]")
# Word processors put a little space between Chinese and these, which then reads as a blank and says nothing.
_AUTO_SPACED = re.compile(r"[0-9A-Za-z.()\[\]:①-⑳]")

Mark = bool | None  # True: a hole; False: no blank, so nothing is missing; None: a blank that may be either


@frozen
class Token:
    """A non-blank character of the raw line. blank: the blanks printed before it."""

    text: str
    blank: str
    barrier: bool


@frozen
class Stretch:
    """Characters between two barriers (段), whose order may be lost.

    start: index of its first token in the line. symbols: one for each character.
    marks: one for what stands before each character. end: the mark before what follows.
    """

    start: int
    symbols: str
    marks: tuple[Mark, ...]
    end: Mark


@frozen
class RawLine:
    """A raw line in tokens and stretches, left to right. tail: the blanks at its end."""

    tokens: tuple[Token, ...]
    stretches: tuple[Stretch, ...]
    tail: str

    def text(self, first: int, last: int) -> str:
        """The characters of tokens `first`..`last` (exclusive)."""
        return "".join(token.text for token in self.tokens[first:last])


_TOKEN = re.compile(r"(\s*)(\S)")


def take_apart(raw: str) -> RawLine:
    """The line in tokens and stretches."""
    tokens = tuple(Token(match[2], match[1], _BARRIER.match(match[2]) is not None) for match in _TOKEN.finditer(raw))
    bounds = [index for index in range(len(tokens)) if _starts_piece(tokens, index)] + [len(tokens)]
    stretches = tuple(_stretch(tokens, first, last) for first, last in pairwise(bounds) if not tokens[first].barrier)
    return RawLine(tokens, stretches, raw[len(raw.rstrip()) :] if tokens else raw)


def _starts_piece(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a piece begins at this token: at a change between barriers and others, and behind a wide gap."""
    return index == 0 or tokens[index].barrier or tokens[index - 1].barrier or _is_gap(tokens[index].blank)


def _is_gap(blank: str) -> bool:
    """Whether the blanks separate cells: a hole is always printed as one plain space."""
    return len(blank) > 1 or blank in {"\t", "\u3000"}


def _stretch(tokens: tuple[Token, ...], first: int, last: int) -> Stretch:
    """The stretch of tokens `first`..`last` (exclusive)."""
    inner: list[Mark] = [bool(token.blank) for token in tokens[first + 1 : last]]
    left = tokens[first - 1] if first else None
    right = tokens[last] if last < len(tokens) else None
    begin = _edge(left, tokens[first].blank)
    return Stretch(
        start=first,
        symbols="".join(symbol(token.text) for token in tokens[first:last]),
        marks=(begin, *inner),
        end=_edge(right, right.blank) if right else None,
    )


def _edge(neighbour: Token | None, blank: str) -> Mark:
    """What the blank between a stretch and the token beside it says."""
    if neighbour is None or _is_gap(blank) or not neighbour.barrier:
        return None
    if not blank:
        return False
    return None if _AUTO_SPACED.match(neighbour.text) else True
