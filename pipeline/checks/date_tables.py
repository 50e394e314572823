"""Dates in tables (表中日期): works are accepted after they are done, in one table or two; days told fit the dates."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import permutations

from extractors.frozen import frozen, replace
from extractors.segment.model import Cell, TableGrid
from normalizers.numbers import parse
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.relate import holds
from pipeline.checks.spotted import spotted
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?[年./-]\s?(?P<m>1[0-2]|0?[1-9])\s?[月./-]\s?(?P<d>3[01]|[12]\d|0?[1-9])\s?日?"
)
_DAYS = re.compile(r"天|日历日|[（(]日[)）]")
_WORKING = re.compile(r"工作日")
_PLANNED = re.compile(r"计划|合同|约定|应|目标|要求|预计|拟|规定|招标|申请|初|中间|分部|阶段|备案|决算|结算|资料|报告")
_STAGES = (
    (1, re.compile(r"开工|动工")),
    (3, re.compile(r"验收")),
    (2, re.compile(r"完工|竣工")),
)
_AGREED = re.compile(r"(?:合同|计划|约定|要求|规定)[^，。]{0,4}(?:[完竣]工|交付|交货|完成)")
_ACTUAL = re.compile(r"实际[^，。]{0,4}(?:[完竣]工|交付|交货|完成)")
_STARTS = re.compile(r"开工|工期|天数")
_DELAY = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,16}?)(?:项目|工程)?(?:较|比)?(?:合同|计划|约定)?(?:约定|规定)?的?(?:完?工期|[完竣]工日期|时间)?"
    r"(?:推迟|延期|逾期|滞后|延误|晚)(?:了|完工|交付|竣工)?\s?(?P<days>\d{1,3})天"
)
# What is told of all rows: `全部于2023年10月底前通车`.
_ALL_BY = re.compile(
    r"(?:全部|均|都)已?于(?P<y>(?:19|20)\d\d)年(?P<m>1[0-2]|0?[1-9])月(?P<by>底以?前|末以?前|底|末)?[^，。；\d]{0,4}?"
    r"(?P<stage>开工|动工|通车|完工|竣工|验收|投用|交付)"
)
_COUNT_TOLD = re.compile(r"(?<![\d.])(?P<count>\d{1,3})[座个处条所栋台套项]")
_SEVERAL = re.compile(r"合\s*计|总\s*计|小\s*计|平\s*均")
_LEAST = 2  # rows that show what a column tells


@frozen
class _Day:
    """A date in a cell (日期单元格)."""

    day: date
    cell: Cell
    grid: TableGrid

    def operand(self, role: str) -> Operand:
        """The operand it gives."""
        return Operand(_key(self.grid, self.cell), role, self.cell.text.strip(), None, self.grid.span(self.cell))


@frozen
class Dates:
    """The dates of a table (表中日期).

    heads: of its columns. names: of its body rows, '' where two rows are called so. days: by row, then by column.
    """

    grid: TableGrid
    heads: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    days: tuple[dict[int, _Day], ...]

    def stage(self, wanted: int) -> int | None:
        """The one column that tells when the works were begun (1), done (2) or accepted (3)."""
        found = [at for at, head in enumerate(self.heads) if _stage(head) == wanted and self._is_dated(at)]
        return found[0] if len(found) == 1 else None

    def of_head(self, word: str) -> list[_Day]:
        """The dates of the one column whose head has a word and tells no plan, where every named row has one."""
        found = [at for at, head in enumerate(self.heads) if word in head and not _PLANNED.search(head)]
        if len(found) != 1:
            return []
        days = [row[found[0]] for name, row in zip(self.names, self.days, strict=True) if name and found[0] in row]
        return days if len(days) == sum(map(bool, self.names)) else []

    def _is_dated(self, column: int) -> bool:
        return sum(column in days for days in self.days) >= _LEAST


def dated(facts: Facts) -> list[Dates]:
    """The tables of dates, in reading order."""
    grids = facts.tables if _DATE.search(facts.all_text.tables) else ()
    return [dates for grid in grids if (dates := _dates(grid)) is not None]


def date_tables(facts: Facts, rule: str, known: list[Dates]) -> Iterator[Relation]:
    """The dates of all tables: in their order, by the names of their rows, and against the days told with them."""
    for one in known:
        yield from _counted(rule, one)
        yield from _late(facts, rule, one)
        for other in known:
            for early, late in ((1, 2), (2, 3), (1, 3)):
                yield from _ordered(rule, one, early, other, late)


def _late(facts: Facts, rule: str, known: Dates) -> Iterator[Relation]:
    """Days of delay told of a row (三标段较合同工期推迟51天): its actual day less the day agreed upon."""
    agreed = [at for at, head in enumerate(known.heads) if _AGREED.search(head) and not _STARTS.search(head)]
    actual = [at for at, head in enumerate(known.heads) if _ACTUAL.search(head) and not _STARTS.search(head)]
    if len(agreed) != 1 or len(actual) != 1:
        return
    for sentence in facts.numbered:
        for match in _DELAY.finditer(sentence.text) if sentence.cell is None and "天" in sentence.text else ():
            rows = [at for at, name in enumerate(known.names) if name and match["name"].endswith(name)]
            ends = [known.days[rows[0]].get(at) for at in (agreed[0], actual[0])] if len(rows) == 1 else []
            if len(ends) == 2 and ends[0] is not None and ends[1] is not None and ends[1].day > ends[0].day:
                yield _delayed(rule, sentence, match, (ends[0], ends[1]))


def _delayed(rule: str, sentence: Sentence, match: re.Match[str], ends: tuple[_Day, _Day]) -> Relation:
    """The days told against those between the two dates."""
    agreed, actual = ends
    days, told = (actual.day - agreed.day).days, int(match["days"])
    span = sentence.span(match.start("days"), match.end())
    key = f"text.delay.{span.page}.{span.line}.{match.start('days')}"
    relation = Relation(
        rule,
        "consistent" if abs(days - told) <= 1 else "inconsistent",  # both ends may be counted
        (agreed.operand("operand"), actual.operand("operand")),
        (Operand(key, "reported", f"{told}天", Decimal(told), span),),
        formula=f"{actual.day.isoformat()} − {agreed.day.isoformat()} = {days} 天",
        reported=f"{told}天",
        computed=f"{days}天",
        difference=Decimal(told - days),
        severity="warning",
    )
    if holds(relation):
        return relation
    return replace(
        relation,
        title=f"“{match['name']}”延误 {told} 天与表中日期不符（应为 {days} 天）",
        message=f"{where(span)}称延误 {told} 天，按{where(relation.left[0].span)}所列日期计算，{relation.formula}。",
    )


def all_by(facts: Facts, rule: str, known: list[Dates]) -> Iterator[Relation]:
    """The month by which all of so many works are said to be done, against the dates of a table of as many rows."""
    for sentence in facts.saying("月") if known else ():
        match = _ALL_BY.search(sentence.text) if sentence.cell is None else None
        count = None if match is None else _COUNT_TOLD.search(sentence.text, 0, match.start())
        columns = [] if match is None else [days for one in known if (days := one.of_head(match["stage"]))]
        if match is None or count is None or len(columns) != 1 or len(columns[0]) != int(count["count"]):
            continue
        last = max(columns[0], key=lambda one: one.day)
        if (last.day.year, last.day.month) > (int(match["y"]), int(match["m"])):
            span = sentence.span(match.start(), match.end())
            told = Operand(f"text.all-by.{span.page}.{span.line}", "reported", match[0], None, span)
            yield spotted(
                rule,
                told.key,
                [last.operand("operand"), told],
                title=f"文称“{match[0]}”，表中最晚为 {last.cell.text.strip()}",
                message=f"{where(span)}“{quote(span, match[0])}”，{where(last.grid.span(last.cell))}表中"
                f"最晚一处为 {last.cell.text.strip()}。",
                reported=match[0],
                severity="warning",
            )


def in_order(rule: str, early: tuple[date, Operand], late: tuple[date, Operand]) -> Relation:
    """Two days, each with where it is printed: the first is not after the second."""
    right = early[0] <= late[0]
    return Relation(
        rule,
        "consistent" if right else "inconsistent",
        (early[1],),
        (late[1],),
        formula=f"{early[0].isoformat()} {'≤' if right else '>'} {late[0].isoformat()}",
        reported=late[0].isoformat(),
        computed=f"≥ {early[0].isoformat()}",
        severity="warning",
    )


def _dates(grid: TableGrid) -> Dates | None:
    """The table, where two cells of a column or more are dates."""
    if len(_DATE.findall("|".join([cell.flow.text for cell in grid.cells]))) < _LEAST:
        return None  # looked through at once
    if sum(_DATE.fullmatch(cell.text) is not None for cell in grid.cells) < _LEAST:
        return None  # most tables, not one cell of which has to be put in its place
    dense, top = grid.dense(), max(grid.header_rows, 1)
    body = [row for at, row in enumerate(dense) if at >= top and at not in grid.repeated_headers]
    days = tuple({at: day for at, cell in enumerate(row) if (day := _day(grid, cell, at)) is not None} for row in body)
    if sum(map(bool, days)) < _LEAST:
        return None
    heads = tuple(
        " ".join(dict.fromkeys(cell.text for row in dense[:top] if (cell := row[at]) is not None))
        for at in range(grid.n_columns)
    )
    labels = [_name(row) for row in body]
    names = tuple("" if labels.count(one) > 1 or _SEVERAL.search(one) else one for one in labels)
    return Dates(grid, heads, names, tuple(map(tuple, body)), days)


def _day(grid: TableGrid, cell: Cell | None, column: int) -> _Day | None:
    match = None if cell is None or cell.row_span > 1 or cell.column != column else _DATE.fullmatch(cell.text.strip())
    if match is None or cell is None:
        return None
    try:
        return _Day(date(int(match["y"]), int(match["m"]), int(match["d"])), cell, grid)
    except ValueError:
        return None


def _name(row: list[Cell | None]) -> str:
    """The first text of a row that is no number and no date."""
    texts = ("".join(cell.text.split()) for cell in row if cell is not None)
    return next((text for text in texts if text and not _DATE.fullmatch(text) and not text.isdecimal()), "")


def _stage(head: str) -> int:
    if _PLANNED.search(head):
        return 0
    return next((stage for stage, words in _STAGES if words.search(head)), 0)


def _ordered(rule: str, one: Dates, early: int, other: Dates, late: int) -> Iterator[Relation]:
    """Each thing's earlier step against its later one; out of order only where two others or more are in order.

    Of one table one other is enough.
    """
    first, last = one.stage(early), other.stage(late)
    if first is None or last is None or ((early, late) == (1, 3) and (one.stage(2) or other.stage(2)) is not None):
        return
    begun = {name: days[first] for name, days in zip(one.names, one.days, strict=True) if name and first in days}
    done = {name: days[last] for name, days in zip(other.names, other.days, strict=True) if name and last in days}
    pairs = [(name, begun[name], done[name]) for name in begun if name in done]
    right = [begins.day <= ends.day for _, begins, ends in pairs]
    if right.count(False) <= 1 and right.count(True) >= (1 if one is other else _LEAST):
        for name, begins, ends in pairs:
            yield _order(rule, name, begins, ends, one.heads[first], other.heads[last])


def _order(rule: str, name: str, early: _Day, late: _Day, head: str, later: str) -> Relation:
    relation = in_order(rule, (early.day, early.operand("operand")), (late.day, late.operand("reported")))
    if holds(relation):
        return relation
    return replace(
        relation,
        title=f"“{name}”{later} {late.cell.text.strip()} 早于{head} {early.cell.text.strip()}",
        message=f"{where(late.grid.span(late.cell))}“{name}”的{later}为 {late.cell.text.strip()}，早于"
        f"{where(early.grid.span(early.cell))}所列{head} {early.cell.text.strip()}；其余各行先后相符。",
    )


def _counted(rule: str, known: Dates) -> Iterator[Relation]:
    """A column of days is what lies between two columns of dates, where two rows or more and all but one show it."""
    dated = sorted({column for days in known.days for column in days})
    for column, head in enumerate(known.heads):
        if column in dated or not _DAYS.search(head) or _WORKING.search(head):
            continue
        for first, last in permutations(dated, 2):
            for both in (0, 1):
                found = [_between(rule, known, row, (first, last, column), both) for row in range(len(known.rows))]
                told = [one for one in found if one is not None]
                right = sum(map(holds, told))
                if right >= _LEAST and right >= len(told) - 1:
                    yield from told
                    break
            else:
                continue
            break


def _between(rule: str, known: Dates, row: int, columns: tuple[int, int, int], both: int) -> Relation | None:
    """The days printed in a row against its dates. both: 1 where both ends are counted."""
    first, last = (known.days[row].get(column) for column in columns[:2])
    cell = known.rows[row][columns[2]]
    number = None if cell is None else parse(cell.text.strip().removesuffix("天"))
    if first is None or last is None or cell is None or number is None or number.digits or number.percent:
        return None
    days = Decimal((last.day - first.day).days + both)
    right = days == number.value
    relation = Relation(
        rule,
        "consistent" if right else "inconsistent",
        (first.operand("operand"), last.operand("operand")),
        (Operand(_key(known.grid, cell), "reported", cell.text.strip(), number.value, known.grid.span(cell)),),
        formula=f"{last.day.isoformat()} − {first.day.isoformat()}{' + 1' if both else ''} = {days} 天",
        reported=cell.text.strip(),
        computed=f"{days}天",
        difference=number.value - days,
        severity="warning",
    )
    if right:
        return relation
    return replace(
        relation,
        title=f"“{known.names[row]}”{known.heads[columns[2]]} {cell.text.strip()} 与所列日期不符（应为 {days}）",
        message=f"{where(known.grid.span(cell))}“{known.names[row]}”{known.heads[columns[2]]}列示 {cell.text.strip()}，"
        f"按该行日期计算，{relation.formula}；其余各行均按此计算。",
    )


def _key(grid: TableGrid, cell: Cell) -> str:
    return f"{grid.table_id}r{cell.row}c{cell.column}"
