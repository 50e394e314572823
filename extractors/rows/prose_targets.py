"""Targets that prose sets (正文设定的目标): `数量指标设定甲、乙；甲设定为不低于95%` as rows without scores."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.frozen import replace
from extractors.rows.model import IndicatorField, IndicatorRow, Printed, Statement
from extractors.rows.names import stem
from extractors.rows.text import Squeezed, squeeze
from extractors.segment.model import Flow, Paragraph, ReportPart
from extractors.vocabulary import plain

TABLE = "prose"
Target = tuple[str, Printed]  # the year it is set for (`2022年`) or '', and what is set
_LEVEL1 = re.compile(r"(?P<name>产出|效益|满意度|成本)(?:指标|目标)")
_LEVEL2 = re.compile(
    r"(?P<name>数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度)(?P<kind>指标|目标)"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
_NAME = r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9()/]{2,23}"
_LIST = re.compile(r"指标共?(?:设定|设置|包括|包含|有|分为|为)了?(?P<names>[^，,。；;:]{6,200})$")
_ITEM = re.compile(r"[^、和]+")
_BOUND = r"(?:不低于|不少于|不高于|不超过|≥|≤|大于|小于|达到|达)?"
_OF_UNIT = r"(?:(?![和与及])[\u4e00-\u9fff])"  # `24次和36次` are two quantities
_COUNTED = rf"(?:%(?:及?以[上下])?|{_OF_UNIT}{{0,3}}?及?以[上下]|{_OF_UNIT}{{0,3}}(?:/[\u4e00-\u9fff]{{1,2}})?)"
_QUANTITY = rf"{_BOUND}\d[\d,]*(?:\.\d+)?[亿万]?(?!元){_COUNTED}"
_YEARS = r"(?:(?:19|20)\d\d年度?(?:和|与|、|及)?)+"
_SET = re.compile(
    rf"(?:^|[，,:、])(?:其中[，,:]?)?(?P<before>{_YEARS})?(?P<name>{_NAME}?)(?P<years>{_YEARS}|两年|各年|每年)?"
    rf"(?:根据[^，,]{{1,12}}?)?(?:两年)?(?P<each>(?:均|分别)*)(?:设定|设置|确定|目标值?|指标值)?为(?P<value>{_QUANTITY})"
)
_NEXT = re.compile(rf"(?:以及|[、和与及])(?P<value>{_QUANTITY})")
_ONE_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_GROUP = re.compile(
    rf"(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度)指标为(?P<name>{_NAME}?)"
    rf"(?P<value>(?:不低于|不少于|不高于|不超过|≥|≤)\d[\d,.]*[亿万]?(?:%|[\u4e00-\u9fff]{{0,3}})|有效|显著|明显|持续|良好)(?=$|[，,])"
)
_ABOUT_TARGETS = "目标"
_SETS = re.compile(r"设定|设置|目标值|指标值|不低于|不少于|不高于|不超过|[≥≤]|以[上下]")
_REACHED = re.compile(r"实际|完成了|已完成|支出")


@dataclass(slots=True)
class _Reader:
    """What has been read of one section. text: the paragraph being read; groups: level -> the group open."""

    text: Squeezed
    groups: dict[int, Printed] = field(default_factory=dict)
    items: dict[str, tuple[Printed, tuple[Printed, ...], list[Target]]] = field(default_factory=dict)

    def add(self, start: int, end: int, low: int, high: int, values: Iterable[tuple[str, int, int]] = ()) -> None:
        """An item of the open groups, with the (year, start, end) of what is set; `甲完成率` adds to a listed `甲`."""
        if 2 not in self.groups:
            return
        name = self.text.printed(start, end, low, high)
        key = next((known for known in self.items if plain(name.text).startswith(known)), plain(name.text))
        parents = tuple(self.groups[level] for level in sorted(self.groups))
        item = self.items.setdefault(key, (name, parents, []))
        item[2].extend((year, self.text.printed(first, last, low, high)) for year, first, last in values)


def read_prose_targets(part: ReportPart) -> list[IndicatorRow]:
    """Indicators with the targets that prose below a heading about goals (绩效目标) sets; parents first."""
    rows: list[IndicatorRow] = []
    for section in part.sections:
        if section.annex or not any(_ABOUT_TARGETS in heading.title for heading in section.path):
            continue
        flows = [block.flow for block in section.blocks if isinstance(block, Paragraph)]
        if section.heading is not None:
            flows.insert(0, section.heading.flow)
        if any(_LEVEL2.search(flow.text) for flow in flows):
            rows += _rows(_read(flows), len(rows))
    return rows


def _read(flows: list[Flow]) -> _Reader:
    """A heading and its paragraphs, sentence by sentence; the groups that one names hold for the next."""
    reader = _Reader(squeeze(flows[0]))
    for flow in flows:
        reader.text = squeeze(flow)
        for sentence in _SENTENCE.finditer(reader.text.text):
            _groups(reader, sentence)
            _items(reader, sentence)
    return reader


def _groups(reader: _Reader, sentence: re.Match[str]) -> None:
    """The groups that a sentence begins to speak of."""
    low, high = sentence.span()
    outer = _LEVEL1.search(reader.text.text, low, high)
    inner = _LEVEL2.search(reader.text.text, low, high)
    if outer and (inner is None or outer.start() < inner.start()):
        reader.groups[1] = _completed(reader, outer)
    if inner:
        reader.groups[2] = _completed(reader, inner)


def _completed(reader: _Reader, match: re.Match[str]) -> Printed:
    """A group's name; `数量目标` names the group 数量指标."""
    printed = reader.text.printed(*match.span(), *match.span())
    return replace(printed, text=f"{match['name']}指标")


