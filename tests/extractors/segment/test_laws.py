"""Laws that hold for every text: nothing is lost, nothing overlaps, the same text gives the same parts."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.pages import Line
from extractors.readers.read import read
from extractors.segment.model import Flow, ReportPart, TableGrid
from extractors.segment.noise import contents_lines, is_page_mark
from extractors.segment.segment import segment
from extractors.segment.tables.pipes import find_pipes
from extractors.segment.tables.tabs import is_rule
from tests.extractors.segment.cell_cases import FORM, STACKED, TABBED
from tests.extractors.segment.drawn_cases import HTML, PIPES
from tests.extractors.segment.flat_cases import FLATTENED
from tests.extractors.segment.tab_cases import CASES, PAGE_BREAKS, WRAPPED
from tests.extractors.segment.test_parts import ANNEX, FIRST, SECOND
from tests.extractors.segment.test_parts import FORM as TAB_FORM

BLOCKS = [
    *(source for source, *_ in CASES.values()),
    *(source for source, *_ in PAGE_BREAKS.values()),
    *(source for source, _ in WRAPPED.values()),
    *(source for source, _ in PIPES.values()),
    *(source for name, (source, _) in HTML.items() if "open" not in name),
    *(source for source, _ in TABBED.values()),
    *(source for source, _ in STACKED.values()),
    *(source for source, _ in FLATTENED.values()),
    FORM,
    TAB_FORM,
    FIRST,
    SECOND,
    ANNEX,
    "一、概况\n（一）背景。近年来灌区老化，\n影响灌溉。\n¹ 注：见附件。\n",
    "目录\n一、概况→1\n二、结论→3\n",
    "评价结论为良。\n\n- 5 -\n\n附件2：评分表\n",
]


def documents(blocks: list[str]) -> str:
    """The blocks one behind the other, tabs put in."""
    return "\n\n".join(blocks).replace("→", "\t")


def flows(part: ReportPart) -> Iterator[Flow]:
    """All running text of a part."""
    for section in part.sections:
        if section.heading is not None:
            yield section.heading.flow
        for block in section.blocks:
            if isinstance(block, TableGrid):
                yield from (cell.flow for cell in block.cells)
            else:
                yield block.flow


def lost(text: str) -> list[str]:
    """Lines with content that no heading, paragraph, cell, caption or note speaks of."""
    document = read("law.txt", text.encode())
    lines = tuple(document.lines)
    kept: set[int | None] = set()
    said = ""
    for part in segment(document):
        for flow in flows(part):
            kept.update(line.number for line in flow.lines)
        for table in part.tables:
            said += table.caption + table.unit + "".join(note.message for note in table.notes)
    contents = contents_lines(lines)
    return [
        line.text
        for index, line in enumerate(lines)
        if line.number not in kept
        and index not in contents
        and not _is_furniture(line)
        and line.text.strip() not in said
        and "单位：" not in line.text
    ]


def _is_furniture(line: Line) -> bool:
    """Whether the line holds no character that is content: blank, page mark, rule, or tags only."""
    text = line.text.strip()
    bare = all(not character.isalnum() for character in text)
    continued = text.startswith("续表")
    return (
        bare
        or continued
        or is_page_mark(text)
        or is_rule(text)
        or text.strip("</>").lower() in ("table border=1", "table", "tr")
    )


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_nothing_of_a_layout_is_lost(block: str) -> None:
    """Every line of every layout is found again in what was segmented."""
    assert lost(documents([block])) == []


@given(st.lists(st.sampled_from(BLOCKS), min_size=2, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_of_a_mixture_is_lost(blocks: list[str]) -> None:
    """Layouts one behind the other lose nothing to each other; bare numbers between sentences are page numbers."""
    assert [text for text in lost(documents(blocks)) if not text.strip().isdigit()] == []


def garbled(seed: int) -> str:
    """A mixture with lines dropped, doubled, cut and blank lines strewn in."""
    chance = random.Random(seed)  # noqa: S311 - a test's own chance
    lines = documents(chance.sample(BLOCKS, 4)).split("\n")
    out = []
    for line in lines:
        throw = chance.random()
        out.extend(
            []
            if throw < 0.08
            else [line, line]
            if throw < 0.12
            else [line[: len(line) // 2]]
            if throw < 0.2
            else [line]
        )
        if chance.random() < 0.1:
            out.append("")
    return "\n".join(out)


@pytest.mark.parametrize("seed", range(40))
def test_grids_are_sound_whatever_the_text(seed: int) -> None:
    """Cells are sorted, lie inside their grid and never overlap; parts hold every line once and in order."""
    document = read("law.txt", (garbled(seed) or "x").encode())
    found = segment(document)
    assert [line for part in found for line in part.lines] == list(document.lines)
    assert [part.number for part in found] == list(range(1, len(found) + 1))
    for part in found:
        for grid in part.tables:
            _check(grid)


def _check(grid: TableGrid) -> None:
    """The grid's own laws."""
    places = [(cell.row, cell.column) for cell in grid.cells]
    assert places == sorted(set(places))
    covered: set[tuple[int, int]] = set()
    for cell in grid.cells:
        own = {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
            if row == cell.row or row not in grid.repeated_headers
        }
        assert all(row < grid.n_rows and column < grid.n_columns for row, column in own)
        assert not own & covered
        covered |= own
        assert list(cell.flow.starts) == sorted(cell.flow.starts)
    assert covered == {(row, column) for row in range(grid.n_rows) for column in range(grid.n_columns)}
    assert grid.fragments[0].rows[0] == 0
    assert grid.fragments[-1].rows[1] == grid.n_rows
    assert all(
        before.rows[1] == after.rows[0] for before, after in zip(grid.fragments, grid.fragments[1:], strict=False)
    )


def test_the_same_text_gives_the_same_parts() -> None:
    """Segmenting is a function of the text alone."""
    document = read("law.txt", documents(BLOCKS).encode())
    assert segment(document) == segment(document)


def test_finders_leave_taken_lines_alone() -> None:
    """A line that another finder took is not read again."""
    lines = [Line(text, number) for number, text in enumerate(PIPES["Markdown"][0].split("\n"), start=1)]
    assert find_pipes(lines, [False] * len(lines)) == []
