"""How many parts were graded 优, 良, 中 (各等级个数), against the table that grades as many."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extractors.segment.model import TableGrid
from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

_GRADES = ("优秀", "良好", "中等", "合格", "优", "良", "中", "差")
_SHORT = {"优秀": "优", "良好": "良", "中等": "中"}
_N = r"(?P<count>[\d一二两三四五六七八九十](?:(?<=\d)\d)?)"
# 5个街道中，1个街道评价等级为“优”，2个为“良”，2个为“中”
_COUNTED = re.compile(
    rf"{_N}\s?[个家所][^，。；、\d]{{0,14}}?(?:等级|等次)?为\s?[“\"「]?(?P<grade>{'|'.join(_GRADES)})[”\"」]?(?=[，,。；;、]|$)"
)
_WHOLE = re.compile(r"[合总小]\s*计|平均|均值|总体|综合|整体|项目$")
_SELF = re.compile("自评")
_LEAST = 2  # grades told with their counts


def grades_counted(facts: Facts, rule: str) -> Iterator[Relation]:
    """Every sentence with counts of two grades or more, where every table that grades as many parts says otherwise."""
    for sentence in facts.saying("等级", "等次"):
        matches = list(_COUNTED.finditer(sentence.text)) if sentence.cell is None else []
        told = {_plain(one["grade"]): _number(one["count"]) for one in matches}
        if len(told) < _LEAST or len(told) < len(matches):
            continue
        tables = [found for grid in facts.tables if (found := _graded(grid, bool(_SELF.search(sentence.text))))]
        alike = [cells for cells in tables if len(cells) == sum(told.values())]
        counts = [Counter(_plain(one.text) for one in cells) for cells in alike]
        if alike and all(count != +Counter(told) for count in counts):
            yield _relation(rule, sentence, matches, alike[0])


def _graded(grid: TableGrid, of_self: bool) -> list[Operand]:
    """The grades of a table's rows, where one column has them, each row one."""
    top = max(grid.header_rows, 1)
    dense = grid.dense()
    heads = [at for at, cell in enumerate(dense[0]) if cell is not None and "等" in cell.text and cell.column == at]
    if len(heads) != 1 or of_self or _SELF.search(getattr(dense[0][heads[0]], "text", "")):
        return []
    rows = [row for row in dense[top:] if not any(cell is not None and _WHOLE.search(cell.text) for cell in row[:2])]
    cells = [row[heads[0]] for row in rows]
    if not all(cell is not None and cell.row_span == 1 and "".join(cell.text.split()) in _GRADES for cell in cells):
        return []
    return [
        Operand(
            f"{grid.table_id}r{cell.row}c{cell.column}", "operand", "".join(cell.text.split()), None, grid.span(cell)
        )
        for cell in cells
        if cell is not None
    ]


def _plain(grade: str) -> str:
    return _SHORT.get(grade, grade)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_integer(text) or 0


def _relation(rule: str, sentence: Sentence, matches: list[re.Match[str]], cells: list[Operand]) -> Relation:
    counted = Counter(_plain(one.text) for one in cells)
    wrong = next(one for one in matches if counted[_plain(one["grade"])] != _number(one["count"]))
    right = here(sentence, wrong.span(), "reported")
    found = "、".join(f"{grade} {count}" for grade, count in counted.items())
    return contradicted(
        rule,
        tuple(cells),
        right,
        formula=f"表中 {found}",
        computed=found,
        difference=Decimal(_number(wrong["count"]) - counted[_plain(wrong["grade"])]),
        title=f"各等级个数与表不符：{right.text}（表中 {found}）",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，"
        f"{where(cells[0].span)}起的表中各等级个数为 {found}。",
    )
