"""Every number of the running text and of the tables with the words around it (数字及其上下文), for linking."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, islice

from extractors.provenance import SourceSpan
from extractors.segment.model import Cell, TableGrid
from normalizers.numbers import chinese_integer
from normalizers.records import EvaluationReport
from pipeline.checks.once import exact, once
from pipeline.checks.prints import MARKS
from pipeline.checks.shared_words import shares, words
from pipeline.checks.texts import SHORT_CELL, Sentence
from pipeline.checks.tolerance import last_place

SCALES = {
    "": Decimal(1), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000), "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000), "亿": Decimal(100_000_000),
}  # fmt: skip
_UNIT = (
    "个百分点|平方公里|平方米|立方米|万美元|美元|欧元|港元|公里|千米|公顷|人次|户次|场次|批次|轮次|小时|分钟|分贝"
    "|元|家|个|户|名|位|人|天|年|台|套|米|亩|吨|份|次|场|项|条|件|所|座|辆|头|株|盏|批|处|票|篇|期|倍|届|轮|秒|%|％"
)
# [0-9] here and in other patterns for all numbers: readers leave no other digits, and \d takes longer to look for.
_FIGURE = re.compile(
    r"(?P<number>[0-9](?<![0-9.,，〔\[［A-Za-z/×][0-9])[0-9,]{0,20}(?:\.[0-9]{1,6})?)(?![0-9.]*[A-Za-z〕\]］×])\s{0,2}"
    rf"(?P<about>[余多])?(?P<scale>百万|千万|[百千万亿]?)(?P<unit>{_UNIT}|)(?P<behind>[余多]|及?以上|以内|左右)?"
)
_SPELLED = re.compile(
    r"(?P<number>[一二三四五六七八九十百][一二三四五六七八九十百]{0,3})(?P<unit>轮次|场次|名|位|年|家|场|条|所|届)"
)
_AT_UNIT = 3  # of the parts of _FIGURE
_END = "\0"  # between sentences: no part of a number, its unit or the blanks between them
_NO_FIGURE = re.compile(r"(?:第|表|附件|附表|图|编号|文号|电话|[（(])\s*$")
_NO_FIGURE_ENDS = frozenset("第表件图号话（(")
_WORDS = re.compile(r"[^，,；;：:、0-9][^，,；;：:、0-9]*")  # begins with a set: the scanner leaps to it
_YEAR = re.compile(r"(?:^|\.)(?:19|20)\d\d$")
_LABEL_BEHIND = re.compile(r"\s*[.．、）)]")
_MARK_BEFORE = re.compile(r"(?:得分率|权重|分值|满分|占比分|系数)[为是：:]?\s*$")
_MARK_ENDS = frozenset("率重值分数为是：:")
_BOUND_BEFORE = re.compile(r"(?:超过|达到|不低于|不少于|至少|超|约|近|≥|＞|>)\s*$")
_BOUND_ENDS = frozenset("过到于少超约近≥＞>")
_BACK, _AHEAD, _OPENING = 48, 14, 40  # characters before and behind a number, and at the start of its paragraph
_WHOLE_MONEY = re.compile(r"预算|到位|批复|下达|安排|资金额度|资金总额|拨付")
_ENOUGH, _FEW = 6, 3  # digits that link alone; digits for which only the nearest words count
_LEAD, _NAMED = 4, 9  # characters right before a number; of a name that opening and row share
_SHARED = {0: 7, 1: 6, 2: 5, 3: 4, 4: 3}  # digits -> characters in a row that the words around must share
_TELLING = 8  # characters that tell what is counted
_MOST = 4000  # numbers of one report; one with more is a list of records
_Labels = dict[tuple[str, int], str]  # (table, row) -> name of the indicator printed there
_Read = tuple[str, Decimal, str, Decimal, Decimal, int, int, str, str]  # fields of a Figure, from digits to bound


@dataclass(eq=False)
class Figure:
    """One number as printed, with what stands around it (数字). Equal to itself alone; like what is @frozen, never set.

    shown, bare: the number that its digits print, before its scale, and the digits alone. value, step: in base units;
    step is the unit of its last printed digit, and `power` the power of ten that this is. unit: `%`, `元` …, '' where
    none is told. place: equal for numbers of one sentence or one row. bound: `>=` for 以上, `~` for 余 and 约.
    weight: how many digits it shows that are not the zeros at an end: what makes it unlikely by chance.
    tabled: whether it stands in a cell of a table.
    The words around it are worked out only where they are asked for, as most numbers are like no other.
    """

    text: str
    digits: str
    shown: Decimal
    bare: str
    value: Decimal
    step: Decimal
    power: int
    weight: int
    unit: str
    bound: str
    place: tuple[object, ...]
    tabled: bool

    @property
    def before(self) -> str:
        """What is printed before it in its sentence."""
        raise NotImplementedError

    @once
    def tight(self) -> str:
        """The words right before it, as far back as they tell what it counts, and those behind it."""
        return self._tight()

    @once
    def near(self) -> str:
        """More of its sentence, and the label of its row."""
        return self._near()

    @once
    def far(self) -> str:
        """Heading and opening of the paragraph; the caption of a table."""
        return self._far()

    @once
    def span(self) -> SourceSpan:
        """Where it stands."""
        return self._span()

    @property
    def key(self) -> str:
        """The name of the fact it states."""
        raise NotImplementedError

    def _tight(self) -> str:
        raise NotImplementedError

    def _near(self) -> str:
        raise NotImplementedError

    def _far(self) -> str:
        raise NotImplementedError

    def _span(self) -> SourceSpan:
        raise NotImplementedError


@dataclass(eq=False)
class InSentence(Figure):
    """A number at start:end of a sentence (句中数字). label: of the row whose cell the sentence stands in."""

    sentence: Sentence
    start: int
    end: int
    label: str

    @property
    def before(self) -> str:
        """As Figure."""
        return self.sentence.text[max(self.start - _BACK, 0) : self.start]

    @property
    def key(self) -> str:
        """As Figure."""
        return f"figure.{self.span.page}.{self.span.line}.{self.sentence.start + self.start}"

    def _tight(self) -> str:
        return _telling(self.before) + "|" + self.sentence.text[self.end : self.end + _AHEAD]

    def _near(self) -> str:
        return f"{self.label}|{self.before}"

    def _far(self) -> str:
        sentence = self.sentence
        heading = "" if sentence.heading is None else sentence.heading.title
        opening = sentence.flow.text[:_OPENING] if sentence.start > 0 else ""
        return f"{heading}|{opening}"

    def _span(self) -> SourceSpan:
        return self.sentence.span(self.start, self.end)


@dataclass(eq=False)
class InCell(Figure):
    """A number alone in a cell (表中数字). row: the cells of its row; head: of its column."""

    grid: TableGrid
    cell: Cell
    row: Sequence[Cell | None]
    head: str

    @property
    def before(self) -> str:
        """Nothing: its cell holds the number alone."""
        return ""

    @property
    def key(self) -> str:
        """As Figure."""
        return f"{self.grid.table_id}r{self.cell.row}c{self.cell.column}"

    def _tight(self) -> str:
        label = "|".join(dict.fromkeys([one.text for one in self.row if one is not None and one is not self.cell]))
        return f"{label[:80]}|{self.head}"

    def _near(self) -> str:
        return self.tight

    def _far(self) -> str:
        return self.grid.caption

    def _span(self) -> SourceSpan:
        return self.grid.span(self.cell)


def figures(report: EvaluationReport, sentences: Iterable[Sentence]) -> Iterator[Figure]:
    """The numbers of sentences and of table cells, in reading order by kind; marks of the scoring tables left out."""
    return islice(_all(report, sentences), _MOST)


def _all(report: EvaluationReport, sentences: Iterable[Sentence]) -> Iterator[Figure]:
    yield from _of_sentences(tuple(sentences), _labels(report))
    marks = {
        (cell.table, cell.row, cell.column)
        for one in report.indicators
        for mention in one.mentions
        if mention.field in MARKS and (cell := mention.span.cell) is not None
    }
    for grid in report.rows.part.tables:
        yield from _of_table(grid, marks)


def _labels(report: EvaluationReport) -> _Labels:
    return {(row.table_id, row.row): row.name.text for row in report.rows.indicators}


def _telling(before: str) -> str:
    """The end of a text, as far back as it holds eight characters that say something."""
    size, at, telling = len(before), len(before), 0
    for word in _WORDS.finditer(before[::-1]):  # turned round: the last words are the first, and most often enough
        at, end = size - word.end(), size - word.start()
        telling += sum(map(len, words(before[at:end])))
        if telling >= _TELLING:
            break
    return before[at:]


def _of_sentences(sentences: Sequence[Sentence], labels: _Labels) -> Iterator[Figure]:
    """The numbers of all sentences, looked for in one text of them all; those spelled behind the others of each."""
    text = _END.join([one.text for one in sentences])
    ends = list(accumulate([len(one.text) + 1 for one in sentences]))
    matches: dict[int, list[re.Match[str]]] = {}
    for pattern in (_FIGURE, _SPELLED):
        at = 0
        for match in pattern.finditer(text):
            while match.start() >= ends[at]:
                at += 1
            matches.setdefault(at, []).append(match)
    for at in sorted(matches):
        yield from _of_sentence(sentences[at], ends[at - 1] if at else 0, matches[at], labels)


def _of_sentence(sentence: Sentence, base: int, matches: list[re.Match[str]], labels: _Labels) -> Iterator[Figure]:
    """The numbers of one sentence. base: where it begins in the text of the matches. labels: of rows of cells."""
    text, cell = sentence.text, sentence.cell
    place = ("cell", cell.table, cell.row) if cell is not None else ("text", id(sentence.flow), sentence.start)
    label = "" if cell is None else labels.get((cell.table, cell.row), "")
    for match in matches:
        start, end = match.start() - base, match.end() - base
        before = text[start - 6 if start > 6 else 0 : start].rstrip()
        parts = match.groups("")
        number, told = parts[0], parts[_AT_UNIT] if match.re is _FIGURE else parts[-1]
        if not _is_no_figure(text, start, end, number, told, before):
            bound = _BOUND_BEFORE.search(text, max(start - 4, 0), start) if before[-1:] in _BOUND_ENDS else None
            told_as = "" if bound is None else bound[0].strip()
            read = _read(*parts, told_as, "") if match.re is _FIGURE else _spelled(number, told, told_as)
            yield InSentence(match[0].strip(), *read, place, cell is not None, sentence, start, end, label)


def _is_no_figure(text: str, start: int, end: int, number: str, unit: str, before: str) -> bool:
    """Whether a number counts nothing: a year, a day, points, a label, the number of a document."""
    if unit in ("", "年") and number[-4:-2] in ("19", "20") and _YEAR.search(number):
        return True
    last = before[-1:]
    if (unit == "" and text[end : end + 1] in ("月", "日", "号", "分")) or (
        last in _MARK_ENDS and _MARK_BEFORE.search(before)
    ):
        return True
    if start < 2 and _LABEL_BEHIND.match(text, end):
        return True
    if last not in _NO_FIGURE_ENDS or not _NO_FIGURE.search(before):
        return False
    ordinal = last == "第" and unit in ("年", "届", "名", "位")
    return not ordinal and not (unit and last in "（(")


@lru_cache(maxsize=10_000)
def _read(printed: str, about: str, scaled: str, told: str, behind: str, before: str, unit: str) -> _Read:
    """What a match of _FIGURE says, with the bound before it and the unit that its column gives it."""
    scale = SCALES[scaled]
    if not told:
        told = unit
        if unit[:1] in SCALES and unit[1:] and not scaled:
            scale, told = SCALES[unit[0]], unit[1:]
    bound = ""
    if about or behind or before:
        bound = ">=" if behind.endswith("以上") or before in ("不低于", "不少于", "至少", "≥") else ""
        if behind in ("余", "多", "左右") or about or before in ("超过", "超", "约", "近", "＞", ">"):
            bound = "~"
    return (*_amount(printed.replace(",", ""), scale), "%" if told == "％" else told, bound)


@lru_cache(maxsize=1000)
def _spelled(printed: str, told: str, before: str) -> _Read:
    """The same of a match of _SPELLED."""
    return _read(str(chinese_integer(printed) or printed), "", "", told, "", before, "")


def _amount(digits: str, scale: Decimal) -> tuple[str, Decimal, str, Decimal, Decimal, int, int]:
    """The digits, and what Figure says of them from `shown` to `weight`."""
    shown, bare, step = exact(digits), digits.replace(".", ""), last_place(len(digits.partition(".")[2]))
    value = shown
    if scale is not SCALES[""]:
        value, step = value * scale, step * scale
    return digits, shown, bare, value, step, step.adjusted(), len(bare.strip("0"))


def _of_table(grid: TableGrid, marks: set[tuple[str, int, int]]) -> Iterator[Figure]:
    """The numbers of a table's short cells, each with its row's words and its column's heads."""
    rows: list[list[Cell | None]] = []
    top, repeated, table = max(grid.header_rows, 1), grid.repeated_headers, grid.table_id
    heads: dict[int, tuple[str, str]] = {}  # with the unit that a head gives
    for cell in grid.cells:
        if cell.row < top or cell.row in repeated or len(text := cell.flow.text) >= SHORT_CELL:
            continue
        if (table, cell.row, cell.column) in marks or (match := _FIGURE.search(text.strip())) is None:
            continue
        rows = rows or grid.dense()
        if cell.column not in heads:
            head = _head(rows[:top], cell)
            heads[cell.column] = head, _unit(head, grid)
        head, unit = heads[cell.column]
        place, read = ("cell", table, cell.row), _read(*match.groups(""), "", unit)
        yield InCell(match[0].strip(), *read, place, True, grid, cell, rows[cell.row], head)


