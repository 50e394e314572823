"""Statements of a report's prose, headings and table texts (陈述), in reading order."""

import re
from bisect import bisect_right
from collections.abc import Callable

from extractors.frozen import frozen, replace
from extractors.pages import Line
from extractors.provenance import CellPlace
from extractors.remembered import Remembered
from extractors.rows.amounts import read_amounts
from extractors.rows.bands import read_bands
from extractors.rows.bare_amounts import bare_amounts, states_outcome, topic_role, topics_of
from extractors.rows.claims import read_claims
from extractors.rows.context import Context
from extractors.rows.facts import facts_of
from extractors.rows.grade_words import with_told_grades
from extractors.rows.grades import read_grades
from extractors.rows.indicators import bracket_claims
from extractors.rows.labelled import bare_name
from extractors.rows.matcher import Match, find
from extractors.rows.model import Printed, Statement
from extractors.rows.name_columns import NAME_ROLES
from extractors.rows.phrase_reader import read_phrases, worth_phrasing
from extractors.rows.rates import read_rates
from extractors.rows.subjects import THIS
from extractors.rows.table_bands import read_table_bands
from extractors.rows.tables import TableRead
from extractors.rows.text import Squeezed, squeeze
from extractors.rows.tokens import Tokens, tokenize
from extractors.segment.model import Flow, Paragraph, ReportPart

# These begin with a set, to which the scanner leaps; what follows asks which of its characters it was.
_CLAIM = re.compile(
    r"[\d得扣满权分等评结级一二三四五六七八九十总](?:(?<=\d)\s*分|(?<=[得扣])\s*满?\s*分|(?<=满)\s*分|(?<=权)\s*重|(?<=分)\s*值"
    r"|(?<=等)\s*[级次]|(?<=评)\s*级|(?<=结)\s*论|(?<=级)\s*别|(?<=[一二三四五六七八九十])分|(?<=结)\s*果\D{0,4}[优良中差]"
    r"|(?<=总)得?分\s*[:：为]\s*\d)"
)
# The same in a text without blanks, by the second character of each, which stands in fewer places than the first.
_CLAIM_SQUEEZED = re.compile(
    r"[分重值级次论别果](?:(?<=[\d得扣满一二三四五六七八九十]分)|(?<=权重)|(?<=分值)|(?<=[等评]级)|(?<=等次)|(?<=结论)|(?<=级别)"
    r"|(?<=结果)\D{0,4}[优良中差]|(?<=总分)[:：为]\d)"
)
_MONEY = re.compile(r"[\d美](?:(?<=\d)\s*[余多]?\s*[(（]?\s*[亿万千元]|(?<=美)\s*元)")
_RATE = re.compile(r"[率度数算额]\D{0,12}\d+(?:\.\d+)?\s*[%％]|[=＝]")
_UNIT, _SIGN = re.compile("[亿万千元]"), re.compile("[%％=＝]")  # in all that the two above find
_BAND = re.compile(r"[≥≤<>＜＞≧≦\-~～—–至到以\[【](?:(?<![以\[【])|(?<=以)\s*[上下]|(?<=[\[【])\s*\d)")
_SCALE = re.compile(r"优[^。]{0,40}良|良[^。]{0,40}优")
_TELLING = re.compile(r"[分重级次论果亿万千元=＝%％优]")  # one of these stands in all that the patterns above find
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_LONGEST = 4000  # characters of one paragraph
_SHORT = 48  # characters of cells and headings
_LONGEST_NAME = 40  # characters of a paragraph that only names an indicator
_NO_RESULTS = frozenset(("rule", "definition", "weight", "score"))


@frozen
class _Text:
    """One text that may state something: a paragraph, a heading or a table cell."""

    text: Squeezed
    context: Context
    bands: list[Statement]
    phrases: list[Statement]
    claims: Tokens
    funds: Tokens


def read_statements(
    part: ReportPart, tables: list[TableRead], squeezed: dict[int, Squeezed], context: Context
) -> list[Statement]:
    """Everything stated outside number cells; `context` gives what holds for the whole report.

    squeezed: the texts of the paragraphs, by the identity of each.
    """
    by_id = {table.grid.table_id: table for table in tables}
    texts: list[_Text] = []
    scales: list[Statement] = []
    for section in part.sections:
        here = replace(context, path=section.path, annex=section.annex)
        if here.below_indicator and states_outcome(section.path[-1].title):
            here = replace(here, topic_role="outcome")
        phrased = None if section.heading is None else _worth(section.heading.flow.text)
        if section.heading is not None and phrased is not None:
            _collect(texts, section.heading.flow, replace(here, heading=True), phrased=phrased)
        before: Paragraph | None = None
        for block in section.blocks:
            if isinstance(block, Paragraph):
                phrased = _worth(block.flow.text)
                if phrased is not None:
                    above = _name_above(before, squeezed)
                    inside = replace(here, above=above) if above else here
                    _collect(texts, block.flow, inside, phrased=phrased, text=squeezed[id(block)])
                before = block
            else:
                before = None
                table = by_id[block.table_id]
                _collect_cells(texts, table, here)
                scales += read_table_bands(block, block.dense() if table.sideways else table.dense)
    brackets = [
        claim
        for table in tables
        for reading in table.readings
        for claim in bracket_claims(table.grid, reading)
        if not table.sideways
    ]
    bare = [statement for table in tables for statement in bare_amounts(table, context)]
    matches = find([text.claims for text in texts])
    read = [_read(text, found) for text, found in zip(texts, matches, strict=True)]
    return [statement for found in _not_the_headings(texts, read) for statement in found] + bare + scales + brackets


