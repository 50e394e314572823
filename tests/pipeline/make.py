"""Hand-built results of one file, about a county that does not exist, for the tests of what is written."""

from dataclasses import replace
from decimal import Decimal

from extractors.pages import Document, Line, Page
from extractors.provenance import CellPlace, Note, SourceSpan
from extractors.repair.plan import TextRepair
from extractors.rows.model import ReportRows
from extractors.segment.model import Cell, Flow, Fragment, ReportPart, Section, TableGrid
from normalizers.records import (
    EvaluationReport,
    FundingLine,
    GradeBand,
    Indicator,
    Mention,
    ReportedNumber,
)
from pipeline.checks.model import Change, Effect, Finding, Localization, Operand, Relation, Severity, Way
from pipeline.results import DocumentResult, ReportResult

HOSTILE = (
    '=HYPERLINK("http://example.invalid","看")',
    "<script>alert(1)</script>",
    "+1+1",
    "@SUM(A1)",
    "-2",
    "\t=1",
    "\x1b[31m红\x07",
    "\u202e倒\u202c",
    "_x0041_",
)
GRID = (
    ("一级指标", "三级指标", "分值", "得分", "得分率"),
    ("产出", "修渠长度", "20.00", "17.94", "89.70%"),
    ("产出", "及时率", "10.00", "9.00", "91.00%"),
)


def number(printed: str, unit: str = "") -> ReportedNumber:
    """A number as printed, its percent sign apart."""
    digits = len(printed.partition(".")[2])
    return ReportedNumber(printed, Decimal(printed), digits, unit)


def span(quote: str, line: int, cell: CellPlace | None = None, raw: str | None = None) -> SourceSpan:
    """A place in a plain text."""
    return SourceSpan(quote, line=line, cell=cell, raw=raw)


def mention(field: str, printed: str, place: SourceSpan, unit: str = "") -> Mention:
    """A number stated in the scoring table."""
    return Mention(field, printed + unit, number(printed, unit), place, "scoring")


def table() -> TableGrid:
    """A scoring table of two rows."""
    lines = [Line("\t".join(row), number=10 + n) for n, row in enumerate(GRID)]
    cells = tuple(Cell(Flow(text, (0,), (lines[r],)), r, c) for r, row in enumerate(GRID) for c, text in enumerate(row))
    fragment = Fragment(lines[0].span(), lines[-1].span(), (0, 3), "")
    return TableGrid("t1", "tabs", "得分表", "", 1, 3, 5, cells, (fragment,))


def finding(
    finding_id: str, severity: Severity = "error", title: str = "得分率不符", quote: str = "及时率得分率为91.00%"
) -> Finding:
    """A wrong score rate, stated in a table and in prose."""
    rate = Operand("i1.rate", "reported", "91.00%", Decimal("91.00"), span("91.00%", 12, CellPlace("t1", 2, 4)))
    said = Operand("i1.rate", "restated", "91.00%", Decimal("91.00"), span(quote, 30))
    weight = Operand("i1.weight", "operand", "10.00", Decimal("10.00"), span("10.00", 12, CellPlace("t1", 2, 2)))
    return Finding(
        finding_id=finding_id,
        rule="score-rate",
        severity=severity,
        title=title,
        message="及时率得9.00分、满分10.00分，得分率应为90.00%，报告列为91.00%。",
        formula="9.00 ÷ 10.00 = 90.00%",
        reported="91.00%",
        expected="90.00%",
        expected_low="89.95",
        expected_high="90.0499999999",
        difference="1.00",
        likelier_wrong=0,
        witnesses=(("91.00%", 2),),
        effect=Effect("89.94", "良", True) if severity == "decisive" else None,
        suspect="report",
        relations=(0,),
        evidence=(rate, said, weight),
        localization=Localization(
            "smallest-change",
            Way(2, (Change("“及时率”得分率", (rate, said), "90.00%"),)),
            (Way(1, (Change("“及时率”权重", (weight,)),)),),
        ),
    )


