"""The database holds what the JSON Lines hold, and may be asked in SQL."""

import json
import sqlite3
from pathlib import Path

import sqlalchemy

from pipeline.store import TABLES, open_database, save
from pipeline.writers.jsonlines import read_records
from tests.pipeline import make
from tests.pipeline.writing import write_lines


def _folder(tmp_path: Path) -> Path:
    return write_lines(tmp_path, make.result(findings=(make.finding("f1", "decisive"), make.finding("f2"))))


def test_same_records_as_json_lines(tmp_path: Path) -> None:
    """Every record comes back equal, nested evidence included."""
    folder = _folder(tmp_path)
    save(folder, folder / "jihe.db")
    with open_database(folder / "jihe.db").connect() as connection:
        for kind, table in TABLES.items():
            rows = connection.execute(sqlalchemy.select(table).order_by(table.columns.id)).mappings()
            stored = [{name: value for name, value in row.items() if name != "id"} for row in rows]
            assert stored == list(read_records(folder, kind))


def test_sql_alone_answers_an_auditor(tmp_path: Path) -> None:
    """Plain SQLite finds a finding and reads its evidence, Chinese unescaped."""
    folder = _folder(tmp_path)
    save(folder, folder / "jihe.db")
    connection = sqlite3.connect(folder / "jihe.db")
    (text,) = connection.execute("SELECT evidence FROM findings WHERE severity = 'decisive'").fetchone()
    connection.close()
    assert "及时率" in text
    assert json.loads(text)[1]["line"] == 30


def test_saving_again_replaces(tmp_path: Path) -> None:
    """A database given by URL holds the last run, not both."""
    folder = _folder(tmp_path)
    url = f"sqlite:///{tmp_path / 'audit.db'}"
    save(folder, url)
    save(folder, url)
    with open_database(url).connect() as connection:
        count = connection.execute(sqlalchemy.select(sqlalchemy.func.count()).select_from(TABLES["findings"]))
        assert count.scalar_one() == 2
