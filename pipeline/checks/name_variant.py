"""Check: an indicator bears one name (指标名称一致)."""

import re
from collections.abc import Iterator

from extractors.provenance import SourceSpan
from extractors.rows.model import IndicatorRow
from normalizers.names import bare, key
from normalizers.records import Indicator
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import where

RULE = "name-variant"
# A heading that says what is wrong with an indicator (`预算调整率偏高`) is no print of its name.
_FAULT = re.compile(
    r"偏[高低大小慢少多]|不[足高够强全到实力佳严细准明清合规健及尽达]|较[低高慢差弱少]|过[高低多少慢]|滞后|缓慢|有待|欠缺|缺乏|未|需|薄弱|存在|问题|下降|加强|完善|优化|强化"
)


def _test(facts: Facts) -> Iterator[Relation]:
    prints = _names(facts)
    for indicator in facts.report.indicators:
        if indicator.index not in prints:
            continue
        first = Operand("text.name", "operand", indicator.name, None, indicator.span)
        for text, span in _variants(indicator, prints.get(indicator.index, [])):
            yield _variant(indicator, first, text, span)


def _names(facts: Facts) -> dict[int, list[tuple[str, SourceSpan]]]:
    """Index of an indicator -> its name as each row and each heading prints it, where it is not the very same."""
    rows = {
        (row.table_id, row.row, row.level): row for row in facts.report.rows.indicators if row.row_role == "indicator"
    }
    found: dict[int, list[tuple[str, SourceSpan]]] = {}
    for one in facts.report.indicators:
        cells = [mention.span.cell for mention in one.mentions]
        for table, at in dict.fromkeys([(cell.table, cell.row) for cell in cells if cell is not None]):
            row = rows.get((table, at, one.level))
            if row is not None and row.name.text != one.name and _upright(row):
                found.setdefault(one.index, []).append((row.name.text, row.name.span))
    for index, sentences in facts.spoken.items():
        name = facts.report.indicators[index].name
        for heading in {
            id(s.heading): s.heading for s in sentences if s.heading is not None and s.cell is None
        }.values():
            if heading.flow.lines and heading.title != name:
                found.setdefault(index, []).append((heading.title, heading.flow.span(0, len(heading.flow.text))))
    return found


def _upright(row: IndicatorRow) -> bool:
    """Whether the values stand in the printed row of their number, not in columns of a table on its side."""
    cells = [printed.span.cell for _, printed in row.fields]
    return all(cell is None or cell.row == row.row for cell in cells)


def _variants(indicator: Indicator, prints: list[tuple[str, SourceSpan]]) -> Iterator[tuple[str, SourceSpan]]:
    """Each other name once; numbering, weights and fillers like 指标 make no other name."""
    seen = {key(indicator.name)}
    known = {key(name) for name in indicator.names}
    for text, span in prints:
        mine = key(text)
        if mine not in seen and (span.cell is not None or mine in known or _near(mine, indicator)):
            seen.add(mine)
            yield bare(text), span


def _near(mine: str, indicator: Indicator) -> bool:
    """A heading's title counts where it has most of its characters in common with the name."""
    name = key(indicator.name)
    if _FAULT.search(mine.replace(name, "")):
        return False
    return len(mine) >= 4 and len(set(mine) & set(name)) * 3 >= len(set(mine) | set(name)) * 2


def _variant(indicator: Indicator, first: Operand, text: str, span: SourceSpan) -> Relation:
    return spotted(
        RULE,
        "text.names",
        [first, Operand("text.name", "operand", text, None, span)],
        title=f"同一指标名称不一：“{indicator.name}”与“{text}”",
        message=f"{where(first.span)}为“{indicator.name}”，{where(span)}为“{text}”，疑为同一指标的不同写法。",
        reported=text,
        severity="info",
    )


CHECK = Check(
    rule=RULE,
    name="指标名称一致",
    what="One indicator bears one name in tables, headings and annexes.",
    why="Names that differ make it doubtful which indicator a score belongs to.",
    formula="name here = name there",
    tolerance="numbering, bracketed weights and fillers (指标, 分析) apart",
    severity="info",
    source="财预〔2020〕10号第十四条（指标内涵明确）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("评分表 群众满意度 权重 5 得分 5；说明文 群众满意度 群众满意度为九成。",),
    disagrees=("行 评分表 资金分配合理性 权重 5；行 附表 资金分配合理性~资金计划合理性 权重 5",),
    false_alarms=("names shortened by leaving out 指标 or numbering",),
)