def report(source: str = "甲.txt", part: int = 1, findings: tuple[Finding, ...] = ()) -> ReportResult:
    """A report with one indicator, two amounts, one table and one relation."""
    name_place = span("修渠长度", 11, CellPlace("t1", 1, 1))
    weight = mention("weight", "20.00", span("20.00", 11, CellPlace("t1", 1, 2)))
    score = mention("score", "17.94", span("17.94", 11, CellPlace("t1", 1, 3)))
    rate = mention("score_rate", "89.70", span("89.70%", 11, CellPlace("t1", 1, 4)), "%")
    target = Mention("target", "≥12公里", None, span("≥12公里", 11), "scoring")
    indicator = Indicator(
        index=0,
        level=3,
        name="修渠长度",
        path=("产出", "产出数量"),
        parent=None,
        names=("修渠长度",),
        mentions=(weight, score, rate, target),
        chosen=(("weight", weight), ("score", score), ("score_rate", rate), ("target", target)),
        span=name_place,
    )
    funding = (
        FundingLine(
            "spent", "支出", number("3292.22", "万元"), Decimal("32922200.00"), span("支出3292.22万元", 5), "s1"
        ),
        FundingLine("execution_rate", "执行率", number("89.70", "%"), None, span("执行率89.70%", 5), "s1"),
    )
    grid = table()
    lines = tuple(Line(f"第{n}行", number=n) for n in range(1, 41))
    part_model = ReportPart(part, "report", (), (Section(None, (), (grid,)),), lines)
    operand = Operand("i1.score", "operand", "9.00", Decimal("9.00"), span("9.00", 12, CellPlace("t1", 2, 3)))
    stated = Operand("i1.rate", "reported", "91.00%", Decimal("91.00"), span("91.00%", 12, CellPlace("t1", 2, 4)))
    relation = Relation(
        "score-rate", "inconsistent", (operand,), (stated,), "9.00 ÷ 10.00 = 90.00%", "91.00%", "90.00%"
    )
    model = EvaluationReport(
        report_id=f"r-{source}-{part}",
        source=source,
        part=part,
        kind="external_evaluation",
        fields=(
            ("title", "青禾县修渠项目绩效评价报告"),
            ("project", "青禾县修渠项目"),
            ("total_score", "90.14"),
            ("grade", "优"),
        ),
        fiscal_year=(2031,),
        field_mentions=(Mention("total_score", "90.14分", number("90.14", "分"), span("综合得分90.14分", 4), "prose"),),
        indicators=(indicator,),
        funding=funding,
        scale=(GradeBand("优", Decimal(90), None, "report"), GradeBand("良", Decimal(80), Decimal(90), "report")),
        claims=(),
        rows=ReportRows(part_model, (), (), (), (), ("t1",), 2, 2, (Note("odd-row", "第 3 行与表头错列。"),)),
        coverage=(("numbers_seen", 40), ("numbers_linked", 12)),
    )
    return ReportResult(model, (relation,), findings)


def result(source: str = "甲.txt", findings: tuple[Finding, ...] = (), parts: int = 1) -> DocumentResult:
    """One file with some reports and one repaired line; the findings belong to its first report."""
    lines = tuple(Line(f"第{n}行", number=n) for n in range(1, 41))
    document = Document(source, "ab" * 32, "text/plain", (Page(1, lines),))
    repair = TextRepair("乙甲", "甲乙", (1, 0), 0.93, "language-model", line=7)
    reports = tuple(report(source, part, findings if part == 1 else ()) for part in range(1, parts + 1))
    return DocumentResult(document, (repair,), reports)


def hostile_findings() -> tuple[Finding, ...]:
    """One finding for every text that a spreadsheet, a browser or a terminal might obey."""
    return tuple(
        replace(finding(f"h{n}", "warning", title=text, quote=text), reported=text, message=text, formula=text)
        for n, text in enumerate(HOSTILE)
    )
