"""Columns of a table (列的角色): where its headers stand and what each column holds."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extractors.frozen import frozen, replace
from extractors.remembered import Remembered
from extractors.rows.column import Column
from extractors.rows.front import label_of
from extractors.rows.guess import guess_columns
from extractors.rows.heads import Head, money_of, money_role, read_head
from extractors.rows.heads import bare as bare_head
from extractors.rows.money_columns import heads_money, without_other_rates
from extractors.rows.name_columns import NAME_ROLES, settle_names
from extractors.rows.node import year_of
from extractors.rows.text import cell_text
from extractors.segment.model import Cell, TableGrid

MEASURES = ("weight", "score", "score_rate", "self_score")
NUMBER_CELL = re.compile(r"^[-+]?(?:\d+|\d{1,3}(?:,?\d{3})+)(?:\.\d+)?(?:分|%)?$")
is_number: Callable[[str], bool] = Remembered(lambda text: NUMBER_CELL.match(text) is not None, 24, 8192).__getitem__
"""Whether a cell's text is a number, of points or a percentage too."""
_YEARLY = ("target", "actual", "completion")
_SECTION = re.compile(
    r"^(?:(?:年度|总体|主要|重点|本年)+(?:绩效|工作|总体)*(?:目标|任务)|(?:资金|项目)管理情况|(?:年度)?绩效(?:目标|指标))(?:完成情况)?$"
)
_FORM_LABELS = frozenset(("project", "evaluated_body", "supervising_body", "filled_by"))
_GENERIC = frozenset(("", "name", "serial"))
_OF_NAMES = ("name", "level1", "level2", "level3")
_PLAIN = re.compile(r"^\d{1,3}(?:\.\d+)?$")
_FINAL_SCORE = re.compile(r"最终|评价得分|复核|核定|加权|综合|平均|认定|实际得分|第三方")
# Scores of several things side by side (`阳光片区得分 | 电厂片区得分`); a rater, a year or a level names no thing.
_OF_THING = re.compile(r"^([\u4e00-\u9fff\dA-Za-z]{2,12}?)(?:评价|考核|最终|综合)?得分$")
_NO_THING = re.compile(
    r"评|复核|审|专家|第三方|财政|主管|单位|部门|机构|实际|应|最终|加权|折算|调整|年|级|指标|初|终|合计|平均|标准|基准|绩效|本次|满分|单项|分项"
)
_VALUE = re.compile(r"^[-+≥≤<>]?\d[\d,.]*(?:%|分|万元|元|亿元)?$")
_is_value: Callable[[str], bool] = Remembered(lambda text: _VALUE.match(text) is not None, 24, 8192).__getitem__


@frozen
class Block:
    """Rows of a table below one header (表块). header, body: 0-based rows. columns: one for each grid column."""

    header: tuple[int, ...]
    body: tuple[int, ...]
    columns: tuple[Column, ...]
    guessed: bool = False

    def having(self, *roles: str) -> list[Column]:
        """The columns of these roles, left to right."""
        return [column for column in self.columns if column.role in roles]


Dense = list[list[Cell | None]]


def row_cells(row: list[Cell | None]) -> list[Cell]:
    """The distinct cells of a row, left to right."""
    cells: list[Cell] = []
    last: Cell | None = None
    for cell in row:
        if cell is not None and cell is not last:
            cells.append(cell)
            last = cell
    return cells


def read_blocks(grid: TableGrid, dense: Dense) -> tuple[Block, ...]:
    """The table cut at its headers, each column with its role; a table without header is read by its values."""
    headers = _header_rows(grid, dense)
    if not headers:
        columns = guess_columns(dense)
        return (Block((), tuple(range(grid.n_rows)), columns, guessed=True),) if columns else ()
    blocks: list[Block] = []
    for number, header in enumerate(headers):
        stop = headers[number + 1][0] if number + 1 < len(headers) else grid.n_rows
        body = tuple(row for row in range(header[-1] + 1, stop) if row not in grid.repeated_headers)
        if blocks and _begins_again(grid, dense, header, blocks[-1].header):
            above = blocks[-1].header
            body = blocks[-1].body + body
            blocks[-1] = Block(above, body, _assign(_columns(grid, dense, above), dense, body))
            continue
        heads = _columns(grid, dense, header)
        body = _money_rows(heads, dense, body)
        columns = _assign(heads, dense, body)
        if blocks and [c.role for c in columns] == [c.role for c in blocks[-1].columns]:
            blocks[-1] = replace(blocks[-1], body=blocks[-1].body + body)
        else:
            blocks.append(Block(header, body, columns))
    return tuple(blocks)


