"""The notation of the rules' examples: a small report written line by line, made into an EvaluationReport.

One entry a line (or up to `；`), blank-separated; the number of the entry is the line of its evidence:

    评分表 决策/立项 权重 12 得分 11 得分率 91.67%     a row (汇总表 分表 附表 自评表 目标表) or 标题 正文 说明
    评分表 合计 权重 100 得分 88.5                     a total row
    行 自评表 甲 权重 50                               the same, and the row that printed it
    正文 总分 得分 88.5 等级 良                        the report's total and grade in prose
    正文 面积 满分        说明 监管 扣分 2             a claim of full marks; a deduction
    说明 里程 目标 ≥30公里                             a target quoted in prose
    等级 优 95 100                                     a band of the report's own scale
    字段 project 清渠整治项目                           a field of the report
    类别 self_evaluation                               the kind of report (default external_evaluation)
    资金 s1 spent 50万元 项=支出 处=2                   an amount of sentence s1 (t1r2: a row), in line 2
    题 一、 过程   子题 1. 资金        文 共有3个一级指标。         a heading; a paragraph below the last heading
    表 t9 年份 | 金额 | 增长率                         a row of a plain table
    表题 t9 2023年支出情况表                           the line above it that names it
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.pages import Line
from extractors.provenance import CellPlace, SourceSpan
from extractors.rows.model import IndicatorRow, Printed, ReportRows
from extractors.segment.model import (
    Block,
    Cell,
    Flow,
    Fragment,
    Heading,
    Paragraph,
    ReportPart,
    Section,
    TableGrid,
)
from normalizers.assemble import chosen
from normalizers.grades import NATIONAL
from normalizers.numbers import parse
from normalizers.records import (
    Claim,
    EvaluationReport,
    FundingLine,
    GradeBand,
    Indicator,
    Mention,
    MentionPlace,
)
from normalizers.units import money_unit, to_yuan

PLACES: dict[str, MentionPlace] = {
    "评分表": "scoring", "汇总表": "summary", "分表": "group", "附表": "annex", "自评表": "form", "目标表": "target",
    "标题": "heading", "正文": "prose", "说明": "cell-text",
}  # fmt: skip
FIELDS = {
    "权重": "weight", "得分": "score", "得分率": "score_rate", "扣分": "deduction", "目标": "target",
    "实际": "actual", "完成率": "completion", "细则": "rule", "备注": "comment", "比例": "share",
}  # fmt: skip
TABLES = ("scoring", "summary", "group", "annex", "form", "target")


@dataclass
class Sketch:
    """A report while its entries are read."""

    indicators: dict[tuple[int, tuple[str, ...]], list[Mention]] = field(default_factory=dict)
    fields: list[Mention] = field(default_factory=list)
    claims: list[tuple[tuple[str, ...] | None, Claim]] = field(default_factory=list)
    funding: list[FundingLine] = field(default_factory=list)
    scale: list[GradeBand] = field(default_factory=list)
    totals: list[IndicatorRow] = field(default_factory=list)
    sections: list[tuple[Heading | None, list[Block]]] = field(default_factory=lambda: [(None, [])])
    grids: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)
    captions: dict[str, Line] = field(default_factory=dict)
    kind: str = "external_evaluation"
    years: tuple[int, ...] = ()


def report(text: str) -> EvaluationReport:
    """The report that `text` writes down."""
    sketch = Sketch()
    for number, entry in enumerate(text.replace("；", "\n").splitlines(), start=1):
        if entry.strip():
            _read(sketch, number, entry.strip())
    return _built(sketch)


def _read(sketch: Sketch, number: int, entry: str) -> None:
    head, _, rest = entry.partition(" ")
    head = head.partition("：")[0]  # words of the sentence may follow the place: `正文：单位自评 总分 得分 98`
    words = rest.split()
    if head == "说明文":  # a sentence in the comment cell of an indicator's row
        _comment(sketch, number, words[0], " ".join(words[1:]))
        return
    if head == "细则表":  # a row of the scoring table with its rule cell
        _rule_row(sketch, number, entry, words)
        return
    if head == "行":
        _table_row(sketch, number, entry, words)
        entry = " ".join(words)
        head, words = words[0], words[1:]
    if head in PLACES:
        _marks(sketch, number, entry, head, words)
    elif head == "等级":
        low, high = Decimal(words[1]), Decimal(words[2])
        band = GradeBand(words[0], low or None, high, "report", _span(number, entry), high_included=high == 100)
        sketch.scale.append(band)
    elif head == "字段":
        sketch.fields.append(Mention(words[0], words[1], None, _span(number, entry), "prose"))
    elif head == "类别":
        sketch.kind = words[0]
    elif head == "年度":
        sketch.years = tuple(int(word) for word in words)
    elif head == "资金":
        sketch.funding.append(_money(number, entry, words))
    elif head in ("题", "子题", "文"):
        _prose(sketch, number, head, rest)
    elif head in ("表", "表题"):
        _grid(sketch, number, head, rest)
    else:
        raise ValueError(f"no entry begins with {head}")


def _marks(sketch: Sketch, number: int, entry: str, head: str, words: list[str]) -> None:
    place, name, values = PLACES[head], words[0], words[1:]
    scope = 0
    if "@" in name:
        name, _, digit = name.partition("@")
        scope = int(digit)
    pairs = _pairs(values)
    table = f"{place}{scope}" if place in TABLES else None
    if name == "总分":
        sketch.fields += _totals(number, entry, place, pairs)
        return
    if name == "合计":
        fields = tuple((FIELDS[key], Printed(value, _span(number, entry, table, key))) for key, value in pairs)
        sketch.totals.append(
            IndicatorRow(1, Printed("合计", _span(number, entry)), (), fields, table or "", number, place, "total")
        )
        return
    path = tuple(name.split("/"))
    mentions = sketch.indicators.setdefault((scope, path), [])
    for key, value in pairs:
        mention = _mention(number, entry, place, table, key, value)
        if key in ("扣分", "满分", "目标", "比例") and place not in TABLES:
            kind = {"扣分": "deduction", "满分": "full-mark", "目标": "target-quoted", "比例": "score-share"}[key]
            sketch.claims.append((path, Claim(kind, None, ((mention.field, mention),), mention.span)))
        if key != "比例":
            mentions.append(mention)


def _comment(sketch: Sketch, number: int, name: str, text: str) -> None:
    """A paragraph below a heading that bears the indicator's name."""
    sketch.sections.append((Heading(1, "", name, _flow(number, name)), [Paragraph(_flow(number, text))]))


