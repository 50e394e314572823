"""The records a run writes (输出记录), as CONTRACT.md fixes them: one JSON object a line, ready to be dumped.

Numbers from reports are strings holding exact decimals as printed; percentages keep their sign. Unknown is None.
`outputs/schema/` is generated from these types: the strings below their fields are its descriptions.
"""

from typing import Any, Literal

from typing_extensions import TypedDict

from extractors.repair.plan import RepairMethod
from normalizers.records import ReportKind
from pipeline.checks.model import Severity, Verdict
from pipeline.writers.judgements import EffectRecord, LocalizationRecord, ScenarioRecord, SidesRecord, WitnessRecord
from pipeline.writers.observations import ObservationRecord
from pipeline.writers.places import EvidenceRecord, ExtentRecord

Status = Literal["read", "partly read", "refused", "failed"]


# `from` is a Python keyword, hence the functional form.
GradeBandRecord = TypedDict(
    "GradeBandRecord",
    {"grade": str, "low": str | None, "high": str | None, "from": Literal["report", "national"]},
)


class CoverageRecord(TypedDict):
    """How much of a report was understood (覆盖率), as counts."""

    numbers_seen: int
    """Numbers the report prints."""
    numbers_linked: int
    """Those linked to a fact of a record."""
    numbers_checked: int
    """Those that took part in a tested relation."""
    tables_seen: int
    """Tables found."""
    tables_understood: int
    """Tables whose columns were recognised."""
    rows_seen: int
    """Rows of tables found."""
    rows_understood: int
    """Rows that became an indicator, an amount or a total."""


class ReportRecord(TypedDict):
    """A report (报告); a file may hold several."""

    report_id: str
    """Stable: from content and part."""
    source: str
    """Path relative to the corpus, `/`-separated."""
    part: int
    """1-based number of the report in its file."""
    title: str | None
    """Title as printed."""
    project: str | None
    """Project evaluated (项目名称)."""
    evaluated_body: str | None
    """Body evaluated (被评价单位)."""
    supervising_body: str | None
    """Supervising department (主管部门)."""
    commissioning_body: str | None
    """Who commissioned the evaluation (委托方)."""
    evaluator: str | None
    """Who evaluated (评价机构)."""
    fiscal_year: list[int]
    """Fiscal years evaluated (评价年度); empty where the report does not say."""
    report_date: str | None
    """`YYYY-MM-DD` or `YYYY-MM`."""
    kind: ReportKind
    """Kind of report (报告类型)."""
    total_score: str | None
    """Total score (总得分)."""
    total_weight: str | None
    """Total weight (总分值)."""
    grade: str | None
    """Grade as printed (等级)."""
    grade_scale: list[GradeBandRecord]
    """The scale that the grade is judged by (等级标准), best first; low included."""
    scenarios: list[ScenarioRecord]
    """What total and grade become with other stated values; empty where none is disputed."""
    extent: ExtentRecord
    """From where to where it reaches."""
    coverage: CoverageRecord
    """How much of it was understood."""
    evidence: dict[str, list[EvidenceRecord]]
    """Field name → every place that states it."""


class OfReport(TypedDict):
    """What every record of a report begins with (所属报告)."""

    report_id: str
    """Its report."""
    source: str
    """Its file, as in the ledger."""
    part: int
    """Its part of the file, 1-based."""


class MentionRecord(TypedDict):
    """One place where the report states a field of an indicator (陈述)."""

    field: str
    """`weight`, `score`, `score_rate`, `target`, `actual`, `comment` …"""
    value: str
    """The value stated."""
    evidence: EvidenceRecord
    """Where."""


