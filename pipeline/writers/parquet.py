"""Records as Parquet (列式文件) beside each JSON Lines file; the columns follow the record types."""

import types
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import KINDS, record_path

_BATCH = 2000  # records in one row group: bounds memory, and is fixed so that the bytes are
_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
}


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of a field: lists, maps and structs nest as the records do."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return arrow_type(next(part for part in arguments if part is not types.NoneType))
    if origin is Literal:
        return pa.string()
    if origin is list:
        return pa.list_(arrow_type(arguments[0]))
    if origin is dict:
        return pa.map_(arrow_type(arguments[0]), arrow_type(arguments[1]))
    if hint in _SCALARS:
        return _SCALARS[hint]
    return pa.struct(_fields(hint))


def _fields(record: type[Any]) -> list[pa.Field]:
    """The fields of one record type."""
    return [pa.field(name, arrow_type(hint)) for name, hint in get_type_hints(record).items()]


def write_parquet(folder: Path) -> None:
    """Write `<kind>.parquet` beside each `<kind>.jsonl` below `folder`."""
    for kind, record in KINDS:
        schema = pa.schema(_fields(record))
        path = (folder / record_path(kind)).with_suffix(".parquet")
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for rows in _batches(folder, kind):
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _batches(folder: Path, kind: str) -> Iterator[list[dict[str, Any]]]:
    """The records of one kind, some at a time."""
    records = read_records(folder, kind)
    while rows := list(islice(records, _BATCH)):
        yield rows
