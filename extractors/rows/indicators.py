"""Indicator rows of a table (指标行): the tree its name columns draw, and what is printed for each indicator."""

import re
from dataclasses import dataclass, field
from typing import cast, get_args

from extractors.folded import fold
from extractors.frozen import replace
from extractors.printed import is_overfull
from extractors.rows.align import Row, aligned
from extractors.rows.column import Column
from extractors.rows.columns import MEASURES, Block, Dense, is_number
from extractors.rows.list_levels import single_levels
from extractors.rows.model import IndicatorField, IndicatorRow, Printed, RowRole, Statement, TableRole
from extractors.rows.names import (
    NameCell,
    is_standard,
    looks_numeric,
    names_group,
    read_name,
    row_label,
    stem,
)
from extractors.rows.node import Node, year_of
from extractors.rows.parents import printed_once
from extractors.rows.path_names import names_paths, path_parts
from extractors.rows.text import cell_printed, cell_text, part_printed
from extractors.segment.model import Cell, TableGrid
from extractors.vocabulary import plain

FIELDS = get_args(IndicatorField)
Fields = tuple[tuple[IndicatorField, Printed], ...]
_POINTED = ("weight", "score", "score_rate")  # fields whose unit the column tells
_LONGEST_NAME = 80
_SATISFIED = "满意度"
_BRACKETED_WEIGHT = re.compile(r"\(\s*(?:满分)?\s*(\d{1,3}(?:\.\d+)?)\s*分\s*\)")  # `合计（100分）`
_SUBTOTAL = re.compile(r"\(?(?:小计|合计|分项合计)\)?:?$")
_NOTHING = frozenset(("", "-", "—", "–", "/", "\\", "——", "－"))
_FOURTH = re.compile(r"(?:四|4|第四)级")  # 四级指标 beside 三级指标
_SIGNS = frozenset("≥≤=＝＞＜><≧≦")
# Level-1 groups that cannot hold the standard level-2 indicators named: a blank level-1 cell then is not theirs.
_EXECUTION = frozenset(("预算执行率", "预算执行"))
_OUTPUT = frozenset(("数量", "质量", "时效", "产出数量", "产出质量", "产出时效"))
_BENEFIT = frozenset(("经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度", "实施效益", "环境效益"))


@dataclass(slots=True)
class TableReading:
    """What one block gave (读表结果). rows: those understood, 0-based."""

    nodes: list[Node] = field(default_factory=list)
    totals: list[tuple[int, str, Node]] = field(default_factory=list)
    grades: list[Printed] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _State:
    """Where the reader stands: the indicator open at each level.

    named, valued, signs: the block's columns of names, of values, of signs of comparison. paths: the names are printed
    with their ancestors.
    """

    grid: TableGrid
    block: Block
    reading: TableReading
    levels: dict[int, int]
    named: list[Column]
    valued: list[Column]
    signs: list[Column]
    group: str = ""
    paths: bool = False
    open: dict[int, Node] = field(default_factory=dict)


def read_indicators(grid: TableGrid, dense: Dense, block: Block) -> TableReading:
    """The indicators that a block with name columns prints, in order; nothing where it has none."""
    named = block.having("level1", "level2", "level3", "indicator")
    levels, paths = single_levels(dense, block), _are_paths(dense, block)
    valued, signs = block.having(*FIELDS), block.having("sign")
    state = _State(grid, block, TableReading(), levels, named, valued, signs, _group(block), paths)
    for row, cells in aligned(dense, block):
        if _special(state, row, cells):
            state.reading.rows.add(row)
            continue
        leaf = _names(state, row, cells)
        if leaf is None:
            continue
        state.reading.rows.add(row)
        _values(state, row, cells, leaf)
    return state.reading


def _group(block: Block) -> str:
    """The indicator that the head of a single name column names (`产出指标` above its items), '' if none."""
    column = next(iter(block.having("indicator")), None)
    return plain(column.head) if column is not None and names_group(column.head) else ""


def _are_paths(dense: Dense, block: Block) -> bool:
    """Whether the single name column prints paths."""
    column = next(iter(block.having("indicator")), None)
    cells = [] if column is None else [dense[row][column.index] for row in block.body]
    return names_paths([cell.text for cell in cells if cell is not None and not row_label(cell.text)])