class IndicatorRecord(OfReport):
    """An indicator at any level (绩效指标), once. Where places disagree the scoring table gives the value."""

    level: int
    """1, 2 or 3 (一、二、三级指标)."""
    name: str
    """Name, the scoring table's first."""
    path: list[str]
    """Names of its ancestors, level 1 first, itself left out."""
    weight: str | None
    """Weight (分值)."""
    score: str | None
    """Score (得分)."""
    score_rate: str | None
    """Score rate with its sign (得分率)."""
    target: str | None
    """Target as printed (目标值)."""
    actual: str | None
    """Actual as printed (实际值)."""
    comment: str | None
    """Comment as printed (说明)."""
    year: int | None
    """Year its target and actual are of, where the report names it; one indicator of two years is two records."""
    mentions: list[MentionRecord]
    """Every place that states one of its fields, agreeing or not."""
    evidence: list[EvidenceRecord]
    """The row's own place."""


class AmountRecord(OfReport):
    """Money and execution figures (资金与执行率)."""

    role: str
    """`budget_original`, `budget_adjusted`, `recovered`, `arrived`, `spent`, `contract`, `execution_rate` …"""
    item: str
    """What the money is for, as printed."""
    printed: str
    """The figure as printed."""
    unit: str
    """Its unit, from the cell, the column head, the caption or the sentence; empty if none."""
    yuan: str | None
    """Exact 元; null for rates and foreign money."""
    evidence: list[EvidenceRecord]
    """Where it stands."""


class TableCellRecord(TypedDict):
    """A printed cell (单元格); a merged cell stands once, at its top left."""

    text: str
    """Its text, lines joined."""
    row: int
    """0-based."""
    column: int
    """0-based."""
    row_span: int
    """Rows it covers, at least 1."""
    column_span: int
    """Columns it covers, at least 1."""
    evidence: EvidenceRecord
    """Where it stands."""


class TableRowRecord(TypedDict):
    """The cells that begin in one row (行)."""

    cells: list[TableCellRecord]
    """From left to right; empty for a row wholly covered by cells above."""


class FragmentRecord(TypedDict):
    """A piece of a table on one page or block of lines (表格片段)."""

    first: EvidenceRecord
    """Where it begins."""
    last: EvidenceRecord
    """Where it ends."""
    rows: list[int]
    """First row, and the row behind the last; 0-based."""
    reason: str
    """Why it was joined to the piece before it; empty for the first."""


class TableRecord(OfReport):
    """A table as a grid (表格)."""

    table_id: str
    """Unique in its file."""
    caption: str
    """The line that names it, or empty."""
    unit: str
    """Unit that the caption states, or empty."""
    method: str
    """How the text carried it: `tabs`, `html`, `pipes` …"""
    header_rows: int
    """How many rows from the top are header."""
    columns: int
    """Width of the grid."""
    rows: list[TableRowRecord]
    """The grid, row by row."""
    fragments: list[FragmentRecord]
    """The pieces it was joined from."""


class RepairRecord(TypedDict):
    """A line whose character order was repaired (文字修复)."""

    report_id: str | None
    """Its report; null where the line belongs to none."""
    source: str
    """Its file."""
    part: int | None
    """Its part of the file; null where the line belongs to none."""
    line: int | None
    """1-based line; null for paged sources."""
    page: int | None
    """1-based page; null for plain text."""
    bbox: list[float] | None
    """[x0, top, x1, bottom] in PDF points; null for plain text."""
    raw: str
    """As it stood."""
    repaired: str
    """As put in order: the same characters."""
    confidence: float
    """0..1."""
    method: RepairMethod
    """How the order was found."""
    alternatives: list[str]
    """Other readings, best first."""
    order: list[int]
    """0-based indices into the non-blank characters of `raw`, in repaired order."""


class RelationRecord(OfReport):
    """A relation that was tested (关系), also those that hold."""

    relation: int
    """0-based number of the relation in its report."""
    rule: str
    """Id of the check."""
    verdict: Verdict
    """Whether it holds."""
    left: list[EvidenceRecord]
    """What it is computed from."""
    right: list[EvidenceRecord]
    """What the report states."""
    formula: str
    """The recomputation with the numbers filled in."""
    reported: str
    """The value stated."""
    computed: str
    """The value recomputed."""
    computed_low: str | None
    """Lower end of what the printed digits allow the recomputed value to be."""
    computed_high: str | None
    """Upper end."""
    difference: str | None
    """Reported − recomputed."""
    reason: str | None
    """Why it cannot be decided, or what it is blocked by."""
    finding_id: str | None
    """The finding it is folded into."""


