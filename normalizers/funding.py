"""Money and execution figures as records (资金): exact 元, role, and what each amount is for."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from extractors.frozen import replace
from extractors.remembered import Remembered
from extractors.rows.model import FundingCell, ReportRows, Statement
from normalizers.dates import years
from normalizers.form_funds import of_forms
from normalizers.names import key
from normalizers.numbers import parse
from normalizers.records import FundingLine
from normalizers.units import money_unit, to_yuan

_NAMES_MONEY = re.compile(r"(?:经费|资金|项目|工程|补助|补贴|专项|费|奖补|债券)$")
_IS_SOURCE = re.compile(r"(?:[省市县区本上]级|中央|地方|乡镇|自筹|配套|社会).{0,8}$")
_SOURCE_HEAD = re.compile(
    r"\s*(?:其中[:：]?)?(?:中央|[省市县区本上]级|地方|自治区|乡镇|自筹|自有|配套|社会|债券|专项债)"
)
_LISTED = re.compile(r"其中|包括|包含")  # what opens a list of the sources of one amount
_DEED = re.compile(r"安排|下达|到位|支出|拨付|收回|执行|调整")
# What a body's spending is divided into; 项目支出 alone may be all that a project spent.
BASIC_SPENDING, PROJECT_SPENDING = "基本支出", "项目支出"
_DIVIDED = re.compile(r"基本支出|人员(?:经费|支出)|(?:日常)?公用(?:经费|支出)")
_BRACKETED = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,20})[（(](?:年初)?预算[^（()）]{2,20}$")
_MANY_YEARS = re.compile(r"(?:^|[^\d年])(?:[二两三四五六七八九十]|[2-9])个?年(?!级)|历年|近几年")
_WRAPPED = 2  # lines that a hard-wrapped clause may go on for
_MOST_TOLD = 40  # amounts of one paragraph that a rate is looked up among
RATES = ("execution_rate", "arrival_rate")
_RATED = {"spent": "execution_rate", "arrived": "arrival_rate"}  # what an amount's rate is called
_RECKONED = re.compile(r"按照?[^，。]{0,10}?(?:计算|测算|口径)的?")  # 按全年预算数计算执行率
_GENERAL = re.compile(
    r"(?:19|20)\d{2}年?(?:度)?|本|该|此|项目|专项|财政|资金|预算|总额|年度|全年|年初|实际|计划|安排|下达|到位|支出|执行"
    r"|收回|调整|合计|总计|经费|金额|数|额|的|共|约|为|其中|率|年中|投入|当年|市级|县级|区级|省级|本级|批复|总"
)

_SHORT = 48  # characters
_Subjects = Callable[[str], str]  # what an amount is printed for -> its subject


def funding_lines(rows: ReportRows, project_names: tuple[str, ...]) -> tuple[FundingLine, ...]:
    """Every amount and rate of one report: table cells and sentences, in order of print."""
    sources, subject = _source_columns(rows.funding), _subjects(project_names)
    lines = [_of_cell(cell, subject, sources) for cell in rows.funding]
    lines += _told(rows, subject)
    return tuple(of_forms(sorted((line for line in lines if line is not None), key=_place)))


def _told(rows: ReportRows, subject: _Subjects) -> list[FundingLine | None]:
    """The amounts and rates of sentences; a rate that names nothing is of the part told right before it.

    `其中省级资金执行80万元，执行率96%`: the rate of 省级资金, not of the whole.
    """
    lines: list[FundingLine | None] = []
    told_of: dict[tuple[str, int | None], list[tuple[int, str, str]]] = {}  # line, quote and subject of amounts
    met: dict[tuple[str, int, str], int] = {}
    opened: tuple[str, FundingLine] | None = None  # quote that a source's budget opens, and that budget
    for statement in rows.of_kind("amount"):
        line = _of_statement(statement, "amount", subject)
        if line is not None and opened is not None and opened[0] == statement.span.quote:
            line = _of_source(line, opened[1])
            opened = opened if line.subject == opened[1].subject else None
        elif line is not None:
            opened = (statement.span.quote, line) if _opens_source(statement, line) else None
        lines.append(line)
        if line is not None and line.role in _RATED:
            place = (_RATED[line.role], statement.span.page)
            told_of.setdefault(place, []).append((statement.span.line or 0, statement.span.quote, line.subject))
    for statement in rows.of_kind("rate"):
        line = _of_statement(statement, "rate", subject)
        if line is not None and line.subject == "":
            at, said = statement.span.line or 0, statement.span.quote
            told = told_of.get((line.role, statement.span.page), [])
            near = [one for one in told if 0 <= at - one[0] <= _WRAPPED and one[1].endswith(said)][:_MOST_TOLD]
            subjects = [subject for _, _, subject in near]
            mark = (line.role, near[0][0] if near else at, said)
            number = met[mark] = met.get(mark, -1) + 1  # of rates told in the same words
            line = replace(line, subject=subjects[min(number, len(subjects) - 1)]) if subjects else line
        lines.append(line)
    return lines


def _opens_source(statement: Statement, line: FundingLine) -> bool:
    """Whether a sentence begins with the budget of one source (`县级配套资金预算30万元，实际支出22.53万元`)."""
    begins = bool(line.subject and statement.item) and statement.span.quote.startswith(statement.item)
    return begins and line.role.startswith(("budget", "arrived")) and bool(_SOURCE_HEAD.match(statement.item))


def _of_source(line: FundingLine, budget: FundingLine) -> FundingLine:
    """An amount told behind a source's budget: the source's, where it names nothing else and is not more."""
    fits = line.yuan is not None and budget.yuan is not None and line.yuan <= budget.yuan
    return replace(line, subject=budget.subject) if fits and not line.subject and not _WHOLE.search(line.item) else line


_WHOLE = re.compile(r"项目|全部|总|累计|合计|共")
_YEAR_ROW = re.compile(r"(?:19|20)\d\d\s?年?度?")  # `2024年 | 10,000 | 7,010`


def _place(line: FundingLine) -> tuple[int, int]:
    return line.span.page or 0, line.span.line or 0


def _source_columns(cells: Sequence[FundingCell]) -> dict[tuple[str, int], str]:
    """The columns of one source's money (中央支出) beside others of the same role (总支出): (table, column) -> head."""
    heads: dict[tuple[str, str], dict[int, str]] = {}
    for cell in cells:
        if cell.value.span.cell is not None:
            heads.setdefault((cell.table_id, cell.role.partition("_")[0]), {})[cell.value.span.cell.column] = cell.head
    beside = ((table, columns) for (table, _), columns in heads.items() if len(columns) > 1)
    return {
        (table, column): key(head)
        for table, columns in beside
        for column, head in columns.items()
        if _SOURCE_HEAD.match(head)
    }


