"""Fields of the report itself (报告要素): all mentions, the preferred one of each field first."""

import re
from collections import Counter

from extractors.pages import Line
from extractors.rows.bodies import from_form, from_prose, from_signature, short_names
from extractors.rows.front import FIRM, Fields, labelled, read_front
from extractors.rows.model import Printed, Statement
from extractors.rows.result_fields import grade_below_total, total_of_form
from extractors.rows.spaced_fields import spaced_fields
from extractors.rows.tables import TableRead
from extractors.rows.text import Squeezed, squeeze
from extractors.segment.model import Paragraph, ReportPart, TableGrid

_YEAR = re.compile(r"(?:19|20)\d\d\s?(?:年\s?)?(?:[-—~～至]\s?(?:19|20)\d\d\s?)?年度?")
# Where a year is the year evaluated: the most telling place first.
_FISCAL: tuple[tuple[str, re.Pattern[str]], ...] = (  # each with what stands in all that it finds
    ("年度)", re.compile(r"^\((?P<year>(?:19|20)\d\d年度)\)$")),  # below the title of a form
    ("项目", re.compile(rf"(?P<year>{_YEAR.pattern})(?:该|本)?项目(?:资金|支出|预算)")),
    ("", re.compile(r"(?:基准日|评价年度|评价期间|评价时段|评价期)[^，。]{0,6}?(?P<year>(?:19|20)\d\d年)")),
    ("对", re.compile(rf"对(?P<year>{_YEAR.pattern})[^，。]{{2,40}}(?:评价|自评)")),
    ("年度", re.compile(r"(?P<year>(?:19|20)\d\d年度)")),
)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年)")
_BUDGETED = re.compile(r"(?P<year>(?:19|20)\d\d年)(?:年初|部门|项目|当年)?预算(?:安排|批复|数|总额|资金)?[为共计是]?\d")
_FINANCE = re.compile(r"财政(?:局|厅|部|所|金融局)$")
_TARGET_HEAD = re.compile(r"(?P<year>(?:19|20)\d\d年)度?(?:目标值|指标值|完成值|实际)")


def read_fields(
    part: ReportPart,
    tables: list[TableRead],
    texts: list[Squeezed],
    statements: list[Statement],
    attached: frozenset[str] = frozenset(),
) -> Fields:
    """Every mention of a report field, in order of preference within each field.

    texts: of the paragraphs, in order. attached: ids of the tables whose totals are not the report's.
    """
    shorts: dict[str, Printed] = {}
    for text in texts:
        shorts = short_names(text) | shorts
    before, outside = _before_headings(part), _outside_tables(part)
    front = read_front(part.front) + labelled(before)
    forms = [field for table in tables for field in from_form(table.grid)]
    forms += spaced_fields([*part.front, *outside])
    prose = [field for text in texts for field in from_prose(text, shorts)]
    titles = [field for field in front if field[0] == "project"]
    fields = [field for field in front if field[0] != "project"]
    fields += [field for field in forms if field[0] == "project"] + titles
    fields += [field for field in forms if field[0] != "project"] + prose + from_signature(outside)
    fields += _fiscal_years(texts, part)
    fields = _third_party_first(fields)
    filled = [("evaluated_body", printed) for name, printed in fields if name == "filled_by"]
    fields = [field for field in fields if field[0] != "filled_by"] + filled
    fields += _totals([table for table in tables if table.grid.table_id not in attached], statements)
    return fields + grade_below_total([*part.front, *before])


def _third_party_first(fields: Fields) -> Fields:
    """Where a firm evaluates beside a finance bureau called 评价单位, the bureau commissioned it."""
    evaluators = [printed for name, printed in fields if name == "evaluator"]
    if not any(FIRM.search(printed.text) for printed in evaluators):
        return fields
    return [
        ("commissioning_body", printed) if name == "evaluator" and _FINANCE.search(printed.text) else (name, printed)
        for name, printed in fields
    ]


def _before_headings(part: ReportPart) -> list[Line]:
    """Short lines before the first heading that the title page does not hold."""
    known = {id(line) for line in part.front}
    section = part.sections[0] if part.sections and part.sections[0].heading is None else None
    blocks = [] if section is None else [block for block in section.blocks if isinstance(block, Paragraph)]
    lines = [line for block in blocks for line in block.flow.lines]
    return [line for line in lines if id(line) not in known and len(line.text) < 120]


def _outside_tables(part: ReportPart) -> list[Line]:
    """The lines of paragraphs, in order."""
    return [
        line
        for section in part.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for line in block.flow.lines
    ]


def _fiscal_years(texts: list[Squeezed], part: ReportPart) -> Fields:
    """Years that table heads and prose name as the year evaluated, the most telling place first."""
    fields: Fields = []
    for grid in part.tables:
        fields += _head_years(grid)
    dated = [text for text in texts if "20" in text.text or "19" in text.text]  # as every pattern asks
    named: Counter[str] = Counter()
    for word, pattern in _FISCAL:
        found = [(text, match) for text in dated if word in text.text for match in pattern.finditer(text.text)]
        if len(found) > 1:  # of years told alike the one that is told most
            named = named or Counter(year[0] for text in dated for year in _ANY_YEAR.finditer(text.text))
            found.sort(key=lambda one: -named[one[1]["year"][:4]])
        for text, match in found:
            start, end = match.span("year")
            low, high = max(0, start - 10), min(len(text.text), end + 20)
            fields.append(("fiscal_year", text.printed(start, end, low, high)))
    return fields or _budget_years(texts)


def _budget_years(texts: list[Squeezed]) -> Fields:
    """The year whose budget the report tells, where it is one and nothing else names the year evaluated."""
    found = [(text, match) for text in texts if "预算" in text.text for match in _BUDGETED.finditer(text.text)]
    if len({match["year"] for _, match in found}) != 1:
        return []
    text, match = found[0]
    return [("fiscal_year", text.printed(*match.span("year"), *match.span()))]


def _head_years(grid: TableGrid) -> Fields:
    """The year in a target column's head (`2024年目标值`)."""
    fields: Fields = []
    for cell in grid.cells:
        if cell.row > 2:
            break
        text = squeeze(cell.flow, grid.place(cell)) if "年" in cell.flow.text else None
        match = _TARGET_HEAD.search(text.text) if text else None
        if match and text:
            fields.append(("fiscal_year", text.printed(*match.span("year"), 0, len(text.text))))
    return fields


def _totals(tables: list[TableRead], statements: list[Statement]) -> Fields:
    """Total, its weight and the grade: from prose first, then from the tables' total rows."""
    names = {"score": "total_score", "weight": "total_weight", "grade": "grade"}
    fields: Fields = []
    for statement in statements:
        if statement.kind == "total":
            fields += [(names[name], printed) for name, printed in statement.values if name in names]
    for table in sorted(tables, key=lambda table: _ORDER.index(table.role)):
        if table.role in ("target", "group"):
            continue
        for row in table.indicators():
            if row.row_role == "total":
                fields += [(names[name], printed) for name, printed in row.fields if name in names]
        fields += [("grade", printed) for printed in table.grades]
        fields += [] if table.sideways else total_of_form(table.grid)
    return fields


_ORDER = ("scoring", "form", "summary", "annex", "group", "target")
