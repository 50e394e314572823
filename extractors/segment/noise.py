"""Lines that are no content (非正文行): page numbers, tables of contents, running heads."""

import re
from collections.abc import Sequence

from extractors.pages import Line

_PAGE_MARK = re.compile(
    r"[-—–－─·~\s]*(?:第\s*)?(?:[-—–－─]\s*\d{1,4}\s*[-—–－─]|\d{1,4}\s*[/／]\s*\d{1,4}|第\s*[\d一二三四五六七八九十百]{1,5}\s*页"
    r"(?:\s*[,，/]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?|\d{1,4}\s*页\s*共\s*\d{1,4}\s*页|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?)\s*"
)
_BARE_NUMBER = re.compile(r"\s*[0-9]{1,3}\s*|\s*[ivxIVX]{1,5}\s*")
_TOC_TITLE = re.compile(r"\s*(?:目\s*录|目\s*次|CONTENTS|Contents)\s*")
_LEADERS = re.compile(r"(?:[.．。·•…⋯_﹒∙‧]\s?){4,}\s*[-—–]?\s*[\divxIVX]{0,4}\s*[-—–]?\s*$|…{2,}\s*\d{0,4}\s*$")
_TOC_TAIL = re.compile(r"(?:\t|\s{2,}|\s*[-—–]\s*|(?<=[\u4e00-\u9fff）)”》])\s*)(\d{1,3})(?:\s*[-—–])?\s*$")
_NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}[章节部篇]|[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|附[件表录])"
)


def is_page_mark(text: str) -> bool:
    """Whether the line is nothing but a page mark that cannot be content: `- 6 -`, `第 3 页 共 9 页`, `3/12`."""
    return bool(text) and bool(_PAGE_MARK.fullmatch(text))


def is_bare_number(text: str) -> bool:
    """Whether the line is one small number, which may be a page number or a value."""
    return bool(_BARE_NUMBER.fullmatch(text)) and bool(text.strip())


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indices (0-based) of the lines of tables of contents: their title, and lines that end in a page number.

    A line with dot leaders belongs to one wherever it stands; a line that only ends in a number must stand below
    the title 目录, in an unbroken run.
    """
    found = {index for index, line in enumerate(lines) if _has_leaders(line.text)}
    titles = {index for index, line in enumerate(lines) if _TOC_TITLE.fullmatch(line.text)}
    last = {_bare(line.text): index for index, line in enumerate(lines)} if titles else {}
    index = 0
    while index < len(lines) and titles:
        if index in titles:
            run = _run_below(lines, index + 1, last)
            if run:
                found.add(index)
                found.update(run)
                index = run[-1]
        index += 1
    return frozenset(found)


def _has_leaders(text: str) -> bool:
    return (
        ("..." in text or "…" in text or "··" in text or ". ." in text or "．．" in text or "__" in text)
        and bool(_LEADERS.search(text))
        and len(text) < 200
        and any("\u4e00" <= character <= "\u9fff" for character in text)
    )


def _run_below(lines: Sequence[Line], start: int, last: dict[str, int]) -> list[int]:
    """The entries below the title: lines that end in a page number, or numbered lines that a later line repeats."""
    run: list[int] = []
    last_page = 0
    for index in range(start, len(lines)):
        text = lines[index].text.strip()
        if not text or is_page_mark(text) or is_bare_number(text):
            continue
        tail = _TOC_TAIL.search(text)
        page = int(tail.group(1)) if tail else None
        if page is not None and page + 1 >= last_page and len(text) < 120:
            last_page = page
            run.append(index)
        elif _has_leaders(text) or _stands_again(text, index, last):
            run.append(index)
        elif not _wrapped_entry(lines, index):
            break
        else:
            run.append(index)
    return run


def _wrapped_entry(lines: Sequence[Line], index: int) -> bool:
    """Whether this line is the first half of an entry whose page number stands on the next line."""
    text = lines[index].text.strip()
    below = next((line.text.strip() for line in lines[index + 1 : index + 3] if line.text.strip()), "")
    return (
        bool(_NUMBERED.match(text)) and not _NUMBERED.match(below) and bool(_TOC_TAIL.search(below)) and len(below) < 60
    )


def _stands_again(text: str, index: int, last: dict[str, int]) -> bool:
    """Whether a numbered line without page number stands again further below (a contents list of headings).

    last: the last index of each line, compared without blanks.
    """
    if not _NUMBERED.match(text) or len(text) > 60 or text.endswith(("。", "；", "：")):
        return False
    return last[_bare(text)] > index


def _bare(text: str) -> str:
    return "".join(text.split())
