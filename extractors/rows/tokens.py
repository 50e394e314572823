"""Sentences cut into words and numbers with their units (分词): what spaCy's Matcher gets to see.

jieba segments with the field's own dictionary (lexicon.py) and nothing else: a Chinese stretch it does not know
becomes one token. Numbers are never cut: `17.94 分`, `89.70%`, `3,292.22 万元` are one token each.
"""

import re
from collections.abc import Container
from functools import cache, lru_cache, partial
from math import log
from typing import Any

from extractors.frozen import frozen
from extractors.printed import NUMBER
from extractors.rows.lexicon import tag_of_word

_YUAN = r"(?:[亿万]?(?:美元|欧元|港元|英镑)|日元|亿元|[千百十]?万元|千元|元)"
# What may follow an amount printed without 元 (`1800万的预算`); any other character is the thing counted (`28万件`).
_AFTER_BARE_UNIT = r"[的用左以给支作是为处较超低高和与及并已尚仍未均共]"
# A minus is a sign only where no range ends (`1505万-1891万`).
_SIGN = r"(?<![\d万亿千元%分年月日号)\]])[-+]"
# What begins with a character of its own comes first; a number is read once, then what its tail makes of it: of tails
# the first that fits. The groups at the ends are empty, they only tell the kind: so most alternatives begin with a set,
# by which the scanner leaves them at once.
_TOKEN = re.compile(
    rf"""
    [\u4e00-\u9fff]+(?P<HAN>)
  | [,，、](?P<COMMA>)
  | [。；;！!？?\n](?P<END>)
  | [(\[](?P<OPEN>)
  | [)\]](?P<CLOSE>)
  | ["“”'‘’「」『』](?P<QUOTE>)
  | [:=](?P<LINK>)
  | [A-Za-z]+(?P<LATIN>)
  | (?:19|20)\d\d\s?年度?(?P<YEAR>)
  | (?P<yuan>[¥￥]\s?)?(?P<sign>{_SIGN})?{NUMBER}(?:
      \s?(?:余|多)?(?:\({_YUAN}\)|{_YUAN})(?![素旦件器宝宵月])(?P<MONEY>)
    | (?(yuan)(?!)|(?:
        (?(sign)(?!)|\s?(?:万\d(?!\d)|(?:余|多)?[亿万千](?:(?![\u4e00-\u9fff])|(?={_AFTER_BARE_UNIT}))))(?P<WAN>)
      | \s?(?:%|个?百分点)(?P<PCT>)
      | (?(sign)(?!)|\s?分(?![之钟别类布批配为局项析公管支会店校厂行队母子院成散两三贝众]))(?P<POINTS>)
      | (?:余|多|\+)?(?=\s?[\u4e00-\u9fffA-Za-z/])(?P<QTY>)
      | (?P<NUM>)
      ))
    )
  | [≥≤＞＜<>×÷+/~～—–-](?P<SIGN>)
  | \S(?P<X>)
    """,
    re.VERBOSE,
)
# Points in Chinese numerals (`得九十二点五分`), only behind a word that announces points.
_CN_POINTS = re.compile(
    r"[一二三四五六七八九十](?<=[得扣分为共是计].)(?:(?<=十)分$|(?!(?<=十)分)[一二三四五六七八九十百零]{0,5}"
    r"(?:点[零一二三四五六七八九]{1,3})?分(?![之钟别类布]))"
)
_OFTEN = 1000  # times that jieba is told each word stands
_ANNOUNCED = frozenset(("WEIGHT", "MAX", "SCORE", "GET", "RATE", "TOTAL", "DEDUCT", "GRADEWORD", "FULL"))


@frozen
class Tokens:
    """The words of a text, their tags and their offsets in it (0-based, half open), all parallel."""

    words: list[str]
    tags: list[str]
    spans: list[tuple[int, int]]

    def extend(self, other: "Tokens") -> None:
        """Take over the words of a sentence that follows."""
        self.words.extend(other.words)
        self.tags.extend(other.tags)
        self.spans.extend(other.spans)


