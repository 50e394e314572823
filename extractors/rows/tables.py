"""All tables of a report read (读表): indicator rows and money cells, and the part each table plays."""

import re
from dataclasses import dataclass, field

from extractors.folded import squashed
from extractors.rows.column import Column
from extractors.rows.columns import Block, Dense, read_blocks
from extractors.rows.forms import execution_indicator
from extractors.rows.funding import read_funding
from extractors.rows.group_tables import settle_group
from extractors.rows.indicators import TableReading, indicator_rows, read_indicators
from extractors.rows.labelled_funds import read_labelled_funds
from extractors.rows.model import FundingCell, IndicatorRow, Printed, TableRole
from extractors.rows.names import is_standard, stem
from extractors.rows.told_units import told_units, unit_of
from extractors.rows.transpose import printed_back, stands_sideways, turned, turned_back
from extractors.segment.model import Flow, Heading, ReportPart, Section, TableGrid
from extractors.vocabulary import plain

_WHOLE = re.compile(r"1\d\d(?:\.\d+)?")
_UNIT_LINE = re.compile(r"单位:(亿元|万元|千元|元)")
_FORM_MARK = re.compile(r"年度总体目标|年度绩效目标|全年执行数|全年预算数|年初预算数|年度资金总额|资金总额|自评表")

# A table that scores somebody's work, not what is evaluated: 自评工作质量评分表.
_OTHERS_WORK = re.compile(r"(?:自评|填报|报告|服务)(?:工作)?质量[^，。]{0,6}(?:[评打得]分|评价)")


@dataclass(slots=True)
class TableRead:
    """One table with what was read from it.

    rows: 0-based rows understood. body: rows that are not header. heading: what the table stands below.
    sideways: read with rows and columns exchanged; `grid`, `dense` and `blocks` are then the turned ones.
    """

    grid: TableGrid
    dense: Dense
    blocks: tuple[Block, ...]
    annex: bool
    readings: list[TableReading] = field(default_factory=list)
    extra: list[IndicatorRow] = field(default_factory=list)
    funding: list[FundingCell] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    role: TableRole = "scoring"
    sideways: bool = False
    heading: Heading | None = None
    _rows: list[IndicatorRow] | None = None

    @property
    def body(self) -> int:
        """How many rows with text are no header."""
        headers = {row for block in self.blocks for row in block.header} | set(self.grid.repeated_headers)
        filled = [any(cell is not None and cell.bare for cell in row) for row in self.dense]
        return sum(1 for row, full in enumerate(filled) if full and row not in headers)

    @property
    def grades(self) -> list[Printed]:
        """Grades printed in rows of their own (`绩效评定级别 中`)."""
        grades = [grade for reading in self.readings for grade in reading.grades]
        return [printed_back(grade) for grade in grades] if self.sideways else grades

    def columns_of(self) -> dict[int, tuple[Column, ...]]:
        """The columns of the block that each body row belongs to, left to right, one for each of the grid."""
        return {row: block.columns for block in self.blocks for row in block.body}

    def indicators(self) -> list[IndicatorRow]:
        """Its indicator rows, in order of print; asked for when the table is read and has its role."""
        if self._rows is None:
            rows = [row for reading in self.readings for row in indicator_rows(self.grid, reading, self.role)]
            if self.sideways:
                rows = [turned_back(row) for row in rows]
            self._rows = sorted([*self.extra, *rows], key=lambda row: (row.row, row.level))
        return self._rows


def read_tables(part: ReportPart) -> list[TableRead]:
    """Every table of the report, in reading order, each with its role."""
    unit = _stated_unit(part)
    told = {} if unit or all(grid.unit for grid in part.tables) else told_units(part)
    tables = [
        _read(block, section, unit or ("" if block.unit else unit_of(block, told)))
        for section in part.sections
        for block in section.blocks
        if isinstance(block, TableGrid)
    ]
    _assign_roles(tables, part)
    return tables


def _stated_unit(part: ReportPart) -> str:
    """The one unit of money that the report states outside its tables (`金额单位：万元`), if tables state none."""
    if any(grid.unit for grid in part.tables):
        return ""
    units = {unit for line in part.lines if "单位" in line.text for unit in _UNIT_LINE.findall(squashed(line.text))}
    return units.pop() if len(units) == 1 else ""


def _read(grid: TableGrid, section: Section, unit: str) -> TableRead:
    """One table, block by block. unit: of money, where the table states none."""
    dense = grid.dense()
    sideways = stands_sideways(grid, dense)
    if sideways:
        grid = turned(grid)
        dense = grid.dense()
    table = TableRead(grid, dense, read_blocks(grid, dense), section.annex, sideways=sideways, heading=section.heading)
    for block in table.blocks:
        has_names = block.having("level1", "level2", "level3", "indicator") and not _OTHERS_WORK.search(grid.caption)
        if has_names and block.having("weight", "score", "score_rate", "target", "actual"):
            reading = read_indicators(grid, dense, block)
            table.readings.append(reading)
            table.rows |= reading.rows
            continue
        execution = execution_indicator(grid, dense, block)
        if execution is not None:
            table.extra.append(execution)
        table.funding += read_funding(grid, dense, block, unit)
    if not table.funding and not sideways:
        table.funding += read_labelled_funds(grid, dense, grid.unit or unit)
    table.rows |= {cell.row for cell in table.funding} | {row.row for row in table.extra}
    return table


