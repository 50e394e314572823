"""What row extraction makes (行与陈述): strings and places as printed, never values."""

from collections.abc import Iterator
from typing import Literal

from extractors.frozen import frozen
from extractors.provenance import Note, SourceSpan
from extractors.segment.model import Heading, ReportPart

IndicatorField = Literal[
    "weight", "score", "score_rate", "target", "actual", "completion", "comment", "deduction", "rule", "definition"
]
TableRole = Literal["scoring", "group", "annex", "form", "target", "summary"]
RowRole = Literal["indicator", "subtotal", "total"]


@frozen
class Printed:
    """A string as printed, and where (印出的值). unit: from its cell, column head, caption or sentence, else ''.

    sign: what a column of its own says of a target (指标性质 `≥`), else ''.
    """

    text: str
    span: SourceSpan
    unit: str = ""
    sign: str = ""


@frozen
class IndicatorRow:
    """指标行: one indicator at any level as one table prints it.

    level: 1..4. name: as printed, broken lines joined. path: ancestors' names, level 1 first.
    fields: (field, value) as printed for this very level; a field may appear once.
    table_role: scoring = main scoring table, group = small table of one level-1 group, annex = table of an annex
    repeating another, form = self-evaluation form, target = targets without scores, summary = level-1 summary.
    A target set by prose has table_id `prose`. year: the year that head or caption names (`2019年`), else ''; rows of
    different years state different things. apart: of a rating other than the report's (a 自评表 attached to it).
    """

    level: int
    name: Printed
    path: tuple[str, ...]
    fields: tuple[tuple[IndicatorField, Printed], ...]
    table_id: str
    row: int
    table_role: TableRole
    row_role: RowRole = "indicator"
    year: str = ""
    apart: bool = False


@frozen
class FundingCell:
    """资金: one money or rate cell of a funding table.

    item: the row's name as printed. role: as CONTRACT.md's amounts (`spent`, `execution_rate` …).
    head: the column head as printed. total: true in a total row (合计). parent: true for 其中 rows' parent.
    """

    item: Printed
    role: str
    head: str
    value: Printed
    table_id: str
    row: int
    row_role: Literal["item", "of-which", "subtotal", "total"] = "item"


@frozen
class Statement:
    """陈述: what one sentence of prose, one heading or one cell's text states.

    kind: kebab-case: `score-claim`, `deduction`, `full-mark`, `no-deduction`, `no-mark` (不得分), `total`, `self-total`
    (the spender's own total in another's evaluation), `grade-band`, `amount`, `rate`; the phrases of phrases.py
    (`indicator-count`, `count`, `target-quoted`, `actual-quoted`, `plan-actual`, `score-share`, `satisfaction`,
    `survey-share`, `survey-size`, `share`, `growth`, `date`); of scoring rules `rule-step`, `rule-points`,
    `rule-deduction`, `rule-proportional`.
    subject: what it speaks of as printed (`过程指标`), or None for `该指标` and for nothing.
    values: (name, value) in order of print: `weight`, `score`, `self_score`, `score_rate`, `amount`, `grade`, `low` …
    role: of amounts and rates as CONTRACT.md; of claims the level of `该一级指标` (`一级`), `该` for `该指标`, '' for
    nothing; of bands `low-excluded`, `high-included` where they depart from [low, high); of phrases a word that
    tells more (增长, 前, 有效). item: what the money is for, what is counted or shared; '' if not stated.
    path: the headings it lies below, outermost first. own_cell_row: (table_id, row) if it stands in a table cell.
    """

    kind: str
    values: tuple[tuple[str, Printed], ...]
    span: SourceSpan
    subject: Printed | None = None
    role: str = ""
    item: str = ""
    path: tuple[Heading, ...] = ()
    cell_row: tuple[str, int] | None = None
    annex: bool = False

    def value(self, name: str) -> Printed | None:
        """The first value called `name`, or None."""
        for key, printed in self.values:
            if key == name:
                return printed
        return None


@frozen
class ReportRows:
    """Everything one report prints that later stages use (一份报告印出的内容).

    fields: title-page and form fields (`title`, `project`, `evaluated_body`, `report_date` …) in order of
    preference, all mentions kept. tables_understood: ids of tables whose columns were recognised.
    """

    part: ReportPart
    fields: tuple[tuple[str, Printed], ...]
    indicators: tuple[IndicatorRow, ...]
    funding: tuple[FundingCell, ...]
    statements: tuple[Statement, ...]
    tables_understood: tuple[str, ...] = ()
    rows_seen: int = 0
    rows_understood: int = 0
    notes: tuple[Note, ...] = ()

    def of_kind(self, *kinds: str) -> Iterator[Statement]:
        """The statements of these kinds, in order."""
        return (statement for statement in self.statements if statement.kind in kinds)
