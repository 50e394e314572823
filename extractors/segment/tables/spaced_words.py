"""Words of a line by where they stand when printed in a fixed-width font (版面位置), as layout converters write."""

import re
import unicodedata
from functools import lru_cache

from extractors.frozen import frozen

_WORD = re.compile(r"\S+(?: \S+)*")
# Two characters set wide apart that are one word: `合  计`, `项    目`.
_WIDE = "合计 总计 小计 共计 类别 项目 名称 单位 年度 年份 指标 权重 分值 得分 内容 金额 备注 地区 县区 科目"
_SPREAD = re.compile(r"(?<!\S)(?:" + "|".join(rf"{one[0]} {{2,6}}{one[1]}" for one in _WIDE.split()) + r")(?!\S)")
_MAX_LINE = 600  # characters; a longer line is no row of a printed page


@frozen
class SpacedWord:
    """A stretch of text between gaps of two blanks or more. start, end: display columns, 0-based, half open."""

    text: str
    start: int
    end: int

    def overlap(self, start: int, end: int) -> int:
        """How many display columns it shares with start:end; negative is the distance between them."""
        return min(self.end, end) - max(self.start, start)


@lru_cache(maxsize=8192)
def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def display_width(text: str) -> int:
    """Width of `text` in display columns: Chinese characters take two."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _closed(match: re.Match[str]) -> str:
    """The word with its blanks behind it, so that what follows keeps its place."""
    word = match[0]
    return word.replace(" ", "") + " " * word.count(" ")


def spaced_words(text: str, least: int = 1) -> tuple[SpacedWord, ...]:
    """The words of a line, gaps being two blanks or more (U+3000 counts as two).

    Empty for lines with tabs, and where there are fewer than `least`.
    """
    if "\t" in text or len(text) > _MAX_LINE or len(text.split()) < least:
        return ()
    text = text.replace("\u3000", "  ").rstrip()
    text = _SPREAD.sub(_closed, text) if "  " in text else text
    matches = list(_WORD.finditer(text))
    if len(matches) < least:
        return ()
    words = []
    at = offset = 0
    for match in matches:
        at += display_width(text[offset : match.start()])
        end = at + display_width(match.group())
        words.append(SpacedWord(match.group(), at, end))
        at, offset = end, match.end()
    return tuple(words)