def _assign_roles(tables: list[TableRead], part: ReportPart) -> None:
    """One main scoring table; the others by what they hold and where they stand."""
    full: list[TableRead] = []
    groups: list[TableRead] = []
    for table in tables:
        if not any(reading.nodes for reading in table.readings):
            continue
        table.role = _own_role(table)
        if table.role == "summary" and _is_part(table):
            groups.append(table)
        if table.role == "scoring":
            (groups if _roots(table) == 1 or _is_part(table) else full).append(table)
    if not full and len(groups) == 1 and not _is_part(groups[0]):
        return
    for table in groups:
        table.role = "group"
    _settle_groups(groups, full, part)
    best = max(full, key=lambda table: (_scored(table), not table.annex), default=None)
    for table in full:
        table.role = "scoring" if table is best else "annex"
    main = [table for table in tables if table.role in ("scoring", "form") and table.readings]
    if main:
        _set_ratings_apart([table for table in tables if table.role == "summary"], main)


def _settle_groups(groups: list[TableRead], full: list[TableRead], part: ReportPart) -> None:
    """Put the indicators of tables of one group each below that group."""
    if not groups:
        return
    whole = [node for table in full for reading in table.readings for node in reading.nodes]
    levels = {plain(node.name.text): node.level for node in whole}
    captions = {table.grid.caption for table in groups}
    lines = {text: Flow(text, (0,), (line,)) for line in part.lines if (text := line.text.strip()) in captions}
    for table in groups:
        titles = [lines[table.grid.caption]] if table.grid.caption in lines else []
        titles += [table.heading.flow] if table.heading is not None else []
        for reading in table.readings if len(table.readings) == 1 else ():
            settle_group(reading, titles, levels, beside_others=len(groups) > 1)


def _set_ratings_apart(summaries: list[TableRead], main: list[TableRead]) -> None:
    """Total rows of tables that score other things than the main table (a survey's questions) are not the report's.

    Such a table shares no name with the main one and names no level-1 indicator of the framework.
    """
    known = {name for table in main for name in _stems(table)}
    for table in summaries:
        names = _stems(table)
        if names & known or any(is_standard(one, 1) for name in names for one in (name, f"{name}指标")):
            continue
        for reading in table.readings:
            reading.totals = [(row, "subtotal", node) for row, _, node in reading.totals]


def _stems(table: TableRead) -> set[str]:
    """The names of a table's indicators for comparing."""
    return {stem(node.name.text).removeprefix("项目") for reading in table.readings for node in reading.nodes}


def _own_role(table: TableRead) -> TableRole:
    """What a table is by itself: form, target, summary, else scoring."""
    nodes = [node for reading in table.readings for node in reading.nodes]
    scored = any("score" in node.values for node in nodes) or any(
        "score" in node.values for reading in table.readings for _, _, node in reading.totals
    )
    columns = {column.role for block in table.blocks for column in block.columns}
    if "score" in columns and _is_form(table):
        return "form"
    if not scored:
        return "target"
    return "summary" if all(node.level == 1 for node in nodes) else "scoring"


def _is_form(table: TableRead) -> bool:
    """Whether the table is a self-evaluation form: its caption, or the form's own rows above the indicators."""
    if "自评表" in table.grid.caption or table.extra:
        return True
    texts = [cell.bare for cell in table.grid.cells if len(cell.flow.text) < 16]
    if not _FORM_MARK.search("\n".join(texts)):  # as of most tables
        return False
    return sum(1 for text in texts if _FORM_MARK.search(text)) >= 2


def _is_part(table: TableRead) -> bool:
    """Whether a table's total rows print weights below 100 only: it covers a part of the whole."""
    weights = [
        plain(node.values["weight"][0][1].text).rstrip("分%")
        for reading in table.readings
        for _, label, node in reading.totals
        if label == "total" and "weight" in node.values
    ]
    return bool(weights) and not any(_WHOLE.fullmatch(weight) for weight in weights)


def _roots(table: TableRead) -> int:
    """How many different level-1 groups a table names."""
    tops = {node.path[0] if node.path else node.name.text for reading in table.readings for node in reading.nodes}
    return len(tops)


def _scored(table: TableRead) -> int:
    """How many indicators have a score of their own."""
    return sum(1 for reading in table.readings for node in reading.nodes if "score" in node.values)
