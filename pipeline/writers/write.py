"""The door of the writers (写出): from the record files, every other format."""

from pathlib import Path

from pipeline.store import save
from pipeline.writers.page import write_page
from pipeline.writers.parquet import write_parquet
from pipeline.writers.workbook import write_workbook

DATABASE = "jihe.db"


def write(folder: Path, database: str | None = None) -> None:
    """Write Parquet, database, workbook and page from the JSON Lines below `folder`.

    database: SQLAlchemy URL, or None for `jihe.db` in `folder`.
    """
    write_parquet(folder)
    save(folder, folder / DATABASE if database is None else database)
    write_workbook(folder)
    write_page(folder)
