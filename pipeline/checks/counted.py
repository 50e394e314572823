"""Counted things in running text (文中数量): label, number and unit, for comparing what is told twice."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen
from extractors.provenance import CellPlace, SourceSpan
from extractors.segment.model import TableGrid
from normalizers.names import key
from normalizers.records import Indicator, Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand
from pipeline.checks.once import exact
from pipeline.checks.texts import Sentence, last_clause

SCALES = {"": Decimal(1), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_UNITS = (
    "人次|人|家|个|户|名|天|台|套|公里|千米|米|亩|公顷|平方米|平方公里|吨|份|次|场|项|件|所|座|辆|头|株|盏|批|处|元"
)
_BOUND = r"(?P<before>超过|超|达到|约|近|不低于|至少|≥|＞)\s{0,2}"
_NUMBER = (
    r"(?P<number>[0-9](?<![0-9,.][0-9])[0-9,]{0,20}+(?:\.[0-9]{1,6}+)?+)\s{0,2}"
    rf"(?P<scale>[千万亿]?)(?P<unit>{_UNITS})(?P<behind>及?以上|余|多|左右)?"
)
_QUANTITY = re.compile(_NUMBER)  # begins with a set: the scanner leaps to it
_BOUND_BEFORE = re.compile(_BOUND + "$")
_STATED = re.compile(f"(?:{_BOUND})?{_NUMBER}")
_STOPS = "，,：:。；;\n"
_CLAUSE = re.compile(f"[{_STOPS}]")
_LONG, _SHORTEST, _LONGEST = 6, 5, 24  # characters of a label behind the number, and before it
_BOUND_LONGEST = 5  # characters of what stands before a number as its bound
_COUNTING = frozenset("家个户名所座项")  # units with what they count behind them
_FAR = 160  # characters before and behind a number that may tell what it counts
_LIST_NUMBER = re.compile(r"^\s*[(（]?\d{1,2}[)）.、．]\s*")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
# What is planned, asked for or past is not the actual number; `实际` turns back to it.
_PLANNED = re.compile(
    r"目标|计划|预期|预计|要求|提出|力争|拟|应当|指标值|设定|设置|主要任务|工作任务|年度任务|重点任务|建设任务|建设内容|主要内容|项目内容|建设规模|批[复准]"
)
_SHORT_OF = re.compile(r"少[\u4e00-\u9fff]{0,4}$|缺[少口]?$|差$|[未没][\u4e00-\u9fff]{1,4}$")  # `公益电影少放映14场`
_ACTUAL = re.compile(r"实际|已经|完成了|达到了")
_OTHER_TIME = re.compile(r"上年|去年|同期|往年|上一年|申报|申请|其中|截至|每")
_MODIFIERS = re.compile(r"累计|新增|净增|日均|年均|月均|人均|户均|平均|最高|最低|合计|总")
_MONEY = re.compile(r"预算|下达|下拨|到位|支出|收回|资金|经费|拨付|投入|补助|补贴|奖补|专款|费用|成本|价")
_PLACE_NAME = re.compile(r"^[\u4e00-\u9fff]{2,3}[市县区省州]")
_FILLER = re.compile(
    r"(?=[12实目现已共累全我本市县相有达为是了的约超其在])(?:(?:19|20)\d\d\s*年(?:度|末|底)?|实际上?|目前|现有|已|共计|累计|全年|年度|全[省市县区州]|[我本][省市县区州]|市本级|县本级|本级"
    r"|实现|达到?|相关|有关|为|有|是|了|的|共|约|超过|其|在)"
)
_TAIL = re.compile(r"(?:数量|个数|总数|面积|里程|长度|规模)?(?:完成|达|建成)?$")  # 水闸加固数量, 水闸加固完成
_TARGET_HEAD = re.compile(r"目标|预期|指标值|计划")
_ACTUAL_HEAD = re.compile(r"实际|完成|实现")
_HEAD = re.compile(f"{_TARGET_HEAD.pattern}|{_ACTUAL_HEAD.pattern}")


@frozen
class Quantity:
    """One counted thing as told (数量). value: in the bare unit; step: unit of its last printed digit.

    at: its sentence with offsets, or its place. label: what is counted, without filler. modifiers: 累计, 新增 … told
    with it. actual: told as reached, by its sentence or column. bound: `>=` for 以上, `~` for 余 and
    约, '' for a plain number. place: id of its passage.
    """

    label: str
    text: str
    value: Decimal
    step: Decimal
    unit: str
    bound: str
    year: int | None
    at: tuple[Sentence, int, int] | SourceSpan
    place: int
    modifiers: frozenset[str]
    actual: bool

    @property
    def span(self) -> SourceSpan:
        """Where it is told; most are told once and never asked."""
        if isinstance(self.at, SourceSpan):
            return self.at
        sentence, start, end = self.at
        return sentence.span(start, end)

    def operand(self, role: str) -> Operand:
        """The operand it gives; quantities of one label share a key."""
        return Operand(f"count.{self.label}|{self.unit}", role, self.text, self.value, self.span)


@frozen
class _Labelled:
    """A number of a sentence with what it counts (带名称的数量). told, clause: what stands before it there."""

    sentence: Sentence
    match: re.Match[str]
    label: str
    unit: str
    bounded: str
    start: int
    told: str
    clause: str


def quantities(facts: Facts, most: int = 0) -> Iterator[Quantity]:
    """Every actual quantity of the running text with a label of its own, and those of the tables of indicators.

    most: how many are compared. Where there are no more, those whose unit is told once are left out, and those that
    no other one's label can be like.
    """
    stated = [found for one, actual, _ in facts.actuals if (found := _of_indicator(one, actual)) is not None]
    yield from stated
    told = _told(facts)
    all_compared = len(stated) + len(told) <= most
    if all_compared:
        units = Counter([*(one.unit for one in stated), *(match["unit"] for _, match in told)])
        told = [(sentence, match) for sentence, match in told if units[match["unit"]] > 1]
    names = frozenset([key(one.name) for one, *_ in facts.actuals])
    labelled = [one for sentence, match in told if (one := _labelled(sentence, match, names)) is not None]
    if all_compared:
        heads = Counter([(one.unit, one.label[:1]) for one in stated])
        heads.update([(one.unit, one.label[:1]) for one in labelled])
        labelled = [one for one in labelled if heads[one.unit, one.label[:1]] > 1]  # as two that are `alike` share
    yield from (found for one in labelled if (found := _quantity(one)) is not None)


def _told(facts: Facts) -> list[tuple[Sentence, re.Match[str]]]:
    """The quantities of all sentences but those in cells of targets."""
    told = [(one, match) for one in facts.numbered for match in _QUANTITY.finditer(one.text)]
    tables = {one.cell.table for one, _ in told if one.cell is not None}
    targets = _target_cells(facts, tables) if tables else ()
    if not targets:
        return told
    return [(one, match) for one, match in told if one.cell is None or _at(one.cell) not in targets]


def _at(cell: CellPlace) -> tuple[str, int, int]:
    return cell.table, cell.row, cell.column


def _of_indicator(indicator: Indicator, actual: Mention) -> Quantity | None:
    """The actual value that a table states of an indicator whose name says what is counted."""
    match = _STATED.fullmatch(actual.text.strip()) if actual.span.cell is not None else None
    if match is None:
        return None
    digits, scale = match["number"].replace(",", ""), SCALES[match["scale"]]
    return Quantity(
        label=_FILLER.sub("", key(indicator.name)),
        text=actual.text.strip(),
        value=Decimal(digits) * scale,
        step=scale.scaleb(-len(digits.partition(".")[2])),
        unit=match["unit"],
        bound=">=" if (match["behind"] or "").endswith("以上") else "~" if match["behind"] or match["before"] else "",
        year=None,
        at=actual.span,
        place=id(indicator),
        modifiers=frozenset(_MODIFIERS.findall(indicator.name)),
        actual=True,
    )


def _labelled(sentence: Sentence, match: re.Match[str], names: frozenset[str]) -> _Labelled | None:
    """The number with what is counted; None where nothing names it, or it is of another time."""
    before = _BOUND_BEFORE.search(sentence.text, max(match.start() - _BOUND_LONGEST, 0), match.start())
    start = match.start() if before is None else before.start()
    told, unit = sentence.text[max(start - _FAR, 0) : start], match["unit"]
    clause = _LIST_NUMBER.sub("", last_clause(told, _STOPS))
    if _SHORT_OF.search(clause) or _OTHER_TIME.search(clause):
        return None
    label = _label(clause, sentence.text[match.end() : match.end() + _FAR], unit, names)
    if label is None or (unit == "元" and _MONEY.search(label)):
        return None
    return _Labelled(sentence, match, label, unit, "" if before is None else before["before"], start, told, clause)


def _quantity(one: _Labelled) -> Quantity | None:
    """The quantity, if its sentence does not plan it."""
    sentence, match = one.sentence, one.match
    planned, actual = _last(_PLANNED, one.told), _last(_ACTUAL, one.told)
    heading = "" if sentence.heading is None else sentence.heading.title
    if planned > actual or ("目标" in heading and actual < 0):
        return None
    digits = match["number"].replace(",", "")
    scale = SCALES[match["scale"]]
    years = _YEAR.findall(one.told)
    bound = ">=" if (match["behind"] or "").endswith("以上") or one.bounded in ("≥", "不低于", "至少") else ""
    if match["behind"] in ("余", "多", "左右") or one.bounded in ("超过", "超", "约", "近", "＞"):
        bound = "~"
    return Quantity(
        label=one.label,
        text=sentence.text[one.start : match.end()].strip(),
        value=exact(digits) * scale,
        step=scale.scaleb(-len(digits.partition(".")[2])),
        unit=one.unit,
        bound=bound,
        year=int(years[-1]) if years else None,
        at=(sentence, one.start, match.end()),
        place=id(sentence.section) if sentence.cell is None else id(sentence.flow),
        modifiers=frozenset(_MODIFIERS.findall(one.clause)),
        actual=actual >= 0 or sentence.cell is not None,
    )


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Offset of the last match, -1 where there is none."""
    last = -1
    for match in pattern.finditer(text):
        last = match.start()
    return last


