"""Printed numbers as exact decimals (报告数): digits kept, bounds and units told apart."""

import re
from decimal import Decimal
from functools import lru_cache

from extractors.nfkc import nfkc
from extractors.printed import NUMBER
from normalizers.records import Bound, ReportedNumber

_BOUNDS_BEFORE: tuple[tuple[str, Bound], ...] = (
    ("≥", ">="), ("≧", ">="), (">=", ">="), ("⩾", ">="), ("不低于", ">="), ("不少于", ">="), ("不小于", ">="),
    ("大于等于", ">="), ("至少", ">="), ("达到", ">="), ("达", ">="),
    ("≤", "<="), ("≦", "<="), ("<=", "<="), ("⩽", "<="), ("不高于", "<="), ("不超过", "<="), ("不大于", "<="),
    ("不多于", "<="), ("小于等于", "<="), ("控制在", "<="),
    (">", ">"), ("大于", ">"), ("超过", ">"), ("高于", ">"), ("多于", ">"),
    ("<", "<"), ("小于", "<"), ("低于", "<"), ("少于", "<"),
    ("约", "~"), ("近", "~"), ("=", ""),
)  # fmt: skip
_BOUNDS_BEHIND: tuple[tuple[str, Bound], ...] = (
    ("及以上", ">="), ("(含)以上", ">="), ("以上", ">="), ("及以下", "<="), ("(含)以下", "<="), ("以下", "<="),
    ("以内", "<="), ("之内", "<="), ("左右", "~"),
)  # fmt: skip
_BOUND_OF = dict(_BOUNDS_BEFORE)
_SHORT = 48  # characters
_UNIT = re.compile(r"%|[^\W\d_]{0,6}")
_BEFORE = "|".join(re.escape(word) for word, _ in _BOUNDS_BEFORE)
_PATTERN = re.compile(rf"(?P<bound>{_BEFORE})?\s*(?P<sign>[-−])?(?P<number>{NUMBER})\s*(?P<rest>.*)", re.DOTALL)
_WITHIN = re.compile(r"\s*(小时|分钟|秒钟?|天|日|个?工作日|个?月|周)内")
_BRACKETED_UNIT = re.compile(r"[(（]([^()（）]{1,6})[)）]")
_TEN_THOUSAND_FIVE = re.compile(r"(\d+)\s*([万千])\s*(\d)(?![\d.万千])")
_DIGIT = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_MULTIPLE = {"十": 10, "百": 100, "千": 1000}


def fold(text: str) -> str:
    """`text` with full-width digits and signs folded (NFKC), ends stripped."""
    if text.isascii():
        return text.strip()
    return nfkc(text).replace("−", "-").strip()


def parse(text: str, unit: str = "") -> ReportedNumber | None:
    """The first number that `text` prints, with its bound and unit; None where none is printed.

    unit: what the column head or caption says, used where the text itself prints none.
    """
    return _parse_short(text, unit) if len(text) <= _SHORT else _parse(text, unit)


@lru_cache(maxsize=8192)
def _parse_short(text: str, unit: str) -> ReportedNumber | None:
    """The number of a cell, which is asked for again and again."""
    return _parse(text, unit)


def _parse(text: str, unit: str) -> ReportedNumber | None:
    folded = fold(text)
    mixed = _TEN_THOUSAND_FIVE.search(folded)
    if mixed:
        return _spoken(mixed, folded)
    match = _PATTERN.search(folded)
    if match is None:
        return None
    digits = match["number"].replace(",", "").replace("，", "")
    value = Decimal(digits)
    if match["sign"]:
        value = -value
    own_unit, behind = _unit_of(match["rest"])
    return ReportedNumber(
        printed=(match["sign"] or "") + match["number"] + ("%" if own_unit == "%" else ""),
        value=value,
        digits=len(digits.partition(".")[2]),
        unit=own_unit or unit,
        bound=behind or _BOUND_OF.get(match["bound"] or "", ""),
    )


def _spoken(match: re.Match[str], folded: str) -> ReportedNumber:
    """`1万5` is 1.5 万, as people say it."""
    value = Decimal(f"{match[1]}.{match[3]}")
    return ReportedNumber(printed=match[0], value=value, digits=1, unit=match[2] + "元")


def _unit_of(rest: str) -> tuple[str, Bound]:
    """The unit and the bound printed behind a number."""
    bracketed = _BRACKETED_UNIT.match(rest)
    if bracketed and bracketed[1] not in ("含", "不含"):
        return bracketed[1], ""
    within = _WITHIN.match(rest)
    if within:  # `24小时内出具报告`
        return within[1], "<="
    behind: Bound = ""
    for word, bound in _BOUNDS_BEHIND:
        if word in rest[:12]:
            behind, rest = bound, rest.partition(word)[0]
            break
    unit = _UNIT.match(rest.strip())
    return (unit[0] if unit else ""), behind


def chinese_integer(text: str) -> int | None:
    """A whole number in Arabic or Chinese numerals (`21`, `二十一`, `十`), or None."""
    folded = fold(text)
    if folded.isdecimal():
        return int(folded)
    total, digit = 0, None
    for character in folded:
        if character in _DIGIT:
            digit = _DIGIT[character]
        elif character in _MULTIPLE:
            total += (1 if digit is None else digit) * _MULTIPLE[character]
            digit = None
        else:
            return None
    return total + (digit or 0) if folded else None
