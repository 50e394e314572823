"""Cells printed one below the other, given back to their columns (竖排单元格归列) by the cheapest reading of them all.

Below a known head every line is a cell, a part of one, or the first cell of a new row; blank cells and the names of
merged cells are not printed. What each column may hold makes one reading cheaper than the others: numbers stand below
分值 and 得分, `≥90%` is a target and never a name, `产出指标` is a name and never a remark. Found as Viterbi does, in
time proportional to the number of lines.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.frozen import frozen
from extractors.segment.flow import Piece
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.flat_names import LEVELS, STRICT
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, OUTER, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_L1 = frozenset(map(plain, LEVEL1))
_L2 = frozenset(map(plain, LEVEL2)) | {plain(name).removesuffix("指标") for name in LEVEL2}
_L3 = frozenset(map(plain, LEVEL3))
_ALL = OUTER | _L3
_GRAND = frozenset(map(plain, TOTAL_LABELS))
_TOTALS = _GRAND | frozenset(map(plain, SUBTOTAL_LABELS))
_EXECUTION = frozenset(("预算执行率", "预算执行"))
_FORM_GROUPS = frozenset(("产出指标", "效益指标", "满意度指标"))
_REMARKS = ("comment", "rule", "definition")
_NUMBERS = ("number", "rate")
_BOUND = r"不(?:低于|少于|高于|多于|超过|大于|小于)|大于|小于|高于|低于|至少|最多|达到"
_VALUE = re.compile(rf"[≥≧≤≦＞＜><=＝约]+.*|(?:{_BOUND})?[-+]?\d[\d,.]*\s*[^\d\s，。；,;]{{0,6}}(?:/.{{1,4}})?")
_MARKS = re.compile(r"[，。；;！、]")
_WEIGHT = re.compile(r"\(\d{1,3}(?:\.\d+)?(?:分|%)?\)")  # on a line of its own it goes on with the name above
_BRACKETED = re.compile(r"\([^()]*\)$")

_NEVER = 10_000
_LONG_NAME = 24  # characters; a longer text names no indicator
_MOST_PER_ROW = 30  # the dearest reading, on average, that still counts
_LEAST_ROWS = 2
# What it costs to leave a column blank; trailing remarks are blank as a rule.
_BLANK = {"weight": 80, "score": 80, "score_rate": 40, "deduction": 40, "comment": 0, "rule": 30, "definition": 30}
_BLANK_TEXT = 30
_BLANK_LEAF = 120
_BLANK_OUTER = 60


@frozen
class FittedRow:
    """A row of the cheapest reading (归列后的行). cells: pieces by column (0-based). total: 合计 or 小计."""

    cells: dict[int, list[Piece]]
    total: bool = False


def is_value(text: str) -> bool:
    """Whether a text is a target or actual value, `≥24个`, `93.6%`, `11元/人`, and so no name."""
    return bool(_VALUE.fullmatch(plain(text)))


def fit(pieces: Sequence[Piece], roles: Sequence[str]) -> tuple[list[FittedRow], int]:
    """The rows that the pieces make below columns of these roles, and how many pieces they take.

    No rows where even the cheapest reading is too dear, or the pieces do not name their indicators.
    """
    form = any(plain(text) in _FORM_GROUPS for text, _ in pieces)
    columns = _Columns(tuple(roles), form=form)
    rows: list[FittedRow] = []
    cost = start = 0
    while start < len(pieces):
        stop = next((at for at in range(start, len(pieces)) if _label(pieces[at][0]) in _TOTALS), len(pieces))
        if stop > start:
            found, dear, taken = _cheapest(pieces[start:stop], columns, ends=stop == len(pieces))
            rows += found
            cost += dear
            start += taken
            if start < stop or stop == len(pieces):
                break
        total, start = _total(pieces, stop, columns)
        rows.append(total)
        if _label(pieces[stop][0]) in _GRAND:
            break
    own = sum(1 for row in rows if not row.total)
    return (rows, start) if own >= _LEAST_ROWS and cost <= _MOST_PER_ROW * own else ([], 0)


def _label(text: str) -> str:
    """A text for comparing with labels of totals."""
    return plain(text[:_LONG_NAME]).rstrip("：:")


class _Columns:
    """The columns of the head, and what it costs to put a text there (列的代价)."""

    def __init__(self, roles: tuple[str, ...], *, form: bool) -> None:
        levels = [column for column, role in enumerate(roles) if role in LEVELS]
        if len(levels) > 1 and roles[levels[0]] == "indicator" and roles[levels[1]] == "level1":
            levels = levels[1:]  # 绩效指标 in front of 一级指标 is the label of all rows
        self.roles = roles
        self.names = tuple(levels)
        self.own = tuple(column for column in range(levels[0], len(roles))) if levels else ()
        self.strict = tuple(column for column, role in enumerate(roles) if role in STRICT)
        self.leaf = levels[-1] if levels else -1
        self.measured = len(self.strict) > 0
        self.form = form

    def blank(self, before: int, after: int) -> int:
        """The cost of the blank columns between two filled ones; `after` may be one behind the last."""
        return sum(self._blank(column) for column in range(before + 1, after))

    @lru_cache(maxsize=256)  # noqa: B019 - lives as long as one table is read
    def _blank(self, column: int) -> int:
        if column == self.leaf:
            return _BLANK_LEAF
        if column in self.names:
            return _BLANK_OUTER
        return _BLANK.get(self.roles[column], _BLANK_TEXT)

    def cost(self, column: int, text: str) -> int:
        """The cost of a text as the beginning of the cell in a column."""
        return _cost(self.roles[column], self._depth(column), self.measured, text)

    def _depth(self, column: int) -> int:
        """1 for the outermost column of names, 3 for the innermost, 2 between; 0 for other columns."""
        if column not in self.names:
            return 0
        return 3 if column == self.leaf else 1 if column == self.names[0] else 2

    def more(self, column: int, before: str, text: str) -> int:
        """The cost of a text that goes on with the cell whose last line is `before`."""
        return _more(self.roles[column], self._depth(column), before, text)


@lru_cache(maxsize=8192)
def _cost(role: str, depth: int, measured: bool, text: str) -> int:
    """The cost of a text in a column. depth: of a name column, else 0. measured: the table has numeric columns."""
    kind = kind_of(text)
    if role in STRICT:
        return 0 if kind in _NUMBERS else 10 if kind == "dash" else _NEVER
    if depth:
        named = kind == "text" and not is_value(text) and not _WEIGHT.fullmatch(plain(text))
        return _name_cost(depth, text) if named else _NEVER
    bare = _BRACKETED.sub("", plain(text))
    outer = bare in OUTER
    if role in _REMARKS:
        if outer:
            return 80
        figure = kind in _NUMBERS or (is_value(text) and len(text) < 10)
        return 40 if figure else 0 if kind == "dash" else 5 if _MARKS.search(text) else 10
    if outer:
        return 60
    return 0 if kind != "text" or is_value(text) else 8 if measured else 16


def _name_cost(depth: int, text: str) -> int:
    """The cost of a text as a name: known ones at their level are free."""
    bare = _BRACKETED.sub("", plain(text))
    sentence = 60 if len(bare) > _LONG_NAME or _MARKS.search(text) else 0
    if depth == 3:
        return sentence // 2 + (50 if bare in OUTER and bare not in _L3 and bare.endswith("指标") else 0)
    own, other = (_L1, _L2) if depth == 1 else (_L2, _L1)
    if bare in own:
        return 0
    if bare in other:
        return 60 if bare.endswith("指标") else 25  # 满意度 is a level-1 name that often stands at level 2
    return sentence + (30, 20)[depth - 1]


@lru_cache(maxsize=8192)
def _more(role: str, depth: int, before: str, text: str) -> int:
    """The cost of a text as a further line of a cell."""
    if role in STRICT:
        return _NEVER
    known = plain(before + text)
    if depth and _WEIGHT.fullmatch(plain(text)):
        return 0
    if depth:
        value = kind_of(text) != "text" or is_value(text)
        whole = plain(before) in _ALL
        ends = plain(text) == "指标"  # 经济效益 is a name, and so is 经济效益指标
        return _NEVER if value else 0 if known in _ALL and (ends or not whole) else 70 if whole else 35
    if plain(text) in OUTER:
        return 90
    if role in _REMARKS:
        return 40 if kind_of(text) in _NUMBERS else 10
    return 80 if is_value(before) or is_value(text) else 30


def _cheapest(pieces: Sequence[Piece], columns: _Columns, *, ends: bool) -> tuple[list[FittedRow], int, int]:
    """The cheapest rows of a stretch without totals, their cost, and how many pieces they take.

    ends: nothing that is certain follows; the rows then end with the last row that is complete, and what stands
    behind is left.
    """
    if not columns.own:
        return [], 0, 0
    states: dict[int, tuple[int, int]] = {}
    history: list[dict[int, tuple[int, int]]] = []
    for at, (text, _) in enumerate(pieces):
        states = _step(states, text, pieces[at - 1][0] if at else "", columns, first=at == 0)
        if not states:
            break
        history.append(states)
    found = _last_complete(history, pieces, columns, ends=ends)
    if found is None:
        return [], 0, 0
    at, column = found
    cost = history[at][column][0] + columns.blank(column, len(columns.roles))
    return _traced(history, pieces, at, column), cost, at + 1


def _step(
    states: dict[int, tuple[int, int]], text: str, before: str, columns: _Columns, *, first: bool
) -> dict[int, tuple[int, int]]:
    """For each column in which the text may stand the least cost so far, and the state before.

    The state before is a column; -1 - column where a new row begins behind it; the own column where the cell goes on.
    """
    found: dict[int, tuple[int, int]] = {}
    new_row = (
        (0, -1 - len(columns.roles))
        if first
        else min(
            ((cost + columns.blank(column, len(columns.roles)), -1 - column) for column, (cost, _) in states.items()),
            default=(_NEVER, 0),
        )
    )
    for column in columns.own:
        here = columns.cost(column, text)
        ways = []
        if here < _NEVER:
            ways += [
                (cost + columns.blank(last, column) + here, last) for last, (cost, _) in states.items() if last < column
            ]
            if column in columns.names:
                alone = columns.form and column == columns.names[0] != columns.leaf and plain(text) in _EXECUTION
                ways.append(
                    (new_row[0] + here - (columns.blank(column, columns.leaf + 1) + 10 if alone else 0), new_row[1])
                )
        if column in states:
            ways.append((states[column][0] + columns.more(column, before, text), column))
        best = min(ways, default=(_NEVER, 0))
        if best[0] < _NEVER:
            found[column] = best
    return found


def _last_complete(
    history: Sequence[dict[int, tuple[int, int]]], pieces: Sequence[Piece], columns: _Columns, *, ends: bool
) -> tuple[int, int] | None:
    """The place and column of the last piece of the reading: the very last, or that of the last number or value."""
    if not history or (len(history) < len(pieces) and not ends):
        return None
    need = (
        columns.strict[-1]
        if columns.strict
        else next((c for c in reversed(columns.own) if columns.roles[c] not in (*_REMARKS, *LEVELS)), columns.leaf)
    )
    if not ends:
        return len(history) - 1, min(
            history[-1], key=lambda column: history[-1][column][0] + columns.blank(column, len(columns.roles))
        )
    for at in range(len(history) - 1, -1, -1):
        best = min(history[at], key=lambda column: (history[at][column][0], column))
        text = pieces[at][0]
        if best == need and (kind_of(text) != "text" or is_value(text)):
            return at, best
    return None


def _traced(
    history: Sequence[dict[int, tuple[int, int]]], pieces: Sequence[Piece], at: int, column: int
) -> list[FittedRow]:
    """The rows, by going back from the last piece."""
    rows: list[dict[int, list[Piece]]] = [{}]
    while at >= 0:
        rows[-1].setdefault(column, []).insert(0, pieces[at])
        before = history[at][column][1]
        if before < 0:
            rows.append({})
            before = -1 - before
        at, column = at - 1, before
    return [FittedRow(dict(sorted(cells.items()))) for cells in reversed(rows) if cells]


def _total(pieces: Sequence[Piece], at: int, columns: _Columns) -> tuple[FittedRow, int]:
    """The row of a total at a piece, and the place behind it: its numbers below the weights and scores."""
    end = at + 1
    while end < len(pieces) and kind_of(pieces[end][0]) in (*_NUMBERS, "dash") and end - at <= len(columns.strict):
        end += 1
    numbers = list(pieces[at + 1 : end])
    placed = _total_columns([text for text, _ in numbers], columns)
    cells = {columns.names[0] if columns.names else 0: [pieces[at]]}
    cells.update({column: [piece] for column, piece in zip(placed, numbers, strict=False)})
    return FittedRow(cells, total=True), end


def _total_columns(numbers: Sequence[str], columns: _Columns) -> list[int]:
    """The columns of a total's numbers: all, or those of weight and score; a single 100 is the weight."""
    main = [column for column in columns.strict if columns.roles[column] in ("weight", "score")]
    if len(numbers) == len(columns.strict):
        return list(columns.strict)
    if len(numbers) == 1:
        weight = plain(numbers[0]).rstrip("分%") in ("100", "100.0", "100.00")
        return [column for column in main if (columns.roles[column] == "weight") == weight][:1]
    return main if len(numbers) == len(main) else []
