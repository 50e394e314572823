"""Operands from places of a sentence (句中出处)."""

import re

from pipeline.checks.model import Operand
from pipeline.checks.texts import Sentence, printed_digits

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def here(sentence: Sentence, at: tuple[int, int], role: str = "operand") -> Operand:
    """What a sentence prints at these offsets, with the first number in it."""
    span = sentence.span(*at)
    text = sentence.text[slice(*at)]
    number = _DIGITS.search(text)
    value = None if number is None else printed_digits(number[0]).value
    return Operand(f"text.place.{span.page}.{span.line}.{sentence.start + at[0]}", role, text, value, span)
