"""Footnote marks (脚注标记): raised digits behind a word, and the notes that begin with the same mark."""

import re
from collections.abc import Iterable

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = re.compile(f"[{RAISED}]")
_NOTE = re.compile(rf"\s*([{RAISED}]{{1,3}})(?=\s*\S)")
_MARK = re.compile(rf"(?<=[^\s{RAISED}])\s?([{RAISED}]{{1,3}})")
_BRACKET_NOTE = re.compile(r"\s*\[\^?(\d{1,3})\](?:[:：]|\s+)\s*\S")
_BRACKET_MARK = re.compile(r"(?<=\S)\[(\^?)(\d{1,3})\](?![(（\[])")
_TO_RAISED = str.maketrans("0123456789", RAISED)


def defined_marks(texts: Iterable[str]) -> frozenset[str]:
    """The marks, as raised digits, that begin a line and so define a note."""
    marks = set()
    for text in texts:
        if "[" in text and (match := _BRACKET_NOTE.match(text)):
            marks.add(match.group(1).translate(_TO_RAISED))
        elif _RAISED.search(text, 0, 8) and (match := _NOTE.match(text)):
            marks.add(match.group(1))
    return frozenset(marks)


def without_marks(text: str, marks: frozenset[str]) -> str:
    """`text` without the marks in its running words; a note's own mark stays at its front, as raised digits.

    A raised digit behind a Latin letter (`km²`) is a power; behind a digit it goes only if a note defines it.
    """
    if "[" in text:
        text = _brackets(text, marks)
    return _MARK.sub(lambda match: _keep(match, marks), text) if _RAISED.search(text) else text


def _brackets(text: str, marks: frozenset[str]) -> str:
    """Bracketed marks: at the front of a note raised, in running words dropped."""
    note = _BRACKET_NOTE.match(text)
    if note:
        mark = note.group(1).translate(_TO_RAISED)
        rest = text[note.end() - 1 :]
        return f"{mark} {rest}"
    return _BRACKET_MARK.sub(
        lambda match: "" if match.group(1) or match.group(2).translate(_TO_RAISED) in marks else match.group(0), text
    )


def _keep(match: re.Match[str], marks: frozenset[str]) -> str:
    """What stands in place of a raised mark: nothing, or the mark itself where it is a power."""
    before = match.string[match.start() - 1]
    if before.isascii() and (before.isalpha() or (before.isdigit() and match.group(1) not in marks)):
        return match.group(0)
    return "" if match.group(1) in marks or not before.isascii() else match.group(0)