def _name_above(before: Paragraph | None, squeezed: dict[int, Squeezed]) -> Printed | None:
    """The name that the paragraph before consists of, None where there is none or it says more."""
    if before is None or len(before.flow.text) >= _LONGEST_NAME:
        return None
    return bare_name(squeezed[id(before)])


def _not_the_headings(texts: list[_Text], read: list[list[Statement]]) -> list[list[Statement]]:
    """Claims of several paragraphs below one heading that name nobody and differ are none of them the heading's.

    Scores alone (`得5分`) differ by score; claims with a weight, and those of `该指标`, differ by weight, or by score
    where the heading names no indicator. Each then speaks of what its paragraph begins with.
    """
    seen: dict[tuple[int, str], set[str]] = {}
    opened: dict[int, list[list[tuple[int, str]]]] = {}  # by the number of the text: marks of each of its statements
    for number, (text, found) in enumerate(zip(texts, read, strict=True)):
        if not any(one.kind == "score-claim" for one in found):
            continue
        marks = opened[number] = []
        for statement in found:
            told = _open_claim(statement, text)
            marks.append([(id(text.context.path[-1]), kind) for kind, _ in told])
            for mark, (_, value) in zip(marks[-1], told, strict=True):
                seen.setdefault(mark, set()).add(value)
    done = list(read)
    for number, marks in opened.items():
        text, differ = texts[number], [any(len(seen[mark]) > 1 for mark in own) for own in marks]
        told_apart = [
            replace(statement, subject=_first_words(text)) if apart else statement
            for statement, apart in zip(read[number], differ, strict=True)
        ]
        done[number] = _deductions_of_claims(text, _told_of_each(text, told_apart))
    return done


def _told_of_each(text: _Text, found: list[Statement]) -> list[Statement]:
    """Claims of `该指标` in one paragraph that differ in a mark are each their own sentence's, none the heading's."""
    claims = [one for one in found if one.role == THIS and _open_claim(one, text)]
    marks = {(name, value.text) for one in claims for name, value in one.values}
    if len({name for name, _ in marks}) == len(marks):
        return found
    return [replace(one, subject=_first_words(text)) if one in claims else one for one in found]


def _deductions_of_claims(text: _Text, found: list[Statement]) -> list[Statement]:
    """What a paragraph takes off without naming anybody is not its heading's if its own score names another."""
    if text.context.heading or text.context.cell_row is not None or all(one.kind != "deduction" for one in found):
        return found
    scores = [one for one in found if one.kind == "score-claim" and one.value("score") is not None]
    if not scores or any(one.subject is None for one in scores):
        return found
    return [
        replace(one, subject=_first_words(text))
        if one.kind == "deduction" and one.subject is None and one.role in ("", THIS)
        else one
        for one in found
    ]


def _open_claim(statement: Statement, text: _Text) -> list[tuple[str, str]]:
    """(what it is told apart by, value) of a claim that names nobody, in running text below a heading; else nothing."""
    if statement.kind != "score-claim" or statement.subject is not None or statement.role not in ("", THIS):
        return []
    if not text.context.path or text.context.heading or text.context.cell_row is not None:
        return []
    weight, score = statement.value("weight"), statement.value("score")
    if weight is not None:
        told = [(f"weight{statement.role}", weight.text)]
        # `1.指标值设置不合理。` numbers a remark: of two scores below it each may be of another indicator.
        return told if text.context.below_indicator or score is None else [*told, ("told", score.text)]
    return [("score", score.text)] if score is not None and not statement.role else []


def _first_words(text: _Text) -> Printed:
    """What a paragraph begins with."""
    end = min(len(text.text.text), 16)
    return text.text.printed(0, end, 0, end)


def _collect_cells(texts: list[_Text], table: TableRead, here: Context) -> None:
    """The texts in a table's cells: number cells are read as rows, rule columns state no results."""
    if table.sideways:
        return
    taken = {(cell.value.span.cell.row, cell.value.span.cell.column) for cell in table.funding if cell.value.span.cell}
    columns = table.columns_of()
    heads = {row for block in table.blocks for row in block.header} | set(table.grid.repeated_headers)
    topics: dict[tuple[int, int], tuple[str, str]] | None = None
    for cell in table.grid.cells:
        phrased = _worth(cell.flow.text)
        if phrased is None or cell.row in heads or (place := (cell.row, cell.column)) in taken:
            continue
        own = columns.get(cell.row, ())
        role = own[cell.column].role if cell.column < len(own) else ""
        if role in NAME_ROLES:
            continue
        if topics is None:
            topics = topics_of(table)
        inside = replace(
            here,
            cell_row=(table.grid.table_id, cell.row),
            rules=role in _NO_RESULTS,
            topic_role=topic_role(*topics[place]) if place in topics else "",
        )
        _collect(texts, cell.flow, inside, table.grid.place(cell), phrased)