class NoteRecord(TypedDict):
    """A doubt about our own reading (提示)."""

    code: str
    """Stable, kebab-case."""
    message: str
    """A sentence."""
    part: int | None
    """The report it concerns; null for the whole file."""
    page: int | None
    """1-based page, where it concerns one place of a paged source."""
    line: int | None
    """1-based line, where it concerns one place of a plain text."""


class LedgerRecord(TypedDict):
    """One input file (台账), exactly once."""

    source: str
    """Path relative to the corpus, `/`-separated."""
    sha256: str | None
    """Of the file's bytes; null where they were not read."""
    media_type: str | None
    """Media type; null where it was not found out."""
    status: Status
    """What became of it."""
    reason: str | None
    """`code: sentence`, where there is something to say."""
    code: str
    """The stable code alone; `ok` where there is nothing to say."""
    parts: int
    """Reports found in it."""
    pages: int | None
    """Pages; null for plain text."""
    pages_ocr: int
    """Pages read by OCR."""
    notes: list[NoteRecord]
    """Doubts about our own reading."""


class FindingRecord(OfReport):
    """One thing wrong with one report (疑点)."""

    finding_id: str
    """Stable over runs: report, rule, places."""
    rule: str
    """Id of the check, kebab-case."""
    severity: Severity
    """`decisive`: the grade or conclusion would change; `error`: numbers disagree; `warning`; `info`."""
    title: str
    """One line."""
    message: str
    """A sentence an auditor can paste into working papers."""
    formula: str
    """The recomputation with the numbers filled in."""
    reported: str
    """The printed value."""
    expected: str
    """The recomputed value."""
    expected_low: str | None
    """Lower end of its rounding interval."""
    expected_high: str | None
    """Upper end of its rounding interval."""
    difference: str | None
    """Reported − recomputed."""
    likelier_wrong: int | None
    """Index into `evidence`, 0-based, or null."""
    witnesses: list[WitnessRecord]
    """How many independent places support each side."""
    effect: EffectRecord | None
    """What total and grade become."""
    suspect: Literal["report", "reading"]
    """`report`: inconsistent; `reading`: an OCR or repaired number is in doubt, look at the page first."""
    localization: LocalizationRecord | None
    """What the likelier error rests on; null where nothing is weighed (wording, targets)."""
    relations: list[int]
    """Numbers of the failed relations folded into it."""
    sides: SidesRecord
    """Which of the evidence disagrees in the relation that names the finding; the rest are witnesses and operands."""
    evidence: list[EvidenceRecord]
    """Both sides and the witnesses."""


class SignatureRecord(OfReport):
    """What is kept of a report's wording to compare it with others (文字指纹)."""

    sketch: list[int]
    """64 minima of its hashed shingles of 8 characters, numbers folded; empty for a short text."""
    paged: bool
    """Whether `places` are pages; else they are lines."""
    hashes: list[str]
    """Of each longer sentence of its own wording: hexadecimal, numbers and punctuation folded."""
    places: list[int]
    """Where each stands: its 1-based line, or page; 0 where neither is known."""
    lengths: list[int]
    """Characters of each."""
    begins: list[str]
    """How each begins."""


# Every kind of record in the order of writing: its name, which is its file's, and its type.
KINDS: tuple[tuple[str, type[Any]], ...] = (
    ("reports", ReportRecord),
    ("indicators", IndicatorRecord),
    ("amounts", AmountRecord),
    ("tables", TableRecord),
    ("repairs", RepairRecord),
    ("relations", RelationRecord),
    ("ledger", LedgerRecord),
    ("findings", FindingRecord),
    ("signatures", SignatureRecord),
    ("observations", ObservationRecord),
)


def record_path(kind: str) -> str:
    """Where the JSON Lines of `kind` stand below the output folder."""
    return "findings.jsonl" if kind == "findings" else f"records/{kind}.jsonl"