def _special(state: _State, row: int, cells: Row) -> bool:
    """A total, subtotal or grade row, kept apart."""
    first = next((cell for cell in cells if cell is not None and cell.row == row and cell.text), None)
    label = row_label(first.text) if first is not None else ""
    if not label or first is None:
        return False
    if label == "note":
        return True
    if label == "grade":
        values = [cell for cell in cells if cell is not None and cell is not first and cell.bare]
        state.reading.grades += [cell_printed(state.grid, cell) for cell in values[-1:]]
        return bool(values)
    top = state.open.get(1) if label == "subtotal" else None
    if top is not None and top.level == max(node.level for node in state.reading.nodes):
        top = None  # a row like those above it, which the subtotal sums up
    others = any(known == "subtotal" for _, known, _ in state.reading.totals)
    if label == "subtotal" and top is None and row == state.block.body[-1] and not others:
        label = "total"  # of a table of one group: settled where all tables are known
    path = () if top is None else (plain(top.name.text),)
    node = Node(1, cell_printed(state.grid, first), path, row)
    for role, cell in _total_cells(state, row, cells, first):
        node.add(role, row, cell_printed(state.grid, cell, _unit(state.block, role, cell)))
    if top is not None and _sums_up(first.text, top):
        for role, printed in ((role, found[0]) for role, found in node.values.items() if role not in top.values):
            top.add(role, *printed)
    behind = _BRACKETED_WEIGHT.search(fold(first.flow.text))
    if behind is not None and "weight" not in node.values:
        node.add("weight", row, part_printed(state.grid, first, *behind.span(1), "分"))
    state.reading.totals.append((row, label, node))
    return True


def _sums_up(label: str, group: Node) -> bool:
    """Whether a subtotal's label names the group (`投入小计`, `投入（小计）`), so that its numbers are the group's."""
    return stem(_SUBTOTAL.sub("", plain(label))) == stem(group.name.text)


def _total_cells(state: _State, row: int, cells: Row, first: Cell) -> list[tuple[str, Cell]]:
    """The measures of a total row: below their heads, else (cells slid left) in the order of the heads."""
    found: dict[str, Cell] = {}
    for column in state.block.having(*MEASURES):
        cell = cells[column.index]
        if cell is not None and cell.row == row and cell is not first and is_number(cell.bare):
            found.setdefault(column.role, cell)
    roles = list(dict.fromkeys(column.role for column in state.block.having("weight", "score", "score_rate")))
    distinct = {id(cell): cell for cell in cells if cell is not None}.values()  # a cell is slow to hash
    numbers = [cell for cell in distinct if is_number(cell.bare)]
    if len(numbers) == len(roles) and len(found) < len(roles):
        return list(zip(roles, numbers, strict=True))
    return list(found.items())


def _names(state: _State, row: int, cells: Row) -> Node | None:
    """Open the indicators that begin in this row; the deepest of them, or None."""
    leaf: Node | None = None
    columns = state.named
    for position, column in enumerate(columns):
        cell = cells[column.index]
        if cell is None or cell.row != row or not cell.text:
            continue
        if position and cell is cells[columns[position - 1].index]:
            continue  # merged over levels that have no name here
        parts = path_parts(cell.flow.text) if state.paths else []
        if parts:
            leaf = _open_path(state, row, cell, parts)
            continue
        level = _level(state, column, cell)
        read = read_name(state.grid, cell, level)
        if read.placeholder and read.name is None:
            read = _behind_placeholder(state, cells, column)
        if read.name is None or looks_numeric(read.name.text) or len(read.name.text) > _LONGEST_NAME:
            continue
        later = any(cell_text(cells[other.index]) for other in columns[position + 1 :])
        level = _moved_level(level, read.name.text, cells, columns, position)
        level = _execution_level(state, level, read.name.text, row, cells, columns)
        if level == 0:
            continue
        leaf = _open(state, row, level, read.name, read.weight, later)
        if read.score is not None and leaf.row == row:
            leaf.add("score", row, read.score)
    return leaf


