"""Records as Parquet by kind and fiscal year (分区列式文件), for DuckDB, pandas or Spark on whole archives."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.options import BadUsage
from pipeline.writers.jsonlines import read_records
from pipeline.writers.parquet import arrow_type
from pipeline.writers.records import KINDS

YEAR = "fiscal_year"
NO_YEAR = 0  # of reports that name none
_FILE = "records.parquet"
_BATCH = 5000  # records held at once


def write_partitioned(folder: Path, target: Path) -> int:
    """Write `target/<kind>/fiscal_year=<year>/records.parquet` from the JSON Lines below `folder`.

    A report of several years counts in its last. Hands back how many files. Raises BadUsage where nothing is to be
    read or `target` holds something already.
    """
    if not (folder / "records" / "reports.jsonl").exists():
        raise BadUsage(f"{folder} 中没有运行结果。请先运行 jihe extract。")
    if target.exists() and any(target.iterdir()):
        raise BadUsage(f"{target} 不是空文件夹。请另选一个文件夹。")
    years = {(r["source"], r["part"]): max(r["fiscal_year"], default=NO_YEAR) for r in read_records(folder, "reports")}
    return sum(
        _write_kind(folder, target / kind, kind, record, years) for kind, record in KINDS if "part" in _of(record)
    )


def _of(record: type[Any]) -> dict[str, Any]:
    """The fields of a record type; the year of a report stands in the name of its folder."""
    return {name: hint for name, hint in get_type_hints(record).items() if name != YEAR}


def _write_kind(folder: Path, target: Path, kind: str, record: type[Any], years: dict[tuple[str, int], int]) -> int:
    """Write one kind, a batch at a time, each year into its own file."""
    schema = pa.schema([pa.field(name, arrow_type(hint)) for name, hint in _of(record).items()])
    writers: dict[int, pq.ParquetWriter] = {}
    try:
        for rows in _batches(read_records(folder, kind)):
            by_year: dict[int, list[dict[str, Any]]] = {}
            for row in rows:
                year = years.get((row["source"], row["part"]), NO_YEAR)
                by_year.setdefault(year, []).append({name: row.get(name) for name in schema.names})
            for year, own in sorted(by_year.items()):
                if year not in writers:
                    path = target / f"{YEAR}={year}" / _FILE
                    path.parent.mkdir(parents=True, exist_ok=True)
                    writers[year] = pq.ParquetWriter(path, schema, compression="zstd")
                writers[year].write_batch(pa.RecordBatch.from_pylist(own, schema=schema))
    finally:
        for writer in writers.values():
            writer.close()
    return len(writers)


def _batches(records: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The records, some at a time."""
    while rows := list(islice(records, _BATCH)):
        yield rows