_AFTER = re.compile(r"[、（(]|完成|开展|实施|参加|进行")
_DIGIT = re.compile(r"[0-9]")
_OF_RATING = re.compile(r"(?:[一二三四]级|评价|绩效|考核|扣分|失分|满分|具体|细化)*(?:指标|[评扣失得]分点)")


def _label(clause: str, behind: str, unit: str, names: frozenset[str]) -> str | None:
    """What is counted: the words before the number, or those of the clause behind a counting unit if they are longer.

    behind: what follows the unit.
    """
    before = _PLACE_NAME.sub("", _FILLER.sub("", clause).strip(' 、“”"'))
    named = (len(before) >= _SHORTEST or before in names) and len(before) <= _LONGEST and not _DIGIT.search(before)
    if not named and unit not in _COUNTING:
        return None
    after = _FILLER.sub("", _AFTER.split(_CLAUSE.split(behind, 1)[0], 1)[0]).strip(' “”"')
    if _OF_RATING.match(after):  # how many indicators of one class lost points: told of every class
        return None
    if unit in _COUNTING and len(after) >= _LONG:
        verb = before[:2] if len(before) >= 2 else before
        return f"{verb}…{after}" if not _DIGIT.search(after) else None
    return before if named else None


def alike(one: str, other: str) -> bool:
    """Whether two labels name one thing: equal, or one is the other abbreviated (农机购置数, 农业机械购置数)."""
    if one[:1] != other[:1]:
        return False  # as nearly always
    if one == other or (len(_TAIL.sub("", one)) > _SHORTEST and _TAIL.sub("", one) == _TAIL.sub("", other)):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or len(short) * 10 < len(long) * 6:
        return False
    if short[-2:] != long[-2:] or _narrower(short, long):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def _narrower(short: str, long: str) -> bool:
    """Whether one word was put into a label, which makes it that of a part (公办学位, 公办幼儿园学位)."""
    same = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    return len(long) - len(short) > 1 and long.endswith(short[same:])


def _target_cells(facts: Facts, tables: set[str]) -> set[tuple[str, int, int]]:
    """Cells of these tables below a head that names targets (预期目标, 年度指标值)."""
    found: set[tuple[str, int, int]] = set()
    for grid in facts.tables:
        if grid.table_id in tables:
            found.update(_below_targets(grid))
    return found


def _below_targets(grid: TableGrid) -> Iterator[tuple[str, int, int]]:
    heads: dict[int, bool] = {}
    for cell in grid.cells:
        text = cell.text
        if len(text) <= 12 and _HEAD.search(text):
            for column in range(cell.column, cell.column + cell.column_span):
                heads[column] = not _ACTUAL_HEAD.search(text)
        elif heads.get(cell.column):
            yield grid.table_id, cell.row, cell.column
