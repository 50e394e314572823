"""One and the same form gives the same indicators and money, in whatever shape a converter prints it."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.rows.model import IndicatorRow, ReportRows
from extractors.segment.segment import segment
from tests.extractors.rows.shapes import SHAPES, drawn


@dataclass(frozen=True)
class ShapeCase:
    """A drawn form, what stands above it, the shapes it must be read in, and what is expected of all of them."""

    title: str
    above: list[str]
    shapes: list[str]
    drawing: list[str]
    expected: list[str]


def _load() -> list[ShapeCase]:
    text = Path(__file__).with_name("cases").joinpath("shapes.txt").read_text(encoding="utf-8")
    cases = []
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        lines = [line for line in block.splitlines() if line.strip()]
        middle = lines.index("--")
        head = [line for line in lines[1:middle] if line.startswith(("above:", "not:"))]
        left_out = {shape for line in head if line.startswith("not:") for shape in line[4:].split()}
        cases.append(
            ShapeCase(
                lines[0],
                [line[6:].strip() for line in head if line.startswith("above:")],
                [shape for shape in SHAPES if shape not in left_out],
                [line for line in lines[1:middle] if line not in head],
                lines[middle + 1 :],
            )
        )
    return cases


CASES = [(case, shape) for case in _load() for shape in case.shapes]


def _rows(case: ShapeCase, shape: str) -> ReportRows:
    text = "\n".join([*case.above, "", SHAPES[shape](drawn(case.drawing)), ""])
    (part,) = segment(read(f"{shape}.txt", text.encode()))
    return extract(part)


def _indicator(row: IndicatorRow) -> str:
    kind = f"L{row.level}" if row.row_role == "indicator" else row.row_role
    kept = ("weight", "score", "target", "actual", "comment")
    values = "".join(f" {name}={value.text}" for name, value in row.fields if name in kept)
    return f"{kind} {'/'.join((*row.path, row.name.text))}{values}"


def _shown(rows: ReportRows) -> list[str]:
    """Indicators in order, then money as item, role and print."""
    money = [f"{cell.item.text.rstrip('：:')} {cell.role} {cell.value.text}" for cell in rows.funding]
    return [*map(_indicator, rows.indicators), *money]


@pytest.mark.parametrize(("case", "shape"), CASES, ids=[f"{case.title}-{shape}" for case, shape in CASES])
def test_a_form_reads_the_same_in_every_shape(case: ShapeCase, shape: str) -> None:
    """Each drawing of shapes.txt gives the rows and the money below it."""
    assert _shown(_rows(case, shape)) == case.expected
