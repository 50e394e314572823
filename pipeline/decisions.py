"""What auditors decided about findings (疑点处理), kept over runs; and which findings each run had (疑点沿革).

The tables of records are made again by every run. These are not: Alembic carries them from version to version, and
nothing of them is ever deleted. A database of a whole-file run (`OUT/jihe.db`) has them too, in `OUT/decisions.db`.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import sqlalchemy
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text

from extractors.frozen import frozen
from pipeline.options import BadUsage

Decision = Literal["confirmed", "rejected", "explained", "open"]
CHINESE: dict[str, Decision] = {"成立": "confirmed", "不成立": "rejected", "已说明": "explained", "待定": "open"}
_MIGRATIONS = Path(__file__).parent / "migrations"
_BATCH = 500  # rows handed to the database at once

_METADATA = MetaData()
RUNS = Table(
    "runs",
    _METADATA,
    Column("run", Integer, primary_key=True),
    Column("reports", Integer),
    Column("findings", Integer),
)
HISTORY = Table(
    "finding_history",
    _METADATA,
    Column("finding_id", Text, primary_key=True),
    *(Column(name, Text) for name in ("finding_key", "report_id", "source")),
    Column("part", Integer),
    *(Column(name, Text) for name in ("rule", "severity", "title", "message", "reported", "expected")),
    Column("first_run", Integer),
    Column("last_run", Integer),
)
DECISIONS = Table(
    "decisions",
    _METADATA,
    Column("decision_id", Integer, primary_key=True),
    *(Column(name, Text) for name in ("finding_id", "decision", "note", "decided_by", "decided_on", "carried_from")),
)
_TOLD = ("report_id", "source", "part", "rule", "severity", "title", "message", "reported", "expected")


@frozen
class Verdict:
    """What an auditor decided about one finding (处理意见). decided_on: a date as the auditor writes it, or ''."""

    finding_id: str
    decision: Decision
    note: str = ""
    decided_by: str = ""
    decided_on: str = ""


def migrate(connection: Connection) -> None:
    """Bring the lasting tables to this version, in the connection's own transaction."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(_MIGRATIONS))
    steps = {"fn": lambda revision, _: script._upgrade_revs("head", revision)}
    context = MigrationContext.configure(connection, opts=steps)
    with Operations.context(context):
        context.run_migrations()


def finding_key(finding: Mapping[str, Any]) -> str:
    """What stays of a finding when a newer version cites its places otherwise: report, rule and both values."""
    told = (finding["report_id"], finding["rule"], finding["reported"] or "", finding["expected"] or "")
    return hashlib.sha256("\x1f".join(map(str, told)).encode()).hexdigest()[:16]


def record_run(connection: Connection, findings: Iterable[dict[str, Any]], reports: int) -> int:
    """Add a run and its findings to the history; decisions on findings cited otherwise now are carried over.

    findings: records of findings.jsonl. Hands back the run's number, from 1.
    """
    run = (connection.scalar(sqlalchemy.select(sqlalchemy.func.max(RUNS.c.run))) or 0) + 1
    count = 0
    for rows in _batches(_history_row(finding, run) for finding in findings):
        _upsert(connection, rows)
        count += len(rows)
    connection.execute(RUNS.insert(), [{"run": run, "reports": reports, "findings": count}])
    _carry(connection, run)
    return run