def _of_cell(cell: FundingCell, subject: _Subjects, sources: Mapping[tuple[str, int], str]) -> FundingLine | None:
    number = parse(cell.value.text, cell.value.unit)
    if number is None:
        return None
    unit = money_unit(number.unit)
    place = cell.value.span.cell
    headed = years(cell.head) or (years(cell.item.text) if _YEAR_ROW.fullmatch(cell.item.text.strip()) else ())
    return FundingLine(
        role=cell.role,
        item=cell.item.text,
        number=number,
        yuan=None if cell.role in RATES else to_yuan(number.value, unit),
        span=cell.value.span,
        group=f"{cell.table_id}r{cell.row}",
        subject=subject(cell.item.text)
        or (sources.get((cell.table_id, place.column), "") if place is not None else ""),
        row_role=cell.row_role,
        year=headed[0] if len(headed) == 1 else None,
        table=cell.table_id,
    )


def _of_statement(statement: Statement, name: str, subject: _Subjects) -> FundingLine | None:
    printed = statement.value(name)
    number = parse(printed.text, printed.unit) if printed else None
    if printed is None or number is None:
        return None
    unit = money_unit(number.unit)
    named_years = years(statement.span.quote)
    return FundingLine(
        role=statement.role,
        item=statement.item,
        number=number,
        yuan=None if statement.role in RATES else to_yuan(number.value, unit),
        span=printed.span,
        group=_group(statement),
        subject=_part(statement)
        or subject(statement.item)
        or _bracketed(statement, printed.text, subject)
        or _headed(statement, subject)
        or _source(statement, printed.text),
        year=named_years[0] if len(named_years) == 1 else None,
    )


def _part(statement: Statement) -> str:
    """The part of a body's spending (`其中基本支出312万元，项目支出934万元`) that an amount is told of, '' if none."""
    item = statement.item
    found = _DIVIDED.search(item)
    if found:
        return found[0]
    return PROJECT_SPENDING if PROJECT_SPENDING in item and _DIVIDED.search(statement.span.quote) else ""


def _source(statement: Statement, printed: str) -> str:
    """The source (`其中省级补助资金20万元`) that an amount listed behind 其中 or 包括 comes from, '' if none."""
    before, found, _ = statement.span.quote.partition(printed)
    opened = list(_LISTED.finditer(before)) if found else []
    listed = before[opened[-1].end() :] if opened else ""
    clause = re.split(r"[，,、：:；;]", listed)[-1]
    return key(statement.item) if _IS_SOURCE.search(clause) and not _DEED.search(clause) else ""


def _bracketed(statement: Statement, printed: str, subject: _Subjects) -> str:
    """The sub-project in front of the bracket that tells its money (`书屋更新（预算109万元，支出98万元）`), or ''."""
    before = statement.span.quote.partition(printed)[0]
    found = _BRACKETED.search(before)
    return subject(found["name"]) if found and not _DEED.search(found["name"]) else ""


def _headed(statement: Statement, subject: _Subjects) -> str:
    """The sub-project whose numbered item an amount stands in (`2.非遗保护经费。年初预算60万元`), '' if none."""
    title = statement.path[-1].title if statement.path and statement.cell_row is None else ""
    return subject(title) if _NAMES_MONEY.search(title) else ""


def _group(statement: Statement) -> str:
    """Amounts of one sentence share a group; without sentence numbers, those of one line or table row do."""
    if statement.cell_row is not None:
        return f"{statement.cell_row[0]}r{statement.cell_row[1]}p"
    page, line = statement.span.passage
    return f"p{page or 0}l{line or 0}"


def _subjects(project_names: tuple[str, ...]) -> _Subjects:
    """What tells for what an amount is, in a report on the project so called; rows name it again and again."""
    names = sorted((key(name) for name in project_names if name), key=len, reverse=True)
    return Remembered(partial(_subject, names), _SHORT, 1024).__getitem__


def _subject(names: list[str], item: str) -> str:
    """What an amount is for, as a key; '' where it is the evaluated project, that has these names, as a whole."""
    if _MANY_YEARS.search(item):
        return item  # `三年合计` is no amount of the year evaluated
    plain = key(_RECKONED.sub("", item))
    for name in names:
        plain = plain.replace(name, "")
    rest = _GENERAL.sub("", plain)
    return "" if len(rest) <= 1 else plain
