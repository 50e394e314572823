"""How far one rate is from its target or from the whole (与目标、总体相差的百分点), against what both are elsewhere."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import TOTAL
from pipeline.checks.model import Operand, Relation
from pipeline.checks.places import here
from pipeline.checks.slip import is_misprint
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.wording import quote, where

_N = r"(?<![\d.,])\d{1,3}(?:\.\d{1,2})?"
# 满意度88.18%，比目标值低1.82个百分点 / 县级支出率93.40%，低于总体支出率4.27个百分点
_GAP = re.compile(
    rf"(?P<value>{_N})\s?[%％][，,]?(?:但|仍|均|还)?(?:"
    rf"(?:比|较)(?P<base>(?:年度|绩效|预期)?目标值?|(?:总体|整体|全部|合计)[\u4e00-\u9fff]{{0,6}})(?P<way>低|高)(?:出|了)?"
    rf"|(?P<way2>低于|高于)(?P<base2>(?:年度|绩效|预期)?目标值?|(?:总体|整体|全部|合计)[\u4e00-\u9fff]{{0,6}}))"
    rf"(?P<gap>{_N})\s?个?百分点"
)
_RATE = re.compile(rf"(?P<bound>≥|≤|不低于|不高于)?\s?(?P<rate>{_N})\s?[%％](?P<goal>[^，。；\d]{{0,2}}目标)?")
_GOAL = re.compile(r"目标|未达到?$")


def gaps(facts: Facts, rule: str) -> Iterator[Relation]:
    """Every gap that the one base printed beside the rate does not give, though for a misprint."""
    told = [(one, match) for one in facts.saying("百分点") for match in _GAP.finditer(one.text)]
    printed = _percents(facts) if told else frozenset()
    for sentence, match in told:
        base = match["base"] or match["base2"]
        value, gap = printed_digits(match["value"]).value, printed_digits(match["gap"])
        low = (match["way"] or match["way2"])[0] == "低"
        if (value + gap.value if low else value - gap.value) in printed:
            continue
        find = _goals if "目标" in base else _wholes
        bases = {one.value: one for one in find(facts, value) if one.value is not None}
        if len(bases) == 1:
            (found,) = bases.values()
            yield from _misprinted(rule, sentence, match, found)


def _percents(facts: Facts) -> frozenset[Decimal]:
    """The percentages that the report prints."""
    texts = [one.text for one in facts.numbered]
    texts += [cell.text for grid in facts.tables for cell in grid.cells]
    texts = [text for text in texts if "%" in text or "％" in text]
    return frozenset([printed_digits(one["rate"]).value for text in texts for one in _RATE.finditer(text)])


def _misprinted(rule: str, sentence: Sentence, match: re.Match[str], base: Operand) -> Iterator[Relation]:
    """The relation where the gap told is the true one but for a digit, or for two exchanged."""
    digits = printed_digits(match["gap"]).digits
    low = (match["way"] or match["way2"])[0] == "低"
    value = printed_digits(match["value"]).value
    true = ((base.value or Decimal(0)) - value) * (1 if low else -1)
    if true <= 0 or not is_misprint(f"{true:.{digits}f}", match["gap"]) or true != round(true, digits):
        return
    right = replace(here(sentence, (match.start("gap"), match.end())), role="reported")
    left = here(sentence, (match.start("value"), match.end("value")))
    computed = f"{true:.{digits}f}个百分点"
    yield contradicted(
        rule,
        (left, base),
        right,
        formula=f"{left.text}% 与 {base.text} 相差 {computed}",
        computed=computed,
        title=f"相差 {right.text} 与两数不符（应为 {computed}）",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，{where(base.span)}为 {base.text}，"
        f"与 {left.text}% 相差 {computed}。",
    )


def _goals(facts: Facts, value: Decimal) -> Iterator[Operand]:
    """The targets told of this rate: in its sentence, or in its row of a table."""
    for sentence in facts.saying("目标"):
        rates = list(_RATE.finditer(sentence.text)) if sentence.cell is None else []
        if any(printed_digits(one["rate"]).value == value for one in rates) and len(rates) == 2:
            for one in rates:
                before = sentence.text[max(one.start() - 4, 0) : one.start()]
                if printed_digits(one["rate"]).value != value and (one["bound"] or _GOAL.search(before)):
                    yield here(sentence, (one.start("rate"), one.end("rate")))
    for row in _rows(facts):
        if any(number == value and not bound for _, number, bound in row):
            yield from (operand for operand, _, bound in row if bound)


def _rows(facts: Facts) -> Iterator[list[tuple[Operand, Decimal, bool]]]:
    """The rates of each row of a table, and whether they are bounds."""
    for grid in facts.tables:
        rows: dict[int, list[tuple[Operand, Decimal, bool]]] = {}
        for cell in grid.cells:
            match = _RATE.fullmatch(cell.text.strip())
            if match is not None:
                number = printed_digits(match["rate"]).value
                key = f"{grid.table_id}r{cell.row}c{cell.column}"
                one = Operand(key, "operand", match[0], number, grid.span(cell))
                rows.setdefault(cell.row, []).append((one, number, bool(match["bound"])))
        yield from rows.values()


def _wholes(facts: Facts, value: Decimal) -> Iterator[Operand]:
    """The rates of total rows in the columns that print this rate."""
    for grid in facts.tables:
        here_ = [cell for cell in grid.cells if _is(cell.text, value)]
        totals = {cell.row for cell in grid.cells if TOTAL.search("".join(cell.text.split())) and cell.column < 2}
        for cell in grid.cells:
            match = _RATE.fullmatch(cell.text.strip())
            if match is not None and cell.row in totals and any(one.column == cell.column for one in here_):
                key = f"{grid.table_id}r{cell.row}c{cell.column}"
                yield Operand(key, "operand", match[0], printed_digits(match["rate"]).value, grid.span(cell))


def _is(text: str, value: Decimal) -> bool:
    match = _RATE.fullmatch(text.strip())
    return match is not None and printed_digits(match["rate"]).value == value