def _history_row(finding: Mapping[str, Any], run: int) -> dict[str, Any]:
    told = {name: finding[name] for name in _TOLD}
    key = finding_key(finding)
    return {"finding_id": finding["finding_id"], "finding_key": key, **told, "first_run": run, "last_run": run}


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows, some at a time, each finding once in a batch."""
    batch: dict[str, dict[str, Any]] = {}
    for row in rows:
        batch[row["finding_id"]] = row
        if len(batch) >= _BATCH:
            yield list(batch.values())
            batch = {}
    if batch:
        yield list(batch.values())


def _upsert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert findings, or update all but the run in which they were first seen; SQLite and PostgreSQL say it alike."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    statement = upsert(HISTORY)
    kept = ("finding_id", "first_run")
    newer = {column.name: statement.excluded[column.name] for column in HISTORY.columns if column.name not in kept}
    connection.execute(statement.on_conflict_do_update(index_elements=["finding_id"], set_=newer), rows)


def _carry(connection: Connection, run: int) -> None:
    """Decisions on findings that are gone hold for the one new finding of the same key, if it is the only one.

    Where two old findings or two new ones share a key, nothing is carried: an auditor has to look.
    """
    latest = _latest(connection)
    gone = [
        (row.finding_key, row.finding_id)
        for row in connection.execute(sqlalchemy.select(HISTORY).where(HISTORY.c.last_run < run))
        if row.finding_id in latest
    ]
    if not gone:
        return
    new = list(connection.execute(sqlalchemy.select(HISTORY).where(HISTORY.c.first_run == run)))
    fresh = [(row.finding_key, row.finding_id) for row in new if row.finding_id not in latest]
    times = Counter(key for key, _ in gone), Counter(row.finding_key for row in new)
    old = {key: latest[finding] for key, finding in gone if times[0][key] == times[1][key] == 1}
    carried = [
        (Verdict(finding, one.decision, one.note, one.decided_by, one.decided_on), one.finding_id)
        for key, finding in fresh
        if (one := old.get(key)) is not None
    ]
    _insert(connection, carried)


def _latest(connection: Connection) -> dict[str, Verdict]:
    """The last decision on each finding."""
    rows = connection.execute(sqlalchemy.select(DECISIONS).order_by(DECISIONS.c.decision_id))
    return {r.finding_id: Verdict(r.finding_id, r.decision, r.note, r.decided_by, r.decided_on) for r in rows}


def _insert(connection: Connection, verdicts: Iterable[tuple[Verdict, str | None]]) -> int:
    """Add decisions behind those there; each with the finding it was carried from, or None."""
    number = connection.scalar(sqlalchemy.select(sqlalchemy.func.max(DECISIONS.c.decision_id))) or 0
    rows = [
        {
            "decision_id": number + offset,
            "finding_id": one.finding_id,
            "decision": one.decision,
            "note": one.note,
            "decided_by": one.decided_by,
            "decided_on": one.decided_on,
            "carried_from": before,
        }
        for offset, (one, before) in enumerate(verdicts, 1)
    ]
    if rows:
        connection.execute(DECISIONS.insert(), rows)
    return len(rows)


def decide(connection: Connection, verdicts: Iterable[Verdict]) -> int:
    """Write down decisions; earlier ones on the same findings stay below them. Hands back how many."""
    return _insert(connection, ((verdict, None) for verdict in verdicts))


def known_findings(connection: Connection) -> set[str]:
    """The numbers of all findings of any run."""
    return set(connection.scalars(sqlalchemy.select(HISTORY.c.finding_id)))


def stale(connection: Connection, findings: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the last run written down had other findings than these."""
    last = connection.scalar(sqlalchemy.select(sqlalchemy.func.max(RUNS.c.run)))
    seen = set(connection.scalars(sqlalchemy.select(HISTORY.c.finding_id).where(HISTORY.c.last_run == last)))
    return last is None or seen != {finding["finding_id"] for finding in findings}


def decided(connection: Connection) -> list[Verdict]:
    """The decision that holds on each finding, sorted by finding."""
    return sorted(_latest(connection).values(), key=lambda verdict: verdict.finding_id)


def parse_decision(text: str) -> Decision:
    """A decision in Chinese or English. Raises BadUsage for any other word."""
    word = CHINESE.get(text.strip(), text.strip())
    if word not in get_args(Decision):
        raise BadUsage(f"处理意见“{text}”无法识别，请填写：{'、'.join(CHINESE)}。")
    return word  # type: ignore[return-value]


def read_verdicts(path: Path) -> list[Verdict]:
    """Decisions from a CSV file (UTF-8) with the columns finding_id, decision, note, decided_by, decided_on.

    Only the first two must be there; Excel's Chinese heads 疑点编号, 处理意见, 说明, 处理人, 处理日期 serve too.
    Raises BadUsage where they are missing or a decision is none.
    """
    heads = {
        "疑点编号": "finding_id",
        "处理意见": "decision",
        "说明": "note",
        "处理人": "decided_by",
        "处理日期": "decided_on",
    }
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{heads.get(k, k): v or "" for k, v in row.items() if k} for row in csv.DictReader(file)]
    if rows and not {"finding_id", "decision"} <= rows[0].keys():
        raise BadUsage(f"{path} 缺少“疑点编号”或“处理意见”一列。请补上表头。")
    fields = ("note", "decided_by", "decided_on")
    return [
        Verdict(row["finding_id"].strip(), parse_decision(row["decision"]), *(row.get(name, "") for name in fields))
        for row in rows
        if row["finding_id"].strip() and row["decision"].strip()
    ]