def _whole(dense: Dense, header: tuple[int, ...]) -> list[str]:
    """The head of each column from top to bottom, however many rows its lines were taken for."""
    rows = [[cell_text(cell) for cell in dense[row]] for row in header]
    return ["".join(dict.fromkeys(texts)) for texts in zip(*rows, strict=False)]


def _begins_again(grid: TableGrid, dense: Dense, header: tuple[int, ...], above: tuple[int, ...]) -> bool:
    """Whether a page prints the table's first rows again, and the columns stay what they were on the page before.

    So it is where the header above is repeated, or where another one has come since. above: the last header.
    """
    if not set(header) <= set(grid.repeated_headers):
        return False
    texts = [[cell_text(cell) for cell in dense[row]] for row in (*header, *above[: len(header)])]
    if texts[: len(header)] == texts[len(header) :] or _whole(dense, header) == _whole(dense, above):
        return True
    return above[0] >= len(header) and any(fragment.rows[0] == header[0] for fragment in grid.fragments[1:])


def _money_rows(columns: list[Column], dense: Dense, body: tuple[int, ...]) -> tuple[int, ...]:
    """The rows below heads of money, up to the next section of a form (`年度总体目标`, `年度主要任务`)."""
    if any(c.role in NAME_ROLES for c in columns) or sum(bool(c.money) for c in columns) < 2:
        return body
    firsts = [next((text for cell in row_cells(dense[row]) if (text := cell.bare)), "") for row in body]
    return body[: next((at for at, text in enumerate(firsts) if at and _SECTION.match(text)), len(body))]


def _header_rows(grid: TableGrid, dense: Dense) -> list[tuple[int, ...]]:
    """Runs of header rows, top to bottom."""
    headed = [_is_header(row) for row in dense]
    flags = list(headed)
    for row in (*range(min(grid.header_rows, grid.n_rows)), *grid.repeated_headers):
        flags[row] = flags[row] or (0 <= row < len(dense) and not _holds_values(dense[row]))
    money = [row < grid.header_rows and heads_money(dense, row) for row in range(len(dense))]
    flags = [
        heads or (flag and not _labels(dense, row)) for row, (flag, heads) in enumerate(zip(flags, money, strict=True))
    ]
    for row in range(len(dense) - 1):
        flags[row] = flags[row] or (flags[row + 1] and _spans_into(dense, row))
    runs: list[list[int]] = []
    for row, flag in enumerate(flags):
        if flag and runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        elif flag:
            runs.append([row])
    return [tuple(run) for run in runs if any(headed[row] or heads_money(dense, row) for row in run)]


def _spans_into(dense: Dense, row: int) -> bool:
    """Whether a row without values heads the next one: a cell of it reaches down into that, another across columns."""
    cells = [cell for cell in row_cells(dense[row]) if cell.text]
    reaches = any(cell.row + cell.row_span > row + 1 for cell in cells)
    return reaches and any(cell.column_span > 1 for cell in cells) and not _holds_values(dense[row])


def _is_header(row: list[Cell | None]) -> bool:
    """Whether most cells of a row are column heads, at least two of them, and none is a value."""
    texts: list[str] = []
    for cell in row_cells(row):
        text = cell.bare
        if _is_value(text):  # as in most rows, often in the first cell
            return False
        if text:
            texts.append(text)
    if len(texts) < 2:
        return False
    known = [role for text in texts if (role := read_head(text).role or money_role(text))]
    if len(known) < 2 or len(known) * 2 < len(texts):
        return False
    roles = set(known)
    return len(roles) > 1 or not roles.isdisjoint(_OF_NAMES)


