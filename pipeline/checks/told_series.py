"""Numbers of years that tables print (年度数据), and growth that a sentence tells of them (正文引用年度数据的增长)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.frozen import frozen
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.texts import Sentence

_YEAR = re.compile(r"((?:19|20)\d\d)\s?年?度?(?:实际|末|底)?")
_INNER = re.compile(r"[（(][^（()）]*[)）]")
_CHINESE = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_TOLD_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年")
_BASE = re.compile(
    r"(?:比|较|与|同)\s?(?:(?P<year>(?:19|20)\d\d)\s?年|(?P<ago>上年|去年|上一年))度?(?:同期|底|末)?(?:相比)?|(?P<same>同比)"
)
UP, DOWN = "增长|增加|上升|提高|提升|回升|增幅", "下降|减少|降低|降幅"
_RATE = re.compile(
    rf"(?P<way>{UP}|{DOWN})(?:了|为|率为|达)?\s?(?P<rate>\d{{1,4}}(?:\.\d{{1,4}})?)\s?[%％](?!\s?个?百分点)"
)
_UNSURE = re.compile(r"平均|年均|累计|复合|约|近|超过|剔除|可比")
_CLAUSE = 16  # characters before a rate in which the name of what it tells stands
_VALUE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,]|\s?[%％年月日])")
_DIGITS = 3  # digits of a value that names its line


@frozen
class Series:
    """One line of a table by years (一项年度数据)."""

    name: str
    values: tuple[tuple[int, Figure], ...]

    def of(self, year: int) -> Figure | None:
        """The number of a year."""
        return next((figure for known, figure in self.values if known == year), None)


@frozen
class Growth:
    """A growth told in a sentence, with the line of a table and the years it speaks of (文中增长). match: of _RATE."""

    sentence: Sentence
    match: re.Match[str]
    series: Series
    before: Figure
    now: Figure


def series_of(grids: Sequence[NumberGrid]) -> list[Series]:
    """The lines of all tables that print numbers of two years or more; names that two lines bear are left out."""
    found: list[Series] = []
    for known in grids:
        for grid in (known, known.turned):
            years = [(at, int(match[1])) for at, head in enumerate(grid.heads) if (match := _YEAR.fullmatch(head))]
            if len(years) >= 2 and len({year for _, year in years}) == len(years):
                found += _lines(grid, years)
    names = [one.name for one in found]
    return [one for one in found if names.count(one.name) == 1]


def _lines(grid: NumberGrid, years: list[tuple[int, int]]) -> Iterator[Series]:
    for label, row in zip(grid.labels, grid.rows, strict=True):
        name = next((match[0] for match in _CHINESE.finditer(_INNER.sub(" ", label))), "")
        values = tuple((year, figure) for at, year in years if (figure := row[at]) is not None)
        if name and len(values) >= 2 and not any(figure.number.percent for _, figure in values):
            yield Series(name, values)


def growths_told(sentence: Sentence, known: Sequence[Series]) -> Iterator[Growth]:
    """Every growth of a sentence whose line and two years are certain."""
    text = sentence.text
    if _UNSURE.search(text):
        return
    for match in _RATE.finditer(text):
        bases = list(_BASE.finditer(text, 0, match.start()))
        if not bases or re.search(r"分别", text[bases[-1].end() : match.start()]):
            continue
        base = bases[-1]
        now = _year_now(text, base, match.start())
        ago = int(base["year"]) if base["year"] else None if now is None else now - 1
        if now is None or ago is None or now <= ago:
            continue
        series = _line(text, base, match, known, now)
        before, after = (None, None) if series is None else (series.of(ago), series.of(now))
        if series is not None and before is not None and after is not None and before.value > 0:
            yield Growth(sentence, match, series, before, after)


def _year_now(text: str, base: re.Match[str], end: int) -> int | None:
    """The year whose growth is told: named between the base and the rate, else the last before the base."""
    behind = [int(match[1]) for match in _TOLD_YEAR.finditer(text, base.end(), end)]
    if behind:
        return behind[-1] if len(set(behind)) == 1 else None
    before = [match for match in _TOLD_YEAR.finditer(text, 0, base.start()) if not _is_base(text, match)]
    return int(before[-1][1]) if before else None


def _is_base(text: str, year: re.Match[str]) -> bool:
    return text[max(year.start() - 1, 0) : year.start()] in ("比", "较", "与", "同")


def _line(text: str, base: re.Match[str], rate: re.Match[str], known: Sequence[Series], now: int) -> Series | None:
    """The line that a rate is told of: named right before it, or by its number of the year before the comparison."""
    clause = text[max(rate.start() - _CLAUSE, 0) : rate.start()]
    clause = re.split(r"[，,、；;]", clause)[-1]
    named = [one for one in known if clause.endswith(one.name) or clause.removesuffix("浓度").endswith(one.name)]
    if len(named) == 1:
        return named[0]
    if clause and base.end() < rate.start() - len(clause):
        return None
    values = [match[0].replace(",", "") for match in _VALUE.finditer(text, 0, base.start())]
    told = [value for value in values if len(value.replace(".", "").lstrip("0")) >= _DIGITS]
    last = told[-1] if told else ""
    alike = [one for one in known if last and (figure := one.of(now)) is not None and figure.value == Decimal(last)]
    return alike[0] if len(alike) == 1 else None
