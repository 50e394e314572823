"""Check: what a sentence says of rows by name (最低、仅、各有) is so in the table's column (按名称引用表格)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import TOTAL, Figure, NumberGrid
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.wording import quote, where

RULE = "told-names"
_INNER = re.compile(r"[（(][^（()）]*[)）]|\s")
_SHORTEST, _MOST = 2, 40  # characters of a name; names of a table
_LEAST = 3  # rows among which one is the highest or the only one
_OTHERWISE = re.compile(r"平均|全[省市县区国]|上年|去年|其中|(?:19|20)\d\d年(?!度?[^，。]{0,4}$)|分项|除")
_HIGH, _LOW = "最高|最大|最多", "最低|最小|最少"
_EXTREME = re.compile(rf"(?P<way>{_HIGH}|{_LOW})的(?:为|是)?(?=(?P<name>[^，。；、：:]{{2,24}}))")
_VALUED = re.compile(
    rf"(?P<way>{_HIGH}|{_LOW})的?(?:为|是)(?P<name>[^，。；、：:（(\d]{{2,24}}?)[，,（(]?(?:为|达|有)?\s?(?P<value>\d[\d,]*(?:\.\d+)?)"
)
_COUNTED = re.compile(r"(?<![\d.第])(?P<count>\d{1,2}|[两三四五六七八九十])[个支只家所项类镇乡县区种座批]")
_GAP = re.compile(r"相差\s?(?P<gap>\d[\d,]*(?:\.\d+)?)")
_ONLY = re.compile(
    r"(?:(?P<count>[二两三四五六七八九十\d]{1,2})[个类项家种][^，。；]{0,8}[中里，,])?(?:仅有?|只有)(?P<names>[^，。；\d]{2,40}?)"
    r"(?P<not>未|没有|没|不)?(?:能)?(?:达到|达标|完成|实现)(?:了)?(?:年度|既定|预期)?(?:目标|指标|要求|标准)?"
)
_TARGET = re.compile(r"(?P<rate>\d{1,3}(?:\.\d+)?)\s?[%％]的?(?:年度|既定|预期)?目标")
_SHORT = re.compile(
    r"(?P<names>[^，。；\d]{2,60}?)(?:各|均)(?:有|尚有|还有)?\s?(?P<count>\d{1,3})\s?[个项处所座户][^，。；\d]{0,6}?"
    r"(?:未完[工成]|未开工|未建成|跨年|滞后|延期|未实施|在建)"
)
_WHOLLY = re.compile(
    r"(?:^|[，；：、]|其中[:：]?)(?P<names>[^，。；：\d]{2,60}?)(?:等[一二三四五六七八九十\d]{1,2}个?[镇乡县区]?)?"
    r"(?:均|都)?已?(?:全部|全面)(?:完成|完工|竣工|建成)"
)
# `未完成部分为甲镇1.3公里和乙乡2.0公里`
_LACKED = (
    r"[\u4e00-\u9fff]{2,12}?\s?\d[\d,]*(?:\.\d+)?\s?(?:平方米|立方米|[\u4e00-\u9fff]{1,2}?(?=[、和及与，,。；;（(]|$))"
)
_LACKING = re.compile(
    r"(?:未完[工成]|尚未|仍未|剩余|尚欠|缺口|未能按期)[^，。；\d]{0,8}?(?:为|是|有|：|:|的)"
    rf"(?P<list>{_LACKED}(?:[、和及与]{_LACKED})+)"
)
_LACK = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,12}?)\s?(?P<value>\d[\d,]*(?:\.\d+)?)")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_AND = re.compile(r"[、和及与]")
_PLAN, _DONE = re.compile(r"计划|目标|任务"), re.compile(r"完成|完工|建成|实际|竣工")
_NUMERALS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


@frozen
class _Column:
    """One column with the names of its rows (一列及行名). share: whether it prints percentages."""

    grid: NumberGrid
    figures: tuple[tuple[str, Figure], ...]
    share: bool

    @property
    def names(self) -> frozenset[str]:
        """The names of its rows."""
        return frozenset(name for name, _ in self.figures)

    @property
    def head(self) -> str:
        """The texts of its head."""
        return self.grid.heads[self.figures[0][1].cell.column]

    @property
    def total(self) -> Decimal:
        """What its rows add up to."""
        return sum((figure.value for _, figure in self.figures), Decimal(0))

    def of(self, name: str) -> Figure:
        """The number of a row."""
        return next(figure for known, figure in self.figures if known == name)

    def extreme(self, *, high: bool) -> tuple[str, Figure] | None:
        """The row with the highest or lowest number, None where two share it."""
        values = sorted((figure.value for _, figure in self.figures), reverse=high)
        if len(values) < _LEAST or values[0] == values[1]:
            return None
        return next(pair for pair in self.figures if pair[1].value == values[0])


def _test(facts: Facts) -> Iterator[Relation]:
    columns = [column for grid in facts.number_grids for column in _columns(grid)]
    for sentence in (
        facts.saying("最", "仅", "只有", "均有", "各", "全部", "全面", "未", "剩余", "欠", "缺口") if columns else ()
    ):
        if sentence.cell is None:
            yield from _extremes(sentence, columns)
            yield from _valued(sentence, columns)
            yield from _only(sentence, columns)
            yield from _short(sentence, columns)
            yield from _wholly(sentence, columns)
            yield from _lacking(sentence, columns)


def _columns(grid: NumberGrid) -> Iterator[_Column]:
    """The columns of a table in which every row but the totals is named and prints a number."""
    names = [_INNER.sub("", label) for label in grid.labels]
    rows = [at for at in range(len(names)) if not TOTAL.search(names[at]) and len(names[at]) >= _SHORTEST]
    own = [names[at] for at in rows]
    if not _LEAST <= len(own) <= _MOST or len(set(own)) < len(own):
        return
    for column in range(grid.width):
        figures = tuple((names[at], figure) for at in rows if (figure := grid.rows[at][column]) is not None)
        if len(figures) == len(rows):
            yield _Column(grid, figures, grid.is_rate(column))


def _extremes(sentence: Sentence, columns: Sequence[_Column]) -> Iterator[Relation]:
    """`最高的甲与最低的乙相差5.46个百分点`: the one column whose ends lie so far apart tells who they are."""
    gap = _GAP.search(sentence.text)
    told = list(_EXTREME.finditer(sentence.text)) if gap is not None else []
    if gap is None or len(told) != 2 or _OTHERWISE.search(sentence.text):
        return
    apart = printed_digits(gap["gap"]).value
    found = []
    for column in columns:
        high, low = column.extreme(high=True), column.extreme(high=False)
        if high is not None and low is not None and high[1].value - low[1].value == apart:
            found.append((column, high, low))
    if len(found) != 1:
        return
    column, high, low = found[0]
    for match in told:
        name = max((name for name in column.names if match["name"].startswith(name)), key=len, default="")
        right = high if match["way"] in _HIGH.split("|") else low
        if name:
            at = match.start("name"), match.start("name") + len(name)
            yield _relation(sentence, at, name, [right[0]], column)


def _valued(sentence: Sentence, columns: Sequence[_Column]) -> Iterator[Relation]:
    """`最高的是甲，为2.51倍，最低的是乙，为2.10倍`: both stand so in one column, and one of them is its end."""
    told = list(_VALUED.finditer(sentence.text))
    ways = {match["way"] in _HIGH.split("|") for match in told}
    if len(told) != len(ways) or len(told) != 2 or _OTHERWISE.search(sentence.text):
        return
    counted = _COUNTED.search(sentence.text)
    for column in columns:
        if _misses_count(counted["count"] if counted else None, len(column.figures)):
            continue
        ends = [_end_of(match, column) for match in told]
        held = [end is not None and end[0] == end[1] for end in ends]
        for match, end in zip(told, ends, strict=True):
            if all(ends) and any(held) and end is not None:
                at = match.start("name"), match.end("name")
                yield _relation(sentence, at, end[0], [end[1]], column)
        if all(ends) and any(held):
            return


def _end_of(match: re.Match[str], column: _Column) -> tuple[str, str] | None:
    """The row named as the highest or lowest, where it prints the number told with it, and the row that is so."""
    right = column.extreme(high=match["way"] in _HIGH.split("|"))
    if right is None or match["name"] not in column.names:
        return None
    exact = column.of(match["name"]).value == printed_digits(match["value"]).value
    return (match["name"], right[0]) if exact else None


def _only(sentence: Sentence, columns: Sequence[_Column]) -> Iterator[Relation]:
    """`低于92%的目标，三类对象中仅甲未达到目标`: the rows of a column of rates on that side of the target."""
    text = sentence.text
    target = _TARGET.search(text) if "仅" in text or "只有" in text else None
    if target is None:
        return
    wanted = Decimal(target["rate"])
    for match in _ONLY.finditer(text):
        known = [column for column in columns if column.share and _all_named(match["names"], column.names)]
        if len(known) != 1 or _misses_count(match["count"], len(known[0].figures)):
            continue
        below = [name for name, figure in known[0].figures if figure.value < wanted]
        right = below if match["not"] else [name for name in known[0].names if name not in below]
        yield _relation(sentence, match.span(), "、".join(_all_named(match["names"], known[0].names)), right, known[0])


def _misses_count(told: str | None, rows: int) -> bool:
    """Whether a sentence counts more or fewer things than the table has rows."""
    return told is not None and (int(told) if told.isdecimal() else _NUMERALS.get(told, 0)) != rows


def _short(sentence: Sentence, columns: Sequence[_Column]) -> Iterator[Relation]:
    """`甲、乙、丙各有1个项目未完工`: rows in which fewer are done than planned, by as many."""
    text = sentence.text
    for match in _SHORT.finditer(text) if "各" in text or "均" in text else ():
        count = Decimal(match["count"])
        for plan, done in _pairs(columns):
            names = _all_named(match["names"], plan.names)
            missing = {name: figure.value - done.of(name).value for name, figure in plan.figures}
            short = [name for name, gap in missing.items() if gap > 0]
            alike = len(short) == len(names) and len(set(short) & set(names)) >= len(names) - 1  # one name exchanged
            if len(names) >= _SHORTEST and alike and all(missing[name] == count for name in short):
                yield _relation(sentence, match.span(), "、".join(names), short, done)
                break


def _wholly(sentence: Sentence, columns: Sequence[_Column]) -> Iterator[Relation]:
    """`其中甲、乙全部完成`: the rows in which all is done, of the one table of plans with these names.

    Where there are several, or columns of several works, the paragraph tells the sums of the two columns meant.
    """
    told = sentence.text
    for match in _WHOLLY.finditer(told) if "全部" in told or "全面" in told else ():
        text = match["names"].removeprefix("其中")
        known = [(plan, done, _all_named(text, plan.names)) for plan, done in _of_one_work(columns)]
        known = [one for one in known if len(one[2]) >= _SHORTEST]
        if len(known) > 1:
            printed = {printed_digits(number[0]).value for number in _NUMBER.finditer(sentence.flow.text)}
            known = [one for one in known if {one[0].total, one[1].total} <= printed]
        if len(known) != 1:
            continue
        plan, done, names = known[0]
        whole = [name for name, figure in plan.figures if done.of(name).value >= figure.value]
        if len(whole) == len(names) and len(set(whole) & set(names)) >= len(names) - 1:  # one name exchanged
            at = match.start("names") + match["names"].index(text), match.end("names")
            yield _relation(sentence, at, "、".join(names), whole, done)


def _lacking(sentence: Sentence, columns: Sequence[_Column]) -> Iterator[Relation]:
    """`未完成部分为甲镇1.3公里和乙乡2.0公里`: the rows that lack just these amounts of the plan, in one table."""
    for match in _LACKING.finditer(sentence.text):
        pieces = [one for part in _AND.split(match["list"]) if (one := _LACK.match(part)) is not None]
        told = {one["name"]: printed_digits(one["value"]).value for one in pieces}
        found = []
        for plan, done in _of_one_work(columns):
            lacks = {name: figure.value - done.of(name).value for name, figure in plan.figures}
            lacks = {name: gap for name, gap in lacks.items() if gap > 0}
            if len(told) == len(pieces) and told.keys() <= plan.names and _one_exchanged(told, lacks):
                found.append((lacks, done))
        if len(found) == 1:
            yield _relation(sentence, match.span("list"), "、".join(told), list(found[0][0]), found[0][1])


def _one_exchanged(told: dict[str, Decimal], lacks: dict[str, Decimal]) -> bool:
    """Whether the same amounts, no two alike, are lacking as are told, for the same names but for one at most."""
    return (
        sorted(told.values()) == sorted(lacks.values())
        and len(set(lacks.values())) == len(lacks) >= _SHORTEST
        and sum(lacks.get(name) != value for name, value in told.items()) <= 1
    )


def _of_one_work(columns: Sequence[_Column]) -> Iterator[tuple[_Column, _Column]]:
    """Columns of what was planned and of what was done whose heads are alike but for that (户厕计划、户厕完成)."""
    bare = [(_DONE.sub("", _PLAN.sub("", column.head)), column) for column in columns if not column.share]
    plans = [(head, one) for head, one in bare if _PLAN.search(one.head) and not _DONE.search(one.head)]
    works = [(head, one) for head, one in bare if _DONE.search(one.head) and not _PLAN.search(one.head)]
    for head, plan in plans:
        found = [one for other, one in works if other == head and one.grid is plan.grid]
        if len(found) == 1:
            yield plan, found[0]


def _pairs(columns: Sequence[_Column]) -> Iterator[tuple[_Column, _Column]]:
    """Columns of what was planned and of what was done in one table with one of each."""
    grids = {id(column.grid): column.grid for column in columns}
    for grid in grids.values():
        own = [column for column in columns if column.grid is grid and not column.share]
        heads = {id(column): grid.heads[column.figures[0][1].cell.column] for column in own}
        plan = [one for one in own if _PLAN.search(heads[id(one)]) and not _DONE.search(heads[id(one)])]
        done = [one for one in own if _DONE.search(heads[id(one)]) and not _PLAN.search(heads[id(one)])]
        if len(plan) == len(done) == 1:
            yield plan[0], done[0]


def _all_named(text: str, names: frozenset[str]) -> list[str]:
    """The names that a list tells, none where it tells anything else."""
    parts = [part.strip() for part in _AND.split(_INNER.sub("", text)) if part.strip()]
    return parts if parts and all(part in names for part in parts) else []


def _relation(sentence: Sentence, at: tuple[int, int], told: str, right: list[str], column: _Column) -> Relation:
    """What is told of names against the rows of which it is so; right: their names."""
    span = sentence.span(*at)
    held = set(told.split("、")) == set(right)
    cells = [column.of(name).operand("operand") for name in {**dict.fromkeys(told.split("、")), **dict.fromkeys(right)}]
    shown = "、".join(f"{name} {column.of(name).cell.text}" for name in right)
    key = f"text.name.{span.page}.{span.line}.{at[0]}"
    relation = Relation(
        RULE,
        "consistent" if held else "inconsistent",
        tuple(cells),
        (Operand(key, "reported", told, None, span),),
        formula=shown,
        reported=told,
        computed="、".join(right),
        severity="warning",
    )
    if held:
        return relation
    others = "；".join(f"{name} {column.of(name).cell.text}" for name in told.split("、"))
    return replace(
        relation,
        title=f"文中所指“{told}”与表中数据不符（应为{'、'.join(right) or '无'}）",
        message=f"{where(span)}“{quote(span, told)}”，而按{where(cells[0].span)}所在表，应为{shown or '无'}；"
        f"表中{others}。",
    )


CHECK = Check(
    rule=RULE,
    name="按名称引用表格",
    what="The rows that a sentence names as highest, lowest, the only ones, short of the plan or done are so in the "
    "table.",
    why="A name exchanged blames or praises the wrong place.",
    formula="names told = rows of which it is so",
    tolerance="the numbers told beside the names must show which column is meant: the difference of its ends, its "
    "target, their own numbers, or how many are missing; else nothing is tested",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 街道 | 样本 | 满意度；表 t9 湖滨 | 420 | 91.43%；表 t9 枫林 | 380 | 89.21%；表 t9 长桥 | 365 | 86.30%；"
        "表 t9 新塘 | 335 | 85.97%；文 最高的湖滨街道与最低的新塘街道相差5.46个百分点。",
    ),
    disagrees=(
        "表 t9 街道 | 样本 | 满意度；表 t9 湖滨 | 420 | 91.43%；表 t9 枫林 | 380 | 89.21%；表 t9 长桥 | 365 | 86.30%；"
        "表 t9 新塘 | 335 | 85.97%；文 最高的湖滨街道与最低的长桥街道相差5.46个百分点。",
        "表 t9 片区 | 完工率 | 单价；表 t9 湖滨 | 91% | 2.51；表 t9 枫林 | 89% | 2.10；表 t9 长桥 | 86% | 2.05；"
        "文 3个片区中单价最高的是湖滨，为2.51元，最低的是枫林，为2.10元。",
        "表 t9 对象 | 回收 | 满意度；表 t9 读者 | 288 | 90.00%；表 t9 观众 | 170 | 89.82%；表 t9 学员 | 114 | 92.79%；"
        "文 总体低于92%的目标2个百分点，三类对象中仅观众未达到目标。",
        "表 t9 县区 | 计划数 | 完成数；表 t9 玉岭 | 6 | 6；表 t9 麟山 | 5 | 5；表 t9 云坪 | 4 | 3；表 t9 宣河 | 5 | 4；"
        "文 云坪、麟山各有1个项目跨年实施。",
        "表 t9 县区 | 计划数 | 完成数；表 t9 玉岭 | 6 | 6；表 t9 麟山 | 5 | 5；表 t9 云坪 | 4 | 3；表 t9 宣河 | 5 | 4；"
        "文 各县区进度不一，其中玉岭、宣河全部完成。",
        "表 t9 乡镇 | 计划管网（公里） | 完成管网（公里）；表 t9 石门镇 | 18.6 | 18.6；表 t9 白沙镇 | 15.5 | 14.2；"
        "表 t9 桃源乡 | 12.8 | 12.8；表 t9 上坪乡 | 13.2 | 11.2；文 未完成部分为白沙镇1.3公里和桃源乡2.0公里。",
    ),
    false_alarms=("extremes among some of the rows only", "targets that differ by row"),
)