def _labels(dense: Dense, index: int) -> bool:
    """Whether a row is a form's: a label (主管部门) with what fills it behind it, alone or above another label.

    A name that reads like a head (`某某专项资金`) fills a label where nothing else stands in the row's many columns,
    or where the next row begins with a label too.
    """
    row = dense[index]
    cells = [cell for cell in row_cells(row) if cell.text]
    below = next((cell for cell in (dense[index + 1] if index + 1 < len(dense) else []) if cell_text(cell)), None)
    alone = len(cells) == 2 and len(row) > 4
    for label, value in pairwise(cells):
        text = value.bare
        if not _is_label(label) or _is_label(value):
            continue
        if alone or (below is not None and _is_label(below)) or not (read_head(text).role or money_role(text)):
            return True
    return False


def _is_label(cell: Cell) -> bool:
    """Whether a cell is the label of a form's field."""
    named = label_of(cell.text) in _FORM_LABELS or cell.bare.endswith(("主管部门", "主管单位"))
    return len(cell.flow.text) < 20 and named


def _holds_values(row: list[Cell | None]) -> bool:
    """Whether a cell of the row is a bare number, percentage or amount."""
    return any(_is_value(cell.bare) for cell in row_cells(row))


def _columns(grid: TableGrid, dense: Dense, header: tuple[int, ...]) -> list[Column]:
    """Each column's role from its chain of heads; the head nearest the body decides, generic ones ask above."""
    columns: list[Column] = []
    for index in range(grid.n_columns):
        heads = _chain(dense, header, index)
        columns.append(Column(index, *_told(heads)))
    return without_other_rates(columns)


@lru_cache(maxsize=2048)
def _told(heads: tuple[str, ...]) -> tuple[str, str, int, str, str]:
    """Role, head, level, unit and money of the column below these heads (outermost first)."""
    read = [read_head(text) for text in heads]
    role, level = _role(read)
    unit = next((head.unit for head in reversed(read) if head.unit), "")
    return role, "".join(heads), level, unit, money_of(list(heads))


def _chain(dense: Dense, header: tuple[int, ...], index: int) -> tuple[str, ...]:
    """The head texts above a column, outermost first, a merged head once."""
    texts = [cell.bare for row in header if (cell := dense[row][index]) is not None and cell.bare]
    return tuple(dict.fromkeys(texts) if len(texts) > 1 else texts)


def _role(heads: list[Head]) -> tuple[str, int]:
    """The role a chain of heads gives, and the level that a parent head names for a measure."""
    level = next((int(head.role[-1]) for head in heads if head.role.startswith("level")), 0)
    for head in reversed(heads):
        if head.role in _GENERIC:
            continue
        return (head.role, level) if head.role in MEASURES else (head.role, 0)
    return (heads[-1].role, 0) if heads else ("", 0)


def _assign(columns: list[Column], dense: Dense, body: tuple[int, ...]) -> tuple[Column, ...]:
    """Settle what the heads leave open: generic names, doubtful measures, levels of measures, repeated groups."""
    columns = settle_names(columns, dense, body)
    columns = [_verified(column, dense, body) for column in columns]
    columns = _settle_targets(_settle_scores(_second_weight(columns, dense, body)))
    columns = _settle_levels(columns, dense, body)
    return tuple(_settle_groups(columns))


def _verified(column: Column, dense: Dense, body: tuple[int, ...]) -> Column:
    """A measure column must hold numbers where it holds anything; its unit is % if most of them print the sign."""
    if column.role not in MEASURES:
        return column
    cells = [cell for row in body if (cell := dense[row][column.index]) is not None and cell.bare]
    texts = [cell.bare for cell in cells if cell.bare not in "-—–/"]
    numbers = sum(map(is_number, texts))
    if texts and numbers * 2 < len(texts):
        return replace(column, role="")
    percents = sum([text.endswith("%") for text in texts])
    return replace(column, unit="%") if percents * 2 > len(texts) else column


def _settle_targets(columns: list[Column]) -> list[Column]:
    """A target adjusted within the year (调整指标值) stands for the one it was before."""
    targets = [column for column in columns if column.role == "target"]
    adjusted = [column for column in targets if "调整" in column.head]
    if len(adjusted) != 1 or len(targets) != 2:
        return columns
    return [replace(c, role="") if c in targets and c is not adjusted[0] else c for c in columns]


