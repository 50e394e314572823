"""A table of indicators comes back the same from every layout in which converters print it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from extractors.segment.model import TableGrid
from tests.extractors.segment.layouts import shown, tables

HEADS = ["一级指标", "二级指标", "三级指标", "权重", "得分", "得分率"]
OUTER = {
    "决策": ["项目立项", "绩效目标", "资金投入"],
    "过程": ["资金管理", "组织实施"],
    "产出": ["产出数量", "产出质量", "产出时效", "产出成本"],
    "效益": ["社会效益", "生态效益", "满意度"],
}
LEAVES = [
    "立项依据充分性",
    "渠道清淤长度",
    "验收合格率",
    "按期完工率",
    "亩均成本",
    "受益农户数",
    "水质改善",
    "管护到位率",
    "村民评价",
    "档案完整性",
]


Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row of a scoring table with the names above it."""

    level1: str
    level2: str
    name: str
    weight: int
    score: int

    @property
    def numbers(self) -> list[str]:
        """Weight, score and rate as printed."""
        return [f"{self.weight}.00", f"{self.score}.00", f"{100 * self.score // self.weight}.00%"]


@st.composite
def trees(draw: st.DrawFn) -> list[Leaf]:
    """Trees of indicators, in order, each name once."""
    names = iter(draw(st.permutations(LEAVES)))
    leaves = []
    for level1 in draw(st.lists(st.sampled_from(list(OUTER)), min_size=1, max_size=3, unique=True)):
        for level2 in draw(st.lists(st.sampled_from(OUTER[level1]), min_size=1, max_size=2, unique=True)):
            for _ in range(draw(st.integers(1, 2))):
                name = next(names, None)
                if name is not None:
                    weight = draw(st.integers(2, 20))
                    leaves.append(Leaf(level1, level2, name, weight, draw(st.integers(1, weight))))
    return leaves


def rows_with_blanks(leaves: list[Leaf]) -> list[list[str]]:
    """Rows as a grid prints them: outer names only where they change."""
    rows = []
    above = ("", "")
    for leaf in leaves:
        new1 = leaf.level1 != above[0]
        new2 = new1 or leaf.level2 != above[1]
        rows.append([leaf.level1 if new1 else "", leaf.level2 if new2 else "", leaf.name, *leaf.numbers])
        above = (leaf.level1, leaf.level2)
    return rows


def expected(leaves: list[Leaf]) -> list[str]:
    """The grid: `^` where an outer name reaches down."""
    shown_rows = [
        [("^" if not cell and column < 2 else cell) for column, cell in enumerate(row)]
        for row in rows_with_blanks(leaves)
    ]
    return [" | ".join(HEADS), *(" | ".join(row) for row in shown_rows)]


def tabs(rows: Rows) -> str:
    """Cells parted by tabs."""
    return "\n".join("\t".join(row) for row in [HEADS, *rows])


def pipes(rows: Rows) -> str:
    """A Markdown table."""
    lines = [HEADS, ["---"] * len(HEADS), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def html(rows: Rows) -> str:
    """A HTML table whose outer names have spans."""
    out = ["<table><tr>" + "".join(f"<th>{head}</th>" for head in HEADS) + "</tr>"]
    for number, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(row):
            if column < 2 and not cell and number:
                continue
            span = 1
            while column < 2 and number + span < len(rows) and not rows[number + span][column]:
                span += 1
            cells.append(f'<td rowspan="{span}">{cell}</td>' if span > 1 else f"<td>{cell}</td>")
        out.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*out, "</table>"])


def tabbed_cells(rows: Rows) -> str:
    """One cell on each line, a tab in front of it, a blank line between rows."""
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in [HEADS, *rows])


def stacked(rows: Rows) -> str:
    """One cell on each line, empty ones left out."""
    return "\n".join(cell for row in [HEADS, *rows] for cell in row if cell)


def spaced(rows: Rows) -> str:
    """One cell on each line with blank lines between, empty ones left out."""
    return "\n\n".join(cell for row in [HEADS, *rows] for cell in row if cell)


def flattened(rows: Rows) -> str:
    """Outer names on lines of their own above their first row, the row's name and numbers on one."""
    lines = [" ".join(HEADS)]
    for row in rows:
        lines.extend(cell for cell in row[:2] if cell)
        lines.append(" ".join(row[2:]))
    return "\n".join(lines)


def one_line_rows(rows: Rows) -> str:
    """All that a row prints on one line, parted by blanks."""
    return "\n".join(" ".join(cell for cell in row if cell) for row in [HEADS, *rows])


LAYOUTS: list[Callable[[Rows], str]] = [
    tabs,
    pipes,
    html,
    tabbed_cells,
    stacked,
    spaced,
    flattened,
    one_line_rows,
]


def read_back(layout: Callable[[Rows], str], pages: list[Rows]) -> TableGrid:
    """The one table of a text that prints these pages in this layout."""
    printed = "\n\n— 3 —\n\n".join(layout(rows) for rows in pages)
    (grid,) = tables("各项指标得分如下：\n\n" + printed + "\n\n以上为评价得分情况，详见附件。\n")
    return grid


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.__name__ for layout in LAYOUTS])
@given(leaves=trees())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_layout_gives_the_same_table(layout: Callable[[Rows], str], leaves: list[Leaf]) -> None:
    """Names, spans and numbers are the tree's own whatever the layout; one table, one header row."""
    assume(len(leaves) > 1 or layout not in (stacked, spaced))  # one row printed cell by cell is no table to anyone
    grid = read_back(layout, [rows_with_blanks(leaves)])
    assert shown(grid) == expected(leaves)
    assert grid.header_rows == 1


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.__name__ for layout in LAYOUTS])
@given(leaves=trees(), data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_page_break_parts_no_table(layout: Callable[[Rows], str], leaves: list[Leaf], data: st.DataObject) -> None:
    """The head repeated on the next page is kept as such; names reach over it."""
    assume(len(leaves) > 2)
    at = data.draw(st.integers(2, len(leaves) - 1))
    rows = rows_with_blanks(leaves)
    grid = read_back(layout, [rows[:at], rows[at:]])
    shown_rows = expected(leaves)
    assert shown(grid) == [*shown_rows[: at + 1], shown_rows[0], *shown_rows[at + 1 :]]
    assert grid.repeated_headers == (at + 1,)
    assert len(grid.fragments) == 2
