"""Check: a number told of a table's row is no number of that row with two digits exchanged (正文与表格数字换位)."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from extractors.frozen import frozen, replace
from extractors.segment.model import Cell, TableGrid
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.once import exact
from pipeline.checks.orphans import Told, around, explains_amount, explains_rate, operand, sentence_of
from pipeline.checks.slip import exchanges
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, last_clause
from pipeline.checks.told_table import words_of
from pipeline.checks.wording import quote, where

RULE = "exchanged-cell"
_IN_CELL = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>[%％])?(?!\s?[年月])")
_SHORT = 16  # characters of a cell that prints a number, not a text
_INNER = re.compile(r"[（(][^（()）]*[)）]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_YEARS = re.compile(r"(?:19|20)\d\d")
_STAGES = re.compile(r"预算|计划|目标|任务|到位|下达|支出|支付|收入|结余|结转|完成|实际|应|上年|去年")
_OTHER = re.compile(r"上年|去年|上一年|同期|往年|以前|全[市省国区州]|平均|均|约|近|超过?|≥|≤|不低于|不少于|不超过|每")
_IS = re.compile(r"(?:约?为|达到?了?|是|共计?|合计|总计|有|的|了|仅|[:：（）()]|\s|计)+$")
_DIGITS, _LONG = 3, 5  # digits of a number that is looked at; of one that is not like another by chance
_ANCHOR = 3  # digits of a number that shows which row a sentence tells
_NAME, _FULL = 3, 5  # characters of a row's name that a sentence tells; in a row that name it by themselves
_BACK = 40  # characters before a number in which the name of its row stands
_MOST = 400  # rows compared; more of them are lists of records
_PLAIN = (Decimal(100), Decimal(1000), Decimal(10000))


@frozen
class Entry:
    """The number of a short cell (表中数)."""

    cell: Cell
    digits: str
    percent: bool
    head: str


@frozen
class Row:
    """A table's row (数据行): its cells, and the entries among them."""

    grid: TableGrid
    cells: tuple[Cell, ...]
    entries: tuple[Entry, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of its cells; few rows are ever asked for them."""
        found = ("".join(_HAN.findall(_INNER.sub("", cell.text))) for cell in self.cells)
        return tuple(text for text in found if text and len(text) <= _BACK)

    @property
    def values(self) -> frozenset[Decimal]:
        """The numbers that tell this row from others."""
        found = (entry.digits for entry in self.entries)
        return frozenset(Decimal(one) for one in found if _weight(one) >= _ANCHOR) - set(_PLAIN)


@frozen
class Case:
    """A number of a paragraph, the sentence around it, and the words before it there (句中数)."""

    paragraph: Sentence
    told: Sequence[Told]
    one: Told

    @property
    def sentence(self) -> tuple[int, int]:
        """Where its sentence begins and ends."""
        return sentence_of(self.paragraph.text, self.one.start)

    @property
    def others(self) -> list[Told]:
        """The other numbers of its sentence."""
        start, end = self.sentence
        return [other for other in self.told if start <= other.start < end and other is not self.one]

    @property
    def called(self) -> str:
        """The words of its clause right before it, without what stands in brackets."""
        return _IS.sub("", last_clause(_INNER.sub("", self.before), "，,、；;。：:（("))

    @property
    def before(self) -> str:
        """The words of its sentence before it."""
        return self.paragraph.text[max(self.sentence[0], self.one.start - _BACK) : self.one.start]


def _test(facts: Facts) -> Iterator[Relation]:
    cases = list(_cases(facts))
    wanted = {_mixed(case.one.digits) for case in cases}  # few numbers of the tables are like one of these
    rows = [row for grid in _grids(facts, wanted) for row in _rows(grid)] if cases else []
    alike: dict[tuple[Decimal, int], list[tuple[Row, Entry]]] = {}
    for row in rows if len(rows) <= _MOST else ():
        for entry in row.entries:
            if _mixed(entry.digits) in wanted:
                alike.setdefault((exact(entry.digits), _decimals(entry.digits)), []).append((row, entry))
    for case in cases if alike else ():
        yield from _of_number(case, alike, facts)


def _grids(facts: Facts, wanted: Container[tuple[str, int]]) -> Sequence[TableGrid]:
    """The tables that print a number wanted; all, where their rows may be too many to be compared."""
    if sum(grid.n_rows for grid in facts.tables) > _MOST:
        return facts.tables
    return [grid for grid in facts.tables if any(_mixed(digits) in wanted for digits in _printed(grid))]


def _printed(grid: TableGrid) -> set[str]:
    """The digits of every number that a table prints, whatever its cell."""
    return {digits.replace(",", "") for digits, _ in _IN_CELL.findall("|".join([cell.text for cell in grid.cells]))}


def _cases(facts: Facts) -> Iterator[Case]:
    """The numbers of paragraphs that are one of a table with two digits exchanged; few reports have any."""
    long = [
        (_mixed(one.digits), paragraph, numbers, one)
        for paragraph, numbers in facts.told
        for one in numbers
        if len(one.digits) >= _DIGITS and _weight(one.digits) >= _DIGITS
    ]
    tabled: dict[tuple[str, int], set[Decimal]] = {mixed: set() for mixed, *_ in long}
    for digits in {digits.replace(",", "") for digits, _ in _IN_CELL.findall(facts.all_text.tables)} if long else ():
        same = tabled.get(_mixed(digits))
        if same is not None:
            same.add(exact(digits))
    for mixed, paragraph, numbers, one in long:
        others = tabled[mixed]
        if not others or (len(others) == 1 and one.printed in others):
            continue  # nothing else that its digits make is printed
        if not others.isdisjoint(exchanges(one.printed, one.decimals)):
            yield Case(paragraph, numbers, one)


@lru_cache(maxsize=10_000)
def _mixed(digits: str) -> tuple[str, int]:
    """The digits of a number in order of size, noughts left out, and its decimals: the same with some exchanged."""
    return "".join(sorted(digits)).lstrip(".0"), _decimals(digits)


def _of_number(
    case: Case, alike: Mapping[tuple[Decimal, int], list[tuple[Row, Entry]]], facts: Facts
) -> Iterator[Relation]:
    """The relation with the one number of a table that this one can only be."""
    one = case.one
    near = [pair for value in exchanges(one.printed, one.decimals) for pair in alike.get((value, one.decimals), ())]
    rare = [(row, entry) for row, entry in near if facts.printed[one.printed] == 1 or _once(facts, entry)]
    meant = [(row, entry) for row, entry in rare if _means(case, row, entry)]
    if len({entry.digits for _, entry in meant}) != 1:
        return
    row, entry = meant[0]
    explained = _explained(case)
    if explained and not (_once(facts, entry) and _label(case, row) > _NAME):
        return
    printed = alike.get((one.printed, one.decimals), ())
    if not any(_linked(case, *pair) or pair[0].grid is row.grid for pair in printed):  # 10.08 and 10.80 in two rows
        yield _relation(case, row, entry, _once(facts, entry) and (explained or facts.printed[one.printed] > 1))


def _once(facts: Facts, entry: Entry) -> bool:
    return facts.printed[exact(entry.digits)] == 1


def _explained(case: Case) -> bool:
    """Whether the numbers beside it give it."""
    near = around(case.one, case.told)
    return explains_rate(case.one, near) if case.one.unit == "%" else explains_amount(case.one, near)


def _means(case: Case, row: Row, entry: Entry) -> bool:
    """Whether a sentence tells this entry of the row: the fewer digits it has, the more must speak for it."""
    one = case.one
    if (one.unit == "%") != entry.percent or Decimal(entry.digits) in {other.printed for other in case.others}:
        return False
    place = f"{entry.head}|{'|'.join(row.texts)}|{row.grid.caption}"
    if (
        _apart(case.before, place)
        or _staged(one.name, entry.head)
        or set(_OTHER.findall(one.name)) - set(_OTHER.findall(place))
    ):
        return False
    anchors, label, named = _anchors(case, row, entry), _label(case, row), _is_named(case, row, entry)
    weight = _weight(one.digits)
    if weight >= _LONG:
        return anchors > 0 or label >= _NAME
    if weight > _DIGITS:
        return anchors > _ANCHOR or (named and (anchors > 0 or label > _NAME))
    return named and (anchors > 0 or label > _NAME)


def _linked(case: Case, row: Row, entry: Entry) -> bool:
    """Whether a sentence may tell the row that prints its number."""
    return _anchors(case, row, entry) > 0 or _label(case, row) >= _NAME or _is_named(case, row, entry)


def _anchors(case: Case, row: Row, entry: Entry) -> int:
    """How many digits the other numbers of the row have that the sentence tells."""
    values = {other.digits for other in case.others if other.printed in row.values}
    return sum(_weight(digits) for digits in values if Decimal(digits) != Decimal(entry.digits))


def _label(case: Case, row: Row) -> int:
    """How many characters of the row's name stand before the number."""
    return max((_shared(text, case.before) for text in row.texts), default=0)


def _is_named(case: Case, row: Row, entry: Entry) -> bool:
    """Whether a number is called as the entry's column, or right before it by the name of its row."""
    called, head = case.called, entry.head
    if "得分" in head and case.one.name.endswith("得") and case.one.unit == "分":
        return True
    if any(word in case.one.name for word in words_of(head)):
        return True
    least = _FULL if _weight(case.one.digits) > _DIGITS else len(called) + 1
    return any(_end(text, called) > _NAME or _stretch(text, called, least) for text in row.texts)


def _stretch(one: str, other: str, size: int) -> bool:
    """Whether two names have so many characters in a row in common."""
    return any(one[at : at + size] in other for at in range(len(one) - size + 1))


def _end(one: str, other: str) -> int:
    """How many characters two names share at their ends."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _apart(text: str, place: str) -> bool:
    """Whether a sentence and a row tell years that differ."""
    years, others = set(_YEARS.findall(text)), set(_YEARS.findall(place))
    return bool(years and others and not years & others)


def _staged(name: str, head: str) -> bool:
    """Whether a number's name and the head of a column tell stages of money or work that differ."""
    mine, theirs = set(_STAGES.findall(name)), set(_STAGES.findall(head))
    return bool(mine and theirs and not mine & theirs)


def _shared(label: str, text: str) -> int:
    """How many characters at the end of a row's name a text tells."""
    if label in text:
        return len(label)
    return next((size for size in range(len(label) - 1, _NAME - 1, -1) if label[-size:] in text), 0)


@lru_cache(maxsize=10_000)
def _weight(digits: str) -> int:
    """How many digits a number shows, the zeros of a round one left out."""
    whole, _, rest = digits.partition(".")
    return len((whole + rest).lstrip("0")) if rest.strip("0") else len(whole.rstrip("0"))


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def _rows(grid: TableGrid) -> Iterator[Row]:
    """The rows of a table below its head."""
    dense = grid.dense()
    top = max(grid.header_rows, 1)
    heads = [_head(dense[:top], column) for column in range(grid.n_columns)]
    for index in range(top, grid.n_rows):
        if index in grid.repeated_headers:
            continue
        cells = tuple({id(cell): cell for cell in dense[index] if cell is not None}.values())
        entries = tuple(entry for cell in cells if (entry := _entry(cell, heads[cell.column])) is not None)
        if entries:
            yield Row(grid, cells, entries)


def _head(rows: list[list[Cell | None]], column: int) -> str:
    return " ".join(dict.fromkeys(cell.text for row in rows if (cell := row[column]) is not None))


def _entry(cell: Cell, head: str) -> Entry | None:
    """The one number that a short cell prints."""
    text = cell.text
    found = _IN_CELL.search(text) if len(text) <= _SHORT else None
    if found is None or (found.end() < len(text) and _IN_CELL.search(text, found.end()) is not None):
        return None
    digits, percent = found.groups()
    return Entry(cell, digits.replace(",", ""), bool(percent) or "%" in head or "％" in head, head)


def _relation(case: Case, row: Row, entry: Entry, cell_odd: bool) -> Relation:
    """cell_odd: whether the number of the table is likelier wrong."""
    told = operand(case.paragraph, case.one)
    key = f"{row.grid.table_id}r{entry.cell.row}c{entry.cell.column}"
    shown = Operand(key, "operand", entry.cell.text, Decimal(entry.digits), row.grid.span(entry.cell))
    left, right = (told, shown) if cell_odd else (shown, told)
    return contradicted(
        RULE,
        (left,),
        replace(right, role="reported"),
        formula=f"{left.text} ≠ {right.text}",
        computed=left.text,
        difference=(right.value or Decimal(0)) - (left.value or Decimal(0)),
        title=f"正文 {told.text} 与表中 {shown.text} 不符，相邻两位互换",
        message=f"{where(told.span)}“{quote(told.span, told.text)}”，{where(shown.span)}表中为 {shown.text}，"
        f"所述为同一事项，两数只是相邻两位数字互换；{right.text} 在他处未见。",
    )


CHECK = Check(
    rule=RULE,
    name="正文与表格换位",
    what="A number that a sentence tells of a table's row is no number of that row with two digits exchanged.",
    why="Digits are exchanged in typing; a sentence that names a row, or tells more of its numbers, is about that row.",
    formula="number told = number of the row",
    tolerance="equality; fails only where no table prints what is told, and the sentence names row and column or tells "
    "other numbers of the row: the fewer digits, the more must speak for it",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    second=True,
    silent=True,
    agrees=(
        "文 清理边沟12.6公里，每公里0.80万元，共10.08万元。；表 t9 内容 | 预算（万元） | 支出（万元）；"
        "表 t9 边沟清理 | 11.20 | 10.08；表 t9 村庄绿化 | 10.80 | 10.20",
        "文 项目实际支出1555.46万元，结余94.54万元。；表 t9 资金来源 | 预算（万元） | 支出（万元） | 结余（万元）；"
        "表 t9 县级资金 | 1650.00 | 1555.46 | 94.54",
    ),
    disagrees=(
        "文 项目实际支出1555.46万元，结余95.44万元。；表 t9 资金来源 | 预算（万元） | 支出（万元） | 结余（万元）；"
        "表 t9 县级资金 | 1650.00 | 1555.46 | 94.54",
    ),
    false_alarms=("numbers of another year or stage told with the row's",),
)