def _rule_row(sketch: Sketch, number: int, entry: str, words: list[str]) -> None:
    _marks(sketch, number, entry, "评分表", words)
    pairs = dict(_pairs(words[1:]))
    row = [""] * len(FIELDS)
    row[list(FIELDS).index("细则")] = pairs["细则"]
    sketch.grids.setdefault("scoring0", [(0, [""])] * number).append((number, row))


def _table_row(sketch: Sketch, number: int, entry: str, words: list[str]) -> None:
    owner, _, printed = words[1].partition("~")  # `甲~乙`: the row prints 乙 for the indicator 甲
    place, path = PLACES[words[0]], tuple(owner.split("/"))
    words[1] = owner
    table = f"{place}0"
    fields = tuple((FIELDS[key], Printed(value, _span(number, entry, table, key))) for key, value in _pairs(words[2:]))
    name = Printed(printed or path[-1], _span(number, entry, table))
    sketch.totals.append(IndicatorRow(len(path), name, path[:-1], fields, table, number, place))


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    pairs = []
    while words:
        key = words.pop(0)
        pairs.append((key, "满分" if key == "满分" else words.pop(0)))
    return pairs


def _mention(number: int, entry: str, place: MentionPlace, table: str | None, key: str, value: str) -> Mention:
    name = "score" if key == "满分" else FIELDS[key]
    parsed = None if key == "满分" else parse(value)
    return Mention(name, value, parsed, _span(number, entry, table, key), place, "例", table, f"g{number}")


def _totals(number: int, entry: str, place: MentionPlace, pairs: list[tuple[str, str]]) -> list[Mention]:
    names = {"得分": "total_score", "权重": "total_weight", "等级": "grade"}
    return [
        Mention(names[key], value, None if key == "等级" else parse(value), _span(number, entry), place)
        for key, value in pairs
    ]


def _span(number: int, entry: str, table: str | None = None, key: str = "") -> SourceSpan:
    cell = None if table is None else CellPlace(table, number, list(FIELDS).index(key) if key in FIELDS else 0)
    return SourceSpan(entry, line=number, cell=cell)


def _money(number: int, entry: str, words: list[str]) -> FundingLine:
    group, role, printed = words[:3]
    options = dict(word.split("=", 1) for word in words[3:] if "=" in word)
    value = parse(printed)
    assert value is not None
    unit = money_unit(value.unit)
    value = replace(value, unit=unit)
    rate = role in ("execution_rate", "arrival_rate")
    table = group.partition("r")[0] if group.startswith("t") else None
    cell = None if table is None else CellPlace(table, int(group.partition("r")[2]), int(options.get("列", 0)))
    return FundingLine(
        role,
        options.get("项", ""),
        value,
        None if rate else to_yuan(value.value, unit),
        SourceSpan(options.get("原文", entry), line=int(options.get("处", number)), cell=cell),
        group,
        options.get("主体", ""),
        options.get("行", "item" if table else ""),
        table,
        int(options["年"]) if "年" in options else None,
    )