def _head(rows: list[list[Cell | None]], cell: Cell) -> str:
    return "|".join(dict.fromkeys(one.text for row in rows if (one := row[cell.column]) is not None))


_NAMED_UNIT = re.compile(rf"[（(](?:单位[:：])?([万亿千百]?(?:{_UNIT}))[)）]")
_MONEY_UNIT = re.compile(r"亿元|万元|元")
_MONEY_HEAD = re.compile(r"金额|预算|支出|下达|到位|拨付|资金|执行数|收入|经费|交易额|销售额")


def _unit(head: str, grid: TableGrid) -> str:
    """The unit that head or caption gives a bare number of a column; '' if none does."""
    named = _NAMED_UNIT.search(head)
    if named is not None:
        return named[1]
    money = _MONEY_UNIT.search(grid.unit)
    return money[0] if money is not None and _MONEY_HEAD.search(head) else ""


def alike(one: Figure, other: Figure) -> bool:
    """Whether the words around two numbers link them; the fewer digits they show, the more words must be shared."""
    digits = min(one.weight, other.weight)
    if digits >= _ENOUGH or _converted(one, other):
        return True
    least = _SHARED.get(digits, 2)
    least -= "." in one.digits or (one.bound == other.bound == ">=")
    if digits < _FEW:
        close = shares(one.tight, other.tight, least) or _samewords(one, other)
        return close or _same_row(one, other, least + 1 if "." in one.digits else _NAMED)
    if shares(one.near, other.near, least) or shares(one.tight, other.tight, least):
        return True
    if shares(one.near, other.far, least + 1) or shares(one.far, other.near, least + 1):
        return True
    return one.far != other.far and shares(one.far, other.far, least + 2)


def _samewords(one: Figure, other: Figure) -> bool:
    """Whether two numbers are printed alike behind the same characters (发放图册430余套)."""
    if one.weight <= 1 or one.text != other.text or not one.unit:
        return False
    mine, theirs = one.tight.partition("|")[0][-_LEAD:], other.tight.partition("|")[0][-_LEAD:]
    return mine == theirs and len(mine) == _LEAD


def _same_row(one: Figure, other: Figure, least: int) -> bool:
    """Whether a paragraph opens with, stands below or tells the name of the row that prints the other number."""
    if shares(one.far, other.near, _NAMED) or shares(one.near, other.far, _NAMED):
        return True
    return shares(one.tight, other.near, least) or shares(one.near, other.tight, least)


def _converted(one: Figure, other: Figure) -> bool:
    """Whether the same money of the whole project is told in two units: `2.8亿元` and `28,000万元`."""
    if one.unit != "元" or other.unit != "元" or one.step == other.step or one.weight < 2:
        return False
    return bool(_WHOLE_MONEY.search(one.tight) and _WHOLE_MONEY.search(other.tight))
