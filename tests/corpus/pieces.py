"""Other shapes of one report (同一报告的其他形式): cut, wrapped, spaced, as converters and clerks set it."""

import re
from collections.abc import Callable
from itertools import groupby

Lines = list[str]
_WIDTH = 76  # display columns, two for a Chinese character: 38 characters a line
_TOKEN = re.compile(r"[A-Za-z0-9.,%]+[，。；、：）”》]?|.[，。；、：）”》！？]*")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def first_half(lines: Lines) -> Lines:
    """What a file holds that was cut in the middle."""
    return lines[: len(lines) // 2]


def second_half(lines: Lines) -> Lines:
    """The rest of such a file."""
    return lines[len(lines) // 2 :]


def middle(lines: Lines) -> Lines:
    """A part without beginning or end."""
    return lines[len(lines) // 3 : 2 * len(lines) // 3]


def wrapped(lines: Lines) -> Lines:
    """Paragraphs broken into lines of one width; no number is broken, no line begins with a stop."""
    return [piece for line in lines for piece in (_pieces(line) if _is_prose(line) else [line])]


def spaced(lines: Lines) -> Lines:
    """A blank line behind every line."""
    return [piece for line in lines for piece in (line, "")]


def closed(lines: Lines) -> Lines:
    """No blank line at all."""
    return [line for line in lines if line.strip()]


def full_width(lines: Lines) -> Lines:
    """The digits of paragraphs in full width."""
    return [line.translate(_FULL_WIDTH) if _is_prose(line) else line for line in lines]


def without_separators(lines: Lines) -> Lines:
    """Numbers without thousands separators."""
    return [re.sub(r"(?<=\d),(?=\d{3})", "", line) for line in lines]


def _is_prose(line: str) -> bool:
    """Whether a line is a long one of running text, no row of a table."""
    return len(line) > _WIDTH // 2 and not re.search(r"[|\t<│]|\s{2}|^\s*\S+(?: \S+){4,}$", line.strip())


def _pieces(line: str) -> Lines:
    """The lines that a long one is broken into."""
    ends, at = [], 0
    for token in _TOKEN.findall(line):
        width = sum(2 if ord(character) > 0x2000 else 1 for character in token)
        at = width if at + width > _WIDTH else at + width
        ends.append((token, at == width))
    number, starts = 0, []
    for _, begins in ends:
        number += begins
        starts.append(number)
    grouped = groupby(zip(starts, (token for token, _ in ends), strict=True), key=lambda pair: pair[0])
    return ["".join(token for _, token in group) for _, group in grouped]


PARTS: tuple[Callable[[Lines], Lines], ...] = (first_half, second_half, middle)
SHAPES: tuple[Callable[[Lines], Lines], ...] = (wrapped, spaced, closed, full_width, without_separators)
BLANKS = (spaced, closed)
