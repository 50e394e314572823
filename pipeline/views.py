"""Views for Excel and BI (数据库视图): questions auditors ask, in SQL that SQLite and PostgreSQL understand alike.

The SQL stands beside this file; docs/database.zh.md explains each view in Chinese, and a test holds the two together.
"""

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_RECORDS, _LASTING = "views.sql", "views_lasting.sql"
_NAME = re.compile(r"CREATE VIEW (\w+) AS")


def create_views(*, lasting: bool) -> list[str]:
    """Statements that make the views. lasting: with those over the tables that last from run to run."""
    files = (_RECORDS, _LASTING) if lasting else (_RECORDS,)
    texts = [(_FOLDER / name).read_text(encoding="utf-8") for name in files]
    return [part.strip() for text in texts for part in text.split(";") if "CREATE VIEW" in part]


def drop_views() -> list[str]:
    """Statements that remove all views, so that the tables below them may change."""
    return [f"DROP VIEW IF EXISTS {name}" for name in view_names(lasting=True)]


def view_names(*, lasting: bool) -> list[str]:
    """The names of the views, in the order in which they are made."""
    return [match[1] for statement in create_views(lasting=lasting) if (match := _NAME.search(statement))]