@cache
def _segmenter() -> tuple[Any, dict[str, str]]:
    """jieba with the field's dictionary alone, and the tag of each word. Nothing is read from or written to disk."""
    import jieba

    tags = tag_of_word()
    cutter = jieba.Tokenizer()
    frequencies = dict.fromkeys(tags, _OFTEN)
    for word in tags:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    cutter.FREQ = frequencies
    cutter.total = _OFTEN * len(tags)
    cutter.initialized = True
    cutter.calc = partial(_best_path, tags, log(_OFTEN) - log(cutter.total), -log(cutter.total))
    return cutter, tags


def _best_path(
    words: Container[str], known: float, unknown: float, run: str, ends: dict[int, list[int]], path: dict[int, Any]
) -> None:
    """What jieba.Tokenizer.calc computes, but with the two logarithms that there are: all words are as frequent.

    known, unknown: of a word of the dictionary and of any other character. ends: start of each word -> its possible
    ends. path: to be filled with start -> (logarithm, end) of the best way on from there.
    """
    path[len(run)] = (0, 0)
    for at in range(len(run) - 1, -1, -1):
        first, *others = ends[at]
        best = ((known if run[at : first + 1] in words else unknown) + path[first + 1][0], first)
        path[at] = max(best, *((known + path[end + 1][0], end) for end in others)) if others else best


def tokenize(text: str, start: int = 0, end: int | None = None, into: Tokens | None = None) -> Tokens:
    """text[start:end] cut; offsets count from the beginning of `text`. `into`: tokens to append to."""
    result = Tokens([], [], []) if into is None else into
    words, tags, spans = result.words, result.tags, result.spans
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "X"
        word = match.group()
        if kind == "HAN":
            (_with_points if "分" in word and _CN_POINTS.search(word) else _cut)(word, match.start(), result)
            continue
        words.append(word)
        tags.append(tag_of_word().get(word, kind) if kind == "LATIN" else kind)
        spans.append(match.span())
    return result


def _put(result: Tokens, word: str, tag: str, start: int, end: int) -> None:
    """One more token."""
    if tag in _ANNOUNCED:
        _bare_before(result, start)
    result.words.append(word)
    result.tags.append(tag)
    result.spans.append((start, end))


def _bare_before(result: Tokens, start: int) -> None:
    """A number directly before a word of scores, which begins at `start`, is a bare number, no count of things."""
    if result.tags and result.tags[-1] == "QTY" and result.spans[-1][1] == start:
        result.tags[-1] = "NUM"


def _with_points(run: str, at: int, result: Tokens) -> None:
    """A Chinese stretch, with points in Chinese numerals as numbers."""
    done = 0
    for match in _CN_POINTS.finditer(run):
        _cut(run[done : match.start()], at + done, result)
        _put(result, match.group(), "POINTS", at + match.start(), at + match.end())
        done = match.end()
    _cut(run[done:], at + done, result)


def _cut(run: str, at: int, result: Tokens) -> None:
    """Put the pieces of a Chinese stretch that begins at `at`; only in front of the first can a number stand."""
    if not run:
        return
    pieces = _pieces(run)
    if pieces[0][1] in _ANNOUNCED:
        _bare_before(result, at + pieces[0][2])
    words, tags, spans = result.words, result.tags, result.spans
    for word, tag, start, end in pieces:
        words.append(word)
        tags.append(tag)
        spans.append((at + start, at + end))


@lru_cache(maxsize=20000)
def _pieces(run: str) -> tuple[tuple[str, str, int, int], ...]:
    """(word, tag, start, end) of a Chinese stretch: words of the dictionary, what lies between them tagged O."""
    cutter, tags = _segmenter()
    path: dict[int, Any] = {}
    cutter.calc(run, cutter.get_DAG(run), path)
    found: list[tuple[str, str, int, int]] = []
    unknown = at = 0
    while at < len(run):
        end = path[at][1] + 1
        word = run[at:end]
        tag = tags.get(word)
        if tag is not None:
            if at > unknown:
                found.append(("…", "O", unknown, at))
            found.append((word, tag, at, end))
            unknown = end
        at = end
    if at > unknown:
        found.append(("…", "O", unknown, at))
    return tuple(found)
