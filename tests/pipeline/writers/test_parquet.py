"""Parquet holds what the JSON Lines hold."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.writers.jsonlines import read_records
from pipeline.writers.parquet import write_parquet
from pipeline.writers.records import KINDS, record_path
from tests.pipeline import make
from tests.pipeline.writing import write_lines


def _plain(value: object) -> object:
    """A value without the None fields that Arrow adds where a key was left out, maps as dictionaries."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        if value and isinstance(value[0], tuple):
            return {key: _plain(inner) for key, inner in value}
        return [_plain(inner) for inner in value]
    return value


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_same_records_as_json_lines(kind: str, tmp_path: Path) -> None:
    """Every record comes back equal, nested evidence included."""
    write_lines(tmp_path, make.result(findings=(make.finding("f1", "decisive"),)))
    write_parquet(tmp_path)
    table = pq.read_table((tmp_path / record_path(kind)).with_suffix(".parquet"))
    expected = list(read_records(tmp_path, kind))
    assert [_plain(row) for row in table.to_pylist()] == [_plain(record) for record in expected]


def test_a_run_without_records_still_has_its_columns(tmp_path: Path) -> None:
    """An empty file can be queried like a full one."""
    write_lines(tmp_path)
    write_parquet(tmp_path)
    assert "likelier_wrong" in pq.read_table(tmp_path / "findings.parquet").column_names
