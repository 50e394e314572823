"""The ledger of the work (工作台账 ledger.db): every input, what it contains, what is done and how long it took."""

import os
import pickle
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Self

from extractors.errors import DocumentRefused
from pipeline.archives.model import ArchiveKind, Unpacked
from pipeline.state.segments import Place
from pipeline.state.versions import Stage

NAME = "ledger.db"
_FORMAT = 1  # of the tables below; another one is begun anew
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inputs (
    source TEXT PRIMARY KEY, path BLOB, stamp TEXT, content BLOB, archive TEXT, inside TEXT,
    code TEXT, message TEXT, failed INTEGER, run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inputs_content ON inputs (content);
CREATE TABLE IF NOT EXISTS archives (sha256 TEXT PRIMARY KEY, unpacked BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tags (id INTEGER PRIMARY KEY, stage TEXT NOT NULL, tag TEXT NOT NULL, UNIQUE (stage, tag));
CREATE TABLE IF NOT EXISTS objects (
    tag INTEGER NOT NULL, content BLOB NOT NULL, segment TEXT NOT NULL, place INTEGER NOT NULL,
    length INTEGER NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (tag, content)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS timings (
    content BLOB NOT NULL, stage TEXT NOT NULL, seconds REAL NOT NULL, PRIMARY KEY (content, stage)
) WITHOUT ROWID;
"""
_COMMIT_SECONDS = 0.5  # of work that a killed run does again at most


class Content(NamedTuple):
    """What tells two files' results apart (内容标识): their bytes, and whether they are called PDF."""

    sha256: str
    pdf: bool

    @property
    def key(self) -> bytes:
        """As the ledger stores it."""
        return bytes.fromhex(self.sha256) + (b"p" if self.pdf else b"")

    @classmethod
    def of_key(cls, key: bytes) -> "Content":
        """From what the ledger stores."""
        return cls(key[:32].hex(), len(key) > 32)

    @classmethod
    def of(cls, source: str, sha256: str) -> "Content":
        """Of a file called `source` with these bytes."""
        return cls(sha256, source.lower().endswith(".pdf"))


class InputRow(NamedTuple):
    """One input as the ledger knows it (输入).

    path: None inside an archive, where `inside` says which: `sha256/position`. stamp: size, times and identity when it
    was found. content: None until it was read. archive: its kind, where it is one.
    """

    source: str
    path: str | None = None
    stamp: str | None = None
    content: Content | None = None
    archive: ArchiveKind | None = None
    inside: str | None = None
    refusal: DocumentRefused | None = None


class Ledger:
    """The open ledger of a state folder; leaving the context keeps what was noted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / NAME
        self._db = self._connect()
        self._db.executescript(_TABLES)
        if self.note("format") not in (None, str(_FORMAT)):
            self._db.close()
            for rest in folder.glob(f"{NAME}*"):
                rest.unlink()
            self._db = self._connect()
            self._db.executescript(_TABLES)
        self.remember("format", str(_FORMAT))
        self.run = int(self.note("run") or 0) + 1
        self.remember("run", str(self.run))
        self._committed = time.monotonic()

    def _connect(self) -> sqlite3.Connection:
        """A connection that a killed process leaves consistent."""
        connection = sqlite3.connect(self._path, timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = FILE")
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._db.commit()
        finally:
            self._db.close()

    def commit(self, now: bool = True) -> None:
        """Keep what was noted; with `now` false only where the last time is a while ago."""
        if now or time.monotonic() - self._committed > _COMMIT_SECONDS:
            self._db.commit()
            self._committed = time.monotonic()

    def note(self, name: str) -> str | None:
        """A remembered value."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, name: str, value: str) -> None:
        """Remember a value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def found(self, rows: Iterable[InputRow]) -> None:
        """Note inputs as discovered; what was known of one whose stamp is the same stays known."""
        self._db.executemany(
            "INSERT INTO inputs (source, path, stamp, inside, code, message, failed, run)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source) DO UPDATE SET path = excluded.path, inside = excluded.inside, run = excluded.run,"
            " code = excluded.code, message = excluded.message, failed = excluded.failed,"
            " content = CASE WHEN stamp IS excluded.stamp AND stamp IS NOT NULL THEN content END,"
            " archive = CASE WHEN stamp IS excluded.stamp AND stamp IS NOT NULL THEN archive END,"
            " stamp = excluded.stamp",
            (
                (row.source, _bytes(row.path), row.stamp, row.inside, *_refusal_fields(row.refusal), self.run)
                for row in rows
            ),
        )

    def put(self, rows: Iterable[InputRow]) -> None:
        """Note inputs of which everything is known."""
        self._db.executemany(
            "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row.source,
                    _bytes(row.path),
                    row.stamp,
                    None if row.content is None else row.content.key,
                    row.archive,
                    row.inside,
                    *_refusal_fields(row.refusal),
                    self.run,
                )
                for row in rows
            ),
        )

    def forget_unseen(self) -> None:
        """Drop inputs that this run did not find."""
        self._db.execute("DELETE FROM inputs WHERE run <> ?", (self.run,))

    def inputs(self, condition: str = "1") -> Iterator[InputRow]:
        """Inputs that satisfy an SQL condition of ours, sorted by source; the ledger may be written meanwhile."""
        self.commit()
        reading = self._connect()
        try:
            rows = reading.execute(
                "SELECT source, path, stamp, content, archive, inside, code, message, failed"  # noqa: S608 - our own
                f" FROM inputs WHERE {condition} ORDER BY source"
            )
            for source, path, stamp, content, archive, inside, *refusal in rows:
                yield InputRow(
                    source,
                    None if path is None else os.fsdecode(path),
                    stamp,
                    None if content is None else Content.of_key(content),
                    archive,
                    inside,
                    _refusal(*refusal),
                )
        finally:
            reading.close()

    def count(self, condition: str = "1") -> int:
        """How many inputs satisfy an SQL condition of ours."""
        query = f"SELECT count(*) FROM inputs WHERE {condition}"  # noqa: S608 - as above
        return int(self._db.execute(query).fetchone()[0])

    def unpacked(self, sha256: str) -> Unpacked | None:
        """What an archive of these bytes holds, if it was unpacked before."""
        row = self._db.execute("SELECT unpacked FROM archives WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else pickle.loads(row[0])  # noqa: S301 - our own

    def keep_unpacked(self, sha256: str, unpacked: Unpacked) -> None:
        """Note what an archive holds."""
        self._db.execute("INSERT OR REPLACE INTO archives VALUES (?, ?)", (sha256, pickle.dumps(unpacked)))

    def tag(self, stage: str, tag: str) -> int:
        """The number of a stage's version."""
        self._db.execute("INSERT OR IGNORE INTO tags (stage, tag) VALUES (?, ?)", (stage, tag))
        query = "SELECT id FROM tags WHERE stage = ? AND tag = ?"
        return int(self._db.execute(query, (stage, tag)).fetchone()[0])

    def keep(self, tag: int, content: Content, place: Place) -> None:
        """Note where a result stands."""
        self._db.execute("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?)", (tag, content.key, *place))

    def place(self, tag: int, content: Content) -> Place | None:
        """Where a result stands."""
        query = "SELECT segment, place, length, checksum FROM objects WHERE tag = ? AND content = ?"
        row = self._db.execute(query, (tag, content.key)).fetchone()
        return None if row is None else Place(*row)

    def drop(self, tag: int, content: Content) -> None:
        """Forget a result that turned out damaged."""
        self._db.execute("DELETE FROM objects WHERE tag = ? AND content = ?", (tag, content.key))

    def timed(self, content: Content, seconds: Mapping[Stage, float]) -> None:
        """Note how long the stages took."""
        rows = [(content.key, stage, round(value, 6)) for stage, value in seconds.items()]
        self._db.executemany("INSERT OR REPLACE INTO timings VALUES (?, ?, ?)", rows)

    def plan(self, done: tuple[int, ...]) -> int:
        """Settle which contents are to be processed: those without a result under any tag of `done`; how many."""
        tags = ", ".join(map(str, done))
        self._db.execute("DROP TABLE IF EXISTS temp.todo")
        self._db.execute("CREATE TEMP TABLE todo (source TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.execute(
            "INSERT INTO todo SELECT min(source) FROM inputs"  # noqa: S608 - numbers
            " WHERE content IS NOT NULL AND archive IS NULL AND code IS NULL AND NOT EXISTS (SELECT 1 FROM objects"
            f" WHERE objects.content = inputs.content AND objects.tag IN ({tags})) GROUP BY content"
        )
        return int(self._db.execute("SELECT count(*) FROM todo").fetchone()[0])

    def planned(self, size: int = 1000) -> Iterator[InputRow]:
        """The inputs to process, sorted by source."""
        last = ""
        while rows := self._db.execute(
            "SELECT source, path, stamp, content, inside FROM inputs WHERE source IN"
            " (SELECT source FROM todo WHERE source > ? ORDER BY source LIMIT ?) ORDER BY source",
            (last, size),
        ).fetchall():
            for source, path, stamp, content, inside in rows:
                yield InputRow(
                    source, None if path is None else os.fsdecode(path), stamp, Content.of_key(content), inside=inside
                )
            last = rows[-1][0]

    def planned_archives(self) -> list[str]:
        """The archives (SHA-256) whose members are to be processed."""
        query = "SELECT DISTINCT substr(inside, 1, 64) FROM inputs JOIN todo USING (source) WHERE inside IS NOT NULL"
        return [row[0] for row in self._db.execute(query)]

    def slowest(self, number: int) -> list[tuple[str, float]]:
        """The inputs that took longest: (source, seconds)."""
        query = (
            "SELECT min(source), seconds FROM (SELECT content, sum(seconds) AS seconds FROM timings GROUP BY content"
            " ORDER BY 2 DESC LIMIT ?) JOIN inputs USING (content) GROUP BY content ORDER BY seconds DESC LIMIT ?"
        )
        return [(source, seconds) for source, seconds in self._db.execute(query, (number * 10, number))]

    def twice(self) -> int:
        """How many inputs have the content of another."""
        query = "SELECT count(*) - count(DISTINCT content) FROM inputs WHERE content IS NOT NULL AND archive IS NULL"
        return int(self._db.execute(query).fetchone()[0])

    def stage_seconds(self) -> dict[str, float]:
        """Stage → seconds over all inputs."""
        return dict(self._db.execute("SELECT stage, sum(seconds) FROM timings GROUP BY stage ORDER BY stage"))

    def sweep(self, tags: Iterable[int]) -> set[str]:
        """Forget results of other tags; the segments that still hold any."""
        kept = ", ".join(map(str, tags))
        self._db.execute(f"DELETE FROM objects WHERE tag NOT IN ({kept})")  # noqa: S608 - numbers
        self.commit()
        return {row[0] for row in self._db.execute("SELECT DISTINCT segment FROM objects")}


def _bytes(path: str | None) -> bytes | None:
    """A path as the system knows it."""
    return None if path is None else os.fsencode(path)


def _refusal_fields(refusal: DocumentRefused | None) -> tuple[str | None, str | None, int | None]:
    """A refusal as columns."""
    return (None, None, None) if refusal is None else (refusal.code, refusal.message, int(refusal.failed))


def _refusal(code: str | None, message: str | None, failed: int | None) -> DocumentRefused | None:
    """A refusal from columns."""
    return None if code is None else DocumentRefused(code, message or "", failed=bool(failed))
