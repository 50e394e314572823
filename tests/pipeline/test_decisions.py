"""What an auditor decided outlives runs and versions."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from pipeline.cli import call
from pipeline.decisions import (
    DECISIONS,
    HISTORY,
    Verdict,
    decide,
    decided,
    finding_key,
    migrate,
    read_verdicts,
    record_run,
)
from pipeline.options import BadUsage, ExitStatus
from pipeline.store import lasting_database, open_database, save
from tests.pipeline import make
from tests.pipeline.writing import write_lines


def _finding(number: str, reported: str = "89.70%", rule: str = "score-rate") -> dict[str, Any]:
    return {
        "finding_id": number,
        "report_id": "r1",
        "source": "a.txt",
        "part": 1,
        "rule": rule,
        "severity": "error",
        "title": "得分率不符",
        "message": "得分率应为 89.80%。",
        "reported": reported,
        "expected": "89.80%",
    }


def test_a_finding_read_again_keeps_its_decision(database: str) -> None:
    """Runs are counted, first and last run told, the decision stays."""
    with lasting_database(database).begin() as connection:
        record_run(connection, [_finding("f1")], 1)
        decide(connection, [Verdict("f1", "rejected", "四舍五入", "审计一组", "2024-05-06")])
        record_run(connection, [_finding("f1")], 1)
        (row,) = connection.execute(sqlalchemy.select(HISTORY))
        assert (row.first_run, row.last_run) == (1, 2)
        assert decided(connection) == [Verdict("f1", "rejected", "四舍五入", "审计一组", "2024-05-06")]


def test_a_finding_cited_otherwise_by_a_newer_version_inherits_the_decision(database: str) -> None:
    """The same rule, report and values under a new number: the decision goes along and says from where."""
    with lasting_database(database).begin() as connection:
        record_run(connection, [_finding("f1")], 1)
        decide(connection, [Verdict("f1", "confirmed")])
        record_run(connection, [_finding("f9")], 1)
        assert {one.finding_id: one.decision for one in decided(connection)} == {"f1": "confirmed", "f9": "confirmed"}
        carried = connection.execute(sqlalchemy.select(DECISIONS).where(DECISIONS.c.finding_id == "f9")).one()
        assert carried.carried_from == "f1"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["f1"], [_finding("f9"), _finding("f10")]),
        (["f1", "f2"], [_finding("f9")]),
        (["f1"], [_finding("f9", reported="88.70%")]),
    ],
)
def test_a_doubtful_finding_inherits_nothing(database: str, before: list[str], after: list[dict[str, Any]]) -> None:
    """Two old ones, two new ones, or another value: an auditor has to look again."""
    with lasting_database(database).begin() as connection:
        record_run(connection, [_finding(number) for number in before], 1)
        decide(connection, [Verdict(number, "confirmed") for number in before])
        record_run(connection, after, 1)
        assert [one.finding_id for one in decided(connection)] == before


def test_a_finding_that_is_gone_keeps_its_decision(database: str) -> None:
    """Nothing an auditor wrote is deleted; the view says that the finding is no longer found."""
    with lasting_database(database).begin() as connection:
        record_run(connection, [_finding("f1")], 1)
        decide(connection, [Verdict("f1", "confirmed")])
        record_run(connection, [], 1)
        assert [one.finding_id for one in decided(connection)] == ["f1"]
        assert connection.scalar(sqlalchemy.select(HISTORY.c.last_run)) == 1


def test_the_last_decision_holds_and_the_earlier_ones_stay(database: str) -> None:
    """Deciding again adds a row."""
    with lasting_database(database).begin() as connection:
        decide(connection, [Verdict("f1", "open"), Verdict("f1", "confirmed", "已核原件")])
        decide(connection, [Verdict("f1", "explained")])
        assert [one.decision for one in decided(connection)] == ["explained"]
        assert connection.scalar(sqlalchemy.select(sqlalchemy.func.count()).select_from(DECISIONS)) == 3


def test_many_findings_are_put_in_at_once(database: str) -> None:
    """More than a batch, one number twice."""
    findings = [_finding(f"f{number % 1200}", reported=f"{number % 1200}") for number in range(1300)]
    with lasting_database(database).begin() as connection:
        record_run(connection, findings, 1)
        assert connection.scalar(sqlalchemy.select(sqlalchemy.func.count()).select_from(HISTORY)) == 1200


def test_migrating_twice_changes_nothing(database: str) -> None:
    """A database of this version is left as it is."""
    with lasting_database(database).begin() as connection:
        migrate(connection)
    tables = set(sqlalchemy.inspect(open_database(database)).get_table_names())
    assert tables == {"alembic_version", "decisions", "finding_history", "runs"}


def test_the_migrated_tables_are_those_the_program_writes(database: str) -> None:
    """Columns named in the code are those that the migrations made."""
    inspector = sqlalchemy.inspect(lasting_database(database))
    for table in (HISTORY, DECISIONS):
        assert [column["name"] for column in inspector.get_columns(table.name)] == list(table.columns.keys())


def test_the_key_of_a_finding_forgets_places() -> None:
    """Only report, rule and values count."""
    assert finding_key(_finding("f1")) == finding_key(_finding("f2"))
    assert finding_key(_finding("f1")) != finding_key(_finding("f1", rule="score-sum"))


def test_decisions_come_from_a_spreadsheet(tmp_path: Path) -> None:
    """Chinese heads and words serve; rows without a decision are left out."""
    path = tmp_path / "处理意见.csv"
    path.write_text("\ufeff疑点编号,处理意见,说明\nf1,成立,已核\nf2,,\nf3,不成立,\n", encoding="utf-8")
    assert read_verdicts(path) == [Verdict("f1", "confirmed", "已核"), Verdict("f3", "rejected")]


@pytest.mark.parametrize("text", ["编号,意见\nf1,成立\n", "finding_id,decision\nf1,也许\n"])
def test_a_table_that_decides_nothing_is_refused(tmp_path: Path, text: str) -> None:
    """Missing heads and unknown words are told, not skipped."""
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadUsage):
        read_verdicts(path)


def test_the_command_writes_decisions_beside_the_outputs(tmp_path: Path) -> None:
    """One finding by its number, several by a table; a number that is none is told."""
    out = write_lines(tmp_path / "out", make.result(findings=(make.finding("f1"), make.finding("f2"))))
    table = tmp_path / "意见.csv"
    table.write_text("疑点编号,处理意见\nf2,不成立\n", encoding="utf-8")
    assert call(["decide", "f1", "成立", "--note", "已核", "--out", str(out)]) == 0
    assert call(["decide", "--import", str(table), "--out", str(out)]) == 0
    assert call(["decide", "f7", "成立", "--out", str(out)]) == ExitStatus.USAGE
    assert call(["decide", "--out", str(out)]) == ExitStatus.USAGE
    with lasting_database(out / "decisions.db").begin() as connection:
        assert [(one.finding_id, one.decision) for one in decided(connection)] == [
            ("f1", "confirmed"),
            ("f2", "rejected"),
        ]
        assert connection.scalar(sqlalchemy.select(sqlalchemy.func.max(HISTORY.c.last_run))) == 1


def test_a_run_written_to_the_database_leaves_decisions_there(tmp_path: Path, database: str) -> None:
    """Saving the records again, as every run does, erases nothing an auditor wrote."""
    out = write_lines(tmp_path / "out", make.result(findings=(make.finding("f1"),)))
    save(out, database)
    assert call(["decide", "f1", "已说明", "--database", database, "--out", str(out)]) == 0
    save(out, database)
    with lasting_database(database).begin() as connection:
        row = connection.execute(sqlalchemy.text("SELECT decision, still_found FROM v_decisions")).one()
        assert tuple(row) == ("explained", 1)
