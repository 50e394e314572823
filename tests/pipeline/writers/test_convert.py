"""Records state values as CONTRACT.md fixes them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.errors import DocumentRefused
from pipeline.writers.convert import convert
from pipeline.writers.ledger import ledger_of_refusal
from pipeline.writers.values import operand_text, plain_number, yuan_text
from tests.pipeline import make


@pytest.mark.parametrize(
    ("value", "text"),
    [("32922200.00", "32922200"), ("1234.50", "1234.5"), ("1E+6", "1000000"), ("0.00", "0"), ("100", "100")],
)
def test_yuan_is_plain(value: str, text: str) -> None:
    """元 has neither exponent nor trailing zeros; zeros before the point stay."""
    assert yuan_text(Decimal(value)) == text


def test_printed_digits_stay() -> None:
    """A number keeps the digits it was printed with."""
    assert plain_number(Decimal("17.90")) == "17.90"


def test_indicator_states_numbers_as_printed() -> None:
    """Weight and score are bare numbers, the rate keeps its sign, the target its words."""
    (indicator,) = convert(make.result())["indicators"]
    assert (indicator["weight"], indicator["score"], indicator["score_rate"]) == ("20.00", "17.94", "89.70%")
    assert indicator["target"] == "≥12公里"
    assert indicator["actual"] is None
    assert indicator["path"] == ["产出", "产出数量"]
    assert indicator["evidence"][0]["cell"] == {"table": "t1", "row": 1, "column": 1}
    assert [mention["field"] for mention in indicator["mentions"]] == ["weight", "score", "score_rate", "target"]


def test_amounts_give_yuan_for_money_only() -> None:
    """Money stands in 元 too, a rate does not."""
    spent, rate = convert(make.result())["amounts"]
    assert (spent["printed"], spent["unit"], spent["yuan"]) == ("3292.22", "万元", "32922200")
    assert rate["yuan"] is None
    assert rate["evidence"][0]["value"] == "89.70%"


def test_operand_without_a_number_gives_its_text() -> None:
    """A grade is stated as printed."""
    operand = make.finding("f").evidence[0]
    assert operand_text(operand) == "91.00%"
    assert operand_text(type(operand)("k", "reported", "优", None, operand.span)) == "优"


def test_relations_name_their_finding() -> None:
    """A failed relation says which finding it was folded into."""
    records = convert(make.result(findings=(make.finding("f1"),)))
    assert records["relations"][0]["finding_id"] == "f1"
    assert records["findings"][0]["relations"] == [records["relations"][0]["relation"]]
    assert convert(make.result())["relations"][0]["finding_id"] is None


def test_sides_are_those_of_the_relation_that_names_the_finding() -> None:
    """Evidence of other relations folded in is no side; without such a relation the roles decide."""
    finding = make.finding("f1", title="得分率不符")
    named = replace(make.report(findings=(finding,)).relations[0], title="得分率不符")
    result = make.result(findings=(finding,))
    assert convert(result)["findings"][0]["sides"] == {"stated": [0], "against": [1, 2]}
    first = replace(result.reports[0], relations=(named,))
    assert convert(replace(result, reports=(first,)))["findings"][0]["sides"] == {"stated": [0], "against": []}


def test_report_says_its_extent_and_coverage() -> None:
    """Lines for plain text; what took part in a decided relation was checked."""
    (report,) = convert(make.result())["reports"]
    assert report["extent"] == {"lines": [1, 40]}
    assert report["coverage"]["numbers_checked"] == 2
    assert report["grade_scale"][0] == {"grade": "优", "low": "90", "high": None, "from": "report"}
    assert report["evidence"]["total_score"][0]["value"] == "90.14"
    assert report["evaluator"] is None


def test_repair_names_the_report_it_lies_in() -> None:
    """A repaired line belongs to the part that holds it."""
    (repair,) = convert(make.result())["repairs"]
    assert (repair["part"], repair["line"], repair["order"]) == (1, 7, [1, 0])


def test_table_keeps_every_cell_in_its_row() -> None:
    """The grid is complete and each cell knows its place."""
    (table,) = convert(make.result())["tables"]
    assert [[cell["text"] for cell in row["cells"]] for row in table["rows"]] == [list(row) for row in make.GRID]
    assert table["rows"][2]["cells"][4]["evidence"]["line"] == 12


def test_ledger_line_of_a_read_file() -> None:
    """Read without reservation: no reason, the notes of all stages once."""
    (line,) = convert(make.result(parts=2))["ledger"]
    assert (line["status"], line["reason"], line["code"], line["parts"]) == ("read", None, "ok", 2)
    assert [note["code"] for note in line["notes"]] == ["odd-row"]
    assert line["pages"] is None


@pytest.mark.parametrize(("failed", "status"), [(False, "refused"), (True, "failed")])
def test_ledger_line_of_a_refusal(failed: bool, status: str) -> None:
    """The stable code and the sentence stand in the reason."""
    line = ledger_of_refusal("乙.txt", DocumentRefused("empty-file", "文件是空的。", failed=failed))
    assert (line["status"], line["code"], line["reason"]) == (status, "empty-file", "empty-file: 文件是空的。")
