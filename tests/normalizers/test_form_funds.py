"""The money of several forms in one report stays each form's own."""

from decimal import Decimal

from extractors.provenance import SourceSpan
from normalizers.form_funds import of_forms
from normalizers.numbers import parse
from normalizers.records import FundingLine


def _line(table: str | None, item: str, yuan: int, subject: str = "") -> FundingLine:
    """An amount of a budget, in a table or in the text."""
    number = parse(f"{yuan}元")
    assert number is not None
    return FundingLine(
        "budget_original", item, number, Decimal(yuan), SourceSpan(item, line=1), "g", subject, table=table
    )


def test_forms_with_different_budgets_are_told_apart() -> None:
    """Amounts of two projects' forms get the form's number; those of the text and of other tables stay."""
    lines = [
        _line(None, "预算", 300),
        _line("t2", "年度资金总额", 100),
        _line("t2", "其中：财政拨款", 80, "财政拨款"),
        _line("t4", "年度资金总额", 200),
        _line("t9", "合计", 300),
    ]
    assert [line.subject for line in of_forms(lines)] == ["", "第1张自评表", "财政拨款", "第2张自评表", ""]


def test_one_form_and_its_copy_are_the_report_s_own() -> None:
    """A form alone, or printed twice, tells of the report's money."""
    lines = [_line(None, "预算", 100), _line("t2", "年度资金总额", 100), _line("t4", "年度资金总额", 100)]
    assert [line.subject for line in of_forms(lines)] == ["", "", ""]
