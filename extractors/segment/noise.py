"""Lines that are no content (非正文行): page numbers, tables of contents, running heads, marks of web pages."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.frozen import replace
from extractors.pages import Line
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_PAGE_MARK = re.compile(
    r"(?=[-—–－─·~\s第\dPp])[-—–－─·~\s]*(?:第\s*)?(?:[-—–－─]\s*\d{1,4}\s*[-—–－─]|\d{1,4}\s*[/／]\s*\d{1,4}|第\s*[\d一二三四五六七八九十百]{1,5}\s*页"
    r"(?:\s*[,，/]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?|\d{1,4}\s*页\s*共\s*\d{1,4}\s*页|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?)\s*"
)
_NO_MARK_ENDS = frozenset("。，；：、）)%％")
_LICENCE = re.compile(r".{0,60}(?:ICP备|公网安备).{0,60}")
_WEB_MARK = re.compile(
    r"(?:(?:您|你)?(?:现在|当前|目前|所在|您)(?:所在)?的?位置|(?:网站)?首页)\s*[:：>＞»›].{0,100}|版权所有.{0,60}"
    r"|字(?:号|体)(?:大小)?[:：\s]*[\[【]?\s*大.{0,20}|(?:上|下)一[篇条页][:：].{0,80}|分享(?:到|至)?[:：].{0,40}|(?:浏览|阅读|点击)(?:次数|量)[:：].{0,20}"
    r"|[\[【]?\s*(?:打印|关闭|收藏|返回顶部)(?:本页|窗口|页面)?\s*[\]】]?(?:\s*[\[【|]?\s*(?:打印|关闭|收藏|返回顶部)(?:本页|窗口|页面)?\s*[\]】]?){0,3}"
)
_WEB_BEGINS = frozenset("您你现当目所首网版字上下分浏阅点打关收返[【")
_COUNTED = re.compile(r"\s*\d{1,3}\s*")
_CENTRED = re.compile(r"[ \t\u3000]{8,}[1-9]\d{0,2}\s*")
_SURE_PAGES, _SPARSE = 5, 2.5  # page numbers that show the rest was lost; pages for each of them
_MIN_PAGE, _LEAST_PAGES, _FIRST_PAGE = 10, 2, 2  # lines of a page; pages; the number of the first one that prints it
_STEADY_PAGES = 3  # pages in a row, by which numbers are known that begin with any number
_LAST_BLANK = "\u3000"
_BARE_NUMBER = re.compile(r"\s*[0-9]{1,3}\s*|\s*[ivxIVX]{1,5}\s*")
_TOC_TITLE = re.compile(r"\s*(?:目\s*录|目\s*次|CONTENTS|Contents)\s*")
_TOC_WORD = re.compile(r"目\s*[录次]")  # begins with one character: the scanner leaps, farther than to a set
_TOC_LATIN = ("CONTENTS", "Contents")
_LEADERS = re.compile(r"(?:[.．。·•…⋯_﹒∙‧]\s?){4,}\s*[-—–]?\s*[\divxIVX]{0,4}\s*[-—–]?\s*$|…{2,}\s*\d{0,4}\s*$")
_LEADER_MARKS = ("...", "…", "··", ". .", "．．", "__")  # one of these is in all leaders
_TOC_TAIL = re.compile(r"(?:\t|\s{2,}|\s*[-—–]\s*|(?<=[\u4e00-\u9fff）)”》])\s*)(\d{1,3})(?:\s*[-—–])?\s*$")
_NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}[章节部篇]|[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|附[件表录])"
)

_NAMES = frozenset(map(plain, (*LEVEL1, *LEVEL2, *LEVEL3, *TOTAL_LABELS, *SUBTOTAL_LABELS)))
_MIN_RUNNING = 3
_MIN_RUNNING_LENGTH, _MAX_RUNNING_LENGTH = 4, 60
_MAX_WEB_MARK = 120
_DECIMAL = re.compile(r"\d\.\d")
_MAX_EDGE = 8  # lines looked at from a page's edge


def is_page_mark(text: str) -> bool:
    """Whether the line is nothing but a page mark that cannot be content: `- 6 -`, `第 3 页 共 9 页`, `3/12`."""
    last = text[-1:]
    if "\u4e00" <= last <= "\u9fff" and last != "页":  # as most lines
        return False
    if not text or last in _NO_MARK_ENDS or (last.isalpha() and last != "页"):
        return False
    if "." in text or text.isdecimal():  # as most cells
        return False
    return _PAGE_MARK.fullmatch(text) is not None


def is_web_mark(text: str) -> bool:
    """Whether the line is a web page's and no report's: the path to the page, its foot, `打印 关闭`."""
    bare = text.strip()
    if not 1 < len(bare) <= _MAX_WEB_MARK:
        return False
    if bare[0] in _WEB_BEGINS and _WEB_MARK.fullmatch(bare) is not None:
        return True
    return "备" in bare and _LICENCE.fullmatch(bare) is not None


def is_bare_number(text: str) -> bool:
    """Whether the line is one small number, which may be a page number or a value."""
    if text[-1:] > _LAST_BLANK:  # as nearly always: it ends with a Chinese character
        return False
    return bool(_BARE_NUMBER.fullmatch(text)) and bool(text.strip())


def page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """Indices (0-based) of page numbers that stand alone between blank lines of a text, or far from the left edge:
    they count up one by one.

    Where some pages lost theirs the rest still counts up, in steps of few pages; where only an annex or a later half
    prints them they begin with any number, and are known by three of them or by a table's head printed behind each.
    """
    texts = [index for index, line in enumerate(lines) if line.box is None]
    if not texts:  # as in every PDF
        return frozenset()
    found = [
        index
        for index in texts
        if _COUNTED.fullmatch(lines[index].text) and _is_blank(lines, index - 1) and _is_blank(lines, index + 1)
    ]
    centred = _centred(lines)
    if centred:
        return centred
    numbers = [int(lines[index].text) for index in found]
    counted = all(later == number + 1 for number, later in pairwise(numbers)) or _with_gaps(numbers)
    apart = all(later - index >= _MIN_PAGE for index, later in pairwise(found))
    if len(found) < _LEAST_PAGES or not counted or not apart:
        return frozenset()
    steady = numbers[-1] - numbers[0] == len(numbers) - 1
    known = numbers[0] <= _FIRST_PAGE or (steady and (len(numbers) >= _STEADY_PAGES or _same_below(lines, found)))
    return frozenset(found) if known else frozenset()


def _centred(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of numbers set alone in the middle of lines that count up page by page, whatever stands beside them."""
    found = [index for index, line in enumerate(lines) if line.box is None and _CENTRED.fullmatch(line.text)]
    numbers = [int(lines[index].text) for index in found]
    counted = all(later == number + 1 for number, later in pairwise(numbers)) and len(numbers) >= _STEADY_PAGES
    apart = all(later - index >= _MIN_PAGE for index, later in pairwise(found))
    return frozenset(found) if counted and apart else frozenset()