def _settle_scores(columns: list[Column]) -> list[Column]:
    """Where several scores stand side by side the evaluator's last word is the score, not the spender's own."""
    if any(column.role == "score" for column in columns):
        columns = [replace(c, role="") if c.role == "self_score" else c for c in columns]
    columns = [replace(c, role="score") if c.role == "self_score" else c for c in columns]
    scores = [column for column in columns if column.role == "score"]
    levels = [column for column in columns if column.role in NAME_ROLES]
    behind = [column for column in scores if not levels or column.index > levels[-1].index]
    if len(behind) < 2:
        return columns
    things = [_OF_THING.match(bare_head(column.head)) for column in behind]
    if all(thing is not None and not _NO_THING.search(thing[1]) for thing in things):
        return [replace(c, role="") if c in behind else c for c in columns]
    best = max(behind, key=lambda column: (bool(_FINAL_SCORE.search(column.head)), -column.index))
    return [replace(c, role="") if c in behind and c is not best else c for c in columns]


def _second_weight(columns: list[Column], dense: Dense, body: tuple[int, ...]) -> list[Column]:
    """权重 and 分值 side by side without a score: the second is the score where it never exceeds the first."""
    weights = [column for column in columns if column.role == "weight"]
    if len(weights) != 2 or any(column.role == "score" for column in columns):
        return columns
    first, second = weights
    if first.index + 1 != second.index or first.level != second.level or "权重" not in first.head:
        return columns
    pairs = [(cell_text(dense[row][first.index]), cell_text(dense[row][second.index])) for row in body]
    numbers = [(Decimal(a), Decimal(b)) for a, b in pairs if _PLAIN.match(a) and _PLAIN.match(b)]
    if len(numbers) < 2 or any(a < b for a, b in numbers) or all(a == b for a, b in numbers):
        return columns
    return [replace(column, role="score") if column is second else column for column in columns]


def _settle_levels(columns: list[Column], dense: Dense, body: tuple[int, ...]) -> list[Column]:
    """A measure belongs to the level column at its left if further level columns follow, else to the row's deepest."""
    levels = [(c.index, int(c.role[-1])) for c in columns if c.role.startswith("level")]
    if not levels:
        return columns
    last = max(index for index, _ in levels)
    settled: list[Column] = []
    for column in columns:
        level = column.level
        if column.role in MEASURES and level == 0 and column.index < last:
            left = [found for index, found in levels if index < column.index]
            level = left[-1] if left else 0
        if level and level == max(found for _, found in levels) and column.index > last:
            level = 0
        if level and _printed_on_every_row(column, columns, dense, body):
            level = 0
        settled.append(column if level == column.level else replace(column, level=level))
    return settled


def _printed_on_every_row(column: Column, columns: list[Column], dense: Dense, body: tuple[int, ...]) -> bool:
    """Whether the only column of its role, though it follows a parent's name, has a value on each leaf row."""
    if sum(1 for other in columns if other.role == column.role) > 1:
        return False
    leaf = max((c for c in columns if c.role.startswith("level")), key=lambda c: c.role)
    own = leaves = 0
    for row in body:
        name, value = dense[row][leaf.index], dense[row][column.index]
        if name is not None and name.row == row and name.bare:
            leaves += 1
            own += value is not None and value.row == row and is_number(value.bare)
    return leaves > 2 and own * 10 >= leaves * 9


def _settle_groups(columns: list[Column]) -> list[Column]:
    """Number repeated groups of targets and actual values (two years side by side), by their years if heads name them.

    Group 0 is the year of the first target; where no target names its year, the latest that an actual value names.
    """
    valued = [column for column in columns if column.role in _YEARLY]
    if len({column.role for column in valued}) == len(valued):
        return columns
    years = [year_of(column.head) for column in valued]
    if len(set(years) - {""}) > 1 or ("" in years and any(years)):
        base = next((year for column, year in zip(valued, years, strict=True) if column.role == "target"), "")
        base = base or ("" if "" in _years_of(valued, "actual") else max(years))
        order = list(dict.fromkeys((base, *(year for year in years if year))))
        return [replace(c, group=order.index(year_of(c.head) or base)) if c in valued else c for c in columns]
    seen: Counter[str] = Counter()
    settled: list[Column] = []
    for column in columns:
        settled.append(replace(column, group=seen[column.role]) if column in valued else column)
        seen[column.role] += 1
    return settled


def _years_of(columns: list[Column], role: str) -> list[str]:
    """The years that the heads of the columns of one role name, '' where one names none."""
    return [year_of(column.head) for column in columns if column.role == role]
