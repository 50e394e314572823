"""Headings in all numbering habits (标题): what a heading line is, its label, title and run-on sentence."""

import re
import unicodedata
from functools import lru_cache

from extractors.frozen import frozen

_CN = "一二三四五六七八九十"
# Outermost first: the order in which Chinese reports nest their numbering (GB/T 9704 and common usage).
_ORDER = (
    "annex", "part", "chapter", "section", "cn", "cn-paren", "num", "num2", "num3", "num-paren", "circled", "letter",
    "code1", "code2",
)  # fmt: skip
RANK = {style: rank for rank, style in enumerate(_ORDER)}
_BLANK = r"[ \t\u3000]"
_HAN = r"[\u4e00-\u9fff]"
_PAREN_OPEN, _PAREN_CLOSE = r"[(（〔【]", r"[)）〕】]"
# `三、四季度分别…` and `一、三、四标段…` at the start of a line go on with a sentence; `二、三级指标得分` is a heading.
_TWO_NUMBERS = rf"[{_CN}](?:(?:、[{_CN}])?(?:[季期类批月等]|产业|标段|级(?!指标))|、[{_CN}](?!级))"
# `A11立项依据充分性（3分）`: the codes of indicators number headings only where a weight follows the name.
_POINTS = r"\d{1,3}(?:\.\d+)?\s*分"
_WEIGHED = (
    rf"{_HAN}[\u4e00-\u9fff、/]{{1,23}}[（(]\s*(?:满分|权重|分值)?\s*{_POINTS}"
    rf"(?:[，,]\s*(?:实际|自评|评价)?得分?\s*{_POINTS})?\s*[）)]\s*(?:[。：:]|$)"
)
# `A1-1 立项依据充分性：…`, `D31 群众满意度：…`: a number in two parts, or an indicator's name, needs no weight.
_NAME = rf"{_HAN}[\u4e00-\u9fff、/]{{2,22}}"
_CALLED = rf"{_HAN}[\u4e00-\u9fff、/]{{1,20}}(?:[率性度]|情况|水平|数量|成本|影响|效益|机制)"
# Tried in this order: the longer number first.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "annex",
        rf"附\s*[件表录](?:\s*[\d{_CN}]{{1,2}}(?:\s*[-—–]\s*\d{{1,2}})?)?(?:\s*[:：、.．]|(?=\s|$|{_HAN}|《))|附\s*[:：]",
    ),
    ("part", rf"第\s*[{_CN}\d]{{1,3}}\s*(?:部分|篇)"),
    ("chapter", rf"第\s*[{_CN}\d]{{1,3}}\s*章"),
    ("section", rf"第\s*[{_CN}\d]{{1,3}}\s*节"),
    ("cn", rf"[{_CN}]{{1,3}}(?:\s*[、．.:：](?!{_TWO_NUMBERS})|\s*[,，](?=\s*{_HAN}{{2}})|{_BLANK}+(?={_HAN}{{2}}))"),
    (
        "cn-paren",
        rf"{_PAREN_OPEN}\s*[{_CN}]{{1,3}}\s*[、.．]?\s*{_PAREN_CLOSE}[、.．]?(?!\s*[项款条](?:规定|第|之|的|所|和|或|、|，))"
        rf"|[{_CN}]{{1,3}}\s*[)）]",
    ),
    ("num3", r"\d{1,2}\s?[.．]\s?\d{1,2}\s?[.．]\s?\d{1,2}(?:\s?[.．]\s?\d{1,2})?(?![\d%％])[、.．]?"),
    ("num2", rf"\d{{1,2}}[.．]\d{{1,2}}(?![\d%％.．])(?:[、.．]|(?={_BLANK}|{_HAN}|[“《]))"),
    ("num", rf"\d{{1,3}}\s?(?:、|[.．](?!\d)|[.．](?=20\d\d)|[,，](?=\s?{_HAN}))"),
    ("num-paren", r"[(（]\s*\d{1,3}\s*[)）][、.．]?|\d{1,2}\s*[)）][、.．]?"),
    ("circled", r"[①-⑳❶-❿⓵-⓾][、.．]?"),
    ("letter", rf"[A-Ha-h](?:[、．]|[.)）](?=\s*{_HAN}))|[(（][A-Ha-h][)）]|[ⅰ-ⅹⅠ-Ⅹ][、.．]?"),
    ("letter", rf"[A-H]{_BLANK}?(?={_WEIGHED})"),
    ("code1", rf"(?:指标)?[\[【]?[A-H]\d[\]】]?[、.．:：]?\s?(?={_WEIGHED})"),
    ("code2", rf"(?:指标)?[\[【]?[A-H]\d{{2,3}}[\]】]?[、.．:：]?\s?(?={_WEIGHED}|{_CALLED}[：:。])"),
    (
        "code2",
        rf"(?:指标)?[\[【]?[A-H]\d{{1,2}}[-－—]\d{{1,2}}[\]】]?[、.．:：]?\s?(?={_WEIGHED}|{_NAME}(?:[：:。]|$))",
    ),
    ("num", rf"\d{{1,2}}{_BLANK}+(?={_HAN}{{2}})"),
)
_BARE = len(_PATTERNS) - 1  # a number with nothing but a blank behind it
_LABEL = re.compile(r"[\s\u3000]*(?:" + "|".join(f"({body})" for _, body in _PATTERNS) + ")")
# Words that begin like a unit begin a title: `3 分项评价`, `4 年度目标`, `2 人员情况`, `3.5 亩均增产`.
_TITLE_WORDS = (
    r"人[均员才民力口群工]|[户亩件次月]均|户籍|个人|家[庭长]|场[地所馆]|台[账帐]|年[度均初末]|日[常均]|时[效间限]|次要|名[称录单]"
    r"|分[项类析配级部工担期支布解]|公(?![里斤顷吨升分])|平(?![方米])"
)
_UNIT_NEXT = re.compile(
    rf"\s?(?!{_TITLE_WORDS})"
    r"(?:[亿万千百]?[元美欧]|[亿万]|[%％‰]|[个家户人次件场台套吨米倍分年月日天时辆亩公平万千页张份名栋]|号(?!楼))"
)
_COUNTED = re.compile(
    r"期(?!间)|项(?!目)|条(?!件)|批(?!复|准)|类(?!别)|种(?!植)|支(?!出|付|持)|根(?!据)|道(?!路)|面(?!临)|组(?!织)|乡(?!村)|区(?!域)|市(?!场)"
    r"|到(?!位)|处(?!理)|[座所轮级艘株头只口块枚幅架笔宗起例届位班队村镇县省篇周岁度点户至以余多]"
)
_MAX_BARE_TITLE = 20
_SENTENCE_ENDS = tuple("。！？!?；;")
_RUN_ON = re.compile(r"[。：:]")
_PAREN = re.compile(r"[（(][^（()）]*[)）]")
MAX_TITLE = 60
_MAX_RUN_ON = 45
_MAX_COLON_TITLE = 25
_MAX_COMMA_TITLE = 30
_MAX_LINE = 160  # characters; longer texts are looked at, but not remembered


