"""Money tables give each amount its role, unit and item; numbers without a unit of money are none."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.rows.extract import extract
from extractors.rows.model import FundingCell
from tests.extractors.rows.grids import grid, part


@dataclass(frozen=True)
class FundingCase:
    """A drawn table with the money cells expected of it."""

    title: str
    caption: str
    drawing: list[str]
    expected: list[str]


def _load() -> list[FundingCase]:
    text = Path(__file__).with_name("cases").joinpath("funding.txt").read_text(encoding="utf-8")
    cases = []
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        lines = [line for line in block.splitlines() if line.strip()]
        title, _, caption = lines[0].partition(" | ")
        middle = lines.index("--")
        expected = [line for line in lines[middle + 1 :] if line != "(nothing)"]
        cases.append(FundingCase(title, caption, lines[1:middle], expected))
    return cases


def _shown(cell: FundingCell) -> str:
    unit = f"|{cell.value.unit}" if cell.value.unit else ""
    return f"{cell.row_role} {cell.item.text} {cell.role} {cell.value.text}{unit}"


@pytest.mark.parametrize("case", _load(), ids=lambda case: case.title)
def test_a_table_gives_its_money(case: FundingCase) -> None:
    """Each drawing of funding.txt gives the money cells below it, in order."""
    unit = case.caption.rpartition("：")[2] if case.caption else ""
    rows = extract(part(grid(case.drawing, caption=case.caption, unit=unit)))
    assert [_shown(cell) for cell in rows.funding] == case.expected
