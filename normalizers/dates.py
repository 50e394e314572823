"""Dates and fiscal years as ISO text and whole numbers (日期与年度)."""

import re
from collections.abc import Callable

from extractors.remembered import Remembered
from normalizers.numbers import chinese_integer, fold

_SHORT = 128  # characters; of a sentence that tells several amounts each asks for its years
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[〇○零一二三四五六七八九]{4})\s*[年./-]\s*"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[月./-]\s*(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?)?)?"
)
# A year, not the head of an amount: 2016.26万元, 2,018.50, 2000人. Both begin with a set, to which the scanner leaps.
_YEAR = re.compile(
    r"([12](?<![\d.,].)(?:(?<=1)9|(?<=2)0)\d{2})(?!\d|\.\d+\s*[万亿千元%分]|,\d{3}|\s*(?:[万亿千元%人个户份亩家名台套册场次]|平方米|公里))"
)
_YEARS = re.compile(
    r"([12](?<!\d.)(?:(?<=1)9|(?<=2)0)\d{2})\s*年?\s*(?:[-—~～－至])+\s*((?:19|20)\d{2})\s*年?度?(?!\d)"
)


def iso_date(text: str) -> str | None:
    """`2024 年 12 月 30 日` -> `2024-12-30`, `2025年7月` -> `2025-07`, `二〇二五年七月` too; else None."""
    match = _DATE.search(fold(text))
    if match is None:
        return None
    year = int(match["year"].translate(_DIGITS))
    month = chinese_integer(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    day = chinese_integer(match["day"]) if match["day"] else None
    if day is None or not 1 <= day <= 31:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"


def _years(text: str) -> tuple[int, ...]:
    folded = fold(text)
    if "19" not in folded and "20" not in folded:  # as in nearly all texts
        return ()
    found = {int(year) for year in _YEAR.findall(folded)}
    for first, last in _YEARS.findall(folded):
        if 0 <= int(last) - int(first) <= 20:
            found.update(range(int(first), int(last) + 1))
    return tuple(sorted(found))


years: Callable[[str], tuple[int, ...]] = Remembered(_years, _SHORT, 4096).__getitem__
"""Every year that a text names, ranges filled (`2019-2020年` -> 2019, 2020), ascending."""
