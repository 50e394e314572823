"""The records of a run in a database (数据库): one schema for SQLite and PostgreSQL, made from the record types."""

import json
import types
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import sqlalchemy
from sqlalchemy import Column, Engine, Float, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import CreateIndex, CreateTable

from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import KINDS

_BATCH = 500  # rows handed to the database at once
_JSON = sqlalchemy.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_SCALARS: dict[Any, Any] = {str: Text(), int: Integer(), float: Float()}
# What auditors ask by.
_INDEXED = ("report_id", "source", "finding_id", "rule", "severity", "verdict", "status", "code", "role", "name")


def column_type(hint: Any) -> tuple[Any, bool]:
    """A field's SQLAlchemy type and whether it may be null; lists and objects become JSON."""
    if get_origin(hint) is types.UnionType:
        inner = [part for part in get_args(hint) if part is not types.NoneType]
        return column_type(inner[0])[0], True
    if get_origin(hint) is Literal:
        return _SCALARS[str], False
    return _SCALARS.get(hint, _JSON), False


def _table(metadata: MetaData, kind: str, record: type[Any]) -> Table:
    """The table of one kind of record; `id` counts from 1 in the order of the JSON Lines."""
    columns: list[Column[Any]] = [Column("id", Integer, primary_key=True, autoincrement=False)]
    for name, hint in get_type_hints(record).items():
        sql_type, nullable = column_type(hint)
        columns.append(Column(name, sql_type, nullable=nullable))
    return Table(kind, metadata, *columns)


METADATA = MetaData()
TABLES: dict[str, Table] = {kind: _table(METADATA, kind, record) for kind, record in KINDS}
INDEXES = tuple(
    Index(f"ix_{kind}_{name}", table.columns[name])
    for kind, table in TABLES.items()
    for name in _INDEXED
    if name in table.columns
)


def _dumps(value: Any) -> str:
    """JSON as the record files hold it: Chinese stays readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def open_database(url: str | Path) -> Engine:
    """An engine for a SQLAlchemy URL, or for the SQLite file at a path."""
    address = sqlalchemy.URL.create("sqlite", database=str(url)) if isinstance(url, Path) else url
    engine = sqlalchemy.create_engine(address, json_serializer=_dumps)
    if engine.dialect.name == "sqlite":
        sqlalchemy.event.listen(engine, "connect", _fix_layout)
    return engine


def _fix_layout(connection: Any, _: object) -> None:
    """The same records give the same bytes; the file is new and moved into place whole, so it needs no journal."""
    for pragma in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def save(folder: Path, url: str | Path) -> None:
    """Put the records below `folder` into the database, in place of what its tables held.

    Raises sqlalchemy.exc.SQLAlchemyError where the database cannot be reached or written.
    """
    engine = open_database(url)
    try:
        with engine.begin() as connection:
            for kind, table in TABLES.items():
                connection.execute(CreateTable(table, if_not_exists=True))
                connection.execute(table.delete())
                for rows in _batches(folder, kind):
                    connection.execute(table.insert(), rows)
            # In a fixed order, which `create_all` has not, so that the file's bytes are fixed too.
            for index in INDEXES:
                connection.execute(CreateIndex(index, if_not_exists=True))
    finally:
        engine.dispose()


def _batches(folder: Path, kind: str) -> Iterator[list[dict[str, Any]]]:
    """The records of one kind, numbered, some at a time."""
    numbered = ({"id": number, **record} for number, record in enumerate(read_records(folder, kind), 1))
    while rows := list(islice(numbered, _BATCH)):
        yield rows
