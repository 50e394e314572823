"""The unit of a table that states none (未注明单位的表), as the text tells it: amounts told again with their unit."""

import re
from collections import Counter

from extractors.folded import fold
from extractors.segment.model import ReportPart, TableGrid

_TOLD = re.compile(r"(\d(?<![\d.,].)[\d,]*+\.\d{1,4}+)\s{0,2}(亿元|万元|元)")
_AMOUNT = re.compile(r"\d[\d,]*\.\d{1,4}")
_LEAST = 2  # amounts of a table that the text tells with one unit
_LONG = 4  # digits of an amount that is not like another by chance


def told_units(part: ReportPart) -> dict[str, str]:
    """Amount without separators -> unit (`17000.00` -> `万元`), of all the text tells with one unit only."""
    found: dict[str, set[str]] = {}
    for line in part.lines:
        if "元" in line.text and "." in line.text:
            for number, unit in _TOLD.findall(fold(line.text)):
                found.setdefault(number.replace(",", ""), set()).add(unit)
    return {number: next(iter(units)) for number, units in found.items() if len(units) == 1}


def unit_of(grid: TableGrid, told: dict[str, str]) -> str:
    """The unit with which the text tells two amounts of a table or more; '' where it does not, or in several."""
    if not told:
        return ""
    numbers = {
        text.replace(",", "")
        for cell in grid.cells
        if "." in cell.bare  # for most print no such amount
        and len(cell.flow.text) < 24
        and (text := cell.bare.replace("，", ",")).replace(",", "") in told
        and _AMOUNT.fullmatch(text)
    }
    long = [number for number in numbers if len(number.replace(".", "").strip("0")) >= _LONG]
    counts = Counter(told[number] for number in long)
    return next(iter(counts)) if len(counts) == 1 and counts.total() >= _LEAST else ""
