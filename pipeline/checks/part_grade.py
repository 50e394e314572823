"""Check: the grade told of one part (a county, a project) is that of its table row or of the scale (分项等级)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from extractors.provenance import SourceSpan
from extractors.segment.model import TableGrid
from normalizers.grades import grade_for, same_grade
from pipeline.checks.facts import Facts
from pipeline.checks.grids import NumberGrid
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import written
from pipeline.checks.wording import quote, where

RULE = "part-grade"
_GRADE = r"优秀|良好|优|良|中等|中|一般|合格|较差|差|不合格"
_SCORED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,20}?)(?:综合|评价|最终)?(?:得分?|评分)(?:为|是)?\s?(?P<score>\d{1,3}(?:\.\d+)?)\s?分"
)
_GRADED = re.compile(
    rf"(?:等级|等次|档次)(?:均|都)?(?:为|是|评定为)\s?[“\"「『]?(?P<grade>{_GRADE})(?![\u4e00-\u9fff])[”\"」』]?"
)
_WHOLE_GRADE = re.compile(_GRADE)
_BETWEEN = re.compile(r"[，,、；;（(）)和及与\s]*")  # what parts scores of one grade and their grade
_LEAST = 2  # other parts of the sentence that the scale grades as told


@frozen
class _Part:
    """A part with its score and the grade told of it (分项得分及等级)."""

    name: str
    score: Decimal
    grade: str
    scored: Operand
    graded: Operand


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("等级", "等次", "档次"):
        parts = list(_parts(sentence)) if sentence.cell is None else []
        for part in parts:
            yield from _in_table(facts, part) or _on_scale(facts, sentence, part, parts)


def _parts(sentence: Sentence) -> Iterator[_Part]:
    """`甲区得93.30分、乙县得90.90分，等级为“优”`: every score with the grade that stands next behind it."""
    grades = list(_GRADED.finditer(sentence.text))
    scores = list(_SCORED.finditer(sentence.text)) if grades else []
    start = 0
    for grade in grades:
        own = [one for one in scores if start <= one.start() and one.end() <= grade.start()]
        ends = [*(one.start() for one in own[1:]), grade.start()]
        joined = all(_BETWEEN.fullmatch(sentence.text, one.end(), end) for one, end in zip(own, ends, strict=False))
        for one in own if joined else ():
            scored, graded = sentence.span(one.start("score"), one.end()), sentence.span(*grade.span())
            yield _Part(
                one["name"],
                printed_digits(one["score"]).value,
                grade["grade"],
                _operand(scored, one["score"] + "分", "operand", one.start()),
                _operand(graded, grade["grade"], "reported", one.start()),
            )
        start = grade.end()


def _operand(span: SourceSpan, text: str, role: str, at: int) -> Operand:
    return Operand(f"text.part.{role}.{span.page}.{span.line}.{at}", role, text, None, span)


def _in_table(facts: Facts, part: _Part) -> list[Relation]:
    """The grade against that of the rows with this name and this very score."""
    found = []
    for grid in facts.number_grids:
        for at, label in enumerate(grid.labels):
            words = ["".join(word.split()) for word in label.split()]
            grades = [word for word in words if _WHOLE_GRADE.fullmatch(word)]
            figure = next((one for one in grid.rows[at] if one is not None and one.value == part.score), None)
            if (
                figure is not None
                and len(grades) == 1
                and any(part.name.endswith(word) for word in words if len(word) > 1)
            ):
                found.append(
                    _relation(part, grades[0], (part.scored, _cell(grid, at, grades[0]) or figure.operand("operand")))
                )
    return found


def _cell(grid: NumberGrid, at: int, grade: str) -> Operand | None:
    """The cell that prints the grade in a row of the table's body."""
    figure = next((one for one in grid.rows[at] if one is not None), None)
    if figure is None:
        return None
    cells = [one for one in grid.grid.cells if one.row == figure.cell.row and "".join(one.text.split()) == grade]
    return (
        Operand(f"{figure.table}r{figure.cell.row}.grade", "operand", grade, None, grid.grid.span(cells[0]))
        if cells
        else None
    )


def _on_scale(facts: Facts, sentence: Sentence, part: _Part, parts: list[_Part]) -> Iterator[Relation]:
    """The grade by the report's own scale, printed below the same heading, which grades the others as told."""
    scale = facts.report.scale
    lines = {
        line.number
        for block in sentence.section.blocks
        if not isinstance(block, TableGrid)
        for line in block.flow.lines
    }
    if scale[0].source != "report" or any(band.span is None or band.span.line not in lines for band in scale):
        return
    right = [one for one in parts if one is not part and same_grade(grade_for(one.score, scale) or "", one.grade)]
    expected = grade_for(part.score, scale)
    if expected is not None and len(right) >= _LEAST:
        yield _relation(part, expected, (part.scored,))


def _relation(part: _Part, expected: str, left: tuple[Operand, ...]) -> Relation:
    held = same_grade(expected, part.grade)
    relation = Relation(
        RULE,
        "consistent" if held else "inconsistent",
        left,
        (part.graded,),
        formula=f"{written(part.score)} → {expected}",
        reported=part.grade,
        computed=expected,
        severity="warning",
    )
    if held:
        return relation
    span = part.graded.span
    other = f"{where(left[-1].span)}所在表为“{expected}”" if len(left) > 1 else f"按报告所列等级标准应为“{expected}”"
    return replace(
        relation,
        title=f"“{part.name}”得 {written(part.score)} 分，等级“{part.grade}”有误（应为“{expected}”）",
        message=f"{where(span)}称“{part.name}”得 {part.scored.text}，“{quote(span, part.grade)}”，而{other}。",
    )


CHECK = Check(
    rule=RULE,
    name="分项等级",
    what="The grade told of one part beside its score is the one its row of a table prints, or that of the report's "
    "own scale.",
    why="Counties and projects are ranked and paid by the grade of their own score.",
    formula="grade told = grade of the row with this name and score; limit of grade ≤ score < limit of the next",
    tolerance="equality; the scale only where it stands below the same heading and grades two others as told",
    severity="warning",
    source="财预〔2020〕10号第十八条（等级划分）、第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 县区 | 总分 | 等级；表 t9 东山县 | 93.30 | 优；表 t9 西河县 | 78.90 | 中；"
        "文 西河县得78.90分，等级为“中”。",
    ),
    disagrees=(
        "表 t9 县区 | 总分 | 等级；表 t9 东山县 | 93.30 | 优；表 t9 西河县 | 78.90 | 中；"
        "文 西河县得78.90分，等级为“良”。",
    ),
    false_alarms=("scores on another scale", "rows that print two grades, of two ratings"),
)
