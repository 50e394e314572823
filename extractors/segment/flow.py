"""Joining lines into running text (连续文本): every character keeps its line."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from extractors.frozen import replace
from extractors.pages import CELL_PADDING, Line
from extractors.segment.model import Flow

Piece = tuple[str, Line]

EMPTY = Flow("", (), ())
_WIDE = "\u2010-\u201f\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef①-⑳"
_WIDE_GAP = re.compile(rf"(?<=[{_WIDE}])[ \t\u3000]+(?=[{_WIDE}])")
_BEGUN = re.compile(r"(?<![\d,.])[0-9][0-9,.]*$")
_REST = re.compile(r"[0-9,.]*[0-9][%％]?|[%％]")
_STICKS = re.compile(r"[0-9]?[%％]?[，。；、）]")  # no line begins with a mark, which takes what is before it along
_WHOLE = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[%％]?")
_FEWEST_STACKED = 3  # fewer may be a name and a number
_BLANKS = re.compile(r"[\s\u3000]+")


def squeeze(text: str) -> str:
    """A cell's text without the blanks between Chinese characters: there the converter broke the line."""
    text = text.strip()
    return _WIDE_GAP.sub("", text) if " " in text or "\u3000" in text or "\t" in text else text


def one_blank(text: str) -> str:
    """`text` with every run of blanks as one, ends stripped."""
    return _BLANKS.sub(" ", text).strip()


def needs_blank(before: str, after: str) -> bool:
    """Whether two stretches of text need a blank between them: only Latin words and numbers do."""
    left, right = before[-1:], after[:1]
    if not (left.isascii() and right.isascii()):
        return False
    return (
        (left.isalnum() or left in ",.;:)%")
        and (right.isalnum() or right == "(")
        and not (left == "." and right.isdigit())
    )


def join(pieces: Iterable[Piece]) -> Flow:
    """One flow from stretches of text with their lines; empty stretches leave nothing."""
    pieces = tuple(pieces)
    if len(pieces) == 1 and pieces[0][0]:
        return Flow(pieces[0][0], (0,), (pieces[0][1],))
    texts: list[str] = []
    starts: list[int] = []
    lines: list[Line] = []
    length = 0
    for text, line in pieces:
        if not text:
            continue
        apart = texts and text[0].isascii() and needs_blank(texts[-1], text)
        if apart and not _breaks_number(texts[-1], lines[-1], text, line):
            texts[-1] += " "
            length += 1
        starts.append(length)
        lines.append(line)
        texts.append(text)
        length += len(text)
    return Flow("".join(texts), tuple(starts), tuple(lines))


def _breaks_number(before: str, upper: Line, after: str, lower: Line) -> bool:
    """Whether a number inside the text of a ruled cell goes on in the next line, for which its first had no room."""
    return upper.framed == lower.framed and parts_number(before, upper, after)


def parts_number(before: str, upper: Line, after: str) -> bool:
    """Whether the text of a ruled cell breaks off in a number that goes on with `after`, as its line had no room.

    upper: the last line of `before`.
    """
    if upper.room is None:
        return False
    begun, rest = _BEGUN.search(before), _REST.match(after)
    if begun is None or rest is None:
        return False
    if begun.group() == before and rest.group() == after and _may_be_two(before, after):
        return False
    size = upper.length / max(len(upper.text), 1)
    needed = (len(rest.group()) + 2) * size if _STICKS.match(after) else size
    return upper.room - CELL_PADDING < needed and _WHOLE.fullmatch(begun.group() + rest.group()) is not None


def _may_be_two(before: str, after: str) -> bool:
    """Whether two figures, one below the other, may be two values: each is whole, and not only the latter a rate."""
    if not _WHOLE.fullmatch(before) or not _WHOLE.fullmatch(after) or after.startswith("00"):
        return False
    return not ("." in before and after[-1] in "%％")


def cell_flow(pieces: Iterable[Piece]) -> Flow:
    """The flow of a table cell: each piece squeezed."""
    pieces = tuple(pieces)
    if len(pieces) == 1:  # as nearly always
        text, line = pieces[0]
        text = squeeze(text)
        return Flow(text, (0,), (line,)) if text else EMPTY
    pieces = tuple((squeeze(text), line) for text, line in pieces)
    return _stacked(pieces) if _is_stacked(pieces) else join(pieces)


def _is_stacked(pieces: Sequence[Piece]) -> bool:
    """Whether characters stand one below the other (竖排), digits among them: 产出（50分）."""
    ascii_ones = [text.isascii() for text, _ in pieces if len(text) == 1]
    return len(ascii_ones) == len(pieces) > _FEWEST_STACKED and any(ascii_ones) and not all(ascii_ones)


def _stacked(pieces: Sequence[Piece]) -> Flow:
    """Such characters as one text."""
    return Flow("".join(text for text, _ in pieces), tuple(range(len(pieces))), tuple(line for _, line in pieces))


def part_of(flow: Flow, start: int, end: int) -> Flow:
    """The flow of text[start:end], blanks at both ends left out; the lines stay those of the characters."""
    text = flow.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if len(text) == len(flow.text):
        return flow
    end = start + len(text)
    if not text:
        return EMPTY
    if len(flow.lines) == 1:
        return Flow(text, (0,), flow.lines)
    starts = flow.starts
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
    return Flow(text, (0, *[at - start for at in starts[first + 1 : last]]), flow.lines[first:last])


def stretch_line(line: Line, text: str, raw: str | None) -> Line:
    """A line that stands for one stretch of a long line (a cell of an HTML table): same number, own text."""
    return replace(line, text=text, raw=None if raw is None or raw == text else raw, chars=(), box=line.box)
