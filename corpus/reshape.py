"""Other shapes of the same report (变形): what a converter, a page or a cut makes of a text, its numbers untouched.

A clean report stays clean in each of them.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

_WIDTH = 36  # characters of a hard-wrapped line
_PAGE = 40  # lines of a page
_RULE = re.compile(r"\|?[\s:|-]*-{2,}[\s:|-]*")  # the line below the head of a Markdown table
_FEW = 3  # cells of a row of a table, at least
_DIGIT = re.compile(r"\d")
_BESIDE_DIGITS = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=[\d%])(?=[\u4e00-\u9fff])")
_NARROW = str.maketrans("，；：（）％", ",;:()%")
_HEADING = re.compile(r"\s*(?:#|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])")


def cells(line: str) -> list[str]:
    """The cells of a line of a table parted by tabs or strokes; empty where it is none."""
    if "\t" in line:
        found = line.split("\t")
    elif "|" in line:
        found = line.strip().removeprefix("|").removesuffix("|").split("|")
    else:
        return []
    return [cell.strip() for cell in found] if len(found) >= _FEW else []


def first_half(text: str) -> str:
    """The upper half of the lines (上半)."""
    lines = text.splitlines()
    return "\n".join(lines[: len(lines) // 2])


def second_half(text: str) -> str:
    """The lower half of the lines (下半)."""
    lines = text.splitlines()
    return "\n".join(lines[len(lines) // 2 :])


def tabbed(text: str) -> str:
    """Tables of strokes with tabs between their cells (制表符)."""
    return "\n".join("\t".join(cells(line)) or line for line in text.splitlines() if not _is_rule(line))


def stacked(text: str) -> str:
    """Tables one cell a line (一格一行), as many converters write them."""
    kept = (line for line in text.splitlines() if not _is_rule(line))
    return "\n".join("\n".join(cells(line)) or line for line in kept)


def headless(text: str) -> str:
    """Tables without their first row where that holds no number (缺表头)."""
    lines: list[str] = []
    for is_table, group in groupby(text.splitlines(), key=lambda line: bool(cells(line)) or _is_rule(line)):
        rows = [line for line in group if not _is_rule(line)]
        lines += rows[1:] if is_table and rows and not _DIGIT.search(rows[0]) else rows
    return "\n".join(lines)


def wrapped(text: str) -> str:
    """Paragraphs broken at a fixed width (硬换行); a text that is set so already stays as it is."""
    if not any(len(line) > 2 * _WIDTH and not cells(line) for line in text.splitlines()):
        return text
    return "\n".join(piece for line in text.splitlines() for piece in _pieces(line))


def paged(text: str) -> str:
    """Page numbers in the text (页码)."""
    lines = text.splitlines()
    pages = range(0, len(lines), _PAGE)
    return "\n".join(
        line for number, low in enumerate(pages, 1) for line in (*lines[low : low + _PAGE], f"— {number} —")
    )


def _pieces(line: str) -> Iterator[str]:
    """A line of running text in pieces; headings and rows of tables whole."""
    if cells(line) or _is_rule(line) or "<" in line or (len(line) < _WIDTH * 2 and _HEADING.match(line)):
        yield line
        return
    at = 0
    while len(line) - at > _WIDTH:
        end = at + _WIDTH
        while line[end].isascii() and line[end - 1].isascii() and not line[end].isspace() and end > at + 1:
            end -= 1  # no number is broken
        yield line[at:end]
        at = end
    yield line[at:]


def _is_rule(line: str) -> bool:
    """Whether a line only rules a table (`|---|---|`)."""
    return bool(_RULE.fullmatch(line.strip()))


def spaced(text: str) -> str:
    """A blank between Chinese characters and the digits beside them, as word processors put it (数字前后空格)."""
    return _BESIDE_DIGITS.sub(" ", text)


def narrow(text: str) -> str:
    """Commas, semicolons, colons, brackets and signs of per cent of half the width (半角标点)."""
    return text.translate(_NARROW)


SHAPES: dict[str, Callable[[str], str]] = {
    "as-written": lambda text: text,
    "first-half": first_half,
    "second-half": second_half,
    "tabbed": tabbed,
    "stacked": stacked,
    "headless": headless,
    "wrapped": wrapped,
    "paged": paged,
    "spaced": spaced,
    "narrow": narrow,
}
