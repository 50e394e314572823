"""Lines that hold several blocks of HTML (一行多块): parted where a block or a table ends, numbers kept."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.readers.breaks import SourceLine

_TABLE = re.compile(r"<(/?)table\b[^<>]{0,2000}>", re.IGNORECASE)
_BLOCK_END = re.compile(
    r"(?<=</p>)|(?<=</h[1-6]>)|(?<=</div>)|(?<=</li>)|(?<=<br>)|(?<=<br/>)|(?<=<br />)", re.IGNORECASE
)
_HIDDEN = re.compile(r"<(script|style|head)\b", re.IGNORECASE)
_END = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style")}
_END["head"] = re.compile(r"</head\s*>|(?=<body\b)", re.IGNORECASE)  # its end tag may be left out


def parted(lines: Iterable[SourceLine]) -> Iterator[SourceLine]:
    """The lines, those with HTML parted: a table stands apart from text, a paragraph from the next.

    What stands between <script>, <style> or <head> and its end is left out.
    """
    hidden = ""
    in_table = False
    for line in lines:
        if not hidden and "<" not in line.text:
            yield line
            continue
        visible, hidden = _visible(line.text, hidden)
        for piece, is_table in _pieces(visible, in_table):
            in_table = is_table
            whole = is_table or "|" in piece or "\t" in piece  # a break inside a table's row is a break inside a cell
            blocks = [piece] if whole else _BLOCK_END.split(piece)
            for block in blocks:
                if block or not visible:
                    yield replace(line, text=block)
        in_table = in_table and not _closes(visible)


def _closes(text: str) -> bool:
    """Whether the line ends outside of any table."""
    ends = list(_TABLE.finditer(text))
    return bool(ends) and ends[-1].group(1) == "/"


def _visible(text: str, hidden: str) -> tuple[str, str]:
    """The text without hidden elements, and the name of the element still open at its end, or ''."""
    shown: list[str] = []
    position = 0
    while position < len(text):
        if hidden:
            end = _END[hidden].search(text, position)
            if end is None:
                return "".join(shown), hidden
            position, hidden = end.end(), ""
            continue
        start = _HIDDEN.search(text, position)
        if start is None:
            shown.append(text[position:])
            break
        shown.append(text[position : start.start()])
        position, hidden = start.end(), start.group(1).lower()
    return "".join(shown), hidden


def _pieces(text: str, in_table: bool) -> Iterator[tuple[str, bool]]:
    """Stretches of a line, each with whether it belongs to a table; nested tables belong to the outer one."""
    depth = int(in_table)
    start = 0
    for match in _TABLE.finditer(text):
        if match.group(1):
            depth = max(depth - 1, 0)
            if not depth:
                yield text[start : match.end()], True
                start = match.end()
        else:
            if not depth and match.start() > start:
                yield text[start : match.start()], False
                start = match.start()
            depth += 1
    if start < len(text) or not text:
        yield text[start:], depth > 0
