"""Check: the numbers that a sentence tells of the rows or columns a table names are the table's (正文引用表格数据)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from pipeline.checks.facts import Facts
from pipeline.checks.grids import Figure, NumberGrid
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.wording import quote, where

RULE = "told-cells"
_NUMBER = re.compile(r"(?<![\d.,第])\d[\d,]{0,15}(?:\.\d{1,6})?(?!\d|\s?年|\s?月|[.]\d)")
_PARTS = re.compile(r"[^。]+")  # clauses parted by ； belong together
_INNER = re.compile(r"[（(][^（()）]*[)）]|\s")
_LEAST = 4  # names of the table that a sentence tells numbers of
_SHORTEST = 2  # characters of a name
_FINE = 2  # digits of a number that is not another's by chance
_OFF = 10  # by a tenth at most what is told may miss its cell and still mean it
_LONGEST = 4000  # characters of a paragraph looked at
_MOST = 30  # names of one table looked for


@frozen
class Line:
    """A row or column of a table by its names (一行数据): the figure of each name."""

    figures: tuple[tuple[str, Figure], ...]


def _test(facts: Facts) -> Iterator[Relation]:
    grids = facts.number_grids
    paragraphs = {id(one.flow): one for one in facts.numbered if one.cell is None} if grids else {}
    whole = "\n".join([paragraph.flow.text for paragraph in paragraphs.values()])
    lines = [line for grid in grids for line in _lines(grid, whole)]
    names = {name for line in lines for name, _ in line.figures if name in whole}
    for paragraph in paragraphs.values() if len(names) >= _LEAST else ():
        for part in _PARTS.finditer(paragraph.flow.text, 0, _LONGEST):
            if sum(name in part[0] for name in names) < _LEAST:
                continue
            sentence = replace(paragraph, text=part[0], start=part.start(), end=part.end())
            found = [relation for line in lines if (relation := _told(sentence, line)) is not None]
            yield from found[:1]


def _lines(grid: NumberGrid, whole: str) -> Iterator[Line]:
    """Every row and column of a table whose cells are named by the other side's labels, enough of them in the text."""
    for side in (grid, grid.turned):
        names = [_INNER.sub("", label) for label in side.labels]
        if sum(len(name) >= _SHORTEST and name in whole for name in names) < _LEAST:
            continue  # as mostly
        named = [(at, name) for at, name in enumerate(names) if len(name) >= _SHORTEST and names.count(name) == 1]
        for column in range(side.width):
            figures = [(name, figure) for at, name in named if (figure := side.rows[at][column]) is not None]
            if _LEAST <= len(figures) <= _MOST:
                yield Line(tuple(figures))


def _told(sentence: Sentence, line: Line) -> Relation | None:
    """What a sentence tells of a line: all numbers but one are the cells of the names it tells; that one is not."""
    told = [(name, figure) for name, figure in line.figures if name in sentence.text]
    if len(told) < _LEAST:
        return None
    numbers = [(match, printed_digits(match[0])) for match in _NUMBER.finditer(sentence.text)]
    values = [number.value for _, number in numbers]
    missing = [(name, figure) for name, figure in told if figure.value not in values]
    if len(missing) != 1 or len({figure.value for _, figure in told}) < len(told):
        return None
    name, figure = missing[0]
    cells = {one.value for _, one in line.figures}
    at = sentence.text.find(name) + len(name)
    others = [sentence.text.find(one) for one, _ in told if one != name]
    end = min((other for other in others if other > at), default=len(sentence.text))
    behind = [(match, number) for match, number in numbers if at <= match.start() < end and number.value not in cells]
    if len(behind) != 1 or sentence.text.count(name) != 1:
        return None
    match, number = behind[0]
    alike = number.digits == figure.number.digits and len(match[0].replace(",", "").replace(".", "")) >= _FINE
    if not alike or abs(number.value - figure.value) * _OFF > abs(figure.value):
        return None
    return _relation(sentence, match, number.value, name, figure)


def _relation(sentence: Sentence, match: re.Match[str], value: Decimal, name: str, figure: Figure) -> Relation:
    span = sentence.span(match.start(), match.end())
    cell = figure.operand("operand")
    relation = Relation(
        RULE,
        "inconsistent",
        (cell,),
        (Operand(f"text.cell.{span.page}.{span.line}.{match.start()}", "reported", match[0], value, span),),
        formula=f"{figure.cell.text} ≠ {match[0]}",
        reported=match[0],
        computed=figure.cell.text,
        difference=value - figure.value,
        severity="warning",
    )
    return replace(
        relation,
        title=f"正文所述“{name}”的 {match[0]} 与表中 {figure.cell.text} 不符",
        message=f"{where(span)}“{quote(span, match[0])}”，{where(cell.span)}表中“{name}”为 {figure.cell.text}；"
        "同一句所述其余各项与该表相符。",
    )


CHECK = Check(
    rule=RULE,
    name="正文引用表格数据",
    what="A sentence that tells a table's numbers name by name tells those of the table.",
    why="A sentence written from an earlier table keeps an old number.",
    formula="number told of a name = the name's cell",
    tolerance="equality; fails only where the sentence tells four names of the table or more, the others right, and "
    "the one is off by a tenth at most",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=(
        "文 从得分看，青石县96.9分，白水县96分，赤山县92.8分，黄沙县81.7分。；表 t9 县区 | 得分；表 t9 青石县 | 96.9；"
        "表 t9 白水县 | 96；表 t9 赤山县 | 92.8；表 t9 黄沙县 | 81.7",
    ),
    disagrees=(
        "文 从得分看，青石县96.9分，白水县96分，赤山县92.8分，黄沙县83.7分。；表 t9 县区 | 得分；表 t9 青石县 | 96.9；"
        "表 t9 白水县 | 96；表 t9 赤山县 | 92.8；表 t9 黄沙县 | 81.7",
    ),
    false_alarms=("numbers of another column told in the same words",),
)
