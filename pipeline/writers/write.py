"""The door of the writers (写出): from the record files, every other format."""

from pathlib import Path

from extractors.frozen import frozen

DATABASE = "jihe.db"
# What takes longest comes first: several may be written at once.
FORMATS = ("workbook", "database", "parquet", "page")


@frozen
class FormatJob:
    """One format to write from the JSON Lines below `folder` (写出任务).

    name: of `FORMATS`. database: SQLAlchemy URL, or None for `jihe.db` in `folder`.
    """

    name: str
    folder: Path
    database: str | None = None


def write_format(job: FormatJob) -> None:
    """Write one format; what it needs is imported only then."""
    folder = job.folder
    if job.name == "workbook":
        from pipeline.writers.workbook import write_workbook

        write_workbook(folder)
    elif job.name == "database":
        from pipeline.store import save

        save(folder, folder / DATABASE if job.database is None else job.database)
    elif job.name == "parquet":
        from pipeline.writers.parquet import write_parquet

        write_parquet(folder)
    else:
        from pipeline.writers.page import write_page

        write_page(folder)


def write(folder: Path, database: str | None = None) -> None:
    """Write every format from the JSON Lines below `folder`; database: as in `FormatJob`."""
    for name in FORMATS:
        write_format(FormatJob(name, folder, database))