def _behind_placeholder(state: _State, cells: Row, column: Column) -> NameCell:
    """`指标1：` alone in its cell: the name is what stands in the next column."""
    behind = cells[column.index + 1] if column.index + 1 < len(cells) else None
    return NameCell(None) if behind is None or not behind.bare else read_name(state.grid, behind)


def _level(state: _State, column: Column, cell: Cell) -> int:
    """The level of a name: its column's, or in a table with one name column what the framework says."""
    told = state.levels.get(id(cell))
    if told is not None:
        return told
    if column.role != "indicator":
        return 4 if column.role == "level3" and _FOURTH.match(column.head) else int(column.role[-1])
    return 3


def _moved_level(level: int, name: str, cells: Row, columns: list[Column], position: int) -> int:
    """A standard level-2 name alone under the level-1 head belongs to level 2 (its own cell was left out).

    Printed under both heads it says nothing of level 1: 0.
    """
    follows = columns[position + 1] if position + 1 < len(columns) else None
    text = plain(name)
    if level != 1 or follows is None or follows.role != "level2" or is_standard(text, 1) or not is_standard(text, 2):
        return level
    below = cell_text(cells[follows.index])
    return 2 if not below else 0 if below == text else level


def _execution_level(state: _State, level: int, name: str, row: int, cells: Row, columns: list[Column]) -> int:
    """预算执行率 in a form is of level 1 though it stands below the groups; filling all name columns it is one name."""
    if plain(name) not in _EXECUTION or level == 0:
        return level
    own = [cells[column.index] for column in columns]
    texts = [cell.bare if cell is not None and cell.row == row else "" for cell in own]
    if level > 1 and len(texts) > 2 and len(set(texts)) == 1:
        return 0
    top = state.open.get(1)
    below = top is not None and stem(top.name.text).endswith(("产出", "效益", "满意度"))
    return 1 if below and len(set(texts) - {""}) == 1 else level


def _open(state: _State, row: int, level: int, name: Printed, weight: Printed | None, later: bool) -> Node:
    """Open an indicator at a level, or go on with the one open there if its name is printed again."""
    known = state.open.get(level)
    if known is not None and later and plain(known.name.text) == plain(name.text):
        if weight is not None:
            known.brackets.append((row, weight))
        return known
    if (
        level > 1
        and plain(name.text) == "预算执行率"
        and any(_SATISFIED in plain(n.name.text) for n in state.open.values())
    ):
        level = 1  # the form's last row, its cells for the levels above left blank
    for deeper in [other for other in state.open if other >= level]:
        del state.open[deeper]
    parents = [state.open[other] for other in sorted(state.open) if other < level]
    if parents and _cannot_hold(parents[0].name.text, name.text, level):
        state.open.clear()
        parents = []
    node = Node(level, name, tuple(plain(parent.name.text) for parent in parents), row)
    if weight is not None:
        node.brackets.append((row, weight))
    if not node.path and state.group:
        node.path = (state.group,)
    state.open[level] = node
    state.reading.nodes.append(node)
    return node


def _open_path(state: _State, row: int, cell: Cell, parts: list[tuple[int, int]]) -> Node:
    """Open the indicators of a path, outermost first, those open already left as they are; the last of them."""
    for level, part in enumerate(parts, start=1):
        leaf = _open(state, row, level, part_printed(state.grid, cell, *part), None, level < len(parts))
    return leaf


def _cannot_hold(parent: str, name: str, level: int) -> bool:
    """Whether the framework puts a level-2 name under another level-1 group than the one open."""
    group, own = stem(parent), stem(name)
    if level != 2:
        return False
    return (group.endswith("产出") and own in _BENEFIT) or (
        group.endswith(("效益", "满意度")) and "产出" not in group and own in _OUTPUT
    )


def _values(state: _State, row: int, cells: Row, leaf: Node) -> None:
    """Give each printed value of the row to the indicator its column belongs to."""
    for column in state.valued:
        cell = cells[column.index]
        if cell is None or cell.row != row or (text := cell.bare) in _NOTHING or is_overfull(text):
            continue
        owner = state.open.get(column.level, leaf) if column.level else _owner(state, row, cells, cell, leaf)
        if owner is None:
            continue
        if column.role in MEASURES and not _measures(column, text):
            continue
        measured = column.role in _POINTED
        unit = column.unit if measured and cell.column == column.index else _unit(state.block, column.role, cell)
        printed = cell_printed(state.grid, cell, unit)
        if column.role == "target":
            printed = _compared(printed, state.signs, cells)
        if column.group:
            owner.add_later(column, row, printed)
            continue
        owner.add(column.role, row, printed)
        if column.role == "target" or (column.role == "actual" and 0 not in owner.years):
            owner.years[0] = year_of(column.head)


