"""Fields of the report itself (报告要素): title, bodies, year, date, total, grade; chosen value and all mentions."""

import re

from extractors.provenance import SourceSpan
from extractors.rows.context import REVIEWED
from extractors.rows.model import Printed, ReportRows
from normalizers.dates import iso_date, years
from normalizers.numbers import parse
from normalizers.places import place_of
from normalizers.prose import LinkedStatement
from normalizers.records import Mention, ReportKind

_TOTALS = ("total_score", "total_weight", "grade")
_NUMERIC = ("total_score", "total_weight")
_PART = re.compile(r"子项目|分项目|子项|子课题|标段|重点项目|单独开展[^，。]{0,6}自评")
# Of several totals, what the others were made into: after points off, converted to a hundred.
_FINAL = re.compile(r"最终|最后得分|[折换]算|折合")
_EVALUATED = re.compile(
    r"对[^，。；]{0,16}?((?:19|20)\d\d\s?年)度?[^，。；]{2,40}?(?:开展|进行|实施|组织)[^，。；]{0,8}评价"
)
_OVERALL = ("整体支出", "部门整体", "单位整体")
_SELF = ("自评", "自我评价")


def field_mentions(rows: ReportRows, linked: tuple[LinkedStatement, ...]) -> tuple[Mention, ...]:
    """Every place that states a report field, the preferred one of each field first."""
    parts = _lines_of_parts(linked)
    evaluated = years_named(rows)
    totals = [entry for entry in linked if entry.statement.kind == "total"]
    others = [entry.statement.span for entry in totals if _of_another_year(entry.statement.span.quote, evaluated)]
    mentions = [
        _mention(name, printed)
        for name, printed in rows.fields
        if name not in _TOTALS or not (printed.span.passage in parts or _within(printed.span, others))
    ]
    for entry in totals:
        if not _within(entry.statement.span, others) and entry.statement.span.passage not in parts:
            mentions += _of_total(entry)
    found = [mention for mention in mentions if mention is not None]
    return _unique(sorted(found, key=_rank))


def _rank(mention: Mention) -> int:
    """Where a mention stands among those of its field: final totals first, a mere `总分100分` last."""
    if mention.field != "total_score":
        return 0
    merely = mention.text.strip("分 ") == "100" and "得" not in mention.span.quote and mention.table is None
    return 2 if merely else 0 if _FINAL.search(mention.span.quote) else 1


def _mention(name: str, printed: Printed) -> Mention | None:
    number = parse(printed.text, printed.unit) if name in _NUMERIC else None
    if name in _NUMERIC and number is None:
        return None
    cell = printed.span.cell
    return Mention(
        name, printed.text, number, printed.span, "scoring" if cell else "prose", "", cell.table if cell else None
    )


def _lines_of_parts(linked: tuple[LinkedStatement, ...]) -> set[tuple[int | None, int | None]]:
    """Page and first line of paragraphs that tell of a sub-project: their totals are not the report's."""
    return {
        entry.statement.span.passage
        for entry in linked
        if entry.of_project or (entry.statement.cell_row is None and _PART.search(entry.statement.span.quote))
    }


def _of_another_year(told: str, evaluated: tuple[int, ...]) -> bool:
    """Whether a total is told of a year that is not evaluated (`2022年度自评得分为95.80分，今年提高0.8分`).

    What was evaluated counts and not when: `2023年，财政局对2022年度某项目开展重点评价，评价得分86.40分`.
    """
    earlier = _EVALUATED.search(told)
    named = years(earlier[1] if earlier else told)
    return bool(evaluated and named) and not set(named) & set(evaluated)


def _within(span: SourceSpan, others: list[SourceSpan]) -> bool:
    """Whether what stands in a span is part of one of the others."""
    return any(span.passage == other.passage and span.quote in other.quote for other in others)


def _of_total(entry: LinkedStatement) -> list[Mention | None]:
    names = {"score": "total_score", "weight": "total_weight", "grade": "grade"}
    place = place_of(entry.statement)
    made: list[Mention | None] = []
    for name, printed in entry.statement.values:
        if name in names:
            number = parse(printed.text, printed.unit) if name != "grade" else None
            made.append(Mention(names[name], printed.text, number, printed.span, place, "总分陈述"))
    return made


def _unique(mentions: list[Mention]) -> tuple[Mention, ...]:
    """One mention for each field, place and text: a form cell may be found as a field and as a statement."""
    seen: set[tuple[str, int | None, int | None, str]] = set()
    kept = []
    for mention in mentions:
        mark = (mention.field, mention.span.page, mention.span.line, mention.text)
        if mark not in seen:
            seen.add(mark)
            kept.append(mention)
    return tuple(kept)


def chosen_fields(mentions: tuple[Mention, ...], kind: ReportKind) -> tuple[tuple[str, str], ...]:
    """The value of each field as CONTRACT.md states it: the first mention's."""
    values: dict[str, str] = {}
    for mention in mentions:
        value = _value(mention)
        if value and mention.field != "fiscal_year":
            values.setdefault(mention.field, value)
    if kind in ("self_evaluation", "overall_expenditure") and "evaluated_body" in values:
        values.setdefault("evaluator", values["evaluated_body"])  # the spender evaluates itself
    return tuple(sorted(values.items()))


def _value(mention: Mention) -> str | None:
    if mention.field == "report_date":
        return iso_date(mention.text)
    if mention.number is not None:
        printed = mention.number.printed
        return printed.rstrip("%％") if mention.field == "total_weight" else printed
    return mention.text.strip() or None


def years_named(rows: ReportRows) -> tuple[int, ...]:
    """The years evaluated, as the first printed field that names any says."""
    named = (years(printed.text) for name, printed in rows.fields if name == "fiscal_year")
    return next((found for found in named if found), ())


def fiscal_years(mentions: tuple[Mention, ...]) -> tuple[int, ...]:
    """The years evaluated: those of the first mention that names any."""
    for mention in mentions:
        if mention.field == "fiscal_year" and years(mention.text):
            return years(mention.text)
    return ()


def report_kind(rows: ReportRows, mentions: tuple[Mention, ...]) -> ReportKind:
    """The kind of report: what the part is, what its title says, else who wrote it."""
    if rows.part.kind in ("target_declaration", "blank_form"):
        return "target_declaration" if rows.part.kind == "target_declaration" else "blank_form"
    if rows.part.kind != "report":
        return "other"
    hints = " ".join(mention.text for mention in mentions if mention.field in ("title", "kind_hint"))
    if any(word in hints for word in _OVERALL):
        return "overall_expenditure"
    if any(word in hints for word in (*REVIEWED, *_SELF)):
        return "external_evaluation" if any(word in hints for word in REVIEWED) else "self_evaluation"
    if "评价报告" in hints or any(mention.field == "evaluator" for mention in mentions):
        return "external_evaluation"
    return "self_evaluation" if _calls_itself_self_evaluation(rows) else "external_evaluation"


def _calls_itself_self_evaluation(rows: ReportRows) -> bool:
    """Whether front, headings or captions speak of 自评, where no title does and nobody else evaluates."""
    printed = [line.text for line in rows.part.front]
    printed += [section.heading.title for section in rows.part.sections if section.heading]
    printed += [table.caption for table in rows.part.tables]
    return any(word in text for text in printed for word in _SELF)
