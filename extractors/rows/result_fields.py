"""Total and grade as fields of their own (要素形式的总分、等级): a form's cell, a line `等级：优` below the total's."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.folded import fold
from extractors.pages import Line
from extractors.rows.front import Fields
from extractors.rows.grade_words import LETTER, WORD
from extractors.rows.model import Printed
from extractors.rows.text import cell_printed, cell_text, tidy
from extractors.segment.model import TableGrid

_HEAD_ROWS = 3
_TOTAL_LABEL = re.compile(r"(?:绩效)?(?:自评|评价)总得?分(?:\((?:分|百分制)\))?")
_NUMBER = re.compile(r"\d{2}(?:\.\d+)?(?:分)?")
_TOTAL_LINE = re.compile(r"(?:自评|评价|综合|最终|总)(?:得分|总分|总得分|分)[:：]\s?\d{2,3}(?:\.\d+)?分?。?")
_GRADE_LINE = re.compile(
    rf"(?:评价|自评|绩效|综合)?(?:等级|等次|级别|档次)[:：]\s?[“\"]?(?P<grade>{LETTER}|{WORD})[”\"]?(?=$|[(（。；;])"
)
_LEAST = Decimal(30)


def total_of_form(grid: TableGrid) -> Fields:
    """`自评总分（分） | 93.4` among a form's first rows: the number right behind the label."""
    filled = [cell for cell in grid.cells if cell.row <= _HEAD_ROWS and cell.text]
    return [
        ("total_score", cell_printed(grid, value))
        for label, value in pairwise(filled)
        if label.row == value.row
        and "总" in label.flow.text
        and _TOTAL_LABEL.fullmatch(fold(cell_text(label)))
        and _NUMBER.fullmatch(cell_text(value))
        and Decimal(cell_text(value).rstrip("分")) >= _LEAST
    ]


def grade_below_total(lines: Sequence[Line]) -> Fields:
    """`总得分：91.2` and on the next line `等级：优`: the grade, which alone might be anybody's."""
    fields: Fields = []
    for upper, lower in pairwise([line for line in lines if line.text.strip()]):
        match = _GRADE_LINE.match(fold(lower.text).strip())
        if match and _TOTAL_LINE.fullmatch(fold(upper.text).strip()):
            fields.append(("grade", Printed(tidy(match["grade"]), lower.span())))
    return fields