def _compared(target: Printed, columns: list[Column], cells: Row) -> Printed:
    """A target with the sign that stands in a column of its own (指标性质 ≥), the first of these that holds one."""
    signs = [text for column in columns if (text := cell_text(cells[column.index])) in _SIGNS]
    sign = signs[0] if signs and is_number(target.text) else ""
    return replace(target, sign=sign) if sign else target


def _owner(state: _State, row: int, cells: Row, cell: Cell, leaf: Node) -> Node | None:
    """Whose a value is: a cell merged over several rows belongs to the indicator whose name covers the same rows."""
    if cell.row_span == 1:
        return leaf
    columns = state.named
    for column in reversed(columns):
        name = cells[column.index]
        if name is not None and name.bare and (name.row, name.row_span) == (cell.row, cell.row_span):
            return state.open.get(_level(state, column, name), leaf)
    deepest = cells[columns[-1].index]
    return leaf if deepest is not None and deepest.row_span >= cell.row_span else None


def _measures(column: Column, text: str) -> bool:
    """Whether a text can be a value of a measure column: a number, with % only in a rate or a column of percentages."""
    if not is_number(text):
        return False
    return column.role == "score_rate" or not text.endswith("%") or column.unit == "%"


def _unit(block: Block, role: str, cell: Cell) -> str:
    """The unit of a value: none of its own is added to numbers that print one."""
    if role not in _POINTED:
        return ""
    return next((column.unit for column in block.columns if column.index == cell.column), "")


def indicator_rows(grid: TableGrid, reading: TableReading, role: TableRole) -> list[IndicatorRow]:
    """The reading as rows, in order of print; a parent's measures only where they are its own."""
    year = year_of(grid.caption)
    rows: list[IndicatorRow] = []
    for node in reading.nodes:
        own = _fields(node, reading.nodes)
        rows.append(_indicator(grid, node, role, "indicator", own, node.years.get(0) or year))
        rows += [
            _indicator(grid, node, role, "indicator", tuple(fields), node.years[group])
            for group, fields in sorted(node.later.items())
        ]
    for _, label, node in reading.totals:
        rows.append(_indicator(grid, node, role, cast(RowRole, label), _first(node), ""))
    return sorted(rows, key=lambda row: (row.row, row.level))


def _indicator(
    grid: TableGrid, node: Node, role: TableRole, row_role: RowRole, fields: Fields, year: str
) -> IndicatorRow:
    """One row of the model."""
    return IndicatorRow(node.level, node.name, node.path, fields, grid.table_id, node.row, role, row_role, year)


def _fields(node: Node, nodes: list[Node]) -> Fields:
    """A node's fields: of a measure printed on several rows only what is surely the node's own."""
    kept: list[tuple[IndicatorField, Printed]] = []
    told = node.values
    if node.brackets and "weight" not in told:
        told = {**told, "weight": node.brackets[:1]}
    for role in FIELDS if told else ():
        if role not in told:
            continue
        values = told[role]
        single = len(values) == 1 or role not in MEASURES
        printed = values[0][1] if single else printed_once(node, role, nodes)
        if printed is not None:
            kept.append((cast(IndicatorField, role), printed))
    return tuple(kept)


def bracket_claims(grid: TableGrid, reading: TableReading) -> list[Statement]:
    """Weights in brackets behind a name beside a weight column, or printed again: claims of their own."""
    return [
        Statement("score-claim", (("weight", printed),), printed.span, subject=node.name, cell_row=(grid.table_id, row))
        for node in reading.nodes
        for row, printed in (node.brackets if "weight" in node.values else node.brackets[1:])
    ]


def _first(node: Node) -> tuple[tuple[IndicatorField, Printed], ...]:
    """The first value of each field."""
    return tuple((cast(IndicatorField, role), node.values[role][0][1]) for role in FIELDS if role in node.values)
