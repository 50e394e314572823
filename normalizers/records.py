"""The records of one report (一份报告的记录): exact values, each with the places that state it."""

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extractors.frozen import frozen
from extractors.provenance import Note, SourceSpan
from extractors.rows.model import IndicatorField, ReportRows

ReportKind = Literal[
    "external_evaluation", "self_evaluation", "overall_expenditure", "target_declaration", "blank_form", "other"
]
Bound = Literal["", ">=", ">", "<=", "<", "~"]
MentionPlace = Literal["scoring", "group", "annex", "form", "target", "summary", "heading", "prose", "cell-text"]


@frozen
class ReportedNumber:
    """报告数: a number exactly as printed.

    value: exact; of a percentage the number before the sign (`89.70%` -> 89.70). digits: printed decimals.
    unit: as printed or inherited (`万元`, `%`, `家`), '' if none. bound: what stands before or behind it (`≥`, 以上).
    low, high: the numbers this print may stand for (half a unit of the last digit to both sides, both included).
    """

    printed: str
    value: Decimal
    digits: int
    unit: str = ""
    bound: Bound = ""

    @property
    def percent(self) -> bool:
        """Whether the number is printed with a percent sign."""
        return self.unit == "%"

    @property
    def low(self) -> Decimal:
        """The least number that rounds to this print."""
        return self.value - half_unit(self.digits)

    @property
    def high(self) -> Decimal:
        """The greatest number that rounds to this print (itself included)."""
        return self.value + half_unit(self.digits)


@lru_cache(maxsize=64)
def half_unit(digits: int) -> Decimal:
    """Half a unit of the last of so many decimals."""
    return Decimal(5).scaleb(-digits - 1)


@frozen
class Mention:
    """One place where the report states a field of something (一处陈述).

    number: None where the text is no number (`优`, `满分`, `持续完善`). link: why it was taken to speak of its
    owner (Chinese, short: `同一标题`, `该指标`, `名称相同`). table: id if in a table.
    group: mentions of one sentence, one heading or one table row share it (`s12`, `t3r4`); '' if not known.
    """

    field: str
    text: str
    number: ReportedNumber | None
    span: SourceSpan
    place: MentionPlace
    link: str = ""
    table: str | None = None
    group: str = ""


@frozen
class Indicator:
    """绩效指标: one indicator at one level, once, with all that is said of it.

    index: its place in EvaluationReport.indicators (0-based); parent: index of its parent or None.
    scope: 0 = the scored tree of the report; 1, 2 … = other trees (declared targets, forms of sub-projects), whose
    weights and scores do not add up to the report's total.
    names: every name it bears, the scoring table's first. mentions: all, in reading order.
    chosen: the mention that gives each field's value (scoring table first).
    year: the year its targets are of where the report names it (`2019年` above the table), else None; the same
    indicator of two years is two records.
    """

    index: int
    level: int
    name: str
    path: tuple[str, ...]
    parent: int | None
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    chosen: tuple[tuple[IndicatorField, Mention], ...]
    span: SourceSpan
    scope: int = 0
    year: int | None = None

    def get(self, field: IndicatorField) -> Mention | None:
        """The mention that gives `field`, or None."""
        for name, mention in self.chosen:
            if name == field:
                return mention
        return None

    def all(self, *fields: str) -> tuple[Mention, ...]:
        """All mentions of these fields, in reading order."""
        return tuple([mention for mention in self.mentions if mention.field in fields])


@frozen
class FundingLine:
    """资金: one printed amount of money or rate of execution.

    role: as CONTRACT.md. item: what it is for, as printed. yuan: exact 元, None for rates and foreign money.
    group: amounts of one sentence, one table row or one formula share it (`s12`, `t3r4`); never shared otherwise.
    subject: key of the project or sub-project it speaks of, '' for the project evaluated.
    row_role: as FundingCell; '' outside tables. year: fiscal year the statement names, or None.
    """

    role: str
    item: str
    number: ReportedNumber
    yuan: Decimal | None
    span: SourceSpan
    group: str
    subject: str = ""
    row_role: str = ""
    table: str | None = None
    year: int | None = None


@frozen
class GradeBand:
    """One band of a grade scale (等级档): low included; high excluded unless `high_included`; None = open."""

    grade: str
    low: Decimal | None
    high: Decimal | None
    source: Literal["report", "national"]
    span: SourceSpan | None = None
    low_included: bool = True
    high_included: bool = False

    def holds(self, score: Decimal) -> bool:
        """Whether `score` lies in this band."""
        above = self.low is None or score > self.low or (self.low_included and score == self.low)
        below = self.high is None or score < self.high or (self.high_included and score == self.high)
        return above and below


@frozen
class Claim:
    """A normalized statement that belongs to no field of a record (陈述), for the checks.

    kind: as extractors.rows.Statement. owner: index of the indicator it speaks of, or None. numbers: (name, number).
    """

    kind: str
    owner: int | None
    values: tuple[tuple[str, Mention], ...]
    span: SourceSpan
    link: str = ""

    def get(self, name: str) -> Mention | None:
        """The first value called `name`, or None."""
        for key, mention in self.values:
            if key == name:
                return mention
        return None


@frozen
class EvaluationReport:
    """绩效评价报告: one report, normalized.

    fields: name -> chosen value as CONTRACT.md's reports.jsonl states it (`report_date` ISO, others as printed).
    field_mentions: all places that state a report field, total and grade included (field names of CONTRACT.md).
    scale: bands from best to worst. rows: what it was made from.
    """

    report_id: str
    source: str
    part: int
    kind: ReportKind
    fields: tuple[tuple[str, str], ...]
    fiscal_year: tuple[int, ...]
    field_mentions: tuple[Mention, ...]
    indicators: tuple[Indicator, ...]
    funding: tuple[FundingLine, ...]
    scale: tuple[GradeBand, ...]
    claims: tuple[Claim, ...]
    rows: ReportRows
    coverage: tuple[tuple[str, int], ...] = ()
    notes: tuple[Note, ...] = ()

    def field(self, name: str) -> str | None:
        """The chosen value of a report field, or None."""
        return next((value for key, value in self.fields if key == name), None)

    def field_mention(self, name: str) -> Mention | None:
        """The mention behind the chosen value, or None."""
        return next((mention for mention in self.field_mentions if mention.field == name), None)

    def children(self, index: int | None, scope: int = 0) -> tuple[Indicator, ...]:
        """The indicators whose parent is `index`, in order; for None the roots of the tree `scope`."""
        return tuple(
            indicator
            for indicator in self.indicators
            if indicator.parent == index and (index is not None or indicator.scope == scope)
        )