def _flow(number: int, text: str) -> Flow:
    return Flow(text, (0,), (Line(text, number),)) if text else Flow("", (), ())


def _prose(sketch: Sketch, number: int, head: str, rest: str) -> None:
    if head == "文":
        sketch.sections[-1][1].append(Paragraph(_flow(number, rest)))
        return
    label, _, title = rest.partition(" ")
    sketch.sections.append((Heading(1 if head == "题" else 2, label, title, _flow(number, rest)), []))


def _grid(sketch: Sketch, number: int, head: str, rest: str) -> None:
    name, _, cells = rest.partition(" ")
    if head == "表题":
        sketch.captions[name] = Line(cells, number)
        return
    if name not in sketch.grids:
        sketch.grids[name] = []
    sketch.grids[name].append((number, [cell.strip() for cell in cells.split("|")]))


def _table(name: str, rows: list[tuple[int, list[str]]], caption: str) -> TableGrid:
    cells = tuple(
        Cell(_flow(number, text), row, column)
        for row, (number, texts) in enumerate(rows)
        for column, text in enumerate(texts)
    )
    first, last = _span(rows[0][0], ""), _span(rows[-1][0], "")
    width = max(len(texts) for _, texts in rows)
    fragment = Fragment(first, last, (0, len(rows)), "")
    return TableGrid(name, "tabs", caption, "", 1, len(rows), width, cells, (fragment,))


def _built(sketch: Sketch) -> EvaluationReport:
    indicators = _indicators(sketch)
    index = {(one.scope, (*one.path, one.name)): one.index for one in indicators}
    claims = tuple(replace(claim, owner=None if path is None else index[0, path]) for path, claim in sketch.claims)
    headed = _sections(sketch)
    if sketch.grids:
        titles = {name: sketch.captions[name].text if name in sketch.captions else "" for name in sketch.grids}
        tables = tuple(_table(name, rows, titles[name]) for name, rows in sketch.grids.items())
        headed[-1] = replace(headed[-1], blocks=(*headed[-1].blocks, *tables))
    lines = tuple(
        line
        for section in headed
        for block in section.blocks
        if isinstance(block, Paragraph)
        for line in block.flow.lines
    )
    part = ReportPart(1, "report", (), tuple(headed), (*lines, *sketch.captions.values()))
    rows = ReportRows(part, (), tuple(sketch.totals), (), ())
    return EvaluationReport(
        "r0", "例.txt", 1, sketch.kind, (), sketch.years, tuple(sketch.fields), indicators, tuple(sketch.funding),
        tuple(sketch.scale) or NATIONAL, claims, rows,
    )  # type: ignore[arg-type]  # fmt: skip


def _sections(sketch: Sketch) -> list[Section]:
    headed: list[Section] = []
    above: Heading | None = None
    for heading, blocks in sketch.sections:
        above = heading if heading is not None and heading.level == 1 else above
        path = tuple(one for one in (above, heading) if one is not None) if heading is not above else (above,)
        headed.append(Section(heading, path if heading is not None else (), tuple(blocks)))
    return headed


def _indicators(sketch: Sketch) -> tuple[Indicator, ...]:
    known = dict(sketch.indicators)
    for scope, path in list(known):
        for depth in range(1, len(path)):
            known.setdefault((scope, path[:depth]), [])
    ordered = sorted(known, key=lambda item: (item[0], _first_place(item, known), len(item[1])))
    places = {item: number for number, item in enumerate(ordered)}
    return tuple(_indicator(item, known[item], places) for item in ordered)


def _first_place(item: tuple[int, tuple[str, ...]], known: dict[tuple[int, tuple[str, ...]], list[Mention]]) -> int:
    scope, path = item
    lines = [
        mention.span.line or 0
        for (other, longer), mentions in known.items()
        if other == scope and longer[: len(path)] == path
        for mention in mentions
    ]
    return min(lines, default=0)


def _indicator(
    item: tuple[int, tuple[str, ...]], mentions: list[Mention], places: dict[tuple[int, tuple[str, ...]], int]
) -> Indicator:
    scope, path = item
    ordered = tuple(mentions)
    return Indicator(
        places[item],
        len(path),
        path[-1],
        path[:-1],
        places.get((scope, path[:-1])),
        (path[-1],),
        ordered,
        chosen(ordered, only_prose=False),
        ordered[0].span if ordered else SourceSpan("", line=0),
        scope,
    )