def _items(reader: _Reader, sentence: re.Match[str]) -> None:
    """The items that a sentence lists or sets."""
    low, high = sentence.span()
    words = sentence.group()
    listed = _LIST.search(words)
    if listed and "、" in listed["names"] and all(3 <= len(name) <= 24 for name in _ITEM.findall(listed["names"])):
        for name in _ITEM.finditer(listed["names"]):
            start = low + listed.start("names") + name.start()
            reader.add(start, start + len(name.group()), low, high)
        return
    if not _SETS.search(words) or _REACHED.search(words):
        return
    for pattern in (_OF_GROUP, _SET):
        for match in pattern.finditer(words):
            group = _LEVEL2.search(reader.text.text, low + match.start(), low + match.end())
            if group and pattern is _SET:
                continue
            if group:
                reader.groups[2] = _completed(reader, group)
            start, end = match.span("name")
            values = [(year, low + first, low + last) for year, first, last in _values(match)]
            reader.add(low + start, low + end, low, high, values)


def _values(match: re.Match[str]) -> list[tuple[str, int, int]]:
    """What is set, as (year, start, end): once for each year that is named (`2022年和2023年分别为24次、36次`)."""
    first = match.span("value")
    if match.re is not _SET:
        return [("", *first)]
    years = [f"{year}年" for year in _ONE_YEAR.findall(f"{match['before'] or ''}{match['years'] or ''}")]
    spans = [first]
    while "分别" in match["each"] and (following := _NEXT.match(match.string, spans[-1][1])):
        spans.append(following.span("value"))
    if "均" in match["each"]:
        spans *= len(years)
    if not years or len(spans) != len(years):
        return [("", *first)]
    return [(year, *span) for year, span in zip(years, spans, strict=True)]


def _rows(reader: _Reader, number: int) -> list[IndicatorRow]:
    """The items as rows below their groups."""
    rows: list[IndicatorRow] = []
    known: set[tuple[str, ...]] = set()
    for name, parents, targets in reader.items.values():
        path: tuple[str, ...] = ()
        for depth, parent in enumerate(parents):
            level = depth + 3 - len(parents)
            if (*path, parent.text) not in known:
                known.add((*path, parent.text))
                rows.append(IndicatorRow(level, parent, path, (), TABLE, number + len(rows), "target"))
            path = (*path, parent.text)
        place = number + len(rows)
        rows += [
            IndicatorRow(3, name, path, fields, TABLE, place, "target", year=year) for year, fields in _by_year(targets)
        ]
    return rows


def _by_year(targets: list[Target]) -> list[tuple[str, tuple[tuple[IndicatorField, Printed], ...]]]:
    """The first target set for each year, as fields; one row without fields where none is set."""
    first: dict[str, Printed] = {}
    for year, printed in targets:
        first.setdefault(year, printed)
    if len(first) > 1:
        first.pop("", None)
    return [(year, (("target", printed),)) for year, printed in first.items()] or [("", ())]


def restated(prose: list[IndicatorRow], rows: list[IndicatorRow]) -> tuple[list[IndicatorRow], list[Statement]]:
    """Targets of indicators that a table prints too become statements; the others stay rows of their own.

    What is set for one year restates a table only where all tables that print the indicator are of that year.
    """
    printed: dict[str, set[str]] = {}
    for row in rows if prose else ():
        printed.setdefault(stem(row.name.text), set()).add(row.year)
    statements = [
        Statement("target-quoted", row.fields, row.fields[0][1].span, subject=row.name)
        for row in prose
        if row.fields and (years := printed.get(stem(row.name.text))) and (not row.year or years == {row.year})
    ]
    kept = [row for row in prose if row.level == 3 and stem(row.name.text) not in printed]
    paths = {row.path[:depth] for row in kept for depth in (1, 2)}
    parents = [row for row in prose if row.level < 3 and (*row.path, row.name.text) in paths]
    return sorted(parents + kept, key=lambda row: row.row), statements


def adopt_parents(rows: list[IndicatorRow], prose: list[IndicatorRow]) -> list[IndicatorRow]:
    """Rows of target tables without groups of their own, put below the groups that prose gives their indicators.

    A table is adopted where at least half of its indicators are set by prose, all below the same groups.
    """
    if not prose:
        return rows
    paths = {stem(row.name.text): row.path for row in prose if row.level == 3}
    parents = {(*row.path, row.name.text): row for row in prose if row.level < 3}
    done: list[IndicatorRow] = []
    for table in dict.fromkeys(row.table_id for row in rows):
        own = [row for row in rows if row.table_id == table]
        done += _adopted(own, paths, parents)
    return done


def _adopted(
    own: list[IndicatorRow], paths: dict[str, tuple[str, ...]], parents: dict[tuple[str, ...], IndicatorRow]
) -> list[IndicatorRow]:
    """One table's rows, below the groups found for them, or as they are."""
    known = [paths[stem(row.name.text)] for row in own if stem(row.name.text) in paths]
    flat = all(row.table_role == "target" and row.level == 3 and len(row.path) < 2 for row in own)
    if not flat or len(set(known)) != 1 or len(known) * 2 < len(own):
        return own
    path, first = known[0], own[0]
    groups = [
        replace(parents[path[: depth + 1]], table_id=first.table_id, row=first.row, year=first.year)
        for depth in range(len(path))
        if path[: depth + 1] in parents
    ]
    return groups + [replace(row, path=path) for row in own]
