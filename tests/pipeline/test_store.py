"""The database holds what the JSON Lines hold, and may be asked in SQL."""

import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import Connection

from pipeline import store
from pipeline.options import BadUsage
from pipeline.store import INDEXES, TABLES, open_database, save
from pipeline.views import view_names
from pipeline.writers.jsonlines import read_records
from tests.pipeline import make
from tests.pipeline.writing import write_lines

DOCS = Path(__file__).parents[2] / "docs" / "database.zh.md"


def _folder(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "out", make.result(findings=(make.finding("f1", "decisive"), make.finding("f2"))))


def _stored(connection: Connection, kind: str) -> list[dict[str, object]]:
    table = TABLES[kind]
    rows = connection.execute(sqlalchemy.select(table).order_by(table.columns.id)).mappings()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_the_file_holds_the_records_of_the_json_lines(tmp_path: Path) -> None:
    """Every record comes back equal, nested evidence included."""
    folder = _folder(tmp_path)
    save(folder, folder / "jihe.db")
    with open_database(folder / "jihe.db").connect() as connection:
        for kind in TABLES:
            assert _stored(connection, kind) == list(read_records(folder, kind))


def test_a_database_by_url_holds_them_too(tmp_path: Path, database: str) -> None:
    """SQLite and PostgreSQL give back the same records."""
    folder = _folder(tmp_path)
    save(folder, database)
    with open_database(database).connect() as connection:
        for kind in TABLES:
            assert _stored(connection, kind) == list(read_records(folder, kind))


def test_the_file_has_the_same_bytes_for_the_same_records(tmp_path: Path) -> None:
    """Tables, indexes and views are made in one order; nothing tells when."""
    folder = _folder(tmp_path)
    save(folder, tmp_path / "one.db")
    save(folder, tmp_path / "other.db")
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "other.db").read_bytes()


def test_sql_alone_answers_an_auditor(tmp_path: Path) -> None:
    """Plain SQLite finds a finding and reads its evidence, Chinese unescaped."""
    folder = _folder(tmp_path)
    save(folder, folder / "jihe.db")
    connection = sqlite3.connect(folder / "jihe.db")
    (text,) = connection.execute("SELECT evidence FROM findings WHERE severity = 'decisive'").fetchone()
    connection.close()
    assert "及时率" in text
    assert json.loads(text)[1]["line"] == 30


def test_saving_again_replaces(tmp_path: Path, database: str) -> None:
    """A database given by URL holds the records of the last run, not of both."""
    folder = _folder(tmp_path)
    save(folder, database)
    save(folder, database)
    with open_database(database).connect() as connection:
        assert len(_stored(connection, "findings")) == 2


def test_a_failed_run_leaves_the_database_as_it_was(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables are dropped and made again in one transaction, which an error undoes."""
    folder = _folder(tmp_path)
    save(folder, database)
    monkeypatch.setattr(store, "create_views", lambda **_: ["CREATE VIEW v_broken AS SELECT nothing FROM nowhere"])
    with pytest.raises(BadUsage):
        save(folder, database)
    with open_database(database).connect() as connection:
        assert len(_stored(connection, "findings")) == 2
        assert connection.scalar(sqlalchemy.text("SELECT COUNT(*) FROM runs")) == 1


def test_records_of_an_older_version_make_room(tmp_path: Path, database: str) -> None:
    """A table with other columns, and what looks at it, is replaced."""
    folder = _folder(tmp_path)
    save(folder, database)
    with open_database(database).begin() as connection:
        connection.execute(sqlalchemy.text("ALTER TABLE findings ADD COLUMN forgotten TEXT NOT NULL DEFAULT ''"))
    save(folder, database)
    with open_database(database).connect() as connection:
        assert len(_stored(connection, "findings")) == 2


def test_indexes_serve_the_questions_asked(tmp_path: Path) -> None:
    """Findings of one rule, and of one report, are found without reading all of them."""
    folder = _folder(tmp_path)
    save(folder, folder / "jihe.db")
    connection = sqlite3.connect(folder / "jihe.db")
    for question in (
        "EXPLAIN QUERY PLAN SELECT * FROM findings WHERE rule = 'score-rate'",
        "EXPLAIN QUERY PLAN SELECT * FROM findings WHERE report_id = 'x'",
        "EXPLAIN QUERY PLAN SELECT * FROM findings WHERE severity = 'error'",
    ):
        assert "USING INDEX" in str(connection.execute(question).fetchall())
    connection.close()
    assert {index.name for index in INDEXES} >= {"ix_findings_rule", "ix_amounts_role", "ix_indicators_name"}


def test_views_answer_in_both_databases(tmp_path: Path, database: str) -> None:
    """Each view can be read; the findings' view names report and severity."""
    folder = _folder(tmp_path)
    save(folder, database)
    with open_database(database).connect() as connection:
        for name in view_names(lasting=True):
            connection.execute(sqlalchemy.select(sqlalchemy.text("*")).select_from(sqlalchemy.table(name))).fetchall()
        rows = connection.execute(sqlalchemy.text("SELECT severity_name, report_title FROM v_findings ORDER BY 1"))
        assert {row.severity_name for row in rows} == {"影响结论", "数据矛盾"}
        counts = connection.execute(sqlalchemy.text("SELECT decisive_findings, error_findings FROM v_reports")).one()
        assert tuple(counts) == (1, 1)


def test_every_view_is_explained() -> None:
    """The Chinese page for auditors names each view."""
    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in view_names(lasting=True) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("number", range(DOCS.read_text(encoding="utf-8").count("```sql") if DOCS.exists() else 0))
def test_every_query_of_the_page_runs(tmp_path: Path, database: str, number: int) -> None:
    """What the page shows can be pasted into either database."""
    folder = _folder(tmp_path)
    save(folder, database)
    query = DOCS.read_text(encoding="utf-8").split("```sql")[number + 1].split("```")[0]
    with open_database(database).connect() as connection:
        connection.execute(sqlalchemy.text(query.strip().rstrip(";"))).fetchall()
