"""Check: the total row of a money table is the sum of its rows; 其中 rows do not exceed their whole (资金合计)."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from extractors.provenance import CellPlace
from extractors.segment.model import TableGrid
from normalizers.numbers import parse
from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Relation
from pipeline.checks.money import operand, place, text
from pipeline.checks.relate import holds, undecided
from pipeline.checks.tolerance import written
from pipeline.checks.wording import plus, quote

RULE = "amount-total"
_STANDARD = 3  # 当年财政拨款, 上年结转资金, 其他资金: the parts that a self-evaluation form lists in full


@frozen
class Column:
    """One money column of one table (金额列), in rows from the top."""

    lines: tuple[FundingLine, ...]

    def of(self, *roles: str) -> list[FundingLine]:
        """The amounts of rows with these roles."""
        return [line for line in self.lines if line.row_role in roles]


def _test(facts: Facts) -> Iterator[Relation]:
    return iter(facts.kept(RULE, lambda: _judged(facts)))  # the sums of columns ask which of them are decided


def _judged(facts: Facts) -> Iterator[Relation]:
    """The sums of all tables."""
    for columns in _tables(facts).values():
        found = [relation for column in columns for relation in _summed(column)]
        backed = any(holds(relation) for relation in found)
        for relation in found:
            if relation.verdict == "inconsistent" and _is_average(relation):
                yield undecided(relation, "合计介于各行之间，疑为平均数")
                continue
            whole = (backed or _read_whole(facts, relation)) and not _left_out(facts, relation)
            whole = whole and not _skipped(facts, relation)
            if relation.verdict == "inconsistent" and not whole:
                yield undecided(relation, "表中可能有未读出的行，不下结论")
            else:
                sure = backed or holds(relation) or relation.severity == "info"
                yield relation if sure else replace(relation, severity="warning")


def _tables(facts: Facts) -> dict[str, list[Column]]:
    """Table -> its money columns; a column is one printed column with one role."""
    cells: dict[tuple[str, int, str], list[FundingLine]] = defaultdict(list)
    for line in facts.funds.lines:
        if line.table is not None and line.span.cell is not None and line.yuan is not None:
            cells[line.table, line.span.cell.column, line.role].append(line)
    tables: dict[str, list[Column]] = defaultdict(list)
    for (table, _, _), lines in sorted(cells.items()):
        tables[table].append(Column(tuple(lines)))
    return tables


def _summed(column: Column) -> Iterator[Relation]:
    """The total row against subtotals or rows, and against its 其中 rows where there are no others."""
    for total in column.of("total")[:1]:
        items, subtotals, parts = column.of("item"), column.of("subtotal"), column.of("of-which")
        ways = [way for way in (items, subtotals) if len(way) > 1]
        relations = [_sum(way, total) for way in ways]
        if relations:
            yield next((relation for relation in relations if holds(relation)), relations[0])
        elif parts and not items:
            yield _parts(parts, total)


def _sum(items: list[FundingLine], total: FundingLine) -> Relation:
    computed = sum((line.yuan for line in items if line.yuan is not None), Decimal(0))
    reported = total.yuan or Decimal(0)
    gap = reported - computed
    tail = gap != 0 and abs(gap) <= len(items) * (total.number.high - total.number.value) * _scale(total)
    relation = Relation(
        RULE,
        "consistent" if gap == 0 else "inconsistent",
        tuple(operand(line, "operand") for line in items),
        (operand(total, "reported"),),
        formula=f"{plus([text(line) for line in items])} = {written(computed / _scale(total))}{total.number.unit}",
        reported=text(total),
        computed=written(computed / _scale(total)) + total.number.unit,
        difference=gap,
        severity="info" if tail else "error",
    )
    if gap == 0:
        return relation
    note = "，在各行四舍五入的尾差范围内" if tail else ""
    return replace(
        relation,
        title=f"资金表合计不符：列示 {relation.reported}，逐行相加为 {relation.computed}",
        message=f"{place(total)}合计“{quote(total.span, total.number.printed)}”，各行相加为 {relation.computed}，"
        f"相差 {written(abs(gap / _scale(total)))}{total.number.unit}{note}。",
    )


def _scale(line: FundingLine) -> Decimal:
    """元 in one unit of this amount's print."""
    value = line.number.value
    return Decimal(1) if not value or line.yuan is None else line.yuan / value


