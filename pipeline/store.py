"""The records of a run in a database (数据库): one schema for SQLite and PostgreSQL, made from the record types."""

import contextlib
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import orjson
import sqlalchemy
from sqlalchemy import Column, Connection, Engine, Float, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from pipeline.decisions import Verdict, decide, known_findings, migrate, record_run, stale
from pipeline.options import BadUsage
from pipeline.views import create_views, drop_views
from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import KINDS

DECISIONS_FILE = "decisions.db"
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
    return orjson.dumps(value).decode()


def open_database(url: str | Path) -> Engine:
    """An engine for a SQLAlchemy URL, or for the SQLite file at a path."""
    address = sqlalchemy.URL.create("sqlite", database=str(url)) if isinstance(url, Path) else url
    engine = sqlalchemy.create_engine(address, json_serializer=_dumps)
    if isinstance(url, Path):
        sqlalchemy.event.listen(engine, "connect", _fix_layout)
    elif engine.dialect.name == "sqlite":
        sqlalchemy.event.listen(engine, "connect", _leave_transactions)
        sqlalchemy.event.listen(engine, "begin", _begin)
    return engine


def _leave_transactions(connection: Any, _: object) -> None:
    """Python's driver would end the transaction before a table is dropped or made: all or nothing needs it whole."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _fix_layout(connection: Any, _: object) -> None:
    """The same records give the same bytes; the file is new and moved into place whole, so it needs no journal."""
    for pragma in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def check_reachable(url: str) -> None:
    """Raise BadUsage where a database given by URL cannot serve: better now than after hours of reading."""
    with _told(url):
        engine = open_database(url)
        with engine.connect():
            pass
        engine.dispose()


@contextlib.contextmanager
def _told(url: str | Path) -> Iterator[None]:
    """What goes wrong with a database that the user named is told as bad usage, without its password."""
    try:
        yield
    except (sqlalchemy.exc.SQLAlchemyError, ImportError) as error:
        if isinstance(url, Path):
            raise
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise BadUsage(f"数据库不可用（{cause}）。请检查 --database 的地址、驱动和权限。") from error


def save(folder: Path, url: str | Path) -> None:
    """Put the records below `folder` into the database, in place of what its tables held, all or nothing.

    url: SQLAlchemy URL, or the path of a new SQLite file. A database by URL also keeps the history of findings and
    what auditors decided about them. Raises BadUsage where a URL does not serve.
    """
    lasting = not isinstance(url, Path)
    with _told(url):
        engine = open_database(url)
        with engine.begin() as connection:
            if lasting:
                migrate(connection)
                _make_room(connection)
            for kind, table in TABLES.items():
                connection.execute(CreateTable(table))
                _insert(connection, table, read_records(folder, kind))
            # In a fixed order, which `create_all` has not, so that the file's bytes are fixed too.
            for index in INDEXES:
                connection.execute(CreateIndex(index))
            if lasting:
                reports = sum(1 for _ in read_records(folder, "reports"))
                record_run(connection, read_records(folder, "findings"), reports)
            for statement in create_views(lasting=lasting):
                connection.execute(sqlalchemy.text(statement))
        engine.dispose()


def _make_room(connection: Connection) -> None:
    """Drop the tables of records: a newer version may have other columns, and every run makes them again."""
    for statement in drop_views():
        connection.execute(sqlalchemy.text(statement))
    for table in TABLES.values():
        connection.execute(DropTable(table, if_exists=True))


def lasting_database(url: str | Path) -> Engine:
    """A database of decisions, migrated: by URL, or the SQLite file at a path, which is made if it is not there.

    Raises BadUsage where it does not serve.
    """
    with _told(url):
        address = f"sqlite:///{url}" if isinstance(url, Path) else url
        engine = open_database(address)
        with engine.begin() as connection:
            migrate(connection)
        return engine


def keep_decisions(out: Path, url: str | None, verdicts: list[Verdict]) -> int:
    """Write down decisions: in the database by URL, else in `out/decisions.db` with the findings of the run there.

    Hands back how many. Raises BadUsage where a finding is not known, so that a misprinted number is not lost.
    """
    engine = lasting_database(out / DECISIONS_FILE if url is None else url)
    with engine.begin() as connection:
        if url is None:
            findings = list(read_records(out, "findings"))
            if stale(connection, findings):
                record_run(connection, findings, sum(1 for _ in read_records(out, "reports")))
        strange = sorted({one.finding_id for one in verdicts} - known_findings(connection))
        if strange:
            raise BadUsage(f"没有编号为 {'、'.join(strange[:5])} 的疑点。编号见 {out / 'findings.jsonl'}。")
        count = decide(connection, verdicts)
    engine.dispose()
    return count


def _insert(connection: Connection, table: Table, records: Iterable[dict[str, Any]]) -> None:
    """Put records into their table, numbered from 1."""
    numbered = enumerate(records, 1)
    if connection.dialect.name != "sqlite":
        while rows := [{"id": number, **record} for number, record in islice(numbered, _BATCH)]:
            connection.execute(table.insert(), rows)
        return
    # Straight to the driver: what SQLAlchemy does for each row takes longer than SQLite's own work.
    statement = str(table.insert().compile(dialect=connection.dialect))
    columns = [(column.name, isinstance(column.type, sqlalchemy.JSON)) for column in table.columns][1:]
    while rows_of := [(number, *_stored(record, columns)) for number, record in islice(numbered, _BATCH)]:
        connection.exec_driver_sql(statement, rows_of)


def _stored(record: Mapping[str, Any], columns: Sequence[tuple[str, bool]]) -> Iterator[Any]:
    """A record's values as SQLite holds them. columns: names, and whether lists and objects stand there as JSON."""
    for name, structured in columns:
        value = record[name]
        yield _dumps(value) if structured and value is not None else value