def _looked_at(text: str) -> bool | None:
    if worth_phrasing(text):
        return True
    return False if worth_reading(text) else None


_worth: Callable[[str], bool | None] = Remembered(_looked_at, _SHORT, 8192).__getitem__
"""Whether a phrase can stand in a text; None where it can state nothing at all."""


def worth_reading(text: str) -> bool:
    """Whether a text can state anything at all: cheap, so that most texts are never cut into words."""
    if not _TELLING.search(text):
        return False
    return bool(_CLAIM.search(text) or _tells_funds(text, 0, len(text)) or _SCALE.search(text))


def _tells_claims(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], a text without blanks, tells a score, weight or grade."""
    return _CLAIM_SQUEEZED.search(text, start + 1, end) is not None


def _tells_funds(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] tells an amount of money or a rate; a sign of either is looked for first."""
    if _UNIT.search(text, start, end) and _MONEY.search(text, start, end):
        return True
    return bool(_SIGN.search(text, start, end) and _RATE.search(text, start, end))


def _collect(
    texts: list[_Text],
    flow: Flow,
    context: Context,
    cell: CellPlace | None = None,
    phrased: bool | None = None,
    text: Squeezed | None = None,
) -> None:
    """Cut the sentences of a flow that can state something, if any.

    phrased: whether a phrase can stand in it; None where nobody looked yet whether it can state anything. text: the
    flow squeezed, if that is done.
    """
    if len(flow.text) > _LONGEST:
        for piece in pieces(flow):
            _collect(texts, piece, context, cell)
        return
    if phrased is None:
        phrased = _worth(flow.text)
        if phrased is None:
            return
    text = text or squeeze(flow, cell)
    bands, (first, last) = read_bands(text, context) if _BAND.search(text.text) else ([], (0, 0))
    claims, funds = Tokens([], [], []), Tokens([], [], [])
    for start, end in sentence_spans(text.text):
        spent = _tells_funds(text.text, start, end)
        told = [place for place in _outside((start, end), (first, last)) if _tells_claims(text.text, *place)]
        if spent:
            words = tokenize(text.text, start, end)
            funds.extend(words)
            if told == [(start, end)]:
                claims.extend(words)
                continue
        for low, high in told:
            tokenize(text.text, low, high, claims)
    phrases = read_phrases(text, context) if phrased else []
    if bands or phrases or claims.words or funds.words:
        texts.append(_Text(text, context, bands, phrases, claims, funds))


def pieces(flow: Flow) -> list[Flow]:
    """A flow too long to be one paragraph, cut behind stops so that reading stays linear in its length."""
    cut: list[Flow] = []
    start = 0
    while start < len(flow.text):
        end = min(start + _LONGEST, len(flow.text))
        stop = max(flow.text.rfind(mark, start + _LONGEST // 2, end) for mark in "。；;\n") + 1
        end = stop if stop > start and end < len(flow.text) else end
        first = max(bisect_right(flow.starts, start) - 1, 0)
        last = max(bisect_right(flow.starts, end - 1), first + 1)
        starts = tuple(max(at - start, 0) for at in flow.starts[first:last])
        cut.append(Flow(flow.text[start:end], starts, flow.lines[first:last]))
        start = end
    return cut


def _outside(span: tuple[int, int], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """What is left of a span outside a hole (the grade scale, whose points are nobody's score)."""
    (start, end), (low, high) = span, hole
    if low >= high or high <= start or end <= low:
        return [span]
    return [piece for piece in ((start, low), (high, end)) if piece[0] < piece[1]]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, each with the stop that ends it."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def _read(text: _Text, matches: list[Match]) -> list[Statement]:
    """All statements of one text."""
    context = text.context
    facts = with_told_grades(text.text, facts_of(text.claims, matches))
    claims = read_claims(text.text, text.claims, facts, context)
    grades = read_grades(text.text, facts, claims, context)
    amounts = read_amounts(text.text, text.funds, context)
    rates = [] if context.rules else read_rates(text.text, text.funds, context)
    return [*text.bands, *claims, *grades, *amounts, *rates, *text.phrases]


def read_text(text: str, context: Context) -> list[Statement]:
    """All statements of one bare text, for tests and for looking at a sentence alone."""
    texts: list[_Text] = []
    _collect(texts, Flow(text, (0,), (Line(text, number=1),)), context)
    return [statement for item in texts for statement in _read(item, find([item.claims])[0])]
