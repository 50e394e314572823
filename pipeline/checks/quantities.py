"""Targets and actual values as quantities (目标值与实际值): whether two prints speak of one unit, and agree."""

import re
import unicodedata

from rapidfuzz import fuzz

from extractors.remembered import Remembered
from normalizers.numbers import parse
from normalizers.records import Mention, ReportedNumber
from normalizers.units import YUAN, is_foreign, money_unit

_SIGNS = re.compile(r"[\s“”\"'‘’。，,;；]")
_NAMED_UNIT = re.compile(r"[(（]([^()（）]{1,6})[)）]\s*$")


def unit_of(number: ReportedNumber, name: str = "") -> str:
    """The unit printed with a number, else the one in brackets behind the indicator's name; '' if none."""
    unit = unicodedata.normalize("NFKC", number.unit).strip()
    if unit:
        return unit
    named = _NAMED_UNIT.search(name)
    return named[1] if named else ""


def same_unit(one: str, other: str) -> bool | None:
    """Whether two units are one; None where one is not printed, or the unit is a stretch of words."""
    if one == other:
        return True
    if is_foreign(one) or is_foreign(other):
        return False
    if one == "%" or other == "%":
        return None if not one or not other else False
    if not one or not other:
        return None
    if money_unit(one) in YUAN and money_unit(other) in YUAN:
        return False
    return None


def plain(text: str) -> str:
    """`text` for comparing wording: NFKC, without blanks, quotes and brackets' kind."""
    return _PLAIN[text]


_PLAIN = Remembered(lambda text: _SIGNS.sub("", unicodedata.normalize("NFKC", text)), longest=40, most=4000)


def likeness(one: str, other: str) -> float:
    """How alike two wordings are, 0..1."""
    return fuzz.ratio(plain(one), plain(other)) / 100


def number_in(mention: Mention) -> ReportedNumber | None:
    """The number of a target or actual value where the text is a quantity and not a sentence."""
    text = plain(mention.text)
    number = mention.number or parse(text)
    if number is None or len(text) > 30:
        return None
    return number
