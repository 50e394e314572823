"""Captions of tables that name last year although their amounts are told of this year (表题年度残留)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.segment.model import Cell, TableGrid
from normalizers.records import Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.wording import quote, where

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,]*\d|\s?[年%％])")
_WHOLE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# A table about more than one year, or about money of one year in another.
_BETWEEN = re.compile(
    r"上年|去年|本年|比较|对比|结转|结余资金|批次|提前|历年|近[三五两]年|变[化动]|学年|立项|下达|批复|计划|新[建开]|开工|竣工"
)
_OTHER_YEAR = re.compile(r"上年|去年|上期|本年|(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGITS = 4  # digits of an amount that two tables do not share by chance
_LEAST = 2  # such amounts


def captions(facts: Facts, rule: str, title: Mention, year: int) -> Iterator[Relation]:
    """Every table whose caption names, alone, the year before the title's; year: that of the title."""
    for grid in facts.tables:
        if set(_YEAR.findall(grid.caption)) == {f"{year - 1}"} and not _BETWEEN.search(grid.caption):
            told = _told(facts, grid, year)
            if len({found[1] for found in told}) >= _LEAST:
                yield from _relation(facts, rule, title, grid, told)


def _told(facts: Facts, grid: TableGrid, year: int) -> list[tuple[Cell, Decimal, Sentence, int]]:
    """(cell, amount, sentence, offset) of the amounts that sentences tell of `year`; none if any is of the year before.

    A table whose other cells name a year says itself of which year its columns are.
    """
    if any(_OTHER_YEAR.search(cell.text) for cell in grid.cells if cell.row <= grid.header_rows):
        return []
    amounts: dict[Decimal, Cell] = {}
    for cell in grid.cells:
        if _WHOLE.fullmatch(cell.text.strip()) and _digits(cell.text) >= _DIGITS:
            amounts.setdefault(printed_digits(cell.text.strip()).value, cell)
    found: list[tuple[Cell, Decimal, Sentence, int]] = []
    for sentence in facts.numbered if len(amounts) >= _LEAST else ():
        if sentence.cell is not None:
            continue
        for match in _AMOUNT.finditer(sentence.text):
            value = printed_digits(match[0]).value
            if value in amounts and f"{year - 1}" in sentence.text:
                return []
            if value in amounts and f"{year}年" in sentence.text[: match.start()]:
                found.append((amounts[value], value, sentence, match.start()))
    return found


def _digits(text: str) -> int:
    """How many digits of a number are left without the noughts at its end."""
    return len(printed_digits(text.strip()).value.normalize().as_tuple().digits)


def _relation(
    facts: Facts, rule: str, title: Mention, grid: TableGrid, told: list[tuple[Cell, Decimal, Sentence, int]]
) -> Iterator[Relation]:
    line = next((line for line in facts.report.rows.part.lines if grid.caption[:40] in line.text), None)
    if line is None:
        return
    cell, _, sentence, at = told[0]
    whole = Operand.of("text.title", "operand", title)
    text = cell.text.strip()
    left = Operand("text.told", "operand", text, None, sentence.span(at, at + len(text)))
    right = Operand("text.caption", "operand", grid.caption, None, line.span())
    old = _YEAR.findall(grid.caption)[0]
    yield spotted(
        rule,
        f"text.caption.{grid.table_id}",
        [whole, left, right],
        title=f"表题年度为 {old} 年，表中数据为次年",
        message=f"{where(right.span)}表题为“{grid.caption}”，而标题为“{quote(whole.span, title.text)}”，"
        f"表中 {text} 等数，{where(left.span)}述为次年（“{quote(left.span, text)}”），疑为上一年度文本未更新。",
        reported=old,
        severity="warning",
    )
