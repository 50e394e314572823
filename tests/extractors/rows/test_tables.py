"""Scoring tables give the indicator tree they draw, with each value at the level it belongs to."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.rows.extract import extract
from extractors.rows.model import IndicatorRow
from tests.extractors.rows.grids import grid, part


@dataclass(frozen=True)
class TableCase:
    """A drawn table with the role and rows expected of it."""

    title: str
    role: str
    drawing: list[str]
    expected: list[str]


def _load() -> list[TableCase]:
    text = Path(__file__).with_name("cases").joinpath("tables.txt").read_text(encoding="utf-8")
    cases = []
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        lines = [line for line in block.splitlines() if line.strip()]
        role, _, title = lines[0].partition(" ")
        middle = lines.index("--")
        cases.append(TableCase(title, role, lines[1:middle], lines[middle + 1 :]))
    return cases


def _shown(row: IndicatorRow) -> str:
    kind = f"L{row.level}" if row.row_role == "indicator" else row.row_role
    values = "".join(f" {name}={value.text}{'|' + value.unit if value.unit else ''}" for name, value in row.fields)
    return f"{kind} {'/'.join((*row.path, row.name.text))}{values}"


@pytest.mark.parametrize("case", _load(), ids=lambda case: case.title)
def test_a_table_gives_its_indicators(case: TableCase) -> None:
    """Each drawing of tables.txt gives the rows below it, in order, and the table its role."""
    table = grid(case.drawing, caption="自评表" if case.role == "form" else "")
    rows = extract(part(table)).indicators
    assert [_shown(row) for row in rows] == case.expected
    assert {row.table_role for row in rows} == {case.role}


def test_every_row_that_is_no_header_is_seen_and_understood() -> None:
    """Coverage counts the rows below the header, and all of a plain scoring table are understood."""
    case = next(case for case in _load() if case.title == "部门整体支出")
    rows = extract(part(grid(case.drawing)))
    assert (rows.rows_seen, rows.rows_understood, rows.tables_understood) == (5, 5, ("t1",))
