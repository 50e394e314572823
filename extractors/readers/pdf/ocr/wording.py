"""Marks as Chinese print has them (标点还原): a recogniser takes narrow ones for wide ones, and confuses quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.pdf.ocr.engine import ReadText

_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_MATES = {"(": ")", "（": "）"}
_QUOTES = frozenset('“”"')
_MARKS = frozenset("，。；：、（）《》“”％？！")
_NUMBER = re.compile(r"[0-9][0-9.,()（）%]*[0-9%]")  # one doubtful character makes the whole number doubtful
_NO_DOUBT = 0.99
# 文号: the brackets around its year, if both are no pair, have been misread
_YEAR_OF_ISSUE = re.compile(
    r"(?<=[\u4e00-\u9fff])([〔\[［【(（{])((?:19|20)[0-9]{2})([〕\]］】)）}])(?=第?[0-9]{1,5}号)"
)
_PAIRS = frozenset(("〔〕", "[]", "［］", "【】", "()", "（）", "(）", "（)"))
_SAME = frozenset(_WIDE) | _MARKS | _QUOTES


def as_printed(text: ReadText) -> ReadText:
    """The text with its marks as Chinese print has them. Which of two forms a mark has is no doubt about it.

    A bracket without its mate amid a number is a stain; without it, the whole number is doubtful.
    """
    characters = list(text.text)
    _widen(characters)
    sure = [
        max(confidence, _NO_DOUBT) if character in _SAME else confidence
        for character, confidence in zip(characters, text.confidences, strict=True)
    ]
    for number in _NUMBER.finditer(text.text):
        within = slice(*number.span())
        sure[within] = [min(text.confidences[within])] * len(number.group())
    strays = _strays(text.text)
    kept = [index for index in range(len(characters)) if index not in strays]
    return ReadText(
        "".join(characters[index] for index in kept),
        tuple(sure[index] for index in kept),
        tuple(text.places[index] for index in kept),
    )


def with_document_numbers(text: str) -> str:
    """The text with `〔2021〕` in document numbers (文号) where one of its brackets was taken for another kind.

    Brackets that are a pair stay as they were read: some authors write those. As long as before.
    """
    return _YEAR_OF_ISSUE.sub(
        lambda found: found.group() if found[1] + found[3] in _PAIRS else f"〔{found[2]}〕",
        text,
    )


def _strays(text: str) -> set[int]:
    """Places (0-based) of brackets amid a number that have no mate in it."""
    strays = set()
    for number in _NUMBER.finditer(text):
        brackets = [number.start() + at for at, character in enumerate(number.group()) if character in "()（）"]
        if len(brackets) == 1:
            strays.update(brackets)
    return strays


def _widen(characters: list[str]) -> None:
    """Narrow marks beside Chinese made wide, both of a pair of brackets, and what opens at the very end; in place."""
    for index, character in enumerate(characters):
        if character not in _WIDE:
            continue
        around = characters[max(index - 1, 0) : index] + characters[index + 1 : index + 2]
        if any(map(is_chinese, around)) or _MARKS.intersection(around) or _hangs(characters, index):
            characters[index] = _WIDE[character]
    opened: list[int] = []
    for index, character in enumerate(characters):
        if character in _MATES:
            opened.append(index)
        elif opened and character in _MATES.values():
            if characters[opened[-1]] == "（" or character == "）":
                characters[opened[-1]], characters[index] = "（", "）"
            opened.pop()


def _hangs(characters: list[str], index: int) -> bool:
    """Whether a colon or a bracket has nothing on the side where what it announces would stand."""
    first, last = index == 0, index == len(characters) - 1
    return (last and characters[index] in ":(") or (first and characters[index] == ")")


def with_quotes_in_turn(texts: Sequence[str]) -> list[str]:
    """Quotation marks of a paragraph in turn, opening and closing, where it has whole pairs of them; line by line."""
    if sum(character in _QUOTES for text in texts for character in text) % 2:
        return list(texts)
    opening = True
    turned = []
    for text in texts:
        characters = list(text)
        for index, character in enumerate(characters):
            if character in _QUOTES:
                characters[index] = "“" if opening else "”"
                opening = not opening
        turned.append("".join(characters))
    return turned


def is_chinese(character: str) -> bool:
    """Whether it is a Chinese character, as wide as it is high."""
    return "\u4e00" <= character <= "\u9fff"