def _same_below(lines: Sequence[Line], found: Sequence[int]) -> bool:
    """Whether the next text below each of the lines is the same: a head printed again on every page."""
    below = {
        next((line.text.strip() for line in lines[index + 1 : index + _MAX_EDGE] if line.text.strip()), "")
        for index in found
    }
    return len(below) == 1 and "" not in below


def _with_gaps(numbers: Sequence[int]) -> bool:
    """Whether numbers count up, some of them left out."""
    upwards = all(number < later for number, later in pairwise(numbers))
    return len(numbers) >= _SURE_PAGES and upwards and numbers[-1] <= _SPARSE * len(numbers)


def as_page_mark(line: Line) -> Line:
    """A page number that stands alone, told so that nothing can take it for a value: `- 3 -`."""
    return replace(line, text=f"- {line.text.strip()} -", raw=line.raw or line.text)


def _is_blank(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is blank; what lies before the first and behind the last counts as blank."""
    return not 0 <= index < len(lines) or not lines[index].text.strip()


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indices (0-based) of the lines of tables of contents: their title, and lines that end in a page number.

    A line with dot leaders belongs to one wherever it stands; a line that only ends in a number must stand below
    the title 目录, in an unbroken run.
    """
    texts = [line.text for line in lines]
    whole = "\n".join(texts)
    marks = [mark for mark in _LEADER_MARKS if mark in whole]
    found = {index for mark in marks for index, text in enumerate(texts) if mark in text and _has_leaders(text)}
    titles = set[int]()
    if _TOC_WORD.search(whole) is not None or any(word in whole for word in _TOC_LATIN):
        titles = {index for index, text in enumerate(texts) if _TOC_TITLE.fullmatch(text)}
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
        any(mark in text for mark in _LEADER_MARKS)
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


def running_lines(lines: Sequence[Line], page_starts: Sequence[int], marks: frozenset[int]) -> frozenset[int]:
    """Indices of running heads and feet: the same short words at the edge of three pages or more.

    page_starts: indices of the lines that begin a page behind a form feed. marks: of page marks, which end one, too.
    The first time such words stand they are kept: they may be the title. Digits in them are not compared. What stands
    in a ruled grid is its header, printed again.
    """
    cuts = sorted({0, len(lines), *page_starts, *marks})
    least = max(_MIN_RUNNING, len(cuts) * 2 // 5)
    if len(cuts) <= _MIN_RUNNING:
        return frozenset()
    edges = sorted({index for cut in cuts for step in (-1, 1) for index in _nearest(lines, marks, cut, step)})
    letters = {index: _letters(lines[index].text) for index in edges if lines[index].framed is None}
    alike = Counter(letters.values())
    keys = {index: _running_key(lines[index].text, own) for index, own in letters.items() if alike[own] >= least}
    counted = Counter(keys.values())
    seen: set[str] = {""}
    running = []
    for index, key in keys.items():
        if counted[key] >= least and key in seen and key:
            running.append(index)
        seen.add(key)
    return frozenset(running)


def _nearest(lines: Sequence[Line], marks: frozenset[int], cut: int, step: int) -> list[int]:
    """The two filled lines nearest to a page's edge in one direction, page marks left out, blank lines skipped."""
    found: list[int] = []
    index = cut if step > 0 else cut - 1
    for _ in range(_MAX_EDGE):
        if not 0 <= index < len(lines) or len(found) == 2:
            break
        if index not in marks and lines[index].text.strip():
            found.append(index)
        index += step
    return found


def _letters(text: str) -> str:
    """A line without blanks and digits."""
    return "".join([character for character in "".join(text.split()) if not character.isdigit()])


def _running_key(text: str, bare: str) -> str:
    """What is compared of a running line: its letters, `bare`; '' for what cannot be one, as a row of figures."""
    if len(_DECIMAL.findall(text)) > 1:
        return ""
    if not _MIN_RUNNING_LENGTH <= len(bare) <= _MAX_RUNNING_LENGTH or "\t" in text or "|" in text or "<" in text:
        return ""
    if _NUMBERED.match(text) or text.rstrip().endswith(("。", "；", "：", "，")) or plain(text).split("(")[0] in _NAMES:
        return ""
    return "" if any(head_role(word) is not None for word in (text, *text.split())) else bare