def _parts(parts: list[FundingLine], total: FundingLine) -> Relation:
    """其中 rows: equal to the whole where all are listed, never more than it."""
    relation = _sum(parts, total)
    if holds(relation) or (relation.difference or 0) < 0 or len(parts) >= _STANDARD:
        return relation
    return undecided(relation, "其中项未全部列示，不能判断是否相等")


def _is_average(relation: Relation) -> bool:
    """Whether the total is less than one of two parts or more, or all are one: 人均支出 of all lies between those of
    each."""
    parts = [operand.value for operand in relation.left if operand.value is not None]
    totals = [operand.value for operand in relation.right if operand.value is not None]
    if len(parts) < 2 or not totals:
        return False
    return min(parts) <= totals[0] < max(parts) or {*parts, *totals} == {totals[0]} != {Decimal(0)}


def _left_out(facts: Facts, relation: Relation) -> bool:
    """Whether a row of the table stands for others that are not printed (……)."""
    cell = relation.right[0].span.cell
    return any(grid.is_open for grid in facts.number_grids if cell and grid.grid.table_id == cell.table)


def _printed_in(facts: Facts, relation: Relation) -> tuple[CellPlace | None, TableGrid | None]:
    """The cell of the total, and its table."""
    cell = relation.right[0].span.cell
    return cell, next((g for g in facts.tables if cell and g.table_id == cell.table), None)


def _skipped(facts: Facts, relation: Relation) -> bool:
    """Whether the total's column prints a number in a row of which nothing was read (a cell that names several)."""
    cell, grid = _printed_in(facts, relation)
    if cell is None or grid is None:
        return False
    known = (line.span.cell for line in facts.funds.lines if line.table == cell.table)
    read = {place.row for place in known if place is not None}.union(grid.repeated_headers)
    rest = (one for one in grid.cells if one.column == cell.column and one.row >= grid.header_rows)
    return any(one.row not in read and parse(one.text) for one in rest)


def _read_whole(facts: Facts, relation: Relation) -> bool:
    """Whether every number printed in the total's column was read as an amount."""
    cell, grid = _printed_in(facts, relation)
    if cell is None or grid is None or len(grid.fragments) > 1:
        return False
    rows = {operand.span.cell.row for operand in relation.operands if operand.span.cell is not None}
    rest = [c for c in grid.cells if c.column == cell.column and c.row >= grid.header_rows and c.row not in rows]
    return not any(parse(one.text) for one in rest)


CHECK = Check(
    rule=RULE,
    name="资金表合计",
    what="The total row of a money table is the sum of its rows; 其中 rows add up to no more than their whole.",
    why="A row left out of the total is money that nobody explained.",
    formula="Σ rows = total",
    tolerance="equality; within half a unit of the last digit for each row it is told as a rounding remainder",
    severity="error",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="dependent",
    agrees=(
        "资金 t1r1 spent 120.5万元 主体=甲；资金 t1r2 spent 79.5万元 主体=乙；资金 t1r3 spent 200.0万元 行=total",
        "资金 t1r1 spent 200万元 行=total；资金 t1r2 spent 200万元 行=of-which 主体=拨款",
    ),
    disagrees=(
        "资金 t1r1 spent 120.5万元 主体=甲 列=1；资金 t1r1 arrived 130万元 主体=甲 列=2；"
        "资金 t1r2 spent 79.5万元 主体=乙 列=1；资金 t1r2 arrived 80万元 主体=乙 列=2；"
        "资金 t1r3 spent 210万元 行=total 列=1；资金 t1r3 arrived 210万元 行=total 列=2",
    ),
    false_alarms=("其中 rows that list only the larger parts", "a row that could not be read"),
)
