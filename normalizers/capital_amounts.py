"""Amounts written out in Chinese characters (大写金额) as exact numbers of 元."""

import re
from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_DIGITS |= {"○": 0, "两": 2, "弍": 2, "貳": 2, "贰": 2, "叄": 3, "參": 3, "参": 3, "陸": 6, "弌": 1, "弎": 3, "俩": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "陌": 100, "千": 1000, "仟": 1000, "阡": 1000}
_TWENTIES = {"廿": 20, "卅": 30}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_ZEROS = "零〇○"
FORMAL = "壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟"  # characters that only amounts and old books use
_INTEGER = "".join([*_DIGITS, *_TENS, *_TWENTIES, *_MYRIADS])
_ONE = "".join(_DIGITS)
CAPITAL = (
    rf"(?P<whole>[{_INTEGER}]{{1,30}})(?:点(?P<point>[{_ONE}]{{1,6}})(?P<scale>[万萬亿億]?))?[元圆圓](?:"
    rf"(?P<sure>[整正])|[{_ZEROS}]?(?:(?P<jiao>[{_ONE}])角)?[{_ZEROS}]?(?:(?P<fen>[{_ONE}])分)?[整正]?)"
)
_CAPITAL = re.compile(CAPITAL)


def capital_amount(text: str) -> Decimal | None:
    """The amount in 元 that `text` writes out (壹佰贰拾万元整, 叁仟零伍元贰角), or None where it is not well-formed.

    Both the formal (壹贰叁) and the plain characters (一二三) are read, 廿 and 卅 too; 拾 without a digit is ten.
    Numbers whose multiples do not fall from left to right (百千) are not well-formed.
    """
    match = _CAPITAL.fullmatch(text)
    whole = None if match is None else _integer(match["whole"])
    if match is None or whole is None:
        return None
    value = Decimal(whole)
    if match["point"]:
        value += Decimal("0." + "".join(str(_DIGITS[one]) for one in match["point"]))
        value *= _MYRIADS.get(match["scale"], 1)
    value += Decimal(_DIGITS.get(match["jiao"] or "零", 0)) / 10
    return value + Decimal(_DIGITS.get(match["fen"] or "零", 0)) / 100


def _integer(text: str) -> int | None:
    """A whole number by sections: 亿 closes a section that may hold 万; None where the order is broken."""
    total, last = 0, None
    for character in re.findall(r"[^万萬亿億]*[万萬亿億]?", text):
        if not character:
            continue
        multiple = _MYRIADS.get(character[-1])
        section = _section(character[:-1] if multiple else character)
        if section is None or (multiple and section == 0 and total == 0):
            return None
        if multiple == 100_000_000 and last == 10_000:  # 一万二千亿
            total = (total + section) * multiple
        elif multiple is not None and last is not None and multiple >= last:
            return None
        else:
            total += section * (multiple or 1)
        last = multiple
    return total


def _section(text: str) -> int | None:
    """A number below ten thousand; None where its multiples do not fall."""
    total, digit, last = 0, None, 10_000
    for number, character in enumerate(text):
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        multiple = _TENS.get(character, 10)
        if multiple >= last or (digit is None and (number or multiple != 10)) or (digit == 0 and multiple != 10):
            return None
        total += _TWENTIES.get(character, (digit or 1) * multiple)
        last, digit = multiple, None
    return total + (digit or 0)
