"""Records as Parquet (列式文件) beside each JSON Lines file; the columns follow the record types."""

import types
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq

from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import KINDS, record_path

_BLOCK = 4 * 2**20  # bytes of JSON in one row group, unless a line is longer: bounds memory, fixed for fixed bytes
_BATCH = 500  # records in one row group, where they are not read as blocks
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
        path = folder / record_path(kind)
        with pq.ParquetWriter(path.with_suffix(".parquet"), schema, compression="zstd") as writer:
            # Arrow's JSON reader is ten times faster than Python's, but knows no maps.
            plain = not any(pa.types.is_map(field.type) for field in schema)
            for batch in _blocks(path, schema) if plain else _batches(folder, kind, schema):
                writer.write_batch(batch)


def _blocks(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The records of a file, a block of lines at a time."""
    with path.open("rb") as lines:
        longest = max(map(len, lines), default=0)
    if longest == 0:
        return
    reading = pj.ReadOptions(use_threads=False, block_size=max(_BLOCK, longest + 1))
    parsing = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    with pj.open_json(path, reading, parsing) as reader:
        yield from reader


def _batches(folder: Path, kind: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The records of one kind, some at a time, by way of Python."""
    records = read_records(folder, kind)
    while rows := list(islice(records, _BATCH)):
        yield pa.RecordBatch.from_pylist(rows, schema=schema)
