"""Records by kind and year, and the queries that the page for auditors shows."""

import re
from pathlib import Path

import duckdb
import pytest

from pipeline.options import BadUsage
from pipeline.writers.partitioned import write_partitioned
from tests.pipeline import make
from tests.pipeline.writing import write_lines

YEAR = max(make.result().reports[0].report.fiscal_year)
PAGE = (Path(__file__).parents[3] / "docs" / "database.zh.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```duckdb\n(.*?)```", PAGE, re.DOTALL)


def _partitioned(tmp_path: Path) -> Path:
    folder = write_lines(tmp_path / "out", make.result(findings=(make.finding("f1", "decisive"), make.finding("f2"))))
    write_partitioned(folder, tmp_path / "lake")
    return tmp_path / "lake"


def test_the_folders_tell_kind_and_year(tmp_path: Path) -> None:
    """Records of a report lie in the folder of its year."""
    lake = _partitioned(tmp_path)
    names = {path.parent.relative_to(lake).as_posix() for path in lake.rglob("*.parquet")}
    assert {name.partition("/")[2] for name in names} == {f"fiscal_year={YEAR}"}
    assert {f"findings/fiscal_year={YEAR}", f"indicators/fiscal_year={YEAR}"} <= names


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_of_the_page_runs(tmp_path: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB reads only the years asked for, and answers."""
    monkeypatch.chdir(_partitioned(tmp_path))
    assert duckdb.sql(query.replace("2023", str(YEAR))).fetchall()


def test_findings_are_counted_once(tmp_path: Path) -> None:
    """As many rows as findings."""
    lake = _partitioned(tmp_path)
    assert duckdb.read_parquet(f"{lake}/findings/*/*.parquet").shape[0] == 2


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing tells when the files were written."""
    folder = write_lines(tmp_path / "out", make.result())
    files = []
    for name in ("one", "other"):
        write_partitioned(folder, tmp_path / name)
        files.append({p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.parquet")})
    assert files[0] == files[1]


def test_nothing_is_mixed_with_what_lies_there(tmp_path: Path) -> None:
    """A folder with content, and one without results, are refused."""
    lake = _partitioned(tmp_path)
    with pytest.raises(BadUsage):
        write_partitioned(tmp_path / "out", lake)
    with pytest.raises(BadUsage):
        write_partitioned(lake, tmp_path / "other")
