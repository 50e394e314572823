"""Databases for the tests of the store: SQLite always, PostgreSQL where a server is at hand."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database; of PostgreSQL a schema of its own, removed behind the test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'audit.db'}"
        return
    server = os.environ.get("JIHE_POSTGRES", "")
    if not server:
        pytest.skip("no PostgreSQL server: set JIHE_POSTGRES to its SQLAlchemy URL (.ci/postgres starts one)")
    schema = f"jihe_{uuid.uuid4().hex}"
    engine = sqlalchemy.create_engine(server)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"CREATE SCHEMA {schema}"))
    try:
        yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{schema}"
    finally:
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()