@frozen
class Label:
    """A printed number in front of a heading (编号). style: key of RANK. text: as printed. end: offset behind it."""

    style: str
    text: str
    end: int


def label_of(text: str) -> Label | None:
    """The number that `text` begins with, or None. A decimal with a unit (`3.5亿元`) is none."""
    return _label_of_line(text) if len(text) <= _MAX_LINE else _read_label(text)


@lru_cache(maxsize=4096)
def _label_of_line(text: str) -> Label | None:
    """Lines are asked for again and again."""
    return _read_label(text)


def _read_label(text: str) -> Label | None:
    match = _LABEL.match(text)
    if match is None or match.lastindex is None:
        return None
    style = _PATTERNS[match.lastindex - 1][0]
    rest = text[match.end() :]
    if style in ("num2", "num3") and _UNIT_NEXT.match(rest):
        return None
    if match.lastindex - 1 == _BARE and not _is_bare_title(rest):
        return None
    if style == "letter" and not rest.strip():
        return None
    return Label(style, match.group(0).strip().rstrip("：:"), match.end())


def _is_bare_title(rest: str) -> bool:
    """Whether the words behind a number without punctuation are a title: short words that count nothing."""
    title = rest.strip()
    plain = not any(mark.isdigit() or mark in "，。；：、（）()%“”《》,.;:" for mark in title)
    return plain and len(title) <= _MAX_BARE_TITLE and not _UNIT_NEXT.match(title) and not _COUNTED.match(title)


_FIGURES = re.compile(r"\d+")
_CN_DIGITS = {digit: value for value, digit in enumerate(_CN, start=1)}


def ordinal(label: Label) -> int | None:
    """The last number that the label prints: `（十二）` is 12, `1.3` is 3; None where it prints none."""
    figures = _FIGURES.findall(label.text)
    if figures:
        return int(figures[-1])
    if label.style == "circled":
        return int(unicodedata.numeric(label.text[0]))
    digits = [character for character in label.text if character in _CN_DIGITS]
    if not digits:
        return None
    return _cn_number("".join(digits))


def _cn_number(text: str) -> int:
    """`十二` is 12, `二十` is 20, `三` is 3."""
    tens, found, ones = text.partition("十")
    if not found:
        return _CN_DIGITS[text[0]]
    return (_CN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_CN_DIGITS.get(ones, 0) if ones else 0)


def title_end(text: str, start: int) -> int:
    """Where the title ends (offset, half open) in a numbered paragraph `text` whose label ends at `start`.

    The whole text if it is a heading of its own; the part before the first 。or ： if a sentence runs on behind
    it; `start` itself if the paragraph is a numbered sentence without title.
    """
    body = text[start:]
    masked = _PAREN.sub(lambda match: "口" * len(match.group(0)), body) if "（" in body or "(" in body else body
    stop = _RUN_ON.search(masked)
    if stop is None:
        return len(text) if len(body.strip()) <= MAX_TITLE and not masked.rstrip().endswith("；") else start
    head = masked[: stop.start()]
    rest = masked[stop.end() :].strip()
    limit = _MAX_COLON_TITLE if stop.group(0) in ":：" and rest else _MAX_RUN_ON
    if "，" in head or "," in head or "；" in head:
        limit = 0 if any(character.isdigit() for character in head) else min(limit, _MAX_COMMA_TITLE)
    return start + stop.start() if 0 < len(head.strip()) <= limit else start


def looks_closed(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    bare = text.rstrip()
    return bare.endswith(_SENTENCE_ENDS) or bare.rstrip("”’」』）)").endswith(_SENTENCE_ENDS)
